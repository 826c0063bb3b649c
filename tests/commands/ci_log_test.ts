/** What a CI system reads of a release: groups and annotations of ours, and no command of anybody else. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Proxy } from "../support/proxy.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { gitHubCommands, otherCommands } from "../support/runners.ts";
import { left, openIn } from "../support/screens.ts";
import { job, type Said } from "./jobs.ts";

const hostile = [
  "::error::obeyed",
  "  ::stop-commands::obeyed",
  "##[error]obeyed",
  "##vso[task.setvariable variable=a]obeyed",
  "##teamcity[buildStatus text='obeyed']",
  "+++ obeyed",
];

function hook(path: string): void {
  const lines = hostile.map((line) => `echo "${line}"; echo "${line}" >&2`).join("\n");
  Deno.writeTextFileSync(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
}

/** Commits, files and hooks, here and on the remote, that would like to be obeyed. */
function trap(repo: Repo): void {
  repo.commit("feat: ##vso[task.setvariable variable=a]obeyed ::error::obeyed", {
    "n.go": "package m\n\n// N is new.\nfunc N() {}\n",
  });
  repo.git("push", "-q", "origin", "HEAD");
  hook(join(repo.dir, ".git/hooks/pre-commit"));
  hook(join(repo.dir, ".git/hooks/pre-push"));
  hook(join(repo.remote, "hooks/post-receive"));
  repo.write("::error::obeyed.txt", "");
  repo.write("##[error]obeyed.txt", "");
}

const reason = "loses data ##[error]obeyed ::error::obeyed";

/** Reports the names and titles of the commands of a log; none of them is foreign. */
function named(log: string): string[] {
  const commands = gitHubCommands(log);
  assert.ok(
    commands.every(({ Name }) => /^(group|endgroup|error|warning|notice)$/.test(Name)),
    log,
  );
  for (const { Name, Data } of commands) {
    if (Name === "error" || Name === "group") assert.doesNotMatch(Data, /^obeyed/);
  }
  return commands.map(({ Name, Data }) => Name === "group" ? `${Name} ${Data}` : Name);
}

function harmless(said: Said): void {
  assert.deepEqual(gitHubCommands(said.out), []);
  assert.deepEqual(otherCommands(said.out + said.err), []);
  assert.match(said.out + said.err, /obeyed/);
}

Deno.test("a release is told in groups, and nothing that others wrote is obeyed", async (t) => {
  using repo = released();
  trap(repo);
  await using proxy = new Proxy(repo);
  const env = { ...repo.env, GOPROXY: proxy.url, CI: "true", GITHUB_ACTIONS: "true" };
  const at = { cwd: repo.dir, env };

  await t.step("a look", async () => {
    const said = await job(["next", "-v"], at);
    harmless(said);
    assert.deepEqual([said.code, said.out, named(said.err)], [0, "v1.1.0\n", []]);
    const json = await job(["next", "--json"], at);
    harmless(json);
    assert.match(JSON.stringify(json.json.Evidence), /##vso\[task\.setvariable/);
  });

  await t.step("a refusal, with its place", async () => {
    repo.write("go.mod", "module example.com/m\n\ngo 1.21\n\nrequire ##[error]obeyed v1.0.0\n");
    const said = await job(["patch", "--yes"], at);
    assert.deepEqual([said.code, said.out], [3, ""]);
    assert.ok(named(said.err).includes("error"), said.err);
    const json = await job(["patch", "--yes", "--json"], at);
    assert.equal(json.json.Error.Code, "dirty");
    const [error] = gitHubCommands(json.err);
    assert.deepEqual(error!.Properties, { file: "go.mod" });
    repo.git("checkout", "-q", "go.mod");
  });

  await t.step("a whole release", async () => {
    const words = ["retract", "v1.0.0", "--reason", reason, "--yes", "--no-build"];
    const said = await job(words, at);
    harmless(said);
    assert.equal(said.code, 0, said.err);
    assert.match(said.err, /: :error::obeyed/);
    assert.deepEqual(named(said.err).filter((name) => /group/.test(name)), [
      "group Facts and checks",
      "endgroup",
      "group Local steps",
      "endgroup",
      "group Push",
      "endgroup",
      "group What users get",
      "endgroup",
    ]);
    assert.ok(named(said.err).includes("warning"), "the untracked files");
  });

  await t.step("a proof that has nothing to say on its way", async () => {
    const said = await job(["verify"], at);
    assert.equal(said.code, 0, said.err);
    assert.deepEqual(named(said.err).filter((name) => /group/.test(name)), []);
  });

  await t.step(
    "with --events lines of JSON, with -q nothing",
    async () => {
      for (const flag of ["--events", "-q"]) {
        repo.write("n.go", `package m // ${flag}\n`);
        repo.git("commit", "-q", "-a", "--no-verify", "-m", "fix: more");
        const said = await job(["auto", "--yes", "--no-build", "--no-wait", flag], at);
        assert.equal(said.code, 0, said.err);
        if (flag === "-q") assert.equal(said.err, "");
        if (flag === "--events") {
          const lines = said.err.split("\n").filter((line) => line.startsWith("{"));
          assert.deepEqual(named(said.err), []);
          assert.equal(JSON.parse(lines.at(-1)!).Do, "push");
        }
      }
    },
  );
});

Deno.test("in a CI system a terminal is none: nothing is asked, no screen opens", async () => {
  using repo = released();
  await using pty = openIn(repo, ["patch"], { env: { JENKINS_URL: "https://ci.example.com" } });
  const { code, lines } = await left(pty);
  assert.equal(code, 2);
  assert.match(lines.join(" "), /nobody can be asked here: add --yes/);
});
