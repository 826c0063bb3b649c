/** What the proof says: what is certain now, what is waited for, and that leaving loses nothing. */
import type { StepNews } from "../../../apply/account.ts";
import { reachOf } from "../../exits.ts";
import type { Model, Run } from "../../model.ts";
import { goGet, proofCommand, shortSubject, subject } from "../../parting.ts";
import { isTrain } from "../../releases.ts";
import { toldPlace } from "../../commands.ts";
import { runningOf } from "../applying/steps.ts";
import { climbing, isOk, isSkipped, type RungRow } from "./rungs.ts";
import type { Mark } from "../../../cli/style.ts";

/** Where it stands, a sentence each; the first with its symbol. */
export function standing(
  model: Model,
  run: Run,
  rows: readonly RungRow[],
): { Mark?: Mark; Words: readonly string[] } {
  const Version = shortSubject(model);
  const train = isTrain(run);
  const are = train ? "are" : "is";
  if (run.Ended !== undefined && run.Of === "verify") return verdict(model, run, rows);
  const goesOn = `gorel ${proofCommand(model).join(" ")}`;
  const command = runningOf(run);
  if (command?.Do === "command" && run.Stopping === 0) {
    const is = command.Detail === undefined ? "" : `: ${command.Detail}`;
    return { Mark: "◐", Words: [`${Version} ${are} out. Now runs ${toldPlace(command)}${is}`] };
  }
  const leave = `Leave if you like, nothing is lost: ${goesOn} goes on.`;
  if (run.Stopping > 0) {
    return { Mark: "!", Words: [`Stopping; nothing is lost. ${goesOn} goes on.`] };
  }
  if (isOk(rows, "zip")) {
    return {
      Mark: "✓",
      Words: [
        train ? `All ${Version} are out.` : `${Version} is out:  ${goGet(model)}`,
        `What is left is lists. Leave if you like: ${goesOn} goes on.`,
      ],
    };
  }
  if (isOk(rows, "tag")) {
    const unasked = isSkipped(rows, "zip");
    return {
      Words: [
        unasked
          ? `${Version} ${are} on the remote; no proxy is asked about ${train ? "them" : "it"}.`
          : `${Version} ${are} on the remote. A proxy may need minutes; nothing has to be done.`,
        leave,
      ],
    };
  }
  return {
    Words: [
      `Nobody else is asked before the remote shows ${
        train ? "a tag" : Version
      }: a proxy remembers "not found".`,
      reachOf(model) === "out" || run.Of === "verify" ? leave : "",
    ].filter((w) => w !== ""),
  };
}

function verdict(
  model: Model,
  run: Run,
  rows: readonly RungRow[],
): { Mark: Mark; Words: readonly string[] } {
  const what = subject(model);
  if (run.Failed) return { Mark: "✗", Words: [`${what} could not be checked.`] };
  switch (run.Verified?.State) {
    case "published":
      return isOk(rows, "zip")
        ? { Mark: "✓", Words: [`${what} is published: users get exactly this tag.`] }
        : {
          Mark: "✓",
          Words: [`${what} is out: the remote has its tag. No proxy was asked what it serves.`],
        };
    case "failed":
      return { Mark: "✗", Words: [`${what} is not what it should be.`] };
    default:
      return { Mark: "!", Words: [`${what} is not visible everywhere yet.`] };
  }
}

/** The same in a few words, for a small window. */
export function standingShort(model: Model, run: Run, rows: readonly RungRow[]): string {
  if (run.Stopping > 0) return "stopping; nothing is lost";
  const command = runningOf(run);
  if (command?.Do === "command") return `now runs ${toldPlace(command)}`;
  if (isOk(rows, "zip")) return isTrain(run) ? `all ${shortSubject(model)} are out` : goGet(model);
  return "leave if you like: nothing is lost";
}

/** What is waited for, and what the server said; null while nothing was said. */
export function waiting(
  model: Model,
  run: Run,
  rows: readonly RungRow[],
  heard: number | undefined,
): { Asked: string; Said: string } | null {
  const now = climbing(rows, run);
  if (!now || now.Detail === "") return null;
  const passed = Math.max(0, model.Now - (heard ?? model.Now));
  const seconds = Math.floor(passed / 1000);
  const asked = seconds < 1 ? "asked just now" : `asked ${seconds} s ago`;
  const own = (step: StepNews) => now.Of === undefined || step.Id === `${now.Name}:${now.Do}`;
  const next = run.Steps.find((s) => s.Do === now.Do && own(s) && s.Next !== undefined)?.Next;
  const left = next === undefined ? undefined : Math.ceil((next - passed) / 1000);
  const again = left === undefined ? "" : left > 0 ? `, again in ${left} s` : ", asked again now";
  return { Asked: asked + again, Said: now.Detail };
}
