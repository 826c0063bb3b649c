/** A plan for people: every step, the line of no return, the changed bytes, what users get. */
import { digestOf } from "../../config/commands.ts";
import { type CommandRun, commandsOf, withCommands } from "../../plan/commands.ts";
import { commitBehind, mergeCommit, pathOf, startedFrom, writesInto } from "../../plan/commits.ts";
import type {
  ByteEdit,
  Plan,
  PlannedRelease,
  ProveStep,
  Step,
  WriteStep,
} from "../../plan/types.ts";
import { clean, cleanLines, count, some } from "../../text.ts";
import { glyphs, paint, type Style, symbol } from "../style.ts";
import { commandLines } from "./commands.ts";
import { columns, leftRight, lineWidth, noReturn, rule, text, wrap } from "./layout.ts";
import { problemLines } from "./problems.ts";
import { mostFiles } from "./steps.ts";

/** Most lines of a file that are shown without `-v`. */
const most = 40;

/** The plan as `gorel plan` and every `--dry-run` print it. */
export function plan(value: Plan, style: Style): string {
  const lines: string[] = [];
  for (const release of value.Releases) lines.push(title(style, release));
  lines.push("Nothing has been changed yet.", "", ...steps(value, style));
  const shown = shownWrites(value, style);
  for (const step of value.Steps) {
    if (step.Do !== "write") continue;
    if (shown.has(step)) lines.push("", ...change(style, step, placeOf(value, step)));
  }
  const left = value.Steps.filter((step) => step.Do === "write").length - shown.size;
  if (left > 0) lines.push("", `${moreFiles(left)}: -v shows what changes in them.`);
  for (const release of value.Releases) lines.push("", ...expected(value, release));
  const accepted = value.Problems.filter((p) => p.Accepted !== undefined);
  if (accepted.length > 0) lines.push("", ...accepted.flatMap((p) => problemLines(style, p)));
  return glyphs(style, text(lines));
}

/** The writes that are told one by one: of each commit the first, or all. */
function shownWrites({ Steps }: Plan, style: Style): ReadonlySet<Step> {
  const commits = Map.groupBy(
    Steps.filter((step): step is WriteStep => step.Do === "write"),
    (write) => write.In,
  );
  return new Set([...commits.values()].flatMap((writes) =>
    // To say that there is one more takes as much room as that one.
    style.verbose || writes.length <= mostFiles + 1 ? writes : writes.slice(0, mostFiles)
  ));
}

function moreFiles(files: number): string {
  return count(files, "more file");
}

function title(style: Style, release: PlannedRelease): string {
  const name = clean(pathOf(release));
  const version = paint(style, "weight", clean(release.Version));
  return leftRight(`${name} ${version}`, release.Base ? `after ${clean(release.Base)}` : "");
}

function steps(value: Plan, style: Style): string[] {
  const lines: string[] = [];
  const all = withCommands(value);
  const line = all.findIndex((s) => s.Do === "line");
  const shown = shownWrites(value, style);
  let n = 0;
  let left = 0;
  for (const [i, step] of all.entries()) {
    if (step.Do === "line") {
      lines.push(noReturn(style));
      continue;
    }
    n++;
    if (step.Do === "write" && !shown.has(step)) {
      left++;
      continue;
    }
    if (left > 0) lines.push(`${" ".repeat(12)}… ${moreFiles(left)}`);
    left = 0;
    const number = String(n).padStart(3);
    const [name, ...words] = describe(value, step, style);
    const [first = "", ...more] = words.flatMap((w) => wrap(w, lineWidth - 21));
    const back = line < 0 || i < line ? "✓" : "✗";
    const undo = untaken.has(step.Do)
      ? ""
      : `undo ${style.ascii ? (back === "✓" ? "yes" : "no") : symbol(style, back)}`;
    lines.push(leftRight(`${number} ${name!.padEnd(7)} ${first}`, undo));
    lines.push(...more.map((w) => " ".repeat(12) + w));
  }
  if (n === 0) lines.push("  no step");
  if (value.Commands && commandsOf(value).length > 0) {
    const digest = digestOf(value.Commands);
    lines.push("", `The commands run once somebody has agreed to exactly them: ${digest}`);
  }
  if (!value.Steps.some((s) => s.Do === "push")) {
    lines.push("", "Nothing leaves this machine; gorel resume pushes it later.");
  }
  return lines;
}

/** Steps that change nothing of ours, so that there is nothing to take back. */
const untaken: ReadonlySet<string> = new Set(["ask-proxy", "verify", "prove", "command"]);

/** The name of a step, and what it does in words. */
function describe(value: Plan, step: Step | CommandRun, style: Style): string[] {
  const merge = mergeCommit(value);
  const behind = commitBehind(value);
  const at = (id: string) =>
    id === merge?.Id
      ? "the merge"
      : id === behind?.Id
      ? "the commit behind it"
      : value.Steps.some((s) => s.Id === id)
      ? "the new commit"
      : clean(id).slice(0, 7);
  switch (step.Do) {
    case "write": {
      return ["write", clean(step.File) + placeOf(value, step) + kindOf(step)];
    }
    case "commit": {
      if (step === merge) return ["merge", ...mergeWords(value, style)];
      const message = cleanLines(step.Message);
      const shown = style.verbose ? message : message.slice(0, 1);
      const start = startedFrom(value);
      return [
        "commit",
        ...shown.map((l, i) => i === 0 && step.Sign ? `${l} (signed)` : l),
        ...(start === undefined ? [] : [`on top of ${at(start)}, beside ${branchOf(value)}`]),
        ...(step === behind ? ["behind the tagged one, and in no version"] : []),
      ];
    }
    case "branch":
      if (step.From === null) return ["branch", `${clean(step.Name)} begins at ${at(step.To)}`];
      return ["branch", `${clean(step.Name)} moves from ${at(step.From)} to ${at(step.To)}`];
    case "tag":
      return ["tag", `${clean(step.Name)} at ${at(step.Of)}${step.Sign ? ", signed" : ""}`];
    case "push": {
      const refs = step.Refs.map((r) => clean(r.Name).replace(/^refs\/(heads|tags)\//, ""));
      const all = refs.length === 2 ? refs.join(" and ") : refs.join(", ");
      return ["push", `${all} to ${clean(step.Remote)}, in one atomic push`];
    }
    case "ask-proxy":
      return ["ask", `the module proxy for ${asked(value)}: it keeps what it saw`];
    case "verify":
      return ["verify", "tag, .info, .mod, .zip and its hash, the list, @latest"];
    case "prove":
      return ["prove", proves[step.Run]];
    case "line":
      return ["line"];
    case "command": {
      const [first = "", ...more] = commandLines(step);
      return ["run", `${step.When} ${step.Step}: ${first}`, ...more];
    }
  }
}

/** What a proof runs, before anything is written. */
const proves: Readonly<Record<ProveStep["Run"], string>> = {
  tidy: "go mod tidy -diff on a copy of what is coming",
  build: "go build ./... on a copy of what is coming",
  vet: "go vet ./... on a copy of what is coming",
  test: "go test ./... on a copy of what is coming",
  rehearse: "what users will get, from a proxy of our own",
};

/** The versions that a proxy is asked for; of several modules with their paths. */
function asked({ Releases }: Plan): string {
  const [only, ...others] = Releases;
  if (others.length === 0) return clean(only!.Version);
  return some(Releases.map((r) => `${pathOf(r)} ${r.Version}`));
}

/** What becomes of a file besides its text. */
function kindOf({ Before, After, Mode }: WriteStep): string {
  if (After === null) return ", which goes away";
  const kind = kinds[Mode] ?? "file";
  return Before === null ? `, a new ${kind}` : kind === "file" ? "" : `, ${kind}`;
}

/** What a file is by its mode, where it is no plain one. */
const kinds: Readonly<Record<string, string>> = {
  "100755": "executable file",
  "120000": "symbolic link",
};

/** Says whose file it is, where the plan writes the same one twice. */
function placeOf(value: Plan, step: WriteStep): string {
  if (step.In === commitBehind(value)?.Id) return ", behind the release";
  return step.In === mergeCommit(value)?.Id ? ` of ${branchOf(value)}` : "";
}

function branchOf({ Base }: Plan): string {
  return clean(Base.Branch ?? "the branch");
}

function mergeWords(value: Plan, style: Style): string[] {
  const merge = mergeCommit(value)!;
  const files = writesInto(value, merge).length > 0
    ? "its files stay, but for go.mod"
    : "its files stay as they are";
  return [
    `${branchOf(value)} gets a merge of the new commit; ${files}${merge.Sign ? " (signed)" : ""}`,
    ...(style.verbose ? cleanLines(merge.Message) : []),
  ];
}

/** The lines of a file that go and come, as a diff shows them. */
function change(style: Style, step: WriteStep, place: string): string[] {
  const before = (s: string) => diffLines(style, "-", s);
  const after = (s: string) => diffLines(style, "+", s);
  const whole = step.Before !== null && step.Before !== step.After && step.Text !== undefined
    ? ["  all of it, as it will be:"]
    : [];
  const body = step.After === null
    ? ["  the file is deleted"]
    : step.Before === step.After
    ? [`  only its mode changes: ${kinds[step.Mode] ?? "plain file"}`]
    : step.Edits
    ? editLines(step.Edits).flatMap(({ Old, New, Times }) => [
      ...(Times > 1 ? [`  in ${Times} places:`] : []),
      ...before(Old),
      ...after(New),
    ])
    : step.Text !== undefined
    ? after(step.Text)
    : ["  a file that is not text"];
  const shown = style.verbose || body.length <= most
    ? body
    : [...body.slice(0, most), `  … ${body.length - most} more lines; -v shows them`];
  return [rule(style, clean(step.File) + place), ...whole, ...shown];
}

/** The edits of a file; those within a line that change the same words are told once. */
function editLines(
  edits: readonly ByteEdit[],
): (Pick<ByteEdit, "Old" | "New"> & { Times: number })[] {
  const out = new Map<string, { Old: string; New: string; Times: number }>();
  for (const [i, { Old, New }] of edits.entries()) {
    const within = !Old.includes("\n") && !New.includes("\n") && Old !== "";
    const key = within ? `${Old}\n${New}` : String(i);
    const row = out.get(key);
    if (row) row.Times++;
    else out.set(key, { Old, New, Times: 1 });
  }
  return [...out.values()];
}

function diffLines(style: Style, sign: "+" | "-", changed: string): string[] {
  if (changed === "") return [];
  const colour = paint(style, sign === "+" ? "good" : "bad", sign);
  const tabbed = changed.replace(/\t/g, "    ").split(/\r?\n/);
  const lines = tabbed.map((l) => /^ */.exec(l)![0] + clean(l));
  while (lines.at(-1) === "") lines.pop();
  return lines.map((l) => `  ${colour} ${l}`.trimEnd());
}

function expected(value: Plan, release: PlannedRelease): string[] {
  const { Sum, GoModSum, LatestBefore, Latest } = release.Expect;
  const rows = value.Releases.length > 1 ? [["module", clean(pathOf(release))]] : [];
  rows.push(["zip", clean(Sum)], ["go.mod", clean(GoModSum)]);
  if (release.NewModule !== undefined) {
    const old = LatestBefore === undefined
      ? ""
      : `; ${clean(release.Module)} stays at ${clean(LatestBefore)}`;
    rows.push([
      "@latest",
      `${clean(Latest ?? release.Version)} of ${clean(release.NewModule)}${old}`,
    ]);
  } else if (LatestBefore !== undefined || Latest !== undefined) {
    const now = Latest === undefined ? "nothing" : clean(Latest);
    rows.push([
      "@latest",
      `${LatestBefore === undefined ? "nothing" : clean(LatestBefore)} → ${now}`,
    ]);
  }
  return columns(rows);
}
