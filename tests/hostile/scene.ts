/** What the tests of hostile input share. */
import assert from "node:assert/strict";
import { gorel, type Ran } from "../support/gorel.ts";
import { type Repo, snapshotFolder } from "../support/repo.ts";

/** Runs gorel in a repository. */
export function on(repo: Repo, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return gorel(args, { cwd: repo.dir, env: { ...repo.env, ...env } });
}

export const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

/** What a terminal would obey, or would not show: controls but the line end, and what is invisible. */
// deno-lint-ignore no-control-regex
export const obeyed = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Everything that a terminal might obey, around two words that may be seen. */
export const evil =
  "first\x1b[31mred\x1b]0;own\x07\x1b]52;c;eA==\x07\x1b]8;;http://evil\x07link\x1b]8;;\x07" +
  "\u202e\u009b2J\u009d0;own\u009c\u200b\u2066\u2028\ufeff\x07last";

/** Fails where a result or an error holds what a terminal would obey. */
export function assertPlain(
  { stdout, stderr }: Pick<Ran, "stdout" | "stderr">,
  what: string,
): void {
  for (const text of [stdout, stderr]) {
    const found = obeyed.exec(text);
    assert.equal(
      found && JSON.stringify(text.slice(found.index - 40, found.index + 10)),
      null,
      what,
    );
  }
}

/** Refs, files and everything else of a repository and its remote, but objects. */
export function state(repo: Repo): Record<string, string> {
  const skip = (path: string) => /(^|\.git\/)objects/.test(path);
  const remote = Object.entries(snapshotFolder(repo.remote, skip));
  return {
    ...snapshotFolder(repo.dir, skip),
    ...Object.fromEntries(remote.map(([path, content]) => [`remote: ${path}`, content])),
  };
}

/** Reports whether something has this path; a dangling link counts. */
export function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== null;
  } catch {
    return false;
  }
}
