import assert from "node:assert/strict";
import { latest, listed, query, source } from "../../../lib/go/query.ts";
import { isPrefix } from "../../../lib/go/querymatcher.ts";
import { isPseudoVersion } from "../../../lib/go/pseudo.ts";
import { type Retract } from "../../../lib/go/retract.ts";
import { versionsOfTags } from "../../../lib/go/versions.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";
import { gitInstead, goList } from "./golist.ts";
import { chosen, retract } from "./offers.ts";

Deno.test("latest is the highest release that is not retracted, then the highest pre-release", () => {
  const versions = ["v1.10.0", "v1.9.0", "v1.11.0-rc.2", "v1.11.0-rc.1", "v0.1.0"];
  const table: [retracts: Retract[], latest: string | null][] = [
    [[], "v1.10.0"],
    [[retract("v1.10.0")], "v1.9.0"],
    [[retract("v1.0.0", "v1.10.0")], "v0.1.0"],
    [[retract("v0.0.0", "v1.10.0")], "v1.11.0-rc.2"],
    [[retract("v0.0.0", "v1.10.0"), retract("v1.11.0-rc.2")], "v1.11.0-rc.1"],
    [[retract("v0.0.0-0", "v1.11.0")], null],
    [[retract("v1.11.0", "v0.0.0")], "v1.10.0"],
  ];
  for (const [retracts, expected] of table) {
    assert.equal(latest({ versions, retracts }), expected, JSON.stringify(retracts));
  }
  assert.equal(source({ versions }), "v1.10.0");
  assert.equal(source({ versions: ["v1.0.0-rc.2", "v1.0.0-rc.10"] }), "v1.0.0-rc.10");
  assert.equal(source({ versions: [] }), null);
  assert.equal(
    latest({ versions: ["v0.0.0-20260102030405-abcdefabcdef", "nightly", "1.0.0"] }),
    null,
  );
});

Deno.test("incompatible versions are offered only while there is no go.mod, and asked about no more than needed", () => {
  const versions = ["v1.0.0", "v1.1.0-rc.1"];
  const incompatible = ["v2.0.0", "v2.1.0", "v3.0.0", "v3.1.0-rc.1"];
  const table: [withGoMod: string[], latest: string, asked: string[]][] = [
    [["v1.1.0-rc.1"], "v1.0.0", ["v1.1.0-rc.1"]],
    [["v3.1.0-rc.1"], "v2.1.0+incompatible", ["v1.1.0-rc.1", "v3.1.0-rc.1", "v2.1.0"]],
    [["v3.0.0"], "v3.0.0+incompatible", ["v1.1.0-rc.1", "v3.1.0-rc.1", "v2.1.0"]],
    [["v2.1.0", "v3.1.0-rc.1"], "v1.0.0", ["v1.1.0-rc.1", "v3.1.0-rc.1", "v2.1.0"]],
  ];
  for (const [withGoMod, expected, asked] of table) {
    const questions = new Set<string>();
    const hasGoMod = (v: string) => {
      questions.add(v);
      return withGoMod.includes(v);
    };
    assert.equal(latest({ versions, incompatible, hasGoMod }), expected, `${withGoMod}`);
    assert.deepEqual([...questions], asked);
  }
  assert.equal(latest({ versions, incompatible }), "v1.0.0");
  assert.equal(latest({ versions: [], incompatible }), null);
  const none = () => false;
  assert.equal(latest({ versions: [], incompatible, hasGoMod: none }), "v3.0.0+incompatible");
  const retracts = [retract("v3.0.0")];
  assert.equal(latest({ versions, incompatible, retracts, hasGoMod: none }), "v2.1.0+incompatible");
});

Deno.test(
  needsGo("the go command lists the same versions of random repositories, incompatible ones too"),
  () => {
    const random = seeded("incompatible");
    using folder = new Folder();
    const env = gitEnvironment(folder.path);
    const repos = Array.from({ length: cases(8, 80) }, (_, i) => {
      const name = `r${i}`, path = `github.com/t/${name}`, cwd = folder.join(name);
      const git = (...args: string[]) =>
        run("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd, env });
      Deno.mkdirSync(cwd);
      git("init", "-q", "-b", "main");
      git("commit", "-q", "--allow-empty", "-m", "before modules");
      Deno.writeTextFileSync(folder.join(name, "go.mod"), `module ${path}\n`);
      git("add", "go.mod");
      git("commit", "-q", "-m", "a module");
      const pool = [
        "v0.1.0",
        "v1.0.0",
        "v1.1.0-rc.1",
        "v1.2",
        "v2.0.0",
        "v2.1.0",
        "v2.2.0-rc.1",
        "v3.0.0",
        "v10.0.0",
        "v10.1.0",
      ];
      const withGoMod = new Map<string, boolean>();
      for (const tag of random.shuffle(pool).slice(0, random.int(3, 8))) {
        withGoMod.set(tag, random.chance(0.35));
        git("tag", tag, withGoMod.get(tag) ? "HEAD" : "HEAD~1");
      }
      return { path, withGoMod };
    });
    using go = new Go({
      GOPROXY: "direct",
      ...gitInstead("https://github.com/t/", folder.path + "/"),
    });
    // Without -retracted nothing at all is listed where the go.mod of the highest version cannot be had.
    const queries = repos.map(({ path }) => `${path}@latest`);
    const answers = goList(go, ["-versions", "-retracted"], queries);
    for (const [i, { path, withGoMod }] of repos.entries()) {
      const tags = versionsOfTags(withGoMod.keys(), { prefix: "", pathMajor: "" });
      const offer = {
        versions: tags.Versions,
        incompatible: tags.Incompatible,
        hasGoMod: (v: string) => withGoMod.get(v)!,
      };
      const of = `${path} ${JSON.stringify([...withGoMod])}`;
      assert.deepEqual(listed(offer), answers[i]!.Versions ?? [], of);
      // Where the chosen commit is none of this path go fails; it never takes another one.
      const version = chosen(answers[i]!);
      if (version !== null) {
        assert.equal(source(offer), isPseudoVersion(version) ? null : version, of);
      }
    }
  },
);

Deno.test("queries choose as go-rules §9.1 says", () => {
  const versions = ["v0.9.0", "v1.0.0", "v1.5.1", "v1.5.2", "v1.5.3-pre1", "v1.6.0-rc.1", "v2.0.0"];
  const retracts = [retract("v1.5.2")];
  const table: [q: string, asking: Parameters<typeof query>[2], chosen: string | null][] = [
    ["latest", {}, "v2.0.0"],
    ["v1", {}, "v1.5.2"],
    ["v1", { retracts }, "v1.5.1"],
    ["v0", {}, "v0.9.0"],
    ["v1.5", { retracts }, "v1.5.1"],
    ["v1.6", {}, null],
    ["v3", {}, null],
    ["v1.5.2", { retracts }, "v1.5.2"],
    ["v1.5.2+meta", {}, "v1.5.2"],
    ["v1.7.0", {}, null],
    ["patch", {}, null],
    ["patch", { current: "v1.5.1" }, "v1.5.2"],
    ["patch", { current: "v1.5.1", retracts }, "v1.5.1"],
    ["patch", { current: "v1.5.2", retracts }, "v1.5.3-pre1"],
    ["patch", { current: "v1.5.2", retracts, keep: true }, "v1.5.2"],
    ["patch", { current: "v1.7.0" }, "v1.7.0"],
    ["upgrade", {}, "v2.0.0"],
    ["upgrade", { current: "v9.0.0" }, "v9.0.0"],
    ["upgrade", { current: "v2.0.0", retracts: [retract("v2.0.0")] }, null],
    ["upgrade", { current: "v2.0.0", retracts: [retract("v2.0.0")], keep: true }, "v2.0.0"],
    ["main", {}, null],
    ["none", {}, null],
  ];
  for (const [q, asking, chosen] of table) {
    assert.equal(query({ versions }, q, asking), chosen, `${q} ${JSON.stringify(asking)}`);
  }
  // A pre-release of v1.6.0 is below v1.6; one of v1.6.1 is not.
  assert.equal(query({ versions: ["v1.6.1-rc.1", "v1.6.1-rc.2"] }, "v1.6"), "v1.6.1-rc.2");
  for (const v of ["v1", "v1.2", "v0"]) assert.ok(isPrefix(v), v);
  for (const v of ["v1.2.3", "v1.2.3-rc.1", "v1.2.3+meta", "v2.0.0+incompatible", "1", "main"]) {
    assert.ok(!isPrefix(v), v);
  }
});
