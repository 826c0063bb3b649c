/** Every version of a module and where it is, for people. */
import { clean } from "../../text.ts";
import type { VersionsDocument } from "../answer.ts";
import { glyphs, paint, type Style, symbol } from "../style.ts";
import { columns, marked, text } from "./layout.ts";

/** The table that `gorel versions` prints, ascending: the newest stands next to the prompt. */
export function versions(
  document: VersionsDocument,
  style: Style,
  moved: readonly string[] = [],
): string {
  const lines = [paint(style, "weight", clean(document.Module) || "go.mod names no module"), ""];
  if (document.Versions.length === 0) lines.push("  no version yet");
  else {
    const yes = (is: boolean) => symbol(style, is ? "✓" : "·");
    lines.push(...columns([
      ["version", "here", "remote", "proxy", ""],
      ...document.Versions.map((v) => [
        clean(v.Version),
        moved.includes(v.Version) ? symbol(style, "!") : yes(v.Here),
        yes(v.OnRemote),
        yes(v.OnProxy),
        [
          v.Version === document.Latest ? `${symbol(style, "●")} @latest` : "",
          v.Retracted === undefined
            ? ""
            : `${symbol(style, "✗")} retracted: ${v.Retracted.map(clean).join("; ")}`,
          v.Prerelease ? "pre-release" : "",
          moved.includes(v.Version)
            ? `${symbol(style, "!")} the tag here names another commit than on the remote`
            : "",
        ].filter((part) => part !== "").join(" · "),
      ]),
    ]));
  }
  if (
    document.Versions.some((v) => v.OnProxy) &&
    document.Versions.some((v) => v.OnRemote && !v.OnProxy)
  ) {
    const text = "under proxy: not in its list; it fetches a version when somebody asks.";
    lines.push("", ...marked(style, "·", text, "  "));
  }
  if (document.Deprecated !== undefined) {
    lines.push("", ...marked(style, "!", `deprecated: ${document.Deprecated}`));
  }
  if (document.Ignored.length > 0) {
    lines.push("", "Tags that are no versions:");
    for (const [reason, tags] of Map.groupBy(document.Ignored, ({ Reason }) => Reason)) {
      const names = tags.map(({ Tag }) => clean(Tag)).join(", ");
      lines.push(...marked(style, "·", `${names}: ${reason}`, "  "));
    }
  }
  return glyphs(style, text(lines));
}
