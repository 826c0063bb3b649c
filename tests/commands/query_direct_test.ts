/** `query` with GOPROXY=direct: the remote of this repository answers for its modules, as for go. */
import assert from "node:assert/strict";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { Repo } from "../support/repo.ts";
import { ask } from "./query_ask.ts";

/** Asks go, a user far from the repository, and gorel in it. */
async function agree(repo: Repo, name: string, queries: string[]): Promise<void> {
  const root = `https://github.com/t/${name}`;
  using go = new Go({
    GOPROXY: "direct",
    GIT_TERMINAL_PROMPT: "0",
    ...gitInstead(root, repo.remote),
  });
  const answers = goList(go, [], queries);
  const ours = await ask(queries, { cwd: repo.dir, env: { GOPROXY: "direct", ...repo.env } });
  for (const [i, row] of ours.entries()) {
    const { Version, Error, ...rest } = answers[i]! as typeof answers[number] & { Time?: string };
    const of = `${queries[i]}: go says ${Error?.Err ?? Version}, we ${JSON.stringify(row)}`;
    assert.equal("Error" in row, Error !== undefined, of);
    if ("Error" in row) {
      const reason = /invalid version: (.*)/.exec(Error!.Err)?.[1];
      if (reason && !/git |fatal/.test(reason)) assert.ok(row.Error.Text.includes(reason), of);
      continue;
    }
    assert.deepEqual([row.Version, row.Time], [Version, rest.Time], of);
  }
  const found = ours.flatMap((row) => "Error" in row ? [] : [row]);
  const told = goList(go, ["-u"], found.map((row) => `${row.Path}@${row.Version}`));
  for (const [i, { Retracted, Deprecated }] of told.entries()) {
    assert.deepEqual([found[i]!.Retracted, found[i]!.Deprecated], [Retracted, Deprecated]);
  }
}

const forms = [
  "latest",
  "v0",
  "v1",
  "v1.1",
  "v2",
  "<v1.1.0",
  "<=v1.0.0",
  ">v1.0.0",
  ">=v1.2.0",
  ">v9.0.0",
  "v1.0.0",
  "v1.1.0",
  "v1.0.0+meta",
  "v2.0.0",
  "v2.0.0+incompatible",
  "v7.0.0",
  "main",
  "feature/x",
  "HEAD",
  "nightly",
  "1.0.0",
  "none",
  "origin/main",
  "HEAD~1",
  "deadbeefdeadbeef",
];

function of(path: string, queries: readonly string[] = forms): string[] {
  return queries.map((q) => `${path}@${q}`);
}

const goMod = (path: string, rest = "") => `module ${path}\n\ngo 1.21\n${rest}`;

Deno.test(
  needsGo("one module with retractions, pre-releases, branches and other tags"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/one";
    const first = repo.commit("begin", { "go.mod": goMod(path) });
    repo.tag("v1.0.0");
    repo.commit("more", { "a.go": "package one\n" });
    repo.tag("v1.1.0");
    repo.tag("nightly");
    const between = repo.commit("untagged", { "b.go": "package one\n" });
    repo.commit("taken back", { "go.mod": goMod(path, "\nretract v1.1.0 // bad\n") });
    repo.tag("v1.2.0");
    repo.commit("next", { "c.go": "package one\n" });
    repo.tag("v1.3.0-rc.1");
    repo.tag("1.0.0");
    repo.git("switch", "-q", "-c", "feature/x", between);
    const side = repo.commit("side", { "d.go": "package one\n" });
    repo.git("switch", "-q", "main");
    repo.commit("tip", { "e.go": "package one\n" });
    repo.withRemote();
    repo.git("push", "-q", "origin", "feature/x");
    repo.git("fetch", "-q");
    const unpushed = repo.commit("only here", { "f.go": "package one\n" });
    repo.tag("v1.9.0");
    const hashes = [first, between, side, unpushed, first.slice(0, 7), side.slice(0, 12)];
    await agree(repo, "one", [...of(path), ...of(path, hashes)]);
  },
);

Deno.test(
  needsGo("a module without tags is its default branch, another major is told apart"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/bare";
    repo.commit("begin", { "go.mod": goMod(path), "sub/go.mod": goMod(`${path}/sub`) });
    repo.commit("more", { "a.go": "package bare\n" });
    repo.withRemote();
    const few = ["latest", "v1", "v2", "v1.0.0", "main", "HEAD", "upgrade-me"];
    const others = ["/sub", "/v2", "/no", "/sub/v2"].flatMap((below) => of(path + below, few));
    await agree(repo, "bare", [...of(path), ...others]);
  },
);

Deno.test(
  needsGo("majors in branches and folders, modules in folders, and what is older than modules"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/many";
    repo.commit("old", { "a.go": "package many\n" });
    repo.tag("v0.9.0");
    repo.tag("v2.0.0");
    repo.commit("older still", { "a.go": "package many // 2\n" });
    repo.tag("v2.1.0");
    repo.commit("a module", {
      "go.mod": goMod(path),
      "sub/go.mod": `// Deprecated: gone.\n${goMod(`${path}/sub`)}`,
      "v3/go.mod": goMod(`${path}/v3`),
    });
    for (const tag of ["v1.0.0", "sub/v1.0.0", "v3.0.0", "v3.1.0-rc.1", "sub/v1.1.0"]) {
      repo.tag(tag);
    }
    repo.commit("v4", { "go.mod": goMod(`${path}/v4`) });
    repo.tag("v4.0.0");
    repo.git("tag", "v1.5.0", "HEAD^{tree}");
    repo.withRemote();
    const paths = [path, `${path}/sub`, `${path}/v2`, `${path}/v3`, `${path}/v4`, `${path}/sub/v2`];
    const queries = [
      ...["latest", "v1", "v2", "v3", "v4", "<v1.1.0", "<v3.0.0", ">=v2.0.0", "main", "HEAD"],
      ...["v0.9.0", "v1.0.0", "v1.5.0", "v2.1.0", "v2.1.0+incompatible", "v3.0.0", "v4.0.0"],
    ];
    await agree(repo, "many", paths.flatMap((p) => of(p, queries)));
  },
);

Deno.test(needsGo("modules that HEAD does not name any more, or not yet"), async () => {
  using repo = new Repo();
  const path = "github.com/t/moved";
  repo.commit("begin", { "go.mod": goMod(path) });
  repo.tag("v1.0.0");
  repo.git("rm", "-q", "go.mod");
  repo.commit("no module", { "README": "moved\n" });
  repo.withRemote();
  await agree(repo, "moved", of(path, ["latest", "v1.0.0", "main", "v1"]));
});
