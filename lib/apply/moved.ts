/** Whether the world is still what the plan was built on. */
import { type Problem, problem } from "../problem.ts";
import { readHead } from "../git/head.ts";
import { readTags } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { status } from "../git/status.ts";
import { tipCommit, writesInto } from "../plan/commits.ts";
import type { Plan } from "../plan/types.ts";

/**
 * Checks branch, HEAD, tags and the files to be written against the plan,
 * right before the first write. The remote is judged by the push itself.
 */
export async function moved(repo: Repository, plan: Plan): Promise<Problem | null> {
  const [head, tags] = await Promise.all([readHead(repo), readTags(repo)]);
  const say = (what: string) =>
    problem("moved", `${what} since this plan was made.`, { fix: "make the plan again" });
  if (head.Commit !== plan.Base.Commit) {
    return say(
      `HEAD is ${head.Commit?.slice(0, 7) ?? "gone"}, not ${plan.Base.Commit.slice(0, 7)}:` +
        " it has moved",
    );
  }
  if (plan.Base.Branch !== undefined && head.Branch !== plan.Base.Branch) {
    return say(`The branch ${plan.Base.Branch} was left`);
  }
  for (const step of plan.Steps) {
    if (step.Do === "tag" && tags.has(step.Name)) return say(`The tag ${step.Name} was made`);
  }
  const files = writesInto(plan, tipCommit(plan)).map((write) => write.File);
  if (files.length > 0) {
    const { Changed, Untracked } = await status(repo);
    const busy = files.find((f) => Changed.some((c) => c.Path === f) || Untracked.includes(f));
    if (busy !== undefined) return say(`${busy} was changed`);
  }
  return null;
}
