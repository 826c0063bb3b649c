/**
 * Evidence for a version: what in the commits and in go.mod since the last
 * release says that users get more than a fix.
 */
import type { Where } from "../problem.ts";
import { clean, count } from "../text.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { firstRelease, hasNoRelease } from "./first.ts";
import type { Commit } from "../git/log.ts";
import type { ModFile } from "../go/modfile/mod.ts";
import { compareGoVersions } from "../go/goversion.ts";
import { compare, majorMinor } from "../go/semver.ts";

/** How much a piece of evidence asks for. */
export type Weight = "breaking" | "addition" | "fix" | "first";

export interface Evidence {
  Code: string;
  Text: string;
  Where?: Where;
  Weight: Weight;
}

/** A conventional commit's head: type, scope in parentheses, `!` for a break. */
const conventional = /^([A-Za-z][\w-]*)(?:\([^()]*\))?(!)?:/;

/** What one commit says of itself (DESIGN.md §3: `!`, `BREAKING CHANGE`, `feat`). */
function weightOfCommit(commit: Pick<Commit, "Subject" | "Body">): Weight {
  const head = conventional.exec(commit.Subject);
  // Git joins the first paragraph into the subject, and a footer without a blank line above with it.
  const footer = /(?:^|\s)BREAKING[ -]CHANGE:/.test(commit.Subject) ||
    /^BREAKING[ -]CHANGE\b/m.test(`${commit.Subject}\n${commit.Body}`);
  if (head?.[2] || footer) return "breaking";
  return head?.[1]?.toLowerCase() === "feat" ? "addition" : "fix";
}

/** All evidence of a module since its Base, the weightiest first. */
export function evidence(module: ModuleFacts): Evidence[] {
  if (!module.Base) {
    return [{
      Code: "first-release",
      Text: !hasNoRelease(module)
        ? firstRelease(module)
        : module.Series
        ? `Nothing but pre-releases so far; the newest is ${module.Series.Version}.`
        : "This module has no release yet.",
      Weight: "first",
    }];
  }
  const commits = known(module.Commits)?.Commits ?? [];
  const out = [...fromCommits(commits), ...fromGoMod(module)];
  const order: Weight[] = ["breaking", "addition", "first", "fix"];
  return out.sort((a, b) => order.indexOf(a.Weight) - order.indexOf(b.Weight));
}

function fromCommits(commits: readonly Commit[]): Evidence[] {
  const out: Evidence[] = [];
  let others = 0;
  for (const commit of commits) {
    const weight = weightOfCommit(commit);
    if (weight === "fix") {
      others++;
      continue;
    }
    out.push({
      Code: weight === "breaking" ? "commit-breaking" : "commit-feat",
      Text: `${commit.Oid.slice(0, 7)} ${clean(commit.Subject)}`,
      Weight: weight,
    });
  }
  if (others > 0) {
    out.push({
      Code: "commits",
      Text: `${count(others, "commit")} that ${
        others === 1 ? "says" : "say"
      } nothing of a new feature or a break`,
      Weight: "fix",
    });
  }
  return out;
}

/**
 * What changed for users in go.mod (go-rules §11.3): a new requirement, a
 * requirement whose major.minor rose, or a raised go line. Lowered and removed
 * requirements ask for nothing.
 */
function fromGoMod(module: ModuleFacts): Evidence[] {
  const now = module.GoMod.Mod;
  const before = module.BaseGoMod;
  const file = module.GoMod.File;
  if (!before) {
    return [{
      Code: "go-mod-new",
      Text: "go.mod is new since the last release.",
      Where: { File: file },
      Weight: "addition",
    }];
  }
  const out: Evidence[] = [];
  const was = versionsByPath(before);
  for (const [path, { Version, Line }] of versionsByPath(now)) {
    const old = was.get(path)?.Version;
    if (old === undefined) {
      out.push({
        Code: "requirement-new",
        Text: `requires ${clean(path)} ${clean(Version)}, new`,
        Where: { File: file, Line },
        Weight: "addition",
      });
    } else if (compare(majorMinor(Version), majorMinor(old)) > 0) {
      out.push({
        Code: "requirement-raised",
        Text: `requires ${clean(path)} ${clean(Version)} (was ${clean(old)})`,
        Where: { File: file, Line },
        Weight: "addition",
      });
    }
  }
  const go = now.Go;
  const oldGo = before.Go?.Version;
  if (go && raised(oldGo, go.Version)) {
    out.push({
      Code: "go-raised",
      Text: `go ${clean(go.Version)} (was ${oldGo ? clean(oldGo) : "not given"})`,
      Where: { File: file, Line: go.Line },
      Weight: "addition",
    });
  }
  return out;
}

function raised(before: string | undefined, now: string): boolean {
  if (before === undefined) return true;
  const language = (v: string) => v.split(".").slice(0, 2).join(".").replace(/[a-z].*$/, "");
  return compareGoVersions(language(now), language(before)) > 0;
}

/** The highest version required of each path: what minimal version selection starts from. */
function versionsByPath(mod: ModFile): Map<string, { Version: string; Line: number }> {
  const out = new Map<string, { Version: string; Line: number }>();
  for (const { Path, Version, Line } of mod.Require) {
    const other = out.get(Path);
    if (!other || compare(Version, other.Version) > 0) out.set(Path, { Version, Line });
  }
  return out;
}
