/** Where the module stands, and what can be done about it: the first screen. */
import { clean, count } from "../../text.ts";
import { draftRelease, draftUndeprecate } from "../draft.ts";
import { toPreflight, toProof } from "../flow.ts";
import { canInclude } from "../included.ts";
import type { Offer } from "../keys.ts";
import type { Model, News, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import { openingOf, openingWords } from "../opening.ts";
import type { Behaviour } from "../screen.ts";
import { leave, note, open, turn } from "../turn.ts";
import { newChange } from "./change.ts";
import { newDeprecate } from "./deprecate.ts";
import { newGuided } from "./guided.ts";
import { type HomeRow, homeRows } from "./home/actions.ts";
import { drawHome } from "./home/draw.ts";
import { drawOpening } from "./home/opening.ts";
import { seen, warningsOf } from "./home/seen.ts";
import { tellHome } from "./home/tell.ts";
import { toInclude } from "./include.ts";
import { toChecks } from "./major.ts";
import { toModules } from "./modules.ts";
import { newRetract } from "./retract.ts";
import { toUnfinishedScreen } from "./unfinished.ts";
import { newUnretract } from "./unretract.ts";
import { preOf } from "./version/advice.ts";
import { toVersions } from "./versions.ts";

export interface HomeScreen {
  readonly Name: "home";
  readonly Row: number;
}

export const home: Behaviour<HomeScreen> = {
  offers,
  rows: (model) => model.Lost || openingOf(model) ? [] : homeRows(model),
  act(model, { Row }, action): Turn {
    switch (action) {
      case "act":
        return choose(model, homeRows(model)[Row]);
      case "resume":
        return toUnfinishedScreen(model);
      case "versions":
        return toVersions(model);
      case "modules":
        return turn(toModules(model));
      case "include":
        return toInclude(model);
      case "again":
        return again(model);
      case "back":
        return turn(unopened(model));
      case "quit":
        return leave(model, 0, ...lastWords(model));
      default:
        return turn(model);
    }
  },
  news,
  draw(model, { Row }, room) {
    const opening = openingOf(model);
    return opening ? drawOpening(model, opening, room) : drawHome(model, Row, room);
  },
  tell(model) {
    const opening = openingOf(model);
    return opening ? [`Reading the repository; then comes ${opening.Words}.`] : tellHome(model);
  },
  ask: () => "What do you want to do?",
  command(model) {
    const { Given } = model;
    if (openingOf(model)) return openingWords(model);
    return [
      "status",
      ...(Given.Remote === undefined ? [] : ["--remote", Given.Remote]),
      ...(Given.Offline ? ["--offline"] : []),
    ];
  },
};

function offers(model: Model): Offer[] {
  if (model.Lost) {
    return [
      { Action: "again", Label: "look again" },
      { Action: "copy", Quiet: true },
      { Action: "quit" },
    ];
  }
  if (openingOf(model)) {
    return [{ Action: "copy" }, { Action: "back", Label: "home" }, { Action: "quit" }];
  }
  const { Facts } = model;
  const several = (Facts?.Modules.length ?? 0) > 1;
  return [
    { Action: "up" },
    { Action: "down" },
    { Action: "act" },
    ...offer(warningsOf(model).length > 0, "warnings"),
    ...offer((Facts?.Unfinished.length ?? 0) > 0, "resume"),
    ...offer(several, "modules"),
    ...offer(canInclude(model), "include"),
    ...offer(Facts !== undefined, "versions"),
    { Action: "again", Label: "look again" },
    { Action: "first", Quiet: true },
    { Action: "last", Quiet: true },
    { Action: "copy", Quiet: true },
    { Action: "quit" },
  ];
}

/** Home itself, instead of what a command asked for. */
function unopened({ Opens: _, ...model }: Model): Model {
  return { ...model, Draft: model.Given };
}

function offer(when: boolean, Action: Offer["Action"]): Offer[] {
  return when ? [{ Action }] : [];
}

/** Opens what the row stands for, or says why not. */
function choose(model: Model, row: HomeRow | undefined): Turn {
  if (!row) return turn(model);
  if (!seen(model)) return turn(note(model, "Not yet: the repository is being read."));
  if (row.Off !== undefined && !row.Opens) return turn(note(model, `Not now: ${row.Off}.`));
  switch (row.Does) {
    case "release":
      return turn(row.Several ? toModules(model, "release") : open(model, newChange(model)));
    case "prerelease":
      return toChecks(draftPrerelease(model));
    case "major":
      return toChecks(draftRelease(model, { Bump: "major" }));
    case "retract":
      return turn(open(model, newRetract(model)));
    case "guided":
      return turn(open(model, newGuided(model)));
    case "unretract":
      return turn(open(model, newUnretract(model)));
    case "deprecate":
      return turn(open(model, newDeprecate(model)));
    case "undeprecate":
      return toPreflight(draftUndeprecate(model));
    case "check":
      return toProof(model, row.Version!);
    case "versions":
      return toVersions(model);
  }
}

/** A pre-release of the series that was named for every one of them. */
function draftPrerelease(model: Model): Model {
  const pre = preOf(model);
  return draftRelease(model, { Bump: "prerelease", ...(pre !== undefined && { Pre: pre }) });
}

/** Reads everything anew; what was read stays in sight until then. */
function again(model: Model): Turn {
  if (model.Asking !== undefined) return turn(note(model, "Already asking."));
  return turn({ ...model, Asking: model.Now }, { Do: "gather" });
}

/** Facts: when the versions were made is asked for, and of several modules one is chosen first. */
function news(model: Model, _screen: HomeScreen, told: News): Turn {
  if (told.Is !== "facts") return turn(model);
  const several = told.Facts.Modules.length > 1;
  const next = several && model.Dir === undefined ? toModules(model) : model;
  return turn(next, { Do: "times" });
}

/** What stays in the shell: what was done last, where the module stands, and how to come back. */
function lastWords(model: Model): string[] {
  const module = moduleOf(model);
  const known = seen(model);
  const done = [...model.Past];
  if (!module || !known) return done.length > 0 ? done : ["Nothing was changed."];
  const { Commits } = module;
  const open = Commits.State === "known" ? Commits.Value.Commits.length : 0;
  const newest = known.Newest ? `is at ${clean(known.Newest.Version)}` : "has no version yet";
  const waits = open === 0 ? "nothing waits" : `${count(open, "commit")} not released`;
  return [
    ...done,
    `${clean(module.Path)} ${newest}; ${waits}.`,
    model.Sandbox
      ? "gorel demo begins the sandbox anew; gorel does the same in a module of yours."
      : "gorel status shows where it stands; gorel opens this again.",
  ];
}
