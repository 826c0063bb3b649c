/** The documents of status and versions, from the facts of real repositories. */
import assert from "node:assert/strict";
import { statusDocument, versionsDocument } from "../../../lib/cli/documents.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { gather } from "../../../lib/facts/gather.ts";
import type { Facts } from "../../../lib/facts/types.ts";
import { Repo } from "../../support/repo.ts";

async function factsOf(repo: Repo, offline = false): Promise<Facts> {
  const services = machine({
    ...repo.env,
    PATH: Deno.env.get("PATH") ?? "",
    GOPROXY: "off",
    GOENV: "off",
    GOTOOLCHAIN: "local",
  });
  const facts = await gather(services, {
    Dir: repo.dir,
    All: true,
    Status: true,
    ...(offline && { Offline: "--offline" }),
  });
  assert.ok(!Array.isArray(facts));
  return facts;
}

const goMod = (more = "") => `module example.com/greet\n\ngo 1.22\n${more}`;

Deno.test("status and versions say what is here, what is on the remote, and what is retracted", async () => {
  using repo = new Repo();
  const first = repo.commit("start", { "go.mod": goMod(), "greet.go": "package greet\n" });
  repo.tag("v1.0.0");
  repo.git("tag", "v1.0");
  const second = repo.commit("retract", {
    "go.mod":
      "// Deprecated: use example.com/hello\nmodule example.com/greet\n\ngo 1.22\n\n// panics\nretract v1.0.0\n\nretract [v1.0.0, v1.0.0] // leaks\n",
  });
  repo.tag("v1.0.1");
  repo.withRemote();
  const third = repo.commit("a fix", {
    "greet.go": "package greet // fixed\n",
    "b.go": "package greet\n",
  });
  repo.git("tag", "v1.1.0-rc.1");
  repo.write("greet.go", "package greet // changed\n");

  const facts = await factsOf(repo);
  assert.deepEqual(statusDocument(facts), {
    Modules: [{
      Path: "example.com/greet",
      Dir: "",
      Base: "v1.0.1",
      Highest: "v1.0.1",
      Latest: "v1.0.1",
      Unreleased: { Commits: 1, Files: 2 },
      Retracted: [{ Version: "v1.0.0", Rationale: "panics\nleaks" }],
    }],
    Branch: "main",
    Upstream: { Ahead: 1, Behind: 0 },
    Changed: ["greet.go"],
    Problems: [],
  });
  const row = { Prerelease: false, Here: true, OnRemote: true, OnProxy: false };
  const document = versionsDocument(facts.Modules[0]!, new Map());
  assert.deepEqual(
    { ...document, Ignored: document.Ignored.map(({ Tag }) => Tag) },
    {
      Module: "example.com/greet",
      Versions: [
        { Version: "v1.0.0", Tag: "v1.0.0", Commit: first, Retracted: ["panics", "leaks"], ...row },
        { Version: "v1.0.1", Tag: "v1.0.1", Commit: second, ...row },
        {
          ...row,
          Version: "v1.1.0-rc.1",
          Tag: "v1.1.0-rc.1",
          Commit: third,
          Prerelease: true,
          OnRemote: false,
        },
      ],
      Ignored: ["v1.0"],
      Latest: "v1.0.1",
      Deprecated: "use example.com/hello",
    },
  );
  assert.match(document.Ignored[0]!.Reason, /\w/);

  const offline = versionsDocument((await factsOf(repo, true)).Modules[0]!, new Map());
  assert.deepEqual(offline.Versions.map((v) => [v.Here, v.OnRemote]), Array(3).fill([true, false]));
});

Deno.test("what is unknown is absent from status", async () => {
  using repo = new Repo();
  repo.commit("start", { "go.mod": goMod(), "a.go": "package greet\n" });
  repo.git("checkout", "-q", "--detach");
  const [module] = (await factsOf(repo)).Modules;
  const document = statusDocument(await factsOf(repo));
  for (const name of ["Branch", "Upstream", "Unfinished"]) assert.ok(!(name in document), name);
  for (const name of ["Base", "Highest", "Latest"]) {
    assert.ok(!(name in document.Modules[0]!), name);
  }
  const { Latest, Deprecated, Versions } = versionsDocument(module!, new Map());
  assert.deepEqual([Latest, Deprecated, Versions], [undefined, undefined, []]);
});
