import assert from "node:assert/strict";
import { diffOfTexts } from "../../../../lib/tui/widgets/texts.ts";
import { cases, seeded } from "../../../support/random.ts";

/** Without unchanged lines as `+a -b`. */
function short(before: string, after: string): string {
  return diffOfTexts(before, after, 0).filter((l) => l.Sign === "+" || l.Sign === "-")
    .map((l) => l.Sign + l.Text).join(" ");
}

Deno.test("the fewest lines come and go", () => {
  const table: [string, string, string][] = [
    ["", "", ""],
    ["a\n", "a\n", ""],
    ["", "a\nb\n", "+a +b"],
    ["a\nb\n", "", "-a -b"],
    ["a\nb\nc\n", "a\nc\n", "-b"],
    ["a\nb\nc\n", "a\nx\nc\n", "-b +x"],
    ["a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", "-a -b +b -b +c"],
    ["a\n", "a", "-a +a"],
  ];
  for (const [before, after, expected] of table) {
    const found = short(before, after);
    assert.equal(found.split(" ").length, expected.split(" ").length, `${before} ${after}`);
    if (before !== "a\nb\nc\na\nb\nb\na\n") assert.equal(found, expected);
  }
});

Deno.test("what is shown with all lines around makes the new text of the old one", () => {
  const random = seeded("diffs of texts");
  for (let n = 0; n < cases(300, 20_000); n++) {
    const words = ["a", "b", "c", "", "\td"];
    const text = () =>
      Array.from({ length: random.int(0, 30) }, () => random.pick(words)).join("\n") +
      (random.chance(0.8) ? "\n" : "");
    const before = text();
    const after = random.chance(0.5) ? text() : before.replace(/a\n?/, "");
    const all = diffOfTexts(before, after, 1000);
    const side = (other: "+" | "-") =>
      all.filter((l) => l.Sign !== other && l.Sign !== "@").map((l) => l.Text);
    const lines = (of: string) =>
      of.match(/[^\n]*\n|[^\n]+$/g)?.map((l) => l.replace("\n", "")) ?? [];
    if (before === after) assert.deepEqual(all, []);
    else {
      assert.deepEqual(side("+"), lines(before));
      assert.deepEqual(side("-"), lines(after));
    }
  }
});

Deno.test("lines far from a change are left out, and where it is is said", () => {
  const many = Array.from({ length: 20 }, (_, i) => `${i + 1}\n`);
  const other = many.with(9, "ten\n").join("");
  assert.deepEqual(diffOfTexts(many.join(""), other), [
    { Sign: "@", Text: "@@ line 8" },
    { Sign: " ", Text: "8" },
    { Sign: " ", Text: "9" },
    { Sign: "-", Text: "10" },
    { Sign: "+", Text: "ten" },
    { Sign: " ", Text: "11" },
    { Sign: " ", Text: "12" },
  ]);
});

Deno.test("texts with nothing in common cost no more than their lines", () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word}${i}\n`).join("");
  assert.equal(diffOfTexts(text("a"), text("b")).length, 40_000);
});
