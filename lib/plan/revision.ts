/**
 * From a revision to the version the go command would call it (go-rules §7.4, §7.5): of a module
 * path, as `go list -m PATH@REV` asks, or of the module as it is at the revision itself.
 */
import { type Code, type Problem, problem } from "../problem.ts";
import type { ModuleFacts, RepoFacts } from "../facts/types.ts";
import {
  find,
  type Stat,
  stat,
  statFound,
  type StatRefused,
  type Tagged,
} from "../facts/gather/stat.ts";
import { goModOf } from "../facts/modules.ts";
import { readNamed } from "../git/named.ts";
import { foldersOf, type Named, namedOf } from "../go/finddir.ts";
import { modulePath } from "../go/modfile/mod.ts";
import { splitPathVersion } from "../go/module.ts";
import { isPseudoVersion } from "../go/pseudo.ts";
import { canonical, isValid, major } from "../go/semver.ts";
import { clean, shellWord } from "../text.ts";

/** A module as it is at a revision. */
export interface AtRevision {
  Commit: string;
  Path: string;
  Dir: string;
  Version: string;
}

/**
 * Resolves a revision (a version of the module, a tag, a branch, a commit) to the module as it is
 * there: its path is what its go.mod says at the revision, whatever HEAD's says. A problem where
 * git does not know the revision or Go refuses it.
 */
export async function atRevision(
  repo: RepoFacts,
  module: ModuleFacts,
  rev: string,
): Promise<AtRevision | Problem> {
  const found = await find(repo, module, rev);
  if ("Is" in found) return refusal(module.Path, rev, found);
  const asked = found.Tag ?? rev;
  const tagged = canonical(asked.slice(module.TagPrefix.length));
  const place = await placeAt(repo, module, found.Commit, tagged);
  const named = namedOf(place.Path, module.TagPrefix);
  const stated = await statFound(repo, named, found, rev);
  if ("Is" in stated) return refusal(place.Path, rev, stated);
  return { Commit: stated.Commit, Path: place.Path, Dir: place.Dir, Version: stated.Version };
}

/** What `go list -m PATH@REV` makes of a revision with GOPROXY=direct, or why it refuses. */
export async function versionAt(
  repo: Tagged,
  module: Named,
  rev: string,
): Promise<Stat | Problem> {
  const found = await stat(repo, module, rev);
  return "Is" in found ? refusal(module.Path, rev, found) : found;
}

const codes: Readonly<Record<StatRefused["Is"], Code>> = {
  "unknown": "revision-unknown",
  "not-a-version": "revision-unknown",
  "pseudo-version": "version-invalid",
  "incompatible": "path-version-mismatch",
  "missing": "no-go-mod",
  "twice": "no-go-mod",
  "no-path": "go-mod-invalid",
  "other-major": "path-version-mismatch",
};

/** A refusal of Go as a problem, with the way out. */
function refusal(path: string, rev: string, { Is, Version, Reason }: StatRefused): Problem {
  const of = `${clean(path)}@${clean(Version)}`;
  if (Is === "unknown") {
    const text = Reason.startsWith("unknown ")
      ? `Git knows no ${clean(Reason.slice("unknown ".length))} here.`
      : `Git knows no ${of} here: ${clean(Reason)}.`;
    return problem(codes[Is], text, {
      fix: "name a version, a tag, a branch or a commit; git fetch --tags gets those of the remote",
    });
  }
  const commit = isPseudoVersion(rev)
    ? "name the commit by its id: Go makes its pseudo-version"
    : isValid(rev)
    ? `a commit's own name is ${shellWord(`refs/tags/${rev}^{}`)}, or its id`
    : "name a commit that has the module";
  return problem(codes[Is], `Go refuses ${of}: ${clean(Reason)}.`, { fix: commit });
}

interface Place {
  Path: string;
  Dir: string;
}

/** Where the module is at a commit, and what it calls itself there. */
async function placeAt(
  repo: RepoFacts,
  module: ModuleFacts,
  commit: string,
  version: string,
): Promise<Place> {
  const { Own, Folder } = foldersOf(module);
  // HEAD's own place first: a module may have left its folder, or moved into that of its major.
  const dirs = Folder === undefined || Folder !== module.Dir ? [Own] : [Folder, Own];
  const blobs = await readNamed(repo.Git, dirs.map((dir) => `${commit}:${goModOf(dir)}`));
  const at = blobs.findIndex((blob) => blob !== null);
  if (at < 0) return beforeModules(module, version);
  return { Path: modulePath(blobs[at]!.Bytes) || module.Path, Dir: dirs[at]! };
}

/**
 * A commit without go.mod is no /vN, whatever HEAD is: only the path without it names
 * the commit, and in gopkg.in that of the version. Elsewhere than at the root there is
 * no module at all, which is HEAD's path's to say.
 */
function beforeModules(module: ModuleFacts, version: string): Place {
  const { prefix, pathMajor, ok } = splitPathVersion(module.Path);
  if (!ok || module.TagPrefix !== "") return { Path: module.Path, Dir: module.Dir };
  if (pathMajor.startsWith("/")) return { Path: prefix, Dir: "" };
  if (pathMajor === "" || version === "") return { Path: module.Path, Dir: "" };
  return { Path: `${prefix}.${major(version)}`, Dir: "" };
}
