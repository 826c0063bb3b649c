/** The modules of a train while it is prepared. */
import { goModOf } from "../../facts/modules.ts";
import { type GoSumLine, parseGoSum } from "../../go/gosum.ts";
import type { Requirement } from "../../go/modfile/file/mod.ts";
import { parse } from "../../go/modfile/mod.ts";
import type { Releasing } from "../build.ts";
import type { Draft } from "../draft.ts";
import { type Known, type Needs, needsOf } from "./needs.ts";

/** One module. */
export interface Car {
  Release: Releasing;
  Mode: string;
  /** go.mod before, as it will be tagged, and what makes the one the other. */
  Before: Uint8Array;
  GoMod: Uint8Array;
  Require: Map<string, string>;
  Add: Map<string, Requirement>;
  Indirect: Map<string, boolean | null>;
  Go?: string;
  /** Siblings whose replacement stays, because users cannot get the version that is required. */
  Keeps: Set<string>;
  /** What it needs before and after; null where nothing of it concerns the train. */
  Was: Needs | null;
  Needs: Needs | null;
  /** The lines of go.sum as they stand in the draft, and whether there is one. */
  Sums: GoSumLine[];
  SumMode: string | null;
  Sealed: boolean;
}

/** The modules as they are in the draft; null where go cannot read a go.mod. */
export async function readCars(
  draft: Draft,
  known: Known,
  releases: readonly Releasing[],
): Promise<Car[] | null> {
  const cars: Car[] = [];
  for (const release of releases) {
    const found = await draft.read(goModOf(release.Dir));
    if (!found || parse("go.mod", found.Bytes).Errors.length > 0) return null;
    const sum = await draft.read(goSumOf(release));
    cars.push({
      Release: release,
      Mode: found.Mode,
      Before: found.Bytes,
      GoMod: found.Bytes,
      Require: new Map([...known.Coming].filter(([path]) => path !== release.Path)),
      Add: new Map(),
      Indirect: new Map(),
      Keeps: new Set(),
      Was: await needsOf(parse("go.mod", found.Bytes).Mod, release.Dir, known),
      Needs: null,
      Sums: sum ? parseGoSum("go.sum", sum.Bytes).Lines : [],
      SumMode: sum && sum.Mode,
      Sealed: false,
    });
  }
  return cars;
}

/** The go.sum of a module, from the repository's root. */
export function goSumOf({ Dir }: Releasing): string {
  return goModOf(Dir).replace(/mod$/, "sum");
}
