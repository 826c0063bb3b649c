/** Versions beside Go's own package semver. */
import {
  build,
  canonical,
  compare,
  isValid,
  major,
  majorMinor,
  max,
  prerelease,
  sort,
} from "../../../lib/go/semver.ts";
import { compareGoVersions, goLang, isGoLang, isGoVersion } from "../../../lib/go/goversion.ts";
import { needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { agree, claim } from "./agree.ts";
import { mutated, nearVersion, randomVersion } from "./words.ts";

Deno.test(needsGo("random versions are to Go what they are here"), async () => {
  const random = seeded("semver");
  const n = cases(2_000, 20_000);
  const texts = Array.from({ length: n }, (): [string] => [randomVersion(random)]);
  const pairs = texts.map((
    [a],
  ): [string, string] => [a, random.chance(0.5) ? nearVersion(random, a) : random.pick(texts)[0]]);
  const lists = Array.from({ length: n / 40 }, (): [string[]] => {
    return [Array.from({ length: random.int(0, 30) }, () => random.pick(texts)[0].toWellFormed())];
  });
  await agree([
    claim("semver.IsValid", texts, (v) => [isValid(v)]),
    claim("semver.Canonical", texts, (v) => [canonical(v)]),
    claim("semver.Major", texts, (v) => [major(v)]),
    claim("semver.MajorMinor", texts, (v) => [majorMinor(v)]),
    claim("semver.Prerelease", texts, (v) => [prerelease(v)]),
    claim("semver.Build", texts, (v) => [build(v)]),
    claim("semver.Compare", pairs, (a, b) => [compare(a, b)]),
    claim("semver.Max", pairs, (a, b) => [max(a, b)]),
    claim("semver.Sort", lists, (list) => [sort([...list])]),
  ]);
});

Deno.test(needsGo("random versions of Go are in Go's own order"), async () => {
  const random = seeded("goversion");
  const version = () => {
    const number = () => random.pick(["0", "1", "2", "9", "20", "21", "22", "100", "01", ""]);
    const end = random.pick(["", "", `.${number()}`, `rc${number()}`, "beta1", "alpha", "-x", "."]);
    const text = random.pick(["1", "1", "1", number()]) +
      random.pick(["", `.${number()}`, `.${number()}`, `.${number()}`]) + end;
    return random.chance(0.1) ? mutated(random, text, [..."0129.-abrc go"]) : text;
  };
  const pairs = Array.from(
    { length: cases(1_000, 10_000) },
    (): [string, string] => [version(), version()],
  );
  const texts = pairs.map(([a]): [string] => [a]);
  await agree([
    claim("gover.IsValid", texts, (v) => [isGoVersion(v)]),
    claim("gover.IsLang", texts, (v) => [isGoLang(v)]),
    claim("gover.Lang", texts, (v) => [goLang(v)]),
    claim("gover.Compare", pairs, (a, b) => [compareGoVersions(a, b)]),
  ]);
});
