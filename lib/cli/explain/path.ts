/** `gorel explain PATH`: a module or import path, its parts and what Go does with it (go-rules §2, §6.3, §7.1, §7.6). */
import type { GoSettings } from "../../config/goenv.ts";
import {
  checkImportPath,
  checkPath,
  escapePath,
  matchPrefixPatterns,
  pathMajorPrefix,
  splitPathVersion,
} from "../../go/module.ts";
import { isPrivate, parseProxyList, shownUrl } from "../../proxy/list.ts";
import { clean } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import type { Sibling } from "./around.ts";

/** Where Go looks for the repository of a path, as far as the path alone says. */
export interface Place {
  /** The root of the repository as a path; null where a page on the host says it. */
  Root: string | null;
  /** True where that page is asked. */
  Page?: true;
  Text: string;
}

/** The static rules of go-rules §7.6, and gopkg.in's own. */
export function placeOf(path: string): Place {
  const elements = splitPathVersion(path).prefix.split("/");
  const [host = "", first, second] = elements;
  const marked = elements.findIndex((e, i) => i > 0 && /.\.(git|hg|svn|fossil)$/.test(e));
  if (marked > 0) {
    const root = elements.slice(0, marked + 1).join("/");
    return { Root: root, Text: `The repository is ${clean(root)}: the suffix says so.` };
  }
  if ((host === "github.com" || host === "bitbucket.org") && second !== undefined) {
    const root = [host, first, second].join("/");
    return {
      Root: root,
      Text:
        `The repository is ${clean(root)}: on ${host} it is always the first two names, and go ` +
        "asks nobody.",
    };
  }
  if (host === "gopkg.in" && first !== undefined) {
    const where = second === undefined
      ? `github.com/go-${first}/${first}`
      : `github.com/${first}/${second}`;
    return {
      Root: path,
      Text: `gopkg.in hands on the repository ${
        clean(where)
      }; the major version is part of its name.`,
    };
  }
  if (host === "github.com" || host === "bitbucket.org") {
    return {
      Root: null,
      Text: `Go finds no repository for it: on ${host} the first two names are one.`,
    };
  }
  const page = `https://${clean(path)}?go-get=1`;
  return {
    Root: null,
    Text:
      `Which repository it is, a page says: go asks ${page} for a line <meta name="go-import" ` +
      `content="ROOT git URL">, where ROOT is the path or begins it.`,
  };
}

/** The module of these that a package path lies in. */
export function holderOf(path: string, siblings: readonly Sibling[]): Sibling | undefined {
  return siblings.filter((s) => path.startsWith(s.Path + "/"))
    .sort((a, b) => b.Path.length - a.Path.length)[0];
}

/** The folder of a package, from the repository's root. */
export function folderIn({ Path, Dir }: Sibling, path: string): string {
  const rest = path.slice(Path.length + 1);
  return Dir === "" ? rest : `${Dir}/${rest}`;
}

/** A module that differs from a path in its major version alone. */
export function otherMajor(path: string, siblings: readonly Sibling[]): Sibling | undefined {
  const { prefix, ok } = splitPathVersion(path);
  return ok ? siblings.find((s) => splitPathVersion(s.Path).prefix === prefix) : undefined;
}

/**
 * What the page about a path says; `siblings` are the modules of the repository at hand, if any.
 * `there`: the folder that the path means in one of them exists.
 */
export function explainPath(
  path: string,
  siblings: readonly Sibling[],
  go: GoSettings | undefined,
  there = true,
): ExplainDocument {
  const error = checkPath(path);
  const module = siblings.find((s) => s.Path === path);
  const other = module ? undefined : otherMajor(path, siblings);
  const holder = other && !there ? undefined : holderOf(path, siblings);
  const Text = module
    ? [`${clean(path)} is a module of this repository, ${folderOf(module)}.`]
    : holder
    ? inside(path, holder, there)
    : other
    ? [
      `HEAD has no module ${clean(path)}. It would be another major version of ${
        clean(other.Path)
      }, ${folderOf(other)}; a tag may have it all the same.`,
    ]
    : [];
  const wrongImport = checkImportPath(path);
  if (error !== null) {
    Text.push(
      `As a module path Go refuses it: ${clean(error)}.` +
        (wrongImport === null
          ? " As the import path of a package in this repository, or of the standard library, it " +
            "would do."
          : ""),
    );
    return { Subject: path, Kind: "path", Text };
  }
  const { prefix, pathMajor } = splitPathVersion(path);
  Text.push(
    "Go accepts it as the path of a module, and of a package." +
      (module || holder || other ? "" : " What follows is said of a module."),
  );
  if (!holder || module) Text.push(majorText(prefix, pathMajor));
  const place = placeOf(path);
  Text.push(place.Text);
  const where = module
    ? tagsOf(path, module.TagPrefix)
    : holder
    ? tagsOf(holder.Path, holder.TagPrefix)
    : place.Page
    ? "Where the path goes on behind ROOT, that is the module's folder in the repository, and " +
      "stands before its tags."
    : null;
  if (where !== null) Text.push(where);
  Text.push(asked(path, go));
  const list = holder && !module ? [] : placesOf(path, prefix, pathMajor, module, place);
  return {
    Subject: path,
    Kind: "path",
    Text,
    ...(list.length > 0 && { List: list }),
    Example: [`go get ${clean(holder && !module ? holder.Path : path)}@latest`],
  };
}

function folderOf({ Dir }: Sibling): string {
  return Dir === "" ? "at its root" : `in the folder ${clean(Dir)}`;
}

function inside(path: string, holder: Sibling, there: boolean): string[] {
  const rest = path.slice(holder.Path.length + 1);
  const folder = `folder ${clean(folderIn(holder, path))} of the module ${clean(holder.Path)}`;
  return [
    there
      ? `In this repository that is the ${folder}, ${folderOf(holder)}: a package of it is ` +
        "imported by this path, and comes with that module's versions."
      : `In this repository it would be the ${folder}, ${folderOf(holder)}. HEAD has no such ` +
        "folder, so nothing can be imported by this path.",
    ...(/(^|\/)internal(\/|$)/.test(rest)
      ? [
        "internal in the path: only packages below the folder that holds internal may import it; " +
        "users of the module cannot.",
      ]
      : []),
  ];
}

function majorText(prefix: string, pathMajor: string): string {
  const major = pathMajorPrefix(pathMajor);
  if (pathMajor === "") {
    return "It ends in no major version, so its versions are v0 and v1. From v2 on the path is " +
      `${clean(prefix)}/v2, and that is another module.`;
  }
  if (pathMajor.startsWith(".")) {
    return `On gopkg.in every path ends in its major version: only ${major} versions are this ` +
      `module's.${pathMajor.endsWith("-unstable") ? " -unstable has no versions at all." : ""}`;
  }
  return `It ends in /${major}: only ${major} versions are this module's, and every import path of ` +
    `it has /${major}. ${clean(prefix)} and the other majors are modules of their own, which a ` +
    "build may have beside it.";
}

/** The example number of a path's tags. */
function example(path: string): string {
  return `${pathMajorPrefix(splitPathVersion(path).pathMajor) || "v1"}.2.3`;
}

function tagsOf(path: string, prefix: string): string {
  const tag = prefix + example(path);
  return prefix === ""
    ? `Its versions are tags such as ${clean(tag)}.`
    : `Its versions are tags with the folder in front, such as ${
      clean(tag)
    }. The folder of a major ` +
      "version is never part of a tag.";
}

/** Rows: where go.mod may lie, what a tag looks like, its name on a proxy. */
function placesOf(
  path: string,
  prefix: string,
  pathMajor: string,
  module: Sibling | undefined,
  { Root }: Place,
): { Name: string; Text: string }[] {
  const codeDir = module
    ? module.TagPrefix.replace(/\/$/, "")
    : Root === null || !(prefix + "/").startsWith(Root + "/")
    ? Root === path ? "" : null
    : prefix.slice(Root.length + 1);
  const rows: { Name: string; Text: string }[] = [];
  if (codeDir !== null) {
    const own = codeDir === "" ? "go.mod" : `${codeDir}/go.mod`;
    const folder = pathMajor.startsWith("/")
      ? `, or ${codeDir === "" ? "" : codeDir + "/"}${pathMajor.slice(1)}/go.mod, not both`
      : "";
    const unsure = codeDir === "" || module ? "" : ", if it is a module of its own";
    rows.push({ Name: "go.mod at", Text: `${clean(own)}${clean(folder)}${unsure}` });
    const tag = (codeDir === "" ? "" : codeDir + "/") + example(path);
    rows.push({ Name: "tags like", Text: clean(tag) });
  }
  const escaped = escapePath(path);
  if (escaped !== null) {
    rows.push({
      Name: "on a proxy",
      Text: `${clean(escaped)}/@v/list${escaped === path ? "" : " (!x stands for X)"}`,
    });
  }
  return rows;
}

/** Whom go asks for it. */
function asked(path: string, go: GoSettings | undefined): string {
  if (!go) {
    return "Go asks the proxies of GOPROXY for it, unless GOPRIVATE or GONOPROXY covers the path: " +
      "then its repository.";
  }
  const covers = (globs: string) => matchPrefixPatterns(globs, path);
  const unchecked = covers(go.GONOSUMDB)
    ? " The checksum database is not asked (GONOSUMDB or GOPRIVATE covers it)."
    : go.GOSUMDB === "off"
    ? " The checksum database is not asked (GOSUMDB=off)."
    : "";
  if (isPrivate(go, path)) {
    const by = covers(go.GOPRIVATE) ? "GOPRIVATE" : "GONOPROXY";
    return `It is private here: ${by} covers it, so go asks its repository and no proxy.${unchecked}`;
  }
  if (go.GOPROXY === undefined) {
    return "GOPROXY is not set here as far as gorel can see: set it to know whom go asks." +
      unchecked;
  }
  const list = parseProxyList(go.GOPROXY);
  if ("Error" in list) return `GOPROXY cannot be read: ${clean(list.Error)}.${unchecked}`;
  const names = list.Entries.map((e) => e.Kind === "url" ? shownUrl(e.Url!) : e.Kind);
  if (names[0] === "off") return "GOPROXY=off: go asks nobody for it, and uses what it has.";
  if (names[0] === "direct") return `GOPROXY=direct: go asks its repository.${unchecked}`;
  return `Here go asks ${clean(names.join(", then "))}${
    names.includes("direct") ? " (its repository)" : ""
  }. A proxy fetches a version when somebody first asks for it, and keeps it.${unchecked}`;
}

/** First elements of the import paths of Go's own library. */
const ownElements = new Set(
  ("archive bufio bytes cmp compress container context crypto database debug embed encoding " +
    "errors expvar flag fmt go hash html image index io iter log maps math mime net os path " +
    "plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing " +
    "text time unicode unique unsafe weak").split(" "),
);

/** The page about a package of Go's own library, as far as the name says; undefined for others. */
export function explainOwnPackage(path: string): ExplainDocument | undefined {
  if (!ownElements.has(path.split("/")[0]!) || checkImportPath(path) !== null) return undefined;
  return {
    Subject: path,
    Kind: "path",
    Text: [
      `By its name ${clean(path)} is a package of Go's own library: import paths whose first ` +
      "element has no dot are Go's, and it fetches no module for them.",
      "Its code comes with the toolchain, not with a version in go.mod: what a package uses of it " +
      "has to be in the Go version that the go line names.",
    ],
  };
}
