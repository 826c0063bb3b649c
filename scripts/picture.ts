/**
 * `deno task picture`: draws what `gorel demo --yes` shows on a terminal, as
 * docs/demo.svg. The real program runs on a real pseudo-terminal (util-linux
 * `script`), so the picture cannot say more than the program does.
 */
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [from, to] = [" The plan ", " What users get now "];

async function screen(): Promise<string> {
  const command = `stty cols 80 rows 50; exec "${Deno.execPath()}" task demo --yes`;
  const { code, stdout } = await new Deno.Command("script", {
    args: ["-qefc", command, "/dev/null"],
    cwd: root,
    env: { LC_ALL: "C.UTF-8", TERM: "xterm-256color", NO_COLOR: "" },
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(`the demo ended with exit code ${code}`);
  return new TextDecoder().decode(stdout).replaceAll("\r", "");
}

interface Run {
  Text: string;
  Column: number;
  Codes: string;
}

/** One line as runs of equal colour. */
function runs(line: string): Run[] {
  const out: Run[] = [];
  let codes = "";
  let column = 0;
  // deno-lint-ignore no-control-regex
  for (const part of line.split(/(\x1b\[[0-9;]*m)/)) {
    // deno-lint-ignore no-control-regex
    const sgr = /^\x1b\[([0-9;]*)m$/.exec(part);
    if (sgr) codes = sgr[1] === "0" || sgr[1] === "" ? "" : sgr[1]!;
    else if (part !== "") {
      if (part.trim() !== "") out.push({ Text: part, Column: column, Codes: codes });
      column += [...part].length;
    }
  }
  return out;
}

const colours: Record<string, string> = {
  "31": "#e06c75",
  "32": "#7fbf6a",
  "33": "#d9a94c",
  "35": "#c678dd",
  "36": "#56b6c2",
};

function style(codes: string): string {
  const set = codes.split(";");
  const colour = set.map((c) => colours[c]).find((c) => c !== undefined);
  return (colour ? ` fill="${colour}"` : "") + (set.includes("1") ? ' font-weight="bold"' : "") +
    (set.includes("2") ? ' opacity="0.6"' : "");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Every run is placed by its column and stretched to its width, so any font lines up. */
function svg(lines: string[]): string {
  const [cell, height, edge] = [8.4, 18, 14];
  const width = 80 * cell + 2 * edge;
  const rows = lines.flatMap((line, row) =>
    runs(line).map(({ Text, Column, Codes }) => {
      const x = (edge + Column * cell).toFixed(1);
      const y = edge + 13 + row * height;
      const length = ([...Text].length * cell).toFixed(1);
      return `<text x="${x}" y="${y}" textLength="${length}" xml:space="preserve"${style(Codes)}>${
        escape(Text)
      }</text>`;
    })
  );
  const tall = lines.length * height + 2 * edge;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}">
<rect width="100%" height="100%" rx="8" fill="#1d2127"/>
<g font-family="ui-monospace, 'JetBrains Mono', Menlo, Consolas, monospace" font-size="14" fill="#d5d8dc">
${rows.join("\n")}
</g>
</svg>
`;
}

const lines = (await screen()).split("\n");
const start = lines.findIndex((line) => line.includes(from));
const end = lines.findIndex((line) => line.includes(to)) - 1;
if (start < 0 || end < 0) throw new Error("the demo did not show what the picture is of");
await Deno.mkdir(`${root}/docs`, { recursive: true });
await Deno.writeTextFile(`${root}/docs/demo.svg`, svg(lines.slice(start, end)));
