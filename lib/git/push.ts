/** Sending refs to a remote, all of them or none, and understanding what it answered. */
import { clean, cleanLines, decode, withoutCredentials } from "../text.ts";
import { Failed } from "../problem.ts";
import { isOid, isRefName } from "./names.ts";
import { git, type Repository, unasked } from "./repository.ts";

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
  const there = refs.filter(({ From, To }) => From === To).map(({ Name }) => Name);
  const answers = new Map<string, Answer>(there.map((name) => [name, { State: "pushed" }]));
  if (sent.length === 0) return outcome("pushed", refs, answers, []);

  const result = await git(
    repo,
    [
      // A mirror's pushes are forced, and take no refs.
      ...["-c", `remote.${remote}.mirror=false`],
      ...["push", "--atomic", "--porcelain", "--no-follow-tags", "--no-force"],
      "--recurse-submodules=no",
      ...(options.hooks ? [] : ["--no-verify"]),
      "--end-of-options",
      remote,
      ...sent.map(({ Name, To }) => `${To}:${Name}`),
    ],
    options.terminal
      ? { asUser: true, asks: true, shielded: false, timeout: 0 }
      : { asUser: true, shielded: true, env: unasked, timeout: longest },
  );
  const report = readReport(decode(result.Stdout));
  for (const [name, answer] of report.Answers) answers.set(name, answer);
  const words = [...report.Others, ...said(decode(result.Stderr))];
  if (result.Code === 0 && !result.Killed) return outcome("pushed", refs, answers, words);
  // All or none: one refusal is enough to know that nothing moved, if the remote keeps to it.
  const refused = report.Answers.size > 0
    ? !report.Moved && [...report.Answers.values()].some(({ State }) => State === "refused")
    : !result.Killed && endedHere(result.Code, words);
  return refused
    ? outcome("refused", refs, answers, words.filter((line) => !aftermath.test(line)))
    : outcome("unknown", refs, answers, words);
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
