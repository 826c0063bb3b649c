// deno-lint-ignore-file no-control-regex
/** What strangers wrote, on the real screens: it is text, of one row's room, and nothing else. */
import assert from "node:assert/strict";
import { Repo } from "../../support/repo.ts";
import { begin, choose, key, left, moveTo, openIn, quit } from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

/** Everything that a terminal might obey, around two words that may be seen. */
const evil = "first\x1b[2J\x1b[1;1H\x1b[38;5;201mred\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07" +
  "\x1b]8;;https://evil.invalid\x1b\\link\x1b]8;;\x1b\\\x9b31mc1\x9d0;owned\x9c\x1bP+q\x1b\\" +
  "\u202egnp.exe\u202c\u2066\u200b\u200d\ufeff\r\b\b\x7f\x00last";

/** Wide, combining, joined and endless letters. */
const odd = `漢字かな e\u0301${"\u0301".repeat(40)} 👩‍👩‍👧‍👦 🇩🇪 ﷽ ｗｉｄｅ ${"長".repeat(60)}`;

function bytes(text: string): string {
  return text.replaceAll("\0", "");
}

/** A repository whose every author was a stranger. */
function hostile(): Repo {
  const repo = new Repo();
  const reason = bytes(evil).replaceAll(/[\r\n]/g, " ");
  repo.git("config", "user.name", bytes(evil).replaceAll(/[<>\r\n]/g, ""));
  repo.commit("begin", {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "m.go": "package m\n",
    "LICENSE": "free\n",
  });
  repo.tag("v0.9.0");
  repo.commit(bytes(evil), {
    "go.mod": `module example.com/m\n\ngo 1.21\n\n// ${reason} ${odd}\nretract v0.9.0\n`,
  });
  repo.git("tag", "-a", "-m", bytes(evil), "v1.0.0");
  repo.tag("v1.0.0-漢字\u202egnp.1");
  repo.tag(`v1.0.0+${"x".repeat(180)}`);
  repo.tag("v1.x-👩‍👩‍👧");
  repo.withRemote();
  repo.commit(`${odd} ${"long ".repeat(2000)}`, { "m.go": "package m\n\n// 1\n" });
  repo.commit(`fix: ${bytes(evil)}`, { [`${"dir/".repeat(30)}漢字.go`]: "package m\n" });
  repo.commit("\u202e\u2067 right to left", { "m.go": "package m\n\n// 2\n" });
  const noise = repo.folder.join("noise");
  Deno.writeTextFileSync(noise, `${evil}\n${odd}\n${"y".repeat(10_000)}\n`);
  for (
    const hook of [`${repo.dir}/.git/hooks/pre-push`, `${repo.remote}/hooks/pre-receive`]
  ) {
    Deno.writeTextFileSync(hook, `#!/bin/sh\ncat '${noise}' >&2\n`, { mode: 0o755 });
  }
  return repo;
}

/** Every row in its window and its panes, and no trace of an order to the terminal. */
async function assertUnharmed(pty: Pty, columns: number): Promise<void> {
  const screen = await pty.settled();
  const lines = screen.split("\n");
  assert.equal(pty.alternate, true);
  assert.equal(pty.cursorVisible, false);
  assert.match(lines.at(-1)!, /(back|close|quit|exit \d+|this step)$/, screen);
  const rules = lines.flatMap((line, y) => /^[─┬┴━]+$/.test(line) ? [y] : []);
  assert.ok(rules.length >= 2, screen);
  // A cell that is one too many moves everything right of it: the bars between the panes tell.
  const top = rules[0]!;
  for (let x = 0; x < columns; x++) {
    if (pty.cell(top, x).text !== "┬") continue;
    for (let y = top + 1; !rules.includes(y); y++) {
      assert.match(pty.cell(y, x).text, /^[│┼├┤]$/, `row ${y}, column ${x}:\n${screen}`);
    }
  }
  assert.deepEqual(pty.copied, []);
  assert.doesNotMatch(screen, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
}

function assertObeyed(pty: Pty): void {
  assert.doesNotMatch(pty.output, /\x1b[\]P^_X]|[\x80-\x9f]|38;5;201|\x1b\[2J\x1b\[1;1H/);
  assert.doesNotMatch(pty.output, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
  assert.deepEqual(pty.copied, []);
}

for (const size of [{ columns: 80, rows: 24 }, { columns: 120, rows: 40 }]) {
  Deno.test(`hostile history, tags and servers disturb no screen of ${size.columns}×${size.rows}`, async () => {
    using repo = hostile();
    await using pty = openIn(repo, [], { env: { GOPROXY: "direct" }, size });
    const unharmed = () => assertUnharmed(pty, size.columns);
    await pty.until(/no proxy ✓ rem/);
    await unharmed();
    assert.match(pty.screen(), /first/);
    await pty.type("V");
    await pty.until("2 versions · 3 ignored");
    for (const row of ["v1.0.0", "v0.9.0", "v1.x-", "v1.0.0+xxx", "v1.0.0-漢字"]) {
      await moveTo(pty, row);
      await unharmed();
    }
    await pty.type(key.esc);
    await pty.until("What do you want to do?");
    await choose(pty, "Retract a version");
    await pty.until(/› \[ \] v1\.0\.0/);
    await unharmed();
    await pty.type(key.esc);
    await pty.until("What do you want to do?");
    await choose(pty, "Patch and retract");
    await pty.until("Which version is bad?");
    await unharmed();
    await pty.type(key.esc);
    await pty.until("What do you want to do?");
    await choose(pty, "Release");
    await pty.until("What changed for users?");
    await unharmed();
    await pty.type("l");
    await pty.until(/漢字/);
    await unharmed();
    await pty.type(key.enter);
    await pty.until(/[›·] patch/);
    await unharmed();
    await pty.type(key.tab);
    await unharmed();
    await pty.type(key.tab);
    await pty.until(/› patch/);
    await pty.type(key.enter);
    await pty.until(/[›>] (go on to the plan|✗)/);
    await unharmed();
    await begin(pty, "v1.0.1");
    await pty.until(/v1\.0\.1 is (published|out)/);
    await unharmed();
    const { code, lines } = await quit(pty);
    assert.equal(code, 0, lines.join("\n"));
    assertObeyed(pty);
    assert.equal(repo.onRemote("tag", "--list", "v1.0.1"), "v1.0.1");
  });
}

Deno.test("a remote that refuses in a hostile voice is quoted, not obeyed", async () => {
  using repo = hostile();
  const hook = `${repo.remote}/hooks/pre-receive`;
  Deno.writeTextFileSync(hook, Deno.readTextFileSync(hook) + "exit 1\n");
  const size = { columns: 120, rows: 40 };
  await using pty = openIn(repo, ["patch", "--no-wait"], { size });
  await begin(pty, "v1.0.1");
  await pty.until(/v1\.0\.1 failed/);
  await assertUnharmed(pty, size.columns);
  await pty.type("w");
  await pty.until("close");
  assert.doesNotMatch(pty.screen(), /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
  await pty.type(key.ctrl("c"));
  const { code, lines } = await left(pty);
  assert.equal(code, 1, lines.join("\n"));
  assertObeyed(pty);
  assert.equal(repo.onRemote("tag", "--list", "v1.0.1"), "");
});
