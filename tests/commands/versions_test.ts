/** `versions` beside a module proxy: what is listed there, and what go makes of it. */
import assert from "node:assert/strict";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Proxy } from "../support/proxy.ts";
import { Repo } from "../support/repo.ts";

const path = "example.com/m";
const goMod = `module ${path}\n\ngo 1.21\n`;
/** What go makes up for a version without one, and what somebody may have written. */
const madeUp = `module ${path}\n`;

/**
 * v1.0.0, v1.1.0 and v2.2.0 from before modules, v3.5.1 and v3.6.0 with a go.mod, and a branch
 * whose next version gets its go.mod now. The go.mod of v1.1.0 is what `v11` says.
 */
function old(v11: string | null): Repo {
  const repo = new Repo();
  repo.commit("begin", { "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.tag("v2.2.0");
  repo.commit("more", v11 === null ? { "m.go": "package m // 2\n" } : { "go.mod": v11 });
  repo.tag("v1.1.0");
  repo.commit("a module", { "go.mod": goMod });
  repo.tag("v3.5.1");
  repo.tag("v3.6.0");
  return repo.withRemote();
}

const incompatible = ["v3.1.0+incompatible", "v3.5.1+incompatible"];

/** A proxy that has them and the versions below v2, and remembers what is gone elsewhere. */
function listing(repo: Repo): Proxy {
  const kept = new Set(["v1.0.0", "v1.1.0", ...incompatible]);
  const made = { Time: "2026-01-01T00:00:00Z" };
  return new Proxy(repo, (source) => ({
    list: async (asked) => [...kept.union(new Set((await source.list(asked)) ?? []))],
    info: (asked, v) =>
      kept.has(v) ? Promise.resolve({ ...made, Version: v }) : source.info(asked, v),
    mod: async (asked, v) =>
      await source.mod(asked, v).catch(() => null) ?? new TextEncoder().encode(madeUp),
    zip: async (asked, v) => kept.has(v) ? new Uint8Array(1) : await source.zip(asked, v),
  }));
}

for (
  const [name, v11, latest, hidden] of [
    ["without a go.mod below them", null, "v3.5.1+incompatible"],
    ["beside a go.mod", goMod, "v1.1.0"],
    ["beside a go.mod as go makes one up", madeUp, "v3.5.1+incompatible"],
    [
      "beside a go.mod that retracts its own version",
      `${goMod}\nretract v1.1.0 // bad\n`,
      "v3.5.1+incompatible",
    ],
    ["where only the proxy has what is below them", null, "v3.5.1+incompatible", "hidden"],
  ] as const
) {
  Deno.test(
    needsGo(`versions agrees with go on +incompatible versions that a proxy lists, ${name}`),
    async () => {
      using repo = old(v11);
      await using proxy = listing(repo);
      if (hidden) {
        repo.git("tag", "-d", "v1.0.0", "v1.1.0");
        repo.git("push", "-q", "--delete", "origin", "v1.0.0", "v1.1.0");
      }
      const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
      using go = new Go({ GOPROXY: proxy.url });
      const asked = await go.start(["list", "-m", `${path}@latest`]);
      assert.equal(asked.stdout.trim(), `${path} ${latest}`, asked.stderr);
      const ran = await gorel(["versions", "--json"], { cwd: repo.dir, env });
      assert.equal(ran.json.Latest, latest);
      const there = ran.json.Versions.filter((v: { OnProxy: boolean }) => v.OnProxy);
      assert.deepEqual(
        there.map((v: { Version: string }) => v.Version),
        ["v1.0.0", "v1.1.0", ...incompatible],
      );
    },
  );
}

Deno.test("a release below +incompatible versions that only a proxy lists is proved to change nothing", async () => {
  using repo = old(null);
  repo.git("switch", "-q", "-c", "older", "v1.0.0");
  repo.commit("a module", { "go.mod": goMod, "LICENSE": "free\n" });
  repo.git("push", "-q", "-u", "origin", "older");
  await using proxy = listing(repo);
  const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
  const argv = ["v1.0.1", "--yes", "--wait", "10s", "--json"];
  const ran = await gorel(argv, { cwd: repo.dir, env });
  assert.equal(ran.json.State, "published", ran.stdout + ran.stderr);
  const checked = ran.json.Steps.findLast((step: { Detail?: string }) =>
    step.Detail?.includes("@latest")
  );
  assert.match(checked.Detail, /@latest is v3\.5\.1\+incompatible/);
});
