/** Running one command of `.gorel.toml` that was agreed to. */
import { shownCommand } from "../config/commands.ts";
import { goSettings } from "../config/goenv.ts";
import { located, type Repository } from "../git/repository.ts";
import { type CommandRun, isEarly } from "../plan/commands.ts";
import { pathOf } from "../plan/commits.ts";
import type { OutcomeStep, Plan } from "../plan/types.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, lineByLine, withoutCredentials } from "../text.ts";
import type { StepNews } from "./account.ts";
import { cut, lastWords, mostWords } from "./lastwords.ts";

export interface RunCommand {
  /** The commit that the release tags, once it is there. */
  Commit?: string;
  signal: AbortSignal;
  /** Hears that it begins. */
  onStep: (news: StepNews) => void;
  /** Hears what it says, line by line, without credentials. */
  heard?: (line: string) => void;
}

/** How a command ended; without a problem and not stopped it did what it was to do. */
export interface CommandEnded {
  Row: OutcomeStep;
  Problem?: Problem;
  /** The signal ended it, and all that it had started. */
  Stopped?: true;
}

/** A command as a row of the outcome, its line as people read it. */
export function rowOf({ Id, Do, Run }: CommandRun, State: OutcomeStep["State"]): OutcomeStep {
  return { Id, Do, State, Detail: withoutCredentials(shownCommand(Run).join(" ")) };
}

/**
 * Runs a command with `sh -c` at the root of the repository, without input, terminal and time limit.
 * The problem of one that fails is `command-failed`, behind the push `command-failed-behind`.
 */
export async function runCommand(
  repo: Repository,
  plan: Plan,
  command: CommandRun,
  options: RunCommand,
): Promise<CommandEnded> {
  const { clock, processes } = repo.services;
  const row = rowOf(command, "waiting");
  if (options.signal.aborted) return { Row: row, Stopped: true };
  options.onStep({ ...row, State: "begun" });
  const said: string[] = [];
  const lines = lineByLine((line) => {
    const words = withoutCredentials(line);
    options.heard?.(words);
    if (clean(words) !== "") said.push(clean(words));
    if (said.length > mostWords + 1) said.shift();
  });
  const began = clock.now();
  const { Code, Stderr } = await processes.run(
    "sh",
    // Both streams are one: what is said last explains it.
    ["-c", 'exec sh -c "$1" >&2', "sh", command.Run],
    {
      cwd: repo.Root,
      env: {
        ...located(repo),
        ...releaseOf(plan, command, options.Commit),
        ...(!isBehind(command) && await aside(repo, plan)),
      },
      timeout: 0,
      group: true,
      unkept: true,
      heard: lines.bytes,
      signal: options.signal,
    },
  );
  lines.end();
  const Ms = clock.now() - began;
  const ended = (State: OutcomeStep["State"]): OutcomeStep => ({ ...row, State, Ms });
  if (options.signal.aborted) return { Row: ended("waiting"), Stopped: true };
  if (Code === 0) return { Row: ended("done") };
  // What a shell says is only heard: here stands why there was none.
  const none = Stderr.length > 0;
  return { Row: ended("failed"), Problem: none ? noShell(command) : failed(command, Code, said) };
}

/** What a command knows of its release; of several a line each, in the order of the plan. */
function releaseOf(
  plan: Plan,
  { When, Step }: CommandRun,
  commit: string | undefined,
): Record<string, string | undefined> {
  const each = (of: (release: Plan["Releases"][number]) => string) =>
    plan.Releases.map(of).join("\n");
  return {
    GOREL_RELEASE_TAG: each(({ TagName }) => TagName),
    GOREL_RELEASE_VERSION: each(({ Version }) => Version),
    GOREL_RELEASE_MODULE: each(pathOf),
    GOREL_RELEASE_DIR: each(({ Dir }) => Dir || "."),
    GOREL_RELEASE_STEP: `${When}-${Step}`,
    GOREL_RELEASE_COMMIT: commit,
    // A task of Deno's that the command calls is to run where it stands.
    INIT_CWD: undefined,
  };
}

/**
 * What keeps a go command from asking proxy and checksum database for a version that is not out
 * yet: a train's go.mod files name such, and "not found" would be remembered (go-rules §6.5).
 */
async function aside(repo: Repository, plan: Plan): Promise<Record<string, string>> {
  const { GOPROXY, GONOPROXY, GONOSUMDB } = await goSettings(repo.services, repo.Root);
  if (GOPROXY === "off") return {};
  const paths = plan.Releases.map(pathOf);
  const and = (globs: string) => [...globs.split(",").filter((glob) => glob !== ""), ...paths];
  return { GONOPROXY: and(GONOPROXY).join(), GONOSUMDB: and(GONOSUMDB).join() };
}

/** Reports whether a command runs behind the push: the release is out then, whatever it does. */
function isBehind({ When, Step }: CommandRun): boolean {
  return Step === "ask-proxy" || Step === "verify" || (Step === "push" && When === "after");
}

/** A command in a sentence: where it runs, and what it is. */
export function named({ When, Step, Run }: CommandRun): string {
  return `The command ${When} ${Step} (${cut(shownCommand(Run).join(" "))})`;
}

function noShell(command: CommandRun): Problem {
  return failing(
    command,
    `${named(command)} could not be started: there is no sh.`,
    Deno.build.os === "windows"
      ? "put the sh of Git for Windows on PATH"
      : "put a POSIX shell named sh on PATH",
  );
}

function failed(command: CommandRun, code: number, said: readonly string[]): Problem {
  return failing(
    command,
    `${named(command)} failed (exit ${code}): ${lastWords(said)}.`,
    "mend what it says",
  );
}

/** The way out of a failure behind the push. */
export const runByHand = "the release is out and stays so: run the command again by hand";

function failing(command: CommandRun, text: string, fix: string): Problem {
  if (isBehind(command)) {
    return problem("command-failed-behind", text, { fix: runByHand });
  }
  const then = isEarly(command)
    ? "then release again"
    : "then gorel resume; where a file has to change, gorel undo first, and release again";
  return problem("command-failed", text, { fix: `${fix}, ${then}` });
}
