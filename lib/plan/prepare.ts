/** What a release needs besides its tag where its path changes, or where it is a train. */
import type { Choices } from "../choices.ts";
import type { Facts } from "../facts/types.ts";
import type { Problem } from "../problem.ts";
import type { Releasing } from "./build.ts";
import type { Draft, Written } from "./draft.ts";
import type { Sealed } from "./seal.ts";

/** A module whose hashes are known. */
export interface SealedRelease extends Sealed {
  Path: string;
  Version: string;
}

/** The commit behind the tagged one. */
export interface Behind {
  Written: Written;
  Message: string;
}

export interface Prepared {
  /** Why there is no plan. */
  Refused?: Problem[];
  /** Dependencies first; with the path and the folder that each is released with. */
  Releases: Releasing[];
  /** What is to be said of it. */
  Problems: Problem[];
  /** The branch that is made for the old major. */
  Keep?: { Name: string; Commit: string };
  /** Called when the hashes of a release are known: what requires it gets its lines of go.sum. */
  sealed?: (draft: Draft, release: SealedRelease) => Promise<void>;
  /** The commit behind the tagged one, if there is to be one; called when all is sealed. */
  behind?: (draft: Draft) => Promise<Behind | null>;
}

/**
 * Makes the draft what it has to be before the checks look at it; null where that is what it is,
 * and the one module is released as it stands.
 */
export async function prepare(
  draft: Draft,
  facts: Facts,
  choices: Choices,
  releases: Releasing[],
): Promise<Prepared | null> {
  const majors = releases.some((r) => r.Path !== r.Module.Path)
    ? await (await import("./major/major.ts")).rewriteMajors(draft, facts, choices, releases)
    : null;
  const first: Prepared = majors ?? { Releases: releases, Problems: [] };
  if (first.Refused || majors && releases.length === 1) return first;
  const { prepareTrain } = await import("./train.ts");
  const train = await prepareTrain(draft, facts, choices, first.Releases);
  if (!train) return null;
  return {
    ...first,
    ...train,
    Problems: [...first.Problems, ...train.Problems],
    async sealed(draft, release) {
      await first.sealed?.(draft, release);
      await train.sealed?.(draft, release);
    },
  };
}
