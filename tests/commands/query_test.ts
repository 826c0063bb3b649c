/** `gorel query`: its documents, its refusals and its exit codes. */
import assert from "node:assert/strict";
import { Refused, UsageError } from "../../lib/problem.ts";
import { FileProxy } from "../lib/go/golist.ts";
import { gorel } from "../support/gorel.ts";
import { Folder, Repo, run } from "../support/repo.ts";
import { answer, ask } from "./query_ask.ts";

const path = "example.com/m";
const mod = (rest = "") => `module ${path}\n\ngo 1.20\n${rest}`;

/** Four versions, of which v1.2.0 takes v1.1.0 back. */
function served(proxy: FileProxy): void {
  proxy.add(
    path,
    ["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0-rc.1"],
    new Map([
      ["v1.0.0", mod()],
      ["v1.1.0", mod()],
      ["v1.2.0", `// Deprecated: use example.com/n.\n${mod("\nretract v1.1.0 // bad\n")}`],
      ["v1.3.0-rc.1", mod()],
    ]),
  );
}

Deno.test("one query is one document, with what users are warned of", async () => {
  using proxy = new FileProxy();
  served(proxy);
  using folder = new Folder();
  const seat = { cwd: folder.path, env: { GOPROXY: proxy.go.env.GOPROXY! } };
  const ran = await gorel(["query", `${path}@v1.1.0`, "--json"], seat);
  assert.equal(ran.code, 0, ran.stderr);
  assert.deepEqual(ran.json, {
    Path: path,
    Version: "v1.1.0",
    Time: "2026-01-02T03:04:05Z",
    Query: "v1.1.0",
    Retracted: ["bad"],
    Deprecated: "use example.com/n.",
  });
  const people = await gorel(["query", `${path}@<v1.2.0`, `${path}@v9`], seat);
  assert.equal(people.code, 3);
  assert.match(people.stdout, /^ {2}example\.com\/m@<v1\.2\.0 {2}v1\.0\.0 +2026-01-02\n/);
  assert.match(people.stdout, /example\.com\/m@v9 +(✗|FAIL) refused\n/);
  assert.match(people.stdout, /query-no-match Nothing answers example\.com\/m@v9/);
});

Deno.test("several queries are an array in their order, a refused one among them exits 3", async () => {
  using proxy = new FileProxy();
  served(proxy);
  const seat = { cwd: proxy.go.folder.path, env: { GOPROXY: proxy.go.env.GOPROXY! } };
  const said = await answer([`${path}@latest`, `${path}@v7.0.0`, `${path}@>=v1.2.0`], seat);
  assert.ok(said.Kind === "query" && Array.isArray(said.Document));
  assert.equal(said.Exit, 3);
  const [latest, unknown, above] = said.Document;
  assert.ok(latest && above && unknown && "Error" in unknown);
  assert.deepEqual([latest.Query, unknown.Query, above.Query], ["latest", "v7.0.0", ">=v1.2.0"]);
  assert.deepEqual(Object.keys(unknown), ["Path", "Query", "Error"]);
  assert.deepEqual(Object.keys(unknown.Error), ["Code", "Text", "Problems"]);
  assert.equal(unknown.Error.Code, "revision-unknown");
});

for (
  const [operand, code, text] of [
    [`${path}@v9`, "query-no-match", 'no matching versions for query "v9"'],
    [`${path}@patch`, "query-no-current", `can't query version "patch" of module ${path}`],
    [`${path}@none`, "revision-unknown", `${path}@none`],
    [`${path}@a/b`, "query-failed", 'version "a/b" invalid: disallowed version string'],
    ["example.com/unknown@latest", "query-failed", "Nobody knows the module example.com/unknown"],
    ["nodot/m@latest", "path-invalid", 'malformed module path "nodot/m": missing dot'],
    ["std@latest", "query-failed", "standard library"],
  ]
) {
  Deno.test(`query ${operand} alone is refused as ${code}`, async () => {
    using proxy = new FileProxy();
    served(proxy);
    const seat = { cwd: proxy.go.folder.path, env: { GOPROXY: proxy.go.env.GOPROXY! } };
    const refused = await answer([operand!], seat).then(() => null, (error) => error);
    assert.ok(refused instanceof Refused);
    assert.equal(refused.problems[0]!.Code, code, refused.message);
    assert.ok(refused.problems[0]!.Text.includes(text!), refused.message);
    assert.ok(refused.problems[0]!.Fix, "a way out");
  });
}

for (
  const argv of [
    [path],
    [`${path}@`],
    ["@latest"],
    [`${path}@<=v1.2`],
    [`${path}@>v1`],
    [`${path}@<`],
    [`${path}@>=1.0.0`],
    [`${path}@-x`],
    [`${path}@/x`],
    ["./m@latest"],
    ["example.com\\m@latest"],
    [`${path}@patch`, "--current", "main"],
  ]
) {
  Deno.test(`the command line alone is wrong: query ${argv.join(" ")}`, async () => {
    using folder = new Folder();
    await assert.rejects(answer(argv, { cwd: folder.path, env: {} }), UsageError);
  });
}

Deno.test("without a GOPROXY, or with one that is off, nobody can be asked", async () => {
  using folder = new Folder();
  for (const GOPROXY of ["off", "direct"]) {
    const [row] = await ask([`${path}@latest`], { cwd: folder.path, env: { GOPROXY } });
    assert.ok(row && "Error" in row);
    assert.equal(row.Error.Code, "proxy-unset", row.Error.Text);
  }
});

Deno.test("a go.mod that go refuses stops every query in its folder", async () => {
  using folder = new Folder();
  Deno.writeTextFileSync(folder.join("go.mod"), "module example.com/main\n\nbogus\n");
  Deno.mkdirSync(folder.join("below"));
  const seat = { cwd: folder.join("below"), env: { GOPROXY: "off" } };
  const [row] = await ask([`${path}@latest`], seat);
  assert.ok(row && "Error" in row);
  assert.equal(row.Error.Code, "go-mod-invalid");
  assert.deepEqual(row.Error.Problems[0]!.Where, { File: "go.mod", Line: 3 });
});

Deno.test("what is on the remote and not here is refused, with git fetch as the way out", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": mod() });
  repo.tag("v1.0.0");
  repo.withRemote();
  using other = new Folder();
  const clone = other.join("clone");
  run("git", ["clone", "-q", repo.remote, clone], { env: repo.env });
  run("git", ["commit", "-q", "--allow-empty", "-m", "elsewhere"], { cwd: clone, env: repo.env });
  run("git", ["tag", "v1.1.0"], { cwd: clone, env: repo.env });
  run("git", ["push", "-q", "origin", "main", "v1.1.0"], { cwd: clone, env: repo.env });
  const direct = { cwd: repo.dir, env: { ...repo.env, GOPROXY: "direct" } };
  const [row] = await ask([`${path}@latest`], direct);
  assert.ok(row && "Error" in row);
  assert.match(row.Error.Text, /v1\.1\.0 on origin, [0-9a-f]{12}, is not here/);
  assert.equal(row.Error.Problems[0]!.Fix, "git fetch --tags origin");
  const [first] = await ask([`${path}@v1.0.0`], direct);
  assert.ok(first && !("Error" in first));
  // Private modules are the repository's to answer, whatever GOPROXY says.
  repo.git("fetch", "-q", "--tags");
  const env = { ...repo.env, GOPROXY: "off", GOPRIVATE: "example.com" };
  const [now] = await ask([`${path}@latest`], { cwd: repo.dir, env });
  assert.ok(now && !("Error" in now));
  assert.equal(now.Version, "v1.1.0");
});

Deno.test("offline the tags here count, and other modules are refused", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": mod() });
  repo.tag("v1.0.0");
  const seat = { cwd: repo.dir, env: { ...repo.env, GOPROXY: "off" } };
  const said = await answer(["--offline", `${path}@latest`, "example.com/n@latest"], seat);
  assert.ok(said.Kind === "query" && Array.isArray(said.Document));
  assert.deepEqual(said.Problems?.map((p) => p.Code), ["not-asked"]);
  const [own, other] = said.Document;
  assert.ok(own && !("Error" in own) && other && "Error" in other);
  assert.equal(own.Version, "v1.0.0");
  assert.equal(other.Error.Code, "proxy-unset");
  assert.equal(other.Error.Problems[0]!.Fix, "leave out --offline");
});

Deno.test("after a proxy that has not heard of it the remote answers for this repository's module only", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": mod() });
  repo.tag("v1.0.0");
  repo.withRemote();
  using proxy = new FileProxy();
  served(proxy);
  proxy.add("example.com/n", ["v1.0.0"], new Map([["v1.0.0", "module example.com/n\n"]]));
  const GOPROXY = `${proxy.go.env.GOPROXY},direct`;
  const operands = [
    `${path}@main`,
    `${path}/v2@latest`,
    "example.com/n@v9.9.9",
    "example.com/n@v1",
  ];
  const rows = await ask(operands, { cwd: repo.dir, env: { ...repo.env, GOPROXY } });
  assert.deepEqual(
    rows.map((row) => "Error" in row ? row.Error.Code : row.Version),
    ["v1.0.0", "query-no-match", "revision-unknown", "v1.0.0"],
  );
});
