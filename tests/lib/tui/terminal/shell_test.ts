import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { permissions } from "../../../support/gorel.ts";
import { Pty, type PtyOptions } from "../../../support/pty.ts";
import { Folder } from "../../../support/repo.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const program = [
  Deno.execPath(),
  "run",
  "--quiet",
  "--config",
  here("../../../../deno.json"),
  ...permissions,
  here("demo.ts"),
];

const down = "\x1b[B";

async function demo(options: PtyOptions & { words?: string[] } = {}): Promise<Pty> {
  const pty = new Pty([...program, ...options.words ?? []], options);
  await pty.until("last row");
  return pty;
}

/** Goes down to a row and presses Enter, all in one write. */
async function choose(pty: Pty, name: string): Promise<void> {
  await pty.until("last row");
  const screen = await pty.settled();
  const rows = screen.split("\n");
  const row = (text: string | RegExp) => rows.findIndex((line) => line.match(text));
  const steps = row(new RegExp(`^ +(› )?${name}$`)) - row(/^ {2}[›>]/);
  assert.ok(steps >= 0, `${name} is not below:\n${screen}`);
  await pty.type(down.repeat(steps) + "\r");
}

/** The terminal is as a shell wants it. */
function assertGivenBack(pty: Pty): void {
  assert.equal(pty.alternate, false, "still the alternate screen");
  assert.equal(pty.cursorVisible, true, "the cursor is hidden");
  assert.equal(pty.bracketedPaste, false, "pastes are still marked");
}

Deno.test("the full screen takes the terminal, and leaves two plain lines when it ends", async () => {
  await using pty = await demo();
  assert.equal(pty.alternate, true);
  assert.equal(pty.cursorVisible, false);
  assert.equal(pty.bracketedPaste, true);
  const rows = pty.screen().split("\n");
  assert.equal(rows.length, 24);
  assert.equal(rows[0], " demo 80x24");
  assert.equal(rows[23], " last row");
  assert.match(await pty.modes(), / -icanon .* -echo /s);
  await choose(pty, "leave");
  const { code, screen } = await pty.ended();
  assert.equal(code, 7);
  assert.equal(screen.trimEnd(), "Left.\n  go get example.com/wire@v1.5.0");
  assertGivenBack(pty);
});

Deno.test("keys in one write act in their order, on what is highlighted then", async () => {
  await using pty = await demo();
  await pty.type(`${down}${down}\x1b[A${down}${down}\r`);
  await pty.until("note: chose redraw");
  await pty.type("é日e\u0301x\x7f");
  await pty.until((screen) => screen.normalize("NFC").includes("field: é日é▌"));
  await pty.type("\x15ab\x01c");
  await pty.until("field: cab▌");
});

Deno.test("keys that are typed before anything is drawn are heard and not echoed", async () => {
  await using pty = new Pty(program);
  await pty.until(() => pty.alternate);
  await pty.type("early");
  await pty.type(`${down}\r`);
  assert.equal((await pty.ended()).code, 7);
  assert.doesNotMatch(pty.output.slice(0, pty.output.indexOf("last row")), /early/);
});

Deno.test("pasted line ends never start anything", async () => {
  await using pty = await demo();
  await pty.type(down);
  await pty.paste("one\rtwo\nthree\r");
  await pty.until("field: one two three▌");
  // A terminal that does not mark a paste sends it in one piece.
  await pty.type("\x15");
  await pty.until("field: ▌");
  await pty.type(" v1.5.0\rv1.6.0\r");
  await pty.until("field: v1.5.0 v1.6.0▌");
  assert.match(pty.screen(), /note: pasted/);
});

Deno.test("the window follows its size, and small is no trouble", async () => {
  await using pty = await demo();
  for (
    const [columns, rows] of [[40, 12], [100, 30], [30, 6], [160, 50], [5, 3], [80, 24]] as const
  ) {
    await pty.resize({ columns, rows });
    const title = ` demo ${columns}x${rows}`.slice(0, columns);
    await pty.until((screen) => {
      const lines = screen.split("\n");
      const cut = lines[0]!.replace("…", "");
      return lines.length === rows && title.startsWith(cut) && cut.length > 3 &&
        lines.filter((line) => line.includes("last") || line === " las…").length === 1 &&
        lines[rows - 1]!.startsWith(" las");
    });
  }
  await choose(pty, "leave");
  assert.equal((await pty.ended()).code, 7);
});

Deno.test("colours are those of the roles, whatever CI and FORCE_COLOR say, and none with NO_COLOR", async () => {
  const bold = (pty: Pty) =>
    [...pty.cells()].filter((cell) => cell.bold).map((c) => c.text).join("");
  {
    await using pty = await demo({ env: { CI: "true", FORCE_COLOR: "0", DEV: "true" } });
    await pty.type(down);
    await pty.until("› leave");
    const mark = pty.cell(6, 2);
    assert.deepEqual(mark, { text: "›", color: 6, bold: true, dim: false });
    assert.equal(pty.cell(1, 0).dim, true);
    assert.equal(bold(pty), " demo 80x24›");
  }
  await using pty = await demo({ env: { NO_COLOR: "1", FORCE_COLOR: "3", CI: "true" } });
  await pty.type(down);
  await pty.until("› leave");
  assert.deepEqual(
    [...pty.cells()].filter((cell) => cell.color !== -1 || cell.bold || cell.dim),
    [],
  );
});

Deno.test("what a work throws is a note, and the screen goes on", async () => {
  await using pty = await demo();
  await choose(pty, "throw in perform");
  await pty.until("failed: perform threw");
  await choose(pty, "reject in perform");
  await pty.until("failed: perform rejected");
  await pty.type("on");
  await pty.until("field: on▌");
});

Deno.test("the terminal is given back however the program ends", async (t) => {
  const table: [row: string, code: number, said: RegExp][] = [
    ["throw in update", 1, /update broke/],
    ["uncaught error", 1, /nobody caught this/],
    ["unhandled rejection", 1, /nobody handled this/],
    ["Deno.exit", 9, /^$/],
  ];
  for (const [row, code, said] of table) {
    await t.step(row, async () => {
      await using pty = await demo();
      await choose(pty, row);
      const ended = await pty.ended();
      assert.equal(ended.code, code);
      assert.match(ended.screen.trim(), said);
      assertGivenBack(pty);
    });
  }
  const signals: [Deno.Signal, number, string][] = [
    ["SIGTERM", 100, "SIGTERM"],
    ["SIGHUP", 100, "SIGHUP"],
    ["SIGINT", 100, "SIGINT"],
    ["SIGQUIT", 131, ""],
    ["SIGUSR2", 140, ""],
  ];
  for (const [name, code, said] of signals) {
    await t.step(name, async () => {
      await using pty = await demo();
      await pty.type("x");
      await pty.until("field: x▌");
      await pty.signal(name);
      const ended = await pty.ended();
      assert.equal(ended.code, code);
      assert.equal(ended.screen.trim(), said);
      assertGivenBack(pty);
    });
  }
});

Deno.test("a terminal that goes away ends the program", async () => {
  await using pty = await demo({ words: ["--busy"] });
  await pty.type("x");
  await pty.until("field: x▌");
  const pid = await pty.pid();
  pty.hangUp();
  const state = async () => {
    try {
      return /^State:\s+(\w)/m.exec(await Deno.readTextFile(`/proc/${pid}/status`))?.[1];
    } catch {
      return "gone";
    }
  };
  for (const end = Date.now() + 60_000; !["gone", "Z"].includes(await state() ?? "");) {
    assert.ok(Date.now() < end, "it still runs");
    await new Promise((tick) => setTimeout(tick, 20));
  }
});

Deno.test("what is under way moves by itself, and the clock with it", async () => {
  await using pty = await demo({ words: ["--busy"] });
  await pty.until("busy for 1 s");
});

Deno.test("a child has the real terminal, and nobody else reads its keys", async () => {
  // It begins to read late: what is typed before then must wait for it.
  const child = "stty -a | grep -o '[-]*icanon'; printf 'word? '; sleep 0.5; " +
    'read a; read b; echo "=$a+$b="';
  await using pty = await demo({ env: { CHILD: child } });
  for (const time of ["first", "again"]) {
    await choose(pty, "a child on the terminal");
    await pty.until((screen) => /icanon\nword\?$/.test(screen.trim()));
    assertGivenBack(pty);
    assert.doesNotMatch(pty.screen(), /-icanon/);
    await pty.type(`${time}\r`);
    await pty.type("two\r");
    await pty.until("note: the child ended with 0");
    assert.ok(pty.output.includes(`=${time}+two=`));
    assert.equal(pty.alternate, true);
    assert.equal(pty.cursorVisible, false);
    await pty.type("\x15back");
    await pty.until("field: back▌");
  }
});

Deno.test("a child that was killed, and left the terminal in a mess, leaves no trace", async () => {
  const words = program.map((word) => `'${word}'`).join(" ");
  await using pty = new Pty([
    "sh",
    "-c",
    `${words}; stty -a | grep -oE -e '-?(icanon|echo|opost) '`,
  ], {
    env: { CHILD: "stty raw -echo; kill -KILL $$" },
  });
  await choose(pty, "a child on the terminal");
  await pty.until("note: the child ended with 137");
  await pty.type("back\x1b");
  const { screen } = await pty.ended();
  assert.match(screen, /go get .*\nopost *\nicanon *\necho *\n/);
  assertGivenBack(pty);
});

Deno.test("the editor gets the text in a file of its own, and gives it back", async (t) => {
  using folder = new Folder();
  const editor = folder.join("my editor");
  const table: [name: string, script: string, note: RegExp][] = [
    ["a changed text", 'printf "two\\nlines\\n" > "$2"', /edited: two lines/],
    ["no change", "true", /edited: Nothing was changed in the editor/],
    ["a failure", "exit 3", /edited: The editor ended with exit code 3/],
    ["what is no text", 'printf "\\377" > "$2"', /edited: The edited text is not UTF-8/],
    ["no file any more", 'rm "$2"', /edited: The edited file is gone/],
  ];
  for (const [name, script, note] of table) {
    await t.step(name, async () => {
      const log = folder.join("log");
      await Deno.writeTextFile(
        editor,
        `#!/bin/sh\n{ echo "$1"; cat "$2"; stat -c %a "$2" "$(dirname "$2")"; echo "$2"; } > '${log}'\n${script}\n`,
        { mode: 0o755 },
      );
      await using pty = await demo({ env: { EDITOR: `'${editor}' --wait`, VISUAL: "" } });
      await choose(pty, "edit");
      await pty.until(note);
      const said = (await Deno.readTextFile(log)).trimEnd().split("\n");
      assert.deepEqual(said.slice(0, 4), ["--wait", "panics on empty frames", "600", "700"]);
      await assert.rejects(Deno.stat(said[4]!), Deno.errors.NotFound);
      assert.equal(pty.alternate, true);
    });
  }
  await t.step("no such editor", async () => {
    await using pty = await demo({ env: { VISUAL: folder.join("missing") } });
    await choose(pty, "edit");
    await pty.until("edited: The editor ended with exit code 127");
  });
});

Deno.test("copying goes to the terminal, and the screen stays", async () => {
  await using pty = await demo();
  await choose(pty, "copy");
  await pty.until("note: chose copy");
  await pty.until(() => pty.copied.length > 0);
  assert.deepEqual(pty.copied, ["gorel patch --reason 'é'"]);
});

Deno.test("what is said to the console waits until the screen is left", async () => {
  await using pty = await demo();
  await choose(pty, "console");
  await pty.until("note: spoke");
  assert.doesNotMatch(pty.output, /said to the console/);
  await pty.type("\x1b");
  const { screen } = await pty.ended();
  assert.match(screen, /said to the console/);
});

Deno.test("^L draws everything anew", async () => {
  await using pty = await demo();
  await Deno.writeTextFile(
    `/proc/${await pty.pid()}/fd/1`,
    "\x1b[5;5Hsomebody else wrote here",
  );
  await pty.until("somebody else");
  await choose(pty, "redraw");
  await pty.until((screen) => !screen.includes("somebody else") && /chose redraw/.test(screen));
});

Deno.test("suspending gives the shell back, also around a task, and fg the screen", async (t) => {
  const env = { PS1: "shell> " };
  const words = program.map((word) => `'${word}'`).join(" ");
  using folder = new Folder();
  await Deno.writeTextFile(folder.join("deno.json"), JSON.stringify({ tasks: { demo: words } }));
  const table: [name: string, command: string][] = [
    ["the program", words],
    ["a task", `'${Deno.execPath()}' task --quiet --config '${folder.join("deno.json")}' demo`],
  ];
  for (const [name, command] of table) {
    await t.step(name, async () => {
      await using pty = new Pty(["bash", "--norc", "--noprofile", "-i"], { env });
      await pty.until("shell>");
      await pty.type(`${command}\r`);
      await pty.until("last row");
      await pty.type("before");
      await pty.until("field: before▌");
      await choose(pty, "suspend");
      await pty.until(/Stopped[^]*shell>\s*$/);
      assert.equal(pty.alternate, false);
      assert.equal(pty.cursorVisible, true);
      await pty.type("stty -a | grep -o '[-]*icanon\\|[-]*echo '\r");
      await pty.until(/^icanon\necho *$/m);
      await pty.type("fg\r");
      await pty.until("last row");
      await pty.type("+after");
      await pty.until("field: before+after▌");
      assert.equal(pty.alternate, true);
      await pty.type("\x1b");
      await pty.until(/go get[^]*shell>\s*$/);
      assert.equal(pty.alternate, false);
      assert.equal(pty.cursorVisible, true);
      await pty.type("exit\r");
      await pty.ended();
    });
  }
});

Deno.test("without a shell to go back to, suspending says so", async () => {
  await using pty = await demo();
  await choose(pty, "suspend");
  await pty.until("note: There is no shell to go back to.");
  await pty.type("on");
  await pty.until("field: on▌");
});
