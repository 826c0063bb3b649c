/** What taking a retraction back does, in words (go-rules §8). */
import { count } from "../../../text.ts";
import { textOf } from "../../line.ts";
import type { Model } from "../../model.ts";
import { versionLine } from "../../widgets/versionline.ts";
import { carrierModule, type Outlook, unretractOutlook } from "../retract/parts.ts";
import { outlookWords } from "../retract/tell.ts";
import { carrierWords } from "../retract/words.ts";
import type { UnretractScreen } from "../unretract.ts";
import { fromOf, markedOf, wantedOf } from "./chosen.ts";
import { entriesOf, type Entry } from "./entries.ts";

/** What it does, and what it does not do. */
export const nature = [
  "Users may get the versions again: @latest, version prefixes and upgrades choose among them, " +
  "and go get no longer warns.",
  "Go reads retractions from the highest release only, so a new one must be without the line.",
  "An entry goes as a whole. What of a range stays bad has to be retracted again, by a release " +
  "of its own.",
];

/** `[x]`, or `[ ]`; `[·]` where it cannot be marked. */
export function box({ Name, Off }: Entry, { Marked }: UnretractScreen): string {
  return Off !== undefined ? "[·]" : Marked.includes(Name) ? "[x]" : "[ ]";
}

/** Which published versions an entry takes in: their names, or how many; "" where it names the one. */
export function versionWords({ Name, Versions }: Entry): string {
  const [only] = Versions;
  if (only === undefined) return "no published version";
  if (Versions.length === 1) return only === Name ? "" : only;
  return Versions.length < 4 ? Versions.join(", ") : count(Versions.length, "version");
}

/** What carries it, in sentences. */
export function carriedBy(model: Model, screen: UnretractScreen, seen: Outlook): string[] {
  const from = fromOf(model, screen);
  const module = carrierModule(model, from);
  if (!module) return [];
  const carrier = { Self: false, ...(from !== undefined && { From: from }) };
  return carrierWords(model, module, seen, carrier);
}

/** Everything that the screen shows: what is chosen, what it does, what go.mod says, what stops it. */
export function tellUnretract(model: Model, screen: UnretractScreen): readonly string[] {
  const seen = unretractOutlook(model, wantedOf(model, screen));
  if (!seen) return [model.Lost ? "The facts could not be read." : "Reading go.mod."];
  if (entriesOf(model).length === 0) return ["go.mod retracts nothing, so nothing is taken back."];
  const [above] = versionLine(model.Style, seen.Line, 120);
  const marked = markedOf(model, screen);
  return [
    `Versions: ${textOf(above).trim()}`,
    ...nature,
    ...(screen.Focus === "entries"
      ? ["A number marks its entry, or takes the mark away; n goes on."]
      : []),
    ...(marked.length === 0 ? ["Nothing is marked yet."] : [
      `To be taken back: ${marked.map((e) => e.Name).join(", ")}`,
      `Carried by: ${carriedBy(model, screen, seen).join(" ")}`,
      ...outlookWords(seen),
    ]),
  ];
}
