import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { machine } from "../../../lib/cli/machine.ts";
import { Refused } from "../../../lib/problem.ts";
import { bad, history, modulePath } from "../../../lib/sandbox/sample.ts";
import { leftBehind, openSandbox, type Sandbox } from "../../../lib/sandbox/sandbox.ts";
import { needsGo } from "../../support/go.ts";
import { Folder, run, tryRun } from "../../support/repo.ts";

/** Runs the test in a sandbox of its own. */
async function inSandbox(test: (sandbox: Sandbox) => void | Promise<void>): Promise<void> {
  const sandbox = await openSandbox(machine());
  try {
    await test(sandbox);
  } finally {
    await sandbox.close();
  }
}

function git(sandbox: Sandbox, ...args: string[]): string {
  return run("git", args, { cwd: sandbox.Work, env: sandbox.Env }).trimEnd();
}

async function status(sandbox: Sandbox, path: string): Promise<number> {
  const response = await sandbox.Services.fetch(`${sandbox.ProxyUrl}/${modulePath}/${path}`);
  await response.body?.cancel();
  return response.status;
}

Deno.test("the sample has the same commits and tags wherever and whenever it is made", async () => {
  const others = machine({
    ...Deno.env.toObject(),
    GIT_DIR: "/nowhere",
    GIT_COMMITTER_NAME: "Somebody Else",
    GIT_COMMITTER_DATE: "2001-01-01T00:00:00Z",
    GIT_DEFAULT_HASH: "sha256",
    TZ: "Pacific/Auckland",
  });
  const sandbox = await openSandbox(others);
  try {
    assert.deepEqual(
      git(sandbox, "ls-remote", "origin").split("\n").map((line) => line.split("\t")),
      [
        ["2367acf4b77dcecbdd3c5595436939e539f28dbf", "HEAD"],
        ["2367acf4b77dcecbdd3c5595436939e539f28dbf", "refs/heads/main"],
        ["4a1a6f6b4c57f3b373563dc54bcad6af531c2046", "refs/tags/v0.1.0"],
        ["85c5531c0048da80d50cfcff01339672adaf81f3", "refs/tags/v0.1.0^{}"],
        ["a27ae90853c601c38487a455ceadebab4d716cfb", "refs/tags/v1.0.0"],
        ["d76837cd75cb540453913231fd041e0d9adf7103", "refs/tags/v1.0.0^{}"],
      ],
    );
    assert.equal(git(sandbox, "status", "--porcelain", "--branch"), "## main...origin/main");
    assert.equal(git(sandbox, "fsck", "--strict", "--full"), "");
    assert.equal(git(sandbox, "log", "--format=%an %cI").split("\n").length, history.length);
  } finally {
    await sandbox.close();
  }
});

Deno.test(
  needsGo("the sample builds; its v1.0.0 panics on nil, and main does not"),
  () =>
    inSandbox((sandbox) => {
      const panics = () => {
        Deno.writeTextFileSync(
          `${sandbox.Work}/nil_test.go`,
          'package greet\n\nimport "testing"\n\nfunc TestNil(t *testing.T) { Hello(nil) }\n',
        );
        // The build cache of this machine, since a new one would compile the standard library.
        const go = { ...sandbox.Env, GOCACHE: run("go", ["env", "GOCACHE"], machine()).trim() };
        return tryRun("go", ["test", "./..."], { cwd: sandbox.Work, env: go });
      };
      git(sandbox, "checkout", "-q", bad.Version);
      const before = panics();
      assert.match(before.stdout, /panic: runtime error: invalid memory address or nil pointer/);
      git(sandbox, "checkout", "-q", "main");
      const after = panics();
      assert.equal(after.code, 0, after.stdout + after.stderr);
    }),
);

Deno.test(
  needsGo("the go command finds the sample's versions at the sandbox's proxy"),
  () =>
    inSandbox(async (sandbox) => {
      const go = async (...args: string[]) => {
        const done = await sandbox.Services.processes.run("go", args, { cwd: sandbox.Root });
        const text = new TextDecoder();
        assert.equal(done.Code, 0, text.decode(done.Stderr));
        return text.decode(done.Stdout).trimEnd();
      };
      assert.equal(await go("list", "-m", "-versions", modulePath), `${modulePath} v0.1.0 v1.0.0`);
      assert.equal(await go("list", "-m", `${modulePath}@latest`), `${modulePath} v1.0.0`);
      const downloaded = JSON.parse(await go("mod", "download", "-json", `${modulePath}@v1.0.0`));
      assert.equal(
        Deno.readTextFileSync(`${downloaded.Dir}/greet.go`),
        history[1]!.Files["greet.go"],
      );
      assert.ok(downloaded.Dir.startsWith(sandbox.Root));
      assert.ok(sandbox.Log.length > 0 && sandbox.Log.every((asked) => asked.Status === 200));
    }),
);

Deno.test("like the public proxy, the sandbox's remembers that a version was not there", () =>
  inSandbox(async (sandbox) => {
    assert.equal(await status(sandbox, "@v/v1.0.1.info"), 404);
    git(sandbox, "tag", "-a", "-m", "v1.0.1", "v1.0.1");
    git(sandbox, "tag", "-a", "-m", "v1.0.2", "v1.0.2");
    git(sandbox, "tag", "-a", "-m", "v2.0.0", "v2.0.0");
    assert.equal(await status(sandbox, "@v/v1.0.2.mod"), 404, "not pushed yet");
    git(sandbox, "push", "-q", "--tags");
    assert.equal(await status(sandbox, "@v/v1.0.1.info"), 404);
    assert.equal(await status(sandbox, "@v/v2.0.0.info"), 404, "not a version of this path");
    const list = await sandbox.Services.fetch(`${sandbox.ProxyUrl}/${modulePath}/@v/list`);
    assert.equal(await list.text(), "v0.1.0\nv1.0.0\nv1.0.1\nv1.0.2\n");
    assert.deepEqual(sandbox.Log.map((asked) => asked.Version), [
      "v1.0.1",
      "v1.0.2",
      "v1.0.1",
      "v2.0.0",
      undefined,
    ]);
  }));

Deno.test("a closed sandbox leaves nothing behind, nor does one that was stopped while it was made", async () => {
  using folder = new Folder();
  const dir = folder.join("a");
  Deno.mkdirSync(dir);
  const sandbox = await openSandbox(machine(), { dir });
  assert.ok(sandbox.Work.endsWith("/a/greet"));
  await sandbox.close();
  const reason = new Error("stopped");
  Deno.mkdirSync(dir);
  await assert.rejects(openSandbox(machine(), { dir, signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("without git the sandbox is refused, and nothing is left behind", async () => {
  using folder = new Folder();
  const dir = folder.join("a");
  Deno.mkdirSync(dir);
  await assert.rejects(
    openSandbox(machine({ PATH: "/nowhere" }), { dir }),
    (error) => error instanceof Refused && error.problems[0]!.Code === "git-missing",
  );
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test(
  needsGo("a kept sandbox can be looked at with git and go after the program has ended"),
  async () => {
    using folder = new Folder();
    const dir = folder.join("it's kept");
    Deno.mkdirSync(dir);
    const sandbox = await openSandbox(machine(), { dir, keep: true });
    await sandbox.close();
    const shown = run("sh", [
      "-c",
      `. ./${leftBehind.Environment} && cd greet && git config user.name && cd .. && ` +
      `go list -m -versions ${modulePath} && go mod download ${modulePath}@v0.1.0`,
    ], { cwd: dir });
    assert.equal(shown, `Robin Example\n${modulePath} v0.1.0 v1.0.0\n`);
  },
);

/** What a program of its own, started in some other surroundings, prints about a sandbox. */
function elsewhere(before: string[], env: Record<string, string>): string {
  const here = (path: string) =>
    JSON.stringify(fileURLToPath(new URL(`../../../${path}`, import.meta.url)));
  const program = `
    import { openSandbox } from ${here("lib/sandbox/sandbox.ts")};
    import { machine } from ${here("lib/cli/machine.ts")};
    try {
      const sandbox = await openSandbox(machine());
      const url = sandbox.ProxyUrl + "/${modulePath}/@v/list";
      console.log(await (await sandbox.Services.fetch(url)).text());
      await sandbox.close();
    } catch (error) {
      console.log(error.name + ": " + error.message);
    }`;
  const [first, ...rest] = [...before, Deno.execPath()];
  const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
  return run(first!, [...rest, "eval", "--quiet", "--config", config, program], {
    cwd: dirname(config),
    env: { ...machine().env, ...env },
  });
}

Deno.test("a proxy for the web does not come between gorel and the sandbox", () => {
  const env = { HTTP_PROXY: "http://127.0.0.1:9", http_proxy: "http://127.0.0.1:9" };
  assert.equal(elsewhere([], env), "v0.1.0\nv1.0.0\n\n");
});

const noNetwork = (() => {
  try {
    return tryRun("unshare", ["-rn", "true"]).code === 0;
  } catch {
    return false;
  }
})();

Deno.test({
  name: noNetwork
    ? "where nothing listens on loopback, one sentence says so"
    : "where nothing listens on loopback, one sentence says so (skipped: no unshare here)",
  ignore: !noNetwork,
  fn() {
    assert.match(
      elsewhere(["unshare", "-rn"], {}),
      /^Failed: The sandbox needs a module proxy on 127\.0\.0\.1, and this machine .*unreachable.*\.\n$/,
    );
  },
});
