/** The way out where an older major of a module is meant, which HEAD does not have any more. */
import { type Problem, problem } from "../../problem.ts";
import { clean, shellWord } from "../../text.ts";
import { splitPathVersion } from "../../go/module.ts";
import { choose } from "../modules.ts";
import type { TagFact } from "../types.ts";
import { highestRelease, mergeVersions } from "../versions.ts";
import type { Found } from "./module.ts";

/**
 * `module-not-found` for the first name that is the path of another major of a module here, with
 * its last release by the tags here; null where none is.
 */
export function otherMajor(
  found: readonly Found[],
  names: readonly string[],
  prefix: string,
  tags: ReadonlyMap<string, TagFact>,
): Problem | null {
  for (const name of names) {
    const meant = splitPathVersion(name);
    if (!meant.ok || !("Code" in choose(found, name, prefix))) continue;
    for (const { Path, TagPrefix } of found) {
      const here = splitPathVersion(Path);
      if (!here.ok || here.prefix !== meant.prefix) continue;
      const sources = { Here: tags, OnProxy: [] };
      const module = { TagPrefix, PathMajor: meant.pathMajor };
      const last = highestRelease(mergeVersions(sources, module).Versions);
      if (last) return elsewhere(name, Path, last.Tag);
    }
  }
  return null;
}

function elsewhere(name: string, path: string, tag: string): Problem {
  return problem(
    "module-not-found",
    `${clean(name)} is another major than ${clean(path)}, which is the module here; ${
      clean(tag)
    } is its last release.`,
    {
      fix:
        `--module ${shellWord(name)} --from ${shellWord(tag)}, for a go.mod edit; or git switch ` +
        "to the branch that goes on with it",
    },
  );
}
