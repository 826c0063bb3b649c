import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { latest, listed, query, source } from "../../../lib/go/query.ts";
import { isPrefix } from "../../../lib/go/querymatcher.ts";
import { isPseudoVersion } from "../../../lib/go/pseudo.ts";
import { type Retract, retractions } from "../../../lib/go/retract.ts";
import { sort } from "../../../lib/go/semver.ts";
import { versionsOfTags } from "../../../lib/go/versions.ts";
import { encode } from "../../../lib/text.ts";
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

/** A main module that requires a version of each path. */
function mainModule(required: readonly (readonly [path: string, version: string])[]): string {
  const lines = required.map(([path, version]) => `\t${path} ${version}\n`).join("");
  return `module example.com/main\n\ngo 1.20\n\nrequire (\n${lines})\n`;
}

Deno.test(
  needsGo("prefixes, upgrade, patch and pins of random modules are what the go command chooses"),
  () => {
    const random = seeded("query");
    using proxy = new FileProxy();
    const prefixes = ["v0", "v1", "v2", "v3", "v0.1", "v1.0", "v1.1", "v1.9", "v1.10", "v2.1"];
    const all = Array.from({ length: cases(40, 400) }, (_, i) => {
      const { path, mods } = anyCase(random, 2000 + i);
      proxy.add(path, [...mods.keys()], new Map([...mods].map(([v, r]) => [v, goMod(path, r)])));
      const versions = [...mods.keys()];
      const hasGoMod = (v: string) => mods.get(v) !== null;
      const from = source({ versions, hasGoMod });
      const retracts = (from === null ? null : mods.get(from)) ?? [];
      return { path, versions, offer: { versions, hasGoMod }, retracts };
    });
    const judge = (asked: { c: typeof all[number]; q: string; current?: string }[]) => {
      const answers = goList(proxy.go, [], asked.map(({ c, q }) => `${c.path}@${q}`));
      let some = 0;
      for (const [i, { c, q, current }] of asked.entries()) {
        const asking = { retracts: c.retracts, ...(current !== undefined && { current }) };
        const of = `${q} of ${JSON.stringify(c)} from ${current}`;
        assert.equal(query(c.offer, q, asking), chosen(answers[i]!), of);
        if (chosen(answers[i]!) !== null) some++;
      }
      assert.ok(some > 0 && some < asked.length, "go chose something, but not always");
    };
    judge(all.flatMap((c) => [
      ...["latest", ...random.shuffle(prefixes).slice(0, 4)].map((q) => ({ c, q })),
      ...["v1.0.0", "v1.1.0", "v1.1.0-rc.2", "v0.2.0+meta"].map((q) => ({ c, q })),
    ]));
    // What a go.mod cannot require is no current version.
    const required = all.flatMap((c) => {
      const possible = c.versions.filter((v) => v !== "v2.0.0-0");
      return possible.length > 0 ? [{ c, current: random.pick(possible) }] : [];
    });
    const main = mainModule(required.map(({ c, current }) => [c.path, current]));
    Deno.writeTextFileSync(proxy.go.folder.join("go.mod"), main);
    judge(
      required.flatMap(({ c, current }) =>
        ["upgrade", "patch", "latest", random.pick(prefixes)].map((q) => ({ c, q, current }))
      ),
    );
  },
);

Deno.test(needsGo("go get leaves a required version where it is, though it is retracted"), () => {
  const random = seeded("get");
  using folder = new Folder();
  using go = new Go({ GOPROXY: `file://${folder.path}` });
  const all = Array.from({ length: cases(25, 200) }, (_, i) => {
    const path = `example.com/get${i}`;
    const pool = ["v1.0.0", "v1.0.1", "v1.1.0", "v1.1.1-rc.1", "v1.1.1", "v1.2.0-rc.1", "v1.2.0"];
    const versions = sort(random.shuffle(pool).slice(0, random.int(1, 5)));
    const current = random.pick(versions);
    const from = source({ versions })!;
    const retracts = random.chance(0.8) ? [retract(random.pick(versions), "v1.1.9")] : [];
    Deno.mkdirSync(folder.join(path, "@v"), { recursive: true });
    const write = (name: string, content: Uint8Array) =>
      Deno.writeFileSync(folder.join(path, "@v", name), content);
    write("list", encode(versions.join("\n") + "\n"));
    for (const v of versions) {
      const mod = encode(goMod(path, v === from ? retracts : []));
      write(`${v}.info`, encode(JSON.stringify({ Version: v, Time: "2026-01-02T03:04:05Z" })));
      write(`${v}.mod`, mod);
      const files = { "go.mod": mod, "a.go": encode("package a\n") };
      write(
        `${v}.zip`,
        zipSync(Object.fromEntries(
          Object.entries(files).map(([name, content]) => [`${path}@${v}/${name}`, content]),
        )),
      );
    }
    return { path, versions, current, retracts };
  });
  let stayed = 0;
  for (const q of ["upgrade", "patch"]) {
    const main = mainModule(all.map(({ path, current }) => [path, current]));
    const file = go.folder.join("go.mod");
    Deno.writeTextFileSync(file, main);
    const { code, stderr } = go.run(["get", ...all.map(({ path }) => `${path}@${q}`)]);
    assert.equal(code, 0, stderr);
    const got = new Map(
      [...Deno.readTextFileSync(file).matchAll(/^\t?(?:require )?(\S+\/get\d+) (\S+)/gm)]
        .map(([, path, version]) => [path, version]),
    );
    for (const c of all) {
      const asking = { current: c.current, retracts: c.retracts, keep: true };
      assert.equal(query(c, q, asking), got.get(c.path), `${q} of ${JSON.stringify(c)}`);
      if (retractions(c.retracts, c.current) && got.get(c.path) === c.current) stayed++;
    }
  }
  assert.ok(stayed > 0, "no case of a retracted version that stays");
});
