/** A journal that was altered, cut short, or whose remote is gone: nothing moves that should not. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { goMod, released } from "../support/released.ts";
import { assertPlain, evil, on, retract, state } from "./scene.ts";

interface Altered {
  // deno-lint-ignore no-explicit-any
  (plan: any): void;
}

Deno.test("a journal altered by hand is refused with a sentence, and moves nothing", async (t) => {
  using repo = released();
  const local = await on(repo, [...retract, "--yes", "--no-push", "--no-wait"]);
  assert.equal(local.code, 0, local.stderr);
  const file = join(repo.dir, ".git", "gorel", "v1.0.1.journal");
  const whole = Deno.readTextFileSync(file);
  const [header, ...events] = whole.trimEnd().split("\n").map((line) => JSON.parse(line));
  const kept = join(repo.dir, ".git", "gorel", "v1.0.1.kept", "kept.json");
  const keptWhole = Deno.readTextFileSync(kept);
  repo.git("status");
  const before = state(repo);
  const lines = (values: unknown[]) => values.map((v) => JSON.stringify(v) + "\n").join("");
  const plan = (alter: Altered) => {
    const copy = structuredClone(header);
    alter(copy.Plan);
    return lines([copy, ...events]);
  };
  const garbage: Record<string, string> = {
    "no JSON": "garbage\n" + whole,
    "another shape": lines([{ ...header, Version: 7 }, ...events]),
    "no plan": lines([{ ...header, Plan: null }, ...events]),
    "a plan that pushes somewhere else": plan((p) => {
      p.Steps.push({ Id: "line", Do: "line" }, {
        Id: "push",
        Do: "push",
        Remote: "origin",
        Refs: [{ Name: "refs/heads/other", From: null, To: "commit" }],
        Atomic: true,
      });
    }),
    "the plan of another release": lines([{ ...header, TagName: "v1.0.2" }, ...events]),
  };
  const resume = ["resume", "--no-wait"];
  const another = ["minor", "--accept", "nothing-to-release", "--yes", "--no-wait"];
  for (const [what, text] of Object.entries(garbage)) {
    await t.step(what, async () => {
      Deno.writeTextFileSync(file, text);
      for (const args of what === "no JSON" ? [resume, ["undo"], another] : [resume]) {
        const ran = await on(repo, [...args, "--json"]);
        assert.equal(ran.code, 3, `${args}: ${ran.stdout}`);
        assert.equal(ran.json.Error.Code, "unfinished", `${args}: ${ran.stdout}`);
      }
      Deno.writeTextFileSync(file, whole);
      assert.deepEqual(state(repo), before);
    });
  }
  await t.step("ids that are options or other objects", async () => {
    for (const Oid of ["--textconv", repo.git("rev-parse", "HEAD~1")]) {
      const begun = events.filter((e) => e.Step !== "refs" && e.Step !== "files");
      const other = begun.map((e) => e.Oid === undefined ? e : { ...e, Oid });
      Deno.writeTextFileSync(file, lines([header, ...other]));
      const ran = await on(repo, ["resume", "--offline", "--json"]);
      assert.equal(ran.code, 1, ran.stdout);
      assert.equal(ran.json.State, "failed");
      assert.deepEqual(repo.git("for-each-ref", "refs/heads", "refs/tags").split("\n").length, 3);
    }
    Deno.writeTextFileSync(file, whole);
  });
  await t.step("a copy that lies elsewhere", async () => {
    Deno.writeTextFileSync(repo.folder.join("secret"), "module example.com/evil\n");
    const other = JSON.parse(keptWhole);
    other.Files[0].Copy = "../../../../secret";
    Deno.writeTextFileSync(kept, JSON.stringify(other));
    const ran = await on(repo, ["undo", "--json"]);
    assert.equal(ran.code, 1, ran.stdout);
    assert.match(ran.json.Error.Text, /damaged/);
    Deno.writeTextFileSync(kept, keptWhole);
    assert.deepEqual(state(repo), before);
  });
  await t.step(
    "a list of what was kept that names other files, or asks for more than there was",
    async () => {
      // deno-lint-ignore no-explicit-any
      const lists: ((kept: any) => void)[] = [
        (k) => k.Files[0].File = "../outside",
        (k) => k.Files[0].File = ".git/config",
        (k) => k.Files[0].File = "m.go",
        (k) => k.Files[0].Mode = 0o4755,
        (k) => k.Files[0].Folder = "..",
        (k) => k.Files.push({ File: "m.go" }),
      ];
      for (const alter of lists) {
        const other = JSON.parse(keptWhole);
        alter(other);
        Deno.writeTextFileSync(kept, JSON.stringify(other));
        const ran = await on(repo, ["undo", "--json"]);
        assert.equal(ran.code, 1, ran.stdout);
        assert.match(ran.json.Error.Text, /damaged/);
      }
      Deno.writeTextFileSync(kept, keptWhole);
      assert.deepEqual(state(repo), before);
    },
  );
  await t.step("words that a terminal would obey", async () => {
    const said = events.map((e) => ({ ...e, Did: evil }));
    Deno.writeTextFileSync(file, lines([header, ...said]));
    for (const args of [["status"], ["check"], ["patch", "--yes"], ["status", "--json"]]) {
      const ran = await on(repo, args);
      assertPlain(ran, args.join(" "));
      assert.match(ran.stdout + ran.stderr, /first.*red/, args.join(" "));
    }
    Deno.writeTextFileSync(file, whole);
  });
  const undone = await on(repo, ["undo"]);
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(repo.read("go.mod"), goMod);
});

Deno.test("what a crash left of a journal's first line does not block the next release", async () => {
  using repo = released();
  const folder = join(repo.dir, ".git", "gorel");
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(join(folder, "v1.0.1.journal"), '{"Format":1,"Module":"exa');
  const ran = await on(repo, ["patch", "--yes", "--no-wait", "--json"]);
  assert.equal(ran.code, 0, ran.stdout);
  assert.equal(ran.json.State, "pushed");
});

Deno.test("undo takes nothing back while the remote cannot say whether the push came through", async () => {
  using repo = released();
  const gone = repo.remote + ".gone";
  const hook = join(repo.remote, "hooks", "reference-transaction");
  const script = `#!/bin/sh\n[ "$1" = committed ] || exit 0\nmv "$PWD" "${gone}"\nkill -9 $PPID\n`;
  Deno.writeTextFileSync(hook, script, { mode: 0o755 });
  const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"]);
  assert.equal(ran.code, 1, ran.stdout);
  assert.match(ran.stdout, /remote does not say whether it came through/);
  const undone = await on(repo, ["undo", "--json"]);
  assert.equal(undone.code, 3, undone.stdout);
  assert.equal(undone.json.Error.Code, "remote-unreachable");
  Deno.renameSync(gone, repo.remote);
  const refused = await on(repo, ["undo", "--json"]);
  assert.equal(refused.json.Error?.Code, "version-exists", refused.stdout);
  const resumed = await on(repo, ["resume", "--no-wait", "--json"]);
  assert.equal(resumed.code, 0, resumed.stdout);
  assert.equal(repo.onRemote("rev-parse", "v1.0.1"), repo.git("rev-parse", "v1.0.1"));
});
