/** Problems for people: symbol, code and sentence, the place, the way out. */
import { acceptedWords, type Problem, stops } from "../../problem.ts";
import { clean, count } from "../../text.ts";
import { glyphs, type Mark, markWidth, type Style } from "../style.ts";
import { marked, proseWidth, text, wrap } from "./layout.ts";

/** A place as editors and compilers write it: `go.mod:12`. */
export function placeOf({ Where }: Pick<Problem, "Where">): string {
  if (!Where) return "";
  return clean(Where.File) + (Where.Line === undefined ? "" : `:${Where.Line}`);
}

function symbol(p: Problem): Mark {
  if (stops(p)) return "✗";
  return p.Level === "note" ? "·" : "!";
}

/** The lines of one problem. */
export function problemLines(style: Style, p: Problem): string[] {
  const under = " ".repeat(markWidth(style) + 1);
  const further = (line: string) => wrap(line, proseWidth - under.length).map((l) => under + l);
  const place = placeOf(p);
  return [
    ...marked(style, symbol(p), `${p.Code} ${p.Text}`),
    ...(place === "" ? [] : [`${under}at ${place}`]),
    ...(p.Accepted === undefined ? [] : further(acceptedWords(clean(p.Accepted)))),
    ...(p.Fix === undefined || p.Accepted !== undefined ? [] : further(`→ ${clean(p.Fix)}`)),
  ];
}

/** Most notes of one code that are shown without `-v`: a new major may leave hundreds of mentions. */
const mostNotes = 8;

/** All problems, what stops first. */
export function problems(list: readonly Problem[], style: Style): string {
  const weight = (p: Problem) => stops(p) ? 0 : p.Level === "note" ? 2 : 1;
  const sorted = list.toSorted((a, b) => weight(a) - weight(b));
  const numbers = new Map<string, number>();
  const shown = sorted.filter((p) => {
    if (stops(p) || p.Level !== "note") return true;
    const n = (numbers.get(p.Code) ?? 0) + 1;
    numbers.set(p.Code, n);
    return style.verbose || n <= mostNotes;
  });
  const left = style.verbose ? [] : [...numbers].flatMap(([code, n]) =>
    n > mostNotes
      ? marked(
        style,
        "·",
        `${code} ${count(n - mostNotes, "more note")}; -v and --json show all.`,
      )
      : []
  );
  return glyphs(style, text([...shown.flatMap((p) => problemLines(style, p)), ...left]));
}
