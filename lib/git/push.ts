/** Sending refs to a remote, all of them or none, and understanding what it answered. */
import { clean, cleanLines, decode, withoutCredentials } from "../text.ts";
import { Failed } from "../problem.ts";
import { isOid, isRefName } from "./names.ts";
import { git, type Repository } from "./repository.ts";

/** One ref of the remote by its full name. `From` is what is there now, null for nothing. */
export interface PushRef {
  Name: string;
  From: string | null;
  To: string;
}

export interface PushOptions {
  /** False: the pre-push hook does not run. */
  hooks: boolean;
  /** True: git, ssh and credential helpers may ask on the terminal, for as long as it takes. */
  terminal: boolean;
}

export type PushState = "pushed" | "refused" | "unknown";

/**
 * What became of a push. "refused": the remote, or the pre-push hook, said no and
 * nothing moved. "unknown": the answer did not arrive; ask the remote before saying
 * that it failed.
 */
export interface Pushed {
  State: PushState;
  Refs: { Name: string; State: PushState; Reason?: string }[];
  /** What git, the hooks and the remote said, cleaned, without credentials. */
  Words: string[];
}

/** Half an hour, for a pre-push hook that runs all tests. */
const longest = 30 * 60_000;

/**
 * Pushes ids to refs of a remote in one atomic push that never forces: a branch only
 * moves forward, a tag that is there stays. Only these refs are sent, whatever the
 * configuration says. A ref whose From and To are equal is left out.
 */
export async function push(
  repo: Repository,
  remote: string,
  refs: readonly PushRef[],
  options: PushOptions,
): Promise<Pushed> {
  for (const { Name, To } of refs) {
    if (!isRefName(Name) || !isOid(To)) throw new Failed(`Not a ref to push: ${clean(Name)}`);
  }
  const sent = refs.filter(({ From, To }) => From !== To);
  if (sent.length === 0) return answer(refs, new Map(), true, []);
  const result = await git(repo, [
    "push",
    ...["--atomic", "--porcelain", "--no-mirror", "--no-follow-tags", "--no-force"],
    "--recurse-submodules=no",
    ...(options.hooks ? [] : ["--no-verify"]),
    "--end-of-options",
    remote,
    ...sent.map(({ Name, To }) => `${To}:${Name}`),
  ], options.terminal ? { asUser: true, timeout: 0 } : { ...unasked, timeout: longest });
  const words = said(decode(result.Stderr));
  const answers = readAnswers(decode(result.Stdout));
  const done = result.Code === 0 && !result.Killed;
  if (!done && answers.size === 0 && !result.Killed && endedHere(result.Code, words)) {
    for (const { Name } of sent) answers.set(Name, { State: "refused" });
  }
  return answer(refs, answers, done, words);
}

/** Hooks get the environment of the user, but nobody is there to answer a question. */
const unasked = {
  asUser: true,
  env: {
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "false",
    SSH_ASKPASS_REQUIRE: "force",
    GCM_INTERACTIVE: "never",
  },
};

type Answer = { State: PushState; Reason?: string };

function answer(
  refs: readonly PushRef[],
  answers: ReadonlyMap<string, Answer>,
  done: boolean,
  words: string[],
): Pushed {
  const known = refs.map(({ Name, From, To }) => ({
    Name,
    ...(answers.get(Name) ??
      { State: done || From === To ? "pushed" as const : "unknown" as const }),
  }));
  const sent = known.filter((_, i) => refs[i]!.From !== refs[i]!.To);
  const all = (state: PushState) => sent.every((ref) => ref.State === state);
  const state = done && all("pushed") ? "pushed" : !done && all("refused") ? "refused" : "unknown";
  return { State: state, Refs: known, Words: words };
}

/**
 * The lines of `--porcelain`: flag, what was pushed where, summary and reason, with
 * tabs between them. A remote that takes the refs and then does not report on them
 * leaves the outcome unknown.
 */
function readAnswers(text: string): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const line of text.split("\n")) {
    const [flag, refs, summary] = line.split("\t");
    const name = refs?.slice(refs.indexOf(":") + 1);
    if (!name || summary === undefined || !/^[ *=!+-]$/.test(flag!)) continue;
    const reason = clean(/\(([^)]*(?:\)[^)]+)*)\)\s*$/.exec(summary)?.[1] ?? summary);
    const state = flag !== "!"
      ? "pushed"
      : /^\[(remote )?rejected\]/.test(summary)
      ? "refused"
      : "unknown";
    answers.set(name, state === "pushed" ? { State: state } : { State: state, Reason: reason });
  }
  return answers;
}

/**
 * Reports whether a push that named no ref ended before anything was sent: a pre-push
 * hook that refuses makes git say no more than that it failed.
 */
function endedHere(code: number, words: readonly string[]): boolean {
  return code === 1 &&
    words.some((line) => line.startsWith("error: failed to push some refs")) &&
    !words.some((line) =>
      /^(fatal|send-pack|error: (RPC|unable|unpack))|disconnect|hung up/.test(line)
    );
}

/** What was said, without git's advice and its list of refs, which is known already. */
function said(text: string): string[] {
  return cleanLines(withoutCredentials(text), 200)
    .map((line) => line.replace(/^remote: ?/, ""))
    .filter((line) => line !== "" && !/^(hint:|To )/.test(line))
    .slice(0, 100);
}
