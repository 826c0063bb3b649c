import assert from "node:assert/strict";
import {
  checkRationale,
  coveredBy,
  covers,
  type Retract,
  retractions,
  shortRationale,
} from "../../../lib/go/retract.ts";
import { seeded } from "../../support/random.ts";

const one = (Low: string, High: string, Rationale = ""): Retract => ({ Low, High, Rationale });

Deno.test("an interval takes in what lies between its ends in Go's order", () => {
  const table: [low: string, high: string, covered: string[], not: string[]][] = [
    [
      "v1.0.0",
      "v1.1.0",
      ["v1.0.0", "v1.1.0", "v1.1.0-rc.1", "v1.0.1-0.20260102030405-abcdefabcdef", "v1.0.0+meta"],
      ["v1.0.0-rc.1", "v1.1.1", "v0.9.9"],
    ],
    ["v1.0.0", "v1.0.0", ["v1.0.0"], ["v1.0.0-rc.1", "v1.0.1"]],
    ["v1.1.0", "v1.0.0", [], ["v1.0.0", "v1.0.5", "v1.1.0"]],
    ["v2.0.0", "v2.0.0", ["v2.0.0+incompatible"], ["v2.0.1+incompatible"]],
    ["v0.0.0-0", "v9.9.9", ["v0.0.0-20260102030405-abcdefabcdef"], ["v10.0.0"]],
    // What is no version is below every version: open below, or empty.
    ["bad", "v1.0.0", ["v0.0.0-0", "v1.0.0"], ["v1.0.1"]],
    ["v1.0.0", "bad", [], ["v1.0.0"]],
    ["v1", "v1.1", ["v1.0.0", "v1.1.0"], ["v1.1.1"]],
  ];
  for (const [Low, High, covered, not] of table) {
    for (const v of covered) assert.equal(covers({ Low, High }, v), true, `[${Low}, ${High}] ${v}`);
    for (const v of not) assert.equal(covers({ Low, High }, v), false, `[${Low}, ${High}] ${v}`);
  }
});

Deno.test("many intervals at once take in what any of them takes in", () => {
  const random = seeded("intervals");
  const version = () => {
    const release = `v${random.int(0, 2)}.${random.int(0, 3)}.${random.int(0, 3)}`;
    const end = random.pick(["", "", "", "-0", "-rc.1", "-rc.2", "+incompatible", "+meta"]);
    return random.chance(0.05) ? random.pick(["bad", "v1", "v1.2"]) : release + end;
  };
  for (let i = 0; i < 500; i++) {
    const intervals = Array.from({ length: random.int(0, 6) }, () => one(version(), version()));
    const isCovered = coveredBy(intervals);
    for (let n = 0; n < 40; n++) {
      const v = version();
      const any = intervals.some((interval) => covers(interval, v));
      assert.equal(isCovered(v), any, `${v} of ${JSON.stringify(intervals)}`);
    }
  }
});

Deno.test("all reasons that match are given, and a missing one only when there is no other", () => {
  const retracts = [
    one("v1.0.0", "v1.0.9", "range"),
    one("v1.0.1", "v1.0.1"),
    one("v1.0.2", "v1.0.2", "own\n\nmore"),
    one("v1.0.2", "v1.0.2", "range"),
    one("v1.2.0", "v1.2.0"),
  ];
  assert.deepEqual(retractions(retracts, "v1.0.1"), ["range"]);
  assert.deepEqual(retractions(retracts, "v1.0.2"), ["range", "own\n\nmore", "range"]);
  assert.deepEqual(retractions(retracts, "v1.2.0"), ["retracted by module author"]);
  assert.equal(retractions(retracts, "v1.1.0"), null);
  assert.equal(retractions([], "v1.0.0"), null);
});

Deno.test("the first line of a reason is what go prints, unless it is too long or unprintable", () => {
  const tooLong = "(message omitted: too long)";
  const unprintable = "(message omitted: contains non-printable characters)";
  const table: [text: string, shown: string, wrong: RegExp | null][] = [
    ["nil pointer in Hello", "nil pointer in Hello", null],
    ["first\nsecond", "first", null],
    [" \t padded\u0085\u3000\nsecond", "padded", null],
    ["tab\tand\u2028separator", "tab\tand\u2028separator", null],
    ["", "retracted by module author", /^is empty/],
    [" \n\t ", "retracted by module author", /^is empty/],
    ["\nsecond", "retracted by module author", /^begins with an empty line/],
    ["é".repeat(250), "é".repeat(250), null],
    ["é".repeat(250) + "x", tooLong, /^has a first line of 501 bytes/],
    ["x".repeat(501) + "\u0007", tooLong, /501 bytes|502 bytes/],
    ["short\n" + "x".repeat(9000), "short", null],
    ["bell\u0007", unprintable, /U\+0007\): go would not show/],
    ["right to left \u202e", unprintable, /U\+202E/],
    ["\ufeffmark", unprintable, /U\+FEFF/],
    ["private \ue000", unprintable, /U\+E000/],
    ["half \ud800", unprintable, /U\+D800/],
    ["fine\nescape \u001b[31m", "fine", /U\+001B\): go list would/],
    ["日本語 😀 e\u0301", "日本語 😀 e\u0301", null],
  ];
  for (const [text, shown, wrong] of table) {
    assert.equal(shortRationale(text), shown, JSON.stringify(text));
    const said = checkRationale(text);
    if (wrong === null) assert.equal(said, null, JSON.stringify(text));
    else assert.match(said ?? "", wrong, JSON.stringify(text));
  }
});
