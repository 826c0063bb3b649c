/** The steps of a plan as people count them: a commit with its files is one step. */
import { mergeCommit, startedFrom, writesInto } from "../../../plan/commits.ts";
import type { CommitStep, Plan, Step, WriteStep } from "../../../plan/types.ts";
import { type Facts, known } from "../../../facts/types.ts";
import { clean } from "../../../text.ts";

/** One step as it is shown. */
export interface PlanRow {
  /** Counted from 1. */
  readonly Number: number;
  readonly Step: Exclude<Step, WriteStep>;
  /** At most 7 letters. */
  readonly Name: string;
  /** Partly from the repository: not clean yet. */
  readonly Words: string;
  /** The files that go into a commit. */
  readonly Writes: readonly WriteStep[];
  /** Below the line of no return. */
  readonly Beyond: boolean;
  /** Absent where there is nothing that could be taken back. */
  readonly Undo?: boolean;
}

/** The steps without the line, in order. */
export function planRows(plan: Plan, facts?: Facts): PlanRow[] {
  const line = plan.Steps.findIndex((s) => s.Do === "line");
  const rows: PlanRow[] = [];
  for (const [i, step] of plan.Steps.entries()) {
    if (step.Do === "line" || step.Do === "write") continue;
    const [Name, Words] = describe(plan, step, facts);
    const Beyond = line >= 0 && i > line;
    rows.push({
      Number: rows.length + 1,
      Step: step,
      Name,
      Words,
      Writes: step.Do === "commit" ? writesInto(plan, step) : [],
      Beyond,
      ...(changes(step) && { Undo: !Beyond }),
    });
  }
  return rows;
}

function changes({ Do }: Step): boolean {
  return Do === "commit" || Do === "branch" || Do === "tag" || Do === "push";
}

function describe(
  plan: Plan,
  step: PlanRow["Step"],
  facts: Facts | undefined,
): [name: string, words: string] {
  const version = plan.Releases[0]!.Version;
  switch (step.Do) {
    case "commit":
      return step === mergeCommit(plan) ? ["merge", mergeWords(plan, step)] : [
        "commit",
        `${firstLine(step.Message)}${step.Sign ? ", signed" : ""}`,
      ];
    case "branch":
      return ["branch", `${step.Name} moves to ${objectName(plan, step.To)}`];
    case "tag":
      return [
        "tag",
        `${step.Name} at ${objectName(plan, step.Of)}${step.Sign ? ", signed" : ""}`,
      ];
    case "push": {
      const refs = step.Refs.map((r) => shortRef(r.Name)).join(" + ");
      return ["push", `${refs} to ${step.Remote}, at once`];
    }
    case "ask-proxy":
      return ["ask", askWords(version, facts)];
    case "verify":
      return ["verify", verifyWords(facts)];
    case "prove":
      return ["prove", step.Run];
    default:
      return ["line", ""];
  }
}

function mergeWords(plan: Plan, merge: CommitStep): string {
  const files = writesInto(plan, merge).length > 0 ? ", with the go.mod edit" : "; its files stay";
  return `into ${plan.Base.Branch ?? "the branch"}${files}`;
}

function askWords(version: string, facts: Facts | undefined): string {
  const proxy = facts && known(facts.Proxy);
  if (!proxy) return `the module proxy for ${version}; it keeps what it saw`;
  return proxy.Kind === "list"
    ? `${hostOf(proxy.From)} for ${version}; it keeps what it saw`
    : "no proxy: the remote answers for itself";
}

function verifyWords(facts: Facts | undefined): string {
  const proxy = facts && known(facts.Proxy);
  return proxy && proxy.Kind !== "list"
    ? "the remote's tag is the one from here"
    : "proxy = here: zip, go.mod, @latest";
}

/** The host of a proxy's URL; the text itself where it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}

/** What an object is called: an Id of the plan, or its own short name. */
export function objectName(plan: Plan, id: string): string {
  if (id === mergeCommit(plan)?.Id) return "the merge";
  const made = plan.Steps.find((s) => s.Id === id);
  if (made?.Do === "tag") return "the new tag";
  return made ? "the new commit" : id.slice(0, 7);
}

/** The ref without its folder. */
export function shortRef(name: string): string {
  return name.replace(/^refs\/(heads|tags)\//, "");
}

/** Where a release from another revision starts; null: at the branch's own commit. */
export function besideWords(plan: Plan): string | null {
  const start = startedFrom(plan);
  return start === undefined
    ? null
    : `on top of ${objectName(plan, start)}, beside ${plan.Base.Branch ?? "the branch"}`;
}

function firstLine(message: string): string {
  return clean(message.split("\n").find((l) => l.trim() !== "") ?? "");
}
