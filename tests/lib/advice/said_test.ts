import assert from "node:assert/strict";
import { consequences } from "../../../lib/advice/consequences.ts";
import { problemsOfNamed } from "../../../lib/advice/named.ts";
import { evidenceAgainst, type Said, wishFor } from "../../../lib/advice/said.ts";
import type { ModuleFacts } from "../../../lib/facts/types.ts";
import { factsOf, wire } from "../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);
const v1 = facts.Modules[0]!;

/** The same module with another last release, or none. */
function based(version: string | null, more: Partial<ModuleFacts> = {}): ModuleFacts {
  const { Base: _b, Highest: _h, ...rest } = v1;
  if (version === null) return { ...rest, Versions: [], ...more };
  const fact = { ...v1.Base!, Version: version, Tag: version };
  return { ...rest, Base: fact, Highest: fact, Versions: [fact], ...more };
}

Deno.test("an answer leads to a release: in v0 a break is a minor", () => {
  const cases: [Said, string | null, string | null][] = [
    ["fix", "v1.4.2", "patch"],
    ["feature", "v1.4.2", "minor"],
    ["breaking", "v1.4.2", "major"],
    ["breaking", "v0.4.2", "minor"],
    ["breaking", null, "major"],
    ["experiment", "v0.4.2", "prerelease"],
    ["unsure", "v1.4.2", null],
  ];
  for (const [said, base, wish] of cases) assert.equal(wishFor(based(base), said), wish, said);
});

Deno.test("the evidence speaks against an answer that is too small, and against no other", () => {
  const commits = (subject: string): ModuleFacts => ({
    ...v1,
    Commits: {
      State: "known",
      Value: {
        Commits: [{
          Oid: "ab".repeat(20),
          Parents: [],
          Time: 0,
          AuthorName: "A",
          Subject: subject,
          Body: "",
        }],
        Files: ["a.go"],
      },
    },
  });
  const cases: [string, Said, number][] = [
    ["feat: more", "fix", 1],
    ["feat: more", "feature", 0],
    ["feat!: other", "fix", 1],
    ["feat!: other", "feature", 1],
    ["feat!: other", "breaking", 0],
    ["feat!: other", "experiment", 0],
    ["tidy", "fix", 0],
  ];
  for (const [subject, said, n] of cases) {
    assert.equal(evidenceAgainst(commits(subject), said).length, n, `${subject}, ${said}`);
  }
});

Deno.test("who gets a version is said as go decides it", () => {
  const cases: [ModuleFacts, string, RegExp][] = [
    [v1, "v1.4.3", /so does go get -u=patch in v1\.4\./],
    [v1, "v1.5.0", /go get -u=patch stays in v1\.4\./],
    [v1, "v1.5.0", /Nobody gets it by itself/],
    [v1, "v1.5.0-rc.1", /only who asks by name gets it/],
    [v1, "v1.2.4", /below v1\.4\.2: @latest and go get -u do not move/],
    [based("v0.3.1"), "v0.4.0", /v0 promises nothing/],
    [based("v0.3.1"), "v1.0.0", /The path stays the same\. v1\.0\.0 promises compatibility/],
    [based(null), "v0.1.0", /leaves every door open/],
    [based(null), "v1.0.0", /promises compatibility: .* a new module path \(…\/v2\)/],
    [
      based(null),
      "v0.1.0-rc.1",
      /There is no release yet, so @latest gives the newest pre-release/,
    ],
    [based(null, { Path: "gopkg.in/wire.v1" }), "v1.0.0", /\(…\.v2\)/],
  ];
  for (const [module, version, said] of cases) {
    assert.match(consequences(module, { Version: version }).join(" "), said, version);
  }
  const moved = consequences(v1, { Version: "v2.0.0", NewModule: `${v1.Path}/v2` });
  assert.match(moved[0]!, /Users of example\.com\/acme\/wire stay on v1, also with go get -u/);
});

Deno.test("a raised go line is a consequence from go 1.21 on", () => {
  const goMod = (Version: string) => ({ ...v1.GoMod.Mod, Go: { ...v1.GoMod.Mod.Go!, Version } });
  const cases: [string, string, boolean][] = [["1.22", "1.23", true], ["1.22", "1.22", false], [
    "1.18",
    "1.20",
    false,
  ]];
  for (const [before, now, said] of cases) {
    const module = {
      ...v1,
      BaseGoMod: goMod(before),
      GoMod: { ...v1.GoMod, Mod: goMod(now) },
    };
    const all = consequences(module, { Version: "v1.5.0" }).join(" ");
    assert.equal(all.includes(`It needs Go ${now}`), said, `${before} to ${now}`);
  }
});

Deno.test("a named version is judged before a plan is asked for", () => {
  const codes = (version: string, module = v1) =>
    problemsOfNamed(facts, module, version).map((p) => p.Code);
  assert.deepEqual(codes("v1.9.0"), []);
  assert.deepEqual(codes("v1.4.1"), ["version-exists", "backport"]);
  assert.deepEqual(codes("v1.2.4"), ["backport"]);
  assert.deepEqual(codes("v2.0.0"), []);
  assert.deepEqual(codes("v3.0.0"), ["path-version-mismatch"]);
});

Deno.test("a tag that was made by hand at HEAD is not taken", async () => {
  using tagged = wire();
  tagged.tag("v1.6.0");
  const now = await factsOf(tagged);
  assert.deepEqual(problemsOfNamed(now, now.Modules[0]!, "v1.6.0"), []);
});
