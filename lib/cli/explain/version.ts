/** A version of a module of this repository in words: what it is to Go, where it is, and what users get (go-rules §7, §8). */
import { type Facts, known, type ModuleFacts } from "../../facts/types.ts";
import { flagOf } from "../../facts/modules.ts";
import { offerNow } from "../../facts/versions.ts";
import { bumpRelease } from "../../go/bump.ts";
import { listed, query } from "../../go/query.ts";
import { type Retract, retractions, shortRationale } from "../../go/retract.ts";
import { build, compare, major, majorMinor, prerelease } from "../../go/semver.ts";
import { clean, shellWord } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import type { OwnVersions } from "./around.ts";
import {
  incompatibleText,
  neededPath,
  nextText,
  preOrder,
  pseudoParagraphs,
  stageOf,
  stageText,
} from "./form.ts";
import { type About, askedWhere, onProxy, reachable, short, where } from "./where.ts";

/**
 * The versions of a module as its users can get them. `legacy`: tags v2 and up that have no
 * go.mod, beyond those that `@latest` depends on.
 */
export function ownVersions(
  facts: Facts,
  module: ModuleFacts,
  legacy: readonly string[] = [],
): OwnVersions | undefined {
  const latest = known(module.Latest);
  if (!latest) return undefined;
  const offer = offerNow(module, facts.Remote.State === "known");
  const hasGoMod = (v: string) => !latest.WithoutGoMod?.includes(v) && !legacy.includes(v);
  const deprecated = latest.GoMod?.Module?.Deprecated;
  return {
    All: [...offer.versions].sort(compare),
    Listed: listed({ ...offer, hasGoMod }),
    Latest: latest.Latest,
    Source: latest.Source,
    Retracts: latest.GoMod?.Retract ?? [],
    ...(deprecated !== undefined && { Deprecated: deprecated }),
    query: (q: string, retracts: readonly Retract[]) =>
      query({ ...offer, hasGoMod }, q, { retracts }),
  };
}

/** The whole page about a version. */
export function explainVersion(about: About): ExplainDocument {
  const { Subject, Kind, Version, Path, Module, Facts } = about;
  const own = Module && ownVersions(Facts, Module, about.Legacy);
  const exists = about.Here !== undefined || about.OnRemote !== undefined || onProxy(about);
  const base = {
    Subject,
    Kind,
    Stage: stageOf(Version),
    Version,
    ...(about.Commit !== undefined && { Commit: about.Commit }),
  };
  if (about.Refused && stageOf(Version) === "pseudo") {
    return {
      ...base,
      Text: [
        `Go refuses ${clean(Version)} of ${clean(Path)}: ${clean(about.Refused)}.`,
        "A pseudo-version has to be exactly the name that Go would have made: ask for the commit " +
        "by its id instead.",
        ...pseudoParagraphs(Version),
      ],
    };
  }
  if (about.Refused) {
    return { ...base, Text: [...refused(about), ...where(about)] };
  }
  if (stageOf(Version) === "pseudo") {
    return { ...base, Text: [...pseudoParagraphs(Version), ...ofCommit(about)] };
  }
  const users = `Users get it with go get ${shellWord(`${Path}@${Version}`)}.`;
  const kind = prerelease(Version) === "" ? "release" : "pre-release";
  const first = exists
    ? `${clean(Version)} is a ${kind} of the module ${clean(Path)}. ${
      reachable(about) ? users : ""
    }`
    : `${clean(Version)} is no version of ${clean(Path) || "this module"} yet: no tag ${
      clean(about.Tag)
    } is ${askedWhere(Facts)}.`;
  const out = exists && reachable(about);
  const rows = own && out ? queries(Version, own) : [];
  const fits = exists || neededPath(Path, Version) === Path;
  return {
    ...base,
    Text: [
      first.trim(),
      ...(exists ? where(about) : coming(about, own)),
      ...(own && out ? standing(Version, own) : []),
      exists ? stageText(Version) : stageText(Version).replace(/^It is /, "It would be "),
      ...incompatibleText(Version),
      fits ? prerelease(Version) === "" ? next(about, own) : preOrder(Version) : "",
    ].filter((text) => text !== ""),
    ...(rows.length > 0 && { List: rows }),
    // A version that does not fit the path is refused: no command to copy.
    ...((exists || fits) && {
      Example: [
        exists
          ? `go get ${shellWord(`${Path}@${Version}`)}`
          : `gorel ${clean(Version)}${Module ? flagOf(Module) : ""} --dry-run`,
      ],
    }),
  };
}

/** Why the tag is there and yet no version. */
function refused(about: About): string[] {
  const { Here } = about;
  if (Here && Here.Type !== "commit") {
    return [
      `The tag ${clean(about.Tag)} names a ${clean(Here.Type)}, not a commit: Go lists it as a ` +
      "version, for it looks at names alone, and then finds nothing. As the highest version it " +
      "breaks @latest and go list -m -versions for everybody, until a good release above it is out.",
    ];
  }
  if (build(about.Version) !== "") {
    return [
      `Go refuses ${clean(about.Version)} of ${clean(about.Path)}: ${clean(about.Refused!)}.`,
      "It adds +incompatible only where the commit has no go.mod, and the path no major version.",
    ];
  }
  const highest = about.Module && known(about.Module.Latest)?.Refused === about.Version;
  return [
    `Go refuses ${clean(about.Version)} of ${clean(about.Path)}: ${clean(about.Refused!)}.`,
    "Go looks at a tag's name alone when it lists versions, and at its go.mod when one is wanted: " +
    "so the tag is listed, and nobody can use it." +
    (highest
      ? " It is the highest, and Go does not fall back to a lower one: @latest fails for everybody " +
        "until a good release above it is out."
      : ""),
    "A tag that is out stays as it is: mend go.mod and release the next version.",
  ];
}

/** Retracted or not, and what users get instead. */
function standing(version: string, own: OwnVersions): string[] {
  const out: string[] = [];
  const reasons = retractions(own.Retracts, version);
  if (reasons) {
    out.push(
      `It is retracted, by the go.mod of ${clean(own.Source ?? "")}: ` +
        `"${
          clean(shortRationale(reasons[0]!))
        }". Nothing is deleted: who names it gets it, with a ` +
        "warning; @latest and upgrades pass over it, and builds that require it go on with it.",
    );
  }
  if (own.Deprecated !== undefined) {
    out.push(`The module is deprecated: "${clean(own.Deprecated)}".`);
  }
  if (build(version) !== "" && !own.Listed.includes(version)) {
    out.push(
      "Go does not list it any more, for a newer version has a go.mod: users get it by name only.",
    );
  }
  if (own.Latest === version) {
    out.push("It is what @latest gives now.");
  } else if (own.Latest !== null) {
    const above = compare(own.Latest, version) > 0;
    out.push(
      above
        ? `It is superseded: @latest gives ${
          clean(own.Latest)
        }. Builds that require it keep it until ` +
          "somebody upgrades them."
        : `@latest gives ${clean(own.Latest)}, which is lower.`,
    );
  } else {
    out.push("@latest gives no version of this module at all.");
  }
  return out;
}

/** What the queries that concern a version give now. */
function queries(version: string, own: OwnVersions): { Name: string; Text: string }[] {
  const asked = ["latest", major(version), majorMinor(version)];
  return asked.map((q) => ({
    Name: `@${q}`,
    Text: clean(own.query(q, own.Retracts) ?? "no version"),
  }));
}

/** What a version that is not there would be. */
function coming({ Version, Path, Module }: About, own: OwnVersions | undefined): string[] {
  if (!Module) return [];
  const out: string[] = [];
  const path = neededPath(Path, Version);
  if (build(Version) !== "") {
    return [
      `A release of this module never has that name: its go.mod needs the path ${
        clean(path)
      } for ` +
      `${major(Version)}.`,
    ];
  }
  if (path !== Path) {
    return [
      `${major(Version)} does not belong to the path ${clean(Path)}: go.mod would have to say ` +
      `module ${clean(path)}, and every import too.`,
    ];
  }
  const highest = Module.Highest?.Version;
  const release = prerelease(Version) === "";
  if (highest === undefined) {
    out.push(
      release
        ? `It would be the first release. ${
          major(Version) === "v0" ? "v0.1.0 leaves every door open" : "v1 promises compatibility"
        }.`
        : "It would be there before any release: @latest gives pre-releases only as long as there " +
          "is no release.",
    );
  } else if (compare(Version, highest) < 0) {
    out.push(
      `It is below ${
        clean(highest)
      }, the highest release: a backport. @latest stays as it is; users ` +
        `get it by name, by @${majorMinor(Version)}, and as a patch of an older ${
          majorMinor(Version)
        }.`,
    );
  } else if (release) {
    const bump = (["patch", "minor", "major"] as const)
      .find((b) => bumpRelease(highest, b) === Version);
    out.push(
      bump
        ? `It is the next ${bump} release after ${clean(highest)}, and free.`
        : `It is free, but skips numbers: after ${clean(highest)} come ${
          bumpRelease(highest, "patch")
        } and ${bumpRelease(highest, "minor")}. Go does not mind; people look for what is missing.`,
    );
    if (own) out.push(`@latest would give it instead of ${clean(own.Latest ?? "nothing")}.`);
  }
  const series = Module.Versions.findLast((v) => prerelease(v.Version) !== "")?.Version;
  if (!release && series !== undefined && compare(Version, series) < 0) {
    out.push(`${clean(series)} is a higher pre-release: who has that does not come down to this.`);
  }
  return out;
}

function next({ Version, Path, Module }: About, own: OwnVersions | undefined): string {
  const plain = build(Version) === "";
  if (!plain) return "";
  const all = (Module?.Versions ?? []).map((v) => v.Version).filter((v) => prerelease(v) === "");
  const among = [...all, ...own?.All ?? [], Version].filter((v) =>
    prerelease(v) === "" && build(v) === "" && major(v) === major(Version)
  ).sort(compare);
  const line = among.filter((v) => majorMinor(v) === majorMinor(Version));
  return nextText(Version, Path, { Line: line.at(-1)!, Major: among.at(-1)! });
}

/** A pseudo-version whose commit is here. */
function ofCommit({ Commit, Path, Refused }: About): string[] {
  if (Commit === undefined) {
    return ["Its commit is not here, so gorel cannot say whether Go would take it."];
  }
  return Refused === null
    ? [
      `It names the commit ${short(Commit)}, and Go takes it: go get ${
        shellWord(`${Path}@${short(Commit)}`)
      } ` +
      "finds the same code.",
    ]
    : [];
}
