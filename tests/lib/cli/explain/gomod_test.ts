/** `explain go.mod`: what a line is, and the facts that its text has to name. */
import assert from "node:assert/strict";
import type { Around } from "../../../../lib/cli/explain/around.ts";
import {
  explainGoMod,
  explainLine,
  type ReadGoMod,
  readGoMod,
} from "../../../../lib/cli/explain/gomod.ts";
import { toJSON } from "../../../../lib/go/modfile/mod.ts";
import { query } from "../../../../lib/go/query.ts";
import type { Retract } from "../../../../lib/go/retract.ts";
import { encode } from "../../../../lib/text.ts";
import { cases, seeded } from "../../../support/random.ts";
import { goMod } from "../../go/modfile/generate.ts";

const alone: Around = { File: "go.mod", Siblings: [], Tags: new Set() };

function read(text: string): ReadGoMod {
  const found = readGoMod("go.mod", encode(text));
  assert.ok(!Array.isArray(found), JSON.stringify(found));
  return found;
}

/** What is said of one line, as one text. */
function said(text: string, line: number, around: Around = alone): string {
  return explainLine(read(text), line, around)!.Text.join(" ");
}

/** Published versions, and what the newest of them retracts. */
function own(versions: string[], source: string, retracts: Retract[] = []): Around {
  const ask = (q: string, with_: readonly Retract[]) => query({ versions }, q, { retracts: with_ });
  const Own = { All: versions, Listed: versions, Source: source, Retracts: retracts, query: ask };
  return { ...alone, Dir: "", Own: { ...Own, Latest: ask("latest", retracts) } };
}

const head = "module example.com/m\n\n";

Deno.test("each directive is explained by what it does to users", () => {
  const table: [line: string, ...facts: RegExp[]][] = [
    ["go 1.20", /no hard minimum/, /may use generics/, /share their variables/],
    ["go 1.16", /nothing is pruned/, /refuses generics/],
    ["go 1.24", /Go 1\.24 or newer/, /GOTOOLCHAIN=local the build stops/, /vendor\/modules\.txt/],
    ["go 1.22.3", /language of Go 1\.22\./, /variables of its own/],
    ["go 1.25rc1", /pre-release of Go/],
    ["toolchain go1.24.3", /Only for work in this module/, /never looks at/],
    ["godebug panicnil=1", /built in this module only/],
    ["require example.com/a v1.2.3", /Users build with v1\.2\.3/, /direct requirement/],
    ["require example.com/a v1.2.3 // indirect", /^Indirect/, /remark of go mod tidy/],
    ["require example.com/a v1.2.3-rc.1", /a pre-release: users of this module get it/],
    ["require example.com/a v2.0.0+incompatible", /before modules/],
    ["require example.com/a v0.3.0", /v0: its next minor release may break/],
    [
      "require example.com/a v1.2.4-0.20240102030405-abcdefabcdef",
      /commit abcdefabcdef of 2024-01-02 03:04:05 UTC, after v1\.2\.3/,
    ],
    ["require example.com/a v0.0.0-00010101000000-000000000000", /every user's build fails/],
    ["require example.com/m/v2 v2.1.0", /another major version of this very module/],
    ["exclude example.com/a v1.0.0", /users of this module get it all the same/, /refuses it/],
    ["replace example.com/a => ../a", /users of this module get example\.com\/a itself/, /refuses/],
    ["replace example.com/a v1.0.0 => example.com/b v1.1.0", /a v1\.0\.0 is taken from example/],
    ["retract v1.0.0 // leaks", /"leaks"/, /highest release/, /Nothing is deleted/],
    ["retract [v1.2.0, v1.0.0]", /reversed: it covers no version/, /\[v1\.0\.0, v1\.2\.0\]/],
    ["retract v1.0.0", /"retracted by module author"/],
    ["tool example.com/a/cmd/gen", /go tool gen/, /users have them in their module graph/],
    ["ignore ./web", /stay in the module zip/, /that one folder/],
    ["ignore web", /every folder of that name/],
  ];
  for (const [line, ...facts] of table) {
    const text = said(`${head}${line}\n`, 3);
    for (const fact of facts) assert.match(text, fact, line);
  }
});

Deno.test("the module line says which versions and tags are the path's", () => {
  const of = (path: string, dir: string) => said(`module ${path}\n`, 1, { ...alone, Dir: dir });
  assert.match(
    of("example.com/m", ""),
    /v2 is another path, example\.com\/m\/v2.*such as v1\.2\.3/,
  );
  assert.match(of("example.com/m/v3", ""), /only versions v3\.x\.y.*such as v3\.2\.3/);
  assert.match(of("example.com/m/sub/v2", "sub/v2"), /such as sub\/v2\.2\.3/);
  assert.match(of("gopkg.in/yaml.v3", ""), /such as v3\.2\.3/);
  assert.match(of("example.com/Azure", ""), /example\.com\/!azure/);
  assert.match(of("greet", ""), /no dot/);
  assert.match(of("example.com/aux", ""), /disallowed as path element component on Windows/);
});

Deno.test("a retraction is in force only where the highest release has it", () => {
  const text = `${head}retract v1.0.0 // bad\n`;
  const versions = ["v1.0.0", "v1.0.1", "v1.1.0"];
  const pending = said(text, 3, own(versions, "v1.1.0"));
  assert.match(pending, /in force for nobody until a release above v1\.1\.0/);
  const now = own(versions, "v1.1.0", [{ Low: "v1.0.0", High: "v1.0.0", Rationale: "bad" }]);
  assert.match(said(text, 3, now), /It is in force: the go\.mod of v1\.1\.0/);
  assert.match(said(`${head}retract v7.0.0\n`, 3, now), /no version there is/);
  const range = said(`${head}retract [v1.0.0, v1.0.9] // bad\n`, 3, own(versions, "v1.1.0"));
  assert.match(range, /v1\.0\.0, v1\.0\.1/);
  assert.match(range, /Then @v1\.0 finds no version instead of v1\.0\.1/);
  const wide = [{ Low: "v1.1.0", High: "v1.1.0", Rationale: "" }];
  assert.match(
    said(`${head}retract v1.1.0\n`, 3, own(versions, "v1.1.0", wide)),
    /For it @latest gives v1\.0\.1 instead of v1\.1\.0/,
  );
});

Deno.test("a deprecation says whether users see it yet, or still", () => {
  const text = "// Deprecated: use n.\nmodule example.com/m\n";
  assert.match(said(text, 2), /deprecated: "use n\."/);
  assert.match(said(text, 2, own(["v1.0.0"], "v1.0.0")), /in force for nobody until/);
  const around = own(["v1.0.0"], "v1.0.0");
  const still = { ...around, Own: { ...around.Own!, Deprecated: "use n." } };
  assert.match(said(text, 2, still), /It is in force/);
  assert.match(said(head, 1, still), /takes the deprecation back/);
});

Deno.test("a module of the same repository is required as its tag has it", () => {
  const Siblings = [{ Path: "example.com/m/sub", Dir: "sub", TagPrefix: "sub/" }];
  const text = `${head}require example.com/m/sub v0.2.0\n`;
  const here = { ...alone, Siblings, Tags: new Set(["sub/v0.2.0"]) };
  assert.match(said(text, 3, here), /as its tag sub\/v0\.2\.0 has it, not as it lies here/);
  assert.match(said(text, 3, { ...here, Tags: new Set() }), /no such tag here/);
});

Deno.test("other lines of the file count for a requirement", () => {
  const text = `${head}require (\n\texample.com/a v1.0.0\n\texample.com/a v1.1.0\n)\n` +
    "replace example.com/a v1.0.0 => ../a\nexclude example.com/a v1.0.0\n";
  assert.match(said(text, 4), /Line 5 requires v1\.1\.0.*Line 7 replaces it.*Line 8 excludes/);
  assert.doesNotMatch(said(text, 5), /Line/);
});

Deno.test("what the proxy says of a requirement is passed on", () => {
  const Required = { Retracted: ["leaks\nmore"], Latest: "v1.4.0", Deprecated: "use b" };
  const text = said(`${head}require example.com/a v1.0.0\n`, 3, { ...alone, Required });
  assert.match(
    text,
    /v1\.0\.0 is retracted: "leaks"\..*deprecated: use b.*latest of it is v1\.4\.0/,
  );
});

Deno.test("comments and blank lines are told from those that Go reads", () => {
  const text = [
    "// Deprecated: no.", // 1: kept apart by the blank line below
    "",
    "module example.com/m",
    "",
    "// why", // 5
    "retract v1.0.0",
    "// all of them", // 7
    "retract (",
    "\tv1.1.0",
    "", // 10: takes the block's reason from the next entry
    "\tv1.2.0",
    "\t// own",
    "\tv1.3.0",
    "\t// last", // 14
    ")",
    "",
    "// lost", // 17
    "",
    "retract v1.4.0",
    "go 1.21 // old",
    "",
  ].join("\n");
  const facts: Record<number, RegExp> = {
    1: /does not read.*line 3.*deprecation/,
    2: /deprecation above/,
    4: /A blank line\./,
    5: /reason that users are shown.*line 6/,
    7: /entries of the block in line 8 that have none of their own/,
    8: /block of 3 entries/,
    9: /"all of them"/,
    10: /keeps the reason above from the retraction in line 11/,
    11: /gives no reason/,
    12: /line 13/,
    13: /"own"/,
    14: /Go does nothing with it\./,
    15: /Ends the retract block/,
    17: /does not read.*line 19.*a reason/,
    18: /line 19/,
    19: /gives no reason/,
  };
  for (const [line, fact] of Object.entries(facts)) {
    assert.match(said(text, Number(line)), fact, line);
  }
  const shown = explainGoMod(read(text), alone).List!.map((row) => row.Name.split("  ")[0]);
  assert.deepEqual(shown, "1 2 3 5 6 7 8 9 10 11 12 13 14 17 18 19 20".split(" "));
});

Deno.test("a broken go.mod is one problem an error, named as Go names it", () => {
  const broken = readGoMod("sub/go.mod", encode(`${head}go 1.x\nrequire a\nfoo bar\n`));
  assert.ok(Array.isArray(broken));
  assert.deepEqual(broken.map((p) => [p.Code, p.Level, p.Where]), [
    ["go-mod-invalid", "stop", { File: "sub/go.mod", Line: 3 }],
    ["go-mod-invalid", "stop", { File: "sub/go.mod", Line: 4 }],
    ["go-mod-invalid", "stop", { File: "sub/go.mod", Line: 5 }],
  ]);
  assert.match(broken[2]!.Text, /^sub\/go\.mod:5: unknown directive: foo/);
  const odd = read(`${head}retract v9.0.0\n`);
  assert.deepEqual(odd.Problems.map((p) => [p.Level, p.Where?.Line]), [["warn", 3]]);
});

Deno.test("control characters of a go.mod reach no text", () => {
  const text = `${head}retract v1.0.0 // \x1b[31mred\u202e\n`;
  const page = explainLine(read(text), 3, alone)!;
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch([...page.Text, ...page.Example!].join(""), /[\x00-\x1f\u202e]/);
});

Deno.test("every line of a random go.mod has its explanation, and each entry is found", () => {
  const random = seeded("explain go.mod");
  for (let i = cases(100, 2000); i > 0; i--) {
    const text = goMod(random);
    const found = read(text);
    const lines = text.replace(/\n$/, "").split("\n");
    assert.equal(found.Lines.length, text === "" ? 0 : lines.length, JSON.stringify(text));
    for (const { Number: number, Is } of found.Lines) {
      const page = explainLine(found, number, alone)!;
      assert.ok(page.Text.length > 0 && page.Text[0]!.length > 10, `${number} of ${text}`);
      if (lines[number - 1]!.trim() === "") assert.equal(Is.Kind, "blank", `${number} of ${text}`);
    }
    assert.ok(explainGoMod(found, alone).List);
    // A comment that counts is in the reason, or the deprecation, that Go reads.
    const document = toJSON(found.Mod);
    const reasons = [document.Module.Deprecated, ...document.Retract?.map((r) => r.Rationale) ?? []]
      .join("\n");
    for (const { Text, Is } of found.Lines) {
      if (Is.Kind !== "comment" || !Is.About.Read || Is.About.Verb !== "retract") continue;
      assert.ok(reasons.includes(Text.trim().replace(/^\/\/\s*/, "").trim()), `${Text} of ${text}`);
    }
  }
});
