/** Releases and retractions in real repositories with a real remote: what is there before, after, and after undo. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel, start } from "../support/gorel.ts";
import { cases, seeded } from "../support/random.ts";
import { goMod, released } from "../support/released.ts";
import { Repo, snapshotFolder } from "../support/repo.ts";

/** Everything of a repository but objects and what git writes for its own speed or memory. */
function state(repo: Repo): Record<string, string> {
  return snapshotFolder(
    repo.dir,
    (path) => path.startsWith(".git/objects") || path === ".git/COMMIT_EDITMSG",
  );
}

function hook(repo: Repo, name: string, script: string): void {
  const file = join(repo.remote, "hooks", name);
  Deno.writeTextFileSync(file, script);
  Deno.chmodSync(file, 0o755);
}

const retract = ["retract", "v1.0.0", "--reason", "panics on nil", "--yes", "--no-wait"];
/** Two commits: the release of v1.0.0's code, and a merge of it into main. */
const beside = [...retract, "--from", "v1.0.0", "--self", "--accept", "retract-leaves-nothing"];

Deno.test("a release leaves a clean repository, an annotated tag, and both on the remote", async () => {
  using repo = released();
  const ran = await gorel(["patch", "--yes", "--no-wait", "--json"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.json.State, "pushed");
  assert.equal(repo.git("status", "--porcelain"), "");
  assert.equal(repo.git("cat-file", "-t", "v1.0.1"), "tag");
  assert.equal(repo.git("rev-parse", "v1.0.1^{}"), repo.git("rev-parse", "HEAD"));
  assert.equal(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "HEAD"));
  assert.equal(repo.onRemote("rev-parse", "v1.0.1"), repo.git("rev-parse", "v1.0.1"));
  assert.equal(
    repo.git("for-each-ref", "--format=%(taggername) %(taggeremail)", "refs/tags/v1.0.1"),
    "Ada Example <ada@example.com>",
  );
  repo.git("fsck", "--strict");
  repo.onRemote("fsck", "--strict");
  assert.equal(repo.git("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("undo leaves the repository as it was, byte for byte, after the remote's hook refused", async (t) => {
  for (const [what, args] of Object.entries({ "from HEAD": retract, "from a release": beside })) {
    await t.step(what, () => refusedAndUndone(args));
  }
});

async function refusedAndUndone(args: string[]): Promise<void> {
  using repo = released();
  hook(repo, "pre-receive", "#!/bin/sh\necho 'not on a \x1b[31mFriday\x1b[0m' >&2\nexit 1\n");
  repo.git("status");
  const before = state(repo);
  const remote = snapshotFolder(repo.remote, (p) => p.startsWith("objects"));
  const ran = await gorel([...args, "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 1);
  assert.equal(ran.json.State, "failed");
  const problem = ran.json.Problems.find((p: { Code: string }) => p.Code === "push-refused");
  assert.match(problem.Text, /not on a Friday/);
  assert.match(ran.json.Next, /gorel resume/);
  assert.deepEqual(snapshotFolder(repo.remote, (p) => p.startsWith("objects")), remote);
  assert.notDeepEqual(state(repo), before, "the release was begun here");

  const undone = await gorel(["undo", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(undone.json.State, "undone");
  assert.deepEqual(state(repo), before);
  assert.equal(repo.git("status", "--porcelain"), "");
  repo.git("fsck", "--strict");
}

Deno.test("resume finishes the very release that a hook had refused", async () => {
  using repo = released();
  hook(repo, "update", '#!/bin/sh\ncase "$1" in refs/tags/*) exit 1;; esac\n');
  assert.equal((await gorel(retract, { cwd: repo.dir, env: repo.env })).code, 1);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0", "atomic: the branch did not move alone");
  assert.notEqual(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "HEAD"));
  const made = repo.git("rev-parse", "HEAD", "v1.0.1");
  hook(repo, "update", "#!/bin/sh\nexit 0\n");
  const ran = await gorel(["resume", "--no-wait", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.json.State, "pushed");
  assert.equal(repo.git("rev-parse", "HEAD", "v1.0.1"), made);
  assert.equal(repo.onRemote("rev-parse", "main", "v1.0.1"), made);
  assert.equal(await gorel(["undo"], { cwd: repo.dir, env: repo.env }).then((r) => r.code), 3);
});

Deno.test("undo refuses to lose what was changed after the release was begun", async () => {
  using repo = released();
  await gorel([...retract, "--no-push"], { cwd: repo.dir, env: repo.env });
  const written = repo.read("go.mod");
  repo.write("go.mod", written + "// mine\n");
  const refused = await gorel(["undo", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(refused.code, 3);
  assert.equal(refused.json.Error.Code, "moved");
  assert.equal(repo.read("go.mod"), written + "// mine\n");
  repo.write("go.mod", written);
  repo.write("other.go", "package m\n");
  repo.git("add", "other.go");
  assert.equal((await gorel(["undo"], { cwd: repo.dir, env: repo.env })).code, 0);
  assert.equal(repo.read("go.mod"), goMod);
  assert.equal(repo.git("status", "--porcelain"), "A  other.go", "what was staged stays staged");
});

Deno.test("undo refuses what somebody built on, and what is on the remote", async () => {
  using repo = released();
  await gorel([...retract, "--no-push"], { cwd: repo.dir, env: repo.env });
  const tip = repo.commit("on top", { "n.go": "package m\n" });
  const refused = await gorel(["undo", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(refused.code, 3);
  assert.equal(refused.json.Error.Code, "moved");
  assert.equal(repo.git("rev-parse", "HEAD"), tip);
  repo.git("push", "-q", "origin", "main", "v1.0.1");
  const out = await gorel(["status", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(out.code, 0);
});

Deno.test("the plan that was printed is the plan that is applied, to the byte", async () => {
  using repo = released();
  const file = repo.folder.join("plan.json");
  const planned = await gorel([
    "plan",
    ...retract.filter((a) => a !== "--yes"),
    "-o",
    file,
    "--json",
  ], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(planned.code, 0, planned.stderr);
  assert.equal(Deno.readTextFileSync(file), planned.stdout);
  assert.equal(repo.git("status", "--porcelain"), "", "a plan writes nothing");
  const plan = planned.json;
  const applied = await gorel(["apply", file, "--yes", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(applied.code, 0, applied.stderr);
  const step = (does: string) => plan.Steps.find((s: { Do: string }) => s.Do === does);
  assert.equal(repo.git("rev-parse", "HEAD^{tree}"), step("commit").Tree);
  assert.equal(repo.git("rev-parse", "HEAD^"), step("commit").Parents[0]);
  assert.equal(repo.git("rev-parse", "HEAD:go.mod"), step("write").After);
  assert.equal(repo.git("log", "-1", "--format=%B").trimEnd(), step("commit").Message.trimEnd());
  assert.equal(repo.git("rev-parse", "v1.0.1^{}"), applied.json.Commit);
  const hash = await gorel(["hash", "v1.0.1", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(hash.json.Sum, plan.Releases[0].Expect.Sum);
  assert.equal(hash.json.GoModSum, plan.Releases[0].Expect.GoModSum);
});

Deno.test("a saved plan is refused when what it was built on has moved, or it was altered", async (t) => {
  using repo = released();
  const file = repo.folder.join("plan.json");
  await gorel(["plan", ...retract.filter((a) => a !== "--yes"), "-o", file], {
    cwd: repo.dir,
    env: repo.env,
  });
  const plan = JSON.parse(Deno.readTextFileSync(file));
  const apply = (args: string[] = [file], stdin?: string) =>
    gorel(["apply", ...args, "--yes", "--json"], {
      cwd: repo.dir,
      env: repo.env,
      ...(stdin !== undefined && { stdin }),
    });
  const refused = async (code: string, change: (p: typeof plan) => void) => {
    const copy = structuredClone(plan);
    change(copy);
    const before = state(repo);
    const ran = await apply(["-"], JSON.stringify(copy));
    assert.notEqual(ran.code, 0);
    assert.equal(ran.json.Error.Code, code, ran.stdout);
    assert.deepEqual(state(repo), before);
  };
  await t.step("altered bytes", () =>
    refused("plan-invalid", (p) => {
      p.Steps[0].Edits[0].New = "\nretract v1.0.0 // other\n";
    }));
  await t.step("altered hashes", () =>
    refused("plan-invalid", (p) => {
      p.Releases[0].Expect.Sum = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    }));
  await t.step("a file outside", () =>
    refused("plan-invalid", (p) => {
      p.Steps[0].File = "../outside";
    }));
  await t.step("an option in place of a remote", () =>
    refused("plan-invalid", (p) => {
      p.Steps.find((s: { Do: string }) => s.Do === "push").Remote = "--upload-pack=x";
    }));
  await t.step("a changed file", async () => {
    repo.write("go.mod", goMod + "// mine\n");
    const ran = await apply();
    assert.equal(ran.code, 3);
    repo.git("checkout", "-q", "go.mod");
  });
  await t.step("a branch that moved on the remote", async () => {
    repo.git("push", "-q", "origin", "HEAD:main");
    const ran = await apply();
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "moved");
  });
  await t.step("a HEAD that moved", async () => {
    repo.commit("more", { "n.go": "package m\n" });
    const ran = await apply();
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "moved");
  });
});

Deno.test("what stops a release names its code, its place and its way out, and writes nothing", async (t) => {
  const table: [string, string, (repo: Repo) => void, string[]][] = [
    ["in-progress", "merge", (r) => {
      r.git("switch", "-qc", "side", "HEAD~1");
      r.commit("side", { "m.go": "package m // side\n" });
      r.git("switch", "-q", "main");
      try {
        r.git("merge", "-q", "side");
      } catch {
        // The conflict is the point.
      }
    }, ["patch"]],
    ["detached-head", "switch", (r) => r.git("switch", "-q", "--detach"), [
      "retract",
      "v1.0.0",
      "--reason",
      "x",
    ]],
    ["no-identity", "user.name", (r) => {
      Deno.writeTextFileSync(join(r.home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n");
    }, ["patch"]],
    ["locked", "lock", (r) => r.write(".git/index.lock", ""), ["patch"]],
    ["behind", "pull", (r) => {
      r.git("push", "-q", "origin", "main");
      r.git("reset", "-q", "--hard", "HEAD~1");
      r.commit("other", { "o.go": "package m\n" });
    }, ["patch"]],
    ["remote-unreachable", "", (r) => {
      Deno.removeSync(r.remote, { recursive: true });
    }, ["patch"]],
    ["no-remote", "--no-push", (r) => r.git("remote", "remove", "origin"), ["patch"]],
    ["go-mod-invalid", "", (r) => {
      r.commit("broken", { "go.mod": goMod + "requires x\n" });
    }, ["patch"]],
    ["no-go-mod", "go mod init", (r) => {
      r.git("rm", "-q", "go.mod");
      r.git("commit", "-qm", "gone");
    }, ["patch"]],
    ["module-not-found", "", () => {}, ["patch", "nowhere"]],
    ["prerelease-lower", "", (r) => {
      r.git("tag", "v1.1.0-rc.1");
      r.commit("more", { "o.go": "package m\n" });
    }, ["minor", "--pre", "beta"]],
    ["no-series", "", () => {}, ["release"]],
    ["retract-ineffective", "", (r) => {
      r.git("switch", "-qc", "next");
      r.commit("feat: more", { "o.go": "package m\n" });
      r.tag("v1.5.0");
      r.git("push", "-q", "origin", "next", "v1.5.0");
      r.git("switch", "-q", "main");
    }, ["retract", "v1.0.0", "--reason", "x"]],
    ["tag-moved", "", (r) => {
      r.git("tag", "v1.0.1");
      r.git("push", "-q", "origin", "v1.0.1");
      r.commit("more", { "o.go": "package m\n" });
      r.git("tag", "-f", "v1.0.1");
    }, ["v1.0.1"]],
  ];
  for (const [code, fix, change, args] of table) {
    await t.step(code, async () => {
      using repo = released();
      change(repo);
      const before = state(repo);
      const ran = await gorel([...args, "--yes", "--no-wait", "--json"], {
        cwd: repo.dir,
        env: repo.env,
      });
      assert.equal(ran.code, 3, ran.stdout + ran.stderr);
      const found = ran.json.Error.Problems.find((p: { Code: string }) => p.Code === code);
      assert.ok(found, ran.stdout);
      assert.equal(found.Level, "stop");
      assert.ok(JSON.stringify(found).includes(fix), JSON.stringify(found));
      assert.deepEqual(state(repo), before);
    });
  }
  await t.step("not-a-repository", async () => {
    using repo = released();
    const ran = await gorel(["patch", "--yes", "--json"], { cwd: repo.folder.path, env: repo.env });
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "not-a-repository");
  });
  await t.step("git-missing", async () => {
    using repo = released();
    const ran = await gorel(["patch", "--yes", "--json"], {
      cwd: repo.dir,
      env: { ...repo.env, PATH: repo.home },
    });
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "git-missing");
  });
  await t.step("no-commit", async () => {
    using repo = new Repo();
    const ran = await gorel(["patch", "--yes", "--json"], { cwd: repo.dir, env: repo.env });
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "no-commit");
  });
});

Deno.test("of two gorels at the same time one goes on and one is refused", async () => {
  using repo = released();
  // The remote's hook holds the first one in the middle of its push.
  hook(
    repo,
    "pre-receive",
    "#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9 10; do [ -e go-on ] && break; sleep 0.3; done\n",
  );
  const first = gorel([...retract, "--json"], { cwd: repo.dir, env: repo.env });
  const journal = join(repo.dir, ".git/gorel/v1.0.1.journal");
  while (!(await Deno.readTextFile(journal).catch(() => "")).includes('"push"')) {
    await new Promise((r) => setTimeout(r, 20));
  }
  const second = await gorel(["resume", "--no-wait", "--json"], { cwd: repo.dir, env: repo.env });
  Deno.writeTextFileSync(join(repo.remote, "go-on"), "");
  assert.equal(second.code, 3);
  assert.equal(second.json.Error.Code, "locked");
  const done = await first;
  assert.equal(done.code, 0, done.stderr);
  assert.equal(done.json.State, "pushed");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

function sameTwice(repo: Repo): string {
  const tagged = repo.git("rev-parse", "v1.0.1^{}");
  return `${tagged}\n${tagged}`;
}

Deno.test("gorel killed at any moment: resume or undo ends in exactly one release or in none", async (t) => {
  const random = seeded("kill");
  for (let i = 0; i < cases(10, 300); i++) {
    const ms = random.int(60, 420);
    const wayOut = random.pick(["resume", "undo"]);
    const [words, tagged] = random.pick([[retract, "main"], [beside, "main^2"]] as const);
    await t.step(`${words.length} words, after ${ms} ms, then ${wayOut}`, async () => {
      using repo = released();
      const before = repo.git("rev-parse", "HEAD");
      const child = start([...words], { cwd: repo.dir, env: repo.env });
      await new Promise((r) => setTimeout(r, ms));
      try {
        child.kill("SIGKILL");
      } catch {
        // It was faster.
      }
      await child.output();
      // A git that was at work outlives its parent, and its lock is gone when it ends.
      await new Promise((r) => setTimeout(r, 200));
      const args = wayOut === "resume" ? ["resume", "--no-wait", "--json"] : ["undo", "--json"];
      const ran = await gorel(args, { cwd: repo.dir, env: repo.env });
      assert.ok([0, 3].includes(ran.code), ran.stdout + ran.stderr);
      const tags = repo.onRemote("tag", "--list").split("\n");
      const out = tags.includes("v1.0.1");
      if (ran.code === 3) {
        const codes = ["nothing-unfinished", "version-exists"];
        assert.ok(codes.includes(ran.json.Error.Code), ran.stdout);
      } else assert.equal(out, wayOut === "resume", ran.stdout);
      assert.equal(repo.git("tag", "--list").includes("v1.0.1"), out);
      const head = repo.git("rev-parse", "HEAD");
      assert.equal(head, out ? repo.onRemote("rev-parse", "main") : before);
      if (out) assert.equal(repo.onRemote("rev-parse", "v1.0.1^{}", tagged), sameTwice(repo));
      assert.equal(repo.git("status", "--porcelain"), "");
      repo.git("fsck", "--strict");
      repo.onRemote("fsck", "--strict");
    });
  }
});
