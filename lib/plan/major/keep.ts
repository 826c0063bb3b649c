/** The branch that is made for the old major, so that it can go on (`--keep-branch`). */
import type { Layout } from "../../choices.ts";
import { type Facts, known, type ModuleFacts } from "../../facts/types.ts";
import { commitOf } from "../../facts/versions.ts";
import { gitText } from "../../git/repository.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean } from "../../text.ts";

/** A branch that is to be made, and where. */
export interface Kept {
  Name: string;
  Commit: string;
}

/**
 * The maintenance branch of the old major: at its last release. `branch-exists` where a branch
 * of that name, or one that git cannot have beside it, is here or on the remote; `major-layout`
 * where there is nothing to be kept.
 */
export async function keepBranch(
  { Repo, Remote }: Pick<Facts, "Repo" | "Remote">,
  module: ModuleFacts,
  layout: Layout,
  name: string,
): Promise<Kept | Problem> {
  const commit = module.Base && commitOf(module.Base);
  const fix = "leave --keep-branch out";
  if (layout === "folder") {
    return problem(
      "major-layout",
      `${clean(module.Path)} lives on where it is when the new major is in a folder: it needs no ` +
        "branch of its own.",
      { fix },
    );
  }
  if (commit === undefined) {
    const text =
      `No release of ${clean(module.Path)} is in the history of HEAD, so there is none ` +
      `that the branch ${clean(name)} could be made at.`;
    return problem("major-layout", text, { fix });
  }
  const remote = known(Remote);
  const heads = await gitText(Repo.Git, ["for-each-ref", "--format=%(refname)", "refs/heads/"]);
  const here = inTheWay(name, heads.split("\n"));
  const there = inTheWay(name, remote?.Refs.keys() ?? []);
  const other = here ?? there;
  if (other === undefined) return { Name: name, Commit: commit };
  const where = here === undefined ? `on ${clean(remote!.Name)}` : "here";
  const text = other === name
    ? `The branch ${clean(name)} is there already (${where}), and what is on it stays.`
    : `The branch ${clean(other)} (${where}) is in the way of ${
      clean(name)
    }: git cannot hold both.`;
  return problem("branch-exists", text, { fix: "--keep-branch with another name" });
}

/** The branch of these refs that is called so, or that lies above or below it. */
function inTheWay(name: string, refs: Iterable<string>): string | undefined {
  for (const ref of refs) {
    if (!ref.startsWith("refs/heads/")) continue;
    const other = ref.slice("refs/heads/".length);
    if (other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`)) {
      return other;
    }
  }
}
