/** Which files make up a module zip, beside Go's own package zip, and the hash of what is in it. */
import { hash1, sum256 } from "../../../lib/go/dirhash.ts";
import { assignedLater } from "../../../lib/go/unicode.ts";
import { checkFiles, type Entry, maxGoMod, maxLicense, maxZipFile } from "../../../lib/go/zip.ts";
import { goLine } from "../../../lib/plan/seal.ts";
import { encode } from "../../../lib/text.ts";
import { needsGo } from "../../support/go.ts";
import { Oracle } from "../../support/oracle.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { agree, claim } from "./agree.ts";
import { randomPath, randomRune } from "./words.ts";

/** An entry of a list as the oracle takes it; Content only of go.mod at the root. */
interface File {
  Name: string;
  Mode: number;
  Size: number;
  Content?: Uint8Array;
}

const regular = 0o644;
const symbolicLink = 1 << 27;

/** The lists of checkFiles as those of Go. */
function checked(files: readonly File[]): unknown[] {
  const entries = files.map(({ Name, Mode, Size, Content }): Entry => ({
    Path: Name,
    Mode: Mode === symbolicLink ? "120000" : "100644",
    Oid: "",
    Size: Content?.length ?? Size,
  }));
  const goMod = files.findLast(({ Name, Mode }) => Name === "go.mod" && Mode === regular);
  const { Valid, Omitted, Invalid, SizeError = null } = checkFiles(entries, {
    goVersion: goLine(goMod?.Content ?? null),
  });
  const reasons = (list: typeof Omitted) => list.map(({ Path, Reason }) => [Path, Reason]);
  return [Valid.map(({ Path }) => Path), reasons(Omitted), reasons(Invalid), SizeError];
}

const names = [
  "a.go",
  "A.go",
  "B",
  "b",
  "b/c",
  "B/c",
  "LICENSE",
  "License",
  "License/x",
  "GO.MOD",
  "Go.mod",
  "go.mod/x",
  "modules.txt",
  ".hg_archival.txt",
  "it's",
  "aux.c",
  "ß",
  "ẞ",
  "ss",
  "K",
  "\u212a",
  "s",
  "ſ",
  "é",
  "e\u0301",
  "É",
  "ǅ",
  "ǆ",
  "Ω",
  "\u2126",
  "İ",
  "ı",
  "..",
  ".",
  "./a",
  "a/",
  "/a",
  "a//b",
  "../x",
];
const folders = [
  "",
  "",
  "",
  "p/",
  "P/",
  "p/q/",
  "vendor/",
  "vendor/m/",
  "p/vendor/",
  "longer/vendor/",
];

function randomFile(random: Random): File {
  const draw = random.int(0, 19);
  const name = draw === 0
    ? randomPath(random)
    : draw === 1
    ? `x${randomRune(random)}`.replace(new RegExp(assignedLater, "u"), "")
    : draw < 4
    ? random.pick(["go.mod", "GO.mod", "gO.moD"])
    : random.pick(names);
  const sizes = [1, maxGoMod, maxGoMod + 1, maxLicense + 1, maxZipFile, maxZipFile - maxLicense];
  return {
    Name: random.pick(folders) + name,
    Mode: random.chance(0.1) ? symbolicLink : regular,
    Size: random.chance(0.1) ? random.pick(sizes) : random.int(0, 9),
  };
}

function randomGoMod(random: Random): string {
  const version = random.pick(["1.16", "1.23.9", "1.24", "1.24rc1", "1.24-x", "1.25.1", "2", "x"]);
  return random.pick([
    "module m\n",
    `module m\ngo ${version}\n`,
    `go ${version}\n`,
    `module m\ngo ${version}\nunknown directive\n`,
    `module m\ngo ${version}\nretract [\n`,
    `module "m\ngo ${version}\n`,
  ]);
}

Deno.test(needsGo("random lists of files are sorted out as Go does"), async () => {
  const random = seeded("zip");
  const lists = Array.from({ length: cases(400, 8_000) }, (): [File[]] => {
    const files = Array.from({ length: random.int(1, 14) }, () => randomFile(random));
    if (random.chance(0.7)) {
      const goMod = { Name: "go.mod", Mode: random.chance(0.1) ? symbolicLink : regular, Size: 0 };
      files.push({ ...goMod, Content: encode(randomGoMod(random)) });
    }
    return [random.shuffle(files)];
  });
  await agree([claim("zip.CheckFiles", lists, checked)]);
});

Deno.test(needsGo("every letter Go knows may stand in a name, and folds as in Go"), async () => {
  const oracle = await Oracle.open();
  const [[version], [letters]] = (await oracle.ask([
    ["unicode.Version"],
    ["unicode.Categories", "L"],
  ])).map(({ Values }) => Values) as [[string], [[number, number][]]];
  const later = new RegExp(assignedLater, "u");
  const named = new Set<string>();
  for (const [first, last] of letters) {
    for (let code = first; code <= last; code++) named.add(String.fromCodePoint(code));
    // Where a range ends, something begins that is no letter.
    named.add(String.fromCodePoint(first - 1)).add(String.fromCodePoint(last + 1));
  }
  // A go that knows more than the ones that came before it lets more pass.
  const names = [...named].filter((name) => version === "15.0.0" || !later.test(name));
  const files = names.map((name): File => ({ Name: `x${name}`, Mode: regular, Size: 0 }));
  await agree([claim("zip.CheckFiles", [[files]], checked)]);
});

Deno.test(needsGo("random files have Go's hash"), async () => {
  const random = seeded("dirhash");
  const lists = Array.from({ length: cases(100, 1_000) }, (): [string[], Uint8Array[]] => {
    const name = () => random.chance(0.5) ? randomPath(random) : `m@v1.0.0/${randomRune(random)}`;
    const names = new Set(Array.from({ length: random.int(0, 20) }, name));
    // A name with a line feed is an error with either; one that is not UTF-8 is in no zip.
    const fit = [...names].filter((name) => !name.includes("\n") && name.isWellFormed());
    const content = () => Uint8Array.from({ length: random.int(0, 99) }, () => random.int(0, 255));
    return [fit, fit.map(content)];
  });
  await agree([
    claim("dirhash.Hash1", lists, (names, contents) => [
      hash1(names.map((Name, i) => ({ Name, Sum: sum256(contents[i]!) }))),
      null,
    ]),
  ]);
});
