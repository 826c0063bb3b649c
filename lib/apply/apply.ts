/**
 * Carries a plan out, step by step with a journal. Before the push everything
 * can be undone; killed at any moment, `resume` finishes exactly one release.
 */
import { type Code, Refused } from "../problem.ts";
import { Journal, type JournalRecord, readJournals } from "../journal/journal.ts";
import type { Repository } from "../git/repository.ts";
import type { Outcome, OutcomeStep, Plan, PushStep, Step } from "../plan/types.ts";
import { Account, type StepNews } from "./account.ts";
import { type BeforeOptions, proveBefore } from "./before.ts";
import { Declined } from "./declined.ts";
import { faultOf } from "./fault.ts";
import { carryLocal } from "./local.ts";
import { Lock } from "./lock.ts";
import { moved } from "./moved.ts";
import type { Made } from "./objects.ts";
import { provePublished } from "./published.ts";
import { pushRefs } from "./push.ts";
import { removeOwnLock } from "./index-lock.ts";
import { listed, shortName } from "./refs.ts";
import { hookless, shielded } from "./shield.ts";
import { again, begin, quiet, unfinished } from "./saved.ts";

export interface ApplyOptions extends BeforeOptions {
  /** True when a person sits there: passphrases may be asked for. */
  terminal: boolean;
  hooks: boolean;
  /** Milliseconds to wait for the proxy. */
  wait: number;
  /** Tags of begun releases that were found on the remote. */
  out: readonly string[];
  onStep: (news: StepNews) => void;
  /** Hears what go says, and the hooks of a commit, line by line, without credentials. */
  heard?: (line: string) => void;
}

/**
 * Carries out a new plan. Refused (nothing written) when another gorel is at
 * work, a release is unfinished, the plan's ground has moved, or its proof fails.
 */
export async function apply(
  repo: Repository,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const begun = unfinished(repo.CommonDir, options.out);
  if (begun) throw new Refused([begun]);
  const ground = async () => {
    const gone = await moved(repo, plan);
    if (gone) throw new Refused([gone]);
  };
  await ground();
  const { Problems, Steps, Stopped } = await proveBefore(repo, plan, options);
  const proven = { ...plan, Problems: [...plan.Problems, ...Problems] };
  if (Stopped) {
    return new Account(proven, new Map(), options.onStep, Steps).outcome("stopped", []);
  }
  // A proof takes a while.
  if (Steps.length > 0) await ground();
  const release = plan.Releases[0]!;
  const same = readJournals(repo.CommonDir).find((r) => r.Header.TagName === release.TagName);
  if (same) Journal.continue(same).end();
  return await goOn(repo, proven, begin(repo, proven), options, true, Steps);
}

/** What was said when the release began, of the moment alone: its work tree, and who was asked. */
const passing: readonly Code[] = [
  "untracked",
  "partly-staged",
  "other-module-changed",
  "no-upstream",
  "not-asked",
];

/**
 * Goes on with a release that was begun. `plan` may have more steps than the journal's; of what
 * it warned of, the outcome repeats what is still so.
 */
export async function resume(
  repo: Repository,
  record: JournalRecord,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const now = again(repo, record);
  await quiet(now, repo.services.clock);
  try {
    const journal = Journal.continue(now);
    removeOwnLock(repo);
    const Problems = plan.Problems.filter((p) => !passing.includes(p.Code));
    return await goOn(repo, { ...plan, Problems }, journal, options, false);
  } catch (error) {
    throw error instanceof Refused ? error : faultOf(error);
  }
}

async function goOn(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  options: ApplyOptions,
  begins: boolean,
  proof: readonly OutcomeStep[] = [],
): Promise<Outcome> {
  const own = options.hooks ? repo : hookless(repo);
  const run = new Run(shielded(own), own, plan, journal, options, begins, proof);
  try {
    return await run.all();
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (options.signal.aborted) return run.account.stopped();
    const fault = faultOf(error);
    const nothing = begins && fault instanceof Declined;
    if (nothing) journal.end();
    return run.account.failed(fault, nothing);
  }
}

/** One run over a plan's steps. */
class Run {
  readonly account: Account;
  readonly #made: Made = new Map();

  constructor(
    readonly repo: Repository,
    /** The same with processes that Ctrl-C ends: waiting for the proxy is no step to finish. */
    readonly looking: Repository,
    readonly plan: Plan,
    readonly journal: Journal,
    readonly options: ApplyOptions,
    /** Nothing of the release was there before this run. */
    readonly begins: boolean,
    proof: readonly OutcomeStep[],
  ) {
    this.account = new Account(plan, this.#made, options.onStep, proof);
  }

  async all(): Promise<Outcome> {
    const { account, journal, options, plan } = this;
    await this.#local();
    const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
    if (options.signal.aborted) return account.stopped();
    if (!push) return account.outcome("local", [], `gorel resume ${account.named}`);
    account.done("line", { Detail: "from here on nothing can be taken back" });
    const refused = await this.#push(push);
    if (refused) return refused;
    if (!plan.Steps.some((s) => s.Do === "verify")) {
      journal.end();
      return account.outcome("pushed", [], `gorel verify ${account.named}`);
    }
    return await this.#prove(push);
  }

  /** Everything that undo takes back. */
  async #local(): Promise<void> {
    const { repo, plan, journal, options, begins } = this;
    const steps = plan.Steps.filter(isLocal);
    if (steps.length === 0) return;
    const finished = await carryLocal({
      Repo: repo,
      Plan: plan,
      Journal: journal,
      Made: this.#made,
      Begins: begins,
      Terminal: options.terminal,
      Hooks: options.hooks,
      Heard: options.heard ?? (() => {}),
      Stopped: () => options.signal.aborted,
      OnObjects: () => {
        for (const { Id, Do } of steps) options.onStep({ Id, Do, State: "begun" });
      },
    });
    if (finished) this.account.localDone(steps);
  }

  /** How the release ended when it was not pushed; null when it was. */
  async #push(step: PushStep): Promise<Outcome | null> {
    const { account, journal, options, repo } = this;
    if (journal.isDone("push")) {
      account.done(step.Id);
      return null;
    }
    options.onStep({ Id: step.Id, Do: "push", State: "begun" });
    const began = repo.services.clock.now();
    const refs = step.Refs.map((r) => ({ ...r, To: this.#made.get(r.To) ?? r.To }));
    const last = journal.last("push")?.State;
    journal.write({ Step: "push", State: "begun", At: began });
    const pushed = await pushRefs(repo, step.Remote, refs, {
      hooks: options.hooks,
      terminal: options.terminal,
      tried: last === undefined ? "no" : last === "failed" ? "refused" : "unsure",
    });
    const { Problem: refused, Words } = pushed;
    const ms = repo.services.clock.now() - began;
    if (refused) {
      if (pushed.Settled) this.#record("push", refused.Text, "failed");
      account.end(step.Id, { State: "failed", Detail: refused.Text, Ms: ms });
      const stopped = options.signal.aborted && refused.Code === "remote-unreachable";
      if (stopped) return account.stopped();
      return account.outcome(
        "failed",
        [refused],
        pushed.InVain ? "gorel undo" : `gorel resume ${account.named}, or gorel undo`,
      );
    }
    const names = listed(refs.map((r) => shortName(r.Name)));
    this.#record("push", `pushed ${names}`);
    account.done(step.Id, { Detail: Words ?? `${names} to ${step.Remote}`, Ms: ms });
    return null;
  }

  async #prove(push: PushStep): Promise<Outcome> {
    const { account, options, plan } = this;
    const next = `gorel resume ${account.named}`;
    const result = await provePublished(this.looking, plan, this.#made, {
      Remote: push.Remote,
      Wait: options.wait,
      Next: next,
      Signal: options.signal,
      OnStep: (step) => options.onStep({ ...step }),
    });
    account.end("ask-proxy", result.Asked);
    account.end("verify", result.Verified);
    if (result.State === "published") {
      this.journal.end();
      return account.outcome("published", result.Problems);
    }
    return account.outcome(result.State === "failed" ? "failed" : "pushed", result.Problems, next);
  }

  #record(step: string, did: string, state: "done" | "failed" = "done"): void {
    this.journal.write({ Step: step, State: state, Did: did, At: this.repo.services.clock.now() });
  }
}

function isLocal(step: Step): boolean {
  return step.Do === "write" || step.Do === "commit" || step.Do === "branch" || step.Do === "tag";
}
