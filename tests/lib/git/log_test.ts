import assert from "node:assert/strict";
import { join } from "node:path";
import { changedFiles, commits, commitTimes, isAncestor, reachable } from "../../../lib/git/log.ts";
import { cases, seeded } from "../../support/random.ts";
import { Repo, run, tryRun } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

Deno.test("commits() gives the commits of a range, newest first, whatever log is set to", async () => {
  using repo = new Repo();
  const first = repo.commit("first", { f: "1" });
  repo.git("config", "log.showSignature", "true");
  repo.git("config", "log.follow", "true");
  repo.git("config", "log.decorate", "full");
  repo.git("config", "color.ui", "always");
  repo.git("config", "i18n.logOutputEncoding", "ISO-8859-1");
  const second = repo.commit("feat(ü)!: two\nlines\n\nBody\n\n  more\n\nBREAKING CHANGE: x\n", {
    f: "2",
  });
  repo.git("notes", "add", "-m", "a note");
  const third = repo.commit("third", { g: "3" });
  const opened = await open(repo);
  const found = await commits(opened, { from: first, to: third });
  assert.deepEqual(found.map((c) => c.Oid), [third, second]);
  assert.deepEqual(found[1], {
    Oid: second,
    Parents: [first],
    Time: Number(repo.git("show", "-s", "--format=%ct", second)),
    AuthorName: "Ada Example",
    Subject: "feat(ü)!: two lines",
    Body: "Body\n\n  more\n\nBREAKING CHANGE: x",
  });
  assert.deepEqual((await commits(opened, { to: "HEAD" })).at(-1)?.Parents, []);
  assert.deepEqual(await commits(opened, { from: third, to: third }), []);
});

Deno.test("commits() looks only at the wanted folders, as written and without patterns", async () => {
  using repo = new Repo();
  const root = repo.commit("root", { "go.mod": "m" });
  const sub = repo.commit("sub", { "sub/go.mod": "m/sub" });
  const star = repo.commit("star", { "*/f": "x" });
  const marked = repo.commit("marked", { ":(top)x/f": "x" });
  const opened = await open(repo);
  const of = async (more: { paths?: string[]; except?: string[] }) =>
    (await commits(opened, { to: "HEAD", ...more })).map((c) => c.Oid);
  assert.deepEqual(await of({ paths: [""] }), [marked, star, sub, root]);
  assert.deepEqual(await of({ paths: ["sub"] }), [sub]);
  assert.deepEqual(await of({ paths: ["*"] }), [star]);
  assert.deepEqual(await of({ paths: [":(top)x"] }), [marked]);
  assert.deepEqual(await of({ except: ["sub", "*"] }), [marked, root]);
  assert.deepEqual(await of({ paths: ["sub"], except: ["sub/go.mod"] }), []);
});

Deno.test("commits() keeps commits that are dated before their parents", async () => {
  using repo = new Repo();
  const base = repo.commit("base");
  const dated = (at: string, message: string) =>
    run("git", ["commit", "-q", "--allow-empty", "-m", message], {
      cwd: repo.dir,
      env: { ...repo.env, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at },
    });
  dated("2026-02-01T00:00:00Z", "one");
  dated("2020-01-01T00:00:00Z", "skewed");
  dated("2026-02-02T00:00:00Z", "two");
  const found = await commits(await open(repo), { from: base, to: "HEAD" });
  assert.deepEqual(found.map((c) => c.Subject).sort(), ["one", "skewed", "two"]);
});

Deno.test("isAncestor() tells no from unknown", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  const opened = await open(repo);
  assert.equal(await isAncestor(opened, first, second), true);
  assert.equal(await isAncestor(opened, second, second), true);
  assert.equal(await isAncestor(opened, second, first), false);
  assert.equal(await isAncestor(opened, "1".repeat(40), second), null);
  assert.equal(await isAncestor(opened, first, "1".repeat(40)), null);
});

Deno.test("reachable() gives the first id that is in the history", async () => {
  const random = seeded("reachable");
  using repo = new Repo();
  const all: string[] = [];
  for (let i = 0; i < 12; i++) {
    if (i > 0) repo.git("checkout", "-q", "--detach", random.pick(all));
    all.push(repo.commit(`c${i}`));
    if (i > 3 && random.chance(0.3)) {
      repo.git("merge", "-q", "--no-ff", "-m", "merge", random.pick(all));
      all.push(repo.git("rev-parse", "HEAD"));
    }
  }
  const opened = await open(repo);
  for (let i = cases(12, 200); i > 0; i--) {
    const tip = random.pick(all);
    const ids = random.shuffle([...all, "1".repeat(40), "2".repeat(40)])
      .slice(0, random.int(0, all.length));
    const isIn = (id: string) =>
      tryRun("git", ["merge-base", "--is-ancestor", id, tip], { cwd: repo.dir, env: repo.env })
        .code === 0;
    assert.equal(await reachable(opened, tip, ids), ids.find(isIn) ?? null);
  }
});

Deno.test("reachable() starts few processes, however many ids there are", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const { repo: opened, started } = counted(await open(repo));
  const foreign = Array.from({ length: 500 }, (_, i) => (i + 1).toString(16).padStart(40, "0"));
  assert.equal(await reachable(opened, "HEAD", [...foreign, first]), first);
  assert.equal(started.length, 3);
  assert.equal(await reachable(opened, "HEAD", [first, ...foreign]), first);
  assert.equal(started.length, 4);
});

Deno.test("reachable() walks over the history of an id once, and over that of a branch each time", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  const { repo: opened, started } = counted(await open(repo));
  const foreign = ["1", "2", "3"].map((n) => n.padStart(40, "0"));
  assert.equal(await reachable(opened, second, [...foreign, first]), first);
  assert.equal(started.length, 3);
  assert.equal(await reachable(opened, second, [second, first]), second);
  assert.equal(await reachable(opened, second, foreign), null);
  assert.equal(started.length, 3);

  assert.equal(await reachable(opened, "main", [...foreign, second]), second);
  const third = repo.commit("third");
  assert.equal(await reachable(opened, "main", [...foreign, third]), third);
});

Deno.test("changedFiles() gives both names of a renamed file, and odd names whole", async () => {
  using repo = new Repo();
  const before = repo.commit("first", { a: "same content\n".repeat(9), "ü\n": "1", "sub/x": "1" });
  repo.git("mv", "a", "b");
  repo.write("ü\n", "2");
  Deno.chmodSync(join(repo.dir, "sub/x"), 0o755);
  repo.git("config", "diff.renames", "copies");
  repo.git("commit", "-q", "-a", "-m", "second");
  const opened = await open(repo);
  assert.deepEqual(await changedFiles(opened, before, "HEAD"), ["a", "b", "sub/x", "ü\n"]);
  assert.deepEqual(await changedFiles(opened, before, "HEAD", { paths: ["sub"] }), ["sub/x"]);
  assert.deepEqual(await changedFiles(opened, before, "HEAD", { except: ["sub", "a"] }), [
    "b",
    "ü\n",
  ]);
  assert.deepEqual(await changedFiles(opened, before, before), []);
});

Deno.test("history is that of the commits themselves, without grafts", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  Deno.writeTextFileSync(repo.dir + "/.git/info/grafts", `${second}\n`);
  assert.equal(await isAncestor(await open(repo), first, second), true);
});

Deno.test("commitTimes() gives the committer's time, and passes over what is not here or no commit", async () => {
  using repo = new Repo();
  const first = repo.commit("a", { "a": "1" });
  const second = repo.commit("b", { "a": "2" });
  const tree = repo.git("rev-parse", "HEAD^{tree}");
  const opened = await open(repo);
  const times = await commitTimes(opened, [first, tree, "1".repeat(40), second]);
  const said = (oid: string) => Number(repo.git("log", "-1", "--format=%ct", oid));
  assert.deepEqual([...times], [[first, said(first)], [second, said(second)]]);
  assert.equal((await commitTimes(opened, [])).size, 0);
});
