/** The evidence behind the advice, and what nobody looked at. */
import { type Evidence, evidence } from "../../../advice/evidence.ts";
import { evidenceAgainst, type Said } from "../../../advice/said.ts";
import type { Style } from "../../../cli/style.ts";
import { cut, foreign, type Line, own, type Span } from "../../line.ts";
import type { Advised } from "./advice.ts";
import { say } from "./say.ts";

const words: Readonly<Record<Said, string>> = {
  fix: "a bug fix",
  feature: "a new feature",
  breaking: "a breaking change",
  experiment: "an experiment",
  unsure: "not sure",
};

/** One line of evidence as plain text. */
export function evidenceTexts({ Module }: Advised): string[] {
  return evidence(Module).map((e) => {
    const { File, Line } = e.Where ?? {};
    const where = File === undefined ? "" : `  ${File}${Line === undefined ? "" : `:${Line}`}`;
    return e.Text + where;
  });
}

/** The lines of evidence from `top`, at most `room`: a break `!`, an addition `+`, the rest `·`. */
export function evidenceLines(
  style: Style,
  { Module }: Advised,
  columns: number,
  top: number,
  room: number,
): Line[] {
  return evidence(Module).slice(top, top + Math.max(0, room)).map((e) => {
    const { File, Line } = e.Where ?? {};
    const place = File === undefined ? "" : File + (Line === undefined ? "" : `:${Line}`);
    const where: Line = place === "" ? [] : [{ Text: "  " }, foreign(style, place, "quiet")];
    const head: Line = [{ Text: "  " }, sign(style, e), { Text: " " }, foreign(style, e.Text)];
    return cut(style, [...head, ...where], columns);
  });
}

function sign(style: Style, { Weight }: Evidence): Span {
  if (Weight === "breaking") return own(style, "!", "attention");
  return Weight === "addition" ? own(style, "+", "good") : own(style, "·", "quiet");
}

/** What was said against what the commits and go.mod say; null where they do not differ. */
export function contradiction(
  { Module }: Advised,
  said: Said | undefined,
  who = "You say",
): string | null {
  const [first, ...more] = evidenceAgainst(Module, said);
  if (!first || said === undefined) return null;
  const what = first.Weight === "breaking" ? "a break" : "something new";
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return `${who} ${words[said]}, but this is ${what}: ${first.Text}${others}`;
}

/** What was not looked at, in at most `most` lines: in full, by name, or counted. */
export function notCheckedLines(
  style: Style,
  { Advice }: Advised,
  columns: number,
  most: number,
): Line[] {
  const all = say(style, `Not checked: ${Advice.NotChecked.join("; ")}.`, columns);
  if (all.length <= most) return all;
  const names = Advice.NotChecked.map((text) => text.split(":")[0]!);
  const named = say(style, `Not checked: ${names.join(", ")}.`, columns);
  if (named.length <= most) return named;
  const counted = `Not checked: ${names[0]} and ${names.length - 1} more.`;
  return say(style, counted, columns).slice(0, most);
}

/** Why this number is advised, or that none is. */
export function adviceTitle({ Advice, Module }: Advised): string {
  if (Advice.Advised) return `Why ${Advice.Advised.Bump}, ${Advice.Advised.Version}`;
  return `Nothing to release since ${Module.Base?.Version ?? "the beginning"}`;
}
