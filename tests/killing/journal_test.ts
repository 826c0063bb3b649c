/** Journals that a crash or somebody else left in any state: gone on from, or refused, and never guessed at. */
import assert from "node:assert/strict";
import { gorel } from "../support/gorel.ts";
import { type Ground, Template } from "./ground.ts";
import { retract } from "./matrix.ts";

const journal = (ground: Ground) => ground.gitDir("gorel", "v1.1.1.journal");

async function codeOf(ground: Ground, ...args: string[]): Promise<[number, string]> {
  const ran = await gorel([...args, "--json"], { cwd: ground.dir, env: ground.env });
  return [ran.code, ran.json.Error?.Code ?? ran.json.State];
}

Deno.test("a journal that was cut or damaged is gone on from or refused", async (t) => {
  using template = new Template();
  const step = (
    name: string,
    damage: (text: string) => string,
    resume: [number, string],
    undo: [number, string],
  ) =>
    t.step(name, async () => {
      for (const [word, ends] of [["resume", resume], ["undo", undo]] as const) {
        using ground = template.copy();
        await codeOf(ground, ...retract.Args.slice(0, -1), "--no-push");
        const text = Deno.readTextFileSync(journal(ground));
        Deno.writeTextFileSync(journal(ground), damage(text));
        const before = ground.picture();
        const args = word === "resume" ? ["resume", "--no-wait"] : ["undo"];
        assert.deepEqual(await codeOf(ground, ...args), ends, word);
        if (ends[0] === 3) {
          assert.deepEqual(ground.picture(), before);
          const again = await codeOf(ground, ...retract.Args.slice(0, -1));
          assert.equal(again[0], 3, "no other release begins on top");
        }
      }
    });
  const lines = (text: string) => text.split("\n");
  await step(
    "cut in the last line",
    (text) => text.slice(0, -9),
    [0, "pushed"],
    [0, "undone"],
  );
  await step(
    "garbage in the middle",
    (text) => lines(text).with(2, "\0\0\0").join("\n"),
    [3, "unfinished"],
    [3, "unfinished"],
  );
  await step(
    "an event of no known kind",
    (text) => text + '{"Step":"x","State":"odd","At":1}\n',
    [3, "unfinished"],
    [3, "unfinished"],
  );
});

Deno.test("what a crash left before anything was begun is in nobody's way", async (t) => {
  using template = new Template();
  const left: Record<string, (ground: Ground) => void> = {
    "a lock file of gorel's": (g) => Deno.writeTextFileSync(g.gitDir("gorel", "lock"), ""),
    "half of a first line": (g) => Deno.writeTextFileSync(journal(g), '{"Format":1,"Mod'),
    "an empty journal": (g) => Deno.writeTextFileSync(journal(g), ""),
    "kept files without a journal": (g) => Deno.mkdirSync(g.gitDir("gorel", "v1.0.9.kept")),
    "a copy of a journal": (g) => Deno.writeTextFileSync(journal(g) + ".new", "{"),
  };
  for (const [name, make] of Object.entries(left)) {
    await t.step(name, async () => {
      for (const args of [["undo"], retract.Args.slice(0, -1)]) {
        using ground = template.copy();
        Deno.mkdirSync(ground.gitDir("gorel"));
        make(ground);
        const [code, word] = await codeOf(ground, ...args);
        if (args[0] === "undo") {
          assert.deepEqual([code, word], [3, "nothing-unfinished"]);
          ground.judgeNone(name);
        } else {
          assert.deepEqual([code, word], [0, "pushed"]);
          ground.judgeReleased(retract.Version, retract.Wrote, retract.Commits, name);
        }
      }
    });
  }
});

Deno.test("a journal's folder that is not gorel's own is not written to", async (t) => {
  using template = new Template();
  const made: Record<string, (ground: Ground) => void> = {
    "a link": (g) => Deno.symlinkSync(g.folder.path, g.gitDir("gorel")),
    "a file": (g) => Deno.writeTextFileSync(g.gitDir("gorel"), "mine\n"),
    "a lock that is a link": (g) => {
      Deno.mkdirSync(g.gitDir("gorel"));
      Deno.symlinkSync(`${g.dir}/go.mod`, g.gitDir("gorel", "lock"));
    },
  };
  for (const [name, make] of Object.entries(made)) {
    await t.step(name, async () => {
      using ground = template.copy();
      make(ground);
      assert.deepEqual(await codeOf(ground, ...retract.Args.slice(0, -1)), [
        3,
        "unsupported-repository",
      ]);
      assert.deepEqual(ground.picture(), ground.before);
    });
  }
});
