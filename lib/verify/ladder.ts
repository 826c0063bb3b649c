/**
 * Proves what users of a released version get: rung by rung from the remote's tag to
 * `@latest`, waiting where a server may need a while (DESIGN.md §4 `verify`).
 */
import { type Problem, problem } from "../problem.ts";
import type { Clock } from "../services.ts";
import { count } from "../text.ts";
import type { Doors, Expectation } from "./doors.ts";
import {
  checksumRung,
  infoRung,
  latestRung,
  listRung,
  modRung,
  oldLatestRung,
  type Rung,
  tagRung,
  zipRung,
} from "./rungs.ts";
import type { Seen, Tried } from "./tried.ts";

export type { Doors, Expectation } from "./doors.ts";

/** One rung. "skipped" does not apply here, "not-asked" was not reached or is not built. */
export interface VerifyStep {
  Id: string;
  Do:
    | "tag"
    | "info"
    | "mod"
    | "zip"
    | "checksum-database"
    | "list"
    | "latest"
    | "old-latest";
  State: "ok" | "waiting" | "failed" | "skipped" | "not-asked";
  Detail?: string;
  Ms?: number;
}

export interface Verification {
  State: "published" | "pending" | "failed";
  /** One for each rung, in the order they are climbed; `old-latest` only of a new major. */
  Steps: VerifyStep[];
  /** `h1:` of the zip and of go.mod that users get; absent until they were seen. */
  Sum?: string;
  GoModSum?: string;
  Problems: Problem[];
  /** What is certain now, a sentence each. */
  Proven: string[];
}

export interface VerifyOptions {
  /** Milliseconds to wait for all rungs together; 0: each is tried once. */
  wait: number;
  /** The command that goes on when the time runs out. */
  next: string;
  /**
   * Hears of every change of a step; a step that begins is "waiting" without a Detail, and one
   * that will be tried again says in how many milliseconds (`Next`).
   */
  onStep?: (step: VerifyStep & { Next?: number }) => void;
  /** Ends the waiting early: pending. */
  signal?: AbortSignal;
  /** Called once the rung `info`, which asks the proxy, has ended; the time it takes is not waited. */
  asked?: (state: VerifyStep["State"]) => Promise<void>;
}

/** Seconds between two tries of a rung; the last one repeats. */
const pauses = [1, 2, 4, 8, 15, 30];

/** Milliseconds that the last try has, although the time is up: a server needs a moment to answer. */
const lastTry = 5000;

const climb: readonly [VerifyStep["Do"], Rung, "names the version" | "names none"][] = [
  ["tag", tagRung, "names none"],
  ["info", infoRung, "names the version"],
  ["mod", modRung, "names the version"],
  ["zip", zipRung, "names the version"],
  ["checksum-database", checksumRung, "names none"],
  ["list", listRung, "names none"],
  ["latest", latestRung, "names none"],
  ["old-latest", oldLatestRung, "names none"],
];

/**
 * Climbs the ladder. Until the remote shows the tag nothing else is asked, and a rung
 * that names the version is not tried after one that still waits: servers remember what
 * they did not find (go-rules §6.5). What differs from what is expected fails at once.
 * Never throws but for a door that does.
 */
export async function verify(
  expect: Expectation,
  doors: Doors,
  options: VerifyOptions,
): Promise<Verification> {
  const { clock } = doors;
  let deadline = clock.now() + options.wait;
  const asked = async ({ Do, State }: VerifyStep) => {
    if (Do !== "info" || !options.asked) return;
    const began = clock.now();
    await options.asked(State);
    deadline += clock.now() - began;
  };
  const seen: Seen = {};
  const steps: VerifyStep[] = [];
  const problems: Problem[] = [];
  let reached: "all" | "unnamed" | "none" = "all";

  for (const [name, rung, asks] of climb) {
    if (name === "old-latest" && !expect.Old) continue;
    const step: VerifyStep = { Id: `${expect.TagName}:${name}`, Do: name, State: "not-asked" };
    steps.push(step);
    const tell = (Next?: number) =>
      options.onStep?.({ ...step, ...(Next !== undefined && { Next }) });
    if (reached === "none" || (reached === "unnamed" && asks === "names the version")) {
      step.Detail = "not reached";
      tell();
      await asked(step);
      continue;
    }
    step.State = "waiting";
    tell();
    const began = clock.now();
    const tried = await persist(
      (signal) => rung(expect, doors, seen, signal),
      (words, next) => {
        step.Detail = words;
        tell(next);
      },
      {
        clock,
        deadline,
        bounded: options.wait > 0,
        ...(options.signal && { signal: options.signal }),
      },
    );
    step.Ms = clock.now() - began;
    step.State = tried.State;
    if (tried.State === "failed") {
      step.Detail = tried.Problem.Text;
      problems.push(tried.Problem);
      reached = "none";
    } else {
      step.Detail = tried.Detail;
      if (tried.State === "waiting") {
        reached = name === "tag" || options.signal?.aborted ? "none" : "unnamed";
      }
    }
    tell();
    await asked(step);
  }

  const waiting = steps.find((step) => step.State === "waiting");
  const failed = steps.some((step) => step.State === "failed");
  if (waiting && !failed) problems.push(notYet(expect, waiting, options));
  return {
    State: failed ? "failed" : waiting ? "pending" : "published",
    Steps: steps,
    ...(seen.sum !== undefined && { Sum: seen.sum }),
    ...(seen.goModSum !== undefined && { GoModSum: seen.goModSum }),
    Problems: problems,
    Proven: steps.flatMap((step) => (step.State === "ok" && step.Detail ? [step.Detail] : [])),
  };
}

interface Time {
  clock: Clock;
  deadline: number;
  /** True: a try ends when the time is up; else only what it asks with has a limit. */
  bounded: boolean;
  signal?: AbortSignal;
}

/** Tries a rung until it does not wait any more, or the time is up; the last try is at the deadline. */
async function persist(
  attempt: (signal: AbortSignal) => Promise<Tried>,
  waits: (words: string, next: number) => void,
  time: Time,
): Promise<Tried> {
  const { clock, deadline, signal } = time;
  for (let n = 0;; n++) {
    const tried = await once(attempt, time);
    const left = deadline - clock.now();
    if (tried.State !== "waiting" || tried.InVain || left <= 0 || signal?.aborted) return tried;
    const pause = Math.min(pauses[Math.min(n, pauses.length - 1)]! * 1000, left);
    waits(tried.Detail, pause);
    await clock.sleep(pause, signal);
    if (signal?.aborted) return tried;
  }
}

/** One try. What does not answer in time, or when the signal comes, is left behind. */
async function once(
  attempt: (signal: AbortSignal) => Promise<Tried>,
  { clock, deadline, bounded, signal }: Time,
): Promise<Tried> {
  const over = new AbortController();
  let left = (_: Tried) => {};
  const leave = (why: string) => () => {
    left({ State: "waiting", Detail: why });
    over.abort();
  };
  const stopped = leave("stopped");
  const leaving = new Promise<Tried>((resolve) => left = resolve);
  if (signal?.aborted) stopped();
  signal?.addEventListener("abort", stopped);
  const room = Math.max(deadline - clock.now(), lastTry);
  const late = leave(`no answer within ${count(Math.round(room / 1000), "second")}`);
  // Waiting may be make-believe; a server is not.
  const timer = bounded ? setTimeout(late, room) : undefined;
  try {
    return await (over.signal.aborted ? leaving : Promise.race([leaving, attempt(over.signal)]));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stopped);
  }
}

const waitsFor: Record<VerifyStep["Do"], string> = {
  "tag": "the remote does not show the tag yet",
  "info": "the proxy does not know it yet",
  "mod": "the proxy does not serve its go.mod yet",
  "zip": "the proxy does not serve its zip yet",
  "checksum-database": "the checksum database does not know it yet",
  "list": "the list of versions does not have it yet",
  "latest": "@latest is not what it will be yet",
  "old-latest": "@latest of the path before is not what it was",
};

function notYet(expect: Expectation, step: VerifyStep, options: VerifyOptions): Problem {
  const waited = options.wait > 0 && !options.signal?.aborted
    ? ` after ${count(Math.round(options.wait / 1000), "second")}`
    : "";
  const text =
    `${expect.Module}@${expect.Version} is not visible everywhere${waited}: ${waitsFor[step.Do]}` +
    (step.Detail ? ` (${step.Detail})` : "") + ".";
  return problem("not-yet", text, { fix: options.next });
}
