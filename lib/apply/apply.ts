/**
 * Carries a plan out, step by step with a journal. Before the push everything
 * can be undone; killed at any moment, `resume` finishes exactly one release.
 */
import { Failed, type Problem, problem, Refused } from "../problem.ts";
import { Journal, type JournalRecord, readJournals } from "../journal/journal.ts";
import type { Repository } from "../git/repository.ts";
import type { VerifyStep } from "../verify/ladder.ts";
import type { Outcome, OutcomeStep, Plan, PushStep, Step } from "../plan/types.ts";
import { bring, keep } from "./files.ts";
import { Lock } from "./lock.ts";
import { moved } from "./moved.ts";
import { checkMade, type Made, madeBefore, makeObjects } from "./objects.ts";
import { prove } from "./prove.ts";
import { pushRefs } from "./push.ts";
import { receipt } from "./receipt.ts";
import { move, movesOf, shortName, standing } from "./refs.ts";
import { shielded } from "./shield.ts";
import { again, unfinished } from "./saved.ts";

/** A step that began or ended. */
export type StepNews = Omit<OutcomeStep, "State"> & {
  State: OutcomeStep["State"] | VerifyStep["State"] | "begun";
  /** Of a rung that waits: milliseconds until it is tried again. */
  Next?: number;
};

export interface ApplyOptions {
  signal: AbortSignal;
  /** True when a person sits there: passphrases may be asked for. */
  terminal: boolean;
  hooks: boolean;
  /** Milliseconds to wait for the proxy. */
  wait: number;
  /** Tags of begun releases that were found on the remote. */
  out: readonly string[];
  onStep: (news: StepNews) => void;
}

/**
 * Carries out a new plan. Refused (nothing written) when another gorel is at
 * work, a release is unfinished, or the plan's ground has moved.
 */
export async function apply(
  repo: Repository,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const begun = unfinished(repo.CommonDir, options.out);
  if (begun) throw new Refused([begun]);
  const gone = await moved(repo, plan);
  if (gone) throw new Refused([gone]);
  const release = plan.Releases[0]!;
  const same = readJournals(repo.CommonDir).find((r) => r.Header.TagName === release.TagName);
  if (same) Journal.continue(same).end();
  const journal = Journal.begin(repo.CommonDir, {
    Format: 1,
    Module: release.Module,
    Version: release.Version,
    TagName: release.TagName,
    Plan: plan,
  });
  return await goOn(repo, plan, journal, options);
}

/** Goes on with a release that was begun. `plan` may have more steps than the journal's. */
export async function resume(
  repo: Repository,
  record: JournalRecord,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  return await goOn(repo, plan, Journal.continue(again(repo, record)), options);
}

async function goOn(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  options: ApplyOptions,
): Promise<Outcome> {
  const run = new Run(shielded(repo), repo, plan, journal, options);
  try {
    return await run.all();
  } catch (error) {
    if (error instanceof Failed) return options.signal.aborted ? run.stopped() : run.failed(error);
    throw error;
  }
}

/** One run over a plan's steps. */
class Run {
  readonly #steps: OutcomeStep[];
  #made: Made = new Map();

  constructor(
    readonly repo: Repository,
    /** The same with processes that Ctrl-C ends: waiting for the proxy is no step to finish. */
    readonly looking: Repository,
    readonly plan: Plan,
    readonly journal: Journal,
    readonly options: ApplyOptions,
  ) {
    this.#steps = plan.Steps.map((s) => ({ Id: s.Id, Do: s.Do, State: "waiting" }));
  }

  async all(): Promise<Outcome> {
    await this.#local();
    const push = this.plan.Steps.find((s): s is PushStep => s.Do === "push");
    if (this.options.signal.aborted) return this.stopped();
    if (!push) return this.#outcome("local", [], `gorel resume ${this.#named}`);
    this.#done("line", { Detail: "from here on nothing can be taken back" });
    const refused = await this.#push(push);
    if (refused) {
      const stopped = this.options.signal.aborted && refused.Code === "remote-unreachable";
      if (stopped) return this.stopped();
      return this.#outcome("failed", [refused], `gorel resume ${this.#named}`);
    }
    if (!this.plan.Steps.some((s) => s.Do === "verify")) {
      this.journal.end();
      return this.#outcome("pushed", [], `gorel verify ${this.#named}`);
    }
    return await this.#prove(push);
  }

  /** An error of a step that had begun: what is done stays, and the journal knows it. */
  failed(error: Failed): Outcome {
    const running = this.#steps.find((s) => s.State === "waiting");
    if (running) {
      running.State = "failed";
      running.Detail = error.message;
      this.options.onStep({ ...running });
    }
    const problems = error.problems.length > 0
      ? [...error.problems]
      : [problem("failed", error.message)];
    return this.#outcome("failed", problems, `gorel resume ${this.#named}, or gorel undo`);
  }

  /** Everything that undo takes back: objects, refs in one transaction, files and index. */
  async #local(): Promise<void> {
    const { repo, plan, journal } = this;
    const local = plan.Steps.filter(isLocal);
    if (local.length === 0) return;
    const refsDone = journal.isDone("refs");
    this.#made = await madeBefore(repo, journal.record);
    if (!refsDone) {
      for (const step of local) this.options.onStep({ Id: step.Id, Do: step.Do, State: "begun" });
      await makeObjects(repo, plan, journal, this.#made, this.options.terminal);
      keep(repo, plan, journal);
      if (this.options.signal.aborted) return;
      await checkMade(repo, plan, this.#made);
      const moves = movesOf(plan, this.#made);
      const now = await standing(repo, moves);
      if (now === "mixed") {
        throw new Failed("Branch or tag was moved by somebody else since the release was begun.");
      }
      if (now === "before") {
        const wrong = await move(repo, moves, plan.Releases[0]!.TagName);
        if (wrong) throw new Failed(wrong.Text, [wrong]);
      }
      this.#record("refs", `moved ${moves.map((m) => shortName(m.Ref)).join(" and ")}`);
    }
    if (!journal.isDone("files")) {
      await bring(repo, plan, journal);
      this.#record("files", "branch, tag and files are here");
    }
    for (const step of local) this.#done(step.Id, { Detail: this.#detail(step) });
  }

  #detail(step: Step): string {
    if (step.Do === "write") return step.File;
    if (step.Do === "commit") {
      return this.#short(step.Id) + (step.Parents.length > 1 ? ", the merge" : "");
    }
    if (step.Do === "branch") return `${step.Name} → ${this.#short(step.To)}`;
    if (step.Do === "tag") return `${step.Name} → ${this.#short(step.Of)}`;
    return "";
  }

  #short(id: string): string {
    return (this.#made.get(id) ?? id).slice(0, 7);
  }

  async #push(step: PushStep): Promise<Problem | null> {
    if (this.journal.isDone("push")) {
      this.#done(step.Id);
      return null;
    }
    this.options.onStep({ Id: step.Id, Do: "push", State: "begun" });
    const began = this.repo.services.clock.now();
    const refs = step.Refs.map((r) => ({ ...r, To: this.#made.get(r.To) ?? r.To }));
    const tried = this.journal.last("push") !== undefined;
    this.journal.write({ Step: "push", State: "begun", At: began });
    const { Problem: refused, Words } = await pushRefs(this.repo, step.Remote, refs, {
      hooks: this.options.hooks,
      terminal: this.options.terminal,
      tried,
    });
    const ms = this.repo.services.clock.now() - began;
    if (refused) {
      // Only the remote's own word rules out that the push came through.
      if (refused.Code === "push-refused") this.#record("push", refused.Text, "failed");
      this.#end(step.Id, { State: "failed", Detail: refused.Text, Ms: ms });
      return refused;
    }
    const names = refs.map((r) => shortName(r.Name)).join(" and ");
    this.#record("push", `pushed ${names}`);
    this.#done(step.Id, { Detail: Words ?? `${names} to ${step.Remote}`, Ms: ms });
    return null;
  }

  async #prove(push: PushStep): Promise<Outcome> {
    const release = this.plan.Releases[0]!;
    const tag = this.plan.Steps.find((s) => s.Do === "tag");
    const of = tag ? this.#made.get(tag.Of) ?? tag.Of : this.plan.Base.Commit;
    const oid = tag ? this.#made.get(tag.Id) : undefined;
    const began = this.repo.services.clock.now();
    const next = `gorel resume ${this.#named}`;
    const result = await prove(this.looking, release, this.looking.services, {
      Remote: push.Remote,
      Wait: this.options.wait,
      Next: next,
      Commit: of,
      ...(oid !== undefined && { TagOid: oid }),
      Signal: this.options.signal,
      OnStep: (step) => this.options.onStep({ ...step }),
    });
    const info = result.Steps.find((s) => s.Do === "info");
    this.#end("ask-proxy", {
      State: ofRung[info?.State ?? "skipped"],
      ...(info?.Detail !== undefined && { Detail: info.Detail }),
      ...(info?.Ms !== undefined && { Ms: info.Ms }),
    });
    this.#end("verify", {
      State: ofProof[result.State],
      Detail: result.Proven.at(-1) ?? "",
      Ms: this.repo.services.clock.now() - began,
    });
    if (result.State === "published") {
      this.journal.end();
      return this.#outcome("published", result.Problems);
    }
    return this.#outcome(result.State === "failed" ? "failed" : "pushed", result.Problems, next);
  }

  /** What commands call the release: its version, with its module where there can be several. */
  get #named(): string {
    const { Dir, Module, Version } = this.plan.Releases[0]!;
    return Dir === "" ? Version : `${Module}@${Version}`;
  }

  #record(step: string, did: string, state: "done" | "failed" = "done"): void {
    this.journal.write({ Step: step, State: state, Did: did, At: this.repo.services.clock.now() });
  }

  #done(id: string, more: Partial<OutcomeStep> = {}): void {
    this.#end(id, { State: "done", ...more });
  }

  #end(id: string, news: Partial<OutcomeStep>): void {
    const step = this.#steps.find((s) => s.Id === id);
    if (!step) return;
    Object.assign(step, news);
    this.options.onStep({ ...step });
  }

  /** Stopped by a signal: what is done stays, and the journal knows it. */
  stopped(): Outcome {
    return this.#outcome("stopped", [], `gorel resume ${this.#named}, or gorel undo`);
  }

  #outcome(state: Outcome["State"], problems: readonly Problem[], next?: string): Outcome {
    const commit = this.plan.Steps.find((s) => s.Do === "commit");
    const oid = commit ? this.#made.get(commit.Id) : this.plan.Base.Commit;
    return {
      State: state,
      Releases: receipt(this.plan),
      ...(oid !== undefined && { Commit: oid }),
      Steps: this.#steps,
      Problems: [...this.plan.Problems, ...problems],
      ...(next !== undefined && { Next: next }),
    };
  }
}

/** What a rung of the ladder, and the whole of it, is as a step of the plan. */
const ofRung: Readonly<Record<VerifyStep["State"], OutcomeStep["State"]>> = {
  ok: "done",
  failed: "failed",
  waiting: "waiting",
  skipped: "skipped",
  "not-asked": "not-asked",
};
const ofProof = { published: "done", pending: "waiting", failed: "failed" } as const;

function isLocal(step: Step): boolean {
  return step.Do === "write" || step.Do === "commit" || step.Do === "branch" || step.Do === "tag";
}
