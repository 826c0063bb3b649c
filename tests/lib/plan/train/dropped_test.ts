/** Replacements of modules that are in no train: left out of what is tagged, and back behind it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { needsGo } from "../../../support/go.ts";
import { gorel } from "../../../support/gorel.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, planned, refusal, World } from "./judge.ts";

const path = (dir: string) => join("example.com/m", dir);

/** go.mod of a module that requires others by their folders. */
function goMod(dir: string, others: readonly string[], version: string): string {
  const up = dir.replace(/[^/]+/g, "..");
  return `module ${path(dir)}\n\ngo 1.21\n` +
    others.map((other) => `\nrequire ${path(other)} ${version}\n`).join("") +
    others.map((other) => `\nreplace ${path(other)} => ${up}/${other}\n`).join("");
}

const imports = (...dirs: string[]) => dirs.map((dir) => `import _ "${path(dir)}"\n`).join("");

/** The root; codec requires it, store both, and a command all three. Nothing was released. */
function four(version = "v0.0.0-00010101000000-000000000000"): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    LICENSE: "free\n",
    "go.mod": goMod("", [], version),
    "m.go": "package m\n",
    "codec/go.mod": goMod("codec", [""], version),
    "codec/codec.go": `package codec\n\n${imports("")}`,
    "store/go.mod": goMod("store", ["", "codec"], version),
    "store/store.go": `package store\n\n${imports("", "codec")}`,
    "cmd/app/go.mod": goMod("cmd/app", ["", "codec", "store"], version),
    "cmd/app/main.go": `package main\n\n${imports("store")}\nfunc main() {}\n`,
  });
  return repo.withRemote();
}

const dirs = ["", "codec", "store", "cmd/app"];
const auto = { Bump: "auto" } as const;
const restores = { RestoreReplaces: true };

Deno.test(
  needsGo("what stays out of a train is required as it is out, in every tagged go.mod"),
  async () => {
    using repo = four();
    await using world = new World(repo);
    await world.tidy(dirs);
    repo.commit("tidy");
    const first = await planned(repo, [], auto, restores);
    assert.equal(first.Releases.length, 4);
    carryOut(repo, first);
    await world.tidyTrees(first);
    // What had no go.sum gets none, neither an empty one.
    assert.deepEqual(repo.git("ls-files", "*go.sum"), "");
    assert.match(repo.git("ls-tree", "-r", "--name-only", "step-commit"), /codec\/go\.sum/);
    repo.git("checkout", "-q", "-B", "main");

    repo.commit("fix: codec", { "codec/more.go": "package codec\n" });
    repo.git("push", "-q", "origin", "main");
    const second = await planned(repo, [], auto, restores);
    assert.deepEqual(second.Releases.map((r) => r.Module), dirs.slice(1).map(path));
    assert.deepEqual(
      second.Problems.map((p) => p.Code).filter((code) => code.startsWith("replace")),
      [],
    );
    carryOut(repo, second);
    for (const { TagName, Dir } of second.Releases) {
      assert.doesNotMatch(repo.git("show", `${TagName}:${Dir}/go.mod`), /replace/);
      assert.match(repo.git("show", `HEAD:${Dir}/go.mod`), /replace example.com\/m => \.\./);
    }
    await world.tidyTrees(second);
    // Nobody imports a command.
    const libraries = { ...second, Releases: second.Releases.slice(0, 2) };
    await world.use(libraries, { [path("codec")]: path("codec"), [path("store")]: path("store") });
    const { Version } = second.Releases.find((r) => r.Dir === "cmd/app")!;
    await world.must(["install", "-n", `${path("cmd/app")}@${Version}`], repo.folder.join("user"));

    // One module alone, which is due, is no other case.
    repo.git("checkout", "-q", "-B", "main");
    repo.commit("fix: app", { "cmd/app/more.go": "package main\n" });
    repo.git("push", "-q", "origin", "main");
    const third = await planned(repo, [], auto, restores);
    assert.deepEqual(third.Releases.map((r) => r.Dir), ["cmd/app"]);
    carryOut(repo, third);
    assert.doesNotMatch(
      repo.git("show", `${third.Releases[0]!.TagName}:cmd/app/go.mod`),
      /replace/,
    );
    await world.tidyTrees(third);
  },
);

Deno.test("a replacement stays where its version is not out, and where auto drops nothing there is no commit", async () => {
  using repo = four();
  const args = ["auto", "--restore-replaces", "--yes", "--no-build", "--no-wait"];
  const ran = await gorel(args, { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(repo.git("status", "--porcelain") + repo.git("ls-files", "*go.sum"), "");
  assert.match(repo.git("show", "codec/v0.1.0:codec/go.sum"), /^example\.com\/m v0\.1\.0 h1:/);
  repo.commit("fix: codec", { "codec/more.go": "package codec\n" });
  repo.git("push", "-q", "origin", "main");
  const named = await planned(repo, ["codec"], { Bump: "patch" });
  assert.ok(named.Steps.every(({ Do }) => Do !== "commit"));
  const [warning] = named.Problems.filter((p) => p.Code === "replace-dropped");
  assert.match(warning!.Fix!, /^gorel auto --restore-replaces leaves them out/);
  assert.ok((await planned(repo, ["codec"], auto)).Steps.some(({ Do }) => Do === "commit"));

  repo.git("push", "-q", "origin", ":refs/tags/v0.1.0");
  const { Codes } = await refusal(planned(repo, ["codec"], auto));
  assert.ok(Codes.includes("replace-local"), `${Codes}`);
  const accepted = { Accept: [{ Code: "replace-local" as const }] };
  const kept = await planned(repo, ["codec"], auto, accepted);
  assert.ok(kept.Steps.every(({ Do }) => Do !== "commit"));
  const train = await planned(repo, ["codec", "store"], { Bump: "patch" }, accepted);
  carryOut(repo, train);
  const store = repo.git("show", "store/v0.1.1:store/go.mod");
  assert.match(store, /replace example\.com\/m => \.\./);
  assert.doesNotMatch(store, /replace example\.com\/m\/codec/);
});
