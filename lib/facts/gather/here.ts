/**
 * What is read whatever is asked: the repository, HEAD, tags, configuration and
 * the go.mod files. It can be begun before the command line is understood,
 * because none of it depends on a flag but `-C`; git works meanwhile.
 */
import { type Problem, problem } from "../../problem.ts";
import type { Services } from "../../services.ts";
import { type Config, readConfig } from "../../git/config.ts";
import { type Head, readHead } from "../../git/head.ts";
import { type Marks, marksOf } from "../../git/hidden.ts";
import { type NamedBlob, readNamed } from "../../git/named.ts";
import { readTags, type Tag } from "../../git/refs.ts";
import { git, openRepository, type Repository } from "../../git/repository.ts";
import { decode } from "../../text.ts";
import { together } from "../../git/together.ts";

export interface Here {
  Git: Repository;
  Head: Head & { Commit: string; Tree: string };
  Tags: Map<string, Tag>;
  Config: Config;
  /** Every go.mod git knows of, shallow ones first, and its blob at HEAD; null where HEAD has none. */
  GoMods: { File: string; Blob: NamedBlob | null }[];
  /** Those of them whose changes git does not show. */
  Hidden: ReadonlyMap<string, Marks>;
}

/** One look that was begun early, by who asked for it. */
const begun = new WeakMap<Services, { Dir: string; Here: Promise<Here | Problem[]> }>();

/** Begins to look around in a folder; the next `look` there takes what is found. */
export function lookAhead(services: Services, dir: string): Promise<unknown> {
  const here = lookNow(services, dir);
  begun.set(services, { Dir: dir, Here: here });
  return here.catch(() => {});
}

/** Looks around in a folder. Problems when there is no repository with a work tree and a commit. */
export function look(services: Services, dir: string): Promise<Here | Problem[]> {
  const early = begun.get(services);
  // Once: what is asked later is to see what has changed since.
  begun.delete(services);
  return early?.Dir === dir ? early.Here : lookNow(services, dir);
}

async function lookNow(services: Services, dir: string): Promise<Here | Problem[]> {
  const repo = await openRepository(services, dir);
  if ("Code" in repo) return [repo];
  if (repo.Bare) {
    const text = "This is a bare repository: it has no work tree to release from.";
    return [problem("unsupported-repository", text, { fix: "release from a clone of it" })];
  }
  const [head, tags, config, goMods] = await together([
    readHead(repo),
    readTags(repo),
    readConfig(repo),
    goModPaths(repo),
  ]);
  const { Commit, Tree } = head;
  if (Commit === undefined || Tree === undefined) {
    return [problem("no-commit", "HEAD has no commit yet, so there is nothing to release.", {
      fix: "git add and git commit first",
    })];
  }
  const { Paths: paths, Hidden } = goMods;
  const blobs = await readNamed(repo, paths.map((p) => `${Commit}:${p}`));
  return {
    Git: repo,
    Head: { ...head, Commit, Tree },
    Tags: tags,
    Config: config,
    GoMods: paths.map((File, i) => ({ File, Blob: blobs[i] ?? null })),
    Hidden,
  };
}

/**
 * The go.mod files git knows of, from the index: reading the whole tree would cost more. One whose
 * removal is only staged is still in the commit; without it another module would be taken for the
 * one that is meant.
 */
async function goModPaths(
  repo: Repository,
): Promise<{ Paths: string[]; Hidden: Map<string, Marks> }> {
  const files = ["--", ":(top)go.mod", ":(top,glob)**/go.mod"];
  const env = { GIT_LITERAL_PATHSPECS: undefined };
  const removed = ["diff-index", "--cached", "--diff-filter=D", "--name-only", "--no-relative"];
  const [listed, gone] = await together([
    git(repo, ["ls-files", "-v", "-z", "--full-name", ...files], { env }),
    git(repo, [...removed, "-z", "HEAD", ...files], { env }),
  ]);
  const records = decode(listed.Stdout).split("\0").filter((record) => record !== "");
  const paths = new Set(records.map((record) => record.slice(2)));
  for (const path of decode(gone.Stdout).split("\0")) if (path !== "") paths.add(path);
  return {
    Paths: [...paths].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
    Hidden: new Map(records.flatMap((record) => {
      const marks = marksOf(record[0]!);
      return marks ? [[record.slice(2), marks] as const] : [];
    })),
  };
}
