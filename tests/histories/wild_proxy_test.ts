/** Wild repositories behind a proxy that lags: what is listed there is all that go knows. */
import assert from "node:assert/strict";
import { readNamed } from "../../lib/git/named.ts";
import { readTags } from "../../lib/git/refs.ts";
import { openRepository } from "../../lib/git/repository.ts";
import { madeUpGoMod } from "../../lib/go/versions.ts";
import { versionAt } from "../../lib/plan/revision.ts";
import { decode } from "../../lib/text.ts";
import { FileProxy, goList } from "../lib/go/golist.ts";
import { needsGo } from "../support/go.ts";
import { cases, seeded } from "../support/random.ts";
import { named, servicesOf, versionsOf, Wilderness, type Written } from "./wild.ts";

/** The go.mod of each version that a proxy could get from the repository. */
async function served(
  of: Written,
  path: string,
  versions: readonly string[],
): Promise<Map<string, string>> {
  const Git = await openRepository(servicesOf(of), of.dir);
  assert.ok(!("Code" in Git));
  const repo = { Git, Tags: await readTags(Git) };
  const out = new Map<string, string>();
  for (const version of versions) {
    const at = await versionAt(repo, named(of, path), version);
    if ("Code" in at) continue;
    const [mod] = await readNamed(Git, [`${at.Commit}:${at.Dir === "" ? "" : `${at.Dir}/`}go.mod`]);
    out.set(version, mod ? decode(mod.Bytes) : madeUpGoMod(path));
  }
  return out;
}

Deno.test(
  needsGo("behind a proxy wild modules have the latest and the retractions that it knows"),
  async () => {
    const random = seeded("wild proxies");
    using wild = new Wilderness(random, cases(5, 60));
    using proxy = new FileProxy();
    const asked: { of: Written; path: string; list: string[] }[] = [];
    for (const of of wild.all) {
      for (const path of of.paths) {
        const { Document } = await versionsOf(of, path);
        const mods = await served(of, path, Document?.Versions.map((v) => v.Version) ?? []);
        const list = [...mods.keys()].slice(0, random.chance(0.5) ? undefined : -1);
        if (list.length === 0) continue;
        proxy.add(path, list, mods);
        asked.push({ of, path, list });
      }
    }
    const latest = goList(proxy.go, [], asked.map(({ path }) => `${path}@latest`));
    const every = asked.flatMap(({ path, list }) => list.map((v) => `${path}@${v}`));
    const details = new Map(
      goList(proxy.go, ["-retracted"], every).map((found, i) => [every[i]!, found]),
    );
    for (const [i, { of, path, list }] of asked.entries()) {
      const { Document } = await versionsOf(of, path, proxy.go.env.GOPROXY!);
      const there = Document!.Versions.filter((v) => v.OnProxy);
      assert.deepEqual({
        Versions: there.map((v) => v.Version),
        Retracted: there.map((v) => v.Retracted),
        Latest: Document!.Latest,
      }, {
        Versions: list,
        Retracted: list.map((v) => details.get(`${path}@${v}`)!.Retracted),
        Latest: latest[i]!.Error ? undefined : latest[i]!.Version,
      }, `${path}: ${latest[i]!.Error?.Err}`);
    }
  },
);
