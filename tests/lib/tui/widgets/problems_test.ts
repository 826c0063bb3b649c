import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { type Problem, problem } from "../../../../lib/problem.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import { getsTable } from "../../../../lib/tui/widgets/gets.ts";
import { problemBlock, problemBlocks, symbolOf } from "../../../../lib/tui/widgets/problems.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

const dirty = problem(
  "dirty",
  "client.go has a change that is not committed, so the release would not have it.",
  { where: { File: "client.go", Line: 3 }, fix: "commit it, or put it away with git stash" },
);

Deno.test("a problem is a sentence behind its symbol, where it is, the way out, and its code", () => {
  assert.deepEqual(problemBlock(unicode, dirty, 60).map(textOf), [
    "  ✗ client.go has a change that is not committed, so the",
    "    release would not have it.",
    "    client.go:3",
    "    → commit it, or put it away with git stash",
    "    dirty",
  ]);
  assert.equal(
    textOf(problemBlock(ascii, dirty, 60)[0]!),
    "  FAIL client.go has a change that is not committed, so the",
  );
  const accepted: Problem = { ...dirty, Accepted: "on purpose" };
  assert.equal(symbolOf(accepted), "✓");
  const shown = problemBlock(unicode, accepted, 200).map(textOf).join("\n");
  assert.match(shown, /\(accepted: on purpose\)/);
  assert.doesNotMatch(shown, /→/);
});

Deno.test("nothing of a hostile problem leaves its columns or its eight lines", () => {
  const long = "\x1b[2J日本語".repeat(2500);
  const hostile: Problem = {
    ...dirty,
    Text: long,
    Where: { File: "\u202e" + "a/".repeat(200) },
    Fix: long,
  };
  for (const style of [unicode, ascii]) {
    for (const columns of [12, 40, 78, 200]) {
      const block = problemBlock(style, hostile, columns);
      assert.ok(block.length <= 18);
      for (const l of block) {
        assert.ok(width(l) <= columns, textOf(l));
        assert.doesNotMatch(textOf(l), /[\p{Cc}\p{Cf}]/u);
      }
    }
  }
});

Deno.test("one way out of several problems is said once, behind the last of them", () => {
  const left = (File: string, Line: number, fix?: string) =>
    problem("old-path-left", `the old path in ${File}.`, {
      where: { File, Line },
      ...(fix !== undefined && { fix }),
    });
  const all = [
    left("a.md", 1, "--rewrite a.md"),
    left("b.go", 2),
    left("a.md", 7, "--rewrite a.md"),
    left("c.go", 3),
    left("d.md", 3, "--rewrite d.md"),
  ];
  assert.deepEqual(problemBlocks(unicode, all, 60).map((l) => textOf(l).trim()), [
    ...["· the old path in a.md.", "a.md:1", "· the old path in a.md.", "a.md:7"],
    ...["→ --rewrite a.md", "old-path-left", ""],
    ...["· the old path in b.go.", "b.go:2", "old-path-left", ""],
    ...["· the old path in c.go.", "c.go:3", "old-path-left", ""],
    ...["· the old path in d.md.", "d.md:3", "→ --rewrite d.md", "old-path-left", ""],
  ]);
});

Deno.test("what users get is a table in which only a change is bold, and a warning is marked", () => {
  const rows = [
    { Query: "@latest", Before: "v1.4.2", After: "v1.4.3" },
    { Query: "@v1.3", Before: "v1.3.0", After: null },
    { Query: "upgrade of v1.4.0", Before: "v1.4.2", After: "v1.4.2" },
    { Query: "@v1.4.1", Before: "v1.4.1", After: "v1.4.1", Warns: "panics" },
  ];
  const drawn = getsTable(unicode, rows, 50);
  assert.deepEqual(drawn.map(textOf), [
    "                   before  after",
    "@latest            v1.4.2  v1.4.3",
    "@v1.3              v1.3.0  none",
    "upgrade of v1.4.0  v1.4.2  v1.4.2",
    "@v1.4.1            v1.4.1  v1.4.1 !",
  ]);
  const bold = drawn.map((l) => l.filter((s) => s.Role === "weight").map((s) => s.Text).join());
  assert.deepEqual(bold, ["", "v1.4.3", "none", "", ""]);
  const narrow = getsTable(unicode, rows, 30).map(textOf);
  assert.equal(narrow[3], "upgrade…v1.4.0 v1.4.2 v1.4.2");
  for (const columns of [0, 10, 24, 40]) {
    for (const l of getsTable(ascii, rows, columns)) assert.ok(width(l) <= columns);
  }
  assert.deepEqual(getsTable(unicode, [], 50), []);
});
