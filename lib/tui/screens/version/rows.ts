/** The ways to a version, each with the version it leads to, or why not. */
import { advisedBump } from "../../../advice/advise.ts";
import { problemsOfNamed } from "../../../advice/named.ts";
import { resolveVersion } from "../../../advice/version.ts";
import type { ModuleChoice } from "../../../choices.ts";
import { taggable } from "../../../cli/values.ts";

import { stops, UsageError } from "../../../problem.ts";
import type { Model } from "../../model.ts";
import { type Advised, preOf, shortPath, unstopped } from "./advice.ts";

export type Way = "patch" | "minor" | "major" | "prerelease" | "release" | "other";

/** In the order of the screen; all are always there, so that none moves under a finger. */
export const ways: readonly Way[] = ["patch", "minor", "major", "prerelease", "release", "other"];

const labels: Readonly<Record<Way, string>> = {
  patch: "patch",
  minor: "minor",
  major: "major",
  prerelease: "pre",
  release: "finish",
  other: "other",
};

export interface WayRow {
  readonly Way: Way;
  readonly Label: string;
  /** "" while there is none. */
  readonly Version: string;
  readonly NewModule?: string;
  readonly Says: string;
  readonly Advised: boolean;
  readonly Off?: string;
}

/** The rows; `typed` is what stands in the field of the last one. */
export function wayRows(
  advised: Advised | undefined,
  typed: string,
  why: string,
): WayRow[] {
  return ways.map((way) => wayRow(advised, way, typed, why));
}

function wayRow(advised: Advised | undefined, way: Way, typed: string, why: string): WayRow {
  const base = { Way: way, Label: labels[way], Version: "", Says: "", Advised: false };
  if (!advised) return { ...base, Off: why };
  const { Advice, Module } = advised;
  if (way === "other") {
    const judged = judge(advised, typed);
    return {
      ...base,
      Version: judged.Version ?? "",
      Says: judged.Says,
      ...(judged.NewModule !== undefined && { NewModule: judged.NewModule }),
    };
  }
  const candidate = Advice.Candidates[way];
  if (!candidate) return { ...base, Off: "no pre-release is running" };
  const { Version, Allowed, Reason } = candidate;
  return {
    ...base,
    Version,
    ...(candidate.Module !== Module.Path && { NewModule: candidate.Module }),
    Says: candidate.Module === Module.Path
      ? says(advised, way)
      : `path ${shortPath(candidate.Module)}`,
    Advised: Advice.Advised?.Bump === way,
    ...(!Allowed && { Off: unstopped(Reason ?? "not possible") }),
  };
}

function says({ Module }: Advised, way: Way): string {
  const series = Module.Series?.Version;
  if (way === "release" && series) return `the release that ${series} leads to`;
  if (way === "prerelease" && series) return `goes on after ${series}`;
  return "";
}

/** What was typed, judged: the version if it can be released, and the sentence about it. */
export interface Judged {
  readonly Version?: string;
  /** The path that it needs, where that is another one. */
  readonly NewModule?: string;
  readonly Says: string;
}

/** The live verdict on a typed version, by Go's rules and by what is there already. */
export function judge({ Facts, Module }: Advised, typed: string): Judged {
  const text = typed.trim();
  if (text === "") return { Says: "" };
  let version: string;
  try {
    version = taggable(text);
  } catch (error) {
    if (error instanceof UsageError) return { Says: sentence(error.message) };
    throw error;
  }
  const problems = problemsOfNamed(Facts, Module, version);
  const wrong = problems.find(stops);
  if (wrong) return { Says: wrong.Text };
  // That a backport moves no query is the first of its consequences already.
  const warned = problems.find(({ Code }) => Code !== "backport")?.Text;
  const coming = resolveVersion(Module, { Version: version }, advisedBump(Module));
  const path = "Code" in coming ? undefined : coming.NewModule;
  return {
    Version: version,
    Says: warned ?? (path === undefined ? "" : `It needs the path ${path}.`),
    ...(path !== undefined && { NewModule: path }),
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?]$/.test(text) ? "" : ".");
}

/** The choice that a way is, exactly as flags would give it. */
export function wantedBy(model: Model, way: Way, typed: string): Omit<ModuleChoice, "Dir"> {
  if (way === "other") return { Version: typed.trim() };
  const pre = preOf(model);
  return { Bump: way, ...(way === "prerelease" && pre !== undefined && { Pre: pre }) };
}
