import assert from "node:assert/strict";
import {
  bumpRelease,
  firstPrerelease,
  nextPrerelease,
  prereleaseId,
  type ReleaseBump,
} from "../../../lib/go/bump.ts";
import { isPseudoVersion } from "../../../lib/go/pseudo.ts";
import { canonical, compare, parse } from "../../../lib/go/semver.ts";
import { needsGo } from "../../support/go.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { FileProxy, goList } from "./golist.ts";

Deno.test("a bump counts from the release, and finishes a pre-release of that bump", () => {
  const huge = "9".repeat(30), next = "1" + "0".repeat(30);
  const table: [from: string, patch: string, minor: string, major: string][] = [
    ["v1.2.3", "v1.2.4", "v1.3.0", "v2.0.0"],
    ["v0.0.0", "v0.0.1", "v0.1.0", "v1.0.0"],
    ["v1.9.99", "v1.9.100", "v1.10.0", "v2.0.0"],
    ["v1.3.0-rc.1", "v1.3.0", "v1.3.0", "v2.0.0"],
    ["v1.3.1-rc.1", "v1.3.1", "v1.4.0", "v2.0.0"],
    ["v2.0.0-0", "v2.0.0", "v2.0.0", "v2.0.0"],
    ["v2.0.0+incompatible", "v2.0.1", "v2.1.0", "v3.0.0"],
    [`v1.2.3-${"x".repeat(300)}.${huge}`, "v1.2.3", "v1.3.0", "v2.0.0"],
    ["v1.2.9007199254740990", "v1.2.9007199254740991", "v1.3.0", "v2.0.0"],
    ["v1.2.9007199254740991", "v1.2.9007199254740992", "v1.3.0", "v2.0.0"],
    ["v1.2.9007199254740993", "v1.2.9007199254740994", "v1.3.0", "v2.0.0"],
    [`v1.${huge}.3`, `v1.${huge}.4`, `v1.${next}.0`, "v2.0.0"],
    [`v${huge}.2.3`, `v${huge}.2.4`, `v${huge}.3.0`, `v${next}.0.0`],
    [`v1.${huge}.0-rc.1`, `v1.${huge}.0`, `v1.${huge}.0`, "v2.0.0"],
    [`v1.0.${huge}-rc.1`, `v1.0.${huge}`, "v1.1.0", "v2.0.0"],
    [`v${huge}.0.0-rc.1`, `v${huge}.0.0`, `v${huge}.0.0`, `v${huge}.0.0`],
    ["1.2.3", "", "", ""],
  ];
  for (const [from, patch, minor, major] of table) {
    const bumps = (["patch", "minor", "major"] as const).map((bump) => bumpRelease(from, bump));
    assert.deepEqual(bumps, [patch, minor, major], from);
  }
});

Deno.test("random bumps raise one number by one and set the lower ones to zero", () => {
  const random = seeded("bumps");
  const number = () =>
    random.chance(0.3)
      ? random.pick([0, 9, 99, 2 ** 53 - 2])
      : random.int(0, 10 ** random.int(1, 15));
  for (let i = 0; i < cases(500, 20_000); i++) {
    const [major, minor, patch] = [number(), number(), number()];
    // One digit more makes the same numbers too large to be exact.
    const large = random.chance(0.3) ? "1" + "0".repeat(20) : "";
    const text = (n: number) => large ? (BigInt(large) + BigInt(n)).toString() : String(n);
    const from = `v${text(major)}.${text(minor)}.${text(patch)}`;
    const expected: Record<ReleaseBump, string> = {
      patch: `v${text(major)}.${text(minor)}.${text(patch + 1)}`,
      minor: `v${text(major)}.${text(minor + 1)}.0`,
      major: `v${text(major + 1)}.0.0`,
    };
    for (const bump of ["patch", "minor", "major"] as const) {
      assert.equal(bumpRelease(from, bump), expected[bump], `${from} ${bump}`);
      assert.equal(compare(bumpRelease(from, bump), from), 1, `${from} ${bump}`);
    }
  }
});

Deno.test("a series of pre-releases goes on where it stands", () => {
  const table: [from: string, next: string | null, id: string][] = [
    ["v1.3.0-rc.1", "v1.3.0-rc.2", "rc"],
    ["v1.3.0-rc.9", "v1.3.0-rc.10", "rc"],
    ["v1.3.0-rc", "v1.3.0-rc.1", "rc"],
    ["v1.3.0-alpha.beta", "v1.3.0-alpha.beta.1", "alpha.beta"],
    ["v1.3.0-alpha.beta.3", "v1.3.0-alpha.beta.4", "alpha.beta"],
    ["v1.3.0-rc.1.0", "v1.3.0-rc.1.1", "rc.1"],
    ["v1.3.0-rc.1.x", "v1.3.0-rc.1.x.1", "rc.1.x"],
    ["v1.3.0-rc.99999999999999999999", "v1.3.0-rc.100000000000000000000", "rc"],
    ["v1.3.0-0", "v1.3.0-1", ""],
    ["v1.3.0-rc1", "v1.3.0-rc2", "rc"],
    ["v1.3.0-rc9", null, "rc"],
    ["v1.3.0-rc10", "v1.3.0-rc11", "rc"],
    ["v1.3.0-rc99", null, "rc"],
    ["v1.3.0-rc01", "v1.3.0-rc02", "rc"],
    ["v1.3.0-rc09", "v1.3.0-rc10", "rc"],
    ["v1.3.0-rc-1", "v1.3.0-rc-2", "rc"],
    ["v1.3.0-beta.rc1", "v1.3.0-beta.rc2", "beta.rc"],
    ["v1.3.0", null, ""],
    ["1.3.0-rc.1", null, ""],
    ["v1.3.0-0.20260102030405-abcdefabcde1", null, "0.20260102030405-abcdefabcde"],
  ];
  for (const [from, next, id] of table) {
    assert.equal(nextPrerelease(from), next, from);
    assert.equal(prereleaseId(from), id, from);
    if (id !== "") assert.equal(nextPrerelease(from, id), next, `${from} ${id}`);
  }
});

Deno.test("another identifier begins at 1, but never below the running series", () => {
  const table: [from: string, id: string, next: string | null][] = [
    ["v1.3.0-beta.4", "rc", "v1.3.0-rc.1"],
    ["v1.3.0-rc.1", "beta", null],
    ["v1.3.0-rc1", "rc1", "v1.3.0-rc1.1"],
    ["v1.3.0-alpha", "alpha.beta", "v1.3.0-alpha.beta.1"],
    ["v1.3.0-alpha.beta.1", "alpha", null],
    ["v1.3.0-0", "rc", "v1.3.0-rc.1"],
    ["v1.3.0-RC.1", "beta", "v1.3.0-beta.1"],
    ["v1.3.0-beta.1", "RC", null],
    ["v1.3.0-0.20260102030405-abcdefabcdef", "rc", null],
    ["v1.3.0", "rc", null],
  ];
  for (const [from, id, next] of table) {
    assert.equal(nextPrerelease(from, id), next, `${from} ${id}`);
  }
  assert.equal(firstPrerelease("v1.3.0", "rc"), "v1.3.0-rc.1");
});

/** A chain of versions as a maintainer makes them: pre-releases, their release, then the next bump. */
function chain(random: Random, length: number): string[] {
  const ids = ["rc", "beta", "alpha", "alpha.1", "rc-x", "RC", "x9", "1.a"];
  const out = [`v${random.int(0, 2)}.${random.int(0, 10)}.${random.int(0, 10)}`];
  while (out.length < length) {
    const last = out.at(-1)!;
    const pre = parse(last)!.prerelease;
    const next = pre === ""
      ? bumpRelease(last, random.pick(["patch", "minor", "major"]))
      : random.chance(0.1)
      ? bumpRelease(last, "patch")
      : nextPrerelease(last, random.chance(0.3) ? random.pick(ids) : undefined);
    if (next === null) out.push(bumpRelease(last, "patch"));
    else if (pre !== "" || random.chance(0.3)) out.push(next);
    else out.push(firstPrereleaseOf(random, next, ids));
  }
  return out;
}

/** How a series begins: by us, or in the old style by somebody before us. */
function firstPrereleaseOf(random: Random, release: string, ids: readonly string[]): string {
  return random.chance(0.8)
    ? firstPrerelease(release, random.pick(ids))
    : `${release}-${random.pick(["rc1", "rc8", "rc98", "beta", "0", "rc07", "a.b"])}`;
}

Deno.test(
  needsGo("random chains of releases and pre-releases ascend in the go command's order"),
  () => {
    const random = seeded("chains");
    using proxy = new FileProxy();
    const chains = new Map<string, string[]>();
    for (let i = 0; i < cases(30, 300); i++) {
      const versions = chain(random, 40);
      for (const [at, v] of versions.entries()) {
        assert.equal(canonical(v), v);
        assert.equal(isPseudoVersion(v), false, v);
        if (at > 0) assert.equal(compare(versions[at - 1]!, v), -1, `${versions[at - 1]} ${v}`);
      }
      const path = `example.com/chain${i}`;
      chains.set(path, versions);
      proxy.add(path, random.shuffle(versions));
    }
    const queries = [...chains.keys()].map((path) => `${path}@latest`);
    const answers = goList(proxy.go, ["-versions", "-retracted"], queries);
    for (const { Path, Versions } of answers) assert.deepEqual(chains.get(Path), Versions, Path);
  },
);
