/** Step 2: whether the fix is in, and what ships either way. */
import { advise, advisedBump } from "../../../advice/advise.ts";
import { evidence } from "../../../advice/evidence.ts";
import { count } from "../../../text.ts";
import { foreignText } from "../../cells.ts";
import { line } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { GuidedScreen } from "../guided.ts";
import type { Ground, Way } from "./ground.ts";
import { commitLines } from "./look.ts";
import { rowsOf } from "./rows.ts";
import { type Block, say, together } from "./say.ts";
import { badVersions, isLow, lesson, lowGets, next, type Said } from "./shared.ts";

export function fix(model: Model, screen: GuidedScreen, ground: Ground): Said {
  const { Style } = model;
  const row = rowsOf(model, screen)[screen.Row];
  const Ask = ground.Good
    ? `${ground.Highest} is good. What carries the retraction?`
    : "Is the fix in?";
  if (row?.Fix === undefined) {
    return {
      Ask,
      Near: [say(
        Style,
        "Nothing is written and nothing is remembered; until a release retracts it " +
          (ground.Good
            ? `nobody is warned of ${badVersions(ground)}.`
            : `users go on getting ${badVersions(ground)}.`),
      )],
      Far: [
        ...uncommitted(model),
        say(
          Style,
          "To fix it, commit on this branch, or on one that begins at the bad tag: " +
            `git switch -c fix ${foreignText(moduleOf(model)?.Base?.Tag ?? "", Style.ascii)}`,
        ),
      ],
    };
  }
  const way = ground.Ways[row.Fix];
  if (way.Off !== undefined) {
    const why = say(Style, `Not now: ${foreignText(way.Off, Style.ascii)}.`, "✗");
    return { Ask, Near: [together(why, ...uncommitted(model))], Far: [] };
  }
  return { Ask, ...(row.Fix === "here" ? here(model, ground) : later(model, screen, ground)) };
}

/** A fix that is not committed is in no release, unless it is included; the checks would stop at it too. */
function uncommitted({ Style, Facts, Given }: Model): Block[] {
  const included = Given.Include.length;
  if (included > 0) {
    const goes = included === 1 ? "goes" : "go";
    return [say(Style, `${count(included, "file")} that nobody committed ${goes} in too.`, "!")];
  }
  const n = Facts?.Repo.Changed.length ?? 0;
  const are = n === 1 ? "is" : "are";
  return n === 0 ? [] : [say(
    Style,
    `${count(n, "changed file")} ${are} not committed: if that is the fix, i puts it in.`,
    "!",
  )];
}

/** What the branch ships, and what of it is more than a fix. */
function here(model: Model, ground: Ground): Omit<Said, "Ask"> {
  const { Style } = model;
  const module = moduleOf(model)!;
  const base = module.Base?.Version;
  const version = ground.Ways.here.Outlook?.Version;
  const n = ground.Commits;
  const more: Block[] = uncommitted(model);
  if (n === undefined) {
    const { Commits } = module;
    const why = Commits.State === "known" ? "" : foreignText(Commits.Why, Style.ascii);
    more.push(say(Style, `The commits since ${base} are not known: ${why}.`, "·"));
  } else if (n > 1) {
    const all = `${n === 2 ? "Both" : `All ${n}`} ship in ${version}.`;
    const but = `If one is not the fix: retract now, or branch off at ${base}.`;
    more.push(say(Style, all, "!"), ...(ground.Good ? [] : [say(Style, but, "·")]));
  } else if (n === 1 && ground.Included === 0) {
    more.push(say(Style, `${version} is ${base} and this commit.`, "✓"));
  }
  const unseen = advise(model.Facts!, module).NotChecked;
  const most = isLow(model) ? 3 : 9;
  const commits: Block = (columns) => [
    ...commitLines(model, columns, 0, most),
    ...((n ?? 0) > most ? [line(Style, `    … ${n! - most} more: l shows all`)] : []),
  ];
  return {
    Near: [commits, together(...more, ...biggerThanPatch(model, version))],
    Far: [
      ...lowGets(model, ground.Ways.here),
      say(Style, `Not checked: ${foreignText(unseen.join("; "), Style.ascii)}.`),
      ...lesson(model, "the fix is on main already, so the first answer is the good one."),
    ],
  };
}

/** The commits or go.mod ask for more than a patch; what was not looked at is said too. */
function biggerThanPatch(model: Model, version: string | undefined): Block[] {
  const { Style } = model;
  const module = moduleOf(model)!;
  const bump = advisedBump(module);
  if (!module.Base || bump === "patch") {
    return [
      say(Style, "Commits and go.mod ask for no more than a patch; the API is not compared.", "✓"),
    ];
  }
  const found = evidence(module).find((e) => e.Weight !== "fix");
  const what = foreignText(found?.Text ?? "", Style.ascii);
  return [say(Style, `More than a fix, and ${version} is a patch: ${what}`, "!")];
}

/** What it means that the last release's own code goes out again. */
function later(model: Model, screen: GuidedScreen, ground: Ground): Omit<Said, "Ask"> {
  const { Style } = model;
  const { Outlook, Wanted } = ground.Ways.later;
  const version = Outlook?.Version ?? "";
  const from = Wanted.From ?? "";
  const beside = moduleOf(model)?.Base?.Version === from ? [] : [say(
    Style,
    `${from} is not in the history of ${ground.Branch}: the checks stop there until you accept it.`,
    "!",
  )];
  if (!Wanted.Self) {
    return {
      Near: [
        together(
          say(
            Style,
            `${version} is ${from} and the line in go.mod. Nothing unreleased ships.`,
            "✓",
          ),
          say(
            Style,
            `${ground.Branch} gets a merge of it, so that the next release counts from it.`,
            "·",
          ),
          ...beside,
        ),
        ...lowGets(model, ground.Ways.later),
      ],
      Far: lesson(model, "users have a good version already; this only warns of the bad one."),
    };
  }
  return {
    Near: [together(
      ...(screen.Kind === "secret"
        ? [say(Style, `${version} publishes the secret once more: make it worthless first.`, "!")]
        : []),
      fallsBack(model, ground.Ways.later),
      ...uncommitted(model),
      say(Style, `${version} has the code of ${from}: go reads it, and offers it to nobody.`, "·"),
      say(Style, `When the fix is in: gorel patch, and ${next(version)} is what users get.`, "·"),
      ...beside,
    )],
    Far: [
      ...lowGets(model, ground.Ways.later),
      ...lesson(model, "this is what to do when a bad version is out and the fix takes time."),
    ],
  };
}

/** Nobody is moved down by go: only who asks for @latest gets the older version. */
function fallsBack({ Style }: Model, { Outlook }: Way): Block {
  const latest = Outlook?.Latest;
  if (latest == null) {
    return say(
      Style,
      "Nothing good is left: go get @latest fails until the fix is out. The checks " +
        "ask you to accept that.",
      "!",
    );
  }
  return say(
    Style,
    `@latest becomes ${latest}. Who is on a bad version stays there: go get -u moves nobody down.`,
    "✓",
  );
}
