/** How a release ended, for people: what happened, the receipt, what is left, what to type next. */
import type { Outcome, OutcomeStep } from "../../plan/types.ts";
import { saidNo } from "../../problem.ts";
import { clean, count } from "../../text.ts";
import { glyphs, type Mark, type Style } from "../style.ts";
import { columns, elapsed, marked, text } from "./layout.ts";
import { mostFiles, stepLine } from "./steps.ts";

/** The outcome as release words, apply, resume, undo and demo print it. */
export function outcome(value: Outcome, style: Style): string {
  const [symbol, sentence] = headline(value);
  const lines = marked(style, symbol, sentence);
  const released = value.Releases.length > 0 && !["undone", "nothing"].includes(value.State);
  const left = !(["failed", "stopped"].includes(value.State) && notBegun(value));
  if (released && left) lines.push("", ...receipt(value));
  const rest = value.Steps.filter((step) => style.verbose || (left && open(step, value)));
  const writes = rest.filter((step) => step.Do === "write");
  const hidden = new Set(style.verbose ? [] : writes.slice(mostFiles));
  if (rest.length > 0) {
    const shown = rest.filter((step) => !hidden.has(step));
    const rows = shown.map((step) => stepLine(style, step));
    const behind = shown.findLastIndex((step) => step.Do === "write") + 1;
    if (hidden.size > 0) rows.splice(behind, 0, ["  …", count(hidden.size, "more file")]);
    lines.push("", ...columns(rows));
  }
  if (value.Next !== undefined) lines.push("", `Next: ${clean(value.Next)}`);
  const took = value.Steps.reduce((sum, step) => sum + (step.Ms ?? 0), 0);
  if (style.verbose && took > 0) lines.push("", `All steps together took ${elapsed(took)}.`);
  return glyphs(style, text(lines));
}

/** It was refused before anything moved, so that there is neither a way on nor a way back. */
function leftNothing(value: Outcome): boolean {
  return value.State === "failed" && notBegun(value);
}

/** Nothing but proofs and commands was carried out, and there is nothing to go on with. */
function notBegun({ Next, Steps }: Outcome): boolean {
  return Next === undefined &&
    !Steps.some(({ State, Do }) => State === "done" && Do !== "prove" && Do !== "command");
}

/** A step that neither the headline nor a problem below it tells. */
function open(step: OutcomeStep, { State, Problems }: Outcome): boolean {
  if (step.Do === "line" || step.State === "done") return false;
  // Of a command the problem tells more than its line.
  if (step.Do === "command" && step.State === "failed") return false;
  if (State === "undone") return step.State !== "undone" && step.State !== "skipped";
  return !Problems.some((p) => p.Text === step.Detail);
}

function headline(value: Outcome): [Mark, string] {
  const names = value.Releases.map((r) => `${clean(r.Module)} ${clean(r.Version)}`).join(", ");
  const what = names || "The release";
  const is = value.Releases.length > 1 ? "are" : "is";
  const out = value.Steps.some((s) => s.Do === "push" && s.State === "done");
  // A refusal is the remote's own word; a push that broke off may still arrive.
  const broken = value.Steps.some((s) => s.Do === "push" && s.State === "failed") &&
    !value.Problems.some(saidNo);
  const reach = leftNothing(value)
    ? "Nothing was released."
    : out
    ? "It was pushed: it is out, and stays out."
    : broken
    ? "The push broke off: gorel resume asks the remote what came of it."
    : "Nothing has left this machine.";
  switch (value.State) {
    case "nothing":
      return ["·", "Nothing to release."];
    case "published":
      return ["✓", `${what} ${is} published.`];
    case "pushed":
      return value.Problems.some((p) => p.Code === "not-yet")
        ? ["!", `${what} ${is} out, but not visible everywhere yet.`]
        : ["✓", `${what} ${is} out: the remote has ${is === "is" ? "it" : "them"}.`];
    case "waiting-merge":
      return ["!", `${what} waits for a merge on the remote.`];
    case "local":
      return ["✓", `${what} ${is} made here. Nothing has left this machine.`];
    case "undone":
      return ["✓", `${what} ${is} taken back: refs, index and files are as they were before.`];
    case "stopped":
      return ["!", `${names ? `The release of ${names}` : what} was stopped. ${reach}`];
    case "failed":
      return ["✗", `${names ? `The release of ${names}` : what} failed. ${reach}`];
  }
}

function receipt({ State, Releases, Commit }: Outcome): string[] {
  const lines: string[] = [];
  for (const { Module, Version, TagName, Sum, GoModSum } of Releases) {
    if (lines.length > 0) lines.push("");
    if (State === "published") lines.push(`  go get ${clean(Module)}@${clean(Version)}`, "");
    lines.push(...columns([
      ...(Commit === undefined ? [] : [["commit", clean(Commit)]]),
      ["tag", clean(TagName)],
      ["zip", clean(Sum)],
      ["go.mod", clean(GoModSum)],
    ]));
  }
  return lines;
}
