/** `dirty`, `untracked`, `other-module-changed`, `partly-staged`: what lies in the work tree and will not be in the release. */
import { type Problem, problem } from "../problem.ts";
import { fromHere, isSavedPlan, nestedIn, owns } from "../facts/modules.ts";
import type { Facts } from "../facts/types.ts";
import { count, shellWord, some } from "../text.ts";
import type { Coming } from "./types.ts";

/**
 * Uncommitted changes that are not included: in the module they stop, elsewhere they only warn.
 * `taken` are files that go into the release besides those.
 */
export function worktree(
  { Facts, Module, Train = [] }: Pick<Coming, "Facts" | "Module" | "Train">,
  taken: readonly string[] = [],
): Problem[] {
  const { Changed, Untracked, Included, From } = Facts.Repo;
  const { Dir } = Module;
  const here = From ? { Dir, Nested: nestedIn(Dir, From.HeadModules) } : Module;
  const goes = new Set([...taken, ...Included?.Files.map((file) => file.Path) ?? []]);
  const left = Changed.filter((p) => !goes.has(p));
  const own = left.filter((p) => owns(here, p));
  const others = left.filter((p) => !owns(here, p) && !Train.some((sibling) => owns(sibling, p)));
  const untracked = Untracked.filter((p) => owns(here, p) && !isSavedPlan(p) && !goes.has(p));
  const out: Problem[] = [];
  if (own.length > 0) {
    out.push(problem(
      "dirty",
      `${some(own)} ${own.length === 1 ? "is" : "are"} changed but not committed: ` +
        "the release would not hold the change.",
      { where: { File: own[0]! }, fix: wayOut(Facts, own) },
    ));
  }
  if (untracked.length > 0) {
    out.push(problem(
      "untracked",
      `${count(untracked.length, "untracked file")} in the module will not be in the release: ${
        some(untracked)
      }.`,
      { where: { File: untracked[0]! }, fix: "git add and commit what belongs to the module" },
    ));
  }
  if (others.length > 0) {
    out.push(problem(
      "other-module-changed",
      `${some(others)} outside of this module ${
        others.length === 1 ? "has" : "have"
      } changes that are not committed; they are not in this release.`,
      { where: { File: others[0]! } },
    ));
  }
  const partly = Included?.Files.filter((file) => file.PartlyStaged).map((file) => file.Path) ?? [];
  if (partly.length > 0) {
    out.push(problem(
      "partly-staged",
      `Of ${
        some(partly)
      } the release takes in what lies in the work tree, not only what is staged.`,
      { where: { File: partly[0]! } },
    ));
  }
  return out;
}

/** A release from another revision takes in nothing that is not committed. */
function wayOut({ Repo }: Facts, own: readonly string[]): string {
  if (own.every((path) => Repo.Submodules.includes(path))) {
    return `git submodule update -- ${own.map(shellWord).join(" ")}, or commit where it stands now`;
  }
  const fixed = Repo.From || own.some((path) => Repo.Submodules.includes(path));
  if (fixed || own.length > 8) return "commit the change, or git stash it";
  const paths = own.map((path) => `--include ${shellWord(fromHere(path, Repo.Git.Prefix))}`);
  return `commit the change, or git stash it, or release it too: ${paths.join(" ")}`;
}
