/** The commands of a plan among its steps: which of them run, and in which order. */
import type { Command, CommandStep } from "../config/commands.ts";
import type { Plan, Step } from "./types.ts";

/** A command as a step of its own, as the account of a release tells of it. */
export interface CommandRun extends Command {
  /** `before-push-1`: counted from 1 among those of the same place. */
  readonly Id: string;
  readonly Do: "command";
}

/** The steps that are all taken at once: what runs around one of them runs around all. */
export const localSteps = [
  "write",
  "commit",
  "branch",
  "tag",
] as const satisfies readonly CommandStep[];

/** The commands of one place, in their order; none where the plan has no such step. */
export function commandsAt(
  { Commands = [], Steps }: Pick<Plan, "Commands" | "Steps">,
  when: Command["When"],
  steps: readonly CommandStep[],
): CommandRun[] {
  return steps.filter((step) => Steps.some(({ Do }) => Do === step)).flatMap((step) =>
    Commands.filter(({ When, Step }) => When === when && Step === step)
      .map((command, i) => ({ ...command, Id: `${when}-${step}-${i + 1}`, Do: "command" }))
  );
}

/**
 * The steps of a plan with its commands between them, in the order in which they are carried out.
 * What runs before the push stands before the line too: its failing can still be taken back.
 */
export function withCommands(plan: Pick<Plan, "Commands" | "Steps">): (Step | CommandRun)[] {
  const { Steps, Commands } = plan;
  if (!Commands) return [...Steps];
  const isLocal = ({ Do }: Step) => localSteps.some((step) => step === Do);
  const firstOf = (Do: Step["Do"]) => Steps.findIndex((step) => step.Do === Do);
  const lastProof = Steps.findLastIndex(({ Do }) => Do === "prove");
  const [first, last] = [Steps.findIndex(isLocal), Steps.findLastIndex(isLocal)];
  const all = (when: Command["When"], steps: readonly CommandStep[]) =>
    commandsAt(plan, when, steps);
  return Steps.flatMap((step, i): (Step | CommandRun)[] => [
    ...(i === firstOf("prove") ? all("before", ["prove"]) : []),
    ...(i === first ? all("before", localSteps) : []),
    ...(step.Do === "line" ? all("before", ["push"]) : []),
    ...(step.Do === "ask-proxy" || step.Do === "verify" ? all("before", [step.Do]) : []),
    step,
    ...(i === lastProof ? all("after", ["prove"]) : []),
    ...(i === last ? all("after", localSteps) : []),
    ...(step.Do === "push" || step.Do === "ask-proxy" || step.Do === "verify"
      ? all("after", [step.Do])
      : []),
  ]);
}

/** The commands that run when the plan is carried out, in that order. */
export function commandsOf(plan: Pick<Plan, "Commands" | "Steps">): CommandRun[] {
  return withCommands(plan).filter((step) => step.Do === "command");
}

/** Where a command stands, of which only the Id was told. */
export function placeOf({ Id }: Pick<CommandRun, "Id">): { When: string; Step: string } {
  const [, When = "", Step = ""] = /^([a-z]+)-(.*)-\d+$/.exec(Id) ?? [];
  return { When, Step };
}

/** Reports whether a command runs before the release begins: whatever comes of it, nothing is there. */
export function isEarly({ When, Step }: { When: string; Step: string }): boolean {
  return Step === "prove" || (When === "before" && localSteps.some((step) => step === Step));
}
