/** Which changed files go into the release commit, though nobody has committed them. */
import type { Action, Offer } from "../keys.ts";
import { asTyped, fromRoot, isIncluded } from "../included.ts";
import type { ChangedFile, Model, News, Turn } from "../model.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, note, open, plan, show, top, turn } from "../turn.ts";
import { releaseWords } from "../words.ts";
import { drawInclude } from "./include/draw.ts";
import { boxOf, filesOf, fileWords, isOurs, off, tellInclude } from "./include/files.ts";

export interface IncludeScreen {
  readonly Name: "include";
  readonly Row: number;
  /** What is not committed; absent until git has answered. */
  readonly Files?: readonly ChangedFile[];
  /** Paths from the root that go in; once git has answered, exactly files. */
  readonly Marked: readonly string[];
  /** The highlighted file, so that it stays highlighted when the list is read anew. */
  readonly On?: string;
}

/** Opens the list; what lies in the work tree is asked for. */
export function toInclude(model: Model): Turn {
  const Marked = model.Given.Include.map((path) => fromRoot(model, path));
  return turn(open(model, { Name: "include", Row: 0, Marked }), { Do: "changes" });
}

export const include: Behaviour<IncludeScreen> = {
  offers(model, screen) {
    const move: Offer[] = [{ Action: "up", Label: "follow" }, { Action: "down", Label: "follow" }];
    const does: Offer[] = [{ Action: "mark" }, {
      Action: "act",
      Label: model.Size.Columns < 80 ? "take" : "take these",
    }];
    const some = (screen.Files?.length ?? 0) > 0;
    return [
      ...(some ? model.Size.Columns < 80 ? [...does, ...move] : [...move, ...does] : []),
      ...(some
        ? [
          { Action: "include", Label: "all of them" },
          { Action: "next", Quiet: true },
          { Action: "first", Label: "follow", Quiet: true },
          { Action: "last", Label: "follow", Quiet: true },
        ] as const
        : []),
      { Action: "again", Label: "look again", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back", ...(model.Size.Columns < 80 ? {} : { Label: "leave it" }) },
    ];
  },
  rows: (model, screen): readonly Row[] =>
    filesOf(model, screen).map((file) => {
      const Off = off(file);
      return {
        Label: `${boxOf(screen, file)} ${file.Path}`,
        Detail: fileWords(model, file),
        ...(Off !== undefined && { Off }),
      };
    }),
  act(model, screen, action: Action): Turn {
    const files = filesOf(model, screen);
    const here = files[screen.Row];
    switch (action) {
      case "up":
      case "down":
      case "first":
      case "last":
        return turn(show(model, { ...screen, ...(here && { On: here.Path }) }));
      case "mark":
        return here ? mark(model, screen, here) : turn(model);
      case "include": {
        const can = files.filter((file) => off(file) === undefined).map((file) => file.Path);
        const Marked = can.every((path) => screen.Marked.includes(path)) ? [] : can;
        return turn(show(model, { ...screen, Marked }));
      }
      case "act":
      case "next":
        return taken(model, screen);
      case "again":
        return turn(model, { Do: "changes" });
      case "back":
        return turn(back(model));
      default:
        return turn(model);
    }
  },
  news: heard,
  draw: drawInclude,
  tell: tellInclude,
  command: (model, screen) =>
    releaseWords(model, { ...model.Draft, Include: typed(model, screen) }),
};

function mark(model: Model, screen: IncludeScreen, file: ChangedFile): Turn {
  const why = off(file);
  if (why !== undefined) return turn(note(model, `Not this one: ${why}.`));
  const others = screen.Marked.filter((path) => path !== file.Path);
  const Marked = screen.Marked.includes(file.Path) ? others : [...others, file.Path];
  return turn(show(model, { ...screen, Marked, On: file.Path }));
}

/** The marked files as the command line writes them, in the order of the paths from the root. */
function typed(model: Model, { Files, Marked }: IncludeScreen): string[] {
  const known = (Files ?? []).filter((file) => Marked.includes(file.Path)).map((f) => f.Path);
  return known.sort().map((path) => asTyped(model, path));
}

/** The files count for every release that is begun from now on; a plan is made anew. */
function taken(model: Model, screen: IncludeScreen): Turn {
  const Include = typed(model, screen);
  const below = back({
    ...model,
    Given: { ...model.Given, Include },
    Draft: { ...model.Draft, Include: model.Draft.From === undefined ? Include : [] },
  });
  if (top(below).Name === "preflight") return plan(below);
  const n = Include.length;
  return turn(note(
    below,
    n === 0
      ? "No changed file goes into the next release."
      : `${n === 1 ? "1 file goes" : `${n} files go`} into the commit of the next release.`,
  ));
}

/** Git's answer: folders become their files; at first what of the module is changed is marked. */
function heard(model: Model, screen: IncludeScreen, news: News): Turn {
  if (news.Is !== "changes") return turn(model);
  const first = screen.Files === undefined && screen.Marked.length === 0;
  const can = news.Files.filter((file) => off(file) === undefined);
  const Marked = first
    ? can.filter((file) => file.How !== "new" && isOurs(model, file)).map((f) => f.Path)
    : can.map((file) => file.Path).filter((path) => isIncluded(screen.Marked, path));
  const next: IncludeScreen = { ...screen, Files: news.Files, Marked };
  const rows = filesOf(model, next);
  const at = rows.findIndex((file) => file.Path === screen.On);
  const Row = at >= 0 ? at : Math.min(screen.Row, Math.max(0, rows.length - 1));
  return turn(show(model, { ...next, Row }));
}
