/** What can be chosen in each step. */
import { count } from "../../../text.ts";
import { foreignText } from "../../cells.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Row } from "../../screen.ts";
import { age } from "../../widgets/bar.ts";
import type { GuidedScreen } from "../guided.ts";
import { type Fix, type Ground, groundOf, needsMerge } from "./ground.ts";
import { kindRows, kinds } from "./kinds.ts";

/** A row, and where it leads if not simply to the next step. */
export interface GuidedRow extends Row {
  readonly Fix?: Fix;
  readonly To?: "home" | Partial<GuidedScreen>;
}

export function rowsOf(model: Model, screen: GuidedScreen): readonly GuidedRow[] {
  if (screen.Look || !moduleOf(model)) return [];
  const ground = groundOf(model, screen);
  switch (screen.Step) {
    case 1:
      if (screen.Focus === "versions") return versionRows(model, ground, screen);
      if (screen.Focus === "reason") return [];
      return kinds.map((kind) => ({ Label: kindRows[kind][0], Detail: kindRows[kind][1] }));
    case 2:
      return fixRows(ground);
    case 3:
      return [{ Label: `Go on with ${ground.Way.Outlook?.Version}` }];
    case 4:
      return [
        { Label: "Yes, like this" },
        { Label: "Another reason", To: { Step: 1, Focus: "reason" } },
      ];
    case 5:
      return [
        { Label: "To the checks", Detail: "nothing is changed yet" },
        { Label: "Stop here", Detail: "and nothing was changed", To: "home" },
      ];
  }
}

function versionRows(model: Model, ground: Ground, screen: GuidedScreen): GuidedRow[] {
  return ground.Versions.map(({ Version, Time, Latest, Already, Pending }): GuidedRow => {
    const box = Already !== undefined ? "·" : ground.Marked.includes(Version) ? "x" : " ";
    const words = [
      age(Time, model.Now / 1000),
      ...(Latest ? ["@latest"] : []),
      ...(Version.includes("-") ? ["pre-release"] : []),
      ...(screen.Anchor === Version ? ["the range begins here"] : []),
    ].filter((w) => w !== "");
    const why = Already === undefined ? "" : foreignText(Already, model.Style.ascii);
    const state = Pending
      ? "go.mod has the line, gorel patch puts it in force"
      : "retracted already";
    return {
      Label: `[${box}] ${Version}`,
      ...(words.length > 0 && { Detail: words.join(" · ") }),
      ...(Already !== undefined && { Off: `${state}: ${why}` }),
    };
  });
}

function fixRows(ground: Ground): GuidedRow[] {
  const { here, later } = ground.Ways;
  const highest = ground.Highest ?? "the last release";
  const off = (why: string | undefined) => (why === undefined ? {} : { Off: why });
  const commits = ground.Commits === undefined ? "its commits" : count(ground.Commits, "commit");
  const files = ground.Included === 0 ? [] : [count(ground.Included, "changed file")];
  const stop: GuidedRow = {
    Label: "No: stop here, I will come back",
    Detail: "nothing is changed",
    To: "home",
  };
  if (ground.Good) {
    return [
      {
        Label: `${highest} and this line: nothing else ships`,
        Fix: "later",
        ...off(later.Off),
      },
      {
        Label: `What is on ${ground.Branch}: ${[commits, ...files].join(" and ")} ship too`,
        Fix: "here",
        ...off(here.Off),
      },
      { ...stop, Label: "Stop here, I will come back" },
    ];
  }
  const these = [
    ...(ground.Commits === 0 ? [] : [ground.Commits === 1 ? "this commit" : `these ${commits}`]),
    ...files,
  ].join(" and ");
  const yes = `Yes, on ${ground.Branch}`;
  return [
    here.Off === undefined
      ? { Label: `${yes}: use ${these}`, Detail: here.Outlook?.Version ?? "", Fix: "here" }
      : { Label: yes, Fix: "here", Off: here.Off },
    {
      Label: "No: retract now, fix later",
      Detail: `${later.Outlook?.Version} = ${highest} again`,
      Fix: "later",
      ...off(later.Off),
    },
    stop,
  ];
}

/** One commit or two, one tag, one push, one check: what the flags leave of them. */
export function inShort(model: Model, ground: Ground, columns: number): string {
  const { Push, Wait } = model.Draft;
  const one = columns < 60 ? "" : "one ";
  return [
    needsMerge(model, ground) ? "two commits" : "one commit",
    `${one}tag`,
    Push ? `${one}push` : "no push",
    ...(Push && Wait > 0 ? [`${one}check`] : []),
  ].join(", ");
}
