/** Settings and where they come from, for people. */
import { shownCommand } from "../../config/commands.ts";
import { configName } from "../../config/keys.ts";
import { clean, count, withoutCredentials } from "../../text.ts";
import type { ConfigDocument } from "../answer.ts";
import { glyphs, paint, type Style } from "../style.ts";
import { columns, text } from "./layout.ts";

/** Columns of a value. */
const widest = 40;

/** What `gorel config` prints. */
export function config(document: ConfigDocument, style: Style): string {
  const { File, Values, Accept, Commands, Go } = document;
  const place = (line: number) => `${configName}:${line}`;
  const section = (heading: string, rows: readonly (readonly string[])[]) => {
    const lines = rows.length === 0 ? [] : columns(rows);
    return [paint(style, "weight", heading), ...lines, ""];
  };
  const lines = section(
    File === undefined ? `Settings (there is no ${configName} here)` : "Settings",
    Values.map(({ Key, Value, From, Line }) => [
      Key,
      valueText(Value),
      Line === undefined ? From : place(Line),
    ]),
  );
  if (Accept.length > 0) {
    const rows = Accept.map(({ Code, Reason, Line }) => [Code, place(Line), clean(Reason)]);
    lines.push(...section("Accepted problems", rows));
  }
  if (Commands) {
    const { Digest, Agreed, Run } = Commands;
    const agreed = Agreed ? "agreed to here" : "nobody has agreed to them here";
    const heading = `${count(Run.length, "command")}, digest ${Digest}: ${agreed}`;
    lines.push(
      paint(style, "weight", heading),
      ...Run.flatMap(({ When, Step, Run: run }) => [
        `  ${When} ${Step}`,
        ...shownCommand(run).map((line) => `      ${line}`),
      ]),
      ...(Agreed ? [] : [`  → gorel config --agree ${Digest}, once you have read them`]),
      "",
    );
  }
  const { From, ...names } = Go;
  lines.push(
    ...section(
      From === "go" ? "Go, as go env says" : "Go, as the environment says (go did not answer)",
      Object.entries(names).map(([name, value]) => [name, clean(value) || "–"]),
    ),
  );
  return glyphs(style, text(lines.slice(0, -1)));
}

/** A value on its row, cut where it is long: `--json` has it whole. */
function valueText(value: ConfigDocument["Values"][number]["Value"]): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return String(value);
  const whole = typeof value === "string" ? value.replaceAll("\n", " ⏎ ") : value.join(", ");
  const shown = [...clean(withoutCredentials(whole))];
  if (shown.length === 0) return "–";
  return shown.length <= widest ? shown.join("") : shown.slice(0, widest - 1).join("") + "…";
}
