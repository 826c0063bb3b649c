/** What a version's form alone says: whether it is one to Go, its stage, what it promises (go-rules §1, §2.6). */
import { bumpRelease } from "../../go/bump.ts";
import { canonicalVersion } from "../../go/module.ts";
import {
  checkPseudoVersionBase,
  checkPseudoVersionTime,
  isPseudoVersion,
} from "../../go/pseudo.ts";
import { isPrefix } from "../../go/querymatcher.ts";
import { build, canonical, isValid, major, parse, prerelease } from "../../go/semver.ts";
import { clean } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import { orderText, pseudoText } from "./pseudo.ts";

/** Reports whether a word is meant as a version: a `v`, or numbers with a dot. */
export function looksLikeVersion(word: string): boolean {
  return /^[vV]\d[^/]*$/.test(word) || /^\d+\.\d+(?:[.+-]|$)/.test(word);
}

/** What was meant by a word without a proper `v`: `1.2.3`, `V1.2.3` and `v01.2.3` → `v1.2.3`; undefined for none. */
export function versionMeant(word: string): string | undefined {
  const plain = word.replace(/^[vV]?/, "v").replace(/(?<=^v|[.-])0+(?=\d)/g, "");
  const meant = canonicalVersion(plain);
  return meant !== "" && meant !== word ? meant : undefined;
}

/** Why a word is no version that a tag can have; null where it is one. */
export function whyNoVersion(word: string): string | null {
  const shown = clean(word);
  if (isValid(word)) {
    if (canonicalVersion(word) === word) {
      return build(word) !== "" && /^v[01]$/.test(major(word))
        ? `${shown} is no version: Go adds +incompatible from v2 on only.`
        : null;
    }
    if (isPrefix(word)) {
      return `${shown} is no version, for a version has three numbers: as a query it means the ` +
        `highest release that begins with ${shown}. Go passes over a tag of that name.`;
    }
    return `${shown} is no version to Go: it passes over tags with build metadata (${
      clean(build(word))
    }), which other tools accept. The version would be ${canonical(word)}.`;
  }
  if (/^\d/.test(word)) return `${shown} is no version to Go: one begins with v.`;
  if (/^V/.test(word)) return `${shown} is no version to Go: the v is a small letter.`;
  if (/^v\d+(\.\d+)?[-+]/.test(word)) {
    return `${shown} is no version to Go: what follows - or + needs all three numbers before it.`;
  }
  if (/^v(\d+\.){3}\d/.test(word)) return `${shown} is no version to Go: it has three numbers.`;
  if (versionMeant(word) !== undefined) {
    return `${shown} is no version to Go: a number has no leading zero.`;
  }
  return `${shown} is no version to Go: behind vX.Y.Z only - and words of letters, digits and - may ` +
    "follow, with dots between them.";
}

/** Where a version stands in the life of its module. */
export function stageOf(version: string): NonNullable<ExplainDocument["Stage"]> {
  if (isPseudoVersion(version)) return "pseudo";
  if (prerelease(version) !== "") return "pre-release";
  return major(version) === "v0" ? "v0" : "stable";
}

/** What its stage means to users. */
export function stageText(version: string): string {
  switch (stageOf(version)) {
    case "pseudo":
      return "A pseudo-version is the name that Go gives a commit without a version tag. Nobody " +
        "tags it, and nothing is promised for it: it is for trying what is not released.";
    case "pre-release":
      return `It is a pre-release: for trying what ${release(version)} will be, and nothing is ` +
        "promised. @latest, ranges and prefixes take a release where there is one; who has a " +
        "pre-release stays on it, or goes up from it, with go get.";
    case "v0":
      return "It is v0: the module is in development. A minor release may break what uses it, and " +
        "go get -u moves users to it all the same; a patch release should not.";
    default:
      return "It is a stable release: what compiles with it should compile with every later version " +
        `of ${
          major(version)
        }. Go does not check that; users rely on it, for go get -u takes them ` +
        "to any of them. What breaks needs a new major version, and so another path.";
  }
}

function release(version: string): string {
  const p = parse(version)!;
  return `v${p.major}.${p.minor}.${p.patch}`;
}

/** What may come after a release, of which `highest` are the highest of its own line and major. */
export function nextText(
  version: string,
  path: string | undefined,
  highest: { Line: string; Major: string } = { Line: version, Major: version },
): string {
  const patch = bumpRelease(highest.Line, "patch");
  const minor = bumpRelease(highest.Major, "minor");
  const next = bumpRelease(version, "major");
  if (major(version) === "v0") {
    return `What may follow: ${patch} for fixes; ${minor} for all else, breaking changes too; v1.0.0 ` +
      "once you promise to break nothing. The path stays the same up to v1.";
  }
  const other = path === undefined ? `a path that ends in /${major(next)}` : nextPath(path, next);
  return `What may follow: ${patch} for fixes; ${minor} for what is new and breaks nothing; what ` +
    `breaks is ${next}, with ${other} in go.mod and in every import.`;
}

function nextPath(path: string, next: string): string {
  const to = major(next);
  const gopkg = /\.v\d+$/.test(path) && path.startsWith("gopkg.in/");
  if (gopkg) return clean(path.replace(/\.v\d+$/, `.${to}`));
  return clean(`${path.replace(/\/v\d+$/, "")}/${to}`);
}

/** A version where there is no repository to look at: what its form says. */
export function generalVersion(word: string): ExplainDocument {
  const why = whyNoVersion(word);
  if (why !== null) return { Subject: word, Kind: "version", Text: [why, ...meantText(word)] };
  const Stage = stageOf(word);
  const base = { Subject: word, Kind: "version", Stage, Version: word } as const;
  if (Stage === "pseudo") return { ...base, Text: pseudoParagraphs(word) };
  return {
    ...base,
    Text: [
      stageText(word),
      ...incompatibleText(word),
      pathText(word),
      ...(Stage === "pre-release" ? [preOrder(word)] : [nextText(word, undefined)]),
    ],
    ...(build(word) === "" && {
      Example: [`git tag -a ${word} -m ${word}`, `git push origin ${word}`],
    }),
  };
}

/** All that the name of a pseudo-version says. */
export function pseudoParagraphs(version: string): string[] {
  const broken = checkPseudoVersionBase(version) ?? checkPseudoVersionTime(version);
  return [
    stageText(version),
    pseudoText(version),
    ...(broken === null
      ? [`${orderText(version)} Never tag such a name: Go passes over such tags.`]
      : []),
  ];
}

/** Said of a word that is nearly a version. */
export function meantText(word: string): string[] {
  const meant = versionMeant(word);
  return meant === undefined || isPrefix(word) ? [] : [`Did you mean ${meant}?`];
}

/** What +incompatible means. */
export function incompatibleText(version: string): string[] {
  if (build(version) !== "+incompatible") return [];
  return [
    `Go itself adds +incompatible to the tag ${
      clean(canonical(version))
    }: it is from before modules ` +
    "and has no go.mod, so its path lacks the major version. A go.mod ends that: from then on " +
    `${major(version)} needs a path that ends in /${major(version)}.`,
  ];
}

/** Which paths can have the version. */
function pathText(version: string): string {
  const number = major(version);
  if (build(version) !== "") return "Only a path without a major version has such versions.";
  return number === "v0" || number === "v1"
    ? `It belongs to a module whose path ends in no major version. Its tag is ${
      clean(version)
    }, in a ` +
      `folder of the repository with the folder in front: sub/${clean(version)}.`
    : `It belongs to a module whose path ends in /${number} (on gopkg.in .${number}), and go.mod says ` +
      `so. Its tag is ${
        clean(version)
      }, without the /${number}. A commit that has no go.mod at all is ` +
      `from before modules: Go takes such a tag for ${clean(version)}+incompatible, of the path ` +
      `without /${number}.`;
}

/** How pre-releases of one number sort. */
export function preOrder(version: string): string {
  const glued = /-[0-9A-Za-z-]*[A-Za-z]\d+$/.test(version);
  return `It sorts below ${release(version)} and above every version with a lower number. ` +
    "Numbers between dots count as numbers: rc.9, rc.10. " +
    (glued
      ? "Here the number is part of a word, and words sort by letters: rc10 is below rc9. "
      : "A word with a number in it does not: rc10 is below rc9. ") +
    "So keep to one style, rc.1 and on.";
}

/** The path major that a version needs: "" or `/v2`; on gopkg.in `.v2`. */
export function neededPath(path: string, version: string): string {
  const to = major(version);
  if (path.startsWith("gopkg.in/")) return path.replace(/\.v\d+$/, `.${to}`);
  const prefix = path.replace(/\/v\d+$/, "");
  return to === "v0" || to === "v1" ? prefix : `${prefix}/${to}`;
}
