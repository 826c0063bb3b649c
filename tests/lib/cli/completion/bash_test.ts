import assert from "node:assert/strict";
import { continued, readBash } from "../../../../lib/cli/completion/bash.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";
import { tryRun } from "../../../support/repo.ts";

Deno.test("a line of bash is read up to the cursor, and nothing before its command counts", () => {
  const table: [text: string, words: string[]][] = [
    ["gorel ", ["gorel", ""]],
    ["gorel pa", ["gorel", "pa"]],
    ["gorel -C 'a b' x\\ y", ["gorel", "-C", "a b", "x y"]],
    ['gorel --reason "say \\"no\\" for \\$5" v', ["gorel", "--reason", 'say "no" for $5', "v"]],
    ["gorel a'b'\"c\"d", ["gorel", "abcd"]],
    ["gorel $'it\\'s' ''", ["gorel", "it's", ""]],
    ["gorel m@v1 go.mod:7 --a=b", ["gorel", "m@v1", "go.mod:7", "--a=b"]],
    ["ls; GOREL_WAIT=1m gorel n", ["gorel", "n"]],
    ["gorel next | grep v && gorel s", ["gorel", "s"]],
    ["{ gorel s", ["gorel", "s"]],
    ["echo $(gorel s", ["gorel", "s"]],
    ['echo "$(gorel "s', ["gorel", "s"]],
    ["echo `gorel s", ["gorel", "s"]],
    ["gorel $(cat 'a)b') \"`x y`\" s", ["gorel", "$", "$", "s"]],
    ["gorel next >out 2>&1 --j", ["gorel", "next", "--j"]],
    ["gorel a\\", ["gorel", "a"]],
  ];
  for (const [text, words] of table) assert.deepEqual(readBash(text, "").words, words, text);
  for (const text of ["gorel >o", "gorel >", "gorel 2> o", "gorel &>o", "gorel < 'a b"]) {
    assert.equal(readBash(text, "").redirects, true, text);
  }
  assert.equal(readBash("gorel >o ", "").redirects, false);
});

const alphabet = [..."ab-./=:@,~^%+_ $`'\"\\!*?[]{}()<>|&;#é👩"];

/** A text as somebody may have typed it, in pieces of every kind of quotes; the last one stays open. */
function typed(random: Random, text: string): { raw: string; close: string; replaced: string } {
  let raw = "";
  let close = "";
  let from = 0;
  const rest = [...text];
  // Also nothing at all may stand in quotes.
  for (let first = true; first || rest.length > 0; first = false) {
    const piece = rest.splice(0, random.int(1, 5)).join("");
    raw += close;
    const kind = random.pick(["'", '"', "$'", "\\"]);
    if (kind === "'" && !piece.includes("'")) [raw, close] = [`${raw}'`, "'"];
    else if (kind === '"' && !/[!]/.test(piece)) [raw, close] = [`${raw}"`, '"'];
    else if (kind === "$'") [raw, close] = [`${raw}$'`, "'"];
    else close = "";
    from = raw.length;
    if (close === "") raw += piece.replace(/[^\w]/gu, "\\$&");
    else if (close === '"') raw += piece.replace(/[$`"\\]/g, "\\$&");
    else raw += raw.endsWith("$'") ? piece.replace(/[\\']/g, "\\$&") : piece;
  }
  return { raw, close, replaced: raw.slice(from) };
}

Deno.test("whatever is completed is one word to bash, and exactly the value", () => {
  const random = seeded("completed words of bash");
  const wanted: string[] = [];
  const lines: string[] = [];
  for (let n = cases(300, 3000); n > 0; n--) {
    const value = Array.from({ length: random.int(1, 14) }, () => random.pick(alphabet)).join("");
    const begun = [...value].slice(0, random.int(0, 6)).join("");
    const { raw, close, replaced } = typed(random, begun);
    const line = readBash(`gorel x ${raw}`, replaced);
    assert.equal(line.words.at(-1), begun, raw);
    const text = continued(line, value);
    if (text === null) {
      assert.equal(line.quote, '"', raw);
      assert.ok(value.slice(begun.length).includes("!"), value);
      continue;
    }
    wanted.push(value);
    // As readline does: the replaced part goes, and open quotes are closed.
    lines.push(`printf '%s\\0' ${raw.slice(0, raw.length - replaced.length)}${text}${close}`);
  }
  const { stdout, stderr } = tryRun("bash", ["-c", lines.join("\n")], {
    env: { LC_ALL: "C.UTF-8" },
  });
  assert.equal(stderr, "");
  assert.deepEqual(stdout.split("\0").slice(0, -1), wanted);
});

Deno.test("a backslash that waits for its character is taken back, and a strange answer is none", () => {
  assert.equal(continued(readBash("gorel a\\", "a\\"), "a b"), "a\\ b");
  assert.equal(continued(readBash("gorel a\\\\\\", "a\\\\\\"), "a\\ b"), "a\\\\\\ b");
  assert.equal(continued(readBash("gorel ab", "xy"), "abc"), null);
});
