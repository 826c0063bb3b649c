/** Somebody else's hand in the repository between two steps: nothing of it is lost, and nothing is half released. */
import assert from "node:assert/strict";
import { gorel } from "../support/gorel.ts";
import { type Ground, Template } from "./ground.ts";
import { killed } from "./killer.ts";
import { retract } from "./matrix.ts";

interface Meanwhile {
  Name: string;
  /** The git before which it happens. */
  Before: string;
  Script: string;
  /** Exit code and code of the problem. */
  Ends: [number, string];
  /** What then is done, and where that leads: a release, or none. */
  Then: (ground: Ground) => Promise<void>;
}

const resume = (ground: Ground) =>
  gorel(["resume", "--no-wait", "--json"], { cwd: ground.dir, env: ground.env });
const undo = (ground: Ground) => gorel(["undo", "--json"], { cwd: ground.dir, env: ground.env });

/** It has not begun: refs other than the one that somebody moved, index and files are as they were. */
function untouched(ground: Ground, except: RegExp = /^$/): void {
  const lines = (text: string) => text.split("\n").filter((line) => !except.test(line));
  const now = ground.picture();
  assert.deepEqual(lines(now.Refs), lines(ground.before.Refs));
  assert.deepEqual([now.Index, now.Files], [ground.before.Index, ground.before.Files]);
  assert.equal(now.Remote, ground.before.Remote);
  assert.equal(ground.begun, false);
  assert.deepEqual(ground.locks(), []);
}

function released(ground: Ground): void {
  assert.equal(ground.onRemote("tag", "--list", "v1.1.1"), "v1.1.1");
  assert.equal(ground.onRemote("rev-parse", "v1.1.1"), ground.git("rev-parse", "v1.1.1"));
  assert.equal(ground.begun, false);
  assert.deepEqual(ground.locks(), []);
}

const mine = "module example.com/m\n\ngo 1.21\n\n// mine\n";
const edit = `printf '\\n// mine\\n' >>go.mod`;

const table: Meanwhile[] = [
  {
    Name: "a commit on the branch",
    Before: "update-ref",
    Script: "git update-ref refs/heads/main $(git commit-tree -p HEAD -m mine 'HEAD^{tree}')",
    Ends: [3, "moved"],
    Then: (ground) => {
      assert.equal(ground.git("log", "-1", "--format=%s"), "mine");
      untouched(ground, /refs\/heads\/main/);
      return Promise.resolve();
    },
  },
  {
    Name: "a tag of the same name",
    Before: "update-ref",
    Script: "git tag v1.1.1",
    Ends: [3, "moved"],
    Then: (ground) => {
      assert.equal(ground.git("rev-parse", "v1.1.1"), ground.git("rev-parse", "HEAD"));
      untouched(ground, /refs\/tags\/v1\.1\.1/);
      return Promise.resolve();
    },
  },
  {
    Name: "an edit of go.mod before the branch moves",
    Before: "var",
    Script: edit,
    Ends: [3, "moved"],
    Then: (ground) => {
      assert.equal(Deno.readTextFileSync(`${ground.dir}/go.mod`), mine);
      Deno.writeTextFileSync(`${ground.dir}/go.mod`, mine.replace("\n// mine\n", ""));
      untouched(ground);
      return Promise.resolve();
    },
  },
  {
    Name: "a commit that waits for the index",
    Before: "update-ref",
    Script: "git commit -q -m mine -- tools/a.go && echo committed >>notes.txt",
    Ends: [0, "pushed"],
    Then: (ground) => {
      ground.judgeReleased("v1.1.1", ["go.mod"], 1, "a commit that waits");
      return Promise.resolve();
    },
  },
  {
    Name: "an edit of go.mod after the branch moved: undone, with the edit left",
    Before: "update-ref",
    Script: `hook=.git/hooks/reference-transaction
printf '#!/bin/sh\n[ "$1" = committed ] || exit 0\nrm "$0"\n${
      edit.replaceAll("\\", "\\\\").replaceAll("'", "\\047")
    }\n' >$hook
chmod +x $hook`,
    Ends: [1, "moved"],
    Then: async (ground) => {
      const refused = await resume(ground);
      assert.deepEqual([refused.code, refused.json.State], [1, "failed"], refused.stdout);
      const ran = await undo(ground);
      assert.equal(ran.json.State, "undone", ran.stdout);
      assert.equal(Deno.readTextFileSync(`${ground.dir}/go.mod`), mine);
      Deno.writeTextFileSync(`${ground.dir}/go.mod`, mine.replace("\n// mine\n", ""));
      untouched(ground);
    },
  },
  {
    Name: "an edit of go.mod at the last moment: put aside, then resumed",
    Before: "cat-file --filters",
    Script: edit,
    Ends: [1, "moved"],
    Then: async (ground) => {
      assert.equal(Deno.readTextFileSync(`${ground.dir}/go.mod`), mine);
      const refused = await undo(ground);
      assert.deepEqual([refused.code, refused.json.Error.Code], [3, "moved"], refused.stdout);
      assert.equal(Deno.readTextFileSync(`${ground.dir}/go.mod`), mine);
      ground.git("stash", "-q");
      const ran = await resume(ground);
      assert.equal(ran.json.State, "pushed", ran.stdout);
      released(ground);
      assert.match(ground.git("show", "stash@{0}:go.mod"), /mine/);
      assert.match(Deno.readTextFileSync(`${ground.dir}/go.mod`), /retract v1\.1\.0/);
    },
  },
  {
    Name: "another branch checked out",
    Before: "update-ref",
    Script: "git branch other && git symbolic-ref HEAD refs/heads/other",
    Ends: [1, "moved"],
    Then: async (ground) => {
      assert.equal(Deno.readTextFileSync(`${ground.dir}/go.mod`).includes("retract"), false);
      const refused = await resume(ground);
      assert.equal(refused.json.State, "failed", refused.stdout);
      ground.git("symbolic-ref", "HEAD", "refs/heads/main");
      const ran = await resume(ground);
      assert.equal(ran.json.State, "pushed", ran.stdout);
      released(ground);
    },
  },
  {
    Name: "the tag deleted and the branch put back before the push",
    Before: "push",
    Script: "git tag -d v1.1.1; git reset -q --keep HEAD~1",
    Ends: [0, "pushed"],
    Then: (ground) => {
      // What was begun to be sent is what the remote has.
      assert.equal(ground.onRemote("tag", "--list", "v1.1.1"), "v1.1.1");
      assert.equal(ground.begun, false);
      return Promise.resolve();
    },
  },
];

Deno.test("what somebody else does between two steps is never overwritten", async (t) => {
  using template = new Template();
  for (const { Name, Before, Script, Ends, Then } of table) {
    await t.step(Name, async () => {
      using ground = template.copy();
      const ran = await killed(ground, retract.Args, { At: "do", Before, Script });
      const document = JSON.parse(ran.stdout);
      const said = ran.stdout + ran.stderr;
      assert.equal(ran.code, Ends[0], said);
      const code = document.Error?.Code ??
        (document.State === "failed" ? document.Problems.at(-1).Code : document.State);
      assert.equal(code, Ends[1], said);
      await Then(ground);
    });
  }
});

Deno.test("what is done between --no-push and resume is looked at first", async (t) => {
  using template = new Template();
  const step = (name: string, script: (ground: Ground) => Promise<void>) =>
    t.step(name, async () => {
      using ground = template.copy();
      const ran = await gorel([...retract.Args, "--no-push"], { cwd: ground.dir, env: ground.env });
      assert.equal(ran.json.State, "local", ran.stdout);
      await script(ground);
    });
  await step("a commit on top: the release goes out alone", async (ground) => {
    ground.git("commit", "-q", "-m", "mine", "--", "tools/a.go");
    const refused = await undo(ground);
    assert.deepEqual([refused.code, refused.json.Error.Code], [3, "moved"]);
    const ran = await resume(ground);
    assert.equal(ran.json.State, "pushed", ran.stdout);
    released(ground);
    assert.equal(ground.onRemote("rev-parse", "main"), ground.git("rev-parse", "main~1"));
  });
  await step("the branch put back: not sent, and undo takes the tag", async (ground) => {
    ground.git("reset", "-q", "--keep", "HEAD~1");
    const refused = await resume(ground);
    assert.equal(refused.code, 1, refused.stdout);
    assert.match(refused.stdout, /gorel undo/);
    assert.equal(ground.onRemote("tag", "--list", "v1.1.1"), "");
    const ran = await undo(ground);
    assert.equal(ran.json.State, "undone", ran.stdout);
    assert.equal(ground.git("tag", "--list", "v1.1.1"), "");
    assert.equal(ground.git("rev-parse", "main"), /main (\S+)/.exec(ground.before.Refs)![1]);
    assert.equal(ground.git("diff", "HEAD", "--", "go.mod"), "");
    assert.equal(ground.begun, false);
  });
  await step("the tag deleted: not sent, and undo puts the branch back", async (ground) => {
    ground.git("tag", "-d", "v1.1.1");
    assert.equal((await resume(ground)).code, 1);
    const ran = await undo(ground);
    assert.equal(ran.json.State, "undone", ran.stdout);
    ground.judgeNone("the tag deleted");
  });
  await step("something staged: undo leaves it staged", async (ground) => {
    ground.git("add", "tools/a.go");
    const index = ground.git("ls-files", "--stage", "tools");
    const ran = await undo(ground);
    assert.equal(ran.json.State, "undone", ran.stdout);
    assert.equal(ground.git("ls-files", "--stage", "tools"), index);
    assert.equal(ground.git("diff", "--cached", "--name-only", "HEAD", "--", "go.mod"), "");
  });
  await step("another branch checked out: the release is not this one's", async (ground) => {
    ground.git("switch", "-q", "-c", "other");
    const refused = await undo(ground);
    assert.deepEqual([refused.code, refused.json.Error.Code], [3, "moved"]);
    assert.match(refused.json.Error.Problems[0].Fix, /git switch main/);
    ground.git("switch", "-q", "main");
    assert.equal((await undo(ground)).json.State, "undone");
    ground.git("branch", "-q", "-D", "other");
    ground.judgeNone("another branch checked out");
  });
});
