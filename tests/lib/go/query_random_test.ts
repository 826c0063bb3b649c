import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { latest, listed, query, source } from "../../../lib/go/query.ts";
import { retractions } from "../../../lib/go/retract.ts";
import { sort } from "../../../lib/go/semver.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { Folder } from "../../support/repo.ts";
import { FileProxy, goList } from "./golist.ts";
import { anyCase, chosen, goMod, retract } from "./offers.ts";

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
