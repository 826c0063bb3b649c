/**
 * Advice: one advised version and all candidates, with the evidence and with
 * what was not looked at. The value is the document of `gorel next`.
 */
import type { Where } from "../problem.ts";
import { stops } from "../problem.ts";
import { clean } from "../text.ts";
import { nothingSince } from "../checks/nothing.ts";
import { historyEnds } from "../checks/shallow.ts";
import { version as versionRules } from "../checks/version.ts";
import type { Facts, ModuleFacts } from "../facts/types.ts";
import { major } from "../go/semver.ts";
import { evidence, type Weight } from "./evidence.ts";
import { type Count, countFrom, resolveVersion } from "./version.ts";

export interface Candidate {
  Version: string;
  Module: string;
  Allowed: boolean;
  Reason?: string;
}

export interface Advice {
  Module: string;
  Dir: string;
  TagPrefix: string;
  Base: string | null;
  Series?: string;
  Highest?: string;
  Advised: { Version: string; Bump: Count } | null;
  Candidates: {
    patch: Candidate;
    minor: Candidate;
    major: Candidate;
    prerelease: Candidate;
    release?: Candidate;
  };
  Evidence: { Code: string; Text: string; Where?: Where }[];
  NotChecked: string[];
}

/** The bump that the weightiest evidence asks for: a break is a minor while the module is v0. */
function bumpFor(module: ModuleFacts, weight: Weight): Count {
  if (weight === "first") return "minor";
  if (weight === "breaking") {
    return module.Base && major(module.Base.Version) === "v0" ? "minor" : "major";
  }
  return weight === "addition" ? "minor" : "patch";
}

/** What the evidence asks for, were there something to release or not. */
export function advisedBump(module: ModuleFacts): Count {
  return bumpFor(module, evidence(module)[0]?.Weight ?? "fix");
}

/** The whole advice for one module. `pre` is the identifier of `--pre`. */
export function advise(facts: Facts, module: ModuleFacts, pre?: string): Advice {
  const bump = advisedBump(module);
  const found = evidence(module);
  const candidate = (wish: "patch" | "minor" | "major" | "prerelease" | "release"): Candidate => {
    const resolved = resolveVersion(
      module,
      { Bump: wish, ...(wish === "prerelease" && pre !== undefined && { Pre: pre }) },
      bump,
    );
    if ("Code" in resolved) {
      const at = wish === "prerelease" ? module.Series?.Version : undefined;
      return {
        Version: at ?? countFrom(module, "patch").Version,
        Module: module.Path,
        Allowed: false,
        Reason: resolved.Text,
      };
    }
    const reason = whyNot(facts, module, wish, resolved);
    return {
      Version: resolved.Version,
      Module: resolved.NewModule ?? module.Path,
      Allowed: reason === null,
      ...(reason !== null && { Reason: reason }),
    };
  };
  return {
    Module: module.Path,
    Dir: module.Dir,
    TagPrefix: module.TagPrefix,
    Base: module.Base?.Version ?? null,
    ...(module.Series && { Series: module.Series.Version }),
    ...(module.Highest && { Highest: module.Highest.Version }),
    Advised: nothingSince(module, "Base") !== null
      ? null
      : { Version: countFrom(module, bump).Version, Bump: bump },
    Candidates: {
      patch: candidate("patch"),
      minor: candidate("minor"),
      major: candidate("major"),
      prerelease: candidate("prerelease"),
      ...(module.Series && { release: candidate("release") }),
    },
    Evidence: found.map(({ Weight: _, ...rest }) => rest),
    NotChecked: notChecked(facts, module),
  };
}

function whyNot(
  facts: Facts,
  module: ModuleFacts,
  wish: string,
  coming: { Version: string; NewModule?: string },
): string | null {
  const [ends] = historyEnds(module);
  if (ends) return ends.Text;
  if (coming.NewModule !== undefined && module.NextDir !== undefined) {
    return `${major(coming.Version)} lies in ${clean(module.NextDir)}/`;
  }
  // Another path is content enough.
  const nothing = wish === "release" || coming.NewModule !== undefined
    ? null
    : nothingSince(module, wish === "prerelease" ? "Series" : "Base");
  if (nothing !== null) return `nothing to release: ${nothing}`;
  const refused = versionRules({
    Facts: facts,
    Module: module,
    Version: coming.Version,
    TagName: module.TagPrefix + coming.Version,
    Path: coming.NewModule ?? module.Path,
    Adopted: false,
  }).find(stops);
  return refused?.Text ?? null;
}

function notChecked(facts: Facts, module: ModuleFacts): string[] {
  const out = [
    "the exported API: gorel does not compare it yet, so a break that no commit names is not seen",
  ];
  if (facts.Remote.State !== "known") out.push(`the remote: ${facts.Remote.Why}`);
  if (facts.Proxy.State !== "known") out.push(`the module proxy: ${facts.Proxy.Why}`);
  if (module.Commits.State !== "known" && module.Base) {
    out.push(`the commits since ${module.Base.Version}: ${module.Commits.Why}`);
  }
  return out;
}
