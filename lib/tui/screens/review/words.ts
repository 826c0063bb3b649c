/** What the review says about a plan, a step, and what was typed. */
import { covers } from "../../../go/retract.ts";
import type { Facts } from "../../../facts/types.ts";
import { pathOf } from "../../../plan/commits.ts";
import type { Plan } from "../../../plan/types.ts";
import { clean } from "../../../text.ts";
import type { Model } from "../../model.ts";
import type { CommandRun } from "../../../plan/commands.ts";
import { writesNothing } from "../../commands.ts";
import { moduleOf } from "../../module.ts";
import { leading } from "../../releases.ts";
import { hookWords } from "./how.ts";
import { shownCommand } from "../../../config/shown.ts";
import { besideWords, commandsOf, objectName, type PlanRow } from "./steps.ts";

/** Reports whether nothing of the plan leaves this machine. */
export function pushesNothing(plan: Plan): boolean {
  return !plan.Steps.some((s) => s.Do === "push");
}

/** What a plan without a push means. */
export function localWords(plan: Plan): string {
  const version = clean(plan.Releases[0]!.Version);
  const [it, resume] = plan.Releases.length > 1
    ? ["them", "gorel resume"]
    : ["it", `gorel resume ${version}`];
  return `Nothing leaves this machine: ${resume} pushes ${it} later, gorel undo takes ${it} back.`;
}

/** A step in words: sentences of our own, and the text that it carries (not clean). */
export function aboutStep(
  { Draft }: Model,
  { Plan: plan, Facts: facts }: { readonly Plan: Plan; readonly Facts: Facts },
  { Step, Writes, Also }: PlanRow,
): {
  Ours: readonly string[];
  Said: string;
} {
  switch (Step.Do) {
    case "commit": {
      const beside = Step.Parents.length > 1 ? null : besideWords(plan);
      const files = Writes.length === 0 ? ["No file of the branch changes."] : [];
      return {
        Ours: [
          ...(beside ? [`The commit is ${beside}.`] : []),
          ...files,
          ...hookWords(plan, Step, facts, Draft),
        ],
        Said: Step.Message,
      };
    }
    case "branch":
      return {
        Ours: [
          Step.From === null
            ? `New, at ${objectName(plan, Step.To)}: fixes of the old major are released from it.`
            : `From ${objectName(plan, Step.From)} to ${objectName(plan, Step.To)}.`,
        ],
        Said: "",
      };
    case "prove":
      return {
        Ours: [
          "In a temporary copy of the tree as it will be, before anything is written here. " +
          "What fails there stops the release; what failed before as well only warns.",
        ],
        Said: "",
      };
    case "tag":
      if (Also.length > 0) {
        return {
          Ours: [
            `${Also.length + 1} annotated tags${
              Step.Sign ? ", signed" : ""
            }, all of one commit: all are made, or none.`,
          ],
          Said: [Step, ...Also].map((tag) => tag.Do === "tag" ? tag.Name : "").join("\n"),
        };
      }
      return {
        Ours: [Step.Sign ? "An annotated tag, signed." : "An annotated tag."],
        Said: Step.Message,
      };
    case "push":
      return {
        Ours: [
          "One atomic push: all of them move, or none. From here on nothing can be taken back: the first proxy or user who sees the tag may keep it for ever.",
          ...(Draft.Hooks ? [] : ["The pre-push hook does not run: --no-hooks."]),
        ],
        Said: Step.Refs.map((r) =>
          `${r.Name}  ${r.From === null ? "new" : objectName(plan, r.From)} -> ${
            objectName(plan, r.To)
          }`
        ).join("\n"),
      };
    case "ask-proxy":
      return {
        Ours: [
          "Only after the remote shows the tag: a proxy that is asked too early remembers that there was nothing.",
        ],
        Said: "",
      };
    case "command": {
      const all = commandsOf({ Step, Also });
      const one = all.length === 1;
      return {
        Ours: [
          `${one ? "Runs" : "Run"} in sh, in the root of the repository, with your rights. ` +
          commandFails(plan, Step),
        ],
        Said: all.flatMap((command) => shownCommand(command.Run)).join("\n"),
      };
    }
    case "verify":
      return {
        Ours: [
          "Tag on the remote, .info, go.mod and zip from the proxy, the list of versions, @latest. The hash of the zip must be the one worked out here.",
        ],
        Said: "",
      };
    default:
      return { Ours: [], Said: "" };
  }
}

/** What comes of a command that fails. */
function commandFails({ Steps }: Plan, { Id, When, Step }: CommandRun): string {
  if (writesNothing({ Id, Do: "command" })) {
    return "What fails stops the release before anything is written.";
  }
  const behind = Step === "verify" || Step === "ask-proxy" || Step === "push" && When === "after";
  if (behind) return "The release is out by then: what fails is a warning.";
  return Steps.some(({ Do }) => Do === "push")
    ? "What fails stops the release before the push: gorel resume goes on, gorel undo takes back."
    : "What fails stops the release: gorel resume goes on, gorel undo takes back.";
}

/** Whose version is typed, where several are released: ` of example.com/m, the last one,`. */
export function leadWords(plan: Plan): string {
  return plan.Releases.length > 1 ? `, of ${clean(pathOf(leading(plan)))}, the last one,` : "";
}

/** What the version line shows of the plan. */
export function comingOf(
  model: Model,
  plan: Plan,
): {
  Version: string;
  Retracts: readonly string[];
  Unretracts: readonly string[];
  Latest: string | null;
} {
  const { Version, Expect } = leading(plan);
  const { Retract = [], Unretract = [], Self } = model.Draft.Edit ?? {};
  const published = moduleOf(model)?.Versions.map((v) => v.Version) ?? [];
  return {
    Version,
    Retracts: [
      ...published.filter((v) => Retract.some((i) => covers(i, v))),
      ...(Self ? [Version] : []),
    ],
    Unretracts: published.filter((v) => Unretract.some((i) => covers(i, v))),
    Latest: Expect.Latest ?? null,
  };
}

/** Why what was typed does not start anything; null: it does. */
export function missing(typed: string, version: string): string | null {
  if (typed === version) return null;
  if (typed === "") return `Type ${version} to start; Enter alone never publishes.`;
  if (typed.trim() === version) return `There is a space beside ${version}; take it away.`;
  if (version.startsWith(typed)) return `Not yet: go on to ${version}.`;
  if (`v${typed}` === version) return `A version begins with v: type ${version}.`;
  return `That is not ${version}, the version of this plan. Nothing was started.`;
}
