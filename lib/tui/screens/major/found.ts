/** What was found of the old path, and how much of it the choices so far rewrite. */
import type { MajorChoice } from "../../../choices.ts";
import { classes, classNames } from "../../../plan/major/classes.ts";
import { decide } from "../../../plan/major/decide.ts";
import type { Searched, SearchedFile } from "../../../plan/major/search.ts";
import type { Class, DecidedOccurrence, Occurrence } from "../../../plan/major/types.ts";
import type { Problem } from "../../../problem.ts";

/** Classes and paths that were chosen. */
export type Words = MajorChoice["Classes"];

/** What the world answers: the mentions, or why there can be no such major. */
export interface Found {
  readonly Searched: Searched | null;
  readonly Problems: readonly Problem[];
}

/** How many of some mentions are rewritten, left by choice or by their class, and cannot be rewritten. */
export interface Tally {
  readonly Rewritten: number;
  readonly Left: number;
  readonly Fixed: number;
}

/** A file, or a kind of mention, as the list shows it. */
export interface Item {
  /** The file's path, or the name of the class. */
  readonly Name: string;
  /** What it is called in choices: a copy by the file that it is made of. */
  readonly Word: string;
  readonly Is: "file" | "class";
  /** True where something in it is not rewritten unless somebody chooses so. */
  readonly Marked: boolean;
  readonly Files: readonly SearchedFile[];
}

/** What the choices make of everything that was found. */
export interface Decided {
  /** By file: its mentions in their order. */
  readonly Mentions: ReadonlyMap<string, readonly DecidedOccurrence[]>;
  readonly Files: number;
  readonly Rewritten: number;
  readonly Left: number;
  /** Files that need a look. */
  readonly Marked: number;
}

/** What was decided lately, by the choices as a value and as a text. */
interface Judged {
  readonly by: WeakMap<Words, Decided>;
  readonly texts: Map<string, Decided>;
}

const judged = new WeakMap<Found, Judged>();

function judgedOf(found: Found): Judged {
  const known = judged.get(found) ?? { by: new WeakMap(), texts: new Map() };
  judged.set(found, known);
  return known;
}

/** How many choices are remembered: whoever takes one back has it at once. */
const remembered = 16;

function keep(found: Found, words: Words, decided: Decided): Decided {
  const { by, texts } = judgedOf(found);
  if (texts.size >= remembered) texts.delete(texts.keys().next().value!);
  texts.set(JSON.stringify(words), decided);
  by.set(words, decided);
  return decided;
}

/** What the choices make of it; worked out once for each. */
export function decidedOf(found: Found, words: Words): Decided {
  const { by, texts } = judgedOf(found);
  const known = by.get(words) ?? texts.get(JSON.stringify(words));
  if (known) by.set(words, known);
  return known ?? keep(found, words, judge(found, words));
}

function judge(found: Found, words: Words): Decided {
  const files = found.Searched ? decide(found.Searched, words).Files : [];
  const sums = files.map(sum);
  return {
    Mentions: new Map(files.map(({ File, Occurrences }) => [File, Occurrences])),
    Files: sums.filter(({ Rewritten }) => Rewritten > 0).length,
    Rewritten: sums.reduce((all, { Rewritten }) => all + Rewritten, 0),
    Left: sums.reduce((all, { Left }) => all + Left, 0),
    Marked: itemsOf(found, "file").filter((item) => item.Marked).length,
  };
}

function sum({ Occurrences }: { readonly Occurrences: readonly DecidedOccurrence[] }) {
  const Rewritten = Occurrences.reduce((all, o) => all + Number(o.Rewritten), 0);
  return { Rewritten, Left: Occurrences.length - Rewritten };
}

/** The same after a choice that is about one file only: thousands of others stay as they were. */
function rejudged(found: Found, before: Decided, file: SearchedFile, words: Words): Decided {
  const searched = found.Searched!;
  // Whether the file's module goes along is decided in its go.mod.
  const Files = searched.Files.filter((one) => one === file || one.File === file.Other);
  const [Occurrences = []] = decide({ ...searched, Files }, words).Files
    .filter(({ File }) => File === file.File).map((one) => one.Occurrences);
  const old = sum({ Occurrences: before.Mentions.get(file.File) ?? [] });
  const now = sum({ Occurrences });
  return {
    ...before,
    Mentions: new Map(before.Mentions).set(file.File, Occurrences),
    Files: before.Files + Number(now.Rewritten > 0) - Number(old.Rewritten > 0),
    Rewritten: before.Rewritten + now.Rewritten - old.Rewritten,
    Left: before.Left + now.Left - old.Left,
  };
}

const lists = new WeakMap<Found, Readonly<Record<Item["Is"], readonly Item[]>>>();

/** The list by file, those that need a look first; or by kind, in the order of the classes. */
export function itemsOf(found: Found, by: Item["Is"]): readonly Item[] {
  const known = lists.get(found);
  if (known) return known[by];
  const files = found.Searched?.Files.filter((file) => file.Occurrences.length > 0) ?? [];
  const made = { file: byFile(files), class: byClass(files) };
  lists.set(found, made);
  return made[by];
}

function byFile(files: readonly SearchedFile[]): Item[] {
  const all = files.map((file): Item => ({
    Name: file.File,
    Word: file.From ?? file.File,
    Is: "file",
    Marked: file.Occurrences.some(needsLook),
    Files: [file],
  }));
  return [...all.filter((item) => item.Marked), ...all.filter((item) => !item.Marked)];
}

function byClass(files: readonly SearchedFile[]): Item[] {
  const of = new Map<Class, SearchedFile[]>();
  for (const file of files) {
    for (const name of new Set(file.Occurrences.map((o) => o.Class))) {
      const known = of.get(name);
      if (known) known.push(file);
      else of.set(name, [file]);
    }
  }
  return classNames.filter((name) => of.has(name)).map((Name): Item => ({
    Name,
    Word: Name,
    Is: "class",
    Marked: of.get(Name)!.some((file) =>
      file.Occurrences.some((o) => o.Class === Name && needsLook(o))
    ),
    Files: of.get(Name)!,
  }));
}

/** What is left unless somebody chooses otherwise is the maintainer's to judge. */
function needsLook({ Class, Old, New }: Occurrence): boolean {
  return Old === New || !classes[Class].rewritten;
}

/** The mentions of an item with what becomes of them. */
export function mentionsOf(
  { Name, Is, Files }: Item,
  { Mentions }: Decided,
): (readonly [SearchedFile, readonly DecidedOccurrence[]])[] {
  return Files.map((file) => {
    const all = Mentions.get(file.File) ?? [];
    return [file, Is === "class" ? all.filter((o) => o.Class === Name) : all];
  });
}

const tallies = new WeakMap<Decided, WeakMap<Item, Tally>>();

/** How much of an item is rewritten. */
export function tallyOf(item: Item, decided: Decided): Tally {
  const known = tallies.get(decided) ?? new WeakMap<Item, Tally>();
  tallies.set(decided, known);
  const found = known.get(item) ?? tally(item, decided);
  known.set(item, found);
  return found;
}

function tally(item: Item, decided: Decided): Tally {
  let [Rewritten, Left, Fixed] = [0, 0, 0];
  for (const [, mentions] of mentionsOf(item, decided)) {
    for (const mention of mentions) {
      if (mention.Rewritten) Rewritten++;
      else if (mention.Old === mention.New) Fixed++;
      else Left++;
    }
  }
  return { Rewritten, Left, Fixed };
}

/**
 * The choices after an item was included, or left: all of it is rewritten, or nothing. What would
 * be so anyway is not said. Null where there is nothing to choose.
 */
export function toggled(found: Found, item: Item, words: Words): Words | null {
  const before = decidedOf(found, words);
  const { Rewritten, Left } = tallyOf(item, before);
  if (Rewritten + Left === 0) return null;
  const rewrite = Left > 0;
  // Without its own line there is no new major.
  if (!rewrite && item.Word === "module") return null;
  const [file] = item.Files;
  const alone = item.Is === "file" && file && file.Other !== file.File;
  const now = (next: Words) =>
    alone ? keep(found, next, rejudged(found, before, file, next)) : decidedOf(found, next);
  const without = withoutNames(words, new Set([item.Word]));
  const usual = tallyOf(item, now(without));
  if (rewrite ? usual.Left === 0 : usual.Rewritten === 0) return without;
  const next = rewrite
    ? { ...without, Rewrite: [...without.Rewrite, item.Word] }
    : { ...without, Leave: [...without.Leave, item.Word] };
  now(next);
  return next;
}

function withoutNames({ Rewrite, Leave }: Words, names: ReadonlySet<string>): Words {
  return {
    Rewrite: Rewrite.filter((name) => !names.has(name)),
    Leave: Leave.filter((name) => !names.has(name)),
  };
}

/**
 * All that needs a look is rewritten, by its kinds; where it is already, everything is as its
 * kinds say. What was chosen for single files that need a look goes.
 */
export function allMarked(found: Found, words: Words): Words {
  const kinds = itemsOf(found, "class").filter((item) => item.Marked);
  const files = itemsOf(found, "file").filter((item) => item.Marked);
  const open = (of: Words) => kinds.filter((kind) => tallyOf(kind, decidedOf(found, of)).Left > 0);
  const without = withoutNames(words, new Set([...kinds, ...files].map((item) => item.Word)));
  if (open(words).length === 0) return without;
  return { ...without, Rewrite: [...without.Rewrite, ...open(without).map((kind) => kind.Word)] };
}
