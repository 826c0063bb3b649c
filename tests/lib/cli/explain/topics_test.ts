import assert from "node:assert/strict";
import { topicNamed, topicNames } from "../../../../lib/cli/explain/names.ts";
import { topicOf, topicsDocument } from "../../../../lib/cli/explain/topics.ts";
import { parse } from "../../../../lib/cli/parser.ts";
import { checkFilePath } from "../../../../lib/go/paths.ts";
import { matchPrefixPatterns } from "../../../../lib/go/module.ts";
import { parse as parseBytes } from "../../../../lib/go/modfile/mod.ts";
import { compare, isValid } from "../../../../lib/go/semver.ts";
import { isPseudoVersion, pseudoVersionBase } from "../../../../lib/go/pseudo.ts";
import { codes, UsageError } from "../../../../lib/problem.ts";
import { gorelLines, well } from "./lines.ts";

Deno.test("every topic has a line, plain paragraphs and an example within 72 columns", () => {
  const { List } = topicsDocument();
  assert.deepEqual(List!.map(({ Name }) => Name), topicNames);
  for (const { Name, Text } of List!) {
    const topic = topicOf(Name)!;
    assert.ok(Text.length <= 72 && !Text.endsWith("."), Text);
    assert.equal(topic.Subject, Name);
    assert.equal(topic.Text[0], `${Text}.`);
    assert.equal(topic.Kind, "topic");
    assert.ok(topic.Example!.length > 0, Name);
    assert.ok(topic.Text.length > 1 && topic.Text.length <= 4, Name);
    well(Name, topic.Text, topic.Example!);
  }
});

Deno.test("every gorel line of a topic is a command line that gorel accepts", () => {
  const lines = topicNames.flatMap((name) => gorelLines(topicOf(name)!.Example!));
  assert.ok(lines.length > 30);
  for (const argv of lines) assert.ok("command" in parse(argv, {}), argv.join(" "));
});

/** A line of `gorel help` that explain carries out: it knows which of the two was typed. */
const helping = (...argv: string[]) => ({ ...parse(["explain", ...argv], {}), word: "help" });

Deno.test("gorel help TOPIC is gorel explain TOPIC, under other words too", () => {
  for (const name of topicNames) {
    assert.ok(!(codes as string[]).includes(name), name);
    assert.deepEqual(parse(["help", name, "--json"], {}), helping(name, "--json"));
  }
  assert.equal(topicOf("GOPRIVATE")!.Subject, "private-modules");
  assert.equal(topicOf("minimal-version-selection")!.Subject, "mvs");
  assert.equal(topicNamed("constructor"), undefined);
  assert.equal(topicOf("nothing"), undefined);
  for (const word of ["codes", "dirty"]) {
    assert.deepEqual(parse(["help", word], {}), helping(word));
  }
  assert.deepEqual(parse(["help", "topics"], {}), helping());
  assert.deepEqual(parse(["-C", "dir", "help", "semver"], {}), helping("semver", "-C", "dir"));
});

Deno.test("gorel help without a word lists every topic; an unknown one gets a near name", () => {
  const line = parse(["help"], {});
  assert.ok("Help" in line);
  const words = new Set(line.Help.split(/\s+/));
  for (const name of topicNames) assert.ok(words.has(name), name);
  const refused = (argv: string[], said: RegExp) =>
    assert.throws(() => parse(["help", ...argv], {}), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, said);
      return true;
    });
  refused(["semvr"], /no command or topic semvr; did you mean semver\?/);
  refused(["retractoin"], /did you mean retraction\?/);
  refused(["gprivate"], /did you mean goprivate\?/);
  refused(["qqqqqqq"], /gorel help lists them/);
  refused(["semver", "tags"], /takes one command, or one topic/);
});

Deno.test("what the lists and examples say of versions, names and globs is so", () => {
  const forms = topicOf("pseudo-versions")!.List!.map(({ Name }) =>
    Name.replace("TIME-ID", "20260102150405-abcdefabcdef")
  );
  assert.ok(forms.every(isPseudoVersion));
  assert.deepEqual(forms.map((v) => pseudoVersionBase(v)), ["", "v1.4.2", "v1.5.0-rc.1"]);
  assert.ok(compare("v1.0.0-rc1", "v1.0.0-rc.999") > 0);
  for (const { Name } of topicOf("queries")!.List!) {
    for (const query of Name.matchAll(/[<>]=?(\S+?)(?:,|$)/g)) assert.ok(isValid(query[1]!), Name);
  }
  const globs: [string, string, boolean][] = [
    ["github.com/acme", "github.com/acme", true],
    ["github.com/acme", "github.com/acme/wire", true],
    ["github.com/acme", "github.com/acme-labs", false],
    ["github.com/acme/*", "github.com/acme/wire", true],
    ["github.com/acme/*", "github.com/acme", false],
    ["*.corp.example.com", "git.corp.example.com/wire", true],
    ["*.corp.example.com", "corp.example.com", false],
    ["a.com, github.com/acme", "github.com/acme", false],
  ];
  const said = topicOf("private-modules")!.List!;
  for (const [glob, path, matches] of globs) {
    assert.equal(matchPrefixPatterns(glob, path), matches, `${glob} ${path}`);
    if (!glob.includes(",")) {
      assert.match(
        said.find(({ Name }) => Name === glob)!.Text,
        new RegExp(path.replace("*", "\\*")),
      );
    }
  }
  for (const name of ["testdata/it's.txt", "a:b", "aux.go", "con", "a.", "a?b", "a`b", "a\\b"]) {
    assert.notEqual(checkFilePath(name), null, name);
  }
});

const parseGoMod = (text: string) => parseBytes("go.mod", new TextEncoder().encode(text));

Deno.test("the go.mod lines of the topics are go.mod lines", () => {
  const from = (topic: string) =>
    topicOf(topic)!.Example!.filter((line) => !/^[$#]|^import/.test(line));
  const module = "module example.com/m\n";
  for (const topic of ["requirements", "tools", "incompatible", "toolchain"]) {
    parseGoMod(module + from(topic).join("\n") + "\n");
  }
  for (const topic of ["go-line", "major-versions", "gopkg.in"]) {
    parseGoMod(from(topic).join("\n") + "\n");
  }
  for (const line of from("module-path")) parseGoMod(line + "\n");
});
