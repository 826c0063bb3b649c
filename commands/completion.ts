/** `gorel completion`: the script that a shell reads at its start. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { scripts, type Shell, shells } from "../lib/cli/completion/scripts.ts";
import { shown } from "../lib/cli/values.ts";
import { UsageError } from "../lib/problem.ts";

/** Prints the script; UsageError for another shell. */
export function run({ args: [name = ""] }: Options): Promise<Answer> {
  if (!isShell(name)) {
    throw new UsageError(
      `there is no completion for ${shown(name)}; there is for ${shells.join(", ")}`,
    );
  }
  return Promise.resolve({ Kind: "text", Text: scripts[name] });
}

function isShell(name: string): name is Shell {
  return (shells as readonly string[]).includes(name);
}
