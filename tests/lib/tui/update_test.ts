/** Whatever is pressed, pasted or told in whatever order: the rules that no screen may break. */
import assert from "node:assert/strict";
import { frame } from "../../../lib/tui/frame.ts";
import { smallest } from "../../../lib/tui/room.ts";
import { textOf, width } from "../../../lib/tui/line.ts";
import type { Effect, Model } from "../../../lib/tui/model.ts";
import { toProof, toReview, toUnfinished } from "../../../lib/tui/flow.ts";
import { newChange } from "../../../lib/tui/screens/change.ts";
import { newDeprecate } from "../../../lib/tui/screens/deprecate.ts";
import { newGuided } from "../../../lib/tui/screens/guided.ts";
import { newRetract } from "../../../lib/tui/screens/retract.ts";
import { newUnretract } from "../../../lib/tui/screens/unretract.ts";
import { toTrain } from "../../../lib/tui/screens/train.ts";
import { newVersion } from "../../../lib/tui/screens/version.ts";
import { behaviourOf } from "../../../lib/tui/screens.ts";
import { top } from "../../../lib/tui/turn.ts";
import { focused, offered, update } from "../../../lib/tui/update.ts";
import type { Command } from "../../../lib/config/commands.ts";
import type { Facts } from "../../../lib/facts/types.ts";
import type { Plan } from "../../../lib/plan/types.ts";
import { plan as planned } from "../../../commands/carry.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { environment } from "../../support/gorel.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { factsOf, modelOf, wire } from "../../support/wire.ts";
import { anyMessage, hostile, type World } from "./messages.ts";

/** Where a stretch of messages begins. */
function start(random: Random, world: World): Model {
  return { ...startOf(random, world), Tickets: 1 };
}

function startOf(random: Random, { Facts, More, Plans }: World): Model {
  const home = { Name: "home", Row: 0 } as const;
  if (random.chance(0.2)) return modelOf(undefined);
  const made = random.pick(Plans);
  const planned = { State: "planned", Ticket: 1, ...made } as const;
  return random.pick([
    () => modelOf(Facts),
    () => modelOf(More, home, { Name: "modules", Row: 0, Marked: [] }),
    () => toTrain(modelOf(More, home), ["", "codec"])[0],
    () => modelOf(More, home, { Name: "unfinished", Row: 0 }),
    () => modelOf(Facts, home, { Name: "versions", Row: 0 }),
    () => modelOf(Facts, home, newChange(modelOf(Facts)), newVersion(modelOf(Facts))),
    () => modelOf(Facts, home, newRetract(modelOf(Facts))),
    () => modelOf(Facts, home, newUnretract(modelOf(Facts))),
    () => modelOf(Facts, home, newDeprecate(modelOf(Facts))),
    () => modelOf(Facts, home, { Name: "include", Row: 0, Marked: ["wire.go"] }),
    () => modelOf(Facts, home, newGuided(modelOf(Facts))),
    () => toProof(modelOf(Facts), "v1.4.2")[0],
    () => ({ ...modelOf(Facts, home, { Name: "preflight", Row: 0 }), Planning: planned }),
    ...[1, 2, 3].map(() => () =>
      toReview({ ...modelOf(Facts, home, { Name: "preflight", Row: 0 }), Planning: planned })[0]
    ),
    () => toUnfinished(modelOf(Facts), "resume", More.Unfinished[0]!)[0],
  ])();
}

/** What the version field of the review held when a plan was begun; undefined for anything else. */
function typedBefore(before: Model): string | undefined {
  const screen = top(before);
  return screen.Name === "review" ? focused(before)?.Text : undefined;
}

Deno.test("no message throws, starts a release whose version was not typed, or leaves a screen without a way out", async () => {
  using repo = wire();
  const Facts = await factsOf(repo);
  const Local = await factsOf(repo, false);
  const services = machine({ ...environment(), ...repo.env });
  const given = { ...modelOf(Facts).Given, Wait: 0 };
  const plans = [];
  for (
    const choices of [
      { ...given, Modules: [{ Dir: "", Bump: "minor" as const }] },
      { ...given, Modules: [{ Dir: "", Bump: "patch" as const }] },
      {
        ...given,
        Do: "retract" as const,
        Modules: [{ Dir: "", Bump: "patch" as const }],
        From: "v1.4.2",
        Edit: { Retract: [{ Low: "v1.4.2", High: "v1.4.2" }], Reason: "broken", Self: true },
      },
      {
        ...given,
        Do: "unretract" as const,
        Modules: [{ Dir: "", Bump: "patch" as const }],
        Edit: { Unretract: [{ Low: "v1.3.0", High: "v1.3.0" }] },
      },
    ]
  ) {
    const made = await planned(choices, { Dir: repo.dir }, services);
    assert.ok("Plan" in made);
    plans.push(made);
  }
  using untidy = wire();
  untidy.write("wire.go", "package wire\n\nvar changed int\n");
  untidy.write("logo.png", "\x89PNG\0");
  Deno.removeSync(`${untidy.dir}/LICENSE`);
  const Include = ["LICENSE", "logo.png", "wire.go"];
  const whole = await planned(
    { ...given, Modules: [{ Dir: "", Bump: "patch" }], Include, Signoff: true },
    { Dir: untidy.dir },
    machine({ ...environment(), ...untidy.env }),
  );
  assert.ok("Plan" in whole);
  plans.push(whole);
  const [module] = Facts.Modules;
  const codec = { ...module!, Dir: "codec", Path: `${module!.Path}/codec`, TagPrefix: "codec/" };
  const More: Facts = {
    ...Facts,
    Modules: [module!, codec],
    Unfinished: [{
      Version: "v1.4.3",
      Module: module!.Path,
      TagName: "v1.4.3",
      After: hostile[0]!,
      Pushed: false,
      Sent: false,
    }, {
      Version: "v1.4.3",
      Module: codec.Path,
      TagName: "codec/v1.4.3",
      After: hostile[1]!,
      Pushed: true,
      Sent: false,
    }],
  };
  plans.push({ Plan: trainOf(plans[0]!.Plan), Facts: More });
  const Agreement = { Digest: "0123456789abcdef", State: "open" } as const;
  const asking = plans.slice(1, 4).map((made) => ({
    ...made,
    Plan: { ...made.Plan, Commands: commands() },
    Agreement,
  }));
  const world: World = { Facts, Local, More, Plans: [...plans, ...asking] };
  const random = seeded("random messages");
  const total = cases(20_000, 400_000);
  const seen = new Map<string, number>();
  let begun = 0;
  // Of which ticket's plan the commands were asked to be agreed to, and were; how many began so.
  let asked: number | undefined;
  let agreedTo: number | undefined;
  let agreed = 0;
  let model = modelOf(undefined);
  for (let n = 0; n < total; n++) {
    const message = anyMessage(random, model, world);
    const before = model;
    let effects: readonly Effect[];
    [model, effects] = update(model, message);
    const said = () =>
      `after ${n}: ${JSON.stringify(message).slice(0, 200)} on ${top(before).Name}`;
    if (message.Is === "agreed" && message.Ticket === asked) agreedTo = asked;
    for (const effect of effects) {
      if (effect.Do === "agree") {
        const key = message.Is === "press" && message.Press.Key === "char"
          ? message.Press.Char
          : "";
        assert.ok(key === "A" || message.Is === "do" && message.Action === "agree", said());
        asked = effect.Ticket;
      }
      if (effect.Do === "resume" && top(before).Name === "unfinished") {
        assert.ok(focused(before)?.Text === effect.Version, said());
      }
      if (effect.Do !== "apply") continue;
      begun++;
      const { Commands } = effect.Plan;
      if (Commands) {
        agreed++;
        assert.equal(agreedTo, before.Planning?.Ticket, `${said()}: nobody agreed`);
      }
      assert.equal(typedBefore(before), effect.Plan.Releases.at(-1)!.Version, said());
      assert.ok(
        message.Is === "press" && message.Press.Key === "enter" || message.Is === "do" ||
          message.Is === "answer",
        said(),
      );
      assert.notEqual(message.Is, "paste");
    }
    const screen = top(model);
    seen.set(screen.Name, (seen.get(screen.Name) ?? 0) + 1);
    if (!model.Over) {
      const can = offered(model).map((o) => o.Action);
      const running = model.Run !== undefined && model.Run.Ended === undefined;
      assert.ok(running || can.includes("back") || can.includes("quit"), `${said()}: ${can}`);
      assert.equal(new Set(can).size, can.length, `${said()}: ${can}`);
    }
    assert.ok(model.Screens.length > 0);
    if (n % 11 === 0) drawn(model, said());
    const left = effects.some((e) => e.Do === "exit");
    if (left || random.chance(1 / 40)) {
      model = start(random, world);
      [asked, agreedTo] = [undefined, undefined];
    }
  }
  for (const [Name, count] of [...seen].sort()) assert.ok(count > 9, `${Name} was hardly seen`);
  assert.equal(seen.size, 18, [...seen.keys()].join());
  assert.ok(begun > 0, "no release was ever begun");
  assert.ok(agreed > 0, "no release with commands was ever begun");
});

/** Commands of which some hide what they do, and more than fit into most windows. */
function commands(): Command[] {
  const steps = ["write", "tag", "push", "verify"] as const;
  return [...hostile, "go test ./..."].map((Run, i) => ({
    When: i % 2 === 0 ? "before" : "after",
    Step: steps[i % steps.length]!,
    Run: Run.slice(0, 100),
  }));
}

/** The same plan with a second module that is released before, as a train has it. */
function trainOf(plan: Plan): Plan {
  const [last] = plan.Releases;
  const TagName = "codec/v0.1.0";
  const first = {
    ...last!,
    Module: `${last!.Module}/codec`,
    Dir: "codec",
    Version: "v0.1.0",
    TagName,
  };
  const Steps = plan.Steps.flatMap((step): Plan["Steps"] =>
    step.Do === "tag" ? [{ ...step, Name: TagName }, { ...step, Id: "tag-2" }] : [step]
  );
  return { ...plan, Releases: [first, last!], Steps };
}

/** The frame has the window's size, and nothing in it that a terminal would obey. */
function drawn(model: Model, said: string): void {
  const { Columns, Rows } = model.Size;
  const rows = frame(model);
  assert.equal(rows.length, Rows < smallest.Rows ? Math.max(1, Rows) : Rows, said);
  for (const row of rows) {
    assert.ok(width(row) <= Columns, `${said}\n${textOf(row)}`);
    assert.ok(
      !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(textOf(row)),
      `${said}\n${JSON.stringify(textOf(row))}`,
    );
  }
  behaviourOf(top(model)).tell(model, top(model));
}

Deno.test("a window under 40×12 is told what is needed in one line", () => {
  for (
    const Size of [{ Columns: 39, Rows: 24 }, { Columns: 80, Rows: 11 }, { Columns: 3, Rows: 1 }]
  ) {
    const rows = frame({ ...modelOf(undefined), Size });
    assert.equal(rows.length, Math.max(1, Size.Rows));
    assert.match(textOf(rows[0]!), Size.Columns < 30 ? /^g/ : /^gorel needs a window of 40×12/);
    assert.ok(rows.every((row) => width(row) <= Size.Columns));
  }
});
