/**
 * The door to git: finding the repository, and running the git program in it.
 * Every other file of this room asks git through here, one process a question.
 */
import { dirname, join } from "node:path";
import { type Problem, problem } from "../problem.ts";
import type { RunOptions, RunResult, Services } from "../services.ts";
import { clean, decode, shellWord } from "../text.ts";
import { failed, words } from "./failure.ts";
import { english, local, silent, unaskedIn, unmonitored } from "./silent.ts";

export { failed, notHere, words } from "./failure.ts";
export { asPublished, unaskedIn } from "./silent.ts";

/** A repository that git accepts. All paths are absolute. */
export interface Repository {
  services: Services;
  /** The top of the work tree; of a bare repository its folder. */
  Root: string;
  /** Where HEAD and the index are: the linked worktree's own folder, if it is one. */
  GitDir: string;
  /** Where objects, branches, tags and the configuration are. */
  CommonDir: string;
  ObjectFormat: "sha1" | "sha256";
  RefFormat: "files" | "reftable";
  Bare: boolean;
  Shallow: boolean;
  /** The folder gorel was started in, from Root: "" or "a/b". */
  Prefix: string;
}

/** How git is run. */
export interface GitOptions extends RunOptions {
  /** Lets git ask a remote; without it even a partial clone is not completed from its own. */
  network?: boolean;
  /** Lets git ask the monitor of the work tree what may have changed, as `git status` does. */
  monitor?: boolean;
  /**
   * Runs git as the user would, which is for what writes: hooks and helpers find their
   * usual environment, and may ask for passwords.
   */
  asUser?: boolean;
}

/** The oldest git that has all that is used here (`git hook run`). */
const oldest = [2, 36] as const;

/**
 * Finds the repository that a folder lies in. Problems: `git-missing`,
 * `not-a-repository` (git's own words when it refuses one that is there),
 * `unsupported-repository` for a format that this git does not know.
 */
export async function openRepository(
  services: Services,
  dir: string,
): Promise<Repository | Problem> {
  const options: RunOptions = { cwd: dir, env: { ...english, ...silent } };
  const [asked, version] = await Promise.all([
    services.processes.run("git", [
      "rev-parse",
      "--is-bare-repository",
      "--is-shallow-repository",
      "--show-object-format",
      "--show-ref-format",
      "--path-format=absolute",
      "--absolute-git-dir",
      "--git-common-dir",
      "--show-prefix",
      "--show-toplevel",
    ], options),
    services.processes.run("git", ["version"], options),
  ]);
  const unusable = await unusableGit(version, dir);
  if (unusable) return unusable;

  const lines = decode(asked.Stdout).replace(/\n$/, "").split("\n");
  const [bare, shallow, objectFormat, refFormat, gitDir, commonDir, prefix, top] = lines;
  const isBare = bare === "true";
  // A bare repository has no top, and says so with an exit code.
  const complete = isBare ? lines.length === 7 : asked.Code === 0 && lines.length === 8;
  if (!complete || !gitDir || !commonDir) return await noRepository(asked, dir);
  return {
    services,
    Root: isBare ? gitDir : top!,
    GitDir: gitDir,
    CommonDir: commonDir,
    ObjectFormat: objectFormat === "sha256" ? "sha256" : "sha1",
    // Git before 2.44 echoes the option it does not know; it cannot open a reftable either.
    RefFormat: refFormat === "reftable" ? "reftable" : "files",
    Bare: isBare,
    Shallow: shallow === "true",
    Prefix: (prefix ?? "").replace(/\/$/, ""),
  };
}

async function unusableGit(version: RunResult, dir: string): Promise<Problem | null> {
  if (version.Code === 127) {
    if (!(await Deno.stat(dir).then((s) => s.isDirectory, () => false))) {
      return problem("not-a-repository", `There is no folder ${clean(dir)}.`);
    }
    return problem("git-missing", "The git program is not on PATH.", {
      fix: `install git ${oldest.join(".")} or newer`,
    });
  }
  const said = /^git version (\d+)\.(\d+)/.exec(decode(version.Stdout));
  if (!said) return null;
  const [major, minor] = [Number(said[1]), Number(said[2])];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return problem(
    "git-missing",
    `The git program on PATH is ${major}.${minor}; gorel needs ${oldest.join(".")} or newer.`,
    { fix: `install git ${oldest.join(".")} or newer` },
  );
}

async function noRepository(asked: RunResult, dir: string): Promise<Problem> {
  const shown = clean(dir);
  const said = words(asked);
  if (/dubious ownership|unsafe repository/.test(said)) {
    return problem("not-a-repository", `Git refuses the repository at ${shown}: ${said}.`, {
      fix: `git config --global --add safe.directory ${shellWord(await topOf(dir))}`,
    });
  }
  if (/repository extension|repo version/.test(said)) {
    return problem(
      "unsupported-repository",
      `This git cannot read the repository at ${shown}: ${said}.`,
      { fix: "install a newer git" },
    );
  }
  if (/must be run in a work tree/.test(said)) {
    return problem("not-a-repository", `${shown} lies in git's own folder, not in a work tree.`, {
      fix: "start gorel in the work tree, or name it with -C",
    });
  }
  if (!/not a git repository/.test(said) && asked.Code !== 0) {
    return problem("not-a-repository", `Git refuses the repository at ${shown}: ${said}.`);
  }
  if (asked.Code === 0) {
    return problem("not-a-repository", `The path of the repository holds a line break: ${shown}.`);
  }
  const other = await otherVersionControl(dir);
  return other
    ? problem(
      "not-a-repository",
      `${clean(other.At)} is a ${other.Name} repository; gorel knows git only.`,
      { fix: "start gorel in a git clone of the module, or name one with -C" },
    )
    : problem("not-a-repository", `There is no git repository at ${shown} or above it.`, {
      fix: "start gorel in a clone of the module, or name one with -C",
    });
}

const otherMarks: readonly (readonly [string, string])[] = [
  [".hg", "Mercurial"],
  [".svn", "Subversion"],
  [".fslckout", "Fossil"],
  ["_FOSSIL_", "Fossil"],
  [".jj", "Jujutsu"],
  [".bzr", "Bazaar"],
];

/** The version control of Go's other schemes that a folder lies in, if any. */
async function otherVersionControl(dir: string): Promise<{ Name: string; At: string } | null> {
  for (let at = await Deno.realPath(dir);; at = dirname(at)) {
    for (const [mark, name] of otherMarks) {
      if (await exists(join(at, mark))) return { Name: name, At: at };
    }
    if (dirname(at) === at) return null;
  }
}

async function topOf(dir: string): Promise<string> {
  const start = await Deno.realPath(dir);
  for (let at = start;; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at;
    if (dirname(at) === at) return start;
  }
}

/** Reports whether something has this path; a dangling symbolic link counts. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/**
 * Runs git at the top of the work tree and gives what it left behind, whatever its
 * exit code. Without options nothing prompts, and no server is asked.
 */
export function git(
  repo: Repository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<RunResult> {
  const { network, asUser, monitor, ...rest } = options;
  const settings = asUser || monitor ? [] : unmonitored;
  return repo.services.processes.run("git", [...settings, ...args], {
    cwd: repo.Root,
    ...rest,
    env: {
      ...english,
      ...(!asUser && { ...silent, ...unaskedIn(repo.services) }),
      ...(!asUser && !network && local),
      ...located(repo),
      ...rest.env,
    },
  });
}

/** Variables that name the repository may be relative to the folder gorel was started in. */
export function located(repo: Repository): Record<string, string> {
  const { GIT_DIR, GIT_WORK_TREE, GIT_COMMON_DIR } = repo.services.env;
  if (GIT_DIR === undefined && GIT_WORK_TREE === undefined && GIT_COMMON_DIR === undefined) {
    return {};
  }
  return {
    GIT_DIR: repo.GitDir,
    ...(GIT_COMMON_DIR !== undefined && { GIT_COMMON_DIR: repo.CommonDir }),
    ...(!repo.Bare && { GIT_WORK_TREE: repo.Root }),
  };
}

/** Runs git and gives its output as text; throws Failed with git's own words otherwise. */
export async function gitText(
  repo: Repository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  return decode(await gitBytes(repo, args, options));
}

/** As gitText, for output that need not be UTF-8. */
export async function gitBytes(
  repo: Repository,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Uint8Array> {
  const result = await git(repo, args, options);
  if (result.Code !== 0 || result.Killed) throw failed(args, result);
  return result.Stdout;
}
