/** What the world answers, taken into the model: facts, plans and the run belong to no screen. */
import type { Choices } from "../choices.ts";
import { problem } from "../problem.ts";
import type { Agreement, Effect, Model, News } from "./model.ts";
import { note } from "./turn.ts";

/** Effects that carry something out or prove it; their failure ends the run. */
const runs: ReadonlySet<Effect["Do"]> = new Set(["apply", "resume", "undo", "verify"]);

/** The model with the news in it; null for an answer that nobody waits for any more. */
export function withNews(model: Model, told: News): Model | null {
  const run = model.Run;
  switch (told.Is) {
    case "facts": {
      const { Asking, Lost: _, ...rest } = model;
      const waits = told.Whole || Asking === undefined ? {} : { Asking };
      const only = told.Facts.Modules.length === 1 ? told.Facts.Modules[0]!.Dir : undefined;
      const dir = model.Dir ?? told.Dir ?? only;
      const named = model.Dir === undefined && told.Dir !== undefined;
      return {
        ...rest,
        ...waits,
        ...(dir !== undefined && { Dir: dir }),
        ...(named && { Picked: true as const }),
        ...(told.Dirs && { Draft: withDirs(model.Draft, told.Dirs) }),
        Facts: told.Facts,
        Whole: told.Whole,
      };
    }
    case "lost": {
      const { Asking: _, ...rest } = model;
      return { ...rest, Lost: told.Problems };
    }
    case "defaults": {
      const Given = { ...told.Given, Include: model.Given.Include };
      return { ...model, Given, Draft: Given, Unsaid: told.Unsaid };
    }
    case "times":
      return { ...model, Times: told.Times };
    case "planned":
    case "refused":
    case "nothing":
      if (model.Planning?.State !== "asking" || model.Planning.Ticket !== told.Ticket) return null;
      return { ...model, Planning: planningOf(told) };
    case "agreed":
      return isAsking(model.Planning, told.Ticket) ? withAgreement(model, "agreed") : null;
    case "goes-on":
      return run ? { ...model, Run: { ...run, Plan: told.Plan } } : null;
    case "step": {
      if (!run) return null;
      const at = run.Steps.findIndex((s) => s.Id === told.Step.Id);
      const Steps = at < 0 ? [...run.Steps, told.Step] : run.Steps.with(at, told.Step);
      return { ...model, Run: { ...run, Steps } };
    }
    case "output":
      return run
        ? { ...model, Run: { ...run, Output: [...run.Output, told.Text].slice(-5000) } }
        : null;
    case "outcome":
      return run ? { ...model, Run: { ...run, Outcome: told.Outcome, Ended: model.Now } } : null;
    case "verified":
      return run ? { ...model, Run: { ...run, Verified: told.Document, Ended: model.Now } } : null;
    case "failed":
      if (told.Of === "gather") {
        const { Asking: _, ...rest } = model;
        const lost = { Lost: [problem("failed", told.Text)] };
        return note({ ...rest, ...(!model.Facts && lost) }, told.Text);
      }
      if (told.Of === "agree") return note(withAgreement(model, "open"), told.Text);
      return run && run.Ended === undefined && told.Of !== undefined && runs.has(told.Of)
        ? {
          ...model,
          Run: { ...run, Failed: { Text: told.Text, Problems: told.Problems }, Ended: model.Now },
        }
        : note(model, told.Text);
    case "moved": {
      if (!run) return null;
      const { Run: _, ...rest } = model;
      const Screens = [{ Name: "home", Row: 0 }, { Name: "preflight", Row: 0 }] as const;
      const { Ticket } = told.Now;
      const Planning = { State: "asking", Ticket, Since: model.Now } as const;
      return { ...rest, Screens, Planning };
    }
    case "saved":
      return note(model, `Saved as ${told.Path}; gorel apply carries it out.`);
    case "note":
      return note(model, told.Text);
    case "changes":
    case "mentions":
      return model;
    case "edited":
    case "diff":
      return told.Is === "edited" && told.Why !== undefined ? note(model, told.Why) : model;
  }
}

/** The modules of a command line, now that it is known where they lie. */
function withDirs(draft: Choices, dirs: readonly string[]): Choices {
  const unnamed = draft.Modules.length === dirs.length && draft.Modules.every((m) => m.Dir === "");
  if (!unnamed) return draft;
  return { ...draft, Modules: draft.Modules.map((one, i) => ({ ...one, Dir: dirs[i]! })) };
}

function planningOf(
  told: News & { Is: "planned" | "refused" | "nothing" },
): NonNullable<Model["Planning"]> {
  const { Ticket } = told;
  if (told.Is === "planned") {
    const { Plan, Facts, Before, Agreement } = told;
    return {
      State: "planned",
      Ticket,
      Plan,
      Facts,
      ...(Before && { Before }),
      ...(Agreement && { Agreement }),
    };
  }
  if (told.Is === "refused") return { State: "refused", Ticket, Problems: told.Problems };
  return { State: "nothing", Ticket, Why: told.Why };
}

/** Reports whether the commands of the plan of that ticket are being agreed to. */
function isAsking(planning: Model["Planning"], ticket: number): boolean {
  return planning?.State === "planned" && planning.Ticket === ticket &&
    planning.Agreement?.State === "asking";
}

/** The plan with another state of what was agreed to; no plan, or one without commands, has none. */
export function withAgreement(model: Model, State: Agreement["State"]): Model {
  const { Planning } = model;
  if (Planning?.State !== "planned" || !Planning.Agreement) return model;
  return { ...model, Planning: { ...Planning, Agreement: { ...Planning.Agreement, State } } };
}
