/** Problems as blocks: symbol and sentence, where, the way out (look.md, Empty, slow, wrong). */
import { acceptedWords, type Problem } from "../../problem.ts";
import { type Mark, markWidth, type Style } from "../../cli/style.ts";
import { cut, foreign, foreignLines, type Line, mark, own, textOf, width } from "../line.ts";

/** The symbol of a problem. */
export function symbolOf(problem: Problem): Mark {
  if (problem.Accepted !== undefined) return "✓";
  return problem.Level === "stop" ? "✗" : problem.Level === "warn" ? "!" : "·";
}

/** Lines of one sentence, at most: a server may say a lot. */
const most = 8;

/**
 * Problems one below the other, each block with an empty line behind it. Those of one code with
 * the same way out stand together, and it is said once, behind the last of them.
 */
export function problemBlocks(
  style: Style,
  problems: readonly Problem[],
  columns: number,
): Line[] {
  const name = ({ Code, Fix, Accepted }: Problem) =>
    Fix === undefined || Accepted !== undefined ? {} : `${Code} ${Fix}`;
  return [...Map.groupBy(problems, name).values()].flatMap((same) => [
    ...same.slice(0, -1).flatMap((p) => sentence(style, p, columns)),
    ...problemBlock(style, same.at(-1)!, columns),
    [],
  ]);
}

/** One problem in at most `columns` cells, indented by two. */
export function problemBlock(style: Style, problem: Problem, columns: number): Line[] {
  const space = { Text: " ".repeat(3 + markWidth(style)) };
  const { Fix } = problem;
  const rows = [
    ...sentence(style, problem, columns),
    ...(Fix !== undefined && problem.Accepted === undefined
      ? headed(style, [space, own(style, "→ ", "focus")], Fix, columns)
      : []),
    [space, foreign(style, problem.Code, "quiet")],
  ];
  return rows.map((row) => cut(style, row, columns));
}

/** What is wrong, and where. */
function sentence(style: Style, problem: Problem, columns: number): Line[] {
  const text = problem.Accepted
    ? `${problem.Text} (${acceptedWords(problem.Accepted)})`
    : problem.Text;
  const { Where } = problem;
  const at = Where?.Line === undefined ? "" : `:${Where.Line}`;
  const head = [{ Text: "  " }, mark(style, symbolOf(problem)), { Text: " " }];
  const space = { Text: " ".repeat(3 + markWidth(style)) };
  return [
    ...headed(style, head, text, columns),
    ...(Where ? [[space, foreign(style, Where.File + at, "quiet")]] : []),
  ].map((row) => cut(style, row, columns));
}

/** A foreign text behind a head, its further lines below its first word. */
function headed(style: Style, head: Line, text: string, columns: number): Line[] {
  const under = width(head);
  const [first, ...more] = foreignLines(style, text, Math.min(columns, 78), most, under);
  return [[...head, { Text: textOf(first ?? []).slice(under) }], ...more];
}
