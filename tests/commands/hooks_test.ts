/** Git's hooks around a release commit: what they see, and that a no leaves nothing behind. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import { Repo, snapshotFolder } from "../support/repo.ts";

const release = ["patch", "--include", "m.go", "--yes", "--no-wait", "--json"];
const retract = ["retract", "v1.0.0", "--reason", "panics", "--yes", "--no-wait", "--json"];

/** A repository with a change to include, and hooks by name. */
function hooked(scripts: Record<string, string>, folder = ".git/hooks"): Repo {
  const repo = released();
  repo.write("m.go", "package m\n\n// included\n");
  for (const [name, script] of Object.entries(scripts)) {
    const file = join(repo.dir, folder, name);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return repo;
}

function state(repo: Repo): Record<string, string> {
  return snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects"));
}

/** What hooks noted in a file beside the repository. */
function noted(repo: Repo): string {
  return Deno.readTextFileSync(repo.folder.join("noted"));
}

Deno.test("hooks see what git commit would show them, in its order and its environment", async () => {
  const note = (name: string) =>
    `{ echo "== ${name}: $(git diff --cached --name-status | tr '\\n' ' ')"; ` +
    `git diff --name-only; env | grep '^GIT_' | cut -d= -f1 | grep -v GIT_CONFIG | sort | tr '\\n' ' '; ` +
    `echo; for a; do case "$a" in */*) basename "$a"; cat "$a";; *) echo "$a";; esac; done; } >> ../noted`;
  const names = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];
  const scripts = Object.fromEntries(names.map((name) => [name, note(name)]));
  using repo = hooked(scripts);
  const ran = await gorel([...release, "--commit-message", "Release v1.0.1"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  const ours = noted(repo);
  using twin = hooked(scripts);
  twin.git("commit", "-q", "-m", "Release v1.0.1", "m.go");
  const dates = / GIT_(AUTHOR|COMMITTER)_DATE| GIT_COMMITTER_NAME| GIT_COMMITTER_EMAIL/g;
  assert.equal(ours.replaceAll(dates, ""), noted(twin).replaceAll(dates, ""));
  assert.deepEqual([...ours.matchAll(/^== (\S+):/gm)].map((m) => m[1]), names);
});

Deno.test("a hook that refuses, or changes something, stops the release with nothing left of it", async (t) => {
  const cases: Record<string, [Record<string, string>, RegExp, RegExp]> = {
    "pre-commit says no": [
      { "pre-commit": "echo no tabs in m.go; exit 3" },
      /pre-commit hook refused \(exit 3\): no tabs in m\.go\./,
      /--no-hooks/,
    ],
    "commit-msg says no": [
      { "commit-msg": "echo 'no ticket' >&2; exit 1" },
      /commit-msg hook refused \(exit 1\): no ticket\./,
      /--no-hooks/,
    ],
    "commit-msg adds a line": [
      { "commit-msg": 'echo "\nChange-Id: I1" >> "$1"' },
      /commit-msg hook changed the message .*"Change-Id: I1"/,
      /--commit-message/,
    ],
    "prepare-commit-msg puts a word before": [
      { "prepare-commit-msg": 'sed -i "1s/^/[main] /" "$1"' },
      /prepare-commit-msg hook changed the message .*"\[main\] Release v1\.0\.1"/,
      /--commit-message/,
    ],
    "pre-commit stages another file": [
      { "pre-commit": "git add new.go" },
      /pre-commit hook staged new\.go otherwise/,
      /--no-hooks/,
    ],
    "reference-transaction says no": [
      { "reference-transaction": '[ "$1" = prepared ] && grep -q tags && exit 1; exit 0' },
      /reference-transaction hook refused/,
      /./,
    ],
  };
  for (const [name, [scripts, text, fix]] of Object.entries(cases)) {
    await t.step(name, async () => {
      using repo = hooked(scripts);
      repo.write("new.go", "package m\n");
      const before = state(repo);
      const ran = await gorel(release, { cwd: repo.dir, env: repo.env });
      assert.equal(ran.code, 1, ran.stdout);
      assert.equal(ran.json.State, "failed");
      assert.equal(ran.json.Next, undefined);
      const found = ran.json.Problems.find((p: { Code: string }) => p.Code === "hook-refused");
      assert.match(found.Text, text);
      assert.match(found.Fix ?? "gorel", fix);
      assert.deepEqual(state(repo), before);
      assert.equal(repo.onRemote("tag"), "v1.0.0");
    });
  }
});

Deno.test("a hook that mends the files stops the release too; what it did stays to be looked at", async () => {
  using repo = hooked({ "pre-commit": "echo '// mended' >> m.go; git add m.go" });
  const refs = repo.git("for-each-ref");
  const plain = release.filter((arg) => arg !== "--json");
  const ran = await gorel(plain, { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 1);
  assert.match(ran.stdout, /failed\. Nothing was released\.\n$/);
  assert.equal(ran.stderr.match(/The pre-commit hook changed m\.go/g)?.length, 1, ran.stderr);
  assert.equal(repo.git("for-each-ref"), refs);
  assert.equal(repo.read("m.go"), "package m\n\n// included\n// mended\n");
  assert.equal((await gorel(["undo"], { cwd: repo.dir, env: repo.env })).code, 3);
});

Deno.test("hooks run from every place that git takes them from", async (t) => {
  const refuse = { "pre-commit": "exit 1" };
  const refused = async (repo: Repo, cwd = repo.dir) => {
    const ran = await gorel(release, { cwd, env: repo.env });
    assert.equal(ran.code, 1, ran.stdout);
    assert.match(ran.stdout, /pre-commit hook refused/);
  };
  await t.step("core.hooksPath from the top of the work tree", async () => {
    using repo = hooked(refuse, "tools/hooks");
    repo.git("config", "core.hooksPath", "tools/hooks");
    repo.write("sub/x", "");
    await refused(repo);
  });
  await t.step("core.hooksPath in an included file, from the home folder", async () => {
    using repo = hooked(refuse, "../home/hooks");
    Deno.writeTextFileSync(join(repo.home, "more"), "[core]\n\thooksPath = ~/hooks\n");
    repo.git("config", "--global", `includeIf.gitdir:${repo.dir}/.path`, join(repo.home, "more"));
    await refused(repo);
  });
  await t.step("the common folder of a linked worktree", async () => {
    using repo = hooked(refuse);
    const linked = repo.folder.join("linked");
    repo.git("worktree", "add", "-q", "-b", "side", linked);
    Deno.writeTextFileSync(join(linked, "m.go"), "package m\n\n// in the worktree\n");
    await refused(repo, linked);
  });
  await t.step("a file that is not executable is none", async () => {
    using repo = hooked(refuse);
    Deno.chmodSync(join(repo.dir, ".git/hooks/pre-commit"), 0o644);
    const ran = await gorel(release, { cwd: repo.dir, env: repo.env });
    assert.equal(ran.code, 0, ran.stdout);
  });
});

Deno.test("--no-hooks runs none of them, and the plan says so", async () => {
  const all = [
    ...["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push"],
    ...["reference-transaction", "post-index-change"],
  ];
  using repo = hooked(
    Object.fromEntries(all.map((name) => [name, "echo ran >> ../noted; exit 1"])),
  );
  const remote = join(repo.remote, "hooks", "update");
  Deno.writeTextFileSync(remote, '#!/bin/sh\necho "$1" >> ../told\n', { mode: 0o755 });
  const ran = await gorel([...release, "--no-hooks"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 0, ran.stdout);
  const note = ran.json.Problems.find((p: { Code: string }) => p.Code === "hooks-not-run");
  assert.equal(note.Level, "note");
  assert.match(note.Text, /pre-commit, prepare-commit-msg, commit-msg, post-commit/);
  assert.throws(() => noted(repo), Deno.errors.NotFound);
  assert.match(
    Deno.readTextFileSync(repo.folder.join("told")),
    /refs\/tags\/v1\.0\.1/,
    "the remote's hooks are the remote's",
  );
});

Deno.test("what comes after a commit is told of it once, and its no changes nothing", async () => {
  using repo = hooked({ "post-commit": "git log -1 --format=%s >> ../noted; exit 1" });
  const local = await gorel([...release, "--no-push"], { cwd: repo.dir, env: repo.env });
  assert.equal(local.json.State, "local");
  const ran = await gorel(["resume", "--no-wait", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.json.State, "pushed", ran.stdout);
  assert.equal(noted(repo), "Release v1.0.1\n");
});

Deno.test("for a release from another revision the hooks of a merge run, and pre-commit does not", async () => {
  const note = (name: string) => `echo ${name} "$2" >> ../noted`;
  const names = [
    ...["pre-commit", "pre-merge-commit", "prepare-commit-msg", "commit-msg"],
    ...["post-commit", "post-merge"],
  ];
  using repo = hooked(Object.fromEntries(names.map((name) => [name, note(name)])));
  repo.git("checkout", "-q", "m.go");
  const ran = await gorel(
    [...retract, "--from", "v1.0.0", "--self", "--accept", "retract-leaves-nothing"],
    { cwd: repo.dir, env: repo.env },
  );
  assert.equal(ran.code, 0, ran.stdout);
  assert.equal(
    noted(repo),
    "prepare-commit-msg message\ncommit-msg \n" +
      "pre-merge-commit \nprepare-commit-msg merge\ncommit-msg \npost-merge \n",
  );
  assert.ok(ran.json.Problems.some((p: { Code: string }) => p.Code === "hooks-not-run"));
});
