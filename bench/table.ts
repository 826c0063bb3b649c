/** Measurements as a table of plain text. */
import type { Measured } from "./harness.ts";

const columns = ["work", "gorel", "compared with", "its time", "difference", "target"];

/** Gives the lines of the table; a difference above its target is marked. */
export function table(measured: readonly Measured[]): string {
  const rows = [columns, ...measured.map(row)];
  const widths = columns.map((_, i) => Math.max(...rows.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trimEnd();
  return rows.map(line).join("\n") + "\n";
}

function row({ Comparison: { Work, Peer, Target }, Ours, Peer: theirs }: Measured): string[] {
  const target = "Above" in Target ? `+ ${Target.Above} ms` : `≤ ${Target.Times} ×`;
  if (Peer === "") {
    const limit = "Above" in Target ? Target.Above : 0;
    return [Work, ms(Ours), "", "", Ours <= limit ? "" : "!", `≤ ${limit} ms`];
  }
  if (typeof Peer === "string" || theirs === undefined) {
    return [
      Work,
      ms(Ours),
      typeof Peer === "string" ? Peer : Peer.Label,
      "",
      "not measured",
      target,
    ];
  }
  const met = "Above" in Target ? Ours - theirs <= Target.Above : Ours <= theirs * Target.Times;
  const difference = "Above" in Target
    ? `${Ours < theirs ? "-" : "+"} ${ms(Math.abs(Ours - theirs))}`
    : `${(Ours / theirs).toFixed(2)} ×`;
  return [Work, ms(Ours), Peer.Label, ms(theirs), difference + (met ? "" : "  !"), target];
}

function ms(time: number): string {
  return time < 100 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`;
}
