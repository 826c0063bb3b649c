/** Mentions in build, CI and tool configuration, and in scripts. */
import { judged, lastCommand, type Place, plainVerdict, type Verdict } from "./textfile.ts";
import type { Finder } from "./types.ts";

/**
 * Mentions in a file that builds, tests or checks the module. What is decided is what would break:
 * the go command, the linker and tools that name packages need the new path; a repository, an
 * image or a folder of that name is where it was.
 */
export const buildOccurrences: Finder = (file, text, change) =>
  judged(file, text, change, (place) => inBuildFile(place));

function inBuildFile(place: Place): Verdict {
  const plain = plainVerdict(place, "build");
  if (plain) return plain;
  if (isComment(place)) return { Class: "prose" };
  return otherUse(place) ?? { Class: "build" };
}

/** Comments that a tool reads are none: `# gazelle:prefix P`, and those of a linter. */
function isComment({ Before }: Place): boolean {
  return /^\s*(?:#|\/\/|--|;|rem\b|::)/i.test(Before) && !/[#/]\s*[a-z]+:[a-z_]+\s/.test(Before) ||
    /\s#\s/.test(Before);
}

/** Commands for which the path is a repository, an image or a folder. */
const others =
  /^(?:sudo\s+)?(?:git|docker|podman|buildah|nerdctl|crane|cosign|ko|cd|pushd|mkdir|curl|wget|rm|cp|mv|ln|gh|hub|svn|ssh|scp|rsync|FROM|WORKDIR|COPY|ADD|LABEL|VOLUME)\b/;

/** Keys and variables whose value is a repository, an image or a folder. */
const keys =
  /image|registry|homepage|repository|repo_?url|docker|^(?:.*[.-])?(?:repo|url|website|source|link|go_import_path|working[-_]directory|workdir|slug)$/i;

/** The key or variable whose value begins where a text ends: `repo` of `"repo": "`; "" if there is none. */
function keyBefore(text: string): string {
  let end = text.length;
  const skip = (chars: string) => {
    while (end > 0 && chars.includes(text[end - 1]!)) end--;
  };
  skip(" \t\"'[");
  if (!":=".includes(text[end - 1] ?? " ")) return "";
  skip(":=? \t\"'");
  let start = end;
  while (start > 0 && /[\w.-]/.test(text[start - 1]!)) start--;
  return text.slice(start, end);
}

/** A repository, an image, a folder: not the package of that name. */
function otherUse({ Before, After, Mention }: Place): Verdict | undefined {
  // Not a key of YAML (a space follows), nor a symbol or a target (`P::`).
  if (/^:(?:[\w.-]|\$|\{\{)/.test(After) && Mention.Symbol === undefined) {
    return { Class: "url", Reason: "names an image" };
  }
  if (keys.test(keyBefore(Before))) {
    return { Class: "url", Reason: "names the repository, not a package" };
  }
  const command = lastCommand(Before)
    .replace(/^[\s@+-]*(?:(?:run|script|RUN|CMD)\s*:?\s+)?[\s"'[-]*/, "");
  if (others.test(command)) {
    return { Class: "url", Reason: "names a repository, an image or a folder" };
  }
}

/** What keys of data are called whose values are packages. */
const packageKeys = /pkg|package|import|module|prefix|local|ldflags|main|type|path|model/i;

/**
 * Mentions in data that may configure some tool: what a key says to be a package, and what is a
 * key itself; all else is only a string.
 */
export const dataOccurrences: Finder = (file, text, change) =>
  judged(file, text, change, (place) => {
    const verdict = inBuildFile(place);
    const { Before } = place;
    const key = Before.slice(0, Math.max(Before.lastIndexOf(":"), Before.lastIndexOf("=")) + 1);
    if (verdict.Class !== "build" || packageKeys.test(key)) return verdict;
    return /^["']?\s*[:=]/.test(place.After) ? verdict : { Class: "string", Reason: "is data" };
  });
