/** Remotes: which one a release goes to, and what it holds now. */
import { type Problem, problem } from "../problem.ts";
import { clean, cleanLines, decode, withoutCredentials } from "../text.ts";
import { type Config, readConfig } from "./config.ts";
import { isOid, isRefName } from "./names.ts";
import { git, type Repository, words } from "./repository.ts";
import type { RunResult } from "../services.ts";

export interface Remote {
  Name: string;
  /** Where `git push` goes, for showing: rewritten as git does, without credentials. */
  Url: string;
}

/**
 * The remote a release goes to: the one asked for, else what git's configuration says
 * for pushing `branch`, else `origin`, else the only one. Problem `no-remote`.
 */
export function remoteName(
  config: Config,
  branch?: string,
  wanted?: string,
): Remote | Problem {
  const names = config.subsections("remote").filter((name) => urls(config, name).length > 0);
  const name = wanted ?? chosen(config, branch) ??
    (names.includes("origin") || names.length !== 1 ? "origin" : names[0]!);
  if (names.includes(name)) return { Name: name, Url: shownUrl(urls(config, name)[0]!) };

  const goOn = "or go without: --no-push";
  if (names.length === 0) {
    return problem("no-remote", "The repository has no remote to push to.", {
      fix: `git remote add origin URL, ${goOn}`,
    });
  }
  const known = names.map(clean).join(", ");
  return wanted === undefined && chosen(config, branch) === undefined
    ? problem("no-remote", `The repository has several remotes (${known}) and none is chosen.`, {
      fix: `name one with --remote, ${goOn}`,
    })
    : problem(
      "no-remote",
      `There is no remote named ${shownUrl(name)}; there is ${known}.`,
      { fix: `name one with --remote, ${goOn}` },
    );
}

/**
 * Why one push to a remote cannot be all or nothing: with several URLs git pushes to one after
 * the other. Problem `no-remote`; null when there is one.
 */
export function severalUrls(config: Config, name: string): Problem | null {
  const { length } = urls(config, name);
  return length < 2 ? null : problem(
    "no-remote",
    `${clean(name)} pushes to ${length} URLs one after the other, so that a release can come ` +
      "through at one and fail at the next.",
    { fix: "name a remote of one URL with --remote, or go without: --no-push" },
  );
}

function chosen(config: Config, branch: string | undefined): string | undefined {
  const ofBranch = (key: string) =>
    branch === undefined ? undefined : config.get(`branch.${branch}.${key}`);
  return [
    ofBranch("pushRemote"),
    config.get("remote.pushDefault"),
    ofBranch("remote"),
    // "." follows another branch of this repository.
  ].find((name) => name !== undefined && name !== "" && name !== ".");
}

/** The URLs that `git push` uses for a remote: its pushurl, else its url, after insteadOf. */
function urls(config: Config, name: string): string[] {
  const push = config.all(`remote.${name}.pushurl`);
  if (push.length > 0) return push.map((url) => rewritten(config, url, "insteadOf") ?? url);
  return config.all(`remote.${name}.url`).map((url) =>
    rewritten(config, url, "pushInsteadOf") ?? rewritten(config, url, "insteadOf") ?? url
  );
}

/** Replaces the longest beginning that `url.<base>.<key>` names; null when none fits. */
function rewritten(config: Config, url: string, key: string): string | null {
  let best: { base: string; start: string } | null = null;
  for (const base of config.subsections("url")) {
    for (const start of config.all(`url.${base}.${key}`)) {
      if (url.startsWith(start) && (!best || start.length > best.start.length)) {
        best = { base, start };
      }
    }
  }
  return best && best.base + url.slice(best.start.length);
}

/**
 * Settings as the environment of a git process: unlike those of `-c`, their names may hold "=",
 * and no list of processes shows them.
 */
export function configured(
  repo: Repository,
  settings: readonly (readonly [string, string])[],
): Record<string, string> {
  const before = parseInt(repo.services.env.GIT_CONFIG_COUNT ?? "") || 0;
  const added = settings.flatMap(([name, value], i) => [
    [`GIT_CONFIG_KEY_${before + i}`, name],
    [`GIT_CONFIG_VALUE_${before + i}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(before + settings.length), ...Object.fromEntries(added) };
}

/**
 * Makes `git ls-remote` ask where `git push` goes, which need not be where `git fetch` comes
 * from: the URL that it would ask is rewritten to the other one, and so the remote keeps its
 * further settings.
 */
function whereItPushes(config: Config, name: string): [string, string][] {
  const url = config.all(`remote.${name}.url`)[0] ?? name;
  const push = urls(config, name)[0];
  const fetch = rewritten(config, url, "insteadOf") ?? url;
  return push === undefined || push === fetch ? [] : [[`url.${push}.insteadOf`, url]];
}

function shownUrl(url: string): string {
  return clean(withoutCredentials(url));
}

/** What a remote holds. Full names of refs to ids. */
export interface RemoteRefs {
  Refs: Map<string, string>;
  /** Of the refs that hold a tag object: what it points at in the end. */
  Peeled: Map<string, string>;
  /** The commit of the remote's HEAD; absent in an empty repository. */
  Head?: string;
}

/**
 * Asks a remote, there where pushes go, for all its refs. Problems: `remote-unreachable` with
 * git's own words; `unsupported-repository` when it names objects in another hash.
 * `timeout` is in milliseconds; `config` saves reading it again.
 */
export async function lsRemote(
  repo: Repository,
  remote: string,
  { timeout = 30_000, config }: { timeout?: number; config?: Config } = {},
): Promise<RemoteRefs | Problem> {
  const seconds = String(Math.max(1, Math.ceil(timeout / 1000)));
  const env = configured(repo, whereItPushes(config ?? await readConfig(repo), remote));
  const result = await git(repo, [
    // A server that stays silent, or drips: git's own helper, which nobody ends, gives up by itself.
    ...["-c", "http.lowSpeedLimit=1000", "-c", `http.lowSpeedTime=${seconds}`],
    ...["ls-remote", "--end-of-options", remote],
  ], { network: true, timeout: timeout + 2_000, env });
  if (result.Code !== 0 || result.Killed) return unreachable(shownUrl(remote), result);
  const refs: RemoteRefs = { Refs: new Map(), Peeled: new Map() };
  for (const line of decode(result.Stdout).split("\n")) {
    const tab = line.indexOf("\t");
    const [oid, name] = [line.slice(0, tab), line.slice(tab + 1)];
    if (tab < 0 || !isOid(oid)) continue;
    if (oid.length !== idLength[repo.ObjectFormat]) return otherHash(repo, shownUrl(remote));
    if (name === "HEAD") refs.Head = oid;
    else if (isRefName(name)) refs.Refs.set(name, oid);
    else if (name.endsWith("^{}") && isRefName(name.slice(0, -3))) {
      refs.Peeled.set(name.slice(0, -3), oid);
    }
  }
  return refs;
}

const idLength = { sha1: 40, sha256: 64 } as const;

function otherHash({ ObjectFormat }: Repository, name: string): Problem {
  const other = ObjectFormat === "sha1" ? "sha256" : "sha1";
  return problem(
    "unsupported-repository",
    `${name} is a repository of ${other} and this one of ${ObjectFormat}: git cannot push between them.`,
    { fix: `name a remote of ${ObjectFormat} with --remote, or go without: --offline` },
  );
}

/** Git's words when the other side knows who it wants to see and it is not this one. */
const notLetIn =
  /could not read (Username|Password)|Authentication failed|Permission denied|Host key verification|error: 40[13]\b/;

function unreachable(name: string, result: RunResult): Problem {
  const said = reason(result);
  const look = `git ls-remote ${name}`;
  return notLetIn.test(said)
    ? problem("remote-unreachable", `The remote ${name} does not let git in: ${said}.`, {
      fix: `log in so that \`${look}\` answers without a question, or go without: --offline`,
    })
    : problem("remote-unreachable", `The remote ${name} does not answer: ${said}.`, {
      fix: `see what \`${look}\` says, or go without: --offline`,
    });
}

/** Git's words for a failure; where it only says that it could not read, those of ssh before it. */
function reason(result: RunResult): string {
  const lost = /(^|; )Could not read from remote repository$/;
  const said = words(result);
  if (!lost.test(said)) return said;
  const ssh = cleanLines(withoutCredentials(decode(result.Stderr)), 50)
    .filter((line) =>
      line !== "" && !/^(fatal|error|hint|warning|Warning|Please|and the)\b/.test(line)
    );
  return said.replace(lost, "") || ssh.slice(-2).join("; ").replace(/\.$/, "") || said;
}
