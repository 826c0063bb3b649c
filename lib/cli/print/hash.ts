/** Hashes of a revision, for people. */
import { clean, count } from "../../text.ts";
import type { HashDocument } from "../answer.ts";
import { glyphs, type Style } from "../style.ts";
import { columns, text } from "./layout.ts";

/** What `gorel hash` prints. */
export function hash(document: HashDocument, style: Style): string {
  const { Path, Version, Sum, GoModSum, Files, Bytes } = document;
  return glyphs(
    style,
    text([
      `${clean(Path)} ${clean(Version)}`,
      "",
      ...columns([
        ["zip", clean(Sum)],
        ["", `${count(Files, "file")}, ${count(Bytes, "byte")}`],
        ["go.mod", clean(GoModSum)],
      ]),
    ]),
  );
}
