/** Which version: every way to one, the evidence, and what nobody looked at. */
import { type Said, wishFor } from "../../advice/said.ts";
import { draftRelease } from "../draft.ts";
import { fieldOf } from "../field.ts";
import type { Field, Model, Turn } from "../model.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, show, turn } from "../turn.ts";
import { waiting } from "./change/draw.ts";
import { toChecks } from "./major.ts";
import { advisedOf } from "./version/advice.ts";
import { draw, tell } from "./version/draw.ts";
import { evidenceTexts } from "./version/evidence.ts";
import { judge, wantedBy, type Way, wayRows, ways } from "./version/rows.ts";
import { releaseWords } from "../words.ts";

export interface VersionScreen {
  readonly Name: "version";
  /** The highlighted way; while the evidence has the focus, its first line that is shown. */
  readonly Row: number;
  /** What was said to have changed; absent when the version is chosen outright. */
  readonly Change?: Said;
  /** The field for a version outright, while its row is highlighted. */
  readonly Other: Field;
  /** The highlighted way, while the evidence has the focus. */
  readonly Way?: number;
}

export { wantedBy as wanted };

/** The screen with the row highlighted that an answer, or the advice, leads to. */
export function newVersion(model: Model, change?: VersionScreen["Change"]): VersionScreen {
  const advised = advisedOf(model);
  const said = advised && change !== undefined ? wishFor(advised.Module, change) : null;
  const way = said ?? advised?.Advice.Advised?.Bump ?? "patch";
  return {
    Name: "version",
    Row: ways.indexOf(way),
    ...(change !== undefined && { Change: change }),
    Other: fieldOf(""),
  };
}

/** The way that is chosen, whichever pane has the focus. */
export function wayOf(screen: VersionScreen): Way {
  return ways[screen.Way ?? screen.Row] ?? "other";
}

export const version: Behaviour<VersionScreen> = {
  offers: (_model, screen) => [
    { Action: "up", ...(screen.Way !== undefined && { Label: "scroll" }) },
    { Action: "down", ...(screen.Way !== undefined && { Label: "scroll" }) },
    { Action: "act", Label: "next" },
    { Action: "pane", Label: screen.Way === undefined ? "evidence" : "versions" },
    { Action: "warnings", Quiet: true },
    { Action: wayOf(screen) === "other" ? "copyField" : "copy", Quiet: true },
    { Action: "back" },
  ],
  rows(model, screen) {
    const advised = advisedOf(model);
    if (screen.Way !== undefined) {
      return advised ? evidenceTexts(advised).map((Label) => ({ Label })) : [];
    }
    return wayRows(advised, screen.Other.Text, waiting(model)).map((row) => ({
      Label: row.Label,
      Detail: row.Way === "other" ? "type a version" : detail(row),
      ...(row.Off !== undefined && { Off: row.Off }),
    }));
  },
  field: (model, screen) =>
    screen.Way === undefined && wayOf(screen) === "other" && model.Facts ? screen.Other : undefined,
  type: (model, screen, Other) => turn(show(model, { ...screen, Other })),
  act(model, screen, action): Turn {
    switch (action) {
      case "act":
        return chosen(model, screen);
      case "pane": {
        const { Way: way, ...rest } = screen;
        const next = way === undefined
          ? { ...rest, Row: 0, Way: screen.Row }
          : { ...rest, Row: way };
        return turn(show(model, next));
      }
      case "back":
        return turn(back(model));
      default:
        return turn(model);
    }
  },
  draw,
  tell,
  ask: () => "Which version, as Go writes it (v1.5.0, v1.5.0-rc.1)",
  command(model, screen) {
    const way = wayOf(screen);
    const advised = advisedOf(model);
    const typed = advised && judge(advised, screen.Other.Text).Version;
    return releaseWords(model, draftRelease(model, wantedBy(model, way, typed ?? "vX.Y.Z")).Draft);
  },
};

function detail({ Version, Advised, Says }: ReturnType<typeof wayRows>[number]): string {
  return [Version, ...(Advised ? ["advised"] : []), Says].filter((w) => w !== "").join(", ");
}

function chosen(model: Model, screen: VersionScreen): Turn {
  const advised = advisedOf(model);
  if (!advised) return turn(note(model, `Not now: ${waiting(model)}.`));
  const way = wayOf(screen);
  const typed = screen.Other.Text;
  if (way === "other") {
    if (typed.trim() === "") return turn(note(model, "Type a version first, like v1.5.0."));
    const judged = judge(advised, typed);
    if (judged.Version === undefined) return turn(note(model, judged.Says));
  }
  const off = wayRows(advised, typed, "").find((row) => row.Way === way)?.Off;
  if (off !== undefined) return turn(note(model, `Not now: ${off}.`));
  return toChecks(draftRelease(model, wantedBy(model, way, typed)));
}
