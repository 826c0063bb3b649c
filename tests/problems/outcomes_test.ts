/** Codes that come after a release was begun, or before anything is read: exit codes 1, 2 and 8. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Code } from "../../lib/problem.ts";
import { Proxy } from "../support/proxy.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { outcomes } from "./codes.ts";
import { found, gorel, type Told } from "./prove.ts";

const release = ["patch", "--yes", "--no-wait"];

function hook(folder: string, name: string, script: string): void {
  Deno.mkdirSync(join(folder, "hooks"), { recursive: true });
  Deno.writeTextFileSync(join(folder, "hooks", name), `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(join(folder, "hooks", name), 0o755);
}

const remoteSays = (words: string) => (r: Repo) =>
  hook(r.remote, "pre-receive", `echo '${words}' >&2; exit 1`);

const tags = (r: Repo) => r.onRemote("tag", "--list");

interface After {
  change?: (repo: Repo) => void;
  argv?: string[];
  proxy?: (repo: Repo) => Proxy;
}

const late = (repo: Repo) =>
  new Proxy(repo, (source) => ({
    info: (p, v) => v === "v1.0.1" ? Promise.resolve(null) : source.info(p, v),
  }));
const other = (repo: Repo) =>
  new Proxy(repo, (source) => ({ zip: (p, v) => source.zip(p, v === "v1.0.1" ? "v1.0.0" : v) }));
const waited = ["patch", "--yes", "--wait", "1s"];

const cases: Partial<
  Record<Code, { exit: number; text: RegExp; fix: RegExp; on: After; near: After; sent: boolean }>
> = {
  "push-refused": {
    exit: 1,
    text: /not on a Friday/,
    fix: /./,
    sent: false,
    on: { change: remoteSays("not on a Friday") },
    near: { change: (r) => hook(r.remote, "pre-receive", "echo 'have a nice day' >&2") },
  },
  "protected-branch": {
    exit: 1,
    text: /main/,
    fix: /./,
    sent: false,
    on: {
      change: (r) =>
        hook(
          r.remote,
          "update",
          '[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch update failed for $1." >&2; exit 1; }',
        ),
    },
    near: {
      change: (r) => hook(r.remote, "update", '[ "$1" != refs/heads/next ] || exit 1'),
    },
  },
  "hook-refused": {
    exit: 1,
    text: /pre-push.*no release today/,
    fix: /--no-hooks/,
    sent: false,
    on: {
      change: (r) => hook(join(r.dir, ".git"), "pre-push", "echo 'no release today' >&2; exit 1"),
    },
    near: {
      change: (r) => hook(join(r.dir, ".git"), "pre-push", "echo 'no release today' >&2; exit 1"),
      argv: [...release, "--no-hooks"],
    },
  },
  "not-yet": {
    exit: 8,
    text: /v1\.0\.1/,
    fix: /^gorel resume v1\.0\.1$/,
    sent: true,
    on: { proxy: late, argv: waited },
    near: { proxy: (r) => new Proxy(r), argv: waited },
  },
  "hash-mismatch": {
    exit: 1,
    text: /h1:/,
    fix: /./,
    sent: true,
    on: { proxy: other, argv: waited },
    near: { proxy: (r) => new Proxy(r), argv: waited },
  },
};

async function after(
  { change, argv = release, proxy }: After,
  body: (told: Told, repo: Repo) => void,
) {
  using repo = released();
  change?.(repo);
  const held = proxy?.(repo);
  try {
    const env = { ...repo.env, ...(held && { GOPROXY: held.url }) };
    body(await gorel(argv, repo.dir, env), repo);
  } finally {
    await held?.[Symbol.asyncDispose]();
  }
}

for (const code of outcomes) {
  Deno.test(`${code}: a release that was begun`, async () => {
    const { exit, text, fix, on, near, sent } = cases[code]!;
    await after(on, (told, repo) => {
      assert.equal(told.exit, exit, JSON.stringify(told.json) + told.err);
      const problem = found(told, code);
      assert.ok(problem, JSON.stringify(told.json));
      assert.match(problem.Text, text);
      assert.match(problem.Text, /^[^\n]*\.$/);
      assert.match(problem.Fix ?? "", fix);
      assert.match(told.json.Next, /^gorel (resume|verify)/);
      assert.equal(tags(repo), sent ? "v1.0.0\nv1.0.1" : "v1.0.0");
      if (!sent) assert.notEqual(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "main"));
    });
    await after(near, (told, repo) => {
      assert.equal(told.exit, 0, JSON.stringify(told.json) + told.err);
      assert.equal(found(told, code), undefined);
      assert.equal(tags(repo), "v1.0.0\nv1.0.1");
    });
  });
}

Deno.test("hook-refused: a commit hook says no before anything has moved, here and there", async () => {
  for (const name of ["pre-commit", "commit-msg"]) {
    using repo = released();
    hook(join(repo.dir, ".git"), name, "echo 'no release today' >&2; exit 1");
    const state = () =>
      [
        repo.git("for-each-ref"),
        repo.git("status", "--porcelain"),
        repo.git("stash", "list"),
        repo.onRemote("for-each-ref"),
        repo.read("go.mod"),
      ].join("\n");
    const before = state();
    const index = Deno.readFileSync(join(repo.dir, ".git/index"));
    const argv = ["deprecate", "--reason", "use n", "--yes", "--no-wait"];
    const told = await gorel(argv, repo.dir, repo.env);
    assert.equal(told.exit, 1, JSON.stringify(told.json));
    const problem = found(told, "hook-refused");
    assert.match(problem?.Text ?? "", new RegExp(`${name} hook refused .*no release today\\.$`));
    assert.match(problem!.Fix!, /--no-hooks/);
    assert.equal(state(), before);
    assert.deepEqual(Deno.readFileSync(join(repo.dir, ".git/index")), index);
    const near = await gorel([...argv, "--no-hooks"], repo.dir, repo.env);
    assert.equal(near.exit, 0, JSON.stringify(near.json));
  }
});

Deno.test("version-invalid: what is no Go version is a wrong command line, and the right one is named", async () => {
  using repo = released();
  const cases: [string[], RegExp][] = [
    [["1.2.3"], /v1\.2\.3/],
    [["v1.2"], /v1\.2\.0/],
    [["v01.2.3"], /v1\.2\.3/],
    [["v1.2.3+meta"], /v1\.2\.3/],
    [["retract", "v1", "--reason", "x"], /v1\.0\.0/],
    [["retract", "v1.0.0..", "--reason", "x"], /both ends/],
    [["check", "v1.0.1-0.20200101000000-abcdefabcdef"], /pseudo/],
  ];
  for (const [argv, text] of cases) {
    const told = await gorel(
      [...argv, ...(argv[0] === "check" ? [] : ["--yes", "--no-wait"])],
      repo.dir,
      repo.env,
    );
    assert.equal(told.exit, 2, argv.join(" "));
    assert.match(told.json.Error.Text, text);
    if (argv[0] !== "1.2.3") assert.equal(told.json.Error.Code, "version-invalid", argv.join(" "));
  }
  const near = await gorel(["v1.0.1-x.0.y", "--dry-run", "--no-wait"], repo.dir, repo.env);
  assert.equal(near.exit, 0, JSON.stringify(near.json));
});
