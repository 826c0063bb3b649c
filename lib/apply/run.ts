/** One run over the steps of a release that has begun, with its commands between them. */
import type { Journal } from "../journal/journal.ts";
import type { Repository } from "../git/repository.ts";
import { type CommandRun, commandsAt, localSteps } from "../plan/commands.ts";
import { releaseCommit, tipCommit } from "../plan/commits.ts";
import type { Outcome, OutcomeStep, Plan, PushStep, Step } from "../plan/types.ts";
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";
import { Account, type StepNews } from "./account.ts";
import { runByHand, runCommand } from "./commands.ts";
import { carryLocal, takenAway } from "./local.ts";
import { notReleased } from "./looked.ts";
import type { Made } from "./objects.ts";
import { provePublished } from "./published.ts";
import { pushRefs } from "./push.ts";
import { listed, shortName } from "./refs.ts";

export interface RunOptions {
  signal: AbortSignal;
  /** True when a person sits there: passphrases may be asked for. */
  terminal: boolean;
  hooks: boolean;
  /** Milliseconds to wait for the proxy. */
  wait: number;
  onStep: (news: StepNews) => void;
  /** Hears what go says, the hooks of a commit and the commands, line by line, without credentials. */
  heard?: (line: string) => void;
}

export class Run {
  readonly account: Account;
  readonly #made: Made = new Map();
  /** What commands behind the push came to: the release goes on. */
  readonly #behind: Problem[] = [];
  /** A command was started. */
  #ran = false;

  constructor(
    readonly repo: Repository,
    /** The same with processes that Ctrl-C ends: waiting for the proxy is no step to finish. */
    readonly looking: Repository,
    readonly plan: Plan,
    readonly journal: Journal,
    readonly options: RunOptions,
    /** Nothing of the release was there before this run. */
    readonly begins: boolean,
    proof: readonly OutcomeStep[],
  ) {
    this.account = new Account(plan, this.#made, options.onStep, proof);
  }

  async all(): Promise<Outcome> {
    const { account, journal, options, plan } = this;
    await this.#local();
    if (options.signal.aborted) return account.stopped();
    const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
    const ended = await this.#commands("after", localSteps) ??
      (push ? await this.#commands("before", ["push"]) : null) ??
      await this.#meddled();
    if (ended) return ended;
    if (!push) return account.outcome("local", [], this.#resume);
    account.done("line", { Detail: "from here on nothing can be taken back" });
    const refused = await this.#push(push) ?? await this.#commands("after", ["push"]);
    if (refused) return refused;
    if (!plan.Steps.some((s) => s.Do === "verify")) {
      journal.end();
      return account.outcome("pushed", this.#behind, `gorel verify ${account.named}`);
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

  /** How the release ended when a command took away what is to be sent: it would be sent all the same. */
  async #meddled(): Promise<Outcome | null> {
    if (!this.#ran || this.#isOut) return null;
    const wrong = await takenAway(this.repo, this.plan, this.#made);
    return wrong && this.account.outcome("failed", [wrong], this.account.waysOut);
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
        pushed.InVain ? "gorel undo" : account.waysOut,
      );
    }
    const names = listed(refs.map((r) => shortName(r.Name)));
    this.#record("push", `pushed ${names}`);
    account.done(step.Id, { Detail: Words ?? `${names} to ${step.Remote}`, Ms: ms });
    return null;
  }

  async #prove(push: PushStep): Promise<Outcome> {
    const { account, options, plan } = this;
    const stopped = await this.#commands("before", ["ask-proxy"]);
    if (stopped) return stopped;
    const between = commandsAt(plan, "after", ["ask-proxy"]).length +
      commandsAt(plan, "before", ["verify"]).length;
    const result = await provePublished(this.looking, plan, this.#made, {
      Remote: push.Remote,
      Wait: options.wait,
      Next: this.#resume,
      Signal: options.signal,
      OnStep: (step) => options.onStep({ ...step }),
      ...(between > 0 && {
        Between: async () => {
          await this.#commands("after", ["ask-proxy"]) ??
            await this.#commands("before", ["verify"]);
        },
      }),
    });
    account.end("ask-proxy", result.Asked);
    account.end("verify", result.Verified);
    if (result.State === "published") {
      const left = await this.#commands("after", ["verify"]);
      if (left) return left;
      this.journal.end();
      return account.outcome("published", [...result.Problems, ...this.#behind]);
    }
    const state = result.State === "failed" ? "failed" : "pushed";
    return account.outcome(state, [...result.Problems, ...this.#behind], this.#resume);
  }

  /**
   * Runs the commands of one place that the journal does not say to be done. How the release ended
   * when one of them stops it; behind the push only a signal does, and what failed is not repeated.
   */
  async #commands(
    when: CommandRun["When"],
    steps: readonly CommandRun["Step"][],
  ): Promise<Outcome | null> {
    for (const command of commandsAt(this.plan, when, steps)) {
      const { account, journal, options } = this;
      const last = journal.last(command.Id);
      if (journal.isDone(command.Id)) {
        account.done(command.Id);
        continue;
      }
      if (this.#isOut && last?.State === "failed") {
        this.#behind.push(problem("command-failed-behind", clean(last.Did ?? ""), {
          fix: runByHand,
        }));
        account.end(command.Id, { State: "failed" });
        continue;
      }
      const other = this.begins || this.#ran || this.#isOut ? null : await this.#otherFiles();
      if (other) return account.outcome("failed", [other], account.waysOut);
      journal.write({ Step: command.Id, State: "begun", At: this.repo.services.clock.now() });
      this.#ran = true;
      const { Row, Problem, Stopped } = await runCommand(this.repo, this.plan, command, {
        ...this.#tagged,
        signal: options.signal,
        onStep: options.onStep,
        ...(options.heard && { heard: options.heard }),
      });
      account.end(command.Id, Row);
      if (Stopped) {
        return this.#isOut
          ? account.outcome("stopped", this.#behind, this.#resume)
          : account.stopped();
      }
      if (!Problem) this.#record(command.Id, `ran command ${when} ${command.Step}`);
      else {
        this.#record(command.Id, Problem.Text, "failed");
        if (!this.#isOut) return account.outcome("failed", [Problem], account.waysOut);
        this.#behind.push(Problem);
      }
    }
    return null;
  }

  /** Why a command that runs when a release is gone on with would judge something else. */
  async #otherFiles(): Promise<Problem | null> {
    const tip = tipCommit(this.plan);
    const oid = tip ? this.#made.get(tip.Id) : this.plan.Base.Commit;
    return oid === undefined ? null : await notReleased(this.repo, this.plan, oid);
  }

  get #isOut(): boolean {
    return this.journal.isDone("push");
  }

  get #resume(): string {
    return `gorel resume ${this.account.named}`;
  }

  /** The commit that is tagged. */
  get #tagged(): { Commit?: string } {
    const commit = releaseCommit(this.plan);
    const Commit = commit ? this.#made.get(commit.Id) : this.plan.Base.Commit;
    return Commit === undefined ? {} : { Commit };
  }

  #record(step: string, did: string, state: "done" | "failed" = "done"): void {
    this.journal.write({ Step: step, State: state, Did: did, At: this.repo.services.clock.now() });
  }
}

function isLocal(step: Step): boolean {
  return step.Do === "write" || step.Do === "commit" || step.Do === "branch" || step.Do === "tag";
}
