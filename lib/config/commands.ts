/** Commands of `.gorel.toml`, and what it means to agree to them: they are code from a repository. */
import { createHash } from "node:crypto";

export { shownCommand } from "./shown.ts";

/** The steps of a plan that a command may stand before or behind. */
export const commandSteps = [
  "prove",
  "write",
  "commit",
  "branch",
  "tag",
  "push",
  "ask-proxy",
  "verify",
] as const;

export type CommandStep = (typeof commandSteps)[number];

/** One command line for `sh`, run at the root of the repository. */
export interface Command {
  When: "before" | "after";
  Step: CommandStep;
  Run: string;
}

/**
 * What stands for exactly these commands in this order: whoever agreed to it agreed to no other.
 * 32 hexadecimal digits of a SHA-256: half as many let somebody who writes both find a harmless
 * list and a harmful one with the same digest.
 */
export function digestOf(commands: readonly Command[]): string {
  const text = JSON.stringify(commands.map(({ When, Step, Run }) => [When, Step, Run]));
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
