/** The proof of a published version, for people. */
import { clean } from "../../text.ts";
import type { VerifyDocument } from "../answer.ts";
import { glyphs, type Mark, type Style } from "../style.ts";
import { columns, marked, text } from "./layout.ts";
import { stepLine } from "./steps.ts";

const verdicts: Readonly<Record<VerifyDocument["State"], [Mark, string]>> = {
  published: ["✓", "is published: users get exactly this code."],
  pending: ["!", "is not visible everywhere yet."],
  failed: ["✗", "is not what it should be."],
};

/** With GOPROXY=off or direct only the remote answers. */
const unproven: [Mark, string] = [
  "✓",
  "is out: the remote has its tag. No module proxy was asked what it serves.",
];

/** What `gorel verify` prints. */
export function verify(document: VerifyDocument, style: Style): string {
  const served = document.Steps.some(({ Do, State }) => Do === "zip" && State === "ok");
  const [symbol, verdict] = document.State === "published" && !served
    ? unproven
    : verdicts[document.State];
  const hashes = [
    ...(document.Sum === undefined ? [] : [["zip", clean(document.Sum)]]),
    ...(document.GoModSum === undefined ? [] : [["go.mod", clean(document.GoModSum)]]),
  ];
  return glyphs(
    style,
    text([
      ...marked(style, symbol, `${document.Module} ${document.Version} ${verdict}`),
      "",
      ...columns(document.Steps.map((step) => stepLine(style, step))),
      ...(hashes.length > 0 ? ["", ...columns(hashes)] : []),
    ]),
  );
}
