/** Whether the world is still what the plan was built on. */
import { type Problem, problem } from "../problem.ts";
import { describe } from "../git/catfile.ts";
import { readHead } from "../git/head.ts";
import { readTags, type Tag } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { changesOf, keptBranch } from "../plan/commits.ts";
import type { Plan, TagStep } from "../plan/types.ts";
import { clean, shellWord } from "../text.ts";
import { listed } from "./refs.ts";
import { strayed } from "./strayed.ts";
import { together } from "../git/together.ts";

/**
 * Checks branch, HEAD, tags and the files to be written against the plan,
 * right before the first write. The remote is judged by the push itself.
 */
export async function moved(repo: Repository, plan: Plan): Promise<Problem | null> {
  const [head, tags] = await together([readHead(repo), readTags(repo)]);
  const say = (what: string) =>
    problem("moved", `${what} since this plan was made.`, { fix: "make the plan again" });
  if (head.Commit !== plan.Base.Commit) {
    return say(
      `HEAD is ${head.Commit?.slice(0, 7) ?? "gone"}, not ${plan.Base.Commit.slice(0, 7)}:` +
        " it has moved",
    );
  }
  const { Branch } = plan.Base;
  // A CI system checks out commits: what only names one does not need the branch.
  const elsewhere = head.Branch !== undefined || movesBranch(plan);
  if (Branch !== undefined && head.Branch !== Branch && elsewhere) {
    return say(`The branch ${Branch} was left`);
  }
  for (const step of plan.Steps) {
    if (step.Do === "tag" && tags.has(step.Name)) return say(`The tag ${step.Name} was made`);
  }
  const keep = keptBranch(plan);
  if (keep && (await describe(repo, [`refs/heads/${keep.Name}`]))[0]) {
    return say(`The branch ${keep.Name} was made`);
  }
  const busy = await strayed(repo, plan.Base.Commit, changesOf(plan));
  return busy === null ? null : say(`${busy} was changed`);
}

/** `moved` where every tag of the plan is there, at what it names or would make; null where not. */
export async function carriedOut(
  repo: Repository,
  plan: Plan,
  tags: ReadonlyMap<string, Tag>,
): Promise<Problem | null> {
  const steps = plan.Steps.filter((step) => step.Do === "tag");
  const same = async ({ Name, Of }: TagStep) => {
    const is = tags.get(Name)?.Commit;
    const commit = plan.Steps.find((step) => step.Do === "commit" && step.Id === Of);
    if (is === undefined || commit?.Do !== "commit") return is === Of;
    const [tree, parent] = await describe(repo, [`${is}^{tree}`, `${is}^1`]);
    return tree?.Oid === commit.Tree && parent?.Oid === commit.Parents[0];
  };
  if (steps.length === 0 || (await together(steps.map(same))).includes(false)) return null;
  const names = listed(steps.map(({ Name }) => Name));
  const are = steps.length === 1 ? "is" : "are";
  return problem("moved", `This very plan was carried out: ${names} ${are} what it makes.`, {
    fix: "gorel status shows where it stands",
  });
}

function movesBranch({ Steps }: Plan): boolean {
  return Steps.some((step) =>
    step.Do === "branch" ||
    (step.Do === "push" && step.Refs.some(({ Name }) => Name.startsWith("refs/heads/")))
  );
}

/** Why the plan's files would be written into the files of another branch, if so. */
export async function branchLeft(repo: Repository, plan: Plan): Promise<Problem | null> {
  const { Branch } = plan.Base;
  if (Branch === undefined || !plan.Steps.some((step) => step.Do === "write")) return null;
  const head = await readHead(repo);
  return head.Branch === Branch
    ? null
    : problem("moved", `The release was begun on ${clean(Branch)}, which was left.`, {
      fix: `git switch ${shellWord(Branch)}`,
    });
}
