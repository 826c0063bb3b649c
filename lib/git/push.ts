/** Sending refs to a remote, all of them or none, and understanding what it answered. */
import { clean, cleanLines, decode, withoutCredentials } from "../text.ts";
import { Failed } from "../problem.ts";
import { isOid, isRefName } from "./names.ts";
import { configured } from "./remote.ts";
import { asPublished, git, type Repository, unaskedIn } from "./repository.ts";

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

/**
 * What became of a push. "refused": the remote said no and nothing moved. "hook": the pre-push
 * hook said no. "unsent": git ended before it sent anything. "unknown": the answer did not
 * arrive; ask the remote before saying that it failed.
 */
export type PushState = "pushed" | "refused" | "hook" | "unsent" | "unknown";

/** What became of a push, and of each of its refs. */
export interface Pushed {
  State: PushState;
  Refs: { Name: string; State: PushState; Reason?: string }[];
  /** What git, the hooks and the remote said, cleaned, without credentials. */
  Words: string[];
}

/** Half an hour, for a pre-push hook that runs all tests. */
const longest = 30 * 60_000;

/** Most bytes of words that are kept: a remote, or a hook, that never stops talking is ended. */
const mostWords = 64 << 20;

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
  const there = refs.filter(({ From, To }) => From === To).map(({ Name }) => Name);
  const answers = new Map<string, Answer>(there.map((name) => [name, { State: "pushed" }]));
  if (sent.length === 0) return outcome("pushed", refs, answers, []);

  const result = await git(
    repo,
    [
      ...["push", "--atomic", "--porcelain", "--no-follow-tags", "--no-force"],
      "--recurse-submodules=no",
      ...(options.hooks ? [] : ["--no-verify"]),
      "--end-of-options",
      remote,
      ...sent.map(({ Name, To }) => `${To}:${Name}`),
    ],
    {
      asUser: true,
      maxBytes: mostWords,
      // A mirror's pushes are forced, and take no refs.
      env: {
        ...asPublished,
        ...(!options.terminal && unaskedIn(repo.services)),
        ...configured(repo, [[`remote.${remote}.mirror`, "false"]]),
      },
      ...(options.terminal
        ? { asks: true, shielded: false, timeout: 0 }
        : { shielded: true, timeout: longest }),
    },
  );
  const report = readReport(decode(ends(result.Stdout)));
  for (const [name, answer] of report.Answers) answers.set(name, answer);
  const errors = decode(ends(result.Stderr));
  const words = [...report.Others, ...said(errors)];
  if (result.Killed) {
    return outcome("unknown", refs, answers, [
      ...words.slice(0, 5),
      result.Killed === "timeout" ? "no answer within the time limit" : "too much output",
    ]);
  }
  if (result.Code === 0) return outcome("pushed", refs, answers, words);
  const state = report.Answers.size > 0
    ? judged(report)
    : withoutReport(result.Code, errors, options.hooks);
  return outcome(
    state,
    refs,
    answers,
    state === "unknown" ? words : words.filter((line) => !aftermath.test(line)),
  );
}

/** All or none: one refusal is enough to know that nothing moved, if the remote keeps to it. */
function judged({ Answers, Moved }: ReturnType<typeof readReport>): PushState {
  const refused = [...Answers.values()].some(({ State }) => State === "refused");
  return refused && !Moved ? "refused" : "unknown";
}

/** Beginning and end of what was said: what a hook writes in between is nobody's to read here. */
function ends(bytes: Uint8Array): Uint8Array {
  const most = 256 << 10;
  if (bytes.length <= 2 * most) return bytes;
  const out = new Uint8Array(2 * most + 1).fill(0x0a);
  out.set(bytes.subarray(0, most));
  out.set(bytes.subarray(-most), most + 1);
  return out;
}

type Answer = { State: PushState; Reason?: string };

/** Refs without an answer of their own share that of the whole push. */
function outcome(
  state: PushState,
  refs: readonly PushRef[],
  answers: ReadonlyMap<string, Answer>,
  words: string[],
): Pushed {
  const known = refs.map(({ Name }) => ({ Name, ...(answers.get(Name) ?? { State: state }) }));
  const doubt = known.some((ref) => ref.State === "unknown");
  return { State: state === "pushed" && doubt ? "unknown" : state, Refs: known, Words: words };
}

/**
 * The lines of `--porcelain`: flag, what was pushed where, summary and reason, with
 * tabs between them; other lines are those of a pre-push hook. A remote that takes
 * the refs and then does not report on them leaves the outcome unknown.
 */
function readReport(text: string) {
  const answers = new Map<string, Answer>();
  const others: string[] = [];
  let moved = false;
  for (const line of text.split("\n")) {
    const [, flag, name, summary] = /^([ *=!+-])\t[^\t:]*:([^\t]+)\t(.*)$/.exec(line) ?? [];
    if (!name || summary === undefined) {
      if (!/^(Done|To .*)?$/.test(line)) others.push(clean(withoutCredentials(line)));
    } else if (flag !== "!") {
      if (flag !== "=") moved = true;
      answers.set(name, { State: "pushed" });
    } else {
      answers.set(name, {
        State: /^\[(remote )?rejected\]/.test(summary) ? "refused" : "unknown",
        Reason: clean(/^\[[^\]]*\] \((.*)\)$/.exec(summary)?.[1] ?? summary),
      });
    }
  }
  return { Answers: answers, Moved: moved, Others: others };
}

/** What git says after a refusal that it has already reported. */
const aftermath =
  /^(fatal: (the remote end hung up|protocol error)|error: (failed to push some|atomic push failed))/;

/** The last words of a git that did not get as far as the remote's refs, or may not go on from there. */
const beforeSending = new RegExp(
  "^fatal: (?:" + [
    "unable to (?:access|connect|look up|find remote helper)",
    "repository '.*' not found",
    "'.*' does not appear to be a git repository",
    ".* not valid: is this a git repository",
    "Authentication failed",
    "could not read (?:Username|Password) ",
    "Could not read from remote repository",
    "the remote end hung up upon initial contact",
    "mismatched algorithms",
    "transport '.*' not allowed",
  ].join("|") + ")",
);

/** What git says when it has seen that the other side is not able to take this push. */
const notAble = /^fatal: the receiving end does not support /;

/** Only said once the sending has begun. */
const whileSending =
  /^(send-pack:|error: (RPC failed|unpack|unable))|unexpected disconnect|hung up unexpectedly/;

/**
 * What became of a push whose report names no ref. The remote's own words are marked and do
 * not count. A pre-push hook that refuses makes git say no more than that it failed.
 */
function withoutReport(code: number, errors: string, hooks: boolean): PushState {
  const own = errors.split("\n").filter((line) => line !== "" && !line.startsWith("remote:"));
  if (own.some((line) => notAble.test(line))) return "unsent";
  if (own.some((line) => whileSending.test(line))) return "unknown";
  const failed = own.findLastIndex((line) => line.startsWith("error: failed to push some refs"));
  if (failed >= 0) return code === 1 && hooks ? "hook" : "unknown";
  return own.some((line) => beforeSending.test(line)) ? "unsent" : "unknown";
}

/** What was said, without git's advice and its list of refs, which is known already. */
function said(text: string): string[] {
  return cleanLines(withoutCredentials(text), 200)
    .map((line) => line.replace(/^remote: ?/, ""))
    .filter((line) => line !== "" && !chatter.test(line))
    .slice(0, 100);
}

const chatter =
  /^(hint:|To |Please make sure you have the correct access|and the repository exists\.|Everything up-to-date)/;
