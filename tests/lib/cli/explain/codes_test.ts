import assert from "node:assert/strict";
import { codeOf, codesDocument } from "../../../../lib/cli/explain/codes.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { has } from "../../../../lib/cli/flags.ts";
import { parse } from "../../../../lib/cli/parser.ts";
import { codes } from "../../../../lib/problem.ts";
import { expected } from "../../../problems/codes.ts";
import { gorelLines, well } from "./lines.ts";

Deno.test("every code is listed with its level, what --accept does, and one sentence", () => {
  const { List } = codesDocument();
  assert.deepEqual(List!.map(({ Name }) => Name), codes);
  const rows = new Map(List!.map(({ Name, Text }) => [Name, Text]));
  for (const code of codes) {
    const { level, accept } = expected[code];
    const marks = {
      "never": "",
      "always": ", --accept",
      "writes-nothing": ", --accept if no file is written",
    };
    const mark = `${level}${marks[accept]}: `;
    assert.ok(rows.get(code)!.startsWith(mark), rows.get(code));
    assert.match(
      rows.get(code)!.slice(mark.length),
      /^(go\.mod|\.gorel\.toml|[A-Z])[^.]*(\.\w[^.]*)*\.$/,
    );
  }
});

Deno.test("every code is explained: what, why, the way out, and an example", () => {
  for (const code of codes) {
    const { Subject, Kind, Text, Example } = codeOf(code);
    assert.deepEqual([Subject, Kind, Text.length], [code, "code", 3]);
    assert.ok(Example!.length > 0, code);
    assert.ok(Text[1]!.length > 60, `${code}: ${Text[1]}`);
    well(code, Text, Example!);
    const accept = Text[2]!.includes("--accept");
    assert.equal(accept, expected[code].accept !== "never", code);
  }
});

Deno.test("every gorel line of a code's example is a command line that gorel accepts", () => {
  const lines = codes.flatMap((code) => gorelLines(codeOf(code).Example!));
  assert.ok(lines.length > 60);
  for (const argv of lines) {
    const line = parse(argv, {});
    assert.ok("command" in line, argv.join(" "));
    if (has(line.command, "commitMessage")) toChoices(line.word, line.args, line.flags);
  }
});
