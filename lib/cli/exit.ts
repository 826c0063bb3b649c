/** Exit codes (DESIGN.md §4): what a result, an error or a signal means to a shell. */
import { Failed, Refused, stops, UsageError } from "../problem.ts";
import type { OutcomeState } from "../plan/types.ts";
import type { Answer, VerifyDocument } from "./answer.ts";

export const done = 0;
export const failed = 1;
export const usage = 2;
export const refused = 3;
export const pending = 8;

const bySignal = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A signal that ends gorel. */
export type Stopping = keyof typeof bySignal;

/** The exit code of a program that a signal ended. */
export function interruptedExit(by: Stopping): number {
  return bySignal[by];
}

/** Why the AbortSignal of a command is aborted; also what a command throws that gives up because of it. */
export class Interrupted extends Error {
  override name = "Interrupted";
  readonly exit: number;
  constructor(readonly by: Stopping) {
    super(`stopped by ${by}`);
    this.exit = bySignal[by];
  }
}

/** The interruption a signal carries, if it was one. */
export function interruption(signal: AbortSignal): Interrupted | undefined {
  return signal.aborted && signal.reason instanceof Interrupted ? signal.reason : undefined;
}

const ofOutcome: Readonly<Record<OutcomeState, number>> = {
  "nothing": done,
  "stopped": bySignal.SIGINT,
  "undone": done,
  "local": done,
  "waiting-merge": pending,
  "pushed": done,
  "published": done,
  "failed": failed,
};

const ofVerify: Readonly<Record<VerifyDocument["State"], number>> = {
  published: done,
  pending,
  failed,
};

/**
 * The exit code of a result: its own `Exit`, else what it says; a push that
 * `not-yet` is visible is pending. What a signal stopped, or made fail, has the
 * signal's code, but leaving a wait with ^C stays pending: nothing was broken off.
 */
export function exitOf(answer: Answer, signal: AbortSignal): number {
  const code = ofAnswer(answer);
  const stopped = interruption(signal);
  if (!stopped) return code;
  if (answer.Kind === "outcome" && ["stopped", "failed"].includes(answer.Outcome.State)) {
    return stopped.exit;
  }
  return code === pending && stopped.by !== "SIGINT" ? stopped.exit : code;
}

function ofAnswer(answer: Answer): number {
  if (answer.Kind === "plan") return done;
  if (answer.Exit !== undefined) return answer.Exit;
  switch (answer.Kind) {
    case "outcome": {
      const { State, Problems } = answer.Outcome;
      const waits = State === "pushed" && Problems.some((p) => p.Code === "not-yet");
      return waits ? pending : ofOutcome[State];
    }
    case "verify":
      return ofVerify[answer.Document.State];
    case "check":
      return answer.Document.Problems.some(stops) ? refused : done;
    default:
      return done;
  }
}

/** The exit code of whatever was thrown. */
export function exitOfError(error: unknown): number {
  if (error instanceof UsageError) return usage;
  if (error instanceof Refused) return refused;
  if (error instanceof Interrupted) return error.exit;
  return failed;
}

/** The `Code` of an error document for what was thrown. */
export function codeOfError(error: unknown): string {
  if (error instanceof UsageError) return error.code;
  if (error instanceof Refused) {
    return (error.problems.find(stops) ?? error.problems[0])?.Code ?? "refused";
  }
  if (error instanceof Failed) return error.problems[0]?.Code ?? "failed";
  return error instanceof Interrupted ? "stopped" : "internal";
}
