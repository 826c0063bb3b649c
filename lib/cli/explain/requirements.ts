/** What `require`, `exclude` and `replace` lines mean to users (go-rules §10, §12, §13). */
import { splitPathVersion, tagVersion } from "../../go/module.ts";
import type { Exclude, ModFile, Replace, Require } from "../../go/modfile/mod.ts";
import { isPseudoVersion, isZeroPseudoVersion } from "../../go/pseudo.ts";
import { shortRationale } from "../../go/retract.ts";
import { compare, major, prerelease } from "../../go/semver.ts";
import { clean } from "../../text.ts";
import { goVersion } from "../../go/modfile/mod.ts";
import { compareGoVersions } from "../../go/goversion.ts";
import type { Around } from "./around.ts";
import { pseudoText } from "./pseudo.ts";

/** The entries of a file about one module path. */
export interface EntriesByPath {
  readonly Require: ReadonlyMap<string, readonly Require[]>;
  readonly Replace: ReadonlyMap<string, readonly Replace[]>;
  readonly Exclude: ReadonlyMap<string, readonly Exclude[]>;
}

/** Sorts a file's entries by the path they are about. */
export function byPath({ Require, Replace, Exclude }: ModFile): EntriesByPath {
  return {
    Require: Map.groupBy(Require, (entry) => entry.Path),
    Replace: Map.groupBy(Replace, (entry) => entry.Old.Path),
    Exclude: Map.groupBy(Exclude, (entry) => entry.Path),
  };
}

/** What a requirement means; the first sentence is the short answer. */
export function requireText(
  entry: Require,
  mod: ModFile,
  entries: EntriesByPath,
  around: Around,
): string[] {
  const { Path, Version, Indirect } = entry;
  const path = clean(Path);
  const notes = [
    ...sibling(entry, around),
    ...kindOf(entry),
    ...asked(entry, around),
    ...elsewhere(entry, mod, entries),
  ];
  const short = [
    `${Indirect ? "Indirect: u" : "U"}sers build with ${clean(Version)} of it, or with a higher ` +
    "version that something else in their build requires.",
    ...notes.slice(0, 1),
  ].join(" ");
  return [
    short,
    ...notes.slice(1),
    "Go takes the highest of all the versions that a build's go.mod files require of a path, and " +
    "none that is newer: a later release of it reaches nobody until somebody requires it (minimal " +
    "version selection).",
    ...(Indirect ? [indirect(mod)] : [
      "Without // indirect it is a direct requirement: a package here should import one of " +
      `${path}'s, or go.mod name a tool of it. go mod tidy marks the others // indirect.`,
    ]),
    "Requiring something new, or a higher minor version of it, is a change that users get too: it " +
    "makes a minor release.",
  ];
}

function indirect(mod: ModFile): string {
  const remark =
    "// indirect is a remark of go mod tidy: no package here imports it directly. It " +
    "does not change which version is taken.";
  return compareGoVersions(goVersion(mod), "1.17") >= 0
    ? `${remark} From go 1.17 on such lines are needed: users' go reads them here, and not the ` +
      "go.mod files that they come from."
    : `${remark} Below go 1.17 it stands here only where the version is higher than the others ask ` +
      "for, or they have no go.mod.";
}

/** What kind of version is required, where that is no plain release. */
function kindOf({ Version }: Require): string[] {
  if (isZeroPseudoVersion(Version)) {
    return [
      "The version is a placeholder that no commit has: it works only where a replace line stands " +
      "in for it, so every user's build fails. Require a version that is published.",
    ];
  }
  if (isPseudoVersion(Version)) {
    return [
      `It is a commit that no version tag names. ${
        pseudoText(Version)
      } Users cannot get below it, ` +
      "and nobody promises anything for it: require a release once there is one.",
    ];
  }
  const out: string[] = [];
  if (prerelease(Version) !== "") {
    out.push(
      "It is a pre-release: users of this module get it, though @latest passes over pre-releases.",
    );
  }
  if (Version.endsWith("+incompatible")) {
    out.push(
      `+incompatible says that ${
        major(Version)
      } of it comes from before modules: it has no go.mod, ` +
        "so its path lacks the major version, and its own requirements are unknown.",
    );
  }
  if (major(Version) === "v0") {
    out.push("It is v0: its next minor release may break what uses it.");
  }
  return out;
}

function sibling({ Path, Version }: Require, around: Around): string[] {
  const own = around.Siblings.find((s) => s.Path === Path);
  if (!own) return [];
  const tag = own.TagPrefix + tagVersion(Version);
  const where = own.Dir === "" ? "at the root" : `in ${clean(own.Dir)}`;
  const first = `It is a module of this repository (${where}): users get it as its tag ` +
    `${clean(tag)} has it, not as it lies here.`;
  if (isPseudoVersion(Version)) return [first];
  return [
    around.Tags.has(tag)
      ? first
      : `${first} There is no such tag here: release it first, or users' builds fail.`,
  ];
}

/** What the proxy says of the module, where it was asked. */
function asked({ Path, Version }: Require, { Required: known }: Around): string[] {
  if (!known) return [];
  const out: string[] = [];
  if (known.Retracted) {
    out.push(
      `${clean(Version)} is retracted: "${
        clean(shortRationale(known.Retracted[0]!))
      }". Builds go on ` +
        "with it and say nothing; go list -m -u and go get warn.",
    );
  }
  if (known.Deprecated !== undefined) {
    out.push(`${clean(Path)} is deprecated: ${clean(known.Deprecated)}`);
  }
  if (known.Latest !== null && compare(known.Latest, Version) > 0) {
    out.push(`The latest of it is ${clean(known.Latest)}; nothing moves there by itself.`);
  }
  return out;
}

/** What other lines of the same file do to it. */
function elsewhere(
  { Path, Version, Line }: Require,
  mod: ModFile,
  entries: EntriesByPath,
): string[] {
  const out: string[] = [];
  const own = mod.Module?.Path ?? "";
  if (splitPathVersion(own).prefix === splitPathVersion(Path).prefix && own !== Path) {
    out.push(
      "It is another major version of this very module: to Go two modules that a build may have " +
        "side by side. Types of one are not those of the other.",
    );
  }
  if (own === Path) out.push("A module does not require itself: go mod tidy takes the line out.");
  const higher = entries.Require.get(Path)?.find((r) =>
    r.Line !== Line && compare(r.Version, Version) > 0
  );
  if (higher) out.push(`Line ${higher.Line} requires ${higher.Version} of it, which wins.`);
  const replaced = entries.Replace.get(Path)?.find((r) =>
    r.Old.Version === undefined || r.Old.Version === Version
  );
  if (replaced) {
    out.push(
      `Line ${replaced.Line} replaces it, here only: users get ${clean(Path)} itself, and this ` +
        "module was never built with that here.",
    );
  }
  const excluded = entries.Exclude.get(Path)?.find((e) => e.Version === Version);
  if (excluded) {
    out.push(`Line ${excluded.Line} excludes this very version, so go takes the line out here.`);
  }
  return out;
}

const refuses =
  "And go install of a program in this module, with @latest or a version, refuses it " +
  "for this line.";

/** What an `exclude` line means. */
export function excludeText({ Path, Version }: Exclude): string[] {
  return [
    `Here the go command acts as if ${clean(Path)} ${
      clean(Version)
    } did not exist; users of this ` +
    "module get it all the same.",
    "Only the main module's exclude lines count. A requirement of exactly that version is passed " +
    "over, whoever has it. Who must not use a version has to require a higher one.",
    refuses,
  ];
}

/** What a `replace` line means. */
export function replaceText({ Old, New }: Replace, around: Around): string[] {
  const what = Old.Version === undefined
    ? `every version of ${clean(Old.Path)}`
    : `${clean(Old.Path)} ${clean(Old.Version)}`;
  const by = New.Version === undefined
    ? `the folder ${clean(New.Path)}`
    : `${clean(New.Path)} ${clean(New.Version)}`;
  const isSibling = around.Siblings.some((s) => s.Path === Old.Path);
  return [
    `Here ${what} is taken from ${by}; users of this module get ${clean(Old.Path)} itself.`,
    "Only the main module's replace lines count: what is built and tested here is not what users " +
    "build. A replacement works for versions that something requires; it adds none." +
    (New.Version === undefined
      ? " The folder needs a go.mod, and is not part of any release."
      : ""),
    ...(isSibling
      ? [
        "It is a module of this repository: a go.work file, which is not released, does the same " +
        "without touching go.mod.",
      ]
      : []),
    refuses,
  ];
}
