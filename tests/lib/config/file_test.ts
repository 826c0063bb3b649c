/** What `.gorel.toml` may not say, each with line, column and the way out. */
import assert from "node:assert/strict";
import { type ConfigFile, readConfig, releaseConfig } from "../../../lib/config/file.ts";
import type { Problem } from "../../../lib/problem.ts";
import { Folder } from "../../support/repo.ts";

async function read(text: string | Uint8Array): Promise<ConfigFile | Problem[] | null> {
  using folder = new Folder();
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  Deno.writeFileSync(folder.join(".gorel.toml"), bytes);
  return await readConfig(folder.path);
}

async function refused(text: string | Uint8Array): Promise<Problem[]> {
  const found = await read(text);
  assert.ok(Array.isArray(found), `nothing is wrong with ${text}`);
  for (const p of found) {
    assert.equal(p.Code, "config-invalid");
    assert.equal(p.Where?.File, ".gorel.toml");
  }
  return found;
}

Deno.test("every kind of mistake is named at its line and column, with the way out", async () => {
  const table: [text: string, ...wrong: [place: string, says: RegExp][]][] = [
    ["pusk = 1", ["1:1", /no key pusk; did you mean push\?$/]],
    ["\n  xyzzy = 1", ["2:3", /no key xyzzy\./]],
    ["no-push = true", ["1:1", /no key no-push; write push = false/]],
    ["no_wait = true", ["1:1", /write wait = false/]],
    ["push = 1", ["1:8", /push is true or false, not an integer/]],
    ["push = { a = 1 }", ["1:8", /not a table/]],
    ["[push]\na = 1", ["1:2", /push is true or false, not a table/]],
    ["push.a.b = 1", ["1:1", /push is true or false, not a table/]],
    ["wait = 5", ["1:8", /a duration, not an integer; write "5m"/]],
    ["wait = true", ["1:8", /a duration, not true; .*false for no waiting/]],
    ['wait = "5"', ["1:8", /5 is not a duration/]],
    ['wait = "200h"', ["1:8", /longer than a week/]],
    ["wait = 07:32:00", ["1:8", /not a date/]],
    ['remote = ""', ["1:10", /remote is empty/]],
    ['remote = " "', ["1:10", /remote is empty/]],
    ['remote = "https://me:secret@x.org/y"', ["1:10", /https:\/\/x\.org\/y is not the name of a/]],
    ['remote = "git@x.org:y"', ["1:10", /not the name of a remote; .*git remote add/]],
    ['remote = "../y"', ["1:10", /not the name of a remote/]],
    ['remote = "/y"', ["1:10", /not the name of a remote/]],
    ['remote = "-x"', ["1:10", /not the name of a remote/]],
    ['layout = "rot"', ["1:10", /layout rot is not root or folder/]],
    ['pre = "rc.1"', ["1:7", /name the series only/]],
    ['pre = "r_c"', ["1:7", /no identifier/]],
    ['rewrite = "prose"', ["1:11", /an array of strings, not a string: \["…"\]/]],
    ['leave = ["😀", 1,\n  "", true]', ["1:15", /an integer/], ["2:3", /empty/], [
      "2:7",
      /boolean/,
    ]],
    [
      'leave = ["../x", "/y", "C:\\\\z", "a/.."]',
      ["1:10", /\.\.\/x is no path from the re/],
      [
        "1:18",
        /\/y is no path/,
      ],
      ["1:24", /no path/],
      ["1:33", /no path/],
    ],
    ['leave = ["a"]\nrewrite = ["b", "a"]', ["1:10", /both to be rewritten and to be left/]],
    ["branches = []", ["1:12", /no branch could be released from/]],
    ['branches = ["a b", "refs/heads/x"]', ["1:13", /"a b" is not the n/], ["1:20", /refs/]],
    ['commit-message = "{tga}"', ["1:18", /stands for \{tga\}; there is \{tag\}, \{version\}/]],
    ['tag-message = "{ tag }{}"', ["1:15", /nothing stands for "\{ tag \}"/]],
    ['tag-message = "a\\u0000"', ["1:15", /control character/]],
    ["yes = true", ["1:1", /yes does not stand in this file: a file must not agree .*GOREL_YES/]],
    ["json = true", ["1:1", /json does not stand in this file: .*GOREL_JSON/]],
    ['C = "x"\nchdir = "x"', ["1:1", /leads to no other/], ["2:1", /leads to no other/]],
    ['agree = "x"\nmodule = "x"', ["1:1", /gorel config --agree/], ["2:1", /one command line/]],
    ["accept = 1", ["1:10", /accept is a table, not an integer: write \[accept\]/]],
    ["[[accept]]\ndirty = 1", ["1:3", /accept is a table, not an array of tables/]],
    ['[accept]\n"drity" = "x"', ["2:1", /no problem of the name drity; did you mean dirty\?/]],
    ['accept.behind = "x"', ["1:8", /nothing lets behind through/]],
    ['accept = { dirty = "" }', ["1:20", /needs a reason/]],
    ["[accept]\ndirty = true", ["2:9", /reason as a string, not a boolean/]],
    ['[accept]\nwait = "5m"', ["2:1", /put it above the first \[table\]/]],
    ['before.pusk = "x"', ["1:8", /no step pusk; there is prove, write, .*ask-proxy, verify/]],
    ['[after]\npush = ["", 1]', ["2:9", /is empty/], ["2:13", /a string, not an integer/]],
    ["[before]\npush = true", ["2:8", /a command, or an array of commands, and not a boolean/]],
    ['before.tag = "a\\u0000b"\nafter.tag = "a\\rb"', ["1:14", /control/], ["2:13", /control/]],
    ["toString = 1\n__proto__ = 2", ["1:1", /no key toString/], ["2:1", /no key __proto__/]],
    // What is no TOML.
    ["push = \n", ["1:7", /no TOML: Unspecified values/]],
    ['remote = "x\n', ["1:12", /no TOML: Unterminated string/]],
    ["push = true\npush = false", ["2:1", /no TOML: Defining a key multiple times/]],
    ["[before]\n[before]", ["2:2", /Defining a key multiple times/]],
    ['"ß😀" = "😀" x', ["1:12", /no TOML: Must be a newline/]],
    ["push = yes", ["1:8", /no TOML/]],
    // Where the parser would begin a line, most programs show none.
    ['# a\rpush = false\nwait = "1m"', ["1:4", /a carriage return without a line feed/]],
    ['push = true\r\nbefore.tag = """a\rb"""', ["2:18", /a carriage return/]],
  ];
  for (const [text, ...wrong] of table) {
    const found = await refused(text);
    const shown = `${text}\n${found.map((p) => p.Text).join("\n")}`;
    assert.equal(found.length, wrong.length, shown);
    for (const [i, [place, says]] of wrong.entries()) {
      const [line, column] = place.split(":");
      assert.equal(found[i]!.Where?.Line, Number(line), shown);
      const at = `Line ${line}, column ${column} of .gorel.toml: `;
      assert.ok(found[i]!.Text.startsWith(at), `not ${at}: ${shown}`);
      assert.match(found[i]!.Text, says, shown);
      assert.ok(!found[i]!.Text.includes("secret"));
    }
  }
});

Deno.test("all that is wrong is said in one go, in the order of the file", async () => {
  const text =
    `push = 1\nxyzzy = 2\n[after]\ntag = ""\n[accept]\nbehind = "x"\n[before]\ntgx = 1\n`;
  const found = await refused(text);
  assert.deepEqual(found.map((p) => p.Where?.Line), [1, 2, 4, 6, 8]);
});

Deno.test("what the file holds is shown as text, and obeyed by no terminal", async () => {
  const [key] = await refused('"\\u001b[31mred\\u202e\\u0007" = 1');
  assert.match(key!.Text, /there is no key red\./);
  const [long] = await refused(`"${"x".repeat(5000)}" = 1`);
  assert.ok(long!.Text.length < 250, long!.Text);
});

Deno.test("a file that is none, is too large or is no UTF-8 is refused; a mark and CRLF are fine", async () => {
  using folder = new Folder();
  const path = folder.join(".gorel.toml");
  const says = async (sentence: RegExp) => {
    const found = await readConfig(folder.path);
    assert.ok(Array.isArray(found) && found.length === 1);
    assert.match(found[0]!.Text, sentence);
  };
  assert.equal(await readConfig(folder.path), null);
  assert.equal(await readConfig(folder.join("none")), null);
  Deno.writeTextFileSync(folder.join("other"), "push = false\n");
  Deno.symlinkSync("other", path);
  await says(/is a symbolic link/);
  Deno.removeSync(path);
  Deno.mkdirSync(path);
  await says(/is not a file/);
  Deno.removeSync(path);
  const comment = "#".repeat((1 << 20) - 1) + "\n";
  Deno.writeTextFileSync(path, comment);
  assert.deepEqual((await readConfig(folder.path) as ConfigFile).Settings, new Map());
  Deno.writeTextFileSync(path, comment + "#");
  await says(/larger than 1 MiB/);
  Deno.writeTextFileSync(path, `before.push = [${'"a",'.repeat(200_000)}]`);
  assert.equal((await readConfig(folder.path) as ConfigFile).Commands.length, 200_000);
  Deno.writeTextFileSync(path, `remote = "${"x".repeat(900_000)}"`);
  await says(/too long, or nested too deeply|not the name of a remote/);
  const [bad] = await refused(
    new Uint8Array([...new TextEncoder().encode("# é\n# ß"), 0xff, 0x0a]),
  );
  assert.match(bad!.Text, /^Line 2, column 4 of .gorel.toml: this is not UTF-8/);
  assert.equal(bad!.Where?.Line, 2);
  assert.ok(!Array.isArray(await read("# \ufffd is a character too\n")));

  const file = await read(
    '\ufeffpush = false\r\ntag-message = """\r\na\r\nb"""\r\n[before]\r\ntag = """\\\r\n  x\r\ny"""',
  ) as ConfigFile;
  assert.deepEqual(file.Settings.get("push"), { Value: false, Line: 1 });
  assert.deepEqual(file.Settings.get("tag-message"), { Value: "a\nb", Line: 2 });
  assert.deepEqual(file.Commands, [{ When: "before", Step: "tag", Run: "x\ny", Line: 6 }]);
});

Deno.test("a release takes branches, messages and commands from the file", async () => {
  const file = await read(
    'branches = ["main"]\ntag-message = "{tag}"\n[after]\ntag = "b"\n[before]\npush = ["c", "a"]\n',
  ) as ConfigFile;
  assert.deepEqual(releaseConfig(file), {
    Branches: ["main"],
    Messages: { Tag: "{tag}" },
    Commands: [
      { When: "after", Step: "tag", Run: "b" },
      { When: "before", Step: "push", Run: "c" },
      { When: "before", Step: "push", Run: "a" },
    ],
  });
  assert.deepEqual(releaseConfig(await read("") as ConfigFile), { Messages: {}, Commands: [] });
});

Deno.test("of very many mistakes the first are told, and how many more there are", async () => {
  for (const table of ["", "[accept]\n"]) {
    const keys = Array.from({ length: 150 }, (_, i) => `key${i} = 1\n`).join("");
    const found = await refused(`${table}${keys}`);
    assert.equal(found.length, 101);
    assert.match(found[99]!.Text, /key99\b/);
    assert.equal(found[100]!.Text, ".gorel.toml has 50 more problems like these.");
  }
});
