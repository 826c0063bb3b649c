/** `gorel resume [VERSION]`: goes on with an unfinished release. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { defaultWait, versionOperand } from "../lib/cli/options.ts";
import { progressOf } from "../lib/cli/progress.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { resume } from "../lib/apply/apply.ts";
import { madeBefore } from "../lib/apply/objects.ts";
import { parsePlan } from "../lib/apply/parse.ts";
import { gather } from "../lib/facts/gather.ts";
import { openRepository, type Repository } from "../lib/git/repository.ts";
import { Journal, type JournalRecord } from "../lib/journal/journal.ts";
import { pushStep } from "../lib/plan/steps.ts";
import type { Plan, Step } from "../lib/plan/types.ts";
import { theJournal } from "./unfinished.ts";

/** Finishes what the journal says was begun. A release without a push gets it now. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { flags } = options;
  const repo = await openRepository(services, options.cwd);
  if ("Code" in repo) throw new Refused([repo]);
  const named = options.args[0];
  const record = theJournal(repo, named === undefined ? undefined : versionOperand(named).Version);
  const wait = flags.wait ?? defaultWait;
  const saved = parsePlan(record.Header.Plan);
  const pushed = saved.Steps.some((s) => s.Do === "push");
  const plan = pushed || flags.offline
    ? saved
    : await withPush(saved, repo, record, services, options, wait);
  const outcome = await resume(
    repo,
    record,
    wait === 0 ? { ...plan, Steps: plan.Steps.filter(asksNoProxy) } : plan,
    {
      signal,
      terminal: services.terminal.interactive,
      hooks: flags.hooks,
      wait,
      onStep: progressOf(options, services),
    },
  );
  return { Kind: "outcome", Outcome: outcome };
}

function asksNoProxy(step: Step): boolean {
  return step.Do !== "ask-proxy" && step.Do !== "verify";
}

/** A release that was begun with `--no-push` learns now where it goes. */
async function withPush(
  plan: Plan,
  repo: Repository,
  record: JournalRecord,
  services: Services,
  options: Options,
  wait: number,
): Promise<Plan> {
  const release = plan.Releases[0]!;
  const facts = await gather(services, {
    Dir: repo.Root,
    Module: release.Module,
    ...(options.flags.remote !== undefined && { Remote: options.flags.remote }),
    NoProxy: "not needed",
    Branch: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  if (facts.Remote.State === "failed" && facts.Remote.Problem) {
    throw new Refused([facts.Remote.Problem]);
  }
  const made = await madeBefore(repo, Journal.continue(record));
  const tag = plan.Steps.find((s) => s.Do === "tag");
  const commit = plan.Steps.find((s) => s.Do === "commit");
  const branch = facts.Repo.Branch === plan.Base.Branch;
  const push = pushStep(
    branch ? facts : { ...facts, Repo: withoutUpstream(facts.Repo) },
    release.TagName,
    tag ? tag.Id : facts.Repo.Tags.get(release.TagName)!.Oid,
    commit && branch ? commit.Id : null,
  );
  if (!push || made.size === 0 && tag) return plan;
  const steps: Step[] = [...plan.Steps, { Id: "line", Do: "line" }, push];
  if (wait > 0) steps.push({ Id: "ask-proxy", Do: "ask-proxy" }, { Id: "verify", Do: "verify" });
  return { ...plan, Steps: steps };
}

function withoutUpstream<R extends { Upstream?: unknown }>(repo: R): Omit<R, "Upstream"> {
  const { Upstream: _, ...rest } = repo;
  return rest;
}
