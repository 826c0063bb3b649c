import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import type { ByteEdit } from "../../../../lib/plan/types.ts";
import { encode } from "../../../../lib/text.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import {
  type DiffLine,
  diffLines,
  diffOfEdits,
  diffOfGit,
} from "../../../../lib/tui/widgets/diff.ts";
import { cases, seeded } from "../../../support/random.ts";
import { Folder, tryRun } from "../../../support/repo.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };

const raw = (lines: readonly DiffLine[]) => lines.map((l) => l.Sign + l.Text);

/** The edit that puts `fresh` in the place of the first `old`. */
function edit(before: string, old: string, fresh: string): ByteEdit {
  return { At: encode(before.slice(0, before.indexOf(old))).length, Old: old, New: fresh };
}

const goMod = "module example.com/é\n\ngo 1.22\n\nrequire x v1.0.0\n\n// bad\nretract v1.0.0\n";

Deno.test("edits of go.mod are shown as the lines that change, with what is around them", () => {
  const end = { At: encode(goMod).length, Old: "", New: "\n// worse\nretract v1.1.0\n" };
  const table: [edits: ByteEdit[], around: number, lines: string[]][] = [
    [[], 2, []],
    [[edit(goMod, "1.22", "1.23")], 1, ["@@@ line 2", " ", "-go 1.22", "+go 1.23", " "]],
    [[edit(goMod, "go 1.22\n", "")], 0, ["@@@ line 3", "-go 1.22"]],
    [[edit(goMod, "go 1.22\n", "go 1.22\n")], 2, []],
    [[edit(goMod, "require", "toolchain go1.23.0\n\nrequire")], 0, [
      "@@@ line 5",
      "+toolchain go1.23.0",
      "+",
    ]],
    [[edit(goMod, "1.22", "1.23"), end], 1, [
      "@@@ line 2",
      " ",
      "-go 1.22",
      "+go 1.23",
      " ",
      "@@@ line 8",
      " retract v1.0.0",
      "+",
      "+// worse",
      "+retract v1.1.0",
    ]],
    [[edit(goMod, "module", "// M is.\nmodule")], 1, ["+// M is.", " module example.com/é"]],
  ];
  for (const [edits, around, lines] of table) {
    assert.deepEqual(raw(diffOfEdits(encode(goMod), edits, around)), lines);
  }
  assert.deepEqual(raw(diffOfEdits(encode(""), [{ At: 0, Old: "", New: "new\n" }])), ["+new"]);
  assert.deepEqual(raw(diffOfEdits(encode("a\nb"), [{ At: 3, Old: "", New: "\nc\n" }])), [
    " a",
    "-b",
    "@no line end at the end of the file",
    "+b",
    "+c",
  ]);
});

/** A file with the lines of its diff, all of them around: what was there, and what is. */
function sides(lines: readonly DiffLine[]): { old: string[]; fresh: string[] } {
  const text = (signs: string) => lines.filter((l) => signs.includes(l.Sign)).map((l) => l.Text);
  return { old: text(" -"), fresh: text(" +") };
}

Deno.test("the diff of random edits, all lines around, holds both files whole", () => {
  const random = seeded("edits");
  for (let i = 0; i < cases(2000, 40_000); i++) {
    const piece = () => random.pick(["a", "é", "日", "\n", "\n", "x y", ""]);
    const some = (most: number) => Array.from({ length: random.int(0, most) }, piece).join("");
    const edits: ByteEdit[] = [];
    let before = "";
    let after = "";
    for (let n = random.int(1, 6); n > 0; n--) {
      const same = some(6) + (n === 1 ? "\n" : "");
      const change = { At: encode(before).length, Old: some(3), New: some(3) };
      edits.push(change);
      before += change.Old + same;
      after += change.New + same;
    }
    const lines = (text: string) => text.split("\n").slice(0, -1);
    const shown = diffOfEdits(encode(before), edits, 1000);
    const of = JSON.stringify({ before, edits });
    if (shown.length === 0) assert.equal(before, after, of);
    else assert.deepEqual(sides(shown), { old: lines(before), fresh: lines(after) }, of);
  }
});

Deno.test("the diff that git prints keeps every changed line, whatever it looks like", () => {
  const random = seeded("git");
  using folder = new Folder();
  const pool = [
    "--- a/x",
    "+++ b/x",
    "@@ -1 +1 @@",
    "\ttab",
    "",
    "-",
    "diff --git a/y b/y",
    "word",
  ];
  const file = () => Array.from({ length: random.int(0, 30) }, () => random.pick(pool));
  for (let i = 0; i < cases(15, 200); i++) {
    const [old, fresh] = [file(), file()];
    const write = (name: string, lines: string[]) => {
      Deno.writeTextFileSync(folder.join(name), lines.map((l) => l + "\n").join(""));
    };
    write("old", old);
    write("new", fresh);
    const args = ["diff", "--no-index", "--no-color", "-U99", "old", "new"];
    const { stdout } = tryRun("git", args, { cwd: folder.path });
    const shown = diffOfGit(stdout.split("\n").slice(0, -1));
    if (old.join("\n") === fresh.join("\n")) continue;
    assert.deepEqual(sides(shown), { old, fresh });
    assert.deepEqual(shown[0], { Sign: "@", Text: "new" });
  }
});

Deno.test("a diff is drawn with its signs in a column of their own, indented as it is", () => {
  const lines = diffOfGit(["@@ -1,2 +1,2 @@ func", " \tkeep", "-old\x1b[2J", "+\u202enew"]);
  const drawn = diffLines(unicode, lines, 40, 0, 9);
  assert.deepEqual(drawn.map(textOf), [
    "  @@ -1,2 +1,2 @@ func",
    "        keep",
    "  - old",
    "  + new",
  ]);
  assert.deepEqual(drawn[3]!.filter((s) => s.Role), [{ Text: "+", Role: "good" }]);
});

Deno.test("of a long diff only the lines that are shown are made, each in its columns", () => {
  let made = 0;
  const lines = Array.from({ length: 5000 }, (_, i): DiffLine => ({
    Sign: "+",
    get Text() {
      made++;
      return `${i} ` + "日本\u0301".repeat(4000);
    },
  }));
  const drawn = diffLines(unicode, lines, 80, 2500, 30);
  assert.equal(made, 30);
  assert.equal(drawn.length, 30);
  assert.match(textOf(drawn[0]!), /^ {2}\+ 2500 日.*…$/);
  for (const l of drawn) assert.ok(width(l) <= 80);
  assert.deepEqual(diffLines(unicode, lines, 80, 5000, 30), []);
  assert.equal(diffLines(unicode, lines, 80, -3, 2).length, 2);
});
