/** Two at the same time: two gorels, or a gorel and somebody's git. One proceeds, the other is refused. */
import assert from "node:assert/strict";
import { gorel, type Ran } from "../support/gorel.ts";
import { cases, seeded } from "../support/random.ts";
import { run, tryRun } from "../support/repo.ts";
import { type Ground, Template } from "./ground.ts";
import { patch, retract, type Scenario, Tally } from "./matrix.ts";

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the one who was not first is told: at work, unfinished, moved, or done already. */
const refusals =
  /^(locked|unfinished|moved|version-exists|nothing-to-release|nothing|retract-already|behind|tag-moved)$/;

function codeOf(ran: Ran): string {
  return ran.json.Error?.Code ?? ran.json.State;
}

/** Starts the same release twice, `ms` apart, in folders that may be the same. */
async function race(ground: Ground, dirs: [string, string], scenario: Scenario, ms: number) {
  const begin = (cwd: string) => gorel([...scenario.Args], { cwd, env: ground.env });
  const first = begin(dirs[0]);
  await later(ms);
  return await Promise.all([first, begin(dirs[1])]);
}

Deno.test("of two gorels in one repository one proceeds and one is refused", async () => {
  const random = seeded("two in one repository");
  using template = new Template();
  const tally = new Tally();
  for (let i = 0; i < cases(4, 40); i++) {
    using ground = template.copy();
    const scenario = random.pick([patch, retract]);
    const ran = await race(ground, [ground.dir, ground.dir], scenario, random.int(0, 400));
    const said = ran.map((r) => r.stdout + r.stderr).join("\n");
    const done = ran.filter((r) => r.json.State === "pushed");
    const [other] = ran.filter((r) => r.json.State !== "pushed");
    assert.equal(done.length, 1, said);
    assert.match(codeOf(other!), refusals, said);
    assert.ok([0, 3].includes(other!.code), said);
    tally.end(codeOf(other!));
    ground.judgeReleased(scenario.Version, scenario.Wrote, scenario.Commits, said);
  }
  console.log(String(tally));
});

Deno.test("of two gorels in two worktrees of one repository one proceeds and one is refused", async () => {
  const random = seeded("two worktrees");
  using template = new Template((repo) => {
    repo.git("branch", "other");
    repo.git("push", "-q", "origin", "other");
    repo.git("branch", "-q", "--set-upstream-to=origin/other", "other");
  });
  const tally = new Tally();
  for (let i = 0; i < cases(2, 25); i++) {
    using ground = template.copy();
    const linked = ground.folder.join("linked");
    ground.git("worktree", "add", "-q", linked, "other");
    const ran = await race(ground, [ground.dir, linked], retract, random.int(0, 400));
    const said = ran.map((r) => r.stdout + r.stderr).join("\n");
    assert.equal(ran.filter((r) => r.json.State === "pushed").length, 1, said);
    const other = ran.find((r) => r.json.State !== "pushed")!;
    assert.match(codeOf(other), refusals, said);
    tally.end(codeOf(other));
    // Both look: nothing is unfinished, and one branch has the release.
    assert.deepEqual(ground.locks(), [], said);
    assert.equal(ground.begun, false, said);
    const tag = ground.git("rev-parse", "v1.1.1^{commit}");
    assert.equal(ground.onRemote("rev-parse", "v1.1.1^{commit}"), tag, said);
    const holders = ["main", "other"].filter((name) => ground.git("rev-parse", name) === tag);
    assert.equal(holders.length, 1, said);
    assert.equal(ground.onRemote("rev-parse", holders[0]!), tag, said);
  }
  console.log(String(tally));
});

Deno.test("of two clones that release the same version one is published, and the other undoes", async () => {
  const random = seeded("two clones");
  using template = new Template();
  const tally = new Tally();
  for (let i = 0; i < cases(3, 25); i++) {
    using ground = template.copy();
    const clone = ground.folder.join("clone");
    run("cp", ["-a", ground.dir, clone]);
    // Somebody else's: the same person's would be the same commit, and one release.
    run("git", ["config", "user.name", "Bob Example"], { cwd: clone, env: ground.env });
    const ran = await race(ground, [ground.dir, clone], retract, random.int(0, 250));
    const said = ran.map((r) => r.stdout + r.stderr).join("\n");
    assert.equal(ran.filter((r) => r.json.State === "pushed").length, 1, said);
    const other = ran.find((r) => r.json.State !== "pushed")!;
    tally.end(other.json.Error?.Code ?? other.json.Problems.at(-1).Code);
    const at = other === ran[0] ? ground.dir : clone;
    if (other.code === 1) {
      const undone = await gorel(["undo", "--json"], { cwd: at, env: ground.env });
      assert.equal(undone.json.State, "undone", said + undone.stdout);
    } else assert.equal(other.code, 3, said);
    if (at === ground.dir) {
      const { Remote: _, ...now } = ground.picture();
      const { Remote: __, ...before } = ground.before;
      assert.deepEqual(now, before, said);
    } else ground.judgeReleased(retract.Version, retract.Wrote, retract.Commits, said);
  }
  console.log(String(tally));
});

Deno.test("a git that works beside gorel loses nothing, and gorel releases once or not at all", async () => {
  const random = seeded("gorel and git");
  using template = new Template((repo) => repo.git("config", "gc.autoDetach", "false"));
  const tally = new Tally();
  const beside: Record<string, string[][]> = {
    commit: [["commit", "-q", "-m", "tools: beside", "--", "tools/a.go"]],
    tag: [["tag", "-a", "-m", "mine", "v1.1.1"]],
    gc: [["gc", "-q", "--prune=now"]],
    status: [["status"], ["status"], ["add", "tools/a.go"], ["reset", "-q", "tools/a.go"]],
  };
  const names = Object.keys(beside);
  for (let i = 0; i < cases(5, 60); i++) {
    using ground = template.copy();
    const name = names[i % names.length]!;
    const releasing = gorel([...retract.Args], { cwd: ground.dir, env: ground.env });
    await later(random.int(150, 700));
    const did = [];
    for (const args of beside[name]!) {
      const { code } = await new Deno.Command("git", {
        args,
        cwd: ground.dir,
        env: ground.env,
        stdout: "null",
        stderr: "null",
      }).output();
      did.push(code === 0);
    }
    let ran = await releasing;
    const said = `${name} ${did}: ${ran.stdout}${ran.stderr}`;
    tally.end(`${name} ${did.every(Boolean)}: ${codeOf(ran)}`);
    if (ran.json.State === "failed") {
      // Whatever stood in the way has ended.
      ran = await gorel(["resume", "--no-wait", "--json"], { cwd: ground.dir, env: ground.env });
      if (codeOf(ran) === "failed") {
        ran = await gorel(["undo", "--json"], { cwd: ground.dir, env: ground.env });
      }
    }
    // A tag that was there before gorel looked makes it the next version.
    const version = ran.json.Releases?.[0]?.Version ?? "v1.1.1";
    const out = ground.onRemote("tag", "--list", version) !== "";
    assert.equal(out, ran.json.State === "pushed", said + ran.stdout);
    assert.equal(ground.begun, false, said + ran.stdout);
    assert.deepEqual(ground.locks(), [], said);
    const tracked = ground.git("rev-list", "main");
    if (name === "commit" && did[0]) {
      assert.equal(ground.git("log", "--format=%s", "main").match(/beside/g)?.length, 1, said);
      assert.match(ground.git("show", "main:tools/a.go"), /changed/, said);
    }
    if (out) {
      assert.ok(tracked.includes(ground.onRemote("rev-parse", `${version}^{commit}`)), said);
      // What came after the release has its go.mod too, and so has the work tree.
      assert.match(ground.git("show", "main:go.mod"), /retract v1\.1\.0/, said);
      assert.match(ground.git("show", ":go.mod"), /retract v1\.1\.0/, said);
    }
    const fsck = tryRun("git", ["fsck", "--strict"], { cwd: ground.dir, env: ground.env });
    assert.equal(fsck.code, 0, fsck.stderr);
    const { Files } = ground.picture();
    for (const path of Object.keys(ground.before.Files)) {
      if (path !== "go.mod") {
        assert.equal(Files[path], ground.before.Files[path], `${said} ${path}`);
      }
    }
  }
  console.log(String(tally));
});
