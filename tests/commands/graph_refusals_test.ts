/** What `gorel graph` refuses, with the sentence that says why. */
import assert from "node:assert/strict";
import { graph, World } from "./graphs.ts";

const main = "module w.test/main\ngo 1.16\n";

interface Refusal {
  name: string;
  goMod?: string;
  files?: Record<string, string>;
  versions?: Record<string, string>;
  env?: Record<string, string>;
  args?: string[];
  code: string;
  says: RegExp;
}

const refusals: Refusal[] = [
  {
    name: "a version that the proxy does not have, with who requires it",
    versions: { "w.test/a v1.0.0": "module w.test/a\nrequire w.test/b v1.3.0\n" },
    code: "graph-failed",
    says: /w\.test\/b@v1\.3\.0: .*404.*w\.test\/main requires w\.test\/a@v1\.0\.0 requires w/,
  },
  {
    name: "a go.mod of another module",
    versions: { "w.test/b v1.2.0": "module w.test/renamed\n" },
    code: "graph-failed",
    says: /w\.test\/b@v1\.2\.0: .*declares its path as: w\.test\/renamed, but was required as/,
  },
  {
    name: "a go.mod without a module line",
    versions: { "w.test/b v1.2.0": "go 1.20\n" },
    code: "graph-failed",
    says: /missing module line/,
  },
  {
    name: "a go.mod that cannot be read",
    versions: { "w.test/b v1.2.0": "module w.test/b\nrequire x\n" },
    code: "graph-failed",
    says: /go\.mod:2: usage: require module\/path v1\.2\.3/,
  },
  {
    name: "a go.mod that alone requires more than any graph has",
    versions: {
      "w.test/b v1.2.0": "module w.test/b\nrequire (\n" +
        Array.from({ length: 100_001 }, (_, i) => `\tw.test/m${i} v1.0.0\n`).join("") + ")\n",
    },
    code: "graph-failed",
    says: /w\.test\/b@v1\.2\.0: the graph is too large: more than 100000 go\.mod files/,
  },
  {
    name: "a go.mod that is not the one of go.sum",
    files: { "main/go.sum": "w.test/b v1.2.0/go.mod h1:aaaa=\n" },
    code: "graph-failed",
    says: /w\.test\/b@v1\.2\.0: checksum mismatch .*go\.sum says h1:aaaa=/,
  },
  {
    name: "a go.sum with two hashes of which the wrong one is the first",
    files: {
      "main/go.sum": "w.test/b v1.2.0/go.mod h1:aaaa=\nw.test/b v1.2.0/go.mod h1:bbbb=\n",
    },
    code: "graph-failed",
    says: /go\.sum says h1:aaaa=/,
  },
  {
    name: "a go.sum that go cannot read",
    files: { "main/go.sum": "w.test/b v1.2.0/go.mod\n" },
    code: "graph-failed",
    says: /malformed go\.sum: go\.sum:1: wrong number of fields 2/,
  },
  {
    name: "a folder that is not there",
    goMod: `${main}require w.test/a v1.0.0\nreplace w.test/b => ../nowhere\n`,
    code: "graph-failed",
    says: /w\.test\/b@v1\.2\.0, which is replaced by \.\.\/nowhere: reading .*no such file/,
  },
  {
    name: "modules that only their repository has",
    env: { GOPROXY: "direct" },
    code: "graph-failed",
    says: /not in the module cache, and GOPROXY says direct/,
  },
  {
    name: "modules that GOPROXY forbids",
    env: { GOPROXY: "off" },
    code: "graph-failed",
    says: /not in the module cache, and GOPROXY says off/,
  },
  {
    name: "private modules",
    env: { GOPRIVATE: "w.test/b" },
    code: "graph-failed",
    says: /w\.test\/b@v1\.2\.0: .*GONOPROXY covers w\.test\/b/,
  },
  {
    name: "what only a proxy has, offline",
    args: ["--offline"],
    code: "graph-failed",
    says: /--offline asks no proxy/,
  },
  {
    name: "two replacements for one version",
    goMod: `${main}replace w.test/b => ../x\nreplace w.test/b => ../y\n`,
    code: "go-mod-invalid",
    says: /conflicting replacements for w\.test\/b: \.\.\/x and \.\.\/y/,
  },
  {
    name: "a go.mod that go refuses",
    goMod: `${main}requires w.test/a v1.0.0\n`,
    code: "go-mod-invalid",
    says: /^go\.mod:3: unknown directive: requires/,
  },
  {
    name: "a retracted version of another major, as every go command does",
    goMod: "module w.test/main/v2\nretract v1.0.0\n",
    code: "go-mod-invalid",
    says: /should be v2, not v1/,
  },
  {
    name: "a version that go would look up",
    goMod: `${main}require w.test/a v1.0\n`,
    code: "go-mod-invalid",
    says: /line 3 requires w\.test\/a at what is no whole version/,
  },
  {
    name: "a version that is not published",
    args: ["w.test/a@v1.9.0"],
    code: "graph-failed",
    says: /w\.test\/a@v1\.9\.0: reading its go\.mod: 404/,
  },
  {
    name: "a replacement by a folder in a published version",
    versions: {
      "w.test/c v1.0.0": "module w.test/c\nreplace w.test/b => ../b\nrequire w.test/b v1.2.0\n",
    },
    args: ["w.test/c@v1.0.0"],
    code: "graph-failed",
    says: /replaced by the folder \.\.\/b, which only the module's author has/,
  },
  {
    name: "a module that is not in the list",
    args: ["--why", "w.test/c"],
    code: "not-required",
    says: /w\.test\/c is not in the build list of w\.test\/main/,
  },
];

for (const refusal of refusals) {
  Deno.test(`graph refuses ${refusal.name}`, async () => {
    using world = new World(refusal.goMod);
    for (const [file, text] of Object.entries(refusal.files ?? {})) world.write(file, text);
    for (const [at, goMod] of Object.entries(refusal.versions ?? {})) world.add(at, goMod);
    const env = { ...world.env, ...refusal.env };
    const { Problems } = await graph(refusal.args ?? [], world.main, env);
    assert.deepEqual(Problems.map(({ Code }) => Code), [refusal.code]);
    assert.match(Problems[0]!.Text, refusal.says);
  });
}
