/** Module paths, and versions that go with them, beside Go's own package module. */
import {
  canonicalVersion,
  check,
  checkEscapeVersion,
  checkPathMajor,
  checkUnescapePath,
  checkUnescapeVersion,
  escapePath,
  escapeVersion,
  matchPathMajor,
  matchPrefixPatterns,
  pathMajorPrefix,
  unescapePath,
  unescapeVersion,
} from "../../../lib/go/module.ts";
import {
  checkFilePath,
  checkImportPath,
  checkPath,
  quote,
  splitPathVersion,
} from "../../../lib/go/paths.ts";
import { compareModules } from "../../../lib/go/sort.ts";
import { compare } from "../../../lib/go/semver.ts";
import { needsGo } from "../../support/go.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { agree, claim } from "./agree.ts";
import { mutated, randomModule, randomPath, randomRune, randomVersion } from "./words.ts";

/** So many of what a draw gives, each as the arguments of a function. */
function many<T extends unknown[]>(n: number, draw: () => T): T[] {
  return Array.from({ length: n }, draw);
}

Deno.test(needsGo("random paths are to Go what they are here"), async () => {
  const random = seeded("paths");
  const n = cases(3_000, 30_000);
  const paths = many(n, (): [string] => [randomPath(random)]);
  const runes = many(n, (): [string] => [`a${randomRune(random)}b`]);
  await agree([
    claim("module.CheckPath", paths, (path) => [checkPath(path)]),
    claim("module.CheckImportPath", paths, (path) => [checkImportPath(path)]),
    claim("module.CheckFilePath", paths, (path) => [checkFilePath(path)]),
    claim("module.CheckFilePath", runes, (path) => [checkFilePath(path)]),
    claim("strconv.Quote", runes, (text) => [quote(text)]),
    claim("module.SplitPathVersion", paths, (path) => {
      const { prefix, pathMajor, ok } = splitPathVersion(path);
      return [prefix, pathMajor, ok];
    }),
    claim("module.EscapePath", paths, (path) => [escapePath(path) ?? "", checkPath(path)]),
  ]);
});

Deno.test(needsGo("random versions fit random paths where Go says so"), async () => {
  const random = seeded("path majors");
  const n = cases(1_500, 15_000);
  const majors = ["", "/v2", "/v3", ".v0", ".v1", ".v2", ".v1-unstable", ".v2-unstable"];
  const odd = [...majors, "/v0", "/v1", "/v2-unstable", "v2", "2", "/v2.0", ".v1-unstable-x"];
  const version = () =>
    random.pick([
      () => randomVersion(random),
      () => `v${random.int(0, 3)}.0.0${random.pick(["", "+incompatible", "-20240102030405-abc"])}`,
    ])();
  const fits = many(n, (): [string, string] => [version(), random.pick(odd)]);
  const together = many(n, (): [string, string] => [
    random.chance(0.8) ? randomModule(random) : randomPath(random),
    version(),
  ]);
  await agree([
    claim("module.MatchPathMajor", fits, (v, pathMajor) => [matchPathMajor(v, pathMajor)]),
    claim("module.CheckPathMajor", fits, (v, pathMajor) => [checkPathMajor(v, pathMajor)]),
    claim("module.PathMajorPrefix", majors.map((m): [string] => [m]), (m) => [pathMajorPrefix(m)]),
    claim("module.Check", together, (path, v) => [check(path, v)]),
    claim("module.CanonicalVersion", fits.map(([v]): [string] => [v]), (v) => [
      canonicalVersion(v),
    ]),
  ]);
});

Deno.test(needsGo("random versions and paths are escaped and come back as with Go"), async () => {
  const random = seeded("escapes");
  const n = cases(1_000, 10_000);
  const versions = many(n, (): [string] => [
    random.pick([randomVersion, randomPath])(random).replaceAll("/", random.pick(["/", "", "-"])),
  ]);
  const pool = [..."!!!aZ0/", "é", "\udcff"];
  const escaped = (draw: (random: Random) => string) =>
    many(n, (): [string] => {
      const text = draw(random).replace(/[A-Z]/g, (c) => `!${c.toLowerCase()}`);
      return [random.chance(0.4) ? mutated(random, text, pool) : text];
    });
  await agree([
    claim("module.EscapeVersion", versions, (v) => [escapeVersion(v) ?? "", checkEscapeVersion(v)]),
    claim("module.UnescapePath", escaped(randomModule), (path) => [
      unescapePath(path) ?? "",
      checkUnescapePath(path),
    ]),
    claim("module.UnescapeVersion", escaped(randomVersion), (v) => [
      unescapeVersion(v) ?? "",
      checkUnescapeVersion(v),
    ]),
  ]);
});

Deno.test(needsGo("random globs of GOPRIVATE match as in Go"), async () => {
  const random = seeded("globs");
  const part = ["a", "b", "c", "*", "?", "a*", "*.b", "[ab]", "[^a]", "[a-b]", "[^a-", "\\", "\\*"];
  const odd = [
    "[",
    "]",
    "[]a]",
    "[a",
    "[-]",
    "[a-]",
    "[b-a]",
    "[\\]]",
    "[\\",
    "-",
    "é",
    "[é-日]",
    " ",
  ];
  const glob = () =>
    Array.from({ length: random.int(1, 3) }, () => random.pick([part, part, odd]))
      .map((pool) => random.pick(pool) + random.pick(["", "", random.pick(pool)]))
      .join(random.pick(["/", "/", ""])) + random.pick(["", "", "/", "//"]);
  const globs = () =>
    Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.chance(0.1) ? "" : glob())
      .join(",");
  const target = () =>
    Array.from(
      { length: random.int(0, 4) },
      () =>
        Array.from({ length: random.int(0, 3) }, () =>
          random.pick([..."aaabbc.*[]-\\", "é", "\udcff"])).join(""),
    ).join("/");
  await agree([
    claim(
      "module.MatchPrefixPatterns",
      many(cases(4_000, 40_000), (): [string, string] => [globs(), target()]),
      (patterns, path) => [matchPrefixPatterns(patterns, path)],
    ),
  ]);
});

Deno.test(needsGo("random modules are in Go's order"), async () => {
  const random = seeded("sort");
  const lists = many(cases(60, 600), (): [{ Path: string; Version: string }[]] => {
    const list = Array.from({ length: random.int(0, 30) }, () => ({
      Path: random.chance(0.9) ? randomModule(random) : randomPath(random).replace(/[^ -~]/g, "é"),
      Version: randomVersion(random).toWellFormed().replace(/\//g, "") +
        random.pick(["", "", "/go.mod", "/go.mod", "/x"]),
    }));
    // Where two versions differ and yet are equal, their order is left open.
    const semver = (version: string) => version.split("/", 1)[0]!;
    const open = (i: number) =>
      list.some(({ Path, Version }, j) =>
        j < i && Path === list[i]!.Path && semver(Version) !== semver(list[i]!.Version) &&
        compare(semver(Version), semver(list[i]!.Version)) === 0
      );
    return [list.filter((_, i) => !open(i))];
  });
  await agree([claim("module.Sort", lists, (list) => [list.toSorted(compareModules)])]);
});
