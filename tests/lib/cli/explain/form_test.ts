/** What a version's form says, against Go's own answers. */
import assert from "node:assert/strict";
import {
  generalVersion,
  looksLikeVersion,
  nextText,
  stageOf,
  versionMeant,
  whyNoVersion,
} from "../../../../lib/cli/explain/form.ts";

interface Row {
  in: string;
  valid: boolean;
  modCanonical: string;
  major: string;
  build: string;
  isPseudo: boolean;
  prerelease: string;
}

const { semver }: { semver: Row[] } = JSON.parse(
  Deno.readTextFileSync(new URL("../../../vectors/semver_module.json", import.meta.url)),
);

Deno.test("a word is a version exactly where Go has a canonical one", () => {
  for (const row of semver) {
    const canonical = row.valid && row.modCanonical === row.in;
    const compatible = row.build === "+incompatible" && /^v[01]$/.test(row.major);
    assert.equal(whyNoVersion(row.in) === null, canonical && !compatible, row.in);
    if (!canonical || compatible) continue;
    const stage = row.isPseudo
      ? "pseudo"
      : row.prerelease !== ""
      ? "pre-release"
      : row.major === "v0"
      ? "v0"
      : "stable";
    assert.equal(stageOf(row.in), stage, row.in);
    assert.equal(generalVersion(row.in).Version, row.in);
  }
});

Deno.test("why a word is no version is said by what is wrong with it", () => {
  const table: [word: string, why: RegExp, meant: string | undefined][] = [
    ["1.2.3", /begins with v/, "v1.2.3"],
    ["V1.2.3", /small letter/, "v1.2.3"],
    ["v1", /three numbers.*highest release that begins with v1/, "v1.0.0"],
    ["v1.2", /three numbers/, "v1.2.0"],
    ["v1.2-rc.1", /all three numbers before/, undefined],
    ["v1.2.3.4", /it has three numbers/, undefined],
    ["v01.2.3", /leading zero/, "v1.2.3"],
    ["v1.2.3-01", /leading zero/, "v1.2.3-1"],
    ["v1.2.3-a_b", /letters, digits and -/, undefined],
    ["v1.2.3+meta", /build metadata/, "v1.2.3"],
    ["v1.2.3+incompatible", /from v2 on/, undefined],
    ["v2.0.0+incompatible.dirty", /build metadata/, "v2.0.0"],
  ];
  for (const [word, why, meant] of table) {
    assert.match(whyNoVersion(word) ?? "", why, word);
    assert.equal(versionMeant(word), meant, word);
    assert.ok(looksLikeVersion(word), word);
  }
  for (const word of ["main", "v", "vendor", "2024", "abc1234", "sub/v1.0.0"]) {
    assert.ok(!looksLikeVersion(word), word);
  }
});

Deno.test("what may follow a version keeps to its promise, and to the numbers that are taken", () => {
  const next = (v: string, path: string, Line = v, Major = v) => nextText(v, path, { Line, Major });
  const numbers = (text: string) => text.match(/v\d+\.\d+\.\d+|\/v\d+|\.v\d+/g);
  assert.deepEqual(numbers(next("v1.2.3", "example.com/m")), ["v1.2.4", "v1.3.0", "v2.0.0", "/v2"]);
  assert.deepEqual(numbers(next("v0.2.3", "example.com/m")), ["v0.2.4", "v0.3.0", "v1.0.0"]);
  assert.deepEqual(numbers(next("v2.0.0", "example.com/m/v2")), [
    "v2.0.1",
    "v2.1.0",
    "v3.0.0",
    "/v3",
  ]);
  assert.deepEqual(numbers(next("v3.0.0", "gopkg.in/y.v3")), ["v3.0.1", "v3.1.0", "v4.0.0", ".v4"]);
  assert.match(next("v1.0.0", "example.com/m", "v1.0.4", "v1.6.2"), /v1\.0\.5 for.*v1\.7\.0 for/);
});

Deno.test("a pseudo-version is taken apart, or refused in Go's words", () => {
  const text = (v: string) => generalVersion(v).Text.join(" ");
  assert.match(
    text("v1.2.4-0.20240102030405-abcdefabcdef"),
    /2024-01-02 03:04:05 UTC, after v1\.2\.3/,
  );
  assert.match(text("v1.2.4-0.20240102030405-abcdefabcdef"), /above v1\.2\.3 and below the patch/);
  assert.match(text("v1.0.1-pre.0.20240102030405-abcdefabcdef"), /after v1\.0\.1-pre/);
  assert.match(text("v2.0.0-20240102030405-abcdefabcdef"), /no version before it.*below v2\.0\.0/);
  assert.match(text("v1.0.0-0.20240102030405-abcdefabcdef"), /negative patch number/);
  assert.match(text("v0.0.0-20240199999999-abcdefabcdef"), /malformed time/);
});
