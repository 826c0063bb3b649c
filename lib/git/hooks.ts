/** The hooks of `git commit` and `git merge`: which a repository has, and running one as git would. */
import { isAbsolute, join, resolve } from "node:path";
import { cleanLines, decode, lineByLine, withoutCredentials } from "../text.ts";
import type { Config, Ident } from "./config.ts";
import { git, gitText, type Repository } from "./repository.ts";

/** In the order in which git runs them. */
const commitHooks = [
  "pre-commit",
  "pre-merge-commit",
  "prepare-commit-msg",
  "commit-msg",
  "post-commit",
  "post-merge",
] as const;

export type CommitHook = (typeof commitHooks)[number];

/** Half an hour, for a hook that runs all tests. */
const longest = 30 * 60_000;

/**
 * The hooks that this repository has: executable files in its folder of hooks, which
 * `core.hooksPath` moves, and those that newer versions of git take from the configuration.
 */
export async function findHooks(repo: Repository, config: Config): Promise<CommitHook[]> {
  return await hooksOf(repo, config, commitHooks);
}

/** Reports whether this repository has a hook of `git push`. */
export async function hasPushHook(repo: Repository, config: Config): Promise<boolean> {
  return (await hooksOf(repo, config, ["pre-push"])).length > 0;
}

async function hooksOf<Name extends string>(
  repo: Repository,
  config: Config,
  names: readonly Name[],
): Promise<Name[]> {
  const folder = await hooksFolder(repo, config);
  const configured = new Set(
    config.subsections("hook").flatMap((name) => config.all(`hook.${name}.event`)),
  );
  const found = await Promise.all(names.map(async (name) => {
    const info = await Deno.stat(join(folder, name)).catch(() => null);
    return configured.has(name) || (info?.isFile && ((info.mode ?? 0o111) & 0o111) !== 0);
  }));
  return names.filter((_, i) => found[i]);
}

async function hooksFolder(repo: Repository, config: Config): Promise<string> {
  const path = config.get("core.hooksPath");
  if (path === undefined) return join(repo.CommonDir, "hooks");
  if (isAbsolute(path)) return path;
  // What begins with "~" or "%(prefix)" only git resolves; what is relative begins at the top.
  const asked = await gitText(repo, ["config", "--type=path", "--get", "core.hooksPath"]);
  return resolve(repo.Root, asked.replace(/\n$/, ""));
}

export interface HookRun {
  args?: readonly string[];
  /** The index it sees: an absolute path. */
  index: string;
  author: Ident;
  /** Hears every line of what it says, without credentials. */
  heard?: (line: string) => void;
}

export interface HookResult {
  /** 0: it agrees, or there is none. */
  Code: number;
  /** What it said, cleaned, without credentials. */
  Words: string[];
}

/**
 * Runs a hook in the environment that git gives it. It has neither the terminal nor input, and
 * what it has begun it ends, whatever Ctrl-C says.
 */
export async function runHook(
  repo: Repository,
  name: CommitHook,
  { args = [], index, author, heard }: HookRun,
): Promise<HookResult> {
  const { env } = repo.services;
  const lines = lineByLine((line) => heard?.(withoutCredentials(line)));
  const result = await git(repo, [
    ...["hook", "run", "--ignore-missing", name],
    ...(args.length > 0 ? ["--", ...args] : []),
  ], {
    asUser: true,
    shielded: true,
    timeout: longest,
    env: {
      // A hook speaks the user's language; nobody reads git's own words here.
      LC_ALL: env.LC_ALL,
      LANGUAGE: env.LANGUAGE,
      GIT_INDEX_FILE: index,
      GIT_EDITOR: ":",
      GIT_AUTHOR_NAME: author.Name,
      GIT_AUTHOR_EMAIL: author.Email,
      GIT_AUTHOR_DATE: `@${author.Time} ${author.Offset}`,
    },
    heard: lines.bytes,
  });
  lines.end();
  const words = cleanLines(withoutCredentials(decode(result.Stderr)), 1000)
    .filter((line) => line !== "");
  if (result.Killed) words.push("it was stopped: it took too long, or said too much");
  return { Code: result.Killed ? result.Code || 1 : result.Code, Words: words };
}
