/** What a coming version means to the users of the module, in sentences (go-rules §9, §10). */
import type { ModuleFacts } from "../facts/types.ts";
import { compareGoVersions } from "../go/goversion.ts";
import { compare, major, majorMinor, prerelease } from "../go/semver.ts";

/** Minimal version selection: nothing moves by being published (go-rules §10). */
const byItself = "Nobody gets it by itself: builds keep the versions their go.mod names.";

/** From this go line on, an older toolchain refuses instead of trying (go-rules §10.2). */
const hardMinimum = "1.21";

/**
 * Who gets a version, how, and what it promises; the most important sentence first.
 * `NewModule` is the path it needs, where that is another one.
 */
export function consequences(
  module: ModuleFacts,
  { Version, NewModule }: { Version: string; NewModule?: string },
): string[] {
  if (NewModule !== undefined) return otherPath(module, Version, NewModule);
  return [...who(module, Version), ...toolchain(module)];
}

function otherPath(module: ModuleFacts, version: string, path: string): string[] {
  return [
    `Users of ${module.Path} stay on ${major(module.Base?.Version ?? "v1")}, also with ` +
    "go get -u, until they change their imports.",
    `${version} needs a new module path, ${path}: to Go that is another module.`,
    "Both can be in one build, so users can move package by package.",
  ];
}

function who(module: ModuleFacts, version: string): string[] {
  const base = module.Base?.Version;
  const highest = module.Highest?.Version;
  if (prerelease(version) !== "") return experiment(module, version, highest !== undefined);
  if (highest !== undefined && compare(version, highest) < 0) return backport(version, highest);
  if (base === undefined) return first(module, version);
  const line = majorMinor(base);
  const sameLine = majorMinor(version) === line;
  const gets = sameLine
    ? `@latest and go get -u give ${version}; so does go get -u=patch in ${line}.`
    : `@latest and go get -u give ${version}; go get -u=patch stays in ${line}.`;
  return [gets, byItself, promise(module, base, version)];
}

function experiment(module: ModuleFacts, version: string, released: boolean): string[] {
  const kept = "It promises nothing, and cannot be taken back either.";
  if (!released) {
    return [
      "There is no release yet, so @latest gives the newest pre-release: whoever tries the module gets it.",
      kept,
    ];
  }
  const series = module.Series?.Version;
  return [
    series === undefined
      ? "@latest and go get -u pass over it: only who asks by name gets it."
      : `@latest, and go get -u from a release, pass over it; who is on ${series} gets it with go get -u.`,
    `go get ${module.Path}@${version}`,
    kept,
  ];
}

function backport(version: string, highest: string): string[] {
  return [
    `${version} is below ${highest}: @latest and go get -u do not move.`,
    `Users of ${majorMinor(version)} get it with go get -u=patch, or by name.`,
    byItself,
  ];
}

function first(module: ModuleFacts, version: string): string[] {
  const { Versions, Incompatible, IncompatibleOnProxy } = module;
  const none = [Versions, Incompatible, IncompatibleOnProxy].every((list) => list.length === 0)
    ? ["Until now @latest gave the newest commit, under a pseudo-version."]
    : [];
  if (major(version) === "v0") {
    return [
      `${version} leaves every door open: v0 promises nothing, and a later release may change everything.`,
      `@latest gives ${version}.`,
      ...none,
    ];
  }
  return [stable(module, version), `@latest gives ${version}.`, ...none];
}

function promise(module: ModuleFacts, base: string, version: string): string {
  if (major(base) === "v0" && major(version) !== "v0") {
    return `The path stays the same. ${stable(module, version)}`;
  }
  if (major(version) !== "v0") {
    return `${major(version)} promises that what builds and works with ${base} goes on doing so.`;
  }
  return majorMinor(base) === majorMinor(version)
    ? "v0 promises nothing, yet users expect a patch to break nothing."
    : "v0 promises nothing: users expect that a new minor may break them.";
}

function stable(module: ModuleFacts, version: string): string {
  const next = `v${Number(major(version).slice(1)) + 1}`;
  const end = module.Path.startsWith("gopkg.in/") ? `.${next}` : `/${next}`;
  return `${version} promises compatibility: from then on a break needs a new module path (…${end}).`;
}

function toolchain({ GoMod, BaseGoMod }: ModuleFacts): string[] {
  const now = GoMod.Mod.Go?.Version;
  const before = BaseGoMod?.Go?.Version;
  if (now === undefined || !BaseGoMod) return [];
  if (compareGoVersions(now, hardMinimum) < 0) return [];
  if (before !== undefined && compareGoVersions(now, before) <= 0) return [];
  return [`It needs Go ${now}: with an older one and GOTOOLCHAIN=local, users cannot build it.`];
}
