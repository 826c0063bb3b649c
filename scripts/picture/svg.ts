/** A terminal's screen as an SVG: one text a run of equal cells, placed by its column, so that any font lines up. */
import type { Cell } from "../../tests/support/pty.ts";

const colours: Readonly<Record<number, string>> = {
  1: "#e06c75",
  2: "#7fbf6a",
  3: "#d9a94c",
  5: "#c678dd",
  6: "#56b6c2",
};

const [cell, height, edge] = [8.4, 18, 14];

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function style({ color, bold, dim }: Cell): string {
  const fill = colours[color];
  return (fill ? ` fill="${fill}"` : "") + (bold ? ' font-weight="bold"' : "") +
    (dim ? ' opacity="0.6"' : "");
}

/** One row as runs of the same colour and weight; spaces at both ends of a run are left out. */
function row(cells: readonly Cell[], y: number): string[] {
  const out: string[] = [];
  for (let from = 0; from < cells.length;) {
    const look = style(cells[from]!);
    let to = from;
    while (to < cells.length && style(cells[to]!) === look) to++;
    const text = cells.slice(from, to).map((c) => c.text || " ").join("");
    const begin = from + text.length - text.trimStart().length;
    const shown = text.trim();
    if (shown !== "") {
      const x = (edge + begin * cell).toFixed(1);
      const length = ([...shown].length * cell).toFixed(1);
      out.push(
        `<text x="${x}" y="${y}" textLength="${length}" xml:space="preserve"${look}>${
          escape(shown)
        }</text>`,
      );
    }
    from = to;
  }
  return out;
}

/** The whole screen; `columns` cells a row. */
export function svg(cells: readonly Cell[], columns: number): string {
  const rows = Math.ceil(cells.length / columns);
  const width = columns * cell + 2 * edge;
  const tall = rows * height + 2 * edge;
  const lines = Array.from(
    { length: rows },
    (_, i) => row(cells.slice(i * columns, (i + 1) * columns), edge + 13 + i * height),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}">
<rect width="100%" height="100%" rx="8" fill="#1d2127"/>
<g font-family="ui-monospace, 'JetBrains Mono', Menlo, Consolas, monospace" font-size="14" fill="#d5d8dc">
${lines.flat().join("\n")}
</g>
</svg>
`;
}
