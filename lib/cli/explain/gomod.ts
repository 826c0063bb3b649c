/** `gorel explain go.mod[:LINE]`: every line, and what it means to the users of the module. */
import { checkRetracts, errorLine, type ModFile, parse } from "../../go/modfile/mod.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean, count, shellWord } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import type { Around } from "./around.ts";
import {
  godebugText,
  goLineText,
  ignoreText,
  noGoLine,
  toolchainText,
  toolText,
} from "./goline.ts";
import { type CommentTo, type FileLine, type LineKind, linesOf } from "./lines.ts";
import {
  byPath,
  type EntriesByPath,
  excludeText,
  replaceText,
  requireText,
} from "./requirements.ts";
import { moduleText, retractText } from "./retractions.ts";

/** A go.mod as the go command reads that of a main module. */
export interface ReadGoMod {
  Mod: ModFile;
  Lines: FileLine[];
  /** What a line's entry means; `brief`: at least the short answer, which comes first. */
  Explain: (line: number, around: Around, brief: boolean) => string[];
  /** What go refuses in `retract` lines, which `go mod edit` takes: warnings. */
  Problems: Problem[];
}

/** Reads a go.mod; one problem an error where Go refuses the file. `file` is its name in them. */
export function readGoMod(file: string, bytes: Uint8Array): ReadGoMod | Problem[] {
  const { Mod, Errors } = parse(file, bytes);
  const problems = (errors: typeof Errors, level: "stop" | "warn") =>
    errors.map((e) =>
      problem("go-mod-invalid", errorLine(e), {
        where: { File: file, Line: e.Line },
        fix: "correct the line",
        level,
      })
    );
  if (Errors.length > 0) return problems(Errors, "stop");
  return {
    Mod,
    Lines: linesOf(Mod, bytes),
    Explain: entries(Mod),
    Problems: Mod.Retract.length > 0 ? problems(checkRetracts(Mod), "warn") : [],
  };
}

/** More lines than these nobody reads at once. */
const mostRows = 5000;

/** The whole file for people: a row for every line that says something. */
export function explainGoMod(read: ReadGoMod, around: Around): ExplainDocument {
  const { Mod, Lines } = read;
  const rows = Lines.filter(({ Is }) =>
    Is.Kind !== "close" && (Is.Kind !== "blank" || Is.Detaches)
  );
  const path = Mod.Module?.Path ?? "";
  return {
    Subject: around.File,
    Kind: "line",
    Text: [
      `What ${clean(around.File)} means to the users of ${
        path === "" ? "the module" : clean(path)
      }` +
      "; a line alone, with more to say of it: " +
      `gorel explain ${shellWord(`${around.File}:LINE`)}`,
      ...(Mod.Go ? [] : [noGoLine]),
      ...(rows.length > mostRows
        ? [`It has ${rows.length} such lines: these are the first ${mostRows}.`]
        : []),
    ],
    List: rows.slice(0, mostRows).map((line) => ({
      Name: `${line.Number}  ${shown(line)}`,
      Text: textOf(line, read, around, true)[0] ?? "",
    })),
  };
}

/** One line; undefined where the file has none of that number. */
export function explainLine(
  read: ReadGoMod,
  number: number,
  around: Around,
): ExplainDocument | undefined {
  const line = read.Lines[number - 1];
  if (!line) return undefined;
  return {
    Subject: `${around.File}:${number}`,
    Kind: "line",
    Text: textOf(line, read, around, false).filter((text) => text !== ""),
    Example: [shown(line)].filter((text) => text !== ""),
  };
}

/** The line as a terminal may show it. */
function shown({ Text }: FileLine): string {
  return clean(Text);
}

function textOf(
  { Number: number, Is }: FileLine,
  { Explain }: ReadGoMod,
  around: Around,
  brief: boolean,
): string[] {
  switch (Is.Kind) {
    case "entry":
      return Explain(number, around, brief);
    case "open":
    case "close":
      return parenText(Is);
    case "comment":
      return commentTo(Is.About);
    case "blank":
      return blankText(Is);
  }
}

/** What the entries of a file mean, whatever their directives, by their lines. */
function entries(mod: ModFile): ReadGoMod["Explain"] {
  type Said = (around: Around, brief: boolean) => string[];
  const at = new Map<number, Said>();
  const add = <T extends { Line: number }>(
    list: readonly (T | undefined)[],
    say: (entry: T, around: Around, brief: boolean) => string[],
  ) => {
    for (const entry of list) {
      if (entry) at.set(entry.Line, (around, brief) => say(entry, around, brief));
    }
  };
  const paths = byPath(mod);
  add([mod.Module], moduleText);
  add([mod.Go], (e, { GoVersion }) => goLineText(e.Version, GoVersion));
  add([mod.Toolchain], (e) => toolchainText(e.Name, mod.Go?.Version));
  add(mod.Godebug, (e) => godebugText(e.Key, e.Value));
  add(mod.Require, (e, around) => requireText(e, mod, paths, around));
  add(mod.Exclude, excludeText);
  add(mod.Replace, replaceText);
  add(mod.Retract, (e, around, brief) => retractText(e, mod, around, brief));
  add(mod.Tool, (e) => toolText(e.Path, providerOf(e.Path, paths.Require, mod.Module?.Path)));
  add(mod.Ignore, (e) => ignoreText(e.Path));
  return (line, around, brief) => at.get(line)?.(around, brief) ?? [];
}

/** The module that a package path lies in, of those that are required; the longest path wins. */
function providerOf(
  path: string,
  required: EntriesByPath["Require"],
  own: string | undefined,
): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const module = path.slice(0, end);
    if (module === own || required.has(module)) return module;
  }
}

function parenText(is: LineKind & { Kind: "open" | "close" }): string[] {
  const entries = count(is.Entries, "entry", "entries");
  if (is.Kind === "close") return [`Ends the ${clean(is.Verb)} block.`];
  return [
    is.Entries === 0
      ? `An empty ${clean(is.Verb)} block: it says nothing.`
      : `Begins a block of ${entries}: each line is as if ${clean(is.Verb)} stood before it.`,
  ];
}

function commentTo({ Verb, Line, Block, Read, Detached }: CommentTo): string[] {
  if (Detached) {
    const what = Detached.Verb === "module" ? "a deprecation" : "a reason";
    return [
      `A comment that Go does not read: the blank line below it keeps it apart from line ` +
      `${Detached.Line}, where it would be ${what}.`,
    ];
  }
  if (!Read || Verb === undefined) {
    return [
      "A comment for whoever reads the file; Go does nothing with it" +
      (Line === undefined ? "." : `, and keeps it with line ${Line}.`),
    ];
  }
  if (Verb === "retract" && Block) {
    return [
      `The reason for those entries of the block in line ${Line} that have none of their own.`,
    ];
  }
  if (Verb === "retract") {
    return [
      `Part of the reason that users are shown for the retraction in line ${Line}. Go prints the ` +
      "first line of a reason only.",
    ];
  }
  return [
    `Belongs to the module line (${Line}): a paragraph here that begins with "Deprecated:" ` +
    "deprecates the module; any other says nothing to Go.",
  ];
}

function blankText({ In, Detaches }: LineKind & { Kind: "blank" }): string[] {
  if (Detaches?.Verb === "module") {
    return [
      `This blank line keeps the deprecation above from the module line, so it does not count.`,
    ];
  }
  if (Detaches) {
    return [
      `This blank line keeps the reason above from the retraction in line ${Detaches.Line}, which so ` +
      "has none. Take it out.",
    ];
  }
  return [
    In === undefined
      ? "A blank line. Go keeps one between statements, and comments above it belong to no statement."
      : `A blank line in the ${
        clean(In)
      } block. Go keeps it; go mod tidy sorts entries all the same.`,
  ];
}
