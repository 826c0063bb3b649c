/** The push: one atomic request, and after any doubt the remote is asked what happened. */
import { type Code, type Problem, problem } from "../problem.ts";
import { type Config, readConfig } from "../git/config.ts";
import { push, type Pushed as Answer, type PushRef } from "../git/push.ts";
import { lsRemote, severalUrls } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import { clean, shellWord } from "../text.ts";
import { shortName } from "./refs.ts";

export interface Pushed {
  /** Absent when everything is on the remote. */
  Problem?: Problem;
  /** With a problem: nothing moved there, and nothing that is still on its way can move it. */
  Settled?: true;
  /** With a problem: the same push will never come through, so that going on is no way out. */
  InVain?: true;
  /** Said instead of the usual when the push was found to be done already. */
  Words?: string;
}

export interface PushOptions {
  hooks: boolean;
  terminal: boolean;
  /** What is known of an earlier try: there was none, it was refused, or it may have come through. */
  tried: "no" | "refused" | "unsure";
}

/**
 * Pushes, or finds that an earlier try came through. A refusal keeps the
 * remote's own words; a broken connection is no refusal: the remote decides.
 */
export async function pushRefs(
  repo: Repository,
  remote: string,
  refs: readonly PushRef[],
  options: PushOptions,
): Promise<Pushed> {
  const config = await readConfig(repo);
  const several = severalUrls(config, remote);
  if (several) return { Problem: several, ...(options.tried !== "unsure" && { Settled: true }) };
  if (options.tried !== "no") {
    const arrived = arrivedAs(await look(repo, remote, refs, config), "it had come through before");
    if (arrived) return arrived;
  }
  const answer = await push(repo, remote, refs, options);
  if (answer.State === "pushed") return {};
  const seen = await look(repo, remote, refs, config);
  const how = answer.State === "unknown"
    ? "the connection broke, but the remote has it"
    : "the remote has it already";
  return arrivedAs(seen, how) ??
    { ...refusal(remote, refs, answer, seen), ...settled(answer, seen, options) };
}

/** What the remote shows after a push. */
interface Seen {
  /** It shows the tags as they were pushed, and no branch stands where it stood before. */
  Arrived: boolean;
  /** A branch that is neither where it was nor where the push takes it. */
  Beyond?: PushRef;
  /** A tag that is there as something else. */
  Other?: PushRef;
}

/**
 * Looks what came of the push; null when the remote does not answer. All refs go in one step: a
 * tag that is there came with its branch, also where somebody has pushed on top since.
 */
async function look(
  repo: Repository,
  remote: string,
  refs: readonly PushRef[],
  config: Config,
): Promise<Seen | null> {
  const listed = await lsRemote(repo, remote, { config });
  if ("Code" in listed) return null;
  const at = (ref: PushRef) => listed.Refs.get(ref.Name) ?? null;
  const tags = refs.filter(isTag);
  const branches = refs.filter((ref) => !isTag(ref));
  const other = tags.find((ref) => at(ref) !== null && at(ref) !== ref.To);
  const beyond = branches.find((ref) => at(ref) !== ref.To && at(ref) !== ref.From);
  return {
    Arrived: tags.length > 0 && tags.every((ref) => at(ref) === ref.To) &&
      branches.every((ref) => at(ref) === ref.To || at(ref) !== ref.From),
    ...(beyond && { Beyond: beyond }),
    ...(other && { Other: other }),
  };
}

function isTag({ Name }: PushRef): boolean {
  return Name.startsWith("refs/tags/");
}

function arrivedAs(seen: Seen | null, how: string): Pushed | null {
  if (!seen?.Arrived) return null;
  return {
    Words: seen.Beyond ? `${how}; ${shortName(seen.Beyond.Name)} has moved on there since` : how,
  };
}

/**
 * Whether nothing can have moved. The remote's own word says so; what ended here says nothing
 * of an earlier try.
 */
function settled(
  answer: Answer,
  seen: Seen | null,
  { tried }: PushOptions,
): Pick<Pushed, "Settled"> {
  const sure = seen?.Other !== undefined || answer.State === "refused" ||
    (answer.State !== "unknown" && tried !== "unsure");
  return sure ? { Settled: true } : {};
}

const orUndo = "then gorel resume; or take the local steps back with gorel undo";
const mend = `mend what it says, ${orUndo}`;

/** Why it did not come through, with the way out. */
function refusal(
  remote: string,
  refs: readonly PushRef[],
  answer: Answer,
  seen: Seen | null,
): Pick<Pushed, "Problem" | "InVain"> {
  const to = clean(remote);
  const say = (code: Code, text: string, fix: string) => ({
    Problem: problem(code, text, { fix }),
  });
  const lines = linesOf(answer);
  const words = quoted(lines, answer.State);
  if (seen?.Other) {
    const name = clean(shortName(seen.Other.Name));
    return {
      ...say(
        "version-exists",
        `${to} has a tag ${name} that is not this one: somebody released it meanwhile; ` +
          "nothing of this release is there.",
        "gorel undo, git fetch, then release the next version",
      ),
      InVain: true,
    };
  }
  switch (answer.State) {
    case "hook":
      return say(
        "hook-refused",
        `The pre-push hook refused the push (${words}); nothing was sent to ${to}.`,
        `${mend}; gorel resume --no-hooks goes without it`,
      );
    case "unsent":
      return answered.test(lines.join("\n"))
        ? say(
          "push-refused",
          `${to} does not take the push (${words}); nothing was sent.`,
          /support --atomic/.test(words)
            ? `there: git config receive.advertiseAtomic true; ${orUndo}`
            : mend,
        )
        : say(
          "remote-unreachable",
          `${to} does not answer (${words}); nothing was sent.`,
          "gorel resume tries again, gorel undo takes the local steps back",
        );
    case "refused":
      return refusedBy(remote, refs, lines, seen);
    default:
      return say(
        "remote-unreachable",
        seen
          ? `The push to ${to} broke off (${words}), and ${to} does not show the release.`
          : `The push to ${to} broke off (${words}), and the remote does not say whether it came through.`,
        "gorel resume asks again and goes on",
      );
  }
}

/** The remote, or git after it had seen the remote's refs, said no. */
function refusedBy(
  remote: string,
  refs: readonly PushRef[],
  lines: readonly string[],
  seen: Seen | null,
): Pick<Pushed, "Problem" | "InVain"> {
  const to = clean(remote);
  const said = lines.join("\n");
  const words = quoted(lines, "refused");
  const branch = seen?.Beyond ?? refs.find((ref) => !isTag(ref));
  if (branch && (seen?.Beyond ?? notForward.test(said))) {
    const name = clean(shortName(branch.Name));
    const [what, fix] = branch.From === null && seen?.Beyond
      ? ["was made there", "gorel undo, then release with another name for the new branch"]
      : [
        "has moved there",
        `gorel undo, git pull ${shellWord(remote)} ${shellWord(name)}, then release again`,
      ];
    return {
      Problem: problem(
        "push-refused",
        `${to} refused the push (${words}): ${name} ${what} since the release was planned; ` +
          "nothing of it is there.",
        { fix },
      ),
      InVain: true,
    };
  }
  const checkedOut = "branch is currently checked out";
  if (branch && lines.includes(checkedOut)) {
    return {
      Problem: problem(
        "protected-branch",
        `${to} refused the push (${checkedOut}); nothing moved there.`,
        {
          fix: `there: git config receive.denyCurrentBranch updateInstead; ${orUndo}`,
        },
      ),
    };
  }
  const text = `${to} refused the push (${words}); nothing moved there.`;
  if (branch && isProtected.test(said)) {
    const name = clean(shortName(branch.Name));
    return {
      Problem: problem("protected-branch", text, {
        fix: `allow yourself to push to ${name} and gorel resume; or gorel undo, bring the ` +
          `change into ${name} by a pull request, then release it`,
      }),
    };
  }
  return { Problem: problem("push-refused", text, { fix: mend }) };
}

/** A server that was reached and knows that it does not want this. */
const answered =
  /could not read (Username|Password)|Authentication failed|Permission denied|error: 4\d\d\b|not found|does not appear to be a git repository|does not support|mismatched algorithms/;

const notForward =
  /fetch first|non-fast-forward|stale info|cannot lock ref 'refs\/heads|needs force/;

/** How forges say that a branch changes by merge requests only. Tags are protected by other rules. */
const isProtected = new RegExp(
  [
    "protected branch",
    "GH013.*refs/heads/",
    "(?:only be modified|must be made) through (?:a )?pull request",
    "must use a pull request",
    "denied to update branch",
    "prohibited by Gerrit: .*(?:update|create)",
  ].join("|"),
  "i",
);

/** What was said, and the remote's reasons, once each. */
function linesOf({ Words, Refs, State }: Answer): string[] {
  const reasons = State === "unknown" ? [] : Refs.flatMap((ref) => ref.Reason ? [ref.Reason] : []);
  // Of a push in one step most refs only share the fate of one.
  const own = reasons.filter((reason) => !/^atomic /.test(reason));
  return [...new Set([...Words, ...(own.length > 0 ? own : reasons)])];
}

/** The lines, few and short enough for a sentence; the last ones are the reasons. */
function quoted(lines: readonly string[], state: Answer["State"]): string {
  const most = 8;
  const some = lines.length > most ? [...lines.slice(0, most - 2), "…", ...lines.slice(-1)] : lines;
  const short = some.map((line) => line.length > 200 ? `${line.slice(0, 200)}…` : line);
  return short.join("; ") || (state === "unknown" ? "git was stopped" : "without a reason");
}
