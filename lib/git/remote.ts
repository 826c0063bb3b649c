/** Remotes: which one a release goes to, and what it holds now. */
import { type Problem, problem } from "../problem.ts";
import { clean, decode, withoutCredentials } from "../text.ts";
import type { Config } from "./config.ts";
import { isOid, isRefName } from "./names.ts";
import { git, type Repository, words } from "./repository.ts";

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
  const name = wanted ?? configured(config, branch) ??
    (names.includes("origin") || names.length !== 1 ? "origin" : names[0]!);
  if (names.includes(name)) return { Name: name, Url: shownUrl(urls(config, name)[0]!) };

  const goOn = "or go without: --no-push";
  if (names.length === 0) {
    return problem("no-remote", "The repository has no remote to push to.", {
      fix: `git remote add origin URL, ${goOn}`,
    });
  }
  const known = names.map(clean).join(", ");
  return wanted === undefined && configured(config, branch) === undefined
    ? problem("no-remote", `The repository has several remotes (${known}) and none is chosen.`, {
      fix: `name one with --remote, ${goOn}`,
    })
    : problem(
      "no-remote",
      `There is no remote named ${shownUrl(name)}; there is ${known}.`,
      { fix: `name one with --remote, ${goOn}` },
    );
}

function configured(config: Config, branch: string | undefined): string | undefined {
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
 * Asks a remote for all its refs. Problem `remote-unreachable` with git's own words.
 * `timeout` is in milliseconds.
 */
export async function lsRemote(
  repo: Repository,
  remote: string,
  { timeout = 30_000 }: { timeout?: number } = {},
): Promise<RemoteRefs | Problem> {
  const seconds = String(Math.max(1, Math.ceil(timeout / 1000)));
  const result = await git(repo, [
    // A server that accepts and then stays silent: git's own helper gives up by itself.
    ...["-c", "http.lowSpeedLimit=1", "-c", `http.lowSpeedTime=${seconds}`],
    ...["ls-remote", "--end-of-options", remote],
  ], { network: true, timeout: timeout + 2_000 });
  if (result.Code !== 0 || result.Killed) {
    const name = shownUrl(remote);
    return problem("remote-unreachable", `The remote ${name} does not answer: ${words(result)}.`, {
      fix: `see what \`git ls-remote ${name}\` says, or go without: --offline`,
    });
  }
  const refs: RemoteRefs = { Refs: new Map(), Peeled: new Map() };
  for (const line of decode(result.Stdout).split("\n")) {
    const tab = line.indexOf("\t");
    const [oid, name] = [line.slice(0, tab), line.slice(tab + 1)];
    if (tab < 0 || !isOid(oid)) continue;
    if (name === "HEAD") refs.Head = oid;
    else if (isRefName(name)) refs.Refs.set(name, oid);
    else if (name.endsWith("^{}") && isRefName(name.slice(0, -3))) {
      refs.Peeled.set(name.slice(0, -3), oid);
    }
  }
  return refs;
}
