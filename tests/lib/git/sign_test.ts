import assert from "node:assert/strict";
import { join } from "node:path";
import { identity } from "../../../lib/git/config.ts";
import { signCommit, signTag } from "../../../lib/git/sign.ts";
import { commitText, tagText } from "../../../lib/git/write.ts";
import { Failed } from "../../../lib/problem.ts";
import { Repo, run, snapshotFolder, tryRun } from "../../support/repo.ts";
import { open } from "./open.ts";

/** Options for a test that needs a program: without it the test is skipped, and its name says why. */
function needs(program: string, name: string): { name: string; ignore: boolean } {
  const there = tryRun("sh", ["-c", `command -v ${program}`]).code === 0;
  return { name: there ? name : `${name} (skipped: no ${program} on PATH)`, ignore: !there };
}

const quiet = { terminal: false };

/** A repository whose own configuration signs with an SSH key. */
function withSshKey(repo: Repo, scope = "--local"): string {
  const key = join(repo.home, "id");
  run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", key], { env: repo.env });
  repo.git("config", scope, "gpg.format", "ssh");
  repo.git("config", scope, "user.signingKey", key + ".pub");
  return Deno.readTextFileSync(key + ".pub").trim();
}

async function plan(repo: Repo, message = "Release v1.0.0\n\nDetails: ü\n") {
  const parent = repo.commit("first", { f: "x" });
  const opened = await open(repo, repo.dir, {
    GIT_AUTHOR_NAME: "Grace Hopper",
    GIT_AUTHOR_DATE: "@1700000000 +0530",
    GIT_COMMITTER_DATE: "@1700000060 -0330",
  });
  const who = await identity(opened);
  assert.ok(!("Code" in who));
  const commit = {
    Tree: repo.git("rev-parse", "HEAD^{tree}"),
    Parents: [parent],
    ...who,
    Message: message,
  };
  return { opened, parent, who, commit };
}

Deno.test(
  needs("ssh-keygen", "signCommit() signs with SSH, as the repository is configured"),
  async () => {
    using repo = new Repo();
    const key = withSshKey(repo);
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1");
    const { opened, commit } = await plan(repo);
    const before = snapshotFolder(join(repo.dir, ".git"), (path) => path.startsWith("objects/"));
    const oid = await signCommit(opened, commit, quiet);
    const raw = repo.git("cat-file", "commit", oid);
    assert.match(raw, /^gpgsig -----BEGIN SSH SIGNATURE-----$/m);
    assert.equal(raw.replace(/^gpgsig .*\n(?: .*\n)*/m, "") + "\n", commitText(commit));
    const signers = join(repo.home, "signers");
    Deno.writeTextFileSync(signers, `ada@example.com ${key}\n`);
    repo.git("-c", `gpg.ssh.allowedSignersFile=${signers}`, "verify-commit", oid);
    assert.deepEqual(
      snapshotFolder(join(repo.dir, ".git"), (path) => path.startsWith("objects/")),
      before,
    );
    repo.git("fsck", "--strict");
  },
);

Deno.test(needs("ssh-keygen", "signTag() signs with SSH and makes no tag"), async () => {
  using repo = new Repo();
  const key = withSshKey(repo);
  const { opened, parent, who } = await plan(repo);
  const before = snapshotFolder(join(repo.dir, ".git"), (path) => path.startsWith("objects/"));
  for (const Name of ["v1.0.0", "sub/v1.2.3-rc.1", "größe"]) {
    const tag = {
      Object: parent,
      Name,
      Tagger: who.Committer,
      Message: "v1.0.0\n\n# no comment\n\n\n  kept  \n",
    };
    const oid = await signTag(opened, tag, quiet);
    const raw = repo.git("cat-file", "tag", oid);
    assert.ok(raw.startsWith(tagText(tag) + "-----BEGIN SSH SIGNATURE-----"), raw);
    const signers = join(repo.home, "signers");
    Deno.writeTextFileSync(signers, `ada@example.com ${key}\n`);
    repo.git("-c", `gpg.ssh.allowedSignersFile=${signers}`, "verify-tag", oid);
  }
  assert.deepEqual(
    snapshotFolder(join(repo.dir, ".git"), (path) => path.startsWith("objects/")),
    before,
  );
});

Deno.test(
  needs(
    "ssh-keygen",
    "signTag() finds settings that are included for the repository's folder only",
  ),
  async () => {
    using repo = new Repo();
    withSshKey(repo, "--global");
    const global = repo.env.GIT_CONFIG_GLOBAL!;
    const text = Deno.readTextFileSync(global);
    const at = text.indexOf("[gpg]");
    Deno.writeTextFileSync(
      join(repo.home, "work"),
      text.slice(at) + `[user]\n\tsigningKey = ${repo.home}/id.pub\n`,
    );
    const own = text.replace(/\n\tsigningKey = .*/i, "");
    Deno.writeTextFileSync(
      global,
      own.slice(0, own.indexOf("[gpg]")) +
        `[includeIf "gitdir:${repo.dir}/"]\n\tpath = ${repo.home}/work\n`,
    );
    const { opened, parent, who } = await plan(repo);
    const tag = { Object: parent, Name: "v1", Tagger: who.Committer, Message: "v1" };
    const oid = await signTag(opened, tag, quiet);
    assert.match(repo.git("cat-file", "tag", oid), /BEGIN SSH SIGNATURE/);
  },
);

Deno.test(
  needs("ssh-keygen", "signing works in linked worktrees and sha256 repositories"),
  async () => {
    using repo = new Repo();
    withSshKey(repo);
    const { parent, who } = await plan(repo);
    const linked = repo.folder.join("linked");
    repo.git("worktree", "add", "-q", linked);
    const tag = { Object: parent, Name: "v1", Tagger: who.Committer, Message: "v1" };
    assert.match(await signTag(await open(repo, linked), tag, quiet), /^[0-9a-f]{40}$/);

    using other = new Repo();
    Deno.removeSync(join(other.dir, ".git"), { recursive: true });
    other.git("init", "-q", "--object-format=sha256");
    withSshKey(other);
    const { opened, commit, parent: object } = await plan(other);
    assert.match(await signCommit(opened, commit, quiet), /^[0-9a-f]{64}$/);
    assert.match(await signTag(opened, { ...tag, Object: object }, quiet), /^[0-9a-f]{64}$/);
  },
);

Deno.test(needs("gpg", "signCommit() and signTag() sign with OpenPGP"), async () => {
  using repo = new Repo();
  const gnupg = join(repo.home, "gnupg");
  Deno.mkdirSync(gnupg, { mode: 0o700 });
  const env = { ...repo.env, GNUPGHOME: gnupg };
  const key = "Ada Example <ada@example.com>";
  run("gpg", [
    "--batch",
    "--quiet",
    "--passphrase",
    "",
    "--quick-gen-key",
    key,
    "ed25519",
    "sign",
    "never",
  ], { env });
  try {
    const { parent, who, commit } = await plan(repo);
    const opened = await open(repo, repo.dir, { GNUPGHOME: gnupg });
    const oid = await signCommit(opened, commit, quiet);
    run("git", ["verify-commit", oid], { cwd: repo.dir, env });
    const tag = { Object: parent, Name: "v1", Tagger: who.Committer, Message: "v1" };
    run("git", ["verify-tag", await signTag(opened, tag, quiet)], { cwd: repo.dir, env });
  } finally {
    tryRun("gpgconf", ["--kill", "gpg-agent"], { env });
  }
});

Deno.test("signing fails with git's words", async () => {
  using repo = new Repo();
  repo.git("config", "gpg.format", "ssh");
  repo.git("config", "user.signingKey", join(repo.home, "absent.pub"));
  const { parent, who, commit } = await plan(repo);
  const opened = await open(repo);
  await assert.rejects(signCommit(opened, commit, quiet), (error) => {
    assert.ok(error instanceof Failed);
    assert.match(error.message, /git commit-tree: .*(absent\.pub|ssh-keygen)/);
    return true;
  });
  const tag = { Object: parent, Name: "v1", Tagger: who.Committer, Message: "v1" };
  await assert.rejects(signTag(opened, tag, quiet), /git tag: |not sign the tag: .*absent\.pub/);
  await assert.rejects(signTag(opened, { ...tag, Name: "-v1" }, quiet), Failed);
  await assert.rejects(signTag(opened, { ...tag, Name: "../../x" }, quiet), Failed);
});

Deno.test("signCommit() fails when the signing program signs something else", async () => {
  using repo = new Repo();
  const program = join(repo.home, "liar");
  Deno.writeTextFileSync(
    program,
    "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n" +
      "printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nabcd\\n-----END PGP SIGNATURE-----\\n'\n",
  );
  Deno.chmodSync(program, 0o755);
  repo.git("config", "gpg.program", program);
  const { opened, commit } = await plan(repo);
  await assert.rejects(signCommit(opened, commit, quiet), /signed the commit, but does not verify/);
});
