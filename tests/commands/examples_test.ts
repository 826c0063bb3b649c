/** Every example of every help text does what it is there for, typed into a shell. */
import assert from "node:assert/strict";
import { commandNames, commandOf } from "../../lib/cli/commands.ts";
import { has } from "../../lib/cli/flags.ts";
import { parse } from "../../lib/cli/parser.ts";
import type { Ran } from "../support/inprocess.ts";
import { Folder } from "../support/repo.ts";
import { Ground, type State } from "./examples/ground.ts";
import { joins, parts, Shell, wordsOf } from "./examples/shell.ts";

/** The examples that a help text shows. */
function shown(...argv: string[]): string[] {
  const line = parse(argv, {});
  assert.ok("Help" in line);
  const [, examples = ""] = line.Help.split("\nExamples:\n");
  const lines = examples.trimEnd().split("\n").map((text) => text.trim());
  assert.ok(lines.length > 0 && lines.every((text) => /\bgorel\b/.test(text)), argv.join(" "));
  return lines;
}

const texts = [["--help"], ["help", "--help"]].concat(
  commandNames.map((name) => [name === "version" ? "v1.2.3" : name, "--help"]),
);
const examples = new Map(texts.map((argv) => [argv.join(" "), shown(...argv)]));

/** In which state a line makes sense: as its first word says. */
const states: Readonly<Record<string, State>> = {
  release: "series",
  unretract: "edited",
  undeprecate: "edited",
  resume: "begun",
  undo: "begun",
  apply: "planned",
};

/** Reports whether a line that goes through leaves something else behind; its refusal never does. */
function writes(words: readonly string[]): boolean {
  return words.includes("--yes") || ["resume", "undo"].includes(words[0] ?? "") ||
    words.includes("-o");
}

const went = ({ code, err }: Ran, line: string) => assert.equal(code, 0, `${line}\n${err}`);

/** What standard output promises: with --json one document, and the version of the remark. */
function promised({ out }: Ran, words: readonly string[], remark: string, line: string): void {
  assert.ok(out.trim() !== "", `${line} says nothing`);
  if (words.includes("--json")) JSON.parse(out);
  for (const [version] of remark.matchAll(/v\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?/g)) {
    assert.ok(out.includes(version), `${line} is to come to ${version}:\n${out}`);
  }
}

/** Reports whether a line asks before it does anything, as it is typed: what begins a release does. */
function asks(words: readonly string[]): boolean {
  const command = commandOf(words[0] ?? "status");
  return command !== undefined && has(command, "yes") && !["resume", "undo"].includes(command) &&
    !words.includes("--yes") && !words.includes("--dry-run");
}

/** What a line gets that asks: a plan where there is one, a demo what its other example has. */
function unasked(word: string): string[] {
  if (word === "demo") return ["--yes", "--keep"];
  return [has(commandOf(word)!, "dryRun") ? "--dry-run" : "--yes"];
}

Deno.test("every example of the help can be typed as it stands", async (t) => {
  using folder = new Folder();
  const shell = new Shell(folder, () => ground.env);
  await using ground: Ground = new Ground(async (line) => {
    went(await shell.gorel(line.split(" ").slice(1), ground.repo.dir), line);
  });
  const simple = [...examples.values()].flat().map(parts).map(({ line }) => line)
    .filter((line) => !joins(line));
  const words = wordsOf([...new Set(simple)]);
  const ran = new Map<string, Ran>();
  const asking = new Set<string>();

  /** Runs words in a state, once; a sandbox that is to be kept is looked at, and removed. */
  async function run(words: readonly string[], state: State): Promise<Ran> {
    const key = words.join("\0");
    const before = ran.get(key);
    if (before) return before;
    await ground.become(state);
    const said = await shell.gorel(words, ground.repo.dir);
    ran.set(key, said);
    if (said.code === 0 && writes(words)) ground.changed();
    if (words.includes("--keep")) {
      const [kept] = /\/\S*gorel-[^\s/]+/.exec(said.out)!;
      assert.ok(Deno.statSync(kept).isDirectory);
      Deno.removeSync(kept, { recursive: true });
    }
    return said;
  }

  /** Of a command that asks: without a terminal only that is wrong, once for each is enough. */
  async function refused(
    words: readonly string[],
    line: string,
    state: State,
  ): Promise<void> {
    if (asking.has(words[0]!)) return;
    asking.add(words[0]!);
    const { code, err } = await run(words, state);
    assert.equal(code, 2, line);
    assert.match(err, /^gorel: nobody can be asked here: add --yes to go ahead/, line);
  }

  for (const [text, lines] of examples) {
    await t.step(text, async () => {
      for (const { line, remark } of lines.map(parts)) {
        if (joins(line)) {
          await ground.become("released");
          const said = await shell.type(line, remark, ground.repo.dir);
          ground.changed();
          if (said) went(said, line);
          continue;
        }
        const typed = words.get(line)!;
        const state = states[typed[0]!] ?? "released";
        if (asks(typed)) await refused(typed, line, state);
        const argv = asks(typed) ? [...typed, ...unasked(typed[0]!)] : typed;
        const said = await run(argv, state);
        went(said, line);
        promised(said, argv, remark, line);
      }
    });
  }
});
