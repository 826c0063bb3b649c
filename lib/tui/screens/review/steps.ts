/** The steps of a plan as people count them: a commit with its files is one step. */
import { commitBehind, mergeCommit, startedFrom, writesInto } from "../../../plan/commits.ts";
import type {
  CommitStep,
  Plan,
  ProveStep,
  PushStep,
  Step,
  TagStep,
  WriteStep,
} from "../../../plan/types.ts";
import { shownCommand } from "../../../config/shown.ts";
import { type Facts, known } from "../../../facts/types.ts";
import { clean } from "../../../text.ts";
import { type CommandRun, withCommands } from "../../../plan/commands.ts";
import { placeWords } from "../../commands.ts";

/** One step as it is shown. */
export interface PlanRow {
  /** Counted from 1. */
  readonly Number: number;
  readonly Step: Exclude<Step, WriteStep> | CommandRun;
  /** The other tags of a train, parts of the proof, commands of one place: one row with the first. */
  readonly Also: readonly (TagStep | ProveStep | CommandRun)[];
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
  const steps = withCommands(plan);
  const line = steps.findIndex((s) => s.Do === "line");
  const rows: PlanRow[] = [];
  for (const [i, step] of steps.entries()) {
    if (step.Do === "line" || step.Do === "write") continue;
    const above = rows.at(-1);
    if (above && isPart(step, above.Step)) {
      rows[rows.length - 1] = joined(plan, above, step);
      continue;
    }
    const [Name, Words] = describe(plan, step, facts);
    const Beyond = line >= 0 && i > line;
    rows.push({
      Number: rows.length + 1,
      Step: step,
      Also: [],
      Name,
      Words,
      Writes: step.Do === "commit" ? writesInto(plan, step) : [],
      Beyond,
      ...(changes(step) && { Undo: !Beyond }),
    });
  }
  return rows;
}

/** Reports whether a step stands in the row of the one above it. */
function isPart(
  step: PlanRow["Step"],
  above: PlanRow["Step"],
): step is TagStep | ProveStep | CommandRun {
  if (step.Do === "command") {
    return above.Do === "command" && placeWords(above) === placeWords(step);
  }
  return above.Do === step.Do && (step.Do === "tag" || step.Do === "prove");
}

function changes({ Do }: PlanRow["Step"]): boolean {
  return Do === "commit" || Do === "branch" || Do === "tag" || Do === "push";
}

function describe(
  plan: Plan,
  step: PlanRow["Step"],
  facts: Facts | undefined,
): [name: string, words: string] {
  const version = plan.Releases.length > 1 ? "each of them" : plan.Releases[0]!.Version;
  switch (step.Do) {
    case "commit":
      return step === mergeCommit(plan) ? ["merge", mergeWords(plan, step)] : [
        "commit",
        `${firstLine(step.Message)}${step.Sign ? ", signed" : ""}`,
      ];
    case "branch":
      return step.From === null
        ? ["branch", `${step.Name} is new, at ${atBase(plan, step.To)}`]
        : ["branch", `${step.Name} moves to ${objectName(plan, step.To)}`];
    case "tag":
      return ["tag", tagWords(plan, [step])];
    case "push":
      return ["push", `${refWords(step)} to ${step.Remote}, at once`];
    case "ask-proxy":
      return ["ask", askWords(version, facts)];
    case "verify":
      return ["verify", verifyWords(facts)];
    case "prove":
      return ["prove", `${proofWords([step])}, on a copy`];
    case "command":
      return ["run", commandWords([step])];
    default:
      return ["line", ""];
  }
}

/** `before push: go test ./...`; of several how many, and the first. */
export function commandWords(steps: readonly CommandRun[]): string {
  const [first] = steps;
  const many = steps.length > 1 ? `${steps.length} commands: ` : "";
  return `${placeWords(first!)}: ${many}${commandLine(first!)}`;
}

/** The first line of a command, with `…` where more follows. */
export function commandLine({ Run }: Pick<CommandRun, "Run">): string {
  const [line = "", ...more] = shownCommand(Run).filter((row) => row.trim() !== "");
  return line.trim() + (more.length > 0 ? " …" : "");
}

/** What the go command is told over a copy of the planned tree. */
const proofs: Readonly<Record<ProveStep["Run"], string>> = {
  tidy: "mod tidy",
  build: "build",
  vet: "vet",
  test: "test",
  rehearse: "get",
};

/** `go mod tidy, build and vet`: the parts of a proof as one. */
export function proofWords(steps: readonly (Step | CommandRun)[]): string {
  const names = steps.flatMap((step) => step.Do === "prove" ? [proofs[step.Run]] : []);
  return names.length < 2
    ? `go ${names.join("")}`
    : `go ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Tags, the parts of the proof, and the commands of one place are a row together. */
function joined(plan: Plan, above: PlanRow, step: TagStep | ProveStep | CommandRun): PlanRow {
  const Also = [...above.Also, step];
  const all = [above.Step, ...Also];
  const Words = step.Do === "tag"
    ? tagWords(plan, all.filter((one) => one.Do === "tag"))
    : step.Do === "command"
    ? commandWords(commandsOf({ ...above, Also }))
    : `${proofWords(all)}, on a copy`;
  return { ...above, Also, Words };
}

/** The commands of a row; none of any other step. */
export function commandsOf({ Step, Also }: Pick<PlanRow, "Step" | "Also">): readonly CommandRun[] {
  return [Step, ...Also].filter((one) => one.Do === "command");
}

/** The old major's last release by its name, where a new branch begins there. */
function atBase(plan: Plan, id: string): string {
  const base = plan.Releases.find((release) => release.NewModule !== undefined)?.Base;
  return base === undefined ? objectName(plan, id) : `${base}, ${objectName(plan, id)}`;
}

/** `v1.5.0 at the new commit`; of more than three the first two, and how many more. */
function tagWords(plan: Plan, tags: readonly TagStep[]): string {
  const [first] = tags;
  const named = tags.length > 3 ? tags.slice(0, 2) : tags;
  const more = named.length < tags.length ? ` and ${tags.length - named.length} more` : "";
  const names = named.map((tag) => tag.Name).join(", ");
  return `${names}${more} at ${objectName(plan, first!.Of)}${first!.Sign ? ", signed" : ""}`;
}

/** What is pushed, each by its name while there is room for that. */
function refWords({ Refs }: PushStep): string {
  const tags = Refs.filter((r) => r.Name.startsWith("refs/tags/"));
  if (tags.length < 3) return Refs.map((r) => shortRef(r.Name)).join(" + ");
  const others = Refs.filter((r) => !tags.includes(r)).map((r) => shortRef(r.Name));
  return [...others, `${tags.length} tags`].join(" + ");
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
  if (id === commitBehind(plan)?.Id) return "the commit behind it";
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
