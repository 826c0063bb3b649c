/** Pseudo-versions beside Go's own. */
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
import { needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { agree, claim } from "./agree.ts";
import { mutated, randomVersion } from "./words.ts";

/** What Go gives for the time of what has none. */
const noTime = -62_135_596_800;

Deno.test(needsGo("random pseudo-versions are built and read as Go does"), async () => {
  const random = seeded("pseudo-versions");
  const n = cases(1_500, 30_000);
  const major = () => random.pick(["", "v0", "v1", "v2", "v10"]);
  const older = () => random.chance(0.2) ? "" : randomVersion(random);
  const rev = () => random.pick(["abcdefabcdef", "000000000000", "0", "Ab9", "abc-d", "a.b", ""]);
  const seconds = () =>
    random.pick([
      () => random.int(0, 2_000_000_000),
      () => random.int(-62_135_596_800, 253_402_300_799),
    ])();
  const parts = Array.from({ length: n }, (): [string, string, number, string] => {
    return [major(), older(), seconds(), rev()];
  });
  const built = parts.map(([m, old, time, r]) => pseudoVersion(m, old, new Date(time * 1000), r));
  const timestamp = () =>
    random.pick(["20240230000000", "20241301000000", "20240102240000", "20240229235959"]) +
    random.pick(["", "", "0"]);
  const read = built.map((v): [string] => {
    if (random.chance(0.1)) return [v.replace(/\d{14}/, timestamp)];
    if (random.chance(0.1)) return [zeroPseudoVersion(major()) + random.pick(["", "", "+x"])];
    return [random.chance(0.4) ? mutated(random, v, [..."v0129.-+aZ_", "0.", ".0.", "-0."]) : v];
  });
  await agree([
    claim("module.PseudoVersion", parts, (m, old, time, r) => [
      pseudoVersion(m, old, new Date(time * 1000), r),
    ]),
    claim("module.IsPseudoVersion", read, (v) => [isPseudoVersion(v)]),
    claim("module.IsZeroPseudoVersion", read, (v) => [isZeroPseudoVersion(v)]),
    claim("module.PseudoVersionBase", read, (v) => [
      pseudoVersionBase(v) ?? "",
      checkPseudoVersionBase(v),
    ]),
    claim("module.PseudoVersionRev", read, (v) => {
      const found = pseudoVersionRev(v);
      return [found ?? "", found === null ? checkPseudoVersionTime(v) : null];
    }),
    claim("module.PseudoVersionTime", read, (v) => {
      const time = pseudoVersionTime(v);
      return [time === null ? noTime : time.getTime() / 1000, checkPseudoVersionTime(v)];
    }),
    claim("module.ZeroPseudoVersion", [[""], ["v0"], ["v7"]], (m) => [zeroPseudoVersion(m)]),
  ]);
});
