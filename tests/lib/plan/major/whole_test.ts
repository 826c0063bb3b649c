/** A whole repository with every kind of mention becomes a new major; the real go command judges it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Go, needsGo } from "../../../support/go.ts";
import { Repo, run } from "../../../support/repo.ts";
import { kinds } from "./kinds.ts";
import { planOf, write } from "./planned.ts";

/** Lines that keep the old path, by file: the text says why. */
const left: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["@v1.2.0", "/issues", "/tools, the next", "kinds-tools or not"],
  "CHANGELOG.md": ["does more"],
  "Makefile": ["docker build"],
  ".github/workflows/ci.yml": ["git clone"],
  "kinds.go": ["in peace", "const Path"],
  "asm/read_amd64.s": ["// Read reads"],
  "gen/gen.go": ["// Code generated"],
  "testdata/input.txt": ["see example"],
};

/** Files that are not rewritten word by word, as they come out. */
const whole: Readonly<Record<string, string>> = {
  "go.mod": `module example.com/kinds/v2 // the module

go 1.24

tool example.com/kinds/v2/cmd/kinds

require example.com/kinds-tools v1.0.0

replace example.com/kinds-tools => ./third
`,
  "tools/go.mod": `module example.com/kinds/tools

go 1.24

require example.com/kinds/v2 v2.0.0

replace example.com/kinds/v2 => ../

tool example.com/kinds/v2/cmd/kinds
`,
  "examples/deep/go.mod": `module example.com/deep

go 1.24

require (
	example.com/kinds/v2       v2.0.0 // the subject
	example.com/kinds/tools v0.0.0-00010101000000-000000000000
)

replace (
	example.com/kinds/v2 v2.0.0 => ../..
	example.com/kinds/tools  => ../../tools
)
`,
  "plugin/go.mod":
    "module example.com/kinds/plugin\n\ngo 1.24\n\nrequire example.com/kinds/v2 v2.0.0\n",
  // Imports are sorted again, as they were.
  "tools/tools.go": `package tools

import (
	"example.com/kinds/tools/more"
	"example.com/kinds/v2/codec"
)

var _ = codec.Encode(more.More)
`,
  "examples/deep/deep.go": `package deep

import (
	"example.com/kinds/tools/more"
	"example.com/kinds/v2"
)

var _ = kinds.Say() + string(rune(more.More))
`,
  "cmd/look/main.go": `package main

import (
	tools "example.com/kinds-tools"
	"example.com/kinds/v2"
	"example.com/kinds/v2/dot"
)

func main() { println(kinds.Say(), tools.Look, dot.Dot) }
`,
};

/** Other modules that have nothing to do with the new major, or stay with the old one. */
const untouched = /^(compat|v3|third)\//;

function expected(file: string, text: string): string {
  if (whole[file] !== undefined) return whole[file];
  if (untouched.test(file)) return text;
  const stays = left[file] ?? [];
  return text.split("\n").map((line) =>
    stays.some((part) => line.includes(part))
      ? line
      : line.replaceAll("example.com/kinds", "example.com/kinds/v2")
        .replaceAll("example·com∕kinds", "example·com∕kinds∕v2")
  ).join("\n");
}

/** A repository whose files are those of the new major. */
async function rewritten(...argv: string[]): Promise<Repo> {
  const repo = new Repo();
  repo.commit("begin", { ...kinds });
  repo.git("tag", "v1.2.0");
  write(repo, await planOf(repo, ["major", "--no-build", ...argv]));
  return repo;
}

Deno.test("every kind of mention: what is to change changes, and no other byte", async () => {
  using repo = await rewritten();
  const found = Object.keys(kinds).filter((file) => file !== "plugin/go.sum");
  for (const file of found) assert.equal(repo.read(file), expected(file, kinds[file]!), file);
  const names = repo.git("ls-files").split("\n").filter((file) => !(file in kinds));
  assert.deepEqual(names, []);
  assert.match(
    repo.read("plugin/go.sum"),
    /^(example\.com\/kinds\/v2 v2\.0\.0(\/go\.mod)? h1:.*\n){2}$/,
  );
});

Deno.test("every mention that stays is told, with its line and the way out", async () => {
  using repo = new Repo();
  repo.commit("begin", { ...kinds });
  repo.git("tag", "v1.2.0");
  const { Problems } = await planOf(repo, ["major", "--no-build"]);
  const told = Problems.filter((p) => p.Code === "old-path-left");
  for (const { Where, Fix, Text } of told) {
    const line = kinds[Where!.File]!.split("\n")[Where!.Line! - 1]!;
    assert.match(line, /example.com.kinds/, Text);
    assert.equal(Fix, `--rewrite ${Where!.File}`);
  }
  const quiet = Object.keys(left).filter((file) => !told.some((p) => p.Where!.File === file));
  assert.deepEqual(quiet, []);
  assert.deepEqual(
    told.filter((p) => untouched.test(p.Where!.File)).map((p) => p.Where!.File),
    ["compat/compat.go", "compat/fork/go.mod", "compat/go.mod", "compat/go.mod"],
  );
});

const modules = ["", "tools", "examples/deep", "compat", "v3", "plugin"];
const libraries = [".", "./codec", "./dot", "./side", "./asm", "./gen", "./internal/..."];

Deno.test(needsGo("every kind of mention: go builds and vets what comes out"), async () => {
  using repo = await rewritten();
  const GOCACHE = run("go", ["env", "GOCACHE"], { env: Deno.env.toObject() }).trim();
  const faults = (GOOS: string, verb: string, dirs: string[], packages = ["./..."]) =>
    dirs.flatMap((dir) => {
      const platform = { GOOS, GOARCH: "amd64", CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" };
      using go = new Go({ ...platform, GOCACHE, ...(dir === "plugin" && { GOWORK: "" }) });
      const { code, stderr } = go.run([verb, ...packages], join(repo.dir, dir));
      return code === 0 ? [] : [`${verb} ${GOOS} ${dir}: ${stderr}`];
    });
  // Commands need the runtime of their platform, which takes go longer than all the rest.
  const soak = Deno.env.has("GOREL_SOAK");
  const found = ["build", "vet"].flatMap((verb) => [
    ...faults("linux", verb, modules),
    ...["darwin", "windows"].flatMap((os) =>
      soak ? faults(os, verb, modules) : faults(os, verb, [""], libraries)
    ),
  ]);
  assert.deepEqual(found, []);
});
