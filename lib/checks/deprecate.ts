/** `deprecate-already`, `deprecate-none`, `deprecate-reason`: the refusals that go.mod itself shows. */
import { type Problem, problem } from "../problem.ts";
import { flagOf } from "../facts/modules.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { checkRationale } from "../go/retract.ts";

/** Checks a message, trimmed as go.mod keeps it; go prints it under the rules of a rationale (go-rules §8.4). */
export function deprecation(module: ModuleFacts, message: string): Problem[] {
  const wrong = checkMessage(message);
  if (wrong !== null) {
    return [problem("deprecate-reason", `The reason ${wrong}.`, {
      fix: '--reason "one plain sentence that users will read: what to use instead"',
    })];
  }
  const { File, Mod } = module.GoMod;
  if (Mod.Module?.Deprecated !== message) return [];
  const where = { File, Line: Mod.Module.Line };
  const told = toldBy(module);
  if (told && told.Message !== message) {
    return [problem(
      "deprecate-already",
      `go.mod deprecates ${Mod.Module.Path} already, with that reason, but ${told.Source} does ` +
        "not say so: users are told by the next release above it.",
      { where, fix: `gorel patch${flagOf(module)}` },
    )];
  }
  return [problem(
    "deprecate-already",
    `${Mod.Module.Path} is deprecated already, with that reason.`,
    { where, fix: "give another --reason" },
  )];
}

/** Checks that there is a deprecation to take out of go.mod. */
export function undeprecation(module: ModuleFacts): Problem[] {
  const { File, Mod } = module.GoMod;
  if (Mod.Module?.Deprecated !== undefined) return [];
  const where = { File, ...(Mod.Module && { Line: Mod.Module.Line }) };
  if (module.HeadGoMod?.Mod.Module?.Deprecated !== undefined) {
    return [problem(
      "deprecate-none",
      `${module.Path} is not deprecated by the go.mod that --from names, only by that of HEAD.`,
      { where, fix: `gorel undeprecate${flagOf(module)}, without --from` },
    )];
  }
  const told = toldBy(module);
  if (told && told.Message !== "") {
    return [problem(
      "deprecate-none",
      `go.mod does not deprecate ${module.Path} any more, but ${told.Source}, which Go reads it ` +
        "from, does: any release above it takes that back.",
      { where, fix: `gorel patch${flagOf(module)} --accept deprecation-dropped` },
    )];
  }
  return [problem(
    "deprecate-none",
    `${module.Path} is not deprecated: there is nothing to take back.`,
    { where, fix: "gorel versions shows what users are told" },
  )];
}

/** Why a message would not reach the users of the module as it is written; words that follow "The reason". */
function checkMessage(message: string): string | null {
  if (message === "") return "is empty: that deprecates nothing";
  const wrong = checkRationale(message);
  if (wrong !== null) return wrong;
  if (message.includes("\n\n")) return "has an empty line: Go reads a deprecation only up to it";
  return null;
}

/** What users are told now, and by which version's go.mod; "" is not deprecated. */
function toldBy({ Latest }: ModuleFacts): { Source: string; Message: string } | undefined {
  const { Source, GoMod } = known(Latest) ?? {};
  if (!GoMod || typeof Source !== "string") return undefined;
  return { Source, Message: GoMod.Module?.Deprecated ?? "" };
}
