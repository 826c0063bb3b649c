/** Step 3: the number, why it is this one, and what is in it. */
import { advisedBump } from "../../../advice/advise.ts";
import { evidence } from "../../../advice/evidence.ts";
import { countFrom } from "../../../advice/version.ts";
import { intervalText } from "../../../cli/values.ts";
import { count } from "../../../text.ts";
import { foreignText } from "../../cells.ts";
import { line } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { unanswered } from "../retract/words.ts";
import type { Fix, Ground } from "./ground.ts";
import { type Block, lines, say, together } from "./say.ts";
import { lesson, lowGets, newLine, next, type Said } from "./shared.ts";

export function version(model: Model, ground: Ground): Said {
  const { Style } = model;
  const { Outlook, Wanted, Fix } = ground.Way;
  const version = Outlook?.Version ?? "";
  const module = moduleOf(model)!;
  const holds: Readonly<Record<Fix, string>> = {
    here: ground.Commits === undefined
      ? `It is ${ground.Branch} and the retract line.`
      : `It holds the ${count(ground.Commits, "commit")} since ${module.Base?.Version} and the ` +
        "retract line.",
    later: `It holds the code of ${Wanted.From} and the retract line, nothing else` +
      (Wanted.Self ? "; it retracts itself, so nobody is offered it." : "."),
  };
  const open = unanswered(model);
  const bump = advisedBump(module);
  const bigger = Fix === "later" || bump === "patch" || !module.Base
    ? []
    : [bump === "minor" ? minorFirst(model, ground, version) : breaks(model, module.Base.Version)];
  return {
    Ask: `${version} carries the retraction`,
    Near: [
      newLine(model, ground),
      ...bigger,
      together(
        say(
          Style,
          `Go reads retractions in the highest release only, and ${version} is the next ` +
            `above ${ground.Highest ?? "nothing"}.`,
        ),
        say(Style, holds[Fix]),
      ),
      ...(open === undefined ? [] : [say(Style, open, "·")]),
    ],
    Far: [
      ...lowGets(model, ground.Way),
      ...lesson(model, "○ is the version to come, ● what users get without asking for a number."),
    ],
  };
}

/** Flags cannot give a retraction another number than a patch; two releases can. */
function minorFirst(model: Model, ground: Ground, patch: string): Block {
  const { Style } = model;
  const minor = countFrom(moduleOf(model)!, "minor").Version;
  const second = `gorel retract ${ground.Bad.map(intervalText).join(" ")} --from ${minor}`;
  const commands = [["gorel minor", minor], [second, next(minor)]];
  return together(
    say(
      Style,
      `The commits ask for a minor, and a retraction is always a patch: ${patch} ships all of ` +
        "it. With a number of its own it takes two releases:",
      "!",
    ),
    lines(
      ...commands.map(([command = "", gives = ""]) =>
        line(Style, `    ${command.padEnd(second.length)}  ${gives}`)
      ),
    ),
  );
}

function breaks(model: Model, base: string): Block {
  const found = evidence(moduleOf(model)!).find((e) => e.Weight === "breaking");
  const what = foreignText(found?.Text ?? "", model.Style.ascii);
  return say(
    model.Style,
    `A commit says that it breaks users: ${what}. As a patch it reaches everybody who ` +
      `upgrades. Better: release from a branch that begins at ${base}, or retract now, fix later.`,
    "!",
  );
}
