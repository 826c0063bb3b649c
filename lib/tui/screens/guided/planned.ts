/** Steps 4 and 5: go.mod as it will be, and everything that the plan does. */
import { leading } from "../../releases.ts";
import type { Problem } from "../../../problem.ts";
import { stops } from "../../../problem.ts";
import { count } from "../../../text.ts";
import { mergeCommit, releaseCommit, tipCommit, writesInto } from "../../../plan/commits.ts";
import type { ByteEdit, Plan, Step, WriteStep } from "../../../plan/types.ts";
import { foreignText } from "../../cells.ts";
import { cut, foreign, type Line, line, noReturn, own, prose, textOf } from "../../line.ts";
import type { Model } from "../../model.ts";
import { spinner } from "../../widgets/bar.ts";
import { type DiffLine, diffLines, diffOfEdits } from "../../widgets/diff.ts";
import { problemBlock } from "../../widgets/problems.ts";
import { type Ground, needsMerge } from "./ground.ts";
import { type Block, lines, say, table, together } from "./say.ts";
import { gets, isLow, lesson, type Said, warning } from "./shared.ts";

/** Step 4. What is shown is what the plan writes, as soon as there is one. */
export function retractionBlocks(model: Model, ground: Ground): Said {
  const { Style } = model;
  const { Wanted, Outlook } = ground.Way;
  const version = Outlook?.Version ?? "";
  const self = Wanted.Self
    ? [say(
      Style,
      `${version} is retracted as well: it has the code of ${Wanted.From}. Go reads the lines ` +
        "in it all the same.",
    )]
    : [];
  const stays = say(Style, "Nothing is deleted and no tag moves: builds that use it go on.");
  return {
    Ask: `go.mod of ${version}`,
    Beside: "Who stays on it",
    Near: [goMod(model, ground), gets(model, ground.Way)],
    Far: [
      stays,
      warning(model, ground),
      ...self,
      ...merged(model, ground),
      ...lesson(model, "left is what users get now, right what they get after the release."),
    ],
  };
}

/** The branch takes the same lines, so that its next release still has them. */
function merged({ Style, Planning }: Model, { Branch }: Ground): Block[] {
  const merge = Planning?.State === "planned" && mergeCommit(Planning.Plan);
  if (!merge) return [];
  return [say(
    Style,
    writesInto(Planning.Plan, merge).length > 0
      ? `The merge puts the same into go.mod on ${Branch}, whose other files stay.`
      : `${Branch} has these lines already; the merge changes none of its files.`,
  )];
}

function goMod(model: Model, ground: Ground): Block {
  const { Style, Planning } = model;
  const { Outlook } = ground.Way;
  const shown = (diff: readonly DiffLine[]): Block =>
    table((columns) => diffLines(Style, isLow(model) ? lean(diff) : diff, columns - 1, 0, 16));
  if (Planning?.State === "planned") {
    const [file] = writesInto(Planning.Plan, releaseCommit(Planning.Plan));
    return shown(written(Planning.Facts, file));
  }
  if (Planning?.State === "refused") {
    return together(shown(Outlook?.Diff ?? []), refused(model, Planning.Problems));
  }
  // Of another revision's go.mod nothing is certain before the plan has read it.
  const sure = !needsMerge(model, ground) && (Outlook?.Diff.length ?? 0) > 0;
  return sure ? shown(Outlook!.Diff) : lines(waiting(model));
}

/** Only what changes. */
function lean(diff: readonly DiffLine[]): DiffLine[] {
  return diff.filter(({ Sign, Text }) => (Sign === "+" || Sign === "-") && Text !== "");
}

function waiting(model: Model): Line {
  const { Style, Planning, Now } = model;
  const since = Planning?.State === "asking" ? Planning.Since : Now;
  return line(Style, "  ", spinner(model, since), " working out the plan");
}

/** What is wrong with the retraction is said here; of anything else only that the checks have it. */
function refused({ Style }: Model, problems: readonly Problem[]): Block {
  const stop = problems.filter(stops);
  const first = stop.find((p) => /^(retract|from|version)-/.test(p.Code));
  const others = stop.length - (first ? 1 : 0);
  const rest = others === 0 ? [] : [
    say(Style, `${count(others, "thing")} ${first ? "more " : ""}to settle in the checks.`, "!"),
  ];
  return together((columns) => first ? problemBlock(Style, first, columns - 1) : [], ...rest);
}

function written(facts: NonNullable<Model["Facts"]>, step: WriteStep | undefined): DiffLine[] {
  const module = facts.Modules.find((m) => m.GoMod.File === step?.File);
  const edits: readonly ByteEdit[] = step?.Edits ?? [];
  return module ? diffOfEdits(module.GoMod.Bytes, edits) : [];
}

/** Step 5. */
export function planBlocks(model: Model, ground: Ground): Said {
  const { Style, Planning } = model;
  const Ask = "The plan";
  const Beside = "Then";
  const version = ground.Way.Outlook?.Version ?? "";
  const lessonBlocks = lesson(
    model,
    "up to the heavy line everything can be undone; the push goes to a folder of this machine.",
  );
  const Far = [
    say(
      Style,
      "Next: the checks, then the review. It starts only when you have typed " +
        `${version}.`,
    ),
    ...after(model, ground),
    ...lessonBlocks,
  ];
  if (Planning?.State === "refused") {
    return { Ask, Beside, Near: [refused(model, Planning.Problems)], Far };
  }
  if (Planning?.State !== "planned") return { Ask, Beside, Near: [lines(waiting(model))], Far };
  return { Ask, Beside, Near: [steps(model, ground, Planning.Plan)], Far };
}

function after({ Style }: Model, { Way, Branch }: Ground) {
  return Way.Fix === "later" && Way.Wanted.Self
    ? [
      say(
        Style,
        `Afterwards: put the fix on ${Branch}, then gorel patch. The lines in go.mod stay.`,
      ),
    ]
    : [];
}

/** One row a step, the line of no return where the plan has it. */
function steps(model: Model, ground: Ground, plan: Plan): Block {
  const { Style } = model;
  return table((columns) => {
    let n = 0;
    return plan.Steps.flatMap((step): Line[] => {
      if (step.Do === "line") return [[{ Text: "  " }, ...noReturn(Style, columns - 3)]];
      const words = wordsOf(model, ground, plan, step);
      if (words === null) return [];
      n++;
      const head: Line = line(Style, `  ${n} `, own(Style, words[0].padEnd(7), "weight"));
      if (columns < 50) return [cut(Style, [...head, own(Style, words[1])], columns - 1)];
      const [first, ...more] = prose(Style, words[1], columns - 1, 11);
      return [[...head, { Text: textOf(first!).slice(11) }], ...more];
    });
  });
}

function wordsOf(
  model: Model,
  ground: Ground,
  plan: Plan,
  step: Step,
): [string, string] | null {
  const release = leading(plan);
  const { Branch } = ground;
  const text = (foreignWords: string) => foreignText(foreignWords, model.Style.ascii);
  switch (step.Do) {
    case "commit": {
      if (step.Id !== tipCommit(plan)?.Id || !mergeCommit(plan)) {
        const on = mergeCommit(plan)
          ? `${ground.Way.Wanted.From} and the retract line`
          : `the retract line in go.mod, on ${Branch}`;
        return ["commit", on];
      }
      return ["merge", `of it into ${Branch}, whose own files stay`];
    }
    case "tag":
      return ["tag", `${step.Name}${step.Sign ? ", signed" : ""}`];
    case "push": {
      const refs = step.Refs.map((ref) => text(ref.Name.replace(/^refs\/(heads|tags)\//, "")));
      return ["push", `${refs.join(" and ")} to ${text(step.Remote)}, at once${unpushed(model)}`];
    }
    case "verify": {
      const { Latest } = release.Expect;
      return [
        "check",
        `the proxy serves exactly this` +
        (Latest === undefined ? "" : `, and @latest is ${Latest}`),
      ];
    }
    default:
      return null;
  }
}

/** Commits that nobody else has seen go out with the release. */
function unpushed({ Facts }: Model): string {
  const ahead = Facts?.Repo.Upstream?.Ahead ?? 0;
  return ahead > 0 ? `, with ${count(ahead, "unpushed commit")}` : "";
}

/** What is chosen, for the header: `retract v1.4.2 // why`. */
export function retractLine(model: Model, { Bad, Way }: Ground): Line {
  const { Style } = model;
  const ends = Bad.map(({ Low, High }) => Low === High ? Low : `[${Low}, ${High}]`);
  const all = Way.Wanted.Self && Way.Outlook ? [...ends, Way.Outlook.Version] : ends;
  return line(
    Style,
    own(Style, `retract ${all.join(", ")} // `),
    foreign(Style, Way.Wanted.Reason),
  );
}
