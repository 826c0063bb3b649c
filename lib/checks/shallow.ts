/** `shallow`: a history that ends too early hides the last release. */
import { type Problem, problem } from "../problem.ts";
import type { ModuleFacts } from "../facts/types.ts";
import type { Coming } from "./types.ts";

/** What a shallow clone hides; empty where the history here is enough to count from. */
export function historyEnds({ HistoryEnds }: ModuleFacts): Problem[] {
  if (!HistoryEnds) return [];
  return [problem(
    "shallow",
    "The clone is shallow: its history ends before any release is found, so nothing can be counted.",
    { fix: "git fetch --unshallow --tags, or name the version: gorel vX.Y.Z" },
  )];
}

/** A shallow clone without a Base cannot count; naming the version needs no counting. */
export function shallow({ Module, Wish }: Coming): Problem[] {
  return Wish === "named" ? [] : historyEnds(Module);
}
