/** The account of a release while it is carried out: what its steps do, and how it ended. */
import { type Failed, type Problem, problem } from "../problem.ts";
import { isEarly, withCommands } from "../plan/commands.ts";
import { pathOf } from "../plan/commits.ts";
import type { Outcome, OutcomeStep, Plan, Step } from "../plan/types.ts";
import type { VerifyStep } from "../verify/ladder.ts";
import { rowOf } from "./commands.ts";
import { Declined } from "./declined.ts";
import type { Made } from "./objects.ts";
import { receipt } from "./receipt.ts";

/** A step that began or ended. */
export type StepNews = Omit<OutcomeStep, "State"> & {
  State: OutcomeStep["State"] | VerifyStep["State"] | "begun";
  /** Of a rung of one among several releases: its tag. */
  Of?: string;
  /** Of a rung that waits: milliseconds until it is tried again. */
  Next?: number;
};

export class Account {
  readonly #plan: Plan;
  readonly #made: Made;
  readonly #tell: (news: StepNews) => void;
  readonly #steps: OutcomeStep[];
  readonly #byId: ReadonlyMap<string, OutcomeStep>;

  /**
   * `made` is filled meanwhile; `tell` hears of each step that ends. `proof`: how the `prove` steps
   * and the commands ended that run before a release begins; without it they did so before, for no
   * release begins without.
   */
  constructor(
    plan: Plan,
    made: Made,
    tell: (news: StepNews) => void,
    proof: readonly OutcomeStep[] = [],
  ) {
    this.#plan = plan;
    this.#made = made;
    this.#tell = tell;
    this.#steps = withCommands(plan).map((step) => {
      const { Id, Do } = step;
      const ended = proof.find((one) => one.Id === Id);
      if (ended) return ended;
      if (step.Do === "command") return rowOf(step, isEarly(step) ? "done" : "waiting");
      return { Id, Do, State: Do === "prove" ? "done" : "waiting" };
    });
    this.#byId = new Map(this.#steps.map((step) => [step.Id, step]));
  }

  /** What commands call the release, or the first of several: its version, with its module where there can be others. */
  get named(): string {
    const release = this.#plan.Releases[0]!;
    return release.Dir === "" ? release.Version : `${pathOf(release)}@${release.Version}`;
  }

  /** The local steps are done, which all end together. */
  localDone(steps: readonly Step[]): void {
    for (const step of steps) this.done(step.Id, { Detail: this.#detail(step) });
  }

  done(id: string, more: Partial<OutcomeStep> = {}): void {
    this.end(id, { State: "done", ...more });
  }

  end(id: string, news: Partial<OutcomeStep>): void {
    const step = this.#byId.get(id);
    if (!step) return;
    Object.assign(step, news);
    this.#tell({ ...step });
  }

  /** Stopped by a signal: what is done stays, and the journal knows it. */
  stopped(): Outcome {
    return this.outcome("stopped", [], this.waysOut);
  }

  /**
   * An error of a step that had begun: what is done stays, and the journal knows it. `nothing`:
   * there is neither, and the next try is a new one.
   */
  failed(error: Failed, nothing: boolean): Outcome {
    const declined = error instanceof Declined ? error.step : undefined;
    const running = this.#steps.find((s) =>
      s.State === "waiting" && (declined === undefined || s.Id === declined)
    );
    if (running) this.end(running.Id, { State: "failed", Detail: error.message });
    const problems = error.problems.length > 0
      ? error.problems
      : [problem("failed", error.message)];
    return this.outcome("failed", problems, nothing ? undefined : this.waysOut);
  }

  outcome(state: Outcome["State"], problems: readonly Problem[], next?: string): Outcome {
    const { Base, Problems, Steps } = this.#plan;
    const commit = Steps.find((s) => s.Do === "commit");
    const oid = commit ? this.#made.get(commit.Id) : Base.Commit;
    return {
      State: state,
      Releases: receipt(this.#plan),
      ...(oid !== undefined && { Commit: oid }),
      Steps: this.#steps,
      Problems: [...Problems, ...problems],
      ...(next !== undefined && { Next: next }),
    };
  }

  /** What to do with a release that has begun and is not pushed. */
  get waysOut(): string {
    return `gorel resume ${this.named}, or gorel undo`;
  }

  #detail(step: Step): string {
    if (step.Do === "write") return step.File;
    if (step.Do === "commit") {
      return this.#short(step.Id) + (step.Parents.length > 1 ? ", the merge" : "");
    }
    if (step.Do === "branch") {
      return `${step.Name} ${step.From === null ? "at" : "→"} ${this.#short(step.To)}`;
    }
    if (step.Do === "tag") return `${step.Name} → ${this.#short(step.Of)}`;
    return "";
  }

  #short(id: string): string {
    return (this.#made.get(id) ?? id).slice(0, 7);
  }
}
