/** A flag wins over `GOREL_…`, which wins over `.gorel.toml`; and what is shown says what was chosen. */
import assert from "node:assert/strict";
import type { Choices } from "../../../lib/choices.ts";
import { toArgv } from "../../../lib/cli/back.ts";
import { type Command, commandNames } from "../../../lib/cli/commands.ts";
import { defaultsOf } from "../../../lib/cli/configured.ts";
import { fromEnvironment } from "../../../lib/cli/environment.ts";
import {
  type FlagName,
  flagNames,
  type Flags,
  flags,
  has,
  hasDefault,
  keyOf,
  variable,
  written,
} from "../../../lib/cli/flags.ts";
import { readLine } from "../../../lib/cli/line.ts";
import { toChoices, unsaidChoices } from "../../../lib/cli/options.ts";
import { parse } from "../../../lib/cli/parser.ts";
import type { ConfigFile, Setting } from "../../../lib/config/file.ts";
import { flagKeys } from "../../../lib/config/keys.ts";
import { mayRename } from "../../../lib/choices.ts";
import { cases, type Random, seeded } from "../../support/random.ts";

type Value = Setting["Value"];

function file(settings: Record<string, Value>, accept: Record<string, string> = {}): ConfigFile {
  return {
    Settings: new Map(Object.entries(settings).map(([key, Value]) => [key, { Value, Line: 1 }])),
    Accept: Object.entries(accept).map(([Code, Reason]) => ({ Code, Reason, Line: 1 })),
    Commands: [],
  };
}

type Env = Record<string, string>;

/** The flags of a command line, with the quick reader and with commander. */
function flagsOf(argv: string[], env: Env, said: Partial<Flags>): Flags {
  const line = parse(argv, env, said);
  assert.ok(!("Help" in line));
  const quick = readLine(argv, env, said);
  if (quick) assert.deepEqual(quick, line, argv.join(" "));
  return line.flags;
}

/** A command that has the flag, as a line. */
function lineWith(name: FlagName): string[] {
  const command = commandNames.find((one) => one !== "version" && has(one, name))!;
  const operands: Partial<Record<Command, string[]>> = { retract: ["v1.0.0"], apply: ["x"] };
  return [command, ...operands[command] ?? []];
}

/** Values that a key, its variable and its flag may say, and what the flag then is. */
function said(
  key: keyof typeof flagKeys,
): { file: Value; env?: string; argv: string[]; is: unknown }[] {
  const name = flagNames.find((one) => keyOf(one) === key)!;
  const { kind, long, letter } = flags[name];
  const on = long === undefined ? `-${letter}` : `--${long}`;
  switch (kind) {
    case "switch":
    case "either":
      return [true, false].map((is) => ({
        file: is,
        env: is ? "1" : "0",
        argv: is ? [on] : long === undefined ? [] : [`--no-${long}`],
        is,
      }));
    case "off":
      return [true, false].map((is) => ({
        file: is,
        env: is ? "0" : "1",
        argv: [is ? on : `--no-${long}`],
        is,
      }));
    case "duration":
      return [
        { file: "10m", env: "600s", argv: [on, "10m"], is: 600_000 },
        { file: "0", env: "0", argv: [on, "0"], is: 0 },
        { file: false, env: "0", argv: [`--no-${long}`], is: 0 },
      ];
    case "text": {
      const of: readonly string[] = key === "layout" ? ["root", "folder"] : ["one", "two"];
      return of.map((is) => ({ file: is, env: is, argv: [on, is], is }));
    }
    case "list":
      return [["prose"], ["url", "string"]].map((is) => ({
        file: is,
        argv: is.flatMap((one) => [on, one]),
        is,
      }));
  }
}

Deno.test("of every key each says more than the one before: file, environment, command line", async () => {
  for (const key of Object.keys(flagKeys) as (keyof typeof flagKeys)[]) {
    const name = flagNames.find((one) => keyOf(one) === key)!;
    assert.ok(name, `${key} is no flag`);
    const argv = lineWith(name);
    const values = said(key);
    for (const low of values) {
      const set = await defaultsOf(file({ [key]: low.file }), "");
      assert.deepEqual(flagsOf(argv, {}, set)[name], low.is, `${key} in the file`);
      for (const high of values) {
        if (high.env !== undefined) {
          const env = { [variable(name)]: high.env };
          assert.deepEqual(flagsOf(argv, env, set)[name], high.is, `${variable(name)} over ${key}`);
          if (low.argv.length > 0) {
            const over = flagsOf([...argv, ...low.argv], env, set)[name];
            assert.deepEqual(over, low.is, `${low.argv} over ${variable(name)}`);
          }
        }
        if (high.argv.length === 0) continue;
        const over = flagsOf([...argv, ...high.argv], {}, set)[name];
        assert.deepEqual(over, high.is, `${high.argv} over ${key}`);
      }
      if (["text", "list"].includes(flags[name].kind)) {
        const taken = flagsOf([...argv, `--no-${key}`], {}, set)[name];
        assert.deepEqual(taken, flags[name].kind === "list" ? [] : undefined, `--no-${key}`);
      }
    }
  }
});

Deno.test("every flag with a variable stands in the file as well, but those that a file must not say", () => {
  // Agreeing is the maintainer's, the form of the output the reader's, and messages have templates.
  const never = ["yes", "json", "agree", "commitMessage", "tagMessage"];
  const inFile = flagNames.filter((name) => Object.hasOwn(flagKeys, keyOf(name)));
  const inEnv = flagNames.filter((name) => flags[name].env && !never.includes(name));
  assert.deepEqual(
    inFile,
    flagNames.filter((name) => inEnv.includes(name) || name === "rewrite" || name === "leave"),
  );
  for (const key of Object.keys(flagKeys)) {
    assert.ok(inFile.some((name) => keyOf(name) === key), key);
  }
});

Deno.test("a default for a flag that a command does not have is not used", async () => {
  const set = await defaultsOf(file({ push: false, wait: "1m", pre: "rc", offline: true }), "");
  const status = flagsOf(["status"], {}, set);
  assert.deepEqual([status.push, status.wait, status.pre, status.offline], [
    true,
    undefined,
    undefined,
    true,
  ]);
  assert.equal(flagsOf(["release"], {}, set).pre, undefined);
  assert.equal(flagsOf(["plan", "patch"], {}, set).pre, "rc");
});

Deno.test("what a flag accepts comes to what the file accepts, and wins for its code", async () => {
  const set = await defaultsOf(file({}, { "replace-local": "a=b", "dirty": "old" }), "");
  const line = flagsOf(["patch", "--accept", "dirty=new", "--accept", "not-tidy"], {}, set);
  assert.deepEqual(toChoices("patch", [], line).Choices.Accept, [
    { Code: "replace-local", Reason: "a=b" },
    { Code: "dirty", Reason: "new" },
    { Code: "not-tidy" },
  ]);
  assert.deepEqual(flagsOf(["status"], {}, set).accept, []);
});

Deno.test("paths of the file count from the root, and a flag takes a class from the other list", async () => {
  const both = file({ rewrite: ["prose", "docs/a.md"], leave: ["url", "../x"] });
  const below = await defaultsOf(both, "a/b");
  assert.deepEqual([below.rewrite, below.leave], [["prose", "../../docs/a.md"], [
    "url",
    "../../../x",
  ]]);
  const set = await defaultsOf(file({ rewrite: ["prose", "url"], leave: ["string"] }), "");
  const left = flagsOf(["major", "--leave", "prose"], {}, set);
  assert.deepEqual([left.rewrite, left.leave], [["url"], ["prose"]]);
});

function randomSettings(random: Random): Record<string, Value> {
  const out: Record<string, Value> = {};
  for (const key of Object.keys(flagKeys) as (keyof typeof flagKeys)[]) {
    if (random.chance(0.4)) out[key] = random.pick(said(key)).file;
  }
  if (Array.isArray(out.rewrite)) {
    out.leave = (out.leave as string[] ?? []).filter((x) => !(out.rewrite as string[]).includes(x));
  }
  return out;
}

function randomEnvironment(random: Random): Env {
  const out: Env = {};
  for (const key of Object.keys(flagKeys) as (keyof typeof flagKeys)[]) {
    const { env } = random.pick(said(key));
    const name = flagNames.find((one) => keyOf(one) === key)!;
    if (env !== undefined && random.chance(0.15)) out[variable(name)] = env;
  }
  return out;
}

/** The choices of a random line on which nothing else is said. */
function randomChoices(random: Random): Choices {
  const word = random.pick([
    "patch",
    "major",
    "auto",
    "release",
    "prerelease",
    "v2.0.0",
    "retract",
  ]);
  const argv = word === "retract" ? [word, "v1.0.0", "--reason", "x"] : [word];
  const names = Object.keys(flagKeys) as (keyof typeof flagKeys)[];
  for (const key of names) {
    const name = flagNames.find((one) => keyOf(one) === key)!;
    const command = word === "v2.0.0" ? "version" : word as Command;
    if (has(command, name) && random.chance(0.2) && key !== "leave") {
      argv.push(...random.pick(said(key)).argv);
    }
  }
  if (random.chance(0.3)) argv.push("--accept", random.pick(["dirty", "dirty=x", "not-tidy=y"]));
  const line = parse(argv, {});
  assert.ok(!("Help" in line));
  return toChoices(line.word, line.args, line.flags).Choices;
}

Deno.test("a shown command asks for what was chosen, whatever file and environment say", async () => {
  const random = seeded("shown commands");
  for (let i = 0; i < cases(400, 10_000); i++) {
    const accept = random.chance(0.3) ? { "dirty": "x" } : {};
    const set = await defaultsOf(file(randomSettings(random), accept), "");
    const env = randomEnvironment(random);
    const around = { ...set, ...fromEnvironment(env) };
    const unsaid = [unsaidChoices(set), unsaidChoices(around)];
    const wanted = randomChoices(random);
    // No command can leave signing to git where the file or the environment decides it.
    if (wanted.Sign === undefined && around.sign !== undefined) wanted.Sign = around.sign;
    const argv = toArgv(wanted, unsaid);
    const line = readLine(argv, env, set) ?? parse(argv, env, set);
    assert.ok(!("Help" in line));
    const got = toChoices(line.word, line.args, line.flags).Choices;
    // What the file accepts besides is let through there too: nothing is refused that was not.
    got.Accept = got.Accept.filter((a) => wanted.Accept.some(({ Code }) => Code === a.Code));
    assert.deepEqual(normal(got), normal(wanted), `${argv.join(" ")} ${JSON.stringify(around)}`);
  }
});

/** Nothing chosen of a new major is no choice; order of what is accepted does not matter. */
function normal(choices: Choices): unknown {
  const { Major, Accept, ...rest } = choices;
  const { Layout, Keep, Classes } = Major ?? {};
  const none = !Layout && !Keep && !Classes?.Rewrite.length && !Classes?.Leave.length;
  const sorted = [...Accept].sort((a, b) => a.Code < b.Code ? -1 : 1);
  return { ...rest, Accept: sorted, ...(mayRename(choices) && !none && { Major }) };
}

Deno.test("the opposite of a default can be typed, and no help speaks of it", () => {
  const help = parse(["patch", "--help"], {});
  assert.ok("Help" in help);
  for (const name of flagNames.filter((one) => has("patch", one) && hasDefault(one))) {
    const { kind } = flags[name];
    if (kind === "either" || kind === "duration") continue;
    const opposite = written(name, kind !== "off");
    assert.ok(!help.Help.includes(`${opposite} `), opposite);
    assert.ok(readLine(["patch", opposite], {}), opposite);
  }
});
