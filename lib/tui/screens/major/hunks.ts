/** What becomes of the mentions of an item, line by line. */
import type { SearchedFile } from "../../../plan/major/search.ts";
import type { DecidedOccurrence } from "../../../plan/major/types.ts";
import { decode } from "../../../text.ts";
import { type Decided, type Item, mentionsOf } from "./found.ts";

/** One line of the pane: `!` is a mention that stays, `@` says which line and why. */
export interface Hunk {
  readonly Sign: "+" | "-" | "!" | " " | "@";
  readonly Text: string;
  /** Where in Text the mention begins, and its length: a long line is shown from near there. */
  readonly At?: number;
  readonly Length?: number;
}

/** Lines with mentions that are shown of one file, and mentions of one kind. */
const most = 400;

const made = new WeakMap<readonly DecidedOccurrence[], Hunk[]>();

/** The lines of a file with mentions, their neighbours, and why a mention stays. */
export function hunksOf(
  { Bytes }: Pick<SearchedFile, "Bytes">,
  mentions: readonly DecidedOccurrence[],
): readonly Hunk[] {
  const known = made.get(mentions) ?? withLines(Bytes, mentions);
  made.set(mentions, known);
  return known;
}

const placed = new WeakMap<Decided, WeakMap<Item, Hunk[]>>();

/** Every mention of a kind with its place, as far as they are shown. */
export function placesOf(item: Item, decided: Decided): readonly Hunk[] {
  const known = placed.get(decided) ?? new WeakMap<Item, Hunk[]>();
  placed.set(decided, known);
  const found = known.get(item) ?? places(item, decided);
  known.set(item, found);
  return found;
}

function places(item: Item, decided: Decided): Hunk[] {
  const out: Hunk[] = [];
  let more = 0;
  for (const [{ File }, mentions] of mentionsOf(item, decided)) {
    for (const mention of mentions) {
      if (out.length >= 2 * most) more++;
      else out.push({ Sign: "@", Text: `${File}:${mention.Line}` }, ...changed(mention));
    }
  }
  return more > 0 ? [...out, { Sign: "@", Text: `and ${more} more` }] : out;
}

function changed({ Old, New, Rewritten }: DecidedOccurrence): Hunk[] {
  const text = (latin1: string) => decode(Uint8Array.from(latin1, (c) => c.charCodeAt(0))).trim();
  if (!Rewritten) return [{ Sign: "!", Text: text(Old) }];
  return [
    { Sign: "-", Text: text(Old) },
    ...(New === "" ? [] : [{ Sign: "+" as const, Text: text(New) }]),
  ];
}

function withLines(bytes: Uint8Array, mentions: readonly DecidedOccurrence[]): Hunk[] {
  const out: Hunk[] = [];
  const all = mentions.slice(0, most);
  let shown = 0;
  for (let i = 0; i < all.length;) {
    const first = lineStart(bytes, all[i]!.At);
    let end = lineEnd(bytes, endOf(all[i]!));
    let last = i + 1;
    while (last < all.length && all[last]!.At < end) {
      end = Math.max(end, lineEnd(bytes, endOf(all[last++]!)));
    }
    const own = all.slice(i, last);
    i = last;
    const kinds = [...new Set(own.map(words))].join("; ");
    out.push({ Sign: "@", Text: `line ${own[0]!.Line}  ${kinds}` });
    const above = first > 0 ? lineStart(bytes, first - 1) : first;
    if (above >= shown) out.push(...plain(bytes, above, first));
    out.push(...replaced(bytes, first, end, own));
    shown = end;
    const next = all[i];
    const below = lineEnd(bytes, end);
    if (next === undefined || lineStart(bytes, next.At) >= below) {
      out.push(...plain(bytes, end, below));
      shown = below;
    }
  }
  const more = mentions.length - all.length;
  return more > 0 ? [...out, { Sign: "@", Text: `and ${more} more` }] : out;
}

/** A mention in few words: what it is, or why it stays. */
function words({ Class, Reason = "", Rewritten }: DecidedOccurrence): string {
  if (Rewritten) return Class;
  return Reason.startsWith("is left") ? `${Class}, ${Reason.slice(3)}` : `left: it ${Reason}`;
}

/** Lines around, as they are; an empty one would only take room. */
function plain(bytes: Uint8Array, from: number, to: number): Hunk[] {
  return linesIn(bytes.subarray(from, to)).filter((text) => text.trim() !== "")
    .map((Text) => ({ Sign: " ", Text }));
}

function endOf({ At, Old }: DecidedOccurrence): number {
  // A mention that takes a whole line with it ends behind that line's end.
  return At + Old.replace(/\r?\n$/, "").length;
}

/** Lines as they are and as they come: those that change, else the mention that stays. */
function replaced(
  bytes: Uint8Array,
  first: number,
  end: number,
  own: readonly DecidedOccurrence[],
): Hunk[] {
  const parts: Uint8Array[] = [];
  let at = first;
  const changes = own.filter((mention) => mention.Rewritten);
  const column = (upTo: number) => decode(bytes.subarray(first, upTo)).length;
  const At = column(own[0]!.At);
  const Length = Math.max(own[0]!.Old.length, own[0]!.New.length);
  if (changes.length === 0) {
    return linesIn(bytes.subarray(first, end)).map((Text) =>
      ({ Sign: "!", Text, At, Length }) as const
    );
  }
  for (const { At: from, Old, New } of changes) {
    parts.push(bytes.subarray(at, from), Uint8Array.from(New, (c) => c.charCodeAt(0)));
    at = from + Old.length;
  }
  parts.push(bytes.subarray(at, Math.max(at, end)));
  const now = parts.map((part) => decode(part)).join("");
  return [
    ...linesIn(bytes.subarray(first, end)).map((Text) =>
      ({ Sign: "-", Text, At, Length }) as const
    ),
    ...(now === "" ? [] : now.replace(/\r?\n$/, "").split(/\r?\n/))
      .map((Text) => ({ Sign: "+", Text, At, Length }) as const),
  ];
}

/** Where the line of a byte begins. */
function lineStart(bytes: Uint8Array, at: number): number {
  return at <= 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
}

/** Behind the end of the line that a byte is on. */
function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(10, at);
  return end < 0 ? bytes.length : end + 1;
}

function linesIn(bytes: Uint8Array): string[] {
  const text = decode(bytes);
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
