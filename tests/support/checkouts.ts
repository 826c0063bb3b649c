/** Work trees as CI systems make them of a commit: shallow, without tags, on a branch or on none. */
import { environment } from "./gorel.ts";
import type { Repo } from "./repo.ts";

/** Runs a program while a server of the same process can answer; throws with its errors if it fails. */
export async function runWith(
  program: string,
  args: string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: options.cwd,
    clearEnv: true,
    env: { ...environment(), ...options.env },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`${program} ${args.join(" ")}\n${out}${err}`);
  return out!.trim();
}

export interface Wanted {
  /** Of the remote that is checked out. */
  url: string;
  commit: string;
  /** The ref that the job is for. */
  ref: string;
  /** 0 is all of the history, with tags. */
  depth: number;
}

type Checkout = (repo: Pick<Repo, "env">, dir: string, wanted: Wanted) => Promise<void>;

async function begin(
  repo: Pick<Repo, "env">,
  dir: string,
  url: string,
): Promise<(...args: string[]) => Promise<string>> {
  await Deno.mkdir(dir);
  const git = (...args: string[]) => runWith("git", args, { cwd: dir, env: repo.env });
  await git("init", "-q");
  await git("remote", "add", "origin", url);
  return git;
}

/** What actions/checkout runs (src/git-source-provider.ts and src/ref-helper.ts of it). */
export const likeGitHub: Checkout = async (repo, dir, { url, commit, ref, depth }) => {
  const git = await begin(repo, dir, url);
  await git("config", "--local", "gc.auto", "0");
  const [, kind, name = ""] = /^refs\/(heads|pull|tags)\/(.+)$/.exec(ref)!;
  const here = {
    heads: `refs/remotes/origin/${name}`,
    pull: `refs/remotes/pull/${name}`,
    tags: ref,
  }[kind!]!;
  const own = kind === "tags" ? `+${ref}:${ref}` : `+${commit}:${here}`;
  const all = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
  const wanted = depth > 0 ? [own] : kind === "pull" ? [...all, own] : all;
  const fetch = ["-c", "protocol.version=2", "fetch", "-q", "--no-tags", "--prune"];
  await git(
    ...[...fetch, "--no-recurse-submodules"],
    ...(depth > 0 ? [`--depth=${depth}`] : []),
    "origin",
    ...wanted,
  );
  await git("checkout", "-q", "--force", ...(kind === "heads" ? ["-B", name, here] : [here]));
};

/** What gitlab-runner runs: a ref of the pipeline's own, and HEAD on no branch. */
export const likeGitLab: Checkout = async (repo, dir, { url, commit, ref, depth }) => {
  const git = await begin(repo, dir, url);
  const all = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
  const branch = ref.startsWith("refs/heads/")
    ? [`+${ref}:${ref.replace("refs/heads/", "refs/remotes/origin/")}`]
    : [];
  await git(
    ...["fetch", "-q", "origin", "--prune"],
    ...(depth > 0 ? ["--depth", String(depth)] : []),
    `+${commit}:refs/pipelines/1`,
    ...(depth > 0 ? branch : all),
  );
  await git("checkout", "-q", "-f", commit);
};

/** One commit, and no ref but the pipeline's: neither a branch nor one of a remote. */
export const bare: Checkout = async (repo, dir, { url, commit, depth }) => {
  const git = await begin(repo, dir, url);
  await git(
    ...["fetch", "-q", "origin", "--no-tags", "--depth", String(depth)],
    `+${commit}:refs/pipelines/1`,
  );
  await git("checkout", "-q", "-f", commit);
};
