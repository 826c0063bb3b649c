import assert from "node:assert/strict";
import { readGoFile } from "../../../../lib/go/imports/read.ts";
import { Scanner } from "../../../../lib/go/imports/scan.ts";
import { unquote } from "../../../../lib/go/imports/unquote.ts";
import { needsGo } from "../../../support/go.ts";
import { Oracle } from "../../../support/oracle.ts";
import { cases, seeded } from "../../../support/random.ts";
import { goSource } from "../../plan/major/gosource.ts";
import { bytesOf } from "../../plan/major/marked.ts";

Deno.test("tokens cover a text of any form, in order", () => {
  const text = "\xef\xbb\xbfa1 'b\\'' `c\n\r`+\"d\\\"\" //e\r\n/*f*/\"g\n'h\n`i";
  const tokens: string[] = [];
  const scanner = new Scanner(text);
  while (scanner.next() !== "EOF") {
    const { token, start, end, newline } = scanner;
    tokens.push(`${newline ? "^" : ""}${token} ${text.slice(start, end)}`);
  }
  assert.deepEqual(tokens, [
    "Word a1",
    "Rune 'b\\''",
    "RawString `c\n\r`",
    "Operator +",
    'String "d\\""',
    "LineComment //e",
    "^BlockComment /*f*/",
    'String "g',
    "^Rune 'h",
    "^RawString `i",
  ]);
});

Deno.test("a literal's bytes know where they are written", () => {
  const text = String.raw`x "a\u00e9\n\x41\101\q"`;
  const { Value, Valid, place } = unquote(text, 2, text.length);
  assert.equal(Value, "a\xc3\xa9\nAA\\q");
  assert.equal(Valid, false, "\\q is no escape");
  assert.deepEqual([0, 1, 2, 3, 4, 5, 8].map(place), [3, 4, 4, 10, 12, 16, 22]);
  assert.equal(unquote('"\\ud800"', 0, 8).Valid, false, "half a pair is no character");
});

Deno.test("imports are read also where Go refuses the file", () => {
  const read = (text: string) =>
    readGoFile(text, () => {}).Imports.flatMap(({ Specs }) =>
      Specs.map(({ Name, Path }) => [Name, Path.Value])
    );
  assert.deepEqual(read('package p\nimport ("a" b "c", "d"\nfunc x() { import "e" }'), [
    [undefined, "a"],
    ["b", "c"],
    [undefined, "d"],
    [undefined, "e"],
  ]);
  assert.deepEqual(read("import"), []);
  assert.deepEqual(read('import ( import "a"'), [[undefined, "a"]]);
  assert.deepEqual(read('import + "a"\nimport \'x\' "b"'), []);
});

Deno.test(
  needsGo("random files: imports and import comments are those of go/parser and go/build"),
  async () => {
    const random = seeded("imports");
    const sources = Array.from({ length: cases(300, 6000) }, () => {
      const source = bytesOf(goSource(random));
      if (!random.chance(0.3)) return source;
      const forms = [
        '// import "a"',
        "/*import `a`*/",
        "// import a",
        '/* import "a" b */ ',
        "//",
        '; // import "a"',
      ];
      return source.replace(/package \w+/, (clause) => `${clause} ${random.pick(forms)}\n`);
    });
    const oracle = await Oracle.open();
    const inputs = sources.map((text) => [Uint8Array.from(text, (char) => char.charCodeAt(0))]);
    const parsed = await oracle.each("parser.Imports", inputs);
    const comments = await oracle.each("build.ImportComment", inputs);
    sources.forEach((source, i) => {
      const file = readGoFile(source);
      const specs = file.Imports.flatMap(({ Specs }) => Specs)
        .map(({ Name = "", Path, Start, End }) => ({
          Name: utf8(Name),
          Path: Path.Value,
          Start,
          End,
        }));
      if (parsed[i]![1]) assert.deepEqual(specs, parsed[i]![0], source);
      // go/build looks for it only in a file whose imports it could read, and that is built.
      const comment = comments[i]![0];
      if (comment !== "") assert.equal(file.ImportComment?.Path.Value, comment, source);
      else if (/^package/.test(source)) assert.equal(file.ImportComment, undefined, source);
    });
  },
);

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
