/** Random versions and paths: valid ones, and those that are wrong by a little. */
import type { Random } from "../../support/random.ts";

/** Joins a few picks. */
function some(random: Random, from: readonly string[], most: number): string {
  return Array.from({ length: random.int(1, most) }, () => random.pick(from)).join("");
}

/** Drops, doubles or replaces one character. */
export function mutated(random: Random, text: string, pool: readonly string[]): string {
  const characters = [...text];
  const at = random.int(0, Math.max(0, characters.length - 1));
  const put = random.pick<readonly string[]>([
    [],
    [random.pick(pool)],
    [random.pick(pool), characters[at] ?? ""],
    [characters[at] ?? "", characters[at] ?? ""],
  ]);
  characters.splice(at, 1, ...put);
  return characters.join("");
}

const numbers = ["0", "0", "1", "1", "2", "3", "9", "10", "11", "20", "99", "100", "00", "01"];
const long = ["18446744073709551616", "99999999999999999999999", "9007199254740993"];
const identifiers = [
  "rc",
  "rc1",
  "rc9",
  "rc10",
  "alpha",
  "Beta",
  "0",
  "1",
  "2",
  "10",
  "01",
  "00a",
  "-",
  "a-b",
  "0-0",
  "pre",
  "20240102030405-abcdefabcdef",
  "99999999999999999999",
];
const builds = ["incompatible", "incompatible", "meta", "001", "a.b", "incompatible.dirty", "-"];
const versionPool = [..."v0123456789.-+aZ_ \n/", "é", "\udcff"];

/** A version, one in four not quite one. */
export function randomVersion(random: Random): string {
  const number = () => random.chance(0.05) ? random.pick(long) : random.pick(numbers);
  const parts = random.pick([1, 2, 3, 3, 3, 3, 3]);
  let version = "v" + Array.from({ length: parts }, number).join(".");
  if (random.chance(parts === 3 ? 0.5 : 0.05)) {
    const list = Array.from({ length: random.int(1, 3) }, () => random.pick(identifiers));
    version += "-" + list.join(".");
  }
  if (random.chance(0.15)) version += "+" + random.pick(builds);
  return random.chance(0.1) ? mutated(random, version, versionPool) : version;
}

/** A version that differs from another in one place, or not at all. */
export function nearVersion(random: Random, version: string): string {
  return random.chance(0.2)
    ? version
    : mutated(random, version, [..."0123456789.-a", "rc", ".0", "+meta"]);
}

const hosts = [
  "example.com",
  "github.com",
  "gopkg.in",
  "a.b",
  "x-y.example",
  "localhost",
  "Ex.com",
];
const elements = [
  "m",
  "Mod",
  "go-x",
  "x_y",
  "x.go",
  "a~b",
  "a~1",
  "a~1.go",
  "aux",
  "AUX.txt",
  "com1",
  "com0",
  "com10",
  "lpt9.x",
  "con.",
  "nul.a.b",
  "..",
  "...",
  ".",
  ".git",
  "x.",
  "",
  "-x",
  "v",
  "v0",
  "v1",
  "v2",
  "v02",
  "v2.0",
  "v10",
  "yaml.v2",
  "yaml.v0",
  "yaml.v01",
  "yaml.v3-unstable",
  "v2-unstable",
  "!x",
  "a+b",
  "x y",
  "[x]",
  "#$%&()={}@,^",
  "é",
  "e\u0301",
  "日本",
  "²",
  "ſ",
  "\u212a",
  "\ufffd",
];
const pathPool = [
  ..."/.-~_+!@ :*?<>|\"'`\\;\t\n\x7f019azAZ",
  "é",
  "😀",
  "\u00a0",
  "\u2028",
  "\udc80",
  "\udcff",
];

/** A character of any plane, bytes that are no UTF-8 included. */
export function randomRune(random: Random): string {
  const code = random.pick([
    () => random.int(0, 0xff),
    () => random.int(0, 0xd7ff),
    () => random.int(0xe000, 0x1ffff),
    () => random.int(0x20000, 0x10ffff),
    () => random.int(0xdc80, 0xdcff),
  ])();
  return String.fromCodePoint(code);
}

/** A module path, an import path or a file name, or something like it. */
export function randomPath(random: Random): string {
  const first = random.chance(0.7) ? [random.pick(hosts)] : [];
  const rest = Array.from(
    { length: random.int(0, 3) },
    () =>
      random.chance(0.5)
        ? some(random, ["a", "b", "C", "0", "go", ".", "-"], 3)
        : random.pick(elements),
  );
  const path = [...first, ...rest].join("/");
  if (random.chance(0.1)) return mutated(random, path, [randomRune(random)]);
  return random.chance(0.2) ? mutated(random, path, pathPool) : path;
}

/** Mostly a valid module path. */
export function randomModule(random: Random): string {
  const path = ["example.com", some(random, ["a", "B", "c-", "_", "9"], 3)].join("/");
  const major = random.pick(["", "", "/v2", "/v3", "/v10"]);
  return random.pick([path + major, path + major, "gopkg.in/x.v1", "gopkg.in/x.v2-unstable"]);
}
