/** A text that is being typed, one line of it: pure, so that fast keys are never lost. */
import type { Field, Press } from "./model.ts";

/** Longest text of a field in UTF-16 units; what is pasted beyond it is left out. */
const longest = 4096;

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A field with a text, the cursor behind it. */
export function fieldOf(text: string): Field {
  return { Text: text, At: text.length };
}

/** The field after text was put in at the cursor; line ends become spaces, controls go. */
export function insert({ Text, At }: Field, added: string): Field {
  // deno-lint-ignore no-control-regex
  const words = added.replace(/[\r\n\t\u2028\u2029]+/g, " ").replace(/[\x00-\x1f\x7f-\x9f]/g, "")
    .toWellFormed().slice(0, Math.max(0, longest - Text.length)).replace(/[\ud800-\udbff]$/, "");
  return { Text: Text.slice(0, At) + words + Text.slice(At), At: At + words.length };
}

/** The field after a press; null for a press that is none of its own. */
export function edit(field: Field, press: Press): Field | null {
  const { Text, At } = field;
  const before = [...segments.segment(Text.slice(0, At))].at(-1)?.segment.length ?? 0;
  const after = [...segments.segment(Text.slice(At))][0]?.segment.length ?? 0;
  const without = (from: number, to: number) => ({
    Text: Text.slice(0, from) + Text.slice(to),
    At: from,
  });
  if (press.Key === "char" && !press.Ctrl) return insert(field, press.Char ?? "");
  const name = press.Key === "char" ? `^${press.Char}` : press.Key;
  switch (name) {
    case "left":
      return { Text, At: At - before };
    case "right":
      return { Text, At: At + after };
    case "home":
    case "^a":
      return { Text, At: 0 };
    case "end":
    case "^e":
      return { Text, At: Text.length };
    case "backspace":
      return without(At - before, At);
    case "delete":
      return { ...without(At, At + after), At };
    case "^u":
      return without(0, At);
    case "^k":
      return { Text: Text.slice(0, At), At };
    case "^w":
      return without(/\S*\s*$/.exec(Text.slice(0, At))!.index, At);
    default:
      return null;
  }
}
