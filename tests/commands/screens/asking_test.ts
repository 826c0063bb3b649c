// deno-lint-ignore-file no-control-regex
/** Programs that the screens give the terminal to: the maintainer's editor, and what asks for passphrases. */
import assert from "node:assert/strict";
import { Folder, type Repo, run, tryRun } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import { begin, choose, key, left, openIn, quit, write } from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

/** An editor: a shell script that finds the file in `$1`. */
function editor(folder: Folder, name: string, script: string): string {
  const path = folder.join(name);
  Deno.writeTextFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `'${path}'`;
}

Deno.test("$EDITOR for the reason, for go.mod and for the messages: what it saves is what is released", async () => {
  using repo = released();
  using folder = new Folder();
  const script = `case "$1" in
*REASON) [ "$(cat "$1")" = "bad" ] || exit 9; printf 'panics on nil\\n' > "$1" ;;
*go.mod) sed -i 's/panics on nil/panics on nil; use v1.0.1/' "$1" ;;
*TAG_EDITMSG) printf 'Version 1.0.1\\n\\nThanks to everybody.\\n' > "$1" ;;
*COMMIT_EDITMSG) printf 'mod: retract v1.0.0\\n' > "$1" ;;
esac`;
  const EDITOR = editor(folder, "my editor", script);
  await using pty = openIn(repo, ["retract", "v1.0.0", "--no-wait"], { env: { EDITOR } });
  await pty.until("[x] v1.0.0");
  await pty.until("▌");
  await write(pty, "bad");
  await pty.type(key.ctrl("g"));
  await pty.until(/panics on nil▌|▌.*panics on nil/);
  assert.equal(pty.alternate, true);
  await pty.type(key.esc);
  await pty.until(/e go\.mod/);
  await pty.type("e");
  await pty.until(/┃ panics on nil; use v1\.0\.1/);
  await pty.type("n");
  await pty.until(/preflight|[Cc]arried by/);
  if (!pty.screen().includes("preflight")) await pty.type(key.enter);
  await pty.until("› go on to the plan");
  await choose(pty, "tag message");
  await pty.until(/tag message +Version 1\.0\.1/);
  await pty.until("› go on to the plan");
  await choose(pty, "commit message");
  await pty.until(/commit message +mod: retract v1\.0\.0/);
  await begin(pty, "v1.0.1");
  await pty.until("out: the remote has it");
  assert.equal((await quit(pty)).code, 0);
  assert.match(repo.onRemote("show", "v1.0.1:go.mod"), /\/\/ panics on nil; use v1\.0\.1\n/);
  assert.equal(
    repo.onRemote("for-each-ref", "--format=%(contents)", "refs/tags/v1.0.1"),
    "Version 1.0.1\n\nThanks to everybody.",
  );
  assert.equal(repo.onRemote("log", "-1", "--format=%B", "v1.0.1").trim(), "mod: retract v1.0.0");
});

Deno.test("an editor that fails, changes nothing, is not there, or writes no go.mod: a sentence, and all as before", async (t) => {
  using repo = released();
  using folder = new Folder();
  const table: [name: string, EDITOR: string, press: string, says: RegExp][] = [
    ["fails", editor(folder, "fails", "exit 3"), key.ctrl("g"), /exit code 3/],
    ["changes nothing", "true", key.ctrl("g"), /Nothing was changed in the editor/],
    ["is not there", folder.join("nothing-here"), key.ctrl("g"), /exit code 127/],
    ["is killed", editor(folder, "killed", "kill -KILL $$"), key.ctrl("g"), /exit code/],
    ["breaks go.mod", editor(folder, "breaks", 'echo "retract (" >> "$1"'), "e", /^ ! .+/m],
    ["changes more", editor(folder, "more", 'echo "go 1.99" >> "$1"'), "e", /^ ! .+/m],
    [
      "writes escapes",
      editor(folder, "escapes", `printf 'a\\033]0;owned\\007b\\033[31m' > "$1"`),
      key.ctrl("g"),
      /^ ! .+|a.*b/m,
    ],
  ];
  for (const [name, EDITOR, press, says] of table) {
    await t.step(name, async () => {
      await using pty = openIn(repo, ["retract", "v1.0.0"], {
        env: { EDITOR, GOPROXY: "direct" },
      });
      await pty.until("[x] v1.0.0");
      await pty.until("▌");
      await write(pty, "bad words");
      if (press === "e") {
        await pty.type(key.esc);
        await pty.until(/e go\.mod/);
      }
      await pty.type(press);
      await pty.until(says);
      if (name !== "writes escapes") await pty.until("bad words");
      assert.equal(pty.alternate, true);
      assert.equal(pty.cursorVisible, false);
      await pty.type(key.ctrl("c"));
      assert.equal((await left(pty)).code, 130);
      assert.doesNotMatch(pty.output, /owned\x07/);
    });
  }
  assert.equal(repo.git("status", "--porcelain"), "");
});

/** The terminal is with who asks: the main screen, the cursor, keys by the line. */
async function assertLent(pty: Pty): Promise<void> {
  assert.equal(pty.alternate, false);
  assert.equal(pty.cursorVisible, true);
  assert.equal(pty.bracketedPaste, false);
  assert.match(await pty.modes(), / icanon /);
  assert.match(await pty.modes(), / -echo /);
}

/** An ssh that needs a passphrase to push, and asks for it on the terminal as ssh does. */
function askingSsh(repo: Repo): string {
  const path = repo.folder.join("ssh");
  Deno.writeTextFileSync(
    path,
    `#!/bin/sh
for last; do :; done
case "$last" in *receive-pack*)
  stty -echo < /dev/tty
  printf 'Enter passphrase for key: ' > /dev/tty
  read -r answer < /dev/tty
  stty echo < /dev/tty
  echo > /dev/tty
  [ "$answer" = "open sesame" ] || { echo 'Permission denied (publickey).' >&2; exit 255; }
esac
exec sh -c "$last"
`,
    { mode: 0o755 },
  );
  repo.git("remote", "set-url", "origin", `ssh://host.invalid${repo.remote}`);
  return path;
}

Deno.test("a passphrase that ssh asks for in the push is typed to ssh, on the real terminal", async () => {
  using repo = released();
  const env = { GIT_SSH_COMMAND: askingSsh(repo), GIT_SSH_VARIANT: "simple" };
  await using pty = openIn(repo, ["patch", "--no-wait"], { env });
  await begin(pty, "v1.0.1");
  await pty.until(/Enter passphrase for key: $/m);
  await assertLent(pty);
  await pty.type("open sesame\r");
  await pty.until("out: the remote has it");
  assert.equal(pty.alternate, true);
  assert.equal(pty.cursorVisible, false);
  assert.match(await pty.modes(), / -icanon /);
  const { code, lines } = await quit(pty);
  assert.equal(code, 0);
  // What was asked is done with, and never shown.
  assert.deepEqual(lines.filter((line) => /passphrase|sesame|gorel: git/.test(line)), []);
  assert.doesNotMatch(pty.output, /sesame/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("a wrong passphrase fails the push and nothing else; resume asks again", async () => {
  using repo = released();
  const env = { GIT_SSH_COMMAND: askingSsh(repo), GIT_SSH_VARIANT: "simple" };
  await using pty = openIn(repo, ["patch", "--no-wait"], { env });
  await begin(pty, "v1.0.1");
  await pty.until(/Enter passphrase for key: $/m);
  await pty.type("wrong\r");
  const failed = await pty.until(/v1\.0\.1 failed/);
  assert.match(failed, /Permission denied/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  await choose(pty, "go on");
  await pty.until(/Enter passphrase for key: $/m);
  await assertLent(pty);
  await pty.type("open sesame\r");
  await pty.until(/out: the remote has it|v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

const keygen = tryRun("sh", ["-c", "command -v ssh-keygen"]).code === 0;

Deno.test({
  name: `a signing key's passphrase is asked by ssh-keygen itself${
    keygen ? "" : " (skipped: no ssh-keygen on PATH)"
  }`,
  ignore: !keygen,
  async fn() {
    using repo = released();
    const at = repo.folder.join("key");
    run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "open sesame", "-C", "ada", "-f", at]);
    repo.git("config", "gpg.format", "ssh");
    repo.git("config", "user.signingkey", `${at}.pub`);
    repo.git("config", "tag.gpgsign", "true");
    await using pty = openIn(repo, ["patch", "--no-wait"]);
    await begin(pty, "v1.0.1");
    await pty.until(/Enter passphrase/);
    await assertLent(pty);
    await pty.type("open sesame\r");
    await pty.until("out: the remote has it");
    assert.equal((await quit(pty)).code, 0);
    assert.doesNotMatch(pty.output, /sesame/);
    assert.match(
      repo.onRemote("for-each-ref", "--format=%(contents)", "refs/tags/v1.0.1"),
      /BEGIN SSH SIGNATURE/,
    );
  },
});
