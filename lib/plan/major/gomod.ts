/** Mentions of the old path in the directives of go.mod files: the module's own, and those of other modules. */
import { dirOf } from "../../facts/modules.ts";
import { isIndirect } from "../../go/modfile/comment.ts";
import { Original } from "../../go/modfile/edit.ts";
import { removeLines } from "../../go/modfile/remove.ts";
import { quote } from "../../go/modfile/strconv.ts";
import { parseSyntax } from "../../go/modfile/syntax.ts";
import { encodeText } from "../../go/modfile/utf8.ts";
import { type DirectiveWords, directiveWords, type Word } from "../../go/modfile/words.ts";
import { compare } from "../../go/semver.ts";
import { latin1Bytes, LineCounter } from "./bytes.ts";
import { isRelative, resolved } from "./folder.ts";
import type { Class, Occurrence, PathChange } from "./types.ts";

/**
 * The mentions in the directives of a go.mod file; its comments are not looked at. In the
 * module's own file: the module line, tools of it, and what names the module itself. In that of
 * another module of the repository: what follows to the new path, with the coming version, when
 * that module follows (see `follows`). What names a version of the old major stays. A file whose
 * syntax Go refuses has no directives.
 */
export function inGoMod(file: string, text: string, change: PathChange): Occurrence[] {
  const bytes = latin1Bytes(text);
  const { Syntax } = parseSyntax(file, bytes);
  const directives = directiveWords(bytes, Syntax);
  const own = directives.some((d) => d.Verb === "module" && names(d, change.Old));
  const goes = own || follows(file, change, directives);
  const reader = new Reader({ file, text, change, directives, own, goes });
  for (const directive of directives) reader.read(directive);
  const gone = removeLines(new Original(bytes), Syntax, reader.gone);
  return [...reader.found, ...gone.map((edit) => reader.removal(edit))]
    .sort((a, b) => a.At - b.At);
}

/**
 * Whether another module goes on to the new path: it imports packages of the module or has a tool
 * of it, replaces the module by its folder, or shares a workspace with it and requires it. One
 * with none of these only has the old path because something else needs it.
 */
function follows(
  file: string,
  change: PathChange,
  directives: readonly DirectiveWords[],
): boolean {
  const other = change.others?.(file);
  return other?.Imports === true || directives.some((directive) => {
    const { Verb, Args } = directive;
    if (Verb === "tool") return isOwn(change, Args[0]?.Value ?? "");
    if (!names(directive, change.Old)) return false;
    return Verb === "require" && other?.Workspace === true ||
      Verb === "replace" && isModule(file, change, Args.at(-1)!.Value);
  });
}

/** Reports whether a replacement in a file is the folder of the module. */
export function isModule(file: string, change: PathChange, target: string): boolean {
  return isRelative(target) && resolved(dirOf(file), target) === (change.Dir ?? "");
}

function isOwn(change: PathChange, path: string): boolean {
  return (path === change.Old || path.startsWith(change.Old + "/")) && change.owns(path);
}

function names({ Args }: DirectiveWords, path: string): boolean {
  return Args[0]?.Value === path;
}

/** Where the arrow of a `replace` line stands among its words; -1 if it has none. */
export function arrowOf({ Args }: DirectiveWords): number {
  return Args.findIndex((word) => word.Value === "=>");
}

const excluded = "excludes a version that only the old path has";
const replaced = "replaces a version that only the old path has";
const replacement = "takes a version that only the old path has";
const fork = "replaces the module by another one, which does not have the new path";
const needless = "is required, but nothing here imports or replaces the module";
const indirect = "is required by something else, and nothing here imports or replaces the module";

interface File {
  file: string;
  text: string;
  change: PathChange;
  directives: readonly DirectiveWords[];
  /** It is the module's own. */
  own: boolean;
  /** What it says of the module is to be said of the new path. */
  goes: boolean;
}

/** Goes through the directives of one file. */
class Reader {
  readonly found: Occurrence[] = [];
  /** Lines that would say again what another one says: where each begins. */
  readonly gone = new Set<number>();
  readonly #lines: LineCounter;
  readonly #class: Class;
  /** Whether the new path has a line already, by directive. */
  readonly #said: ReadonlySet<string>;
  /** The version of the old path that is required first. */
  readonly #required?: string;
  #raised = false;

  constructor(readonly of: File) {
    const { text, own, directives, change } = of;
    this.#lines = new LineCounter(text);
    this.#class = own ? "module" : "nested";
    this.#said = new Set(directives.filter((d) => names(d, change.New)).map((d) => d.Verb));
    const required = directives.find((d) => d.Verb === "require" && names(d, change.Old));
    if (required?.Args[1]) this.#required = required.Args[1].Value;
  }

  read(directive: DirectiveWords): void {
    const { change, own } = this.of;
    const [path] = directive.Args;
    if (!path) return;
    if (directive.Verb === "replace") this.#replace(directive);
    else if (directive.Verb === "tool") {
      if (isOwn(change, path.Value)) this.#add(path, path, own ? "tool" : "nested");
    } else if (path.Value === change.Old) this.#module(directive, path);
  }

  /** Lines that go, as a mention for which nothing comes. */
  removal({ At, Old, New }: { At: number; Old: string; New: string }): Occurrence {
    const bytes = this.of.text.slice(At, At + encodeText(Old).length);
    return { At, Line: this.#lines.at(At), Class: this.#class, Old: bytes, New };
  }

  /** A directive that names exactly the module. */
  #module({ Verb, Args, Line }: DirectiveWords, path: Word): void {
    const { goes } = this.of;
    const last = Args.at(-1)!;
    if (Verb === "module") this.#add(path, path, this.#class);
    else if (Verb === "exclude") this.#add(path, last, "pinned", excluded, true);
    else if (Verb === "require" && !goes) {
      this.#add(path, last, "pinned", isIndirect(Line) ? indirect : needless);
    } else if (Verb === "require" && this.#said.has("require")) {
      this.gone.add(Line.Start.Line);
      this.#raise();
    } else if (Verb === "require") this.#add(path, last, this.#class);
  }

  #replace(directive: DirectiveWords): void {
    const { file, change, goes } = this.of;
    const { Args, Line } = directive;
    const arrow = arrowOf(directive);
    const [path, target, last] = [Args[0]!, Args[arrow + 1], Args.at(-1)!];
    if (arrow < 1 || !target) return;
    if (target.Value === change.Old) this.#add(target, last, "pinned", replacement);
    if (path.Value !== change.Old) return;
    const version = arrow === 2 ? Args[1]! : path;
    const other = version !== path && this.#required !== undefined &&
      version.Value !== this.#required;
    if (!isModule(file, change, target.Value)) this.#add(path, version, "pinned", fork);
    else if (other && goes) {
      this.#add(path, version, "pinned", replaced);
    } else if (this.#said.has("replace")) this.gone.add(Line.Start.Line);
    else this.#add(path, version, this.#class);
  }

  /** What requires the new path already, of a version below the coming one, requires that. */
  #raise(): void {
    const { change, directives } = this.of;
    if (this.#raised) return;
    this.#raised = true;
    for (const { Verb, Args: [path, version] } of directives) {
      if (Verb !== "require" || path?.Value !== change.New || !version) continue;
      if (compare(version.Value, change.Version) >= 0) continue;
      this.found.push({
        At: version.Start,
        Line: this.#lines.at(version.Start),
        Class: this.#class,
        Old: version.Raw,
        New: change.Version,
      });
    }
  }

  /** A mention from a path to what ends it: the same word, or the version that goes with it. */
  #add(path: Word, last: Word, cls: Class, reason?: string, stays = false): void {
    const { text, change } = this.of;
    const { Old, New, At } = pathIn(text, path, change);
    const between = text.slice(At + Old.length, last === path ? At + Old.length : last.Start);
    const version = last === path ? "" : text.slice(last.Start, last.End);
    const whole = Old + between + version;
    this.found.push({
      At,
      Line: this.#lines.at(At),
      Class: cls,
      Old: whole,
      New: stays ? whole : New + between + (version && change.Version),
      ...(reason !== undefined && { Reason: reason }),
    });
  }
}

/** The bytes of the module's path in a word that is it, or a path below it; with escapes the whole word. */
export function pathIn(
  text: string,
  word: Word,
  change: PathChange,
): { At: number; Old: string; New: string } {
  const inner = word.Raw.startsWith('"') ? 1 : 0;
  if (text.startsWith(change.Old, word.Start + inner)) {
    return { At: word.Start + inner, Old: change.Old, New: change.New };
  }
  const New = quote(change.New + word.Value.slice(change.Old.length));
  return { At: word.Start, Old: text.slice(word.Start, word.End), New };
}
