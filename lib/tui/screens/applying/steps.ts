/** The steps of a run as they stand: those of its plan, or those that were heard of. */
import type { StepNews } from "../../../apply/account.ts";
import { elapsed } from "../../../cli/print/layout.ts";
import type { Mark } from "../../../cli/style.ts";
import type { Facts } from "../../../facts/types.ts";
import type { Run } from "../../model.ts";
import type { CommandRun } from "../../../plan/commands.ts";
import { placeWords, toldPlace } from "../../commands.ts";
import { commandLine, commandsOf, commandWords, type PlanRow, planRows } from "../review/steps.ts";

export interface RunRow {
  readonly Id: string;
  readonly Number: number;
  readonly Name: string;
  /** What is done, or will be; partly foreign. */
  readonly Words: string;
  readonly State: StepNews["State"] | "to come";
  readonly Ms?: number;
  /** Below the line of no return. */
  readonly Beyond: boolean;
}

const rungs = [
  "tag",
  "info",
  "mod",
  "zip",
  "checksum-database",
  "list",
  "latest",
  "old-latest",
];

/** Steps whose rows have a shorter name. */
const short: Readonly<Record<string, string>> = { "ask-proxy": "ask", "command": "run" };

/** Reports whether the news are of the proof, not of a step of the plan: its Id begins with the tag. */
export function isRung({ Id, Do }: StepNews): boolean {
  return rungs.includes(Do) && Id.endsWith(`:${Do}`);
}

/** The steps in their order; a commit with its files is one. */
export function runRows(run: Run, facts?: Facts): RunRow[] {
  if (run.Plan) {
    return planRows(run.Plan, facts).map(({ Step, Also, Number, Name, Words, Beyond }) => {
      const news = newsOf(run, [Step, ...Also]);
      return {
        Id: Step.Id,
        Number,
        Name: provingOf(run, [Step, ...Also]) ?? Name,
        Words: commandStands(run, commandsOf({ Step, Also })) ?? wordsOf(
          news,
          proofStands(run, [Step, ...Also]) ?? Words,
          Step.Do === "commit",
        ),
        State: news?.State ?? "to come",
        ...(news?.Ms !== undefined && { Ms: news.Ms }),
        Beyond,
      };
    });
  }
  const line = run.Steps.findIndex((s) => s.Do === "line");
  return run.Steps.flatMap((news, i) => ({ news, Beyond: line >= 0 && i > line }))
    .filter(({ news }) => news.Do !== "write" && news.Do !== "line" && !isRung(news))
    .map(({ news, Beyond }, i) => ({
      Id: news.Id,
      Number: i + 1,
      Name: short[news.Do] ?? news.Do.slice(0, 7),
      Words: `${news.Do === "command" ? `${toldPlace(news)}: ` : ""}${news.Detail ?? ""}`,
      State: news.State,
      ...(news.Ms !== undefined && { Ms: news.Ms }),
      Beyond,
    }));
}

/** The news of a row; of several tags, or parts of a proof, what is true of all of them. */
function newsOf(run: Run, steps: readonly { readonly Id: string }[]): StepNews | undefined {
  const all = steps.map((step) => run.Steps.find((s) => s.Id === step.Id));
  const [first] = all;
  if (all.length === 1 || first === undefined) return first;
  const failed = all.find((news) => news?.State === "failed");
  if (failed) return failed;
  const { Detail, Ms: _, ...rest } = first;
  if (!all.every((news) => news?.State === first.State)) return { ...rest, State: "begun" };
  const Ms = all.reduce((sum, news) => sum + (news?.Ms ?? 0), 0);
  const same = all.every((news) => news?.Detail === Detail);
  return { ...rest, ...(Ms > 0 && { Ms }), ...(same && Detail !== undefined && { Detail }) };
}

/**
 * `tidy 0.4 s · build runs · vet`: how far the parts of a proof are; null for other steps, and
 * while none has begun.
 */
function proofStands(run: Run, steps: readonly PlanRow["Step"][]): string | null {
  const parts = steps.flatMap((step) => {
    if (step.Do !== "prove") return [];
    const news = run.Steps.find((s) => s.Id === step.Id);
    return [{ Run: step.Run, State: news?.State, Ms: news?.Ms }];
  });
  if (parts.every(({ State }) => State === undefined)) return null;
  return parts.map(({ Run, State, Ms }) => {
    if (State === "begun") return `${Run} runs`;
    if (State === "skipped" || State === "failed") return `${Run} ${State}`;
    return Ms === undefined ? Run : `${Run} ${elapsed(Ms)}`;
  }).join(" · ");
}

/** `before push: 2 of 3: go vet ./...`: the command that runs or failed; null for other steps. */
function commandStands(run: Run, commands: readonly CommandRun[]): string | null {
  if (commands.length === 0) return null;
  const state = (of: CommandRun) => run.Steps.find((s) => s.Id === of.Id)?.State;
  const at = commands.findIndex((of) => state(of) === "begun" || state(of) === "failed");
  const now = commands[at];
  if (!now || commands.length === 1) return commandWords(commands);
  return `${placeWords(now)}: ${at + 1} of ${commands.length}: ${commandLine(now)}`;
}

/** The part of a proof that runs. */
function provingOf(run: Run, steps: readonly PlanRow["Step"][]): string | undefined {
  const now = steps.find(({ Id, Do }) =>
    Do === "prove" && run.Steps.some((s) => s.Id === Id && s.State === "begun")
  );
  return now?.Do === "prove" ? now.Run.slice(0, 7) : undefined;
}

/** What was done stands before, or in place of, what was planned. */
function wordsOf(news: StepNews | undefined, planned: string, keep: boolean): string {
  if (news?.Detail === undefined || news.Detail === "") return planned;
  return keep ? `${news.Detail}  ${planned}` : news.Detail;
}

/** The symbol of a step that does not run. */
export function markOf(state: RunRow["State"]): Mark {
  switch (state) {
    case "done":
    case "ok":
    case "undone":
      return "✓";
    case "failed":
      return "✗";
    case "begun":
    case "waiting":
      return "◐";
    default:
      return "·";
  }
}

/** The step that runs: the first that began and did not end. */
export function runningOf(run: Run): StepNews | undefined {
  return run.Ended === undefined ? run.Steps.find((s) => s.State === "begun") : undefined;
}

/** Reports whether the line of no return is behind the run. */
export function isCrossed(run: Run): boolean {
  return run.Steps.some((s) => s.Do === "line" && s.State === "done");
}
