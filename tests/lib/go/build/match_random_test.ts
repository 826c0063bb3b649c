import assert from "node:assert/strict";
import { matchFile, textConstraint } from "../../../../lib/go/build/match.ts";
import { knownArch, knownOS, ports } from "../../../../lib/go/build/syslist.ts";
import { needsGo } from "../../../support/go.ts";
import { Oracle } from "../../../support/oracle.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";

const tags = ["linux", "windows", "darwin", "android", "solaris", "illumos", "ios", "unix", "js"]
  .concat([
    "amd64",
    "arm64",
    "386",
    "wasm",
    "go1.18",
    "go1.9",
    "cgo",
    "gc",
    "ignore",
    "a_b",
    "x.y",
  ]);
const platforms = [...ports].flatMap(([os, archs]) => archs.map((arch) => [os, arch] as const));

Deno.test(
  needsGo("random names and constraints build for the same platforms as by go/build"),
  async () => {
    const random = seeded("build constraints");
    const files = Array.from({ length: cases(1500, 60000) }, () => {
      const [GOOS, GOARCH] = random.pick([...platforms, ["ios", "arm64"] as const]);
      return { Name: name(random), Text: text(random), GOOS, GOARCH };
    });
    const oracle = await Oracle.open();
    const answers = await oracle.each(
      "build.MatchFile",
      files.map(({ Name, Text, GOOS, GOARCH }) => [Name, Text, GOOS, GOARCH]),
    );
    let built = 0;
    files.forEach(({ Name, Text, GOOS, GOARCH }, i) => {
      const mine = matchFile(Name, textConstraint(Text), { GOOS, GOARCH });
      assert.equal(mine, answers[i]![0], `${GOOS}/${GOARCH} ${Name} ${Text} ${answers[i]![1]}`);
      if (mine) built++;
    });
    assert.ok(built > files.length / 5 && built < files.length * 0.9);
  },
);

function name(random: Random): string {
  const words = Array.from(
    { length: random.int(1, 4) },
    () => random.pick([...knownOS, ...knownArch, "test", "x", "linux", "amd64", "", "1"]),
  );
  const stem = random.chance(0.5) ? "a" : words.join("_");
  return `${/^[_.]|^$/.test(stem) ? "b" : ""}${stem}${random.pick(["", "", ".x_linux"])}.go`;
}

function text(random: Random): string {
  const lines = Array.from({ length: random.int(0, 4) }, () =>
    random.pick([
      () => `//go:build ${expression(random, 3)}`,
      () => `//go:build ${expression(random, 3)}`,
      () => `// +build ${plus(random)}`,
      () => `//+build\t${plus(random)} `,
      () => "",
      () => "",
      () => "// text à",
      () => "/* text */",
      () => "/*\n// +build linux\n//go:build linux\n*/ // end",
      () =>
        random.pick(["//go:builder linux", "//go:build", "// +build", "/* a */ //go:build linux"]),
    ])());
  const eol = random.chance(0.1) ? "\r\n" : "\n";
  const mark = random.chance(0.1) ? "\ufeff" : "";
  return mark +
    [...lines, ...(random.chance(0.5) ? [""] : []), "package p", "//go:build js", ""].join(
      eol,
    );
}

function expression(random: Random, depth: number): string {
  const tag = () => random.pick(tags);
  if (depth === 0 || random.chance(0.3)) return tag();
  const inner = () => expression(random, depth - 1);
  const space = random.pick(["", " ", "\t"]);
  return random.pick([
    () => `!${space}${tag()}`,
    () => `${inner()}${space}&&${space}${inner()}`,
    () => `${inner()} || ${inner()}`,
    () => `(${inner()})`,
    () => `!(${inner()})`,
    () =>
      random.chance(0.1) ? random.pick(["!!a", "a b", "(a", "a)", "a &", "-a", "", "a&&"]) : tag(),
  ])();
}

function plus(random: Random): string {
  const words = Array.from({ length: random.int(0, 3) }, () => {
    const literals = Array.from({ length: random.int(1, 3) }, () => {
      const tag = random.chance(0.05) ? random.pick(["", "!", "a-b", "!a"]) : random.pick(tags);
      return random.chance(0.4) ? `!${tag}` : tag;
    });
    return literals.join(",");
  });
  return words.join(random.pick([" ", "\t", "  "]));
}
