/** Messages as they could come to the screens: mostly keys, much of the rest hostile. */
import { actions } from "../../../lib/tui/keys.ts";
import type {
  Agreement,
  ChangedFile,
  Message,
  Model,
  News,
  Press,
} from "../../../lib/tui/model.ts";
import { top } from "../../../lib/tui/turn.ts";
import type { Facts } from "../../../lib/facts/types.ts";
import type { Plan } from "../../../lib/plan/types.ts";
import type { Random } from "../../support/random.ts";

const names: readonly Press["Key"][] = [
  ...["up", "down", "left", "right", "enter", "esc", "tab", "backtab", "home", "end"] as const,
  ...["pgup", "pgdn", "backspace", "delete"] as const,
];
const letters = [..."abcdefinopqrsuvwyVRGg/?$ 123v1.5.0é日\u0301\u202e"];
export const hostile = [
  "\x1b[2J\x1b]0;owned\x07",
  "\x1b]8;;https://evil.example/\x07click\x1b]8;;\x07",
  "a\u202eb\u2066c",
  "👩‍👩‍👧‍👦".repeat(40),
  "日本語".repeat(3000),
  "e" + "\u0301".repeat(5000),
  "x".repeat(10_000),
  "line\r\nline\rline",
];

export interface World {
  Facts: Facts;
  /** The same with a second module, and a release that was begun. */
  More: Facts;
  Local: Facts;
  Plans: readonly { Plan: Plan; Facts: Facts; Agreement?: Agreement }[];
}

/** A message that could come: mostly keys, some of them the ones that lead on. */
export function anyMessage(random: Random, model: Model, world: World): Message {
  const press = (Key: Press["Key"], Char?: string, Ctrl?: boolean): Message => ({
    Is: "press",
    Press: { Key, ...(Char !== undefined && { Char }), ...(Ctrl && { Ctrl }) },
  });
  const screen = top(model);
  const asks = random.chance(0.85) && agreeing(random, model);
  if (asks) return asks;
  if (screen.Name === "review" && model.Planning?.State === "planned" && random.chance(0.85)) {
    const version = model.Planning.Plan.Releases.at(-1)!.Version;
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
  if (dice < 0.723) return { Is: "picks", Rows: [random.int(-1, 3), random.int(0, 3)] };
  if (dice < 0.735) return { Is: "answer", Text: random.pick([...hostile, "broken", "v9.9.9"]) };
  if (dice < 0.76) {
    const Columns = random.int(1, 200);
    return { Is: "size", Size: { Columns, Rows: random.int(1, 60) } };
  }
  if (dice < 0.78) return { Is: "tick", Now: model.Now + random.int(0, 90_000) };
  if (dice < 0.783) return { Is: "signal", Name: random.pick(["SIGINT", "SIGTERM", "SIGHUP"]) };
  return anyNews(random, model, world);
}

/** What leads on where commands are to be agreed to: they are read, agreed to, and it is remembered. */
function agreeing(random: Random, model: Model): Message | undefined {
  const { Planning, Screens } = model;
  const open = Planning?.State === "planned" && Planning.Agreement?.State;
  if (Screens.at(-1)!.Name !== "review" || !open || open === "agreed") return undefined;
  return open === "asking"
    ? { Is: "agreed", Ticket: random.chance(0.8) ? Planning.Ticket : random.int(0, 9) }
    : { Is: "press", Press: random.pick([{ Key: "pgdn" }, { Key: "char", Char: "A" }] as const) };
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
    Id: random.pick([
      ...["before-write-1", "before-push-1", "after-push-1", "after-verify-1"],
      ...["commit", "branch", "tag", "tag-2", "push", "line"],
      ...["v1.4.3:info", "v1.4.3:zip", "codec/v0.1.0:tag", "codec/v0.1.0:zip"],
    ]),
    Do: random.pick([
      ...["commit", "tag", "push", "info", "zip", "list", "latest", "verify"] as const,
      "command" as const,
    ]),
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
    { Is: "agreed", Ticket },
    { Is: "failed", Of: "agree", Text: foul(), Problems: [] },
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
