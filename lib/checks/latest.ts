/** `latest-broken`: the version that Go chooses for `@latest` is one that it refuses. */
import { known, type ModuleFacts } from "../facts/types.ts";
import { canonical, prerelease } from "../go/semver.ts";
import { incrementDecimal } from "../go/pseudo.ts";
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";
import type { Coming } from "./types.ts";

/** What keeps users from `@latest` now; empty where nothing does. */
export function latestBroken(module: ModuleFacts): Problem[] {
  const { Refused, Reason = "Go finds no module in it" } = known(module.Latest) ?? {};
  if (Refused === undefined) return [];
  const next = above(Refused);
  return [problem(
    "latest-broken",
    `Go chooses ${Refused} for ${clean(module.Path)}@latest and then refuses it, so nobody gets ` +
      `@latest: ${clean(Reason)}.`,
    {
      fix: `release a higher version whose go.mod is right${
        next === null ? "" : `: gorel ${next}`
      }`,
    },
  )];
}

/** The same of a release that leaves it so. */
export function latest({ Module, LatestAfter }: Coming): Problem[] {
  return LatestAfter === null ? latestBroken(Module) : [];
}

/** The lowest release above a version of the path; null above those that only Go gives the path. */
function above(version: string): string | null {
  if (version !== canonical(version)) return null;
  const [numbers = ""] = version.split("-");
  if (prerelease(version) !== "") return numbers;
  const dot = numbers.lastIndexOf(".") + 1;
  return numbers.slice(0, dot) + incrementDecimal(numbers.slice(dot));
}
