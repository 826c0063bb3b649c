import assert from "node:assert/strict";
import { Config, identity, parseIdent, readConfig } from "../../../lib/git/config.ts";
import { Failed } from "../../../lib/problem.ts";
import { Repo, tryRun } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

Deno.test("readConfig() reads every scope in one process, the last value wins", async () => {
  using repo = new Repo();
  repo.git("config", "user.email", "local@example.com");
  repo.git("config", "remote.My Fork.url", "a.git");
  repo.git("config", "--add", "remote.My Fork.url", "b.git");
  repo.git("config", "x.multi", "one\ntwo");
  const { repo: opened, started } = counted(await open(repo));
  const config = await readConfig(opened);
  assert.equal(started.length, 1);
  assert.equal(config.get("user.name"), "Ada Example");
  assert.equal(config.get("USER.Email"), "local@example.com");
  assert.deepEqual(config.all("user.email"), ["ada@example.com", "local@example.com"]);
  assert.deepEqual(config.all("Remote.My Fork.URL"), ["a.git", "b.git"]);
  assert.equal(config.get("remote.my fork.url"), undefined);
  assert.equal(config.get("x.multi"), "one\ntwo");
  assert.deepEqual(config.subsections("remote"), ["My Fork"]);
  assert.equal(config.Settings.find((s) => s.Name === "user.name")?.Scope, "global");
  assert.equal(config.Settings.find((s) => s.Name === "x.multi")?.Scope, "local");
});

Deno.test("Config reads booleans and numbers as git does", async () => {
  using repo = new Repo();
  const values = [
    ..."true false yes no on off TRUE Off 1 0 2 -1 +1 0x10 010 1k 1M 2g 0k 08 1.5 1kb maybe k"
      .split(" "),
    " 7",
    "7 ",
    "tru",
    "",
    "- 1",
    "0x",
    "1 k",
  ];
  for (const [i, value] of values.entries()) repo.git("config", `x.v${i}`, value);
  const file = repo.dir + "/.git/config";
  Deno.writeTextFileSync(file, Deno.readTextFileSync(file) + "[x]\n\tbare\n");
  const config = await readConfig(await open(repo));
  const byGit = (type: string, name: string) =>
    tryRun("git", ["config", `--type=${type}`, "--get", name], { cwd: repo.dir, env: repo.env });
  for (const [i, value] of [...values.entries(), ["bare", null] as const]) {
    const name = i === "bare" ? "x.bare" : `x.v${i}`;
    for (const type of ["bool", "int"] as const) {
      const said = byGit(type, name);
      const ours = (): unknown => config[type](name);
      if (said.code !== 0) assert.throws(ours, Failed, `${type} of ${JSON.stringify(value)}`);
      else assert.equal(String(ours()), said.stdout.trim(), `${type} of ${JSON.stringify(value)}`);
    }
  }
  assert.equal(config.bool("x.absent"), undefined);
  assert.equal(config.int("x.absent"), undefined);
});

Deno.test("readConfig() keeps a name without a value apart from an empty one", () => {
  const config = new Config([
    { Name: "a.b", Value: null, Scope: "local" },
    { Name: "a.c", Value: "", Scope: "local" },
  ]);
  assert.equal(config.bool("a.b"), true);
  assert.equal(config.bool("a.c"), false);
  assert.equal(config.get("a.b"), "");
});

Deno.test("readConfig() fails with git's words on a broken file", async () => {
  using repo = new Repo();
  const opened = await open(repo);
  Deno.writeTextFileSync(repo.dir + "/.git/config", "[core\n", { append: true });
  await assert.rejects(readConfig(opened), /bad config line/);
});

Deno.test("identity() is what git would commit with", async () => {
  using repo = new Repo();
  const opened = await open(repo, repo.dir, {
    GIT_AUTHOR_NAME: "Grace Hopper",
    GIT_AUTHOR_DATE: "@1700000000 +0530",
    GIT_COMMITTER_DATE: "@1700000001 -0000",
  });
  assert.deepEqual(await identity(opened), {
    Author: { Name: "Grace Hopper", Email: "ada@example.com", Time: 1700000000, Offset: "+0530" },
    Committer: { Name: "Ada Example", Email: "ada@example.com", Time: 1700000001, Offset: "+0000" },
  });
});

Deno.test("identity() refuses where git refuses to guess", async () => {
  using repo = new Repo();
  Deno.writeTextFileSync(
    repo.env.GIT_CONFIG_GLOBAL!,
    "[user]\n\tuseConfigOnly = true\n\tname = Ada\n",
  );
  const found = await identity(await open(repo));
  assert.ok("Code" in found);
  assert.equal(found.Code, "no-identity");
  assert.match(found.Text, /no email was given/);
  assert.match(found.Fix!, /user\.name .*user\.email/);
});

Deno.test("parseIdent() takes what stands in a commit, and nothing else", () => {
  assert.deepEqual(parseIdent("A <> 0 +0000\n"), {
    Name: "A",
    Email: "",
    Time: 0,
    Offset: "+0000",
  });
  assert.deepEqual(parseIdent("A B <a@b> 12 -0330"), {
    Name: "A B",
    Email: "a@b",
    Time: 12,
    Offset: "-0330",
  });
  for (const text of ["", "A a@b 1 +0000", "A <a@b> x +0000", "A <a@b> 1 0000"]) {
    assert.equal(parseIdent(text), null, text);
  }
});
