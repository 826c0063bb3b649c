/** `gorel resume [VERSION]`: goes on with an unfinished release. */
import type { Answer, Options, Progress } from "../lib/cli/answer.ts";
import { defaultWait, versionOperand } from "../lib/cli/options.ts";
import { giveUp } from "../lib/cli/permissions.ts";
import { progressOf, wordsOf } from "../lib/cli/progress.ts";
import { unlessStopped } from "../lib/cli/stopped.ts";
import { problem, Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { resume } from "../lib/apply/apply.ts";
import { planOf } from "../lib/apply/saved.ts";
import { gather } from "../lib/facts/gather.ts";
import { known } from "../lib/facts/types.ts";
import { isAncestor } from "../lib/git/log.ts";
import { openRepository, type Repository } from "../lib/git/repository.ts";
import { keptBranch, startedFrom, tagStepOf, tipCommit } from "../lib/plan/commits.ts";
import { pushStep } from "../lib/plan/steps.ts";
import type { Outcome, Plan, Step } from "../lib/plan/types.ts";
import { theJournal } from "./unfinished.ts";
import { clean, shellWord } from "../lib/text.ts";

/** Finishes what the journal says was begun. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const [onStep, heard] = [progressOf(options, services), wordsOf(options, services)];
  const onPlan = ({ Commands }: Plan) => Commands || giveUp("sh");
  const outcome = await finish(options, services, signal, onStep, onPlan, heard);
  return { Kind: "outcome", Outcome: outcome };
}

/** Goes on with the unfinished release that `options` name. One without a push gets it now. */
export async function finish(
  options: Pick<Options, "args" | "flags" | "cwd"> & { tag?: string },
  services: Services,
  signal: AbortSignal,
  onStep: (news: Progress) => void,
  onPlan: (plan: Plan) => unknown = () => {},
  heard: (line: string) => void = () => {},
): Promise<Outcome> {
  const { flags } = options;
  const repo = await openRepository(services, options.cwd);
  if ("Code" in repo) throw new Refused([repo]);
  const named = options.args[0];
  const record = theJournal(
    repo,
    options.tag !== undefined ? { TagName: options.tag } : {
      ...(flags.module !== undefined && { Module: flags.module }),
      ...(named !== undefined && versionOperand(named)),
    },
  );
  const wait = flags.wait ?? defaultWait;
  const saved = planOf(record);
  const pushed = saved.Steps.some((s) => s.Do === "push");
  const plan = pushed || flags.offline
    ? saved
    : await unlessStopped(withPush(saved, repo, services, options, wait), signal);
  onPlan(plan);
  return await resume(
    repo,
    record,
    wait === 0 ? { ...plan, Steps: plan.Steps.filter(asksNoProxy) } : plan,
    {
      signal,
      terminal: services.terminal.interactive,
      hooks: flags.hooks,
      wait,
      ...(flags.agree !== undefined && { agree: flags.agree }),
      out: [],
      onStep,
      heard,
    },
  );
}

function asksNoProxy(step: Step): boolean {
  return step.Do !== "ask-proxy" && step.Do !== "verify";
}

/** A release that was begun with `--no-push` learns now where it goes. */
async function withPush(
  plan: Plan,
  repo: Repository,
  services: Services,
  options: Pick<Options, "flags">,
  wait: number,
): Promise<Plan> {
  const release = plan.Releases[0]!;
  const from = startedFrom(plan);
  const facts = await gather(services, {
    Dir: repo.Root,
    // Its module may have another path by now.
    ...(from === undefined ? { All: true, NoHistory: true } : { Module: release.Module }),
    ...(options.flags.remote !== undefined && { Remote: options.flags.remote }),
    ...(from !== undefined && { From: from }),
    NoProxy: "not needed",
    Branch: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const remote = known(facts.Remote);
  if (!remote) {
    const why = facts.Remote.State === "failed" ? facts.Remote.Problem : undefined;
    throw new Refused([why ?? problem("no-remote", "There is no remote to push to.")]);
  }
  const commit = tipCommit(plan);
  const tags = plan.Releases.map((release) => {
    const To = tagStepOf(plan, release)?.Id ?? facts.Repo.Tags.get(release.TagName)?.Oid;
    if (To !== undefined) return { Name: release.TagName, To };
    throw new Refused([problem("moved", `The tag ${clean(release.TagName)} is gone.`, {
      fix: "gorel undo, then begin again",
    })]);
  });
  const here = facts.Repo.Branch === plan.Base.Branch;
  if (commit && !here) {
    throw new Refused([problem(
      "moved",
      `The release was begun on ${clean(plan.Base.Branch!)}, which was left.`,
      { fix: `git switch ${shellWord(plan.Base.Branch!)}` },
    )]);
  }
  const upstream = here ? facts.Repo.Upstream : undefined;
  const holds = upstream?.Oid !== undefined &&
    await isAncestor(repo, plan.Base.Commit, upstream.Oid) === true;
  const keep = keptBranch(plan);
  const push = pushStep(
    remote.Name,
    upstream,
    tags,
    commit ? commit.Id : holds ? null : plan.Base.Commit,
    keep && { Name: keep.Name, Commit: keep.To },
  );
  const steps: Step[] = [...plan.Steps, { Id: "line", Do: "line" }, push];
  if (wait > 0) steps.push({ Id: "ask-proxy", Do: "ask-proxy" }, { Id: "verify", Do: "verify" });
  return { ...plan, Steps: steps };
}
