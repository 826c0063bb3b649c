/** `version-exists`, `backport`, `latest-lower`: how the version stands among the others. */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { flagOf } from "../facts/modules.ts";
import { isRelease } from "../facts/versions.ts";
import { bumpRelease, nextPrerelease } from "../go/bump.ts";
import { canonical, compare } from "../go/semver.ts";
import { clean } from "../text.ts";
import { moved } from "./moved.ts";
import type { Coming } from "./types.ts";

/** The first version at or after this one that nobody has taken. */
function nextFree(module: ModuleFacts, version: string, isTaken: (v: string) => boolean): string {
  let next: string | null = version;
  while (next !== null && isTaken(next)) {
    next = isRelease(next) ? bumpRelease(next, "patch") : nextPrerelease(next);
  }
  return next ?? bumpRelease(module.Highest?.Version ?? "v0.0.0", "patch");
}

/**
 * Rules about the version itself, and about the tags it is counted from. A taken version is
 * never released again, and what is counted from a tag that was moved is counted wrongly.
 */
export function version(
  { Facts, Choices, Module, Version, TagName, Path, Adopted }:
    & Pick<Coming, "Facts" | "Module" | "Version" | "TagName" | "Path" | "Adopted">
    & Partial<Pick<Coming, "Choices">>,
): Problem[] {
  const out = moved(Facts, Module);
  const remote = known(Facts.Remote);
  const renamed = Path !== Module.Path;
  const onProxy = new Set(
    renamed
      ? [...Module.NextMajor?.OnProxy ?? [], ...Module.IncompatibleOnProxy.map(canonical)]
      : Module.Versions.flatMap((v) => v.OnProxy ? [v.Version] : []),
  );
  const placesOf = (version: string, tag: string) =>
    [
      Facts.Repo.Tags.has(tag) && !(Adopted && tag === TagName) && "here",
      remote?.Tags.has(tag) && `on ${remote.Name}`,
      onProxy.has(version) && "on the module proxy",
    ].filter((p) => typeof p === "string");
  const places = placesOf(Version, TagName);
  if (places.length > 0) {
    const free = nextFree(
      Module,
      Version,
      (v) => placesOf(v, Module.TagPrefix + v).length > 0,
    );
    out.push(problem(
      "version-exists",
      `${Version} is taken (${places.join(", ")}), and what is out is never released again; ` +
        `the next free version is ${free}.`,
      {
        // An edit of go.mod has no version to name: it counts from what it is made on.
        fix: Choices && Choices.Do !== "release"
          ? `gorel ${Choices.Do} from a commit that descends from ${Module.Highest?.Version}`
          : `gorel ${free}${flagOf(Module)}${
            renamed ? `; or release from the branch that ${clean(Path)} is on` : ""
          }`,
      },
    ));
  }
  return renamed ? out : [...out, ...backport(Module, Version)];
}

function backport(module: ModuleFacts, version: string): Problem[] {
  const highest = module.Highest?.Version;
  if (highest && compare(version, highest) < 0) {
    const { Series } = module;
    const goesOn = Series
      ? `gorel prerelease${flagOf(module)} goes on with ${Series.Version}, release finishes it; or `
      : "";
    return [problem(
      "backport",
      module.Base
        ? `${version} is below ${highest}, the highest release: @latest does not move.`
        : `${version} counts from nothing, because no release is in the history of HEAD; ${highest} is ` +
          "the highest elsewhere, so @latest does not move.",
      module.Base
        ? {}
        : { fix: `${goesOn}git switch to the branch that ${highest} is on, to count from it` },
    )];
  }
  const above = module.Versions.findLast((v) => compare(v.Version, version) > 0);
  if (!above || (highest && isRelease(version))) return [];
  if (isRelease(version)) {
    return [problem(
      "latest-lower",
      `${version} is below ${above.Version}, and the first release: @latest goes down to it, ` +
        "because a release comes before every pre-release.",
      module.Series?.Version === above.Version
        ? { fix: `gorel release${flagOf(module)} finishes the series instead` }
        : {},
    )];
  }
  return [problem(
    "backport",
    `${version} is below ${above.Version}, a series that runs already.`,
    { fix: `gorel prerelease${flagOf(module)} goes on with the running one` },
  )];
}
