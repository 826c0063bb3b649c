import assert from "node:assert/strict";
import { parse } from "../../../lib/cli/parser.ts";
import { commandNames } from "../../../lib/cli/commands.ts";
import { flagNames, flags, has, written } from "../../../lib/cli/flags.ts";
import { helpOf, program } from "../../../lib/cli/help.ts";
import { closest } from "../../../lib/cli/suggest.ts";
import { codes } from "../../../lib/problem.ts";
import { toChoices } from "../../../lib/cli/options.ts";

function help(...argv: string[]): string {
  const line = parse(argv, {});
  assert.ok("Help" in line, argv.join(" "));
  return line.Help;
}

const word = (name: string) => name === "version" ? "v1.2.3" : name;

Deno.test("every command has help with its flags and examples, within 80 columns", () => {
  for (const name of commandNames) {
    const text = help(word(name), "--help");
    assert.equal(help("help", word(name)), text);
    assert.equal(help("-q", word(name), "-h", "--json"), text);
    for (const line of text.split("\n")) assert.ok([...line].length <= 80, line);
    assert.match(text, /^Usage: gorel /);
    assert.match(text, /\nExamples:\n( {2}gorel .*\n)+$/);
    for (const flag of flagNames) {
      if (has(name, flag)) assert.ok(text.includes(written(flag)), `${name} ${written(flag)}`);
    }
  }
  for (const text of [help("help"), help("--help"), help("-h"), help("--json", "--help")]) {
    assert.equal(text, help("help"));
    for (const line of text.split("\n")) assert.ok([...line].length <= 80, line);
    for (const name of commandNames) assert.ok(text.includes(helpOf(name).summary.slice(0, 30)));
  }
});

/** Words of an example as a shell would split them: quotes, and remarks behind #. */
function split(line: string): string[] {
  const words = line.replace(/ +# .*$/, "").match(/"[^"]*"|\S+/g)!;
  return words.map((w) => w.replace(/^"(.*)"$/, "$1"));
}

Deno.test("every example of the help is a command line that gorel accepts", () => {
  const texts = [program, ...commandNames.map(helpOf)];
  const examples = texts.flatMap((text) => text.examples).flatMap((line) =>
    line.split(/ (?:&&|\|) /)
  );
  assert.ok(examples.length > 40);
  for (const example of examples) {
    const [gorel, ...argv] = split(example);
    assert.equal(gorel, "gorel", example);
    const line = parse(argv, {});
    assert.ok(!("Help" in line), example);
    if (has(line.command, "commitMessage") || line.command === "plan") {
      toChoices(line.word, line.args, line.flags);
    }
  }
});

Deno.test("plan takes the flags of the release that it plans, wherever they stand", () => {
  const line = parse(["--self", "plan", "--reason", "why", "retract", "v1.0.0", "-o", "f"], {});
  assert.ok(!("Help" in line));
  assert.deepEqual(line.args, ["retract", "v1.0.0"]);
  assert.deepEqual([line.flags.self, line.flags.reason, line.flags.output], [true, "why", "f"]);
});

Deno.test("every flag is reached by one letter or name only", () => {
  const names = flagNames.flatMap((name) => [flags[name].long, flags[name].letter])
    .filter((name) => name !== undefined);
  assert.equal(new Set(names).size, names.length);
  for (const name of flagNames) {
    const { kind, value } = flags[name];
    assert.equal(value !== undefined, ["text", "list", "duration"].includes(kind), name);
  }
});

Deno.test("did-you-mean offers near names only", () => {
  const table: [string, string | undefined][] = [
    ["patch", "patch"],
    ["pathc", "patch"],
    ["PATCH", "patch"],
    ["verfy", "verify"],
    ["vers", "versions"],
    ["prerel", "prerelease"],
    ["x", undefined],
    ["deploy", undefined],
    ["", undefined],
  ];
  const words = commandNames.filter((name) => name !== "version");
  for (const [given, wanted] of table) assert.equal(closest(given, words), wanted, given);
  assert.equal(closest("nothing-to-relase", codes), "nothing-to-release");
});
