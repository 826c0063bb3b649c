/** An explanation for people: paragraphs, a list, an example; prose is never wider than 72 columns. */
import { clean } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import { glyphs, paint, type Style } from "../style.ts";
import { proseWidth, text, widthOf, wrap } from "./layout.ts";

const indent = "  ";

/** Names longer than this have their text in the next lines. */
const widestName = 24;

/** What `gorel explain` prints; `below` is a whole text of its own. */
export function explain(document: ExplainDocument, style: Style, below?: string): string {
  const { Subject, Stage, Version, Text, Example = [], List = [], More = [] } = document;
  const about = [
    Version !== undefined && clean(Version) !== clean(Subject) ? clean(Version) : "",
    Stage ?? "",
  ].filter((part) => part !== "").join(", ");
  const title = paint(style, "weight", clean(Subject)) + (about === "" ? "" : `  ${about}`);
  const parts = [
    [title],
    ...Text.map((words) => paragraph(words, indent)),
    rows(List),
    Example.length === 0 ? [] : Example.map((line) => `${indent}${indent}${shown(line)}`.trimEnd()),
    More.length === 0 ? [] : paragraph(`More (gorel help TOPIC): ${More.join(", ")}`, indent),
  ].filter((part) => part.length > 0);
  const page = glyphs(style, text(parts.flatMap((part, i) => i === 0 ? part : ["", ...part])));
  return below === undefined ? page : `${page}\n${below}`;
}

/** An example keeps its white space; what a terminal would obey goes. */
function shown(line: string): string {
  const lead = /^\s*/.exec(line)![0].replaceAll("\t", "    ").replace(/[^ ]/g, "");
  return lead + line.trim().split(/( {2,})/).map((part) => part.trim() === "" ? part : clean(part))
    .join("");
}

function paragraph(words: string, before: string): string[] {
  return wrap(clean(words), proseWidth - before.length).map((line) => before + line);
}

/** Names and texts beside each other where all names are short, else below each other. */
function rows(list: NonNullable<ExplainDocument["List"]>): string[] {
  const named = list.map(({ Name, Text }) => ({ Name: clean(Name), Text: clean(Text) }));
  const width = Math.max(0, ...named.map(({ Name }) => widthOf(Name)));
  if (width > widestName) {
    return named.flatMap(({ Name, Text }) => [
      indent + cut(Name),
      ...(Text === "" ? [] : paragraph(Text, indent.repeat(3))),
    ]);
  }
  return named.flatMap(({ Name, Text }) => {
    const [first = "", ...more] = wrap(Text, proseWidth - indent.length - width - 2);
    const lead = " ".repeat(indent.length + width + 2);
    return [
      (indent + Name + " ".repeat(width - widthOf(Name) + 2) + first).trimEnd(),
      ...more.map((line) => lead + line),
    ];
  });
}

/** A line of a file that is too long is cut at its end; its number says which it is. */
function cut(name: string): string {
  const room = proseWidth - indent.length;
  return widthOf(name) <= room ? name : [...name].slice(0, room - 1).join("") + "…";
}
