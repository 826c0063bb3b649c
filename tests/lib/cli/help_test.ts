import assert from "node:assert/strict";
import { parse } from "../../../lib/cli/parser.ts";
import { commandNames } from "../../../lib/cli/commands.ts";
import { flagNames, flags, has, written } from "../../../lib/cli/flags.ts";
import { helpOf } from "../../../lib/cli/help.ts";
import { flagGroups } from "../../../lib/cli/help/flaggroups.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { printed } from "../../../lib/cli/printed.ts";
import { styleOf } from "../../../lib/cli/style.ts";
import { topicNamed, topicNames } from "../../../lib/cli/explain/names.ts";
import { run as explain } from "../../../commands/explain.ts";
import { closest } from "../../../lib/suggest.ts";
import { codes } from "../../../lib/problem.ts";

function help(...argv: string[]): string {
  const line = parse(argv, {});
  assert.ok("Help" in line, argv.join(" "));
  return line.Help;
}

const word = (name: string) => name === "version" ? "v1.2.3" : name;

/** A terminal's width: nothing that helps is wider. */
function fits(text: string): void {
  for (const line of text.split("\n")) assert.ok([...line].length <= 80, line);
}

Deno.test("every command has help with its flags and examples, within 80 columns", () => {
  for (const name of commandNames) {
    const text = help(word(name), "--help");
    if (!topicNamed(name)) assert.equal(help("help", word(name)), text);
    assert.equal(help("-q", word(name), "-h", "--json"), text);
    assert.equal(help("help", word(name), "--help"), text);
    fits(text);
    assert.match(text, /^Usage: gorel /);
    assert.match(text, /\nExamples:\n( {2}.*gorel .*\n)+$/);
    for (const flag of flagNames) {
      const row = new RegExp(`^ {2}(-\\w, )?${written(flag)}[ ,]`, "m");
      assert.equal(
        row.test(text),
        has(name, flag) || (name === "plan" && has("patch", flag)),
        flag,
      );
    }
  }
  for (const text of [help("help"), help("--help"), help("-h"), help("--json", "--help")]) {
    assert.equal(text, help("help"));
    fits(text);
    for (const name of commandNames) assert.ok(text.includes(helpOf(name).summary.slice(0, 30)));
  }
  assert.equal(help("-C", "/", "help"), help("help"), "as a task starts it");
});

Deno.test("gorel help has help of its own", () => {
  const text = help("help", "--help");
  assert.equal(help("help", "-h"), text);
  assert.equal(help("help", "help"), text);
  fits(text);
  assert.match(text, /^Usage: gorel help /);
  assert.match(text, /\nExamples:\n( {2}gorel help.*\n)+$/);
});

Deno.test("every topic, every code and both lists fit into 80 columns", async () => {
  const style = styleOf({ ascii: false, color: false, verbose: false }, { LANG: "C.UTF-8" }, false);
  for (const word of [...topicNames, ...codes, "topics", "codes"]) {
    const line = parse(["help", word], {});
    assert.ok(!("Help" in line));
    const options = { command: line.word, args: line.args, flags: line.flags, cwd: "/" };
    fits(await printed(await explain(options, machine({})), style));
  }
});

Deno.test("flags stand in groups: what decides about a release first, what every command has last", () => {
  const grouped = Object.values(flagGroups).flat();
  assert.equal(new Set(grouped).size, grouped.length);
  const own = flagNames.filter((name) => flags[name].on !== "everywhere");
  assert.deepEqual([...grouped].sort(), own.sort());
  const headings = (...argv: string[]) => help(...argv).match(/^[A-Z].*(?=:$)/gm);
  const end = ["Flags everywhere", "Environment", "Examples"];
  assert.deepEqual(headings("patch", "-h"), [
    "Flags",
    "Commit and tag",
    "Checks and commands",
    ...end,
  ]);
  assert.deepEqual(headings("major", "-h")?.slice(0, 2), ["Flags", "A new major"]);
  assert.deepEqual(headings("check", "-h"), ["Flags", ...end]);
  assert.match(help("patch", "-h"), /\nFlags:\n {2}-n, --dry-run .*\n {2}-y, --yes /);
  assert.match(help("retract", "-h"), /\nFlags:\n {2}--reason /);
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
