/** Programs that only some tests need. `scripts/tools` provides them; without one its tests are skipped, with the reason. */
import { tryRun } from "./repo.ts";

/** A program that tests can use, or why they cannot. */
export type Tool = { Path: string } | { Missing: string };

const wayOut = "scripts/tools provides it on a Debian";

/** The version of a git as two numbers; null where it does not run. */
function versionOf(git: string): [number, number] | null {
  try {
    const said = /^git version (\d+)\.(\d+)/.exec(tryRun(git, ["version"], {}).stdout);
    return said && [Number(said[1]), Number(said[2])];
  } catch {
    return null;
  }
}

/** A git that knows reftable repositories and `index.skipHash` (2.45): the machine's own, or the unpacked one. */
export function newerGit(): Tool {
  const { XDG_CACHE_HOME, HOME = "/" } = Deno.env.toObject();
  const unpacked = `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/gorel-tools/git/bin/git`;
  for (const path of ["git", unpacked]) {
    const [major, minor] = versionOf(path) ?? [0, 0];
    if (major > 2 || (major === 2 && minor >= 45)) return { Path: path };
  }
  return { Missing: `no git 2.45 or newer: ${wayOut}` };
}

/** A program on PATH, or where only root's shells look. */
export function tool(name: string): Tool {
  for (const dir of [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin"]) {
    try {
      if (Deno.statSync(`${dir}/${name}`).isFile) return { Path: `${dir}/${name}` };
    } catch {
      // Not in this folder.
    }
  }
  return { Missing: `no ${name}: ${wayOut}` };
}

export const sshd = (): Tool => tool("sshd");
export const gitLfs = (): Tool => tool("git-lfs");

/** Options for a test that needs a program: without it the test is skipped, and its name says why. */
export function needs(found: Tool, name: string): { name: string; ignore: boolean } {
  const missing = "Missing" in found ? found.Missing : null;
  return {
    name: missing === null ? name : `${name} (skipped: ${missing})`,
    ignore: missing !== null,
  };
}
