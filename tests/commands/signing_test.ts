/** Signed releases, with keys of OpenPGP and of SSH; and messages as git keeps them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import { Repo, run, snapshotFolder, tryRun } from "../support/repo.ts";

const retract = ["retract", "v1.0.0", "--reason", "panics", "--yes", "--no-wait", "--json"];

function state(repo: Repo): Record<string, string> {
  return snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects"));
}

/** A key of OpenPGP without a passphrase, in a key ring of its own. */
class KeyRing implements Disposable {
  readonly env: Record<string, string>;
  constructor(repo: Repo) {
    // A socket's path is short.
    this.env = { ...repo.env, GNUPGHOME: Deno.makeTempDirSync({ prefix: "gorel-gpg-" }) };
    Deno.chmodSync(this.env.GNUPGHOME!, 0o700);
    run("gpg", [
      ...["--batch", "--quiet", "--passphrase", ""],
      ...["--quick-generate-key", "Ada Example <ada@example.com>", "ed25519", "sign", "never"],
    ], { env: this.env });
  }
  [Symbol.dispose](): void {
    tryRun("gpgconf", ["--kill", "all"], { env: this.env });
    Deno.removeSync(this.env.GNUPGHOME!, { recursive: true });
  }
}

/** Makes an SSH key the one that signs. */
function sshKey(repo: Repo): void {
  const key = join(repo.home, "key");
  run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], { env: repo.env });
  const allowed = join(repo.home, "allowed");
  Deno.writeTextFileSync(allowed, `ada@example.com ${Deno.readTextFileSync(`${key}.pub`)}`);
  repo.git("config", "gpg.format", "ssh");
  repo.git("config", "user.signingKey", `${key}.pub`);
  repo.git("config", "gpg.ssh.allowedSignersFile", allowed);
}

/** Commit and tag both carry a signature that git finds good. */
function verified(repo: Repo, env: Record<string, string>): void {
  const options = { cwd: repo.dir, env };
  run("git", ["verify-commit", "HEAD"], options);
  run("git", ["verify-tag", "v1.0.1"], options);
}

Deno.test("--sign makes signatures of OpenPGP that git verifies, and --no-sign makes none", async () => {
  using repo = released();
  using ring = new KeyRing(repo);
  const ran = await gorel([...retract, "--sign"], { cwd: repo.dir, env: ring.env });
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  verified(repo, ring.env);
  repo.git("config", "tag.gpgSign", "true");
  repo.git("config", "commit.gpgSign", "true");
  repo.write("m.go", "package m\n\n// 2\n");
  const plain = ["patch", "--include", "m.go", "--no-sign", "--yes", "--no-wait"];
  assert.equal((await gorel(plain, { cwd: repo.dir, env: repo.env })).code, 0);
  assert.doesNotMatch(repo.git("cat-file", "-p", "HEAD"), /gpgsig/);
  assert.doesNotMatch(repo.git("cat-file", "-p", "v1.0.2"), /BEGIN/);
});

Deno.test("git's own settings sign with an SSH key, the merge of --from too", async () => {
  using repo = released();
  sshKey(repo);
  repo.git("config", "tag.gpgSign", "true");
  repo.git("config", "commit.gpgSign", "true");
  const beside = ["--from", "v1.0.0", "--self", "--accept", "retract-leaves-nothing"];
  const ran = await gorel([...retract, ...beside], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  verified(repo, repo.env);
  run("git", ["verify-commit", "HEAD^2"], { cwd: repo.dir, env: repo.env });
});

Deno.test("whoever cannot sign releases nothing, and has nothing to take back", async (t) => {
  const broken: Record<string, (repo: Repo) => void> = {
    "no key of OpenPGP": () => {},
    "no program": (repo) => repo.git("config", "gpg.program", "/nowhere/gpg"),
    "an SSH key that is gone": (repo) => {
      sshKey(repo);
      Deno.removeSync(join(repo.home, "key"));
    },
  };
  for (const [name, prepare] of Object.entries(broken)) {
    await t.step(name, async () => {
      using repo = released();
      prepare(repo);
      const before = state(repo);
      const env = { ...repo.env, GNUPGHOME: repo.home };
      for (const args of [[...retract, "--sign"], ["patch", "--sign", "--yes", "--json"]]) {
        const ran = await gorel([...args, "--no-wait"], { cwd: repo.dir, env });
        assert.equal(ran.code, 1, ran.stdout);
        assert.equal(ran.json.State, "failed");
        const { Text, Fix } = ran.json.Problems.at(-1);
        assert.match(
          Text,
          args[0] === "patch" ? /^The tag was not signed: / : /^The commit was not/,
        );
        assert.match(Fix, /--no-sign/);
        assert.equal(ran.json.Next, undefined);
        const now = state(repo);
        for (const path of Object.keys(now)) if (/^\.\.|\.gnupg/.test(path)) delete now[path];
        assert.deepEqual(now, before);
      }
    });
  }
});

Deno.test("messages are kept as they were said, whatever is configured for an editor's", async () => {
  using repo = released();
  Deno.writeTextFileSync(join(repo.home, "template"), "TEMPLATE\n");
  repo.git("config", "commit.template", join(repo.home, "template"));
  repo.git("config", "commit.cleanup", "strip");
  repo.git("config", "i18n.commitEncoding", "ISO-8859-1");
  const message = "#12 größer  \n\n\n\n# not a comment\n";
  const ran = await gorel(
    [...retract, "--commit-message", message, "--tag-message", "# tag ü", "--signoff"],
    { cwd: repo.dir, env: repo.env },
  );
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  assert.equal(
    repo.git("log", "-1", "--format=%B", "--encoding=UTF-8"),
    "#12 größer\n\n# not a comment\n\nSigned-off-by: Ada Example <ada@example.com>",
  );
  assert.equal(repo.git("for-each-ref", "--format=%(contents)", "refs/tags/v1.0.1"), "# tag ü");

  repo.commit("more", { "n.go": "package m\n" });
  const unused = await gorel(
    ["patch", "--commit-message", "x", "--dry-run", "--no-wait", "--json"],
    { cwd: repo.dir, env: repo.env },
  );
  assert.equal(unused.code, 0);
  assert.ok(
    unused.json.Problems.some((p: { Code: string; Level: string }) =>
      p.Code === "message-unused" && p.Level === "note"
    ),
  );
});
