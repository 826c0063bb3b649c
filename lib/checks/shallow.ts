/** `shallow`: a history that ends too early hides the last release. */
import { type Problem, problem } from "../problem.ts";
import type { Facts, ModuleFacts } from "../facts/types.ts";
import type { Coming } from "./types.ts";

/**
 * What a shallow clone hides: no release is found, and there is one, or nobody was asked
 * whether there is. Empty where the history here is enough to count from.
 */
export function historyEnds(facts: Pick<Facts, "Repo" | "Remote">, module: ModuleFacts): Problem[] {
  if (!facts.Repo.Shallow || module.Base) return [];
  if (module.Versions.length === 0 && facts.Remote.State === "known") return [];
  return [problem(
    "shallow",
    "The history here ends before any release is found, so nothing can be counted from.",
    { fix: "git fetch --unshallow --tags, or name the version: gorel vX.Y.Z" },
  )];
}

/** A shallow clone without a Base cannot count; naming the version needs no counting. */
export function shallow({ Facts, Module, Wish }: Coming): Problem[] {
  return Wish === "named" ? [] : historyEnds(Facts, Module);
}
