import assert from "node:assert/strict";
import vectors from "../../vectors/semver_module.json" with { type: "json" };
import {
  checkPseudoVersionBase,
  checkPseudoVersionTime,
  isPseudoVersion,
  isZeroPseudoVersion,
  pseudoVersion,
  pseudoVersionBase,
  pseudoVersionRev,
  pseudoVersionTime,
  zeroPseudoVersion,
} from "../../../lib/go/pseudo.ts";

Deno.test("pseudo-versions are built as Go builds them, and give back what they were built from", () => {
  for (const row of vectors.pseudo) {
    const v = pseudoVersion(row.major, row.older, new Date(row.time), row.rev);
    assert.equal(v, row.pseudo);
    assert.equal(isPseudoVersion(v), row.isPseudo, v);
    assert.equal(pseudoVersionBase(v), row.base, v);
    assert.equal(pseudoVersionRev(v), row.rev, v);
    assert.equal(pseudoVersionTime(v)?.getTime(), Date.parse(row.time), v);
  }
});

Deno.test("versions are taken for pseudo-versions, and taken apart, as Go does", () => {
  for (const row of vectors.semver) assert.equal(isPseudoVersion(row.in), row.isPseudo, row.in);
  for (const row of vectors.isPseudo) {
    const { v } = row;
    assert.equal(isPseudoVersion(v), row.isPseudo, v);
    assert.equal(isZeroPseudoVersion(v), row.isZero, v);
    assert.equal(checkPseudoVersionBase(v), row.baseErr, v);
    assert.equal(pseudoVersionBase(v), row.baseErr === null ? row.base : null, v);
    assert.equal(pseudoVersionRev(v), row.isPseudo ? row.rev : null, v);
    assert.equal(checkPseudoVersionTime(v), row.timeErr, v);
    const time = row.timeErr === null && "time" in row ? Date.parse(row.time!) : undefined;
    assert.equal(pseudoVersionTime(v)?.getTime(), time, v);
  }
});

Deno.test("bases and times at their limits", () => {
  const rev = "20260102030405-abcdefabcdef";
  const bases: [version: string, base: string | null][] = [
    [`v1.2.100-0.${rev}`, "v1.2.99"],
    [`v1.2.1-0.${rev}`, "v1.2.0"],
    [`v1.2.100000000000000000000-0.${rev}`, "v1.2.99999999999999999999"],
    [`v1.2.0-0.${rev}`, null],
    [`v1.2.3-rc.1.0.${rev}+meta.1`, "v1.2.3-rc.1+meta.1"],
    [`v1.2.3-a-b.0.${rev}`, "v1.2.3-a-b"],
    [`v0.0.0-${rev}+incompatible`, null],
    [`v1.2.1-0.${rev}.1`, null],
    [`v1.2-${rev}`, null],
  ];
  for (const [version, base] of bases) assert.equal(pseudoVersionBase(version), base, version);
  assert.equal(
    checkPseudoVersionBase(`v0.0.0-${rev}+incompatible`),
    `pseudo-version "v0.0.0-${rev}+incompatible" invalid: lacks base version, but has build metadata "+incompatible"`,
  );

  const times: [digits: string, time: string | undefined][] = [
    ["20240229235959", "2024-02-29T23:59:59.000Z"],
    ["20230229000000", undefined],
    ["20240631000000", undefined],
    ["20241301000000", undefined],
    ["20240100000000", undefined],
    ["20240101240000", undefined],
    ["20240101006000", undefined],
    ["00990101000000", "0099-01-01T00:00:00.000Z"],
    ["99991231235959", "9999-12-31T23:59:59.000Z"],
  ];
  for (const [digits, time] of times) {
    const v = `v0.0.0-${digits}-abcdefabcdef`;
    assert.equal(isPseudoVersion(v), true, v);
    assert.equal(pseudoVersionTime(v)?.toISOString(), time, v);
    if (time) assert.equal(pseudoVersion("", "", new Date(time), "abcdefabcdef"), v);
  }
  assert.equal(zeroPseudoVersion("v3"), "v3.0.0-00010101000000-000000000000");
  assert.equal(isZeroPseudoVersion(zeroPseudoVersion("")), true);
  assert.equal(isZeroPseudoVersion(zeroPseudoVersion("v3")), true);
});
