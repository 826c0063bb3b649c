/** The real go command does what the topics say, also where tutorials say something else. */
import assert from "node:assert/strict";
import { topicNames } from "../../../../lib/cli/explain/names.ts";
import { topicOf } from "../../../../lib/cli/explain/topics.ts";
import { Go, needsGo } from "../../../support/go.ts";
import { Repo } from "../../../support/repo.ts";
import { World } from "./world.ts";

/** A command of an example, without its remark, and the lines that it prints there. */
function commands(example: readonly string[]): { command: string; prints: string[] }[] {
  const out: { command: string; prints: string[] }[] = [];
  for (const line of example) {
    if (line.startsWith("$ ")) {
      out.push({ command: line.slice(2).replace(/ +# .*$/, ""), prints: [] });
    } else if (line !== "") out.at(-1)?.prints.push(line.trim());
  }
  return out;
}

const published = /^go .*\b(example\.com\/(wire|young|mixed|old|gate|replaced)|acme\/odd)\b/;

const sessions = topicNames
  .map((name) => ({ name, steps: commands(topicOf(name)!.Example!) }))
  .filter(({ steps }) => steps.some(({ command }) => published.test(command)));

/** A pseudo-version without time and commit, which are those of the day it was written. */
function stable(line = ""): string {
  return line.replace(/\d{14}-[0-9a-f]{12}/g, "TIME-COMMIT");
}

/** `...` stands for any number of lines. */
function agrees(shown: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return printed.length === 0;
  if (first === "...") {
    return printed.some((_, i) => agrees(rest, printed.slice(i))) || agrees(rest, []);
  }
  return stable(printed[0]) === stable(first) && agrees(rest, printed.slice(1));
}

Deno.test(needsGo("every go session of a topic prints what go prints"), async (t) => {
  assert.ok(sessions.length >= 14, `${sessions.length}`);
  await using world = new World();
  for (const { name, steps } of sessions) {
    await t.step(name, async () => {
      const dir = world.user("example.com/wire");
      for (const { command, prints } of steps) {
        if (!command.startsWith("go ")) continue;
        const { lines } = await world.run(command.slice(3).replaceAll("'", ""), dir);
        assert.ok(
          agrees(prints, lines),
          `$ ${command}\n${lines.join("\n")}\nnot\n${prints.join("\n")}`,
        );
      }
    });
  }

  await t.step("v1 and v2 compile in one build, with different types", async () => {
    const dir = world.user("example.com/wire");
    await world.run("get example.com/wire@v1.2.0 example.com/wire/v2@v2.0.0", dir);
    Deno.writeTextFileSync(
      `${dir}/user.go`,
      'package user\n\nimport one "example.com/wire"\nimport two "example.com/wire/v2"\n\n' +
        "func Use() {\n\tone.F()\n\ttwo.F(2)\n}\n",
    );
    assert.deepEqual(await world.run("build ./...", dir), { code: 0, lines: [] });
  });

  await t.step("go get takes a user across a break in v0; only the compiler notices", async () => {
    const dir = world.user("example.com/young");
    await world.run("get example.com/young@v0.9.0", dir);
    assert.equal((await world.run("build ./...", dir)).code, 0);
    assert.equal((await world.run("get -u ./...", dir)).code, 0);
    const built = await world.run("build ./...", dir);
    assert.equal(built.code, 1);
    assert.match(built.lines.join("\n"), /not enough arguments in call to p0\.F/);
  });

  await t.step("a build on a retracted version is silent, tidy too", async () => {
    const dir = world.user("example.com/wire");
    await world.run("get example.com/wire@v1.1.0", dir);
    for (const command of ["build ./...", "mod tidy", "vet ./..."]) {
      assert.deepEqual(await world.run(command, dir), { code: 0, lines: [] }, command);
    }
  });

  await t.step("go get leaves a user on a commit above the highest release", async () => {
    const dir = world.user();
    const added = await world.run("get github.com/acme/odd@main", dir);
    const pseudo = /v1\.0\.1-0\.\d{14}-[0-9a-f]{12}/.exec(added.lines[0]!)![0];
    await world.run("get github.com/acme/odd", dir);
    const stays = await world.run("list -m github.com/acme/odd", dir);
    assert.deepEqual(stays.lines, [`github.com/acme/odd ${pseudo}`]);
    assert.deepEqual((await world.run("get github.com/acme/odd@latest", dir)).lines, [
      `go: downgraded github.com/acme/odd ${pseudo} => v1.0.0`,
    ]);
  });

  await t.step("with GONOPROXY set @patch is broken in Go 1.26, @v1.0 is not", async () => {
    using go = new Go({ ...world.go.env, GONOPROXY: "corp.example.com" });
    const dir = world.user("example.com/wire");
    await go.start(["get", "example.com/wire@v1.0.0"], dir);
    if (/^go version go1\.26\b/.test(go.run(["version"]).stdout)) {
      const { code, stderr } = await go.start(["get", "example.com/wire@patch"], dir);
      assert.equal(code, 1);
      assert.match(stderr, /no existing version is required/);
    }
    const { stderr } = await go.start(["get", "example.com/wire@v1.0"], dir);
    assert.match(stderr, /upgraded example\.com\/wire v1\.0\.0 => v1\.0\.1/);
  });

  await t.step("a branch that is named like a version is none", async () => {
    const { code, lines } = await world.run("list -m github.com/acme/odd@v1.5.0", world.user());
    assert.equal(code, 1);
    assert.match(lines.join("\n"), /v1\.5\.0 is not a tag/);
  });

  await t.step("a pushed tag reaches the proxy when somebody asks, not before", async () => {
    const { wire, proxies } = world;
    const asked = () => proxies.flatMap(({ log }) => log).filter((a) => a.Version === "v1.2.1");
    wire.git("tag", "v1.2.1", "v1.2.0");
    wire.git("push", "-q", "origin", "v1.2.1");
    const dir = world.user();
    await world.run("list -m example.com/wire@v1.0.0", dir);
    assert.deepEqual(asked(), []);
    const { lines } = await world.run("list -m example.com/wire@v1.2.1", dir);
    assert.deepEqual(lines, ["example.com/wire v1.2.1"]);
    assert.deepEqual(asked().find(({ Status }) => Status === 200)?.What, "info");
  });

  await t.step("a tag that was moved is a SECURITY ERROR to whoever had it", async () => {
    const dir = world.user("github.com/acme/odd");
    await world.run("get github.com/acme/odd@v1.0.0", dir);
    const { odd } = world;
    odd.commit("other content", { "odd.go": "package odd\n\nfunc F() { _ = 1 }\n" });
    odd.git("tag", "-f", "v1.0.0");
    odd.git("push", "-q", "-f", "origin", "v1.0.0");
    await world.run("clean -modcache", dir);
    const { code, lines } = await world.run("build ./...", dir);
    assert.equal(code, 1);
    const example = commands(topicOf("moved-tags")!.Example!)[0]!.prints;
    for (const line of example.slice(1).filter((line) => line !== "...")) {
      assert.ok(lines.includes(line), line);
    }
    assert.ok(lines.includes("verifying github.com/acme/odd@v1.0.0: checksum mismatch"));
  });
});

Deno.test("git push --tags sends what nobody meant; one tag by its name goes alone", () => {
  using repo = new Repo();
  repo.commit("first", { "go.mod": "module example.com/m\n" });
  repo.withRemote();
  repo.commit("second");
  repo.git("tag", "v1.4.3");
  repo.git("tag", "v9.9.9");
  const step = commands(topicOf("push-tags")!.Example!).at(-1)!.command;
  repo.git(...step.split(" ").slice(1));
  assert.equal(repo.onRemote("tag"), "v1.4.3");
  assert.equal(repo.onRemote("rev-parse", "main", "v1.4.3").split("\n").length, 2);
  repo.git("push", "-q", "--tags", "origin");
  assert.equal(repo.onRemote("tag"), "v1.4.3\nv9.9.9");
});
