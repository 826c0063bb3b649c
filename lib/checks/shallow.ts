/** `shallow`: a history that ends too early hides the last release. */
import { type Problem, problem } from "../problem.ts";
import type { Coming } from "./types.ts";

/** A shallow clone without a Base cannot count; naming the version needs no counting. */
export function shallow({ Facts, Module, Wish }: Coming): Problem[] {
  if (!Facts.Repo.Shallow || Module.Base || Wish === "named") return [];
  if (Module.Versions.length === 0 && Facts.Remote.State !== "known") return [];
  return [problem(
    "shallow",
    "The history here ends before any release is found, so nothing can be counted from.",
    { fix: "git fetch --unshallow, or name the version: gorel vX.Y.Z" },
  )];
}
