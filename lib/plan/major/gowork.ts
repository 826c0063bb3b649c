/** go.work files: mentions of the old path, and a further module. */
import { type Edit, Original } from "../../go/modfile/edit.ts";
import { autoQuote } from "../../go/modfile/strconv.ts";
import { type FileSyntax, type Line, parseSyntax } from "../../go/modfile/syntax.ts";
import { directiveWords } from "../../go/modfile/words.ts";
import { latin1Bytes, LineCounter } from "./bytes.ts";
import { arrowOf, isModule, pathIn } from "./gomod.ts";
import { isRelative, resolved } from "./folder.ts";
import type { Occurrence, PathChange } from "./types.ts";

/**
 * The mentions in the directives of a go.work file: replacements of the module by its folder,
 * with the coming version where one is named, since every module of the workspace requires that.
 * Those of the old major by anything else stay.
 */
export function inGoWork(file: string, text: string, change: PathChange): Occurrence[] {
  const bytes = latin1Bytes(text);
  const lines = new LineCounter(text);
  const { Syntax } = parseSyntax(file, bytes);
  return directiveWords(bytes, Syntax).flatMap((directive): Occurrence[] => {
    const arrow = arrowOf(directive);
    const [path] = directive.Args;
    const target = directive.Args[arrow + 1];
    if (directive.Verb !== "replace" || arrow < 1 || !path || !target) return [];
    const foreign = path.Value !== change.Old;
    if (foreign && target.Value !== change.Old) return [];
    const word = foreign ? target : path;
    const last = foreign ? directive.Args.at(-1)! : directive.Args[arrow - 1]!;
    const { At, Old, New } = pathIn(text, word, change);
    const between = last === word ? "" : text.slice(At + Old.length, last.Start);
    const stays = foreign || !isModule(file, change, target.Value);
    return [{
      At,
      Line: lines.at(At),
      Class: stays ? "pinned" : "nested",
      Old: text.slice(At, last === word ? At + Old.length : last.End),
      New: last === word ? New : New + between + change.Version,
      ...(stays && { Reason: foreign ? takes : fork }),
    }];
  });
}

const takes = "takes a version that only the old path has";
const fork = "replaces the module by another one, which does not have the new path";

/**
 * The edits that make a go.work file use one more folder, which is named from where the file
 * lies (`v2`). In the style of the file: in its block, at its place if the entries are sorted,
 * with the indentation of its neighbours; else in a line of its own. No edits where the folder
 * is used already, or Go could not read the file.
 */
export function goWorkWithUse(bytes: Uint8Array, dir: string): Edit[] {
  const { Syntax, Fault } = parseSyntax("go.work", bytes);
  if (Fault) return [];
  const original = new Original(bytes);
  const used = directiveWords(bytes, Syntax).filter((d) => d.Verb === "use" && d.Args.length > 0);
  const folder = (word: string) => isRelative(word) ? resolved("", word) : null;
  if (used.some((d) => folder(d.Args[0]!.Value) === dir)) return [];
  const entry = autoQuote("./" + dir);

  const block = blockOf(Syntax);
  if (block) {
    const entries = used.filter((d) => block.Lines.includes(d.Line));
    const names = entries.map((d) => d.Args[0]!.Value);
    const sorted = names.every((name, i) => i === 0 || names[i - 1]! <= name);
    const after = sorted ? entries.findLast((d) => d.Args[0]!.Value < entry) : entries.at(-1);
    const neighbour = (after ?? entries[0])?.Line;
    const indent = neighbour ? original.indent(neighbour.Start.Byte) : "\t";
    if (block.Open.Start.Line === block.Close.Start.Line) {
      return [insert(block.Close.Start.Byte, original.eol + indent + entry + original.eol)];
    }
    const at = after
      ? original.lineEnd(after.Line.End.Byte)
      : original.lineEnd(block.Open.End.Byte);
    return [insert(at, indent + entry + original.eol)];
  }
  const last: Line | undefined = used.at(-1)?.Line;
  if (!last) {
    return [insert(bytes.length, original.gap() + `use ${entry}${original.eol}`)];
  }
  const at = original.lineEnd(last.End.Byte);
  const ended = bytes[at - 1] === 0x0a;
  const line = `use ${entry}`;
  return [insert(at, ended ? line + original.eol : original.eol + line)];
}

function insert(At: number, New: string): Edit {
  return { At, Old: "", New };
}

function blockOf(syntax: FileSyntax) {
  for (const statement of syntax.Statements.toReversed()) {
    if (statement.Kind === "block" && statement.Tokens.join(" ") === "use") return statement;
  }
}
