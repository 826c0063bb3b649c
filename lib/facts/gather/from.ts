/** A release from another revision than HEAD: which commit that is, and the module as it is there. */
import { type Problem, problem } from "../../problem.ts";
import { isAncestor } from "../../git/log.ts";
import { readNamed } from "../../git/named.ts";
import { resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { type Snapshot, snapshot } from "../../git/tree.ts";
import { isValid } from "../../go/semver.ts";
import { clean } from "../../text.ts";
import { choose, dirOf, goModOf } from "../modules.ts";
import type { From } from "../types.ts";
import type { Here } from "./here.ts";
import { type Found, moduleAt } from "./module.ts";
import { together } from "../../git/together.ts";

/** Where a release starts. */
export interface Start {
  From: From;
  Found: Found;
  /** Folders of all go.mod files there. */
  Mods: string[];
}

/**
 * Finds the revision (a version of the module before anything else of that name) and the
 * module in it: the one that is meant at HEAD, in the same folder. `atHead` are HEAD's
 * modules. Problems: `revision-unknown`, `no-go-mod`, `module-not-found`.
 */
export async function startAt(
  here: Here,
  rev: string,
  atHead: readonly Found[],
  wanted: string | undefined,
): Promise<Start | Problem[]> {
  const { Git: repo, Head: head } = here;
  const meant = choose(atHead, wanted, repo.Prefix);
  const HeadModules = atHead.map((m) => m.Dir);
  const prefix = "Code" in meant ? "" : meant.TagPrefix;
  const commit = await commitOf(here, rev, prefix);
  if (commit === head.Commit) {
    if ("Code" in meant) return [meant];
    const files = (await snapshot(repo, commit))!;
    return {
      From: { Rev: rev, Snapshot: files, InHead: true, HeadModules },
      Found: meant,
      Mods: HeadModules,
    };
  }
  const files = commit === null ? null : await snapshot(repo, commit);
  if (files?.Commit === undefined) {
    return [problem("revision-unknown", `Git knows no commit ${clean(rev)} here.`, {
      fix: "--from takes a version, a branch or a commit; git fetch --tags gets the remote's tags",
    })];
  }
  const [modules, inHead] = await together([
    modulesOf(repo, files),
    isAncestor(repo, files.Commit, head.Commit),
  ]);
  const found = "Code" in meant
    ? choose(modules, wanted, repo.Prefix)
    : modules.find((m) => m.Dir === meant.Dir) ?? missing(rev, meant.Dir);
  // What is at HEAD neither is there: its own problem says more.
  if ("Code" in found) return ["Code" in meant ? meant : found];
  if (isValid(rev) && found.TagPrefix !== prefix) return [anotherModules(rev, found)];
  const own = atHead.find((m) => m.Dir === found.Dir && m.Path === found.Path);
  return {
    From: { Rev: rev, Snapshot: files, InHead: inHead === true, HeadModules },
    Found: own
      ? {
        ...found,
        HeadGoMod: own.GoMod,
        Problems: own.GoMod.Oid === found.GoMod.Oid
          ? found.Problems
          : [...found.Problems, ...own.Problems],
      }
      : found,
    Mods: modules.map((m) => m.Dir),
  };
}

async function commitOf({ Git, Tags }: Here, rev: string, prefix: string): Promise<string | null> {
  const tag = isValid(rev) ? Tags.get(prefix + rev) : undefined;
  return tag?.Commit ?? (await resolve(Git, rev))?.Commit ?? null;
}

/** Every module of a tree; the index, which knows HEAD's, is of no help. */
async function modulesOf(repo: Repository, files: Snapshot): Promise<Found[]> {
  const paths = (await files.entries()).map((entry) => entry.Path)
    .filter((path) => path === goModOf(dirOf(path)));
  const blobs = await readNamed(repo, paths.map((path) => `${files.Commit}:${path}`));
  return paths.flatMap((path, i) => blobs[i] ? [moduleAt(path, blobs[i])] : []);
}

/** A version was looked up before it was known whose: it is that of the module at the root. */
function anotherModules(rev: string, { Path, TagPrefix }: Found): Problem {
  return problem("revision-unknown", `${clean(rev)} is not a version of ${clean(Path)}.`, {
    fix: `--from ${TagPrefix}${clean(rev)}`,
  });
}

function missing(rev: string, dir: string): Problem {
  return problem(
    "no-go-mod",
    `There is no ${clean(goModOf(dir))} at ${
      clean(rev)
    }, so there is no module to release from it.`,
    { where: { File: goModOf(dir) }, fix: "--from a later version, or release from HEAD" },
  );
}
