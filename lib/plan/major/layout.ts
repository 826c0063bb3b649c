/** Where a new major lives in the repository, and which layouts it can have (go-rules §7.9). */
import { join } from "node:path/posix";
import type { Layout } from "../../choices.ts";
import type { ModuleFacts } from "../../facts/types.ts";
import { dirOf, isReleasable } from "../../facts/modules.ts";
import { splitPathVersion } from "../../go/module.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean, shellWord } from "../../text.ts";

/** What is known of a module that decides on its layout. */
type Laid = Pick<ModuleFacts, "Dir" | "TagPrefix" | "Path">;

/** Where the new major's module will be. */
export interface Place {
  Layout: Layout;
  /** Its folder from the repository's root; "" is the root. */
  Dir: string;
}

/** Reports whether a module lies in the folder of its major already, as `v2/` holds `M/v2`. */
export function isInMajorFolder({ Dir, TagPrefix }: Laid): boolean {
  return Dir !== "" && TagPrefix !== `${Dir}/`;
}

/** How a new major is laid out unless it is chosen: as the module is already. */
export function usualLayout(module: Laid): Layout {
  return isInMajorFolder(module) ? "folder" : "root";
}

/** Why a module's new major cannot be laid out so, as a sentence, and what can be done; null if it can. */
export function whyNotLayout(
  module: Laid,
  newPath: string,
  layout: Layout,
): { Text: string; Fix: string } | null {
  if (layout === "folder" && newPath.startsWith("gopkg.in/")) {
    return {
      Text: `${clean(newPath)} cannot be in a folder: gopkg.in serves the root of a repository.`,
      Fix: "--layout root",
    };
  }
  if (layout === "root" && isInMajorFolder(module)) {
    return {
      Text: `${clean(module.Path)} lies in ${clean(module.Dir)}, where Go looks for no other ` +
        `major than that one.`,
      Fix: "--layout folder, which makes the folder of the new one beside it",
    };
  }
  return null;
}

/**
 * Where a new major goes: its path, the wish, and the files that are there. `major-layout` where
 * it cannot be.
 */
export function placeOf(
  module: Laid,
  newPath: string,
  wanted: Layout | undefined,
  files: readonly { Path: string }[],
): Place | Problem {
  const layout = wanted ?? usualLayout(module);
  const why = whyNotLayout(module, newPath, layout);
  if (why) return problem("major-layout", why.Text, { fix: why.Fix });
  if (layout === "root") return { Layout: layout, Dir: module.Dir };
  const above = isInMajorFolder(module) ? dirOf(module.Dir) : module.Dir;
  const dir = join(above, splitPathVersion(newPath).pathMajor.slice(1));
  const there = files.find(({ Path }) => Path === dir || Path.startsWith(dir + "/"));
  if (!there) return { Layout: layout, Dir: dir };
  return problem(
    "major-layout",
    `The folder ${clean(dir)} is there already, so the new major cannot be made in it.`,
    {
      where: { File: there.Path },
      fix: `move or remove ${clean(dir)}/ yourself and commit that${
        usualLayout(module) === "root" ? ", or choose --layout root" : ""
      }`,
    },
  );
}

/**
 * The refusal where the repository has a module of the new path already, in a folder of its own:
 * Go would find two; null where it has none. Fixtures count for nothing.
 */
export function isThere(
  newPath: string,
  modules: readonly { Path: string; Dir: string; File: string }[],
): Problem | null {
  const there = modules.find(({ Path, Dir }) => Path === newPath && isReleasable(Dir));
  if (!there) return null;
  return problem(
    "major-layout",
    `The module ${clean(newPath)} is there already, in ${
      clean(there.Dir)
    }: releases of it are made ` +
      "from that folder.",
    {
      where: { File: there.File },
      fix: `gorel auto, patch, minor or major with --module ${shellWord(newPath)}`,
    },
  );
}
