/**
 * From a wish to a version (DESIGN.md §3): `patch`, `minor` and `major` count
 * from Base, `release` finishes Series, `prerelease` continues it.
 */
import type { Bump, ModuleChoice } from "../choices.ts";
import { type Problem, problem } from "../problem.ts";
import type { ModuleFacts } from "../facts/types.ts";
import { isRelease } from "../facts/versions.ts";
import { bumpRelease, firstPrerelease, nextPrerelease } from "../go/bump.ts";
import { matchPathMajor, pathOfMajor } from "../go/module.ts";
import { compare, major, prerelease } from "../go/semver.ts";

/** A number that a release can count to. */
export type Count = "patch" | "minor" | "major";

export interface Coming {
  Version: string;
  /** Set when the version needs another module path. */
  NewModule?: string;
}

/** The release part of a version: `v1.2.3-rc.1` → `v1.2.3`. */
function releaseOf(version: string): string {
  const pre = prerelease(version);
  return pre === "" ? version : version.slice(0, -pre.length);
}

/** The first number of a module whose path names its major: `/v3` → `v3.0.0`; "" for v0 and v1. */
function firstOfPath(module: ModuleFacts): string {
  const n = /(\d+)/.exec(module.PathMajor)?.[1];
  return n === undefined || n === "0" ? "" : `v${n}.0.0`;
}

/** What a bump gives, counted from Base. */
export function countFrom(module: ModuleFacts, bump: Count): Coming {
  const base = module.Base?.Version;
  if (base === undefined) {
    const first = { patch: "v0.0.1", minor: "v0.1.0", major: "v1.0.0" }[bump];
    return { Version: firstOfPath(module) || first };
  }
  const version = bumpRelease(base, bump);
  if (matchPathMajor(version, module.PathMajor)) return { Version: version };
  return { Version: version, NewModule: pathOfMajor(module.Path, major(version)) };
}

/**
 * Opens or continues the series of a number. What the commit does not descend from is no
 * series of it: its versions are taken, which `version-exists` says.
 */
function openOrContinue(
  module: ModuleFacts,
  { Version: number, NewModule }: Coming,
  id?: string,
): Coming | Problem {
  const series = module.Running.find((v) => releaseOf(v.Version) === number);
  if (!series) {
    return { Version: firstPrerelease(number, id ?? "rc"), ...(NewModule && { NewModule }) };
  }
  const next = nextPrerelease(series.Version, id);
  if (next !== null) return { Version: next };
  const wanted = id === undefined ? "" : firstPrerelease(number, id);
  return problem(
    "prerelease-lower",
    wanted
      ? `${wanted} would sort below ${series.Version}, which is out: nobody would be offered it.`
      : `The series of ${series.Version} cannot be counted on: what follows it by counting sorts below it in Go's order.`,
    { fix: `gorel prerelease --pre ID with an ID that sorts after the running one, or name it` },
  );
}

/**
 * The version a choice means. `advised` is what the evidence asks for, for
 * `auto` and for a pre-release that opens a series. Problems: `no-series`,
 * `prerelease-lower`, `path-version-mismatch`, `nothing-to-release`.
 */
export function resolveVersion(
  module: ModuleFacts,
  choice: Pick<ModuleChoice, "Bump" | "Version" | "Pre">,
  advised: Count,
): Coming | Problem {
  if (choice.Version !== undefined) return namedVersion(module, choice.Version);
  const bump: Bump = choice.Bump ?? "patch";
  if (bump === "release") {
    if (!module.Series) {
      return problem(
        "no-series",
        "There is no running pre-release above the last release to finish.",
        { fix: "gorel patch, minor or major" },
      );
    }
    return { Version: releaseOf(module.Series.Version) };
  }
  if (bump === "prerelease") {
    if (module.Series) {
      return openOrContinue(module, { Version: releaseOf(module.Series.Version) }, choice.Pre);
    }
    return openOrContinue(module, countFrom(module, advised), choice.Pre);
  }
  const counted = countFrom(module, bump === "auto" ? advised : bump);
  return choice.Pre === undefined ? counted : openOrContinue(module, counted, choice.Pre);
}

/** Reports whether a version of the next major is out already, from before the module had a go.mod. */
function isTaken(module: ModuleFacts, version: string): boolean {
  return module.Incompatible.includes(version) || module.IncompatibleOnProxy.includes(version) ||
    module.NextMajor?.OnProxy.includes(version) === true;
}

function isMajorOf(version: string, next: Coming): boolean {
  return major(version) === major(next.Version);
}

function namedVersion(module: ModuleFacts, version: string): Coming | Problem {
  if (matchPathMajor(version, module.PathMajor)) {
    const series = module.Series;
    if (
      series && !isRelease(version) && releaseOf(series.Version) === releaseOf(version) &&
      compare(version, series.Version) < 0
    ) {
      return problem(
        "prerelease-lower",
        `${version} would sort below ${series.Version}, which is out: nobody would be offered it.`,
        { fix: "name a version above it, or gorel prerelease" },
      );
    }
    return { Version: version };
  }
  const next = countFrom(module, "major");
  // The first number of the next major; a later one where tags without a go.mod took it.
  const first = releaseOf(version) === next.Version;
  if (next.NewModule && (first || isTaken(module, next.Version) && isMajorOf(version, next))) {
    return { Version: version, NewModule: next.NewModule };
  }
  const fitting = pathOfMajor(module.Path, major(version));
  return problem(
    "path-version-mismatch",
    `${version} does not fit the module path ${module.Path}: Go would look for it under ${fitting}, ` +
      "and nobody could get it.",
    {
      where: {
        File: module.GoMod.File,
        ...(module.GoMod.Mod.Module && { Line: module.GoMod.Mod.Module.Line }),
      },
      fix: next.NewModule && compare(version, next.Version) > 0
        ? `gorel major (${next.Version}), which comes first`
        : module.PathMajor === ""
        ? "gorel patch or minor; or change the module path first"
        : `name a version of ${module.PathMajor.replace(/^[/.]/, "")}`,
    },
  );
}
