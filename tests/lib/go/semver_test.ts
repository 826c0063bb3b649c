import assert from "node:assert/strict";
import * as std from "@std/semver";
import fc from "fast-check";
import vectors from "../../vectors/semver_module.json" with { type: "json" };
import { cases, type Random, seeded } from "../../support/random.ts";
import { needsGo } from "../../support/go.ts";
import { FileProxy, goList } from "./golist.ts";
import {
  build,
  canonical,
  compare,
  isCanonical,
  isValid,
  major,
  majorMinor,
  max,
  parse,
  prerelease,
  sort,
} from "../../../lib/go/semver.ts";

Deno.test("each part of a version is what Go says", () => {
  for (const row of vectors.semver) {
    assert.deepEqual({
      in: row.in,
      valid: isValid(row.in),
      canonical: canonical(row.in),
      major: major(row.in),
      majorMinor: majorMinor(row.in),
      prerelease: prerelease(row.in),
      build: build(row.in),
    }, {
      in: row.in,
      valid: row.valid,
      canonical: row.canonical,
      major: row.major,
      majorMinor: row.majorMinor,
      prerelease: row.prerelease,
      build: row.build,
    });
    assert.equal(isCanonical(row.in), row.valid && row.canonical === row.in, row.in);
    assert.equal(parse(row.in) !== null, row.valid, row.in);
  }
});

Deno.test("parse gives the parts as text and fills in what a short form leaves out", () => {
  const large = "9".repeat(400);
  const table: [version: string, parts: string[] | null][] = [
    ["v1", ["1", "0", "0", "", ""]],
    ["v1.20", ["1", "20", "0", "", ""]],
    ["v1.2.3-rc.1+b-2", ["1", "2", "3", "-rc.1", "+b-2"]],
    ["v1.2.3+b-2", ["1", "2", "3", "", "+b-2"]],
    [`v${large}.0.${large}-${large}`, [large, "0", large, `-${large}`, ""]],
    ["v1.2.3-rc.1.", null],
    ["v1.2.3+b+c", null],
    ["v1.2.3\n", null],
  ];
  for (const [version, parts] of table) {
    const p = parse(version);
    assert.deepEqual(p && [p.major, p.minor, p.patch, p.prerelease, p.build], parts, version);
  }
});

Deno.test("pairs of versions compare as Go compares them, either way round", () => {
  for (const { a, b, cmp } of vectors.compare) {
    assert.equal(compare(a, b), cmp, `${a} ${b}`);
    assert.equal(compare(b, a), 0 - cmp, `${b} ${a}`);
  }
});

Deno.test("numbers of any size keep their order", () => {
  // Each is higher than the one before; they lie around the limits of packed and of exact numbers.
  const ascending = [
    "v0.0.0-99999999999999999999",
    "v0.0.0-100000000000000000000",
    "v0.0.1048575",
    "v0.0.1048576",
    "v0.0.9007199254740992",
    "v0.0.9007199254740993",
    "v0.1.0",
    "v0.1048576.0",
    "v1.0.0",
    "v8191.1048575.1048575",
    "v8192.0.0",
    "v9007199254740993.0.0",
    "v9007199254740994.0.0",
    `v${"9".repeat(400)}.0.0-rc`,
    `v${"9".repeat(400)}.0.0`,
    `v1${"0".repeat(400)}.0.0`,
  ];
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) {
      assert.equal(compare(a, b), Math.sign(i - j), `${a} ${b}`);
    }
  }
  assert.deepEqual(sort(ascending.toReversed()), ascending);
});

Deno.test("max gives the higher version in canonical form", () => {
  assert.equal(max("v1.2", "v1.1.9+meta"), "v1.2.0");
  assert.equal(max("bad", "v1+no"), "");
  assert.equal(max("bad", "v0"), "v0.0.0");
});

/** A version with parts that lie close together, so that many differ in one place only. */
function anyVersion(random: Random): string {
  const number = () => random.pick(["0", "1", "2", "9", "10", "1048576", "18446744073709551616"]);
  const identifier = () =>
    random.pick([
      "0",
      "1",
      "2",
      "10",
      "99999999999999999999",
      "rc",
      "rc1",
      "rc10",
      "rc9",
      "RC",
      "-",
      "a-b",
      "1a",
    ]);
  const list = (one: () => string) => Array.from({ length: random.int(1, 3) }, one).join(".");
  if (random.chance(0.1)) return random.pick([`v${number()}`, `v${number()}.${number()}`]);
  return `v${number()}.${number()}.${number()}` +
    (random.chance(0.6) ? `-${list(identifier)}` : "") +
    (random.chance(0.2) ? `+${list(identifier)}` : "");
}

Deno.test(needsGo("random versions sort as the go command lists them"), () => {
  const random = seeded("sort");
  using proxy = new FileProxy();
  const lists = new Map<string, string[]>();
  for (let i = 0; i < cases(20, 200); i++) {
    const versions = new Set(Array.from({ length: 60 }, () => anyVersion(random)));
    const path = `example.com/sort${i}`;
    lists.set(path, [...versions]);
    const noVersions = ["v1.2.3.4", "1.0.0", "v01.0.0", "v1.0.0-20260102030405-abcdefabcdef"];
    proxy.add(path, [...versions, ...noVersions]);
  }
  const queries = [...lists.keys()].map((path) => `${path}@latest`);
  const answers = goList(proxy.go, ["-versions", "-retracted"], queries);
  for (const { Path, Versions } of answers) {
    const ours = lists.get(Path)!;
    assert.deepEqual(sort(ours), Versions, Path);
    for (let i = 1; i < ours.length; i++) assert.ok(compare(ours[i - 1]!, ours[i]!) <= 0);
  }
});

/**
 * Reports whether @std/semver understands a version as semver.org does. It takes
 * digits beyond exact numbers for a word, and words that JavaScript can read as a
 * number (`1e5`, `0x1`) for that number.
 */
function readAlike(version: string): boolean {
  const identifiers = version.replace(/^[^-]*-?/, "").split(".");
  return std.canParse(version) &&
    identifiers.every((id) =>
      /^[0-9]*$/.test(id) ? Number(id) <= Number.MAX_SAFE_INTEGER : Number.isNaN(Number(id))
    );
}

Deno.test("where @std/semver reads both versions, the order is the same", () => {
  const number = fc.oneof(fc.nat(3), fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER));
  const identifier = fc.oneof(
    number.map(String),
    fc.stringMatching(/^[0-9]{0,2}[A-Za-z-][0-9A-Za-z-]{0,3}$/),
  );
  const version = fc.tuple(
    fc.tuple(number, number, number).map((n) => n.join(".")),
    fc.array(identifier, { maxLength: 3 }).map((ids) => ids.length > 0 ? "-" + ids.join(".") : ""),
  ).map((parts) => parts.join(""));
  const near = version.chain((v) =>
    fc.tuple(fc.constant(v), fc.oneof(version, fc.constantFrom(v + "0", v + ".0")))
  );
  fc.assert(
    fc.property(near, ([a, b]) => {
      fc.pre([a, b].every(readAlike));
      assert.equal(compare(`v${a}`, `v${b}`), std.compare(std.parse(a), std.parse(b)));
    }),
    { numRuns: 2000, seed: seeded("order").seed | 0 },
  );
});
