// deno-lint-ignore-file no-control-regex
/** The real program and its terminal: sizes, suspending, colours, ASCII, and what is no terminal. */
import assert from "node:assert/strict";
import { gorel } from "../../support/gorel.ts";
import { Folder } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import { choose, gorelWords, key, left, openDemo, openIn, quit } from "../../support/screens.ts";
import { Pty } from "../../support/pty.ts";
import { wire } from "../../support/wire.ts";

const direct = { env: { GOPROXY: "direct" } };

/** Drawn for this size: rules as wide as the window, footer and keys only in the last row. */
function isDrawnAt(columns: number, rows: number): (screen: string) => boolean {
  return (screen) => {
    const lines = screen.split("\n");
    const rules = lines.map((line) => line.trim()).filter((line) => /^[─┬┴━]{30,}$/.test(line));
    return lines.length === rows && rules.length > 0 &&
      rules.every((line) => line.length === columns) &&
      lines.every((line, at) => / (back|quit)$/.test(line) === (at === rows - 1)) &&
      lines.filter((line) => line.includes("nothing changed yet")).length <= 1;
  };
}

/** Home with all that it will know: the times of versions, and what the remote says. */
function settled(pty: Pty): Promise<string> {
  return pty.until(/v1\.4\.2 +\d+ \w+ ago +· no proxy ✓ remote/);
}

Deno.test("a window that changes its size is drawn anew, and nothing is left of the old one", async (t) => {
  using repo = wire();
  const table: [name: string, words: string[], to: (pty: Pty) => Promise<unknown>][] = [
    ["home", [], settled],
    ["the checks", ["patch"], (pty) => pty.until(/› go on to the plan/)],
    ["the retract editor", [], async (pty) => {
      await settled(pty);
      await choose(pty, "Retract a version");
      await pty.until(/› \[ \] v1\.4\.2/);
    }],
  ];
  const sizes = [[40, 12], [30, 8], [120, 40], [40, 12], [160, 50], [100, 28], [80, 24]] as const;
  for (const [name, words, to] of table) {
    await t.step(name, async () => {
      await using pty = openIn(repo, words, direct);
      await to(pty);
      const before = pty.screen();
      for (const [columns, rows] of sizes) {
        await pty.resize({ columns, rows });
        if (columns < 40) {
          await pty.until((screen) =>
            /40×12/.test(screen) &&
            screen.split("\n").filter((line) => line.trim() !== "").length === 1
          );
        } else {
          await pty.until(isDrawnAt(columns, rows));
        }
      }
      await pty.until((screen) => screen === before);
      await pty.type(key.ctrl("c"));
      assert.equal((await left(pty)).code, 130);
    });
  }
});

Deno.test("suspended and continued by a shell, the screen comes back as it was left", async (t) => {
  using repo = released();
  using folder = new Folder();
  const quoted = (words: string[]) => words.map((w) => `'${w}'`).join(" ");
  const task = { tasks: { release: quoted(gorelWords("-C", repo.dir)) } };
  await Deno.writeTextFile(folder.join("deno.json"), JSON.stringify(task));
  const table: [name: string, command: string][] = [
    ["gorel", quoted(gorelWords())],
    [
      "a task",
      `'${Deno.execPath()}' task --quiet --config '${folder.join("deno.json")}' release`,
    ],
  ];
  for (const [name, command] of table) {
    await t.step(name, async () => {
      await using pty = new Pty(["bash", "--norc", "--noprofile", "-i"], {
        cwd: repo.dir,
        env: { ...repo.env, ...direct.env, PS1: "shell> " },
      });
      await pty.until("shell>");
      await pty.type(`${command}; echo "code $?"\r`);
      await pty.until(/✓ remote/);
      await pty.type(`${key.down}${key.down}`);
      await pty.until("› New major");
      await pty.type(key.ctrl("z"));
      await pty.until(/Stopped[^]*shell>\s*$/);
      assert.equal(pty.alternate, false);
      assert.equal(pty.cursorVisible, true);
      assert.equal(pty.bracketedPaste, true, "bash itself wants to know of pastes");
      await pty.type("stty -a | grep -o '[-]*icanon\\|[-]*echo '\r");
      await pty.until(/^icanon\necho *$/m);
      await pty.type("fg\r");
      await pty.until("› New major");
      assert.equal(pty.alternate, true);
      assert.equal(pty.cursorVisible, false);
      await pty.type(key.down);
      await pty.until("› Retract a version");
      await pty.type("q");
      await pty.until(/gorel opens this again[^]*shell>\s*$/);
      assert.equal(pty.alternate, false);
      assert.equal(pty.cursorVisible, true);
      await pty.type("exit\r");
      await pty.ended();
    });
  }
});

Deno.test("colours: on, off by NO_COLOR and --no-color; and only ASCII where it is asked for", async (t) => {
  using repo = wire();
  const subject = "frames: größer 🚀 → better";
  repo.commit(subject, { "frame.go": "package wire\n" });
  const walk = async (words: string[], env: Record<string, string | undefined>) => {
    const pty = openIn(repo, words, { env: { ...direct.env, ...env } });
    await pty.until(/(✓|ok {2,}) remote/);
    await pty.type(key.enter);
    await pty.until("What changed for users?");
    await pty.type("l");
    await pty.until("better");
    return pty;
  };
  const plainCells = (pty: Pty) =>
    [...pty.cells()].every((cell) => cell.color === -1 && !cell.bold && !cell.dim);
  await t.step("colours", async () => {
    await using pty = await walk([], {});
    assert.equal(plainCells(pty), false);
    assert.equal((await quitByC(pty)).code, 130);
  });
  for (
    const [name, words, env] of [
      ["NO_COLOR", [], { NO_COLOR: "1" }],
      ["--no-color", ["--no-color"], {}],
    ] as const
  ) {
    await t.step(name, async () => {
      await using pty = await walk([...words], env);
      assert.equal(plainCells(pty), true);
      assert.equal((await quitByC(pty)).code, 130);
      assert.doesNotMatch(pty.output, /\x1b\[[\d;]*[1-9][\d;]*m/);
    });
  }
  for (
    const [name, words, env] of [
      ["--ascii", ["--ascii"], {}],
      ["LC_ALL=C", [], { LC_ALL: "C" }],
    ] as const
  ) {
    await t.step(name, async () => {
      await using pty = await walk([...words], env);
      await pty.type("?");
      await pty.until("close");
      assert.equal((await quitByC(pty)).code, 130);
      assert.deepEqual(pty.output.match(/[^\x00-\x7f]+/g), null);
    });
  }
});

async function quitByC(pty: Pty): ReturnType<typeof left> {
  await pty.type(key.ctrl("c"));
  return await left(pty);
}

Deno.test("without a terminal gorel prints the status, with --json one document", async () => {
  using repo = released();
  const options = { cwd: repo.dir, env: { ...repo.env, ...direct.env } };
  const [plain, json, status] = [
    await gorel([], options),
    await gorel(["--json"], options),
    await gorel(["status", "--json"], options),
  ];
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, /example\.com\/m/);
  assert.match(plain.stdout, /v1\.0\.0/);
  assert.doesNotMatch(plain.stdout, /\x1b/);
  assert.equal(json.code, 0, json.stderr);
  assert.deepEqual(json.json, status.json);
  assert.equal(json.json.Modules[0].Path, "example.com/m");
});

Deno.test("output to a pipe, or input from one, on a terminal is no reason for a screen", async (t) => {
  using repo = released();
  const words = gorelWords().map((w) => `'${w}'`).join(" ");
  for (const around of [`${words} | cat`, `${words} < /dev/null`, `echo q | ${words}`]) {
    await t.step(around.replace(words, "gorel"), async () => {
      await using pty = new Pty(["sh", "-c", around], {
        cwd: repo.dir,
        env: { ...repo.env, ...direct.env },
      });
      const { code, screen } = await pty.ended();
      assert.equal(code, 0, screen);
      assert.match(screen, /example\.com\/m/);
      assert.doesNotMatch(pty.output, /\x1b\[\?1049h/);
    });
  }
});

Deno.test("the sandbox on every size of window, down to one line", async () => {
  using folder = new Folder();
  await using pty = await openDemo(folder, { size: { columns: 40, rows: 12 } });
  await pty.until(isDrawnAt(40, 12));
  await pty.type(key.enter);
  await pty.until("v1.0.0");
  await pty.resize({ columns: 39, rows: 12 });
  await pty.until((screen) => screen.split("\n").filter((l) => l.trim() !== "").length === 1);
  await pty.resize({ columns: 200, rows: 60 });
  await pty.until(isDrawnAt(200, 60));
  await pty.type(key.esc);
  await pty.until(/Patch and retract +a bad/);
  assert.equal((await quit(pty)).code, 0);
});
