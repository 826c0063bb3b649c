/** The retract editor in words, for those who see no screen. */
import { textOf } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { versionLine } from "../../widgets/versionline.ts";
import type { RetractScreen } from "../retract.ts";
import { fromOf, intervalsOf, wantedOf } from "./chosen.ts";
import { carrierModule, type Outlook, outlook, reasonSize, wrongReason } from "./parts.ts";
import { alreadyWords, carrierWords, nature, troubles, unanswered } from "./words.ts";

/** Everything that the screen shows: what is chosen, what it does, what go.mod says, what stops it. */
export function tellRetract(model: Model, screen: RetractScreen): readonly string[] {
  const module = moduleOf(model);
  const seen = outlook(model, wantedOf(model, screen));
  if (!module || !seen) {
    return [model.Lost ? "The facts could not be read." : "Reading the versions."];
  }
  const [above] = versionLine(model.Style, seen.Line, 120);
  const intervals = intervalsOf(model, screen);
  const already = alreadyWords(module, intervals);
  const missing = unanswered(model);
  return [
    `Versions: ${textOf(above).trim()}`,
    ...(missing === undefined ? [] : [missing]),
    ...nature,
    ...Object.values(troubles).map(({ Name, Does }) => `${Name}: ${Does}`),
    ...(screen.Focus === "versions"
      ? ["A number marks its version, or takes the mark away; n goes on."]
      : []),
    ...(intervals.length === 0 && !screen.Self ? ["Nothing is marked yet."] : [
      `To be retracted: ${
        intervals.map(({ Low, High }) => Low === High ? Low : `${Low}..${High}`).join(", ")
      }`,
      ...(already === undefined ? [] : [`Warning: ${already}`]),
      ...reasonWords(screen.Reason.Text),
      `Carried by: ${carriedBy(model, screen, seen)}`,
      ...outlookWords(seen),
    ]),
  ];
}

/** What users get, what changes in go.mod, and what stands against it. */
export function outlookWords(seen: Outlook): string[] {
  return [
    ...seen.Gets.map(({ Query, Before, After, Warns }) =>
      `  ${Query}: ${Before ?? "nothing"} now, ${After ?? "nothing"} then` +
      (Warns === undefined ? "" : ` (go warns: ${Warns})`)
    ),
    "Changes of go.mod:",
    ...seen.Diff.filter(({ Sign }) => Sign === "+" || Sign === "-").map(({ Sign, Text }) =>
      `  ${Sign} ${Text}`
    ),
    ...seen.Problems.map(({ Level, Text }) =>
      `${Level === "stop" ? "Stops it" : "Warning"}: ${Text}`
    ),
  ];
}

function carriedBy(model: Model, screen: RetractScreen, seen: Outlook): string {
  const from = fromOf(model, screen);
  const carrier = { Self: screen.Self, ...(from !== undefined && { From: from }) };
  return carrierWords(model, carrierModule(model, from)!, seen, carrier).join(" ");
}

function reasonWords(text: string): string[] {
  if (text === "") return [];
  const wrong = wrongReason(text);
  return [
    `Reason: ${text} (${reasonSize(text)} bytes)`,
    ...(wrong === null ? [] : [`The reason ${wrong}.`]),
  ];
}
