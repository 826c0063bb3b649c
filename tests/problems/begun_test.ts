/** What was begun before, and what is not said beside it. */
import assert from "node:assert/strict";
import { released } from "../support/released.ts";
import { found, gorel, prove } from "./prove.ts";
import { unfinished } from "./begun.ts";

unfinished.forEach(prove);

Deno.test("beside an unfinished release, or a moved tag, nothing says that HEAD is a release", async () => {
  using repo = released();
  const tell = (...args: string[]) => gorel([...args, "--no-wait"], repo.dir, repo.env);
  assert.equal((await tell("patch", "--yes", "--no-push")).json.State, "local");
  for (const word of ["patch", "auto"]) {
    const again = await tell(word, "--yes");
    assert.deepEqual(again.problems.map((p) => p.Code), ["unfinished", "not-asked"]);
  }
  assert.equal((await tell("resume", "--yes")).exit, 0);
  assert.ok(found(await tell("patch", "--yes"), "nothing-to-release"));

  repo.commit("fix: more", { "m.go": "package m // more\n" });
  repo.git("tag", "-f", "v1.0.1");
  for (const word of ["patch", "auto"]) {
    const moved = await tell(word, "--yes");
    assert.deepEqual(moved.problems.map((p) => p.Code), ["tag-moved", "not-asked"]);
  }
});

Deno.test("resume repeats what was accepted, not what lay in the work tree when it was begun", async () => {
  using repo = released();
  repo.commit("sub", {
    "go.mod":
      "module example.com/m\n\nrequire example.com/b v0.0.0\n\nreplace example.com/b => ../b\n",
  });
  repo.write("m.go", "package m // staged\n");
  repo.git("add", "m.go");
  repo.write("m.go", "package m // and more\n");
  repo.write("new.go", "package m\n");
  const argv = ["patch", "--include", "m.go", "--accept", "replace-local=soon", "--no-push"];
  const begun = await gorel([...argv, "--yes"], repo.dir, repo.env);
  const codes = ["partly-staged", "replace-local", "untracked"];
  const told = (of: typeof begun) =>
    of.problems.map((p) => p.Code).filter((code) => codes.includes(code)).sort();
  assert.deepEqual(told(begun), codes);
  const resumed = await gorel(["resume", "--no-wait"], repo.dir, repo.env);
  assert.equal(resumed.exit, 0);
  assert.deepEqual(told(resumed), ["replace-local"]);
  assert.equal(found(resumed, "replace-local")?.Accepted, "soon");
});

Deno.test("apply says what is wrong with the file before that nobody can be asked, and a plan is carried out once", async () => {
  using repo = released();
  const at = (name: string) => repo.folder.join(name);
  const tell = (...args: string[]) => gorel(args, repo.dir, repo.env);
  Deno.writeTextFileSync(at("broken.json"), "{");
  Deno.writeTextFileSync(at("other.json"), "{}");
  const asks = /nothing is asked: add --yes/;
  const words: [name: string, exit: number, text: RegExp][] = [
    ["nofile.json", 1, /plan .*nofile\.json cannot be read/],
    ["broken.json", 3, /it is no JSON/],
    ["other.json", 3, /not a plan of gorel: its Format is not 1/],
    ["patch.json", 2, asks],
  ];
  await tell("plan", "patch", "--no-wait", "-o", at("patch.json"));
  for (const [name, exit, text] of words) {
    const told = await tell("apply", at(name));
    assert.equal(told.exit, exit, name);
    assert.match(told.json.Error.Text, text);
  }
  assert.match((await tell("apply", "-")).json.Error.Text, asks);

  for (const word of [["patch"], ["retract", "v1.0.0", "--reason", "panics"]]) {
    await tell("plan", ...word, "--no-wait", "-o", at("plan.json"));
    const apply = () => tell("apply", "--yes", "--no-wait", at("plan.json"));
    assert.equal((await apply()).json.State, "pushed");
    const again = await apply();
    assert.equal(again.exit, 3);
    assert.match(
      found(again, "moved")!.Text,
      /^This very plan was carried out: v1\.0\.[12] is what it makes\.$/,
    );
  }
});
