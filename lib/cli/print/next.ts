/** The advised version, for scripts; the evidence for it, for people. */
import { clean } from "../../text.ts";
import type { NextDocument } from "../answer.ts";
import { glyphs, type Style } from "../style.ts";
import { columns, marked, text } from "./layout.ts";
import { placeOf } from "./problems.ts";

/** The version and nothing else; nothing when there is nothing to release. */
export function next({ Advised }: NextDocument): string {
  return Advised ? `${clean(Advised.Version)}\n` : "";
}

/** Why, what else could be released, and what was not looked at. */
export function evidence(document: NextDocument, style: Style): string {
  const { Advised, Base, Highest, Module } = document;
  const after = Base !== null
    ? `after ${clean(Base)}`
    : Highest === undefined
    ? "without a release so far"
    : "without a release in the history of HEAD";
  const lines = [
    Advised
      ? `${clean(Module)}: ${clean(Advised.Version)} (${Advised.Bump}), ${after}`
      : `${clean(Module)}: nothing to release ${after}`,
  ];
  for (const found of document.Evidence) {
    const place = placeOf(found);
    lines.push(...marked(style, "·", found.Text + (place === "" ? "" : ` (${place})`), "  "));
  }
  const rows = Object.entries(document.Candidates).map(([bump, c]) => [
    bump,
    clean(c.Version),
    [
      c.Module === Module ? "" : `as ${clean(c.Module)}`,
      c.Allowed ? "" : `no: ${clean(c.Reason ?? "not allowed")}`,
    ].filter((part) => part !== "").join(", "),
  ]);
  lines.push(...columns(rows));
  if (document.NotChecked.length > 0) {
    lines.push("Not checked:");
    for (const what of document.NotChecked) lines.push(...marked(style, "·", what, "  "));
  }
  return glyphs(style, text(lines));
}
