import assert from "node:assert/strict";
import { latest, listed, source } from "../../../lib/go/query.ts";
import { isPseudoVersion } from "../../../lib/go/pseudo.ts";
import { type Retract, retractions } from "../../../lib/go/retract.ts";
import { sort } from "../../../lib/go/semver.ts";
import { versionsOfTags } from "../../../lib/go/versions.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";
import { FileProxy, gitInstead, goList, type Listed } from "./golist.ts";

const retract = (Low: string, High = Low): Retract => ({ Low, High, Rationale: "" });

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

interface Case {
  path: string;
  /** Versions as a proxy lists them, with what stands in the go.mod of each; null: there is none. */
  mods: Map<string, Retract[] | null>;
}

const rationales = ["", "", "broken", "broken", "published by mistake\n\nsorry"];

function anyCase(random: Random, i: number): Case {
  const releases = ["v0.1.0", "v0.2.0", "v1.0.0", "v1.0.1", "v1.1.0", "v1.9.0", "v1.10.0"];
  const prereleases = ["v1.0.0-rc.1", "v1.1.0-rc.1", "v1.1.0-rc.2", "v1.1.0-rc.10", "v2.0.0-0"];
  const incompatible = ["v2.0.0", "v2.1.0-rc.1", "v2.1.0", "v3.0.0"].map((v) =>
    `${v}+incompatible`
  );
  const some = (of: string[], most: number) => random.shuffle(of).slice(0, random.int(0, most));
  // One case in four has only what is chosen last: pre-releases, or incompatible versions.
  const pool = [
    ...(i % 4 === 0 ? [] : some(releases, 4)),
    ...some(prereleases, i % 4 === 0 ? 3 : 2),
    ...(random.chance(0.4) ? some(incompatible, 3) : []),
  ];
  const ends = [
    ...releases,
    ...prereleases,
    ...incompatible,
    "v2.0.0",
    "v0.0.0-0",
    "v1.0.5",
    "v1.2",
    "bad",
  ];
  const entry = (): Retract => {
    const Low = random.pick([...pool, ...ends]);
    const High = random.chance(0.5) ? Low : random.pick([...pool, ...ends]);
    return { Low, High, Rationale: random.pick(rationales) };
  };
  const mods = new Map(
    random.shuffle(pool).map((v) => [
      v,
      random.chance(0.25) ? null : Array.from({ length: random.int(0, 4) }, entry),
    ]),
  );
  return { path: `example.com/latest${i}`, mods };
}

/** A go.mod with these retractions; without any go.mod a proxy serves the module line alone. */
function goMod(path: string, retracts: Retract[] | null): string {
  if (retracts === null) return `module ${path}\n`;
  const entries = retracts.map(({ Low, High, Rationale }) => {
    const comment = Rationale.split("\n").map((line) => `// ${line}`.trimEnd() + "\n").join("");
    return `\n${Rationale === "" ? "" : comment}retract [${Low}, ${High}]\n`;
  });
  return `module ${path}\n\ngo 1.20\n${entries.join("")}`;
}

/** The version that go chose; with an error it repeats the query instead. */
function chosen(answer: Listed): string | null {
  return answer.Error ? null : answer.Version!;
}

Deno.test(needsGo("latest and retractions of random modules are what the go command says"), () => {
  const random = seeded("latest");
  using proxy = new FileProxy();
  const all = Array.from(
    { length: cases(60, 600) },
    (_, i) => anyCase(random, i),
  );
  for (const { path, mods } of all) {
    const served = [...mods].map(([v, retracts]) => [v, goMod(path, retracts)] as const);
    proxy.add(path, [...mods.keys()], new Map(served));
  }
  const latestQueries = all.map(({ path }) => `${path}@latest`);
  const shown = goList(proxy.go, ["-versions"], latestQueries);
  const everything = goList(proxy.go, ["-versions", "-retracted"], latestQueries);
  const each = all.flatMap(({ path, mods }) => [...mods.keys()].map((v) => ({ path, v })));
  const retracted = new Map(
    goList(proxy.go, ["-retracted"], each.map(({ path, v }) => `${path}@${v}`))
      .map((answer) => [`${answer.Path}@${answer.Version}`, answer.Retracted ?? null]),
  );
  const seen = { retracted: 0, nothing: 0, incompatible: 0, prerelease: 0 };
  for (const [i, { path, mods }] of all.entries()) {
    const versions = [...mods.keys()];
    const hasGoMod = (v: string) => mods.get(v) !== null;
    const from = source({ versions, hasGoMod });
    const retracts = (from === null ? null : mods.get(from)) ?? [];
    const of = `${path} ${JSON.stringify([...mods])}`;

    assert.equal(from, chosen(everything[i]!), of);
    assert.equal(latest({ versions, retracts, hasGoMod }), chosen(shown[i]!), of);
    assert.deepEqual(listed({ versions, hasGoMod }), everything[i]!.Versions ?? [], of);
    const allowed = sort(versions).filter((v) => retractions(retracts, v) === null);
    assert.deepEqual(allowed, shown[i]!.Versions ?? [], of);
    for (const v of versions) {
      assert.deepEqual(retractions(retracts, v), retracted.get(`${path}@${v}`), `${v} of ${of}`);
      if (retractions(retracts, v) !== null) seen.retracted++;
    }
    const version = chosen(shown[i]!);
    if (version === null) seen.nothing++;
    else if (version.endsWith("+incompatible")) seen.incompatible++;
    else if (version.includes("-")) seen.prerelease++;
  }
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 0, `no case of: ${what}`);
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
