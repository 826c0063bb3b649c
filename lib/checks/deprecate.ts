/** `deprecate-already`, `deprecate-reason`: the refusals of a deprecation that go.mod itself shows. */
import { type Problem, problem } from "../problem.ts";
import type { ModuleFacts } from "../facts/types.ts";
import { checkRationale } from "../go/retract.ts";

/** Checks a message, trimmed as go.mod keeps it; go prints it under the rules of a rationale (go-rules §8.4). */
export function deprecation(module: Pick<ModuleFacts, "GoMod">, message: string): Problem[] {
  const wrong = message === "" ? "is empty: that deprecates nothing" : checkRationale(message);
  if (wrong !== null) {
    return [problem("deprecate-reason", `The reason ${wrong}.`, {
      fix: '--reason "one plain sentence that users will read: what to use instead"',
    })];
  }
  const { File, Mod } = module.GoMod;
  if (Mod.Module?.Deprecated !== message) return [];
  return [problem(
    "deprecate-already",
    `${Mod.Module.Path} is deprecated already, with that reason.`,
    { where: { File, Line: Mod.Module.Line }, fix: "give another --reason" },
  )];
}
