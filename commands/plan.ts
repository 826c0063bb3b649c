/** `gorel plan WORDS…`: builds a plan, prints it, and saves it with `-o`. */
import { resolve } from "node:path";
import type { Answer, Options } from "../lib/cli/answer.ts";
import { toChoices } from "../lib/cli/options.ts";
import { Failed } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean, jsonText } from "../lib/text.ts";
import { nothingDone, plan, rooted } from "./carry.ts";

/** Builds the plan; nothing is written but the file that `-o` names. */
export async function run(options: Options, services: Services): Promise<Answer> {
  const { Choices: given, Ask } = toChoices(options.command, options.args, options.flags);
  const made = await plan(await rooted(given, options.cwd, services), {
    Dir: options.cwd,
    ...(Ask.Module !== undefined && { Module: Ask.Module }),
    ...(Ask.Modules && { Modules: Ask.Modules }),
  }, services);
  if ("Nothing" in made) return { Kind: "outcome", Outcome: nothingDone(made.Nothing) };
  const file = options.flags.output;
  if (file !== undefined) {
    const path = resolve(options.cwd, file);
    await Deno.writeTextFile(path, jsonText(made.Plan, 2) + "\n").catch((error: Error) => {
      throw new Failed(`The plan cannot be written to ${clean(path)}: ${clean(error.message)}.`);
    });
  }
  return { Kind: "plan", Plan: made.Plan };
}
