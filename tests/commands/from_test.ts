/** Releases from another revision than HEAD: what is out, what the branch gets, and every way back. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gather } from "../../lib/facts/gather.ts";
import { decode } from "../../lib/text.ts";
import { edited } from "../../lib/plan/edit.ts";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { servicesFor } from "../lib/git/open.ts";
import { Go, needsGo } from "../support/go.ts";
import { gorel, type Ran } from "../support/gorel.ts";
import { Repo, run, snapshotFolder, tryRun } from "../support/repo.ts";

const url = "github.com/example/beside";
const goMod = `module ${url}\n\ngo 1.21\n`;

/** v1.4.2 is good, v1.5.0 is bad, and main has more that is not released. */
function begun(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n", "LICENSE": "free\n" });
  repo.tag("v1.4.2");
  repo.commit("fix: bad", { "m.go": "package m // bad\n" });
  repo.tag("v1.5.0");
  repo.commit("feat: not ready", { "n.go": "package m\n", "go.mod": goMod + "// words\n" });
  return repo.withRemote();
}

const reason = ["--reason", "panics on nil"];
const beside = ["retract", "v1.5.0", "--from", "v1.5.0", "--self", ...reason];

function on(repo: Repo, args: string[]): Promise<Ran> {
  return gorel([...args, "--json"], { cwd: repo.dir, env: repo.env });
}

async function done(repo: Repo, args: string[]): Promise<Ran> {
  const ran = await on(repo, args);
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return ran;
}

/** Everything of a repository but its objects. */
function state(repo: Repo): Record<string, string> {
  return snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects"));
}

function options(program: string, name: string): { name: string; ignore: boolean } {
  const there = tryRun("sh", ["-c", `command -v ${program}`]).code === 0;
  return { name: there ? name : `${name} (skipped: no ${program} on PATH)`, ignore: !there };
}

Deno.test({
  ...needsGo("retract now, fix later, then deprecate: go sees at each step what the plan expected"),
  fn: async () => {
    using repo = begun();
    using go = new Go({ GOPROXY: "direct", ...gitInstead(`https://${url}`, repo.remote) });
    const latest = () => goList(go, [], [`${url}@latest`])[0]!.Version;
    const all = (versions: string[]) =>
      goList(go, ["-retracted", "-u"], versions.map((v) => `${url}@${v}`));
    assert.equal(latest(), "v1.5.0");

    const plan = (await done(repo, [...beside, "--dry-run", "--no-wait"])).json;
    await done(repo, [...beside, "--yes", "--no-wait"]);
    assert.equal(plan.Releases[0].Expect.Latest, "v1.4.2");
    assert.equal(latest(), "v1.4.2");
    assert.deepEqual(goList(go, ["-versions"], [url])[0]!.Versions, ["v1.4.2"]);
    const why = ["panics on nil"];
    assert.deepEqual(all(["v1.4.2", "v1.5.0", "v1.5.1"]).map((l) => l.Retracted), [
      undefined,
      why,
      why,
    ]);
    const got = JSON.parse(go.run(["mod", "download", "-json", `${url}@v1.5.1`]).stdout);
    assert.deepEqual([got.Sum, got.GoModSum], [
      plan.Releases[0].Expect.Sum,
      plan.Releases[0].Expect.GoModSum,
    ]);
    assert.deepEqual(Object.keys(snapshotFolder(got.Dir)), ["LICENSE", "go.mod", "m.go"]);
    assert.equal(Deno.readTextFileSync(join(got.Dir, "m.go")), "package m // bad\n");

    repo.commit("fix: mended", { "m.go": "package m\n" });
    await done(repo, ["minor", "--yes", "--no-wait"]);
    assert.equal(latest(), "v1.6.0");
    assert.deepEqual(all(["v1.5.0", "v1.5.1"]).map((l) => l.Retracted), [why, why]);

    repo.commit("feat: more", { "o.go": "package m\n" });
    const message = "use example.com/better instead";
    await done(repo, [
      ...["deprecate", "--from", "v1.6.0", "--reason", message],
      ...["--yes", "--no-wait"],
    ]);
    assert.equal(latest(), "v1.6.1");
    assert.deepEqual(all(["v1.4.2", "v1.6.1"]).map((l) => l.Deprecated), [message, message]);
    for (const rev of ["v1.6.1", "main"]) {
      const file = repo.folder.join("go.mod");
      Deno.writeTextFileSync(file, repo.git("show", `${rev}:go.mod`) + "\n");
      const json = JSON.parse(go.run(["mod", "edit", "-json", file]).stdout);
      assert.deepEqual(json.Module, { Path: url, Deprecated: message }, rev);
    }
    assert.equal(repo.onRemote("ls-tree", "--name-only", "v1.6.1", "o.go"), "");
    assert.equal(repo.onRemote("ls-tree", "--name-only", "main", "o.go"), "o.go");
  },
});

Deno.test("killed between any two objects of it, it is resumed to one release, or taken back whole", async () => {
  using repo = begun();
  repo.git("status");
  const before = state(repo);
  await done(repo, [...beside, "--yes", "--no-push", "--no-wait"]);
  const file = join(repo.dir, ".git", "gorel", "v1.5.1.journal");
  const lines = Deno.readTextFileSync(file).trimEnd().split("\n");
  const steps = lines.slice(1).map((line) => JSON.parse(line).Step);
  assert.deepEqual(steps, ["commit", "merge", "tag", "keep", "refs", "refs", "files", "files"]);
  await done(repo, ["undo"]);
  assert.deepEqual(state(repo), before);
  for (let n = 1; n <= 4; n++) {
    Deno.mkdirSync(join(file, ".."), { recursive: true });
    const left = lines.slice(0, n).join("\n") + "\n" + (lines[n] ?? "").slice(0, 20);
    Deno.writeTextFileSync(file, left);
    if (n === 4) break;
    await done(repo, ["resume", "--offline"]);
    assert.equal(
      repo.git("rev-parse", "main^1", "main^2"),
      [
        repo.onRemote("rev-parse", "main"),
        repo.git("rev-parse", "v1.5.1^{}"),
      ].join("\n"),
    );
    assert.equal(repo.git("status", "--porcelain"), "");
    await done(repo, ["undo"]);
    assert.deepEqual(state(repo), before, `after ${n} lines`);
  }
  await done(repo, ["resume", "--no-wait"]);
  assert.equal(
    repo.onRemote("rev-parse", "main", "v1.5.1"),
    repo.git("rev-parse", "main", "v1.5.1"),
  );
  repo.git("fsck", "--strict");
});

Deno.test("a saved plan of it is applied to the byte, and refused when its ground has moved", async () => {
  using repo = begun();
  const file = repo.folder.join("plan.json");
  const plan = (await done(repo, ["plan", ...beside, "--no-wait", "-o", file])).json;
  repo.git("branch", "elsewhere", "v1.4.2");
  repo.write("n.go", "package m // changed\n");
  assert.equal((await on(repo, ["apply", file, "--yes"])).json.Error.Code, "dirty");
  repo.git("checkout", "-q", "n.go");
  await done(repo, ["apply", file, "--yes"]);
  // deno-lint-ignore no-explicit-any
  const step = (id: string) => plan.Steps.find((s: any) => s.Id === id);
  assert.equal(repo.git("rev-parse", "main^{tree}"), step("merge").Tree);
  assert.equal(repo.git("rev-parse", "v1.5.1^{tree}"), step("commit").Tree);
  assert.equal(repo.git("rev-parse", "v1.5.1^"), repo.git("rev-parse", "v1.5.0^{}"));
  assert.equal(repo.git("diff", "--name-only", "main^1", "main"), "go.mod");
  assert.equal(repo.git("diff", "--name-only", "v1.5.0", "v1.5.1"), "go.mod");
  assert.equal((await on(repo, ["apply", file, "--yes"])).json.Error.Code, "moved");
});

Deno.test("from HEAD's own commit, by whatever name, the plan is the one without --from", async () => {
  using repo = begun();
  const plain = ["retract", "v1.5.0", ...reason, "--dry-run", "--no-wait"];
  const wanted = await done(repo, plain);
  for (const rev of ["main", "HEAD", repo.git("rev-parse", "--short", "HEAD")]) {
    assert.equal((await done(repo, [...plain, "--from", rev])).stdout, wanted.stdout, rev);
  }
});

Deno.test("a version is that of the module meant, before any branch or other tag of its name", async () => {
  using repo = new Repo();
  const sub = `module ${url}/sub\n`;
  repo.commit("begin", { "go.mod": goMod, "sub/go.mod": sub, "sub/s.go": "package s\n" });
  repo.tag("sub/v1.0.0");
  repo.commit("fix: a", { "sub/s.go": "package s // a\n" });
  repo.tag("sub/v1.1.0");
  repo.tag("v1.1.0");
  repo.git("branch", "v1.0.0");
  repo.commit("feat: b", { "sub/t.go": "package s\n" });
  repo.withRemote();
  const args = ["retract", "v1.0.0", ...reason, "--dry-run", "--no-wait"];
  const plan = (await done(repo, [...args, "--module", "sub", "--from", "v1.1.0"])).json;
  assert.equal(plan.Releases[0].TagName, "sub/v1.1.1");
  assert.equal(plan.Steps[0].File, "sub/go.mod");
  assert.equal(plan.Steps[1].Parents[0], repo.git("rev-parse", "sub/v1.1.0^{}"));
  repo.git("rm", "-rq", "sub");
  repo.commit("sub is gone");
  repo.git("push", "-q", "origin", "main");
  const gone = [...args, "--module", "sub"];
  const another = (await on(repo, [...gone, "--from", "v1.1.0"])).json.Error;
  assert.equal(another.Code, "revision-unknown");
  assert.equal(another.Problems[0].Fix, "--from sub/v1.1.0");
  const file = repo.folder.join("plan.json");
  const old = ["--module", "sub", "--from", "sub/v1.1.0", "--no-wait", "-o", file];
  const without = (await done(repo, ["plan", "retract", "v1.0.0", ...reason, ...old])).json;
  assert.deepEqual(without.Steps.map((s: { Id: string }) => s.Id).slice(0, 4), [
    "write-1",
    "commit",
    "merge",
    "branch",
  ]);
  await done(repo, ["apply", file, "--yes"]);
  assert.equal(repo.onRemote("rev-parse", "main^2"), repo.git("rev-parse", "sub/v1.1.1^{}"));
  assert.equal(repo.git("diff", "--name-only", "main^1", "main"), "");
});

Deno.test(options("ssh-keygen", "both commits of it are signed as git would sign"), async () => {
  using repo = begun();
  const key = join(repo.home, "id");
  run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], { env: repo.env });
  repo.git("config", "gpg.format", "ssh");
  repo.git("config", "user.signingKey", key + ".pub");
  repo.git("config", "commit.gpgSign", "true");
  await done(repo, [...beside, "--yes", "--no-wait"]);
  for (const rev of ["main", "main^2"]) {
    assert.match(repo.git("cat-file", "commit", rev), /^gpgsig -----BEGIN SSH/m, rev);
  }
});

Deno.test("the edited go.mod of each choice is worked out from facts alone", async () => {
  using repo = begun();
  const facts = await gather(servicesFor(repo), { Dir: repo.dir, Offline: "not needed" });
  assert.ok(!Array.isArray(facts));
  const module = facts.Modules[0]!;
  const bad = { Low: "v1.5.0", High: "v1.5.0" };
  const after = (edit: Parameters<typeof edited>[1]) => {
    const result = edited(module, edit, "v1.5.1");
    return Array.isArray(result) ? result.map((p) => p.Code) : decode(result.Bytes);
  };
  const kept = `go 1.21\n// words\n`;
  assert.equal(
    after({ Retract: [bad], Reason: "x" }),
    `module ${url}\n\n${kept}\n// x\nretract v1.5.0\n`,
  );
  assert.equal(
    after({ Deprecate: true, Reason: "x" }),
    `// Deprecated: x\nmodule ${url}\n\n${kept}`,
  );
  assert.deepEqual(after({ Retract: [bad], Reason: " " }), ["retract-reason"]);
  assert.deepEqual(after({ Deprecate: true, Reason: "a\n\nb" }), ["deprecate-reason"]);
});

Deno.test("what is changed belongs to the modules that are there now, not to those of the revision", async () => {
  using repo = begun();
  repo.commit("a module inside", { "in/go.mod": `module ${url}/in\n`, "in/m.go": "package in\n" });
  repo.write("in/m.go", "package in // changed\n");
  const plan = (await done(repo, [...beside, "--dry-run", "--no-wait", "--no-push"])).json;
  const codes = plan.Problems.map((p: { Code: string }) => p.Code);
  assert.ok(codes.includes("other-module-changed"), plan.Problems);
  repo.write("m.go", "package m // changed\n");
  const refused = await on(repo, [...beside, "--dry-run", "--no-wait", "--no-push"]);
  assert.equal(refused.json.Error.Code, "dirty");
});
