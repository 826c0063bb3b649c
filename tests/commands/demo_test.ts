import assert from "node:assert/strict";
import { carryOut, plan } from "../../commands/carry.ts";
import { run as demo } from "../../commands/demo.ts";
import type { Options } from "../../lib/cli/answer.ts";
import { exitOf, Interrupted } from "../../lib/cli/exit.ts";
import { defaults } from "../../lib/cli/flags.ts";
import { machine } from "../../lib/cli/machine.ts";
import { toChoices } from "../../lib/cli/options.ts";
import type { Plan } from "../../lib/plan/types.ts";
import { bad, modulePath } from "../../lib/sandbox/sample.ts";
import { openSandbox } from "../../lib/sandbox/sandbox.ts";
import type { Services, Terminal } from "../../lib/services.ts";
import { decode } from "../../lib/text.ts";
import { hasGo, needsGo } from "../support/go.ts";
import { gorel, type Ran } from "../support/gorel.ts";
import { Folder, run } from "../support/repo.ts";

const never = new AbortController().signal;

/** Runs `gorel demo` with a home and a folder for temporary files that hold nothing else. */
async function runDemo(
  args: string[],
  test: (ran: Ran, left: string[], folder: Folder) => void,
  env: Record<string, string> = {},
): Promise<void> {
  using folder = new Folder();
  for (const name of ["home", "tmp"]) Deno.mkdirSync(folder.join(name));
  const ran = await gorel(["demo", ...args], {
    cwd: folder.path,
    env: { HOME: folder.join("home"), TMPDIR: folder.join("tmp"), LANG: "C.UTF-8", ...env },
  });
  const left = ["home", "tmp"].flatMap((name) =>
    [...Deno.readDirSync(folder.join(name))].map((entry) => `${name}/${entry.name}`)
  );
  test(ran, left, folder);
}

Deno.test("demo --yes patches and retracts, tells why, and leaves nothing behind", () =>
  runDemo(["--yes"], (ran, left) => {
    assert.equal(ran.code, 0, ran.stderr);
    const parts = [
      "nothing\nleaves this machine",
      "panics when p is nil",
      "A version is for ever",
      'gorel retract v1.0.0 --reason "Hello panics when given a nil Person."',
      "retract v1.0.0",
      "@latest  v1.0.0 → v1.0.1",
      "gorel undo",
      "━━",
      "✓ push",
      "✓ .zip",
      "✓ @latest",
      "example.com/greet@latest   v1.0.1",
      "example.com/greet@v1.0.0   still works, and warns",
      hasGo ? "go: upgraded example.com/greet v1.0.0 => v1.0.1" : "There is no go\n  command here",
    ];
    let at = 0;
    for (const part of parts) {
      const found = ran.stdout.indexOf(part, at);
      assert.ok(found >= 0, `${part} is not told after the part before it:\n${ran.stdout}`);
      at = found + part.length;
    }
    assert.equal(ran.stderr, "");
    assert.deepEqual(left, []);
  }));

Deno.test("demo works without go, and says that it was not there", async () => {
  using bin = new Folder();
  const git = Deno.env.get("PATH")!.split(":").map((dir) => `${dir}/git`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
  Deno.symlinkSync(git!, bin.join("git"));
  await runDemo(["--yes"], (ran, left) => {
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, /greet@latest {3}v1\.0\.1/);
    assert.match(ran.stdout, /There is no go\s+command here/);
    assert.deepEqual(left, []);
  }, { PATH: bin.path });
});

Deno.test("demo --json prints the outcome alone, whatever the user's own settings are", () =>
  runDemo(["--yes", "--json"], (ran) => {
    assert.equal(ran.code, 0, ran.stderr);
    const outcome = ran.json;
    assert.equal(outcome.State, "published");
    assert.deepEqual(
      outcome.Releases.map((r: { Module: string; TagName: string }) => [r.Module, r.TagName]),
      [[modulePath, "v1.0.1"]],
    );
    const states = outcome.Steps.map((s: { Do: string; State: string }) => `${s.Do} ${s.State}`);
    assert.deepEqual(states, [
      "write done",
      "commit done",
      "branch done",
      "tag done",
      "line done",
      "push done",
      "ask-proxy done",
      "verify done",
    ]);
  }, {
    GOREL_OFFLINE: "1",
    GOREL_NO_PUSH: "1",
    GOREL_REMOTE: "upstream",
    GOPROXY: "http://127.0.0.1:9",
    GOPRIVATE: "example.com",
    HTTP_PROXY: "http://127.0.0.1:9",
    GIT_DIR: "/nowhere",
    GIT_AUTHOR_DATE: "not a date",
  }));

Deno.test("demo exits 2 where nobody can be asked, before anything is made", () =>
  runDemo([], (ran, left) => {
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /--yes/);
    assert.equal(ran.stdout, "");
    assert.deepEqual(left, []);
  }));

Deno.test("demo --keep leaves a sound repository and says how to look around in it", () =>
  runDemo(["--yes", "--keep"], (ran, left, folder) => {
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(left.length, 1);
    const root = folder.join(left[0]!);
    const [cd, environment] = ran.stdout.split("\n").filter((line) => /^ {2}(cd|\.) /.test(line));
    const shown = run("sh", [
      "-c",
      `${cd} && ${environment} && git fsck --strict --full 2>&1 && git status --short --branch &&
       git ls-remote --tags origin | sed 's/.*refs.tags.//' && git cat-file -t v1.0.1`,
    ], { cwd: "/", env: { HOME: folder.join("home") } });
    assert.equal(
      shown,
      "## main...origin/main\nv0.1.0\nv0.1.0^{}\nv1.0.0\nv1.0.0^{}\nv1.0.1\nv1.0.1^{}\ntag\n",
    );
    assert.ok(cd!.includes(root));
  }));

/** What a person at a terminal sees of `demo --yes`. */
async function atTerminal(
  signal: AbortSignal,
  onOutput: (text: string) => void = () => {},
) {
  const here = machine();
  const seen = { text: "", root: "" };
  const show = (text: string) => {
    seen.text += text;
    onOutput(text);
  };
  const terminal: Terminal = {
    interactive: true,
    out: show,
    err: show,
    readLine: () => Promise.resolve(null),
  };
  const services: Services = {
    ...here,
    terminal,
    processes: {
      run(program, args, options) {
        seen.root ||= options?.cwd ?? "";
        return here.processes.run(program, args, options);
      },
    },
  };
  const flags = { ...defaults(), color: false, yes: true };
  const options: Options = { command: "demo", args: [], flags, cwd: Deno.cwd() };
  const answer = await demo(options, services, signal);
  assert.equal(answer.Kind === "outcome" || answer.Kind === "text", true);
  assert.throws(() => Deno.statSync(seen.root), Deno.errors.NotFound);
  return { answer, exit: exitOf(answer, signal), seen: seen.text };
}

Deno.test("demo stopped by Ctrl-C before the push sends nothing and cleans up", async () => {
  for (const moment of ["What happened", "✓ write"]) {
    const stop = new AbortController();
    const stopped = await atTerminal(stop.signal, (text) => {
      if (text.includes(moment)) stop.abort(new Interrupted("SIGINT"));
    });
    assert.equal(stopped.exit, 130);
    assert.equal(stopped.seen.includes("✓ write"), moment === "✓ write");
    assert.doesNotMatch(stopped.seen, /✓ push/);
  }
});

Deno.test(
  needsGo("after the demo's release the go command sees exactly what the plan said"),
  async () => {
    const sandbox = await openSandbox(machine());
    try {
      const services = sandbox.Services;
      const { Choices } = toChoices("retract", [bad.Version], {
        ...defaults(),
        reason: bad.Reason,
      });
      const made = await plan(Choices, { Dir: sandbox.Work }, services);
      const built = (made as { Plan: Plan }).Plan;
      const { Expect } = built.Releases[0]!;
      const again = await plan(Choices, { Dir: sandbox.Work }, services);
      assert.equal(JSON.stringify((again as { Plan: Plan }).Plan), JSON.stringify(built));
      const names = () => sandbox.Log.filter((asked) => asked.Version === "v1.0.1");
      assert.deepEqual(names(), [], "no proxy is asked for a version that is not out");

      const told: string[] = [];
      const outcome = await carryOut(built, made.Facts, Choices, services, never, (step) => {
        if (step.State !== "begun") told.push(`${step.Do} ${names().length}`);
      });
      assert.equal(outcome.State, "published");
      assert.ok(told.includes("push 0"));
      assert.deepEqual(names().map((asked) => asked.Status), [200, 200, 200]);

      const user = `${sandbox.Root}/user`;
      Deno.mkdirSync(user);
      Deno.writeTextFileSync(`${user}/go.mod`, "module example.com/user\n\ngo 1.21\n");
      // Not run to its end in one go: the proxy it asks is in this very process.
      const go = async (...args: string[]) => {
        const done = await services.processes.run("go", args, { cwd: user });
        assert.equal(done.Code, 0, decode(done.Stderr));
        return decode(done.Stdout);
      };
      assert.equal(
        await go("list", "-m", "-versions", modulePath),
        `${modulePath} v0.1.0 v1.0.1\n`,
      );
      assert.equal(
        await go("list", "-m", "-versions", "-retracted", modulePath),
        `${modulePath} v0.1.0 v1.0.0 v1.0.1\n`,
      );
      const retracted = await go(
        "list",
        "-m",
        "-retracted",
        "-json",
        `${modulePath}@${bad.Version}`,
      );
      assert.deepEqual(JSON.parse(retracted).Retracted, [bad.Reason]);
      await go("get", `${modulePath}@latest`);
      assert.match(Deno.readTextFileSync(`${user}/go.mod`), /example\.com\/greet v1\.0\.1/);
      const downloaded = JSON.parse(await go("mod", "download", "-json", `${modulePath}@v1.0.1`));
      assert.deepEqual(
        { Sum: downloaded.Sum, GoModSum: downloaded.GoModSum },
        { Sum: Expect.Sum, GoModSum: Expect.GoModSum },
      );
      assert.equal(Expect.LatestBefore, "v1.0.0");
      assert.equal(Expect.Latest, "v1.0.1");
      const git = (dir: string, ...args: string[]) =>
        run("git", args, { cwd: dir, env: sandbox.Env });
      assert.equal(
        git(sandbox.Work, "status", "--porcelain", "--branch"),
        "## main...origin/main\n",
      );
      assert.equal(git(sandbox.Remote, "fsck", "--strict", "--full"), "");
    } finally {
      await sandbox.close();
    }
  },
);
