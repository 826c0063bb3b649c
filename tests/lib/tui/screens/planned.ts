/** A plan of real facts on the review, and what the world then tells of its run. */
import { strict as assert } from "node:assert";
import type { StepNews } from "../../../../lib/apply/account.ts";
import { defaults, type Flags } from "../../../../lib/cli/flags.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { type Command, digestOf } from "../../../../lib/config/commands.ts";
import { gather } from "../../../../lib/facts/gather.ts";
import { build } from "../../../../lib/plan/build.ts";
import type { Outcome, Plan } from "../../../../lib/plan/types.ts";
import type {
  Agreement,
  Effect,
  Message,
  Model,
  Press,
  Screen,
} from "../../../../lib/tui/model.ts";
import { begin } from "../../../../lib/tui/turn.ts";
import { update } from "../../../../lib/tui/update.ts";
import { environment } from "../../../support/gorel.ts";
import type { Repo } from "../../../support/repo.ts";
import { modelOf, now } from "../../../support/wire.ts";

/** A model with the plan of a command line, on the review. */
export async function reviewOf(
  repo: Repo,
  words: readonly string[],
  flags: Partial<Flags> = {},
): Promise<Model> {
  const [word, ...args] = words;
  const { Choices } = toChoices(word!, args, {
    ...defaults(),
    accept: ["proxy-unset=this test has none"],
    ...flags,
  });
  const services = machine({ ...environment(), ...repo.env });
  const facts = await gather(services, {
    Dir: repo.dir,
    All: true,
    Release: true,
    Status: true,
    ...(Choices.From !== undefined && { From: Choices.From }),
  });
  if (Array.isArray(facts)) throw new Error(JSON.stringify(facts));
  const built = await build(facts, Choices);
  if (!("Plan" in built)) throw new Error(JSON.stringify(built));
  return {
    ...modelOf(facts, { Name: "home", Row: 0 }, review),
    Draft: Choices,
    Planning: { State: "planned", Ticket: 1, Plan: built.Plan, Facts: facts },
  };
}

export const review: Screen = { Name: "review", Row: 0, Typed: { Text: "", At: 0 }, Top: 0 };

export function planOf({ Planning }: Model): Plan {
  assert(Planning?.State === "planned");
  return Planning.Plan;
}

/** The same plan with commands of `.gorel.toml`, which nobody has agreed to yet unless it is said. */
export function commanded(
  model: Model,
  Commands: Command[],
  State: Agreement["State"] = "open",
): Model {
  assert(model.Planning?.State === "planned");
  const Plan = { ...model.Planning.Plan, Commands };
  const Agreement = { Digest: digestOf(Commands), State };
  return { ...model, Planning: { ...model.Planning, Plan, Agreement } };
}

/** A command as the file has it: `command("before push", "go test ./...")`. */
export function command(place: string, Run: string): Command {
  const [When, Step] = place.split(" ") as [Command["When"], Command["Step"]];
  return { When, Step, Run };
}

/** The model after messages, and the effects of all of them. */
export function after(model: Model, ...messages: Message[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const message of messages) {
    const [next, more] = update(model, message);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

/** Presses by the names of the keys; `^s` is Ctrl, anything of one letter is typed. */
export function press(...names: string[]): Message[] {
  return names.map((name): Message => ({
    Is: "press",
    Press: name.length === 1
      ? { Key: "char", Char: name }
      : name.startsWith("^")
      ? { Key: "char", Char: name[1]!, Ctrl: true }
      : { Key: name as Press["Key"] },
  }));
}

export function tick(seconds: number): Message {
  return { Is: "tick", Now: now + seconds * 1000 };
}

export function step(Step: StepNews): Message {
  return { Is: "step", Step };
}

/** The run of the model's plan, begun on the applying screen. */
export function started(model: Model): Model {
  const version = planOf(model).Releases[0]!.Version;
  const [next, effects] = after(model, ...press(...version, "enter"));
  assert(effects.some((e) => e.Do === "apply"));
  return next;
}

/** A run without a plan. */
export function resumed(model: Model, of: "resume" | "undo", version: string): Model {
  const { Planning: _, ...rest } = model;
  return { ...rest, Run: begin(rest, of, version), Screens: [{ Name: "applying", Row: 0 }] };
}

/** What apply tells of the steps before the push. */
export function local(plan: Plan): Message[] {
  const steps = plan.Steps.filter((s) => ["write", "commit", "branch", "tag"].includes(s.Do));
  const detail = (s: (typeof steps)[number]) =>
    s.Do === "commit" ? "9c0ffee" : s.Do === "tag" ? `${s.Name} → 9c0ffee` : "";
  return [
    ...steps.map(({ Id, Do }) => step({ Id, Do, State: "begun" })),
    ...steps.map((s) => step({ Id: s.Id, Do: s.Do, State: "done", Detail: detail(s) })),
  ];
}

/** The line is crossed and the push begins. */
export const crossing: Message[] = [
  step({ Id: "line", Do: "line", State: "done" }),
  step({ Id: "push", Do: "push", State: "begun" }),
];

export function pushed(plan: Plan): Message {
  const tag = plan.Releases[0]!.TagName;
  return step({
    Id: "push",
    Do: "push",
    State: "done",
    Detail: `main and ${tag} to origin`,
    Ms: 3100,
  });
}

/** The rungs of the proof up to one that waits with the server's words. */
export function climbed(plan: Plan, upTo: "tag" | "info" | "list" | "end"): Message[] {
  const { TagName, Version, Expect } = plan.Releases[0]!;
  const all: [StepNews["Do"], string, number][] = [
    ["tag", `the remote shows ${TagName} at 9c0ffee0a1b2c3d4e5f60718293a4b5c6d7e8f90`, 300],
    ["info", `http://127.0.0.1:8080 knows ${Version}`, 9200],
    ["mod", `its go.mod is ${Expect.GoModSum}`, 400],
    ["zip", `its zip is ${Expect.Sum} (5 files)`, 4100],
    ["checksum-database", "gorel does not ask it yet", 0],
    ["list", "the list has it (7 versions)", 2000],
    ["latest", `@latest is ${Expect.Latest}`, 100],
  ];
  const out: Message[] = [];
  for (const [Do, Detail, Ms] of all) {
    const Id = `${TagName}:${Do}`;
    out.push(step({ Id, Do, State: "waiting" }));
    if (Do === upTo) {
      out.push(step({ Id, Do, State: "waiting", Detail: waitsWith }));
      return out;
    }
    const State = Do === "checksum-database" ? "not-asked" : "ok";
    out.push(step({ Id, Do, State, Detail, Ms }));
  }
  return out;
}

export const waitsWith =
  "http://127.0.0.1:8080 answered 404: not found: temporarily unavailable, try again in a minute";

/** An outcome of the plan. */
export function outcome(plan: Plan, State: Outcome["State"], more: Partial<Outcome> = {}): Message {
  const { Module, Version, TagName, Expect } = plan.Releases[0]!;
  return {
    Is: "outcome",
    Outcome: {
      State,
      Releases: [{ Module, Version, TagName, Sum: Expect.Sum, GoModSum: Expect.GoModSum }],
      Commit: "9c0ffee0a1b2c3d4e5f60718293a4b5c6d7e8f90",
      Steps: [],
      Problems: [...plan.Problems],
      ...more,
    },
  };
}
