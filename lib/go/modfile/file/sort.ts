/** The order of entries in blocks, and which directives are there twice (go-rules §3.10). */
import { compare } from "../../semver.ts";
import type { Line } from "../syntax.ts";
import { compareBytes } from "../utf8.ts";
import type { Directive, File } from "./file.ts";

/**
 * Takes duplicates out and sorts the entries of every block; lines outside of
 * blocks stay where they are. Comments move with their entry.
 */
export function sortBlocks(file: File): void {
  removeDups(file);
  // By version since Go 1.21; before, an exclude block was sorted as text.
  const semantic = file.Go !== undefined && compare("v" + file.Go.Version, "v1.21") >= 0;
  for (const statement of file.Syntax.Statements) {
    if (statement.Kind !== "block") continue;
    const verb = statement.Tokens[0];
    statement.Lines.sort(
      verb === "retract"
        ? compareLineRetract
        : verb === "exclude" && semantic
        ? compareLineExclude
        : compareLine,
    );
  }
}

/**
 * Takes directives out that are there already: of `exclude`, `tool` and
 * `ignore` the first stays, of `replace` the last. A `require` or `retract`
 * that is there twice stays: what to do is for minimal version selection to
 * say, or their comments differ. Blocks without entries go too.
 */
function removeDups(file: File): void {
  const kill = duplicates(file);
  const alive = ({ Syntax }: Directive<unknown>) => !kill.has(Syntax);
  file.Exclude = file.Exclude.filter(alive);
  file.Replace = file.Replace.filter(alive);
  file.Tool = file.Tool.filter(alive);
  file.Ignore = file.Ignore.filter(alive);
  file.Syntax.Statements = file.Syntax.Statements.filter((statement) => {
    if (statement.Kind === "line") return !kill.has(statement);
    if (statement.Kind !== "block") return true;
    statement.Lines = statement.Lines.filter((line) => !kill.has(line));
    return statement.Lines.length > 0;
  });
}

/** The lines that `removeDups` takes out. */
export function duplicates(
  file: Pick<File, "Exclude" | "Replace" | "Tool" | "Ignore">,
): ReadonlySet<Line> {
  const kill = new Set<Line>();
  for (
    const lines of [
      file.Exclude,
      file.Replace.toReversed(),
      file.Tool,
      file.Ignore,
    ].map((list) => list.map(({ Syntax }) => Syntax))
  ) {
    const seen = new Set<string>();
    for (const line of lines) {
      const key = subject(line);
      if (seen.has(key)) kill.add(line);
      seen.add(key);
    }
  }
  return kill;
}

/**
 * What a line is about: all after the verb, of a replacement what comes before
 * the arrow. Tokens tell two values apart where their bytes are not UTF-8 too.
 */
function subject({ Tokens, InBlock }: Line): string {
  const args = InBlock ? Tokens : Tokens.slice(1);
  const arrow = args.indexOf("=>", 1);
  return args.slice(0, arrow < 0 ? args.length : arrow).join("\n");
}

/** Compares entries token by token, as bytes. */
function compareLine({ Tokens: a }: Line, { Tokens: b }: Line): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareBytes(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Compares entries of an `exclude` block by path, then by version. */
function compareLineExclude(a: Line, b: Line): number {
  if (a.Tokens.length !== 2 || b.Tokens.length !== 2) return compareLine(a, b);
  const order = compareBytes(a.Tokens[0]!, b.Tokens[0]!);
  return order !== 0 ? order : compare(a.Tokens[1]!, b.Tokens[1]!);
}

/** Compares entries of a `retract` block: descending by the lower end, then by the upper one. */
function compareLineRetract(a: Line, b: Line): number {
  const [lowA, highA] = ends(a);
  const [lowB, highB] = ends(b);
  return compare(lowB, lowA) || compare(highB, highA);
}

function ends({ Tokens }: Line): [low: string, high: string] {
  const [first = "", low = "", comma, high = "", close] = Tokens;
  if (Tokens.length === 1) return [first, first];
  const interval = Tokens.length === 5 && first === "[" && comma === "," && close === "]";
  return interval ? [low, high] : ["", ""];
}
