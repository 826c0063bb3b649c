/** The quick readers of go.mod give what the parser gives, or leave the file to it. */
import assert from "node:assert/strict";
import { mainModule, plainMainModule } from "../../../lib/go/mainmodule.ts";
import { parse, parseLax } from "../../../lib/go/modfile/rule.ts";
import { errorText } from "../../../lib/go/modfile/types.ts";
import { goSumHashes, parseGoSum } from "../../../lib/go/gosum.ts";
import { plainGoModSums } from "../../../lib/go/plain.ts";
import { summarizer } from "../../../lib/go/summary.ts";
import { cases, Random, seeded } from "../../support/random.ts";

const paths = [
  "example.com/a",
  "example.com/a/v2",
  "gopkg.in/yaml.v2",
  "gopkg.in/yaml",
  "example.com/a/v1",
  '"example.com/q"',
  "example.com/v",
  "a.b//c",
  "git[hub].com/x",
  "github.com/Azure/é",
  "x",
  "a.b/*c",
];
const versions = [
  "v1.0.0",
  "v0.3.1-rc.1",
  "v2.0.0",
  "v2.0.0+incompatible",
  "v1.2",
  "v1.0.0+meta",
  "v0.0.0-20240102030405-abcdefabcdef",
  "master",
  "v1.02.0",
  '"v1.0.0"',
  "`v1.0.0`",
  "v01.0.0",
];
const verbs = [
  "require",
  "require",
  "require",
  "exclude",
  "replace",
  "retract",
  "go",
  "module",
  "toolchain",
  "tool",
  "ignore",
  "godebug",
  "future",
  "require exclude",
];
const ends = [
  "\n",
  "\n",
  "\n",
  "\r\n",
  " // indirect\n",
  " // indirect; too\n",
  " //indirect\n",
  " // not indirect\n",
  "//x\n",
  " /* x */\n",
  "\n\n",
  "\f\n",
  "\u00a0\n",
];

function args(random: Random, verb: string): string {
  const path = random.chance(0.7) ? paths[0]! : random.pick(paths);
  const version = random.chance(0.7) ? versions[0]! : random.pick(versions);
  if (random.chance(0.04)) return random.pick(["", path, `${path} ${version} x`, `(${path}`, "["]);
  switch (verb) {
    case "go":
      return random.pick(["1.16", "1.21.0", "1.22rc1", "v1.17", "1", "01.2"]);
    case "toolchain":
      return random.pick(["go1.22.1", "default", "go2", "local"]);
    case "module":
    case "tool":
    case "ignore":
      return path;
    case "replace": {
      const to = random.pick([
        "../x",
        "/abs",
        `example.com/b ${version}`,
        "x",
        ".",
        `../y ${version}`,
      ]);
      return `${path}${random.chance(0.5) ? ` ${version}` : ""} => ${to}`;
    }
    case "retract":
      return random.pick([version, `[${version}, v1.1.0]`, `[ v1.0.0`]);
    case "godebug":
      return "default=go1.21";
  }
  return `${path}${random.pick([" ", "\t", "  "])}${version}`;
}

function goMod(random: Random): string {
  let text = random.chance(0.03) ? "\ufeff" : "";
  if (random.chance(0.9)) text += `module example.com/main${random.pick(ends)}`;
  if (random.chance(0.7)) text += `go 1.${random.int(15, 24)}\n`;
  for (let i = random.int(0, 5); i > 0; i--) {
    const verb = random.chance(0.6) ? "require" : random.pick(verbs);
    if (random.chance(0.4)) {
      text += random.pick([`${verb} (\n`, `${verb}(\n`, `${verb} ( // x\n`]);
      for (let n = random.int(0, 3); n > 0; n--) {
        text += `\t${args(random, verb)}${random.pick(ends)}`;
      }
      text += random.chance(0.97) ? random.pick([")\n", "\t)\n", ") // end\n"]) : "";
    } else text += `${verb} ${args(random, verb)}${random.pick(ends)}`;
    if (random.chance(0.1)) text += random.pick(["// comment é\n", "\n", " \t\n", ")\n"]);
  }
  return text;
}

Deno.test("a dependency's go.mod is summed up as lax parsing understands it, errors included", () => {
  const random = seeded("summary");
  const summarize = summarizer();
  for (let i = 0; i < cases(3_000, 30_000); i++) {
    const text = goMod(random);
    const bytes = new TextEncoder().encode(text);
    const { Mod, Errors } = parseLax("go.mod", bytes);
    const parsed = Errors.length > 0 ? { Error: Errors.map(errorText).join("\n") } : {
      Path: Mod.Module?.Path ?? "",
      Go: Mod.Go?.Version ?? "",
      Require: Mod.Require.map(({ Path, Version }) => ({ Path, Version })),
    };
    assert.deepEqual(summarize(bytes), parsed, JSON.stringify(text));
  }
});

Deno.test("a main module that is read quickly is the one that the parser gives, and has no error", () => {
  const random = seeded("main module");
  let quick = 0;
  const all = cases(3_000, 30_000);
  for (let i = 0; i < all; i++) {
    const text = goMod(random);
    const plain = plainMainModule(text);
    if (plain === null) continue;
    quick++;
    const { Mod, Errors } = parse("go.mod", new TextEncoder().encode(text));
    assert.deepEqual(Errors, [], JSON.stringify(text));
    assert.deepEqual(plain, mainModule(Mod), JSON.stringify(text));
    const asWritten = Mod.Require.every(({ Version, Line }) =>
      text.split("\n")[Line - 1]!.includes(Version)
    );
    assert(asWritten, JSON.stringify(text));
  }
  assert(quick > all / 20, `${quick} of ${all}`);
});

Deno.test("a go.sum that is read quickly has the hashes that the parser gives", () => {
  const random = seeded("go.sum");
  for (let i = 0; i < cases(1_000, 10_000); i++) {
    const lines = Array.from({ length: random.int(0, 6) }, () => {
      const hash = random.pick(["h1:aa=", "h1:aa=", "h1:bb=", "h2:cc="]);
      const line = `example.com/${random.pick(["a", "b", "c", "d", "e"])} ` +
        `v1.${random.int(0, 3)}.0${random.chance(0.6) ? "/go.mod" : ""} ${hash}`;
      return random.chance(0.95) ? line : random.pick([line + " x", ` ${line}`, line + "\r", ""]);
    });
    const text = lines.map((line) => line + "\n").join("");
    const plain = plainGoModSums(text);
    if (plain === null) continue;
    const { Lines, Errors } = parseGoSum("go.sum", text);
    assert.deepEqual(Errors, [], text);
    const all = [...goSumHashes(Lines)].filter(([key]) => key.endsWith("/go.mod"))
      .map(([key, hashes]) => [key.replace("@", " ").replace(/\/go\.mod$/, ""), hashes]);
    assert.deepEqual([...plain].map(([key, hash]) => [key, [hash]]), all, text);
  }
});
