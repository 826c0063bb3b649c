/** The real program as a process: what happens before any command is there. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { version } from "../../../lib/cli/version.ts";
import { gorel, permissions } from "../../support/gorel.ts";
import { Folder, Repo } from "../../support/repo.ts";

Deno.test("--version answers without a repository, also behind the -C of a task", async () => {
  using folder = new Folder();
  const cwd = folder.path;
  for (const argv of [["--version"], ["-C", cwd, "--version"], ["--json", "--version"]]) {
    const ran = await gorel(argv, { cwd });
    assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, `gorel ${version}\n`, ""]);
  }
});

Deno.test("a wrong command line exits 2 with one sentence and nothing on standard output", async () => {
  using folder = new Folder();
  const table: [string[], RegExp][] = [
    [["1.2.3"], /^gorel: there is no command 1\.2\.3; did you mean v1\.2\.3\?\n$/],
    [["pacth"], /^gorel: there is no command pacth; did you mean patch\?\n$/],
    [["patch", "--dry"], /^gorel: unknown option --dry \(gorel patch --help\)\n$/],
    [["-C", "nowhere", "next"], /^gorel: -C nowhere: there is no such folder\n$/],
    [["patch"], /^gorel: nobody can be asked here: add --yes to go ahead, or --dry-run/],
    [["retract", "v1.10.2"], /^gorel: gorel retract needs --reason TEXT/],
    [["v1.11"], /did you mean v1\.11\.0\?\n$/],
  ];
  for (const [argv, stderr] of table) {
    const ran = await gorel(argv, { cwd: folder.path });
    assert.deepEqual([ran.code, ran.stdout], [2, ""], argv.join(" "));
    assert.match(ran.stderr, stderr);
  }
});

Deno.test("outside of a repository a command is refused, with --json as one document", async () => {
  using folder = new Folder();
  const ran = await gorel(["--json", "next"], {
    cwd: folder.path,
    env: { GIT_CEILING_DIRECTORIES: folder.path, HOME: folder.path },
  });
  assert.equal(ran.code, 3);
  assert.equal(ran.json.Error.Code, "not-a-repository");
  assert.equal(ran.json.Error.Problems[0].Level, "stop");
});

Deno.test("gorel without words prints the status; -C and --module come from the caller's folder", async () => {
  using repo = new Repo();
  repo.commit("start", {
    "tools/go.mod": "module example.com/greet/tools\n\ngo 1.22\n",
    "tools/x.go": "package tools\n",
    "go.mod": "module example.com/greet\n\ngo 1.22\n",
    "greet.go": "package greet\n",
  });
  repo.tag("tools/v0.3.0");
  const env = { ...repo.env, LANG: "C.UTF-8" };
  const status = await gorel(["--offline"], { cwd: repo.dir, env });
  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /^example\.com\/greet /);
  const next = await gorel(["next", "--offline", "--json", "-C", "tools"], { cwd: repo.dir, env });
  assert.equal(next.json.TagPrefix, "tools/");
  const named = await gorel(["versions", "--offline", "--json", "--module", ".", "-C", "tools"], {
    cwd: repo.dir,
    env,
  });
  assert.equal(named.json.Module, "example.com/greet/tools");
});

const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
const main = fileURLToPath(new URL("../../../main.ts", import.meta.url));
const program = ["run", "--quiet", "--config", config, ...permissions, main];

Deno.test("a reader that goes away early does no harm", () => {
  using folder = new Folder();
  const script = '{ "$@"; echo $? >code; } | true; exit "$(cat code)"';
  const { code, stderr } = new Deno.Command("sh", {
    args: ["-c", script, "sh", Deno.execPath(), ...program, "help"],
    cwd: folder.path,
    stdin: "null",
  }).outputSync();
  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
});

Deno.test("a signal ends a command that only looks, with the signal's exit code", async () => {
  using repo = new Repo();
  repo.commit("start", { "go.mod": "module example.com/greet\n", "a.go": "package greet\n" });
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<Response>();
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    asked.resolve();
    return answered.promise;
  });
  // Another HOME would be another cache of Deno's.
  const { HOME: _, ...env } = repo.env;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...program, "status"],
    cwd: repo.dir,
    env: {
      ...env,
      GOTOOLCHAIN: "local",
      GOPROXY: `http://127.0.0.1:${server.addr.port}`,
      GOENV: "off",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await asked.promise;
  child.kill("SIGTERM");
  const { code, stdout, stderr } = await child.output();
  answered.resolve(new Response());
  assert.deepEqual([code, stdout.length], [143, 0]);
  assert.equal(new TextDecoder().decode(stderr), "gorel: stopped by SIGTERM\n");
});
