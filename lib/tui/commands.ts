/** Commands of `.gorel.toml` among the steps of a plan, as the screens speak of them. */
import type { Command } from "../config/commands.ts";
import { commandsOf, isEarly, placeOf } from "../plan/commands.ts";
import type { Plan } from "../plan/types.ts";
import type { Planning } from "./model.ts";

/** Reports whether a step that was told of changed nothing: a proof, or a command before the first step. */
export function writesNothing({ Id, Do }: { readonly Id: string; readonly Do: string }): boolean {
  return Do === "prove" || (Do === "command" && isEarly(placeOf({ Id })));
}

/** Reports whether the plan has the step of a command: it runs with this release. */
export function runsIn({ Steps }: Plan, { Step }: Command): boolean {
  return Steps.some(({ Do }) => Do === Step);
}

/** Reports whether the plan runs commands that nobody has agreed to yet: it must not be started. */
export function isOpen({ Plan, Agreement }: Extract<Planning, { State: "planned" }>): boolean {
  return Agreement?.State !== "agreed" && commandsOf(Plan).length > 0;
}

/** `before push`, as the keys of the file say it. */
export function placeWords({ When, Step }: { When: string; Step: string }): string {
  return `${When} ${Step}`;
}

/** The same of a command that was told of. */
export function toldPlace(command: { readonly Id: string }): string {
  return placeWords(placeOf(command));
}
