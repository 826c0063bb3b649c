/** Whatever is pressed, pasted or told in whatever order: the rules that no screen may break. */
import assert from "node:assert/strict";
import { actions } from "../../../lib/tui/keys.ts";
import { frame, smallest } from "../../../lib/tui/frame.ts";
import { textOf, width } from "../../../lib/tui/line.ts";
import type { ChangedFile, Effect, Message, Model, News, Press } from "../../../lib/tui/model.ts";
import { toProof, toReview, toUnfinished } from "../../../lib/tui/flow.ts";
import { newChange } from "../../../lib/tui/screens/change.ts";
import { newDeprecate } from "../../../lib/tui/screens/deprecate.ts";
import { newGuided } from "../../../lib/tui/screens/guided.ts";
import { newRetract } from "../../../lib/tui/screens/retract.ts";
import { newUnretract } from "../../../lib/tui/screens/unretract.ts";
import { newVersion } from "../../../lib/tui/screens/version.ts";
import { behaviourOf } from "../../../lib/tui/screens.ts";
import { top } from "../../../lib/tui/turn.ts";
import { focused, offered, update } from "../../../lib/tui/update.ts";
import type { Facts } from "../../../lib/facts/types.ts";
import type { Plan } from "../../../lib/plan/types.ts";
import { plan as planned } from "../../../commands/carry.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { environment } from "../../support/gorel.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { factsOf, modelOf, wire } from "../../support/wire.ts";

const names: readonly Press["Key"][] = [
  ...["up", "down", "left", "right", "enter", "esc", "tab", "backtab", "home", "end"] as const,
  ...["pgup", "pgdn", "backspace", "delete"] as const,
];
const letters = [..."abcdefinopqrsuvwyVRGg/?$ 123v1.5.0é日\u0301\u202e"];
const hostile = [
  "\x1b[2J\x1b]0;owned\x07",
  "\x1b]8;;https://evil.example/\x07click\x1b]8;;\x07",
  "a\u202eb\u2066c",
  "👩‍👩‍👧‍👦".repeat(40),
  "日本語".repeat(3000),
  "e" + "\u0301".repeat(5000),
  "x".repeat(10_000),
  "line\r\nline\rline",
];

interface World {
  Facts: Facts;
  /** The same with a second module, and a release that was begun. */
  More: Facts;
  Local: Facts;
  Plans: readonly { Plan: Plan; Facts: Facts }[];
}

/** A message that could come: mostly keys, some of them the ones that lead on. */
function anyMessage(random: Random, model: Model, world: World): Message {
  const press = (Key: Press["Key"], Char?: string, Ctrl?: boolean): Message => ({
    Is: "press",
    Press: { Key, ...(Char !== undefined && { Char }), ...(Ctrl && { Ctrl }) },
  });
  const screen = top(model);
  if (screen.Name === "review" && model.Planning?.State === "planned" && random.chance(0.85)) {
    const version = model.Planning.Plan.Releases[0]!.Version;
    const next = version.startsWith(screen.Typed.Text) ? version[screen.Typed.Text.length] : null;
    if (next === null) return press("backspace");
    return next === undefined ? press("enter") : press("char", next);
  }
  const dice = random.next();
  if (dice < 0.45) return press(random.pick(names));
  if (dice < 0.62) return press("char", random.pick(letters));
  if (dice < 0.66) return press("char", random.pick([..."syglzbfaeukwx"]), true);
  if (dice < 0.665) return press("char", "c", true);
  if (dice < 0.68) return { Is: "paste", Text: random.pick([...hostile, "v1.4.3\n", "v1.4.3\r"]) };
  if (dice < 0.7) return { Is: "do", Action: random.pick(actions) };
  if (dice < 0.72) return { Is: random.pick(["pick", "at"] as const), Row: random.int(-1, 12) };
  if (dice < 0.735) return { Is: "answer", Text: random.pick([...hostile, "broken", "v9.9.9"]) };
  if (dice < 0.76) {
    const Columns = random.int(1, 200);
    return { Is: "size", Size: { Columns, Rows: random.int(1, 60) } };
  }
  if (dice < 0.78) return { Is: "tick", Now: model.Now + random.int(0, 90_000) };
  if (dice < 0.783) return { Is: "signal", Name: random.pick(["SIGINT", "SIGTERM", "SIGHUP"]) };
  return anyNews(random, model, world);
}

function anyNews(random: Random, model: Model, world: World): News {
  const foul = () => random.pick(hostile);
  const Ticket = random.chance(0.9) ? model.Planning?.Ticket ?? 1 : random.int(0, 9);
  const problems = [{
    Code: random.pick(["dirty", "behind", "retract-leaves-nothing", "version-exists"] as const),
    Level: random.pick(["stop", "warn", "note"] as const),
    Text: foul(),
    Where: { File: foul(), Line: 3 },
    Fix: foul(),
  }];
  const step = {
    Id: random.pick(["commit", "branch", "tag", "push", "line", "v1.4.3:info", "v1.4.3:zip"]),
    Do: random.pick(["commit", "tag", "push", "info", "zip", "list", "latest", "verify"] as const),
    State: random.pick(["begun", "done", "ok", "waiting", "failed", "skipped"] as const),
    ...(random.chance(0.7) && { Detail: foul() }),
    ...(random.chance(0.5) && { Ms: random.int(0, 100_000) }),
  };
  const outcome = {
    State: random.pick(["published", "pushed", "failed", "stopped", "local", "undone"] as const),
    Releases: [],
    Steps: [],
    Problems: problems,
    ...(random.chance(0.5) && { Next: "gorel resume v1.4.3" }),
  };
  const all: readonly News[] = [
    { Is: "facts", Facts: world.Facts, Whole: true, Dir: "" },
    { Is: "facts", Facts: world.Local, Whole: false, Dir: "" },
    { Is: "facts", Facts: world.More, Whole: true },
    { Is: "lost", Problems: problems },
    { Is: "times", Times: new Map([["v1.4.2", 1]]) },
    { Is: "planned", Ticket, ...random.pick(world.Plans) },
    { Is: "planned", Ticket, ...random.pick(world.Plans) },
    { Is: "refused", Ticket, Problems: problems },
    { Is: "nothing", Ticket, Why: foul() },
    { Is: "changes", Files: anyFiles(random) },
    { Is: "step", Step: step },
    { Is: "output", Text: foul() },
    { Is: "outcome", Outcome: outcome },
    {
      Is: "failed",
      Of: random.pick(["apply", "gather", "diff"] as const),
      Text: foul(),
      Problems: problems,
    },
    { Is: "edited", What: random.pick(["reason", "go.mod", "tag-message"]), Text: foul() },
    { Is: "edited", What: "reason", Text: null, Why: foul() },
    { Is: "diff", Of: "x", Lines: hostile },
    { Is: "saved", Path: foul() },
    { Is: "note", Text: foul() },
  ];
  return random.pick(all);
}

function anyFiles(random: Random): ChangedFile[] {
  return [...hostile, "wire.go", "a/b.go", "é.go"].filter(() => random.chance(0.6)).map((Path) => ({
    Path,
    How: random.pick(["modified", "added", "deleted", "new", "forgotten", "repository"] as const),
    ...(random.chance(0.3) && { Binary: true as const }),
    ...(random.chance(0.5) && { Plus: random.int(0, 9), Minus: random.int(0, 9) }),
  }));
}

/** Where a stretch of messages begins. */
function start(random: Random, { Facts, More, Plans }: World): Model {
  const home = { Name: "home", Row: 0 } as const;
  if (random.chance(0.2)) return modelOf(undefined);
  const made = random.pick(Plans);
  const planned = { State: "planned", Ticket: 1, ...made } as const;
  return random.pick([
    () => modelOf(Facts),
    () => modelOf(More, home, { Name: "modules", Row: 0 }),
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
  const world: World = { Facts, Local, More, Plans: plans };
  const random = seeded("random messages");
  const total = cases(20_000, 400_000);
  const seen = new Map<string, number>();
  let begun = 0;
  let model = modelOf(undefined);
  for (let n = 0; n < total; n++) {
    const message = anyMessage(random, model, world);
    const before = model;
    let effects: readonly Effect[];
    [model, effects] = update(model, message);
    const said = () =>
      `after ${n}: ${JSON.stringify(message).slice(0, 200)} on ${top(before).Name}`;
    for (const effect of effects) {
      if (effect.Do === "resume" && top(before).Name === "unfinished") {
        assert.ok(focused(before)?.Text === effect.Version, said());
      }
      if (effect.Do !== "apply") continue;
      begun++;
      assert.equal(typedBefore(before), effect.Plan.Releases[0]!.Version, said());
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
    if (left || random.chance(1 / 40)) model = start(random, world);
  }
  for (const [Name, count] of [...seen].sort()) assert.ok(count > 9, `${Name} was hardly seen`);
  assert.equal(seen.size, 16, [...seen.keys()].join());
  assert.ok(begun > 0, "no release was ever begun");
});

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
