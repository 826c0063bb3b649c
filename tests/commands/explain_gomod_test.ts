/** `gorel explain go.mod[:LINE]` in repositories, with the go command as the judge of its document. */
import assert from "node:assert/strict";
import { run as explain } from "../../commands/explain.ts";
import type { Answer } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { Refused } from "../../lib/problem.ts";
import { goMod as randomGoMod } from "../lib/go/modfile/generate.ts";
import { Go, needsGo } from "../support/go.ts";
import { environment, gorel } from "../support/gorel.ts";
import { Proxy } from "../support/proxy.ts";
import { cases, seeded } from "../support/random.ts";
import { Folder, Repo } from "../support/repo.ts";

const head = "module example.com/m\n\ngo 1.21\n";

/** Runs the command in this process; thrown is what it refuses. */
async function run(
  cwd: string,
  env: Record<string, string>,
  ...argv: string[]
): Promise<Answer & { Document: unknown }> {
  const line = parse(["explain", ...argv], {});
  assert.ok(!("Help" in line));
  const options = { command: line.word, args: line.args, flags: line.flags, cwd };
  const answer = await explain(options, machine({ ...environment(), ...env }));
  assert.ok("Document" in answer);
  return answer;
}

/** A folder in no repository. */
const nowhere = { GIT_CEILING_DIRECTORIES: "/" };

Deno.test(
  needsGo("the document of go.mod is that of go mod edit -json, refusals included"),
  async () => {
    const vectors: { in: string }[] = JSON.parse(
      Deno.readTextFileSync(new URL("../vectors/modfile_parse.json", import.meta.url)),
    );
    const random = seeded("explain go.mod --json");
    const some = random.shuffle(vectors).slice(0, cases(20, vectors.length)).map((v) => v.in);
    const made = Array.from({ length: cases(20, 300) }, () => randomGoMod(random));
    using go = new Go();
    using folder = new Folder();
    for (const text of [...some, ...made]) {
      Deno.writeTextFileSync(folder.join("go.mod"), text);
      const theirs = await go.start(["mod", "edit", "-json", "go.mod"], folder.path);
      try {
        const answer = await run(folder.path, nowhere, "go.mod", "--json");
        assert.equal(theirs.code, 0, theirs.stderr + text);
        assert.equal(answer.Kind, "gomod");
        assert.deepEqual(answer.Document, JSON.parse(theirs.stdout), text);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        assert.notEqual(theirs.code, 0, text);
        const said = theirs.stderr.split("\n").filter((line) => /^go\.mod:\d/.test(line));
        const places = said.map((line) => Number(/^go\.mod:(\d+)/.exec(line)![1]));
        assert.deepEqual(error.problems.map((p) => p.Where?.Line), places, theirs.stderr + text);
      }
    }
  },
);

Deno.test("the work tree's file counts, found from a folder below as go does", async () => {
  using repo = new Repo();
  repo.commit("begin", {
    "go.mod": head,
    "a/b.go": "package a\n",
    "sub/go.mod": "module x.y/sub\n",
  });
  repo.write("go.mod", head.replace("1.21", "1.24"));
  const go = async (folder: string, ...argv: string[]) =>
    (await run(`${repo.dir}/${folder}`, repo.env, ...argv, "--json")).Document;
  assert.partialDeepStrictEqual(await go("a", "go.mod"), { Go: "1.24" });
  assert.partialDeepStrictEqual(await go("", "sub/go.mod"), { Module: { Path: "x.y/sub" } });
  assert.partialDeepStrictEqual(await go("", "go.mod", "--module", "sub"), {
    Module: { Path: "x.y/sub" },
  });
  await assert.rejects(go("", "a/go.mod"), (error) => {
    return error instanceof Refused && error.problems[0]!.Code === "no-go-mod";
  });
  await assert.rejects(go("", "go.mod:9"), (error) => {
    return error instanceof Refused && error.problems[0]!.Text.includes("it has 3");
  });
});

Deno.test("a line is explained with what is released, and what the proxy says of others", async () => {
  using other = new Repo();
  other.commit("begin", { "go.mod": "module example.com/other\n" });
  other.tag("v1.0.0");
  other.commit("retract", { "go.mod": "module example.com/other\n\nretract v1.0.0 // leaks\n" });
  other.tag("v1.1.0");
  other.withRemote();
  await using proxy = new Proxy(other, () => ({}), "example.com/other");
  using repo = new Repo();
  repo.commit("begin", { "go.mod": head, "sub/go.mod": "module example.com/m/sub\n" });
  repo.tag("v1.0.0");
  repo.commit("retract", { "go.mod": `${head}\nretract v1.0.0 // bad\n` });
  repo.tag("v1.1.0");
  repo.withRemote();
  repo.write(
    "go.mod",
    `${head}\nretract v1.0.0 // bad\nretract v1.1.0\n` +
      "require example.com/other v1.0.0\nrequire example.com/m/sub v0.1.0\n",
  );
  const env = { ...repo.env, GOPROXY: `${proxy.url},off`, GONOPROXY: "example.com/m" };
  const line = async (n: number, ...flags: string[]) => {
    const { Document } = await run(repo.dir, env, `go.mod:${n}`, ...flags);
    return (Document as { Text: string[] }).Text.join(" ");
  };
  assert.match(await line(5), /in force: the go\.mod of v1\.1\.0/);
  assert.match(await line(6), /in force for nobody until a release above v1\.1\.0/);
  assert.match(await line(7), /v1\.0\.0 is retracted: "leaks".*latest of it is v1\.1\.0/);
  assert.match(await line(8), /module of this repository \(in sub\).*no such tag/);
  // What was asked can teach no proxy that a version is missing.
  const asked = proxy.log.map((one) => JSON.stringify(one)).join("\n");
  assert.doesNotMatch(asked, /sub|v1\.0\.0\./);
  const before = proxy.log.length;
  assert.doesNotMatch(await line(7, "--offline"), /leaks/);
  assert.equal(proxy.log.length, before);
});

Deno.test("people get every line; a broken file is refused with exit 3", async () => {
  using repo = new Repo();
  const long = `require example.com/${"long".repeat(30)} v1.0.0`;
  repo.commit("begin", { "go.mod": `${head}\n${long}\n\nretract v9.0.0\n` });
  const shown = await gorel(["explain", "go.mod", "--offline"], { cwd: repo.dir, env: repo.env });
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /\n {2}3 {2}go 1\.21\n {6}Users need Go 1\.21/);
  assert.match(shown.stdout, /\n {2}5 {2}require example.*…\n/);
  assert.ok(shown.stdout.split("\n").every((one) => [...one].length <= 72), shown.stdout);
  assert.match(shown.stderr, /go-mod-invalid .*go\.mod:7/);
  repo.write("go.mod", "module x\nfoo\n");
  const broken = await gorel(["explain", "go.mod", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(broken.code, 3);
  assert.deepEqual(broken.json.Error.Problems[0].Where, { File: "go.mod", Line: 2 });
});
