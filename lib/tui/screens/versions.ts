/** Every version with its state, and the tags that Go passes over with the reason. */
import { toProof } from "../flow.ts";
import type { Model, Turn } from "../model.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, open, show, turn } from "../turn.ts";
import { newRetract } from "./retract.ts";
import { drawVersions } from "./versions/draw.ts";
import { browsed, type Entry, isOut, tellVersion } from "./versions/rows.ts";
import { moduleFlag } from "../words.ts";

export interface VersionsScreen {
  readonly Name: "versions";
  readonly Row: number;
}

/** The browser; when they were made is asked for. */
export function toVersions(model: Model): Turn {
  return turn(open(model, { Name: "versions", Row: 0 }), { Do: "times" });
}

/** Rows of a page; the window may be of any size. */
const page = 10;

export const versions: Behaviour<VersionsScreen> = {
  offers: (model, { Row }) => {
    const entry = browsed(model)[Row];
    return [
      { Action: "up" },
      { Action: "down" },
      ...(entry?.Fact
        ? [
          { Action: "act", Label: "check" } as const,
          { Action: "mark", Label: "retract" } as const,
        ]
        : []),
      { Action: "pageUp", Quiet: true },
      { Action: "pageDown", Quiet: true },
      { Action: "first", Quiet: true },
      { Action: "last", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back" },
    ];
  },
  rows: browsed,
  act(model, screen, action): Turn {
    const all = browsed(model);
    if (action === "back") return turn(back(model));
    if (action === "pageUp" || action === "pageDown") {
      const to = screen.Row + (action === "pageUp" ? -page : page);
      return turn(show(model, { ...screen, Row: Math.max(0, Math.min(to, all.length - 1)) }));
    }
    const entry = all[screen.Row];
    if (action === "act" && entry) return check(model, entry);
    if (action === "mark" && entry) return retractIt(model, entry);
    return turn(model);
  },
  draw: drawVersions,
  tell: (model) => browsed(model).map((entry) => tellVersion(model, entry)),
  command(model) {
    return ["versions", ...moduleFlag(model)];
  },
};

function check(model: Model, { Fact }: Entry): Turn {
  if (!Fact) return turn(model);
  const why = unready(model, { Fact });
  return why === null ? toProof(model, Fact.Version) : turn(note(model, why));
}

/** Why a version cannot be looked up, or null: nobody may be asked for what the remote does not show. */
function unready(model: Model, { Fact }: Pick<Entry, "Fact">): string | null {
  if (model.Given.Offline) return "Not now: offline, neither the remote nor the proxy is asked.";
  if (!model.Whole) return "Not yet: the remote has not answered.";
  return isOut(model, Fact!)
    ? null
    : `${Fact!.Version} is only here: there is nothing to check before its tag is pushed.`;
}

function retractIt(model: Model, { Fact }: Entry): Turn {
  if (!Fact) return turn(model);
  if (model.Whole && !isOut(model, Fact)) {
    return turn(
      note(model, `${Fact.Version} is only here: nobody has it, and deleting the tag is enough.`),
    );
  }
  return turn(open(model, newRetract(model, [Fact.Version])));
}
