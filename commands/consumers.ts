/** `gorel graph --consumers [WORDS…]`: what users get before and after a release. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { unanswered } from "../lib/cli/documents.ts";
import { planned, toChoices, type Wish } from "../lib/cli/options.ts";
import { advisedBump } from "../lib/advice/advise.ts";
import { resolveVersion } from "../lib/advice/version.ts";
import type { Choices, Interval } from "../lib/choices.ts";
import type { Facts } from "../lib/facts/types.ts";
import { build, type Built } from "../lib/plan/build.ts";
import { allConsumers, type ComingRelease } from "../lib/plan/consumers.ts";
import { edited } from "../lib/plan/edit.ts";
import { type Problem, problem, Refused, stops, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean, shellWord, some } from "../lib/text.ts";
import { factsFor, inModule, rooted, sorted } from "./carry.ts";

/**
 * Looks; nothing is written and nothing pushed. What would stop the release only for now (a
 * changed file, a branch that is behind, a remote that does not answer) is said and stops no
 * look. Refused where there is no such release: its version, or its go.mod, cannot be.
 */
export async function run(options: Options, services: Services): Promise<Answer> {
  const { Choices: given, Ask } = wishOf(options);
  const facts = await factsFor(await rooted(given, options.cwd, services), {
    Dir: options.cwd,
    ...(Ask.Module !== undefined && { Module: Ask.Module }),
    ...(Ask.Modules && { Modules: Ask.Modules }),
  }, services);
  if ("Nothing" in facts) return shown(facts.Facts, null, [], nothing(facts));
  if (facts.Modules.length > 1) throw new Refused([several(facts)]);
  const choices = inModule(
    options.args.length > 0
      ? given
      : { ...given, Modules: [{ ...given.Modules[0]!, Bump: "auto" }] },
    facts,
  );
  const built = await build(facts, choices);
  if ("Nothing" in built) return shown(facts, null, [], nothing({ ...built, Facts: facts }));
  const problems = sorted("Plan" in built ? built.Plan.Problems : built.Problems);
  const coming = comingOf(facts, choices, built);
  if (coming === null) throw new Refused(problems);
  return shown(facts, coming, concernedBy(choices, coming.Version), problems);
}

/** The rows are those of one module's users. */
function several({ Modules }: Facts): Problem {
  const paths = Modules.map((m) => clean(m.Path));
  return problem(
    "module-not-found",
    `--consumers looks at the users of one module, and these are several: ${some(paths)}.`,
    { fix: `--module ${shellWord(paths[0]!)}, then the others` },
  );
}

/** What the words ask for; without any the module's next release, whatever that is. */
function wishOf({ args, flags }: Options): Wish {
  if (flags.why !== undefined) {
    throw new UsageError(
      "--why asks who requires a module, --consumers who uses this one: say one",
    );
  }
  return args.length > 0
    ? planned("gorel graph --consumers", args, flags)
    : toChoices("patch", [], flags);
}

/** The release as it would come; null where there can be none. */
function comingOf(facts: Facts, choices: Choices, built: Built): ComingRelease | null {
  if ("Problems" in built && built.Problems.some((p) => p.Code === "version-exists")) return null;
  if (facts.Problems.some(stops)) return null;
  const module = facts.Modules[0]!;
  const version = resolveVersion(module, choices.Modules[0]!, advisedBump(module));
  if ("Code" in version) return null;
  const { Version, NewModule } = version;
  // Users of this path get nothing else when another path begins.
  if (NewModule !== undefined) return { Version, Retracts: [] };
  const made = choices.Do === "release"
    ? { Mod: module.GoMod.Mod }
    : edited(module, choices.Edit ?? {}, Version);
  if (Array.isArray(made)) return null;
  const Deprecated = made.Mod.Module?.Deprecated;
  return { Version, Retracts: made.Mod.Retract, ...(Deprecated !== undefined && { Deprecated }) };
}

/** What the release is about besides itself. */
function concernedBy({ Edit }: Choices, version: string): Interval[] {
  return [
    ...Edit?.Retract ?? [],
    ...Edit?.Unretract ?? [],
    ...(Edit?.Self ? [{ Low: version, High: version }] : []),
  ];
}

function nothing({ Nothing, Facts }: { Nothing: string; Facts: Facts }): Problem[] {
  const text = `There is nothing to release: ${Nothing}.`;
  return [...unanswered(Facts), problem("nothing-to-release", text, { level: "note" })];
}

function shown(
  facts: Facts,
  coming: ComingRelease | null,
  concerned: readonly Interval[],
  problems: Problem[],
): Answer {
  const module = facts.Modules[0]!;
  const { Rows, Deprecated } = allConsumers(facts, module, coming, concerned);
  const newest = module.Highest ?? module.Versions.at(-1);
  return {
    Kind: "consumers",
    Document: {
      Module: module.Path,
      Version: coming?.Version ?? newest?.Version ?? "",
      Queries: Rows,
      ...((Deprecated.Before ?? Deprecated.After) !== undefined && { Deprecated }),
      Problems: problems,
    },
  };
}
