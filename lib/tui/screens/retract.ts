/** The retract editor: which versions, why, and what carries the retraction. */
import type { Interval } from "../../choices.ts";
import { clean, decode } from "../../text.ts";
import { fieldOf } from "../field.ts";
import { toPreflight } from "../flow.ts";
import type { Action, Offer } from "../keys.ts";
import type { Field, Model, News, Turn } from "../model.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, note, show, turn } from "../turn.ts";
import { age } from "../widgets/bar.ts";
import { carrierAt, carriers, drafted, isAsked, settled, wantedOf } from "./retract/chosen.ts";
import { drawRetract } from "./retract/draw.ts";
import { readGoMod } from "./retract/goMod.ts";
import { box, inRange, versionRow } from "./retract/list.ts";
import { follow, newRetract } from "./retract/open.ts";
import { carrierModule, listed, noReason, outlook, wrongReason } from "./retract/parts.ts";
import { tellRetract } from "./retract/tell.ts";
import { releaseWords } from "../words.ts";

export interface RetractScreen {
  readonly Name: "retract";
  /** Of the versions, or of the carriers: whatever has the focus. */
  readonly Row: number;
  readonly Focus: "versions" | "reason" | "carrier";
  /** Versions that are to be retracted, ascending. */
  readonly Marked: readonly string[];
  /** The intervals as flags or a go.mod gave them, until a mark is changed. */
  readonly Given?: readonly Interval[];
  /** Where a range began with v. */
  readonly Anchor?: string;
  /** The highlighted version: it stays highlighted when the list gets longer. */
  readonly On?: string;
  readonly Reason: Field;
  /** HEAD with what is unreleased, or the last release plus this edit. */
  readonly Carrier: "head" | "from";
  /** The revision that `--from` named; absent: the last release. */
  readonly From?: string;
  /** The new version is retracted too. */
  readonly Self: boolean;
  /** The carrier was chosen, not only proposed. */
  readonly Settled?: true;
}

/** The model with this state shown, and with the draft that flags would give for it. */
function changed(model: Model, screen: RetractScreen): Model {
  const next = settled(model, screen);
  return drafted(show(model, next), next);
}

function focusOn(
  model: Model,
  screen: RetractScreen,
  Focus: RetractScreen["Focus"],
): RetractScreen {
  const moved = { ...screen, Focus };
  const Row = Focus === "carrier" ? carrierAt(model, screen) : versionRow(listed(model), {
    ...moved,
    Focus: "reason",
  });
  return { ...moved, Row };
}

/** Why it cannot go on yet, and where that is mended. */
function missing(
  model: Model,
  screen: RetractScreen,
): { Why: string; Focus: RetractScreen["Focus"] } | null {
  const { Retract, Self } = wantedOf(model, screen);
  if (Retract.length === 0 && !Self) {
    return {
      Why: "Nothing is marked yet: space marks the highlighted version.",
      Focus: "versions",
    };
  }
  const wrong = wrongReason(screen.Reason.Text);
  if (wrong !== null) return { Why: `The reason ${wrong}.`, Focus: "reason" };
  const off = carriers(model, screen)[carrierAt(model, screen)]?.Off;
  return off === undefined ? null : { Why: `Not carried by that: ${off}.`, Focus: "carrier" };
}

/** On to the checks, or to the next question that is still open. */
function next(model: Model, screen: RetractScreen): Turn {
  const wrong = missing(model, screen);
  if (wrong) {
    return turn(note(changed(model, focusOn(model, screen, wrong.Focus)), clean(wrong.Why)));
  }
  if (isAsked(model, screen) && !screen.Settled && screen.Focus !== "carrier") {
    return turn(changed(model, focusOn(model, screen, "carrier")));
  }
  return toPreflight(changed(model, { ...screen, Settled: true }));
}

function toggled(screen: RetractScreen, versions: readonly string[], on: boolean): RetractScreen {
  const { Given: _, ...rest } = withoutAnchor(screen);
  const others = screen.Marked.filter((v) => !versions.includes(v));
  return { ...rest, Marked: on ? [...others, ...versions] : others };
}

function withoutAnchor({ Anchor: _, ...rest }: RetractScreen): RetractScreen {
  return rest;
}

function range(model: Model, screen: RetractScreen): Turn {
  const versions = listed(model);
  const at = versions[versionRow(versions, screen)]!.Version;
  if (screen.Anchor === undefined) {
    const from = changed(model, { ...screen, Anchor: at });
    return turn(note(from, `From ${at}: v on the other end marks all between.`));
  }
  return turn(changed(model, toggled(screen, inRange(versions, screen), true)));
}

function chooseCarrier(model: Model, screen: RetractScreen): RetractScreen {
  const row = carriers(model, screen)[screen.Row];
  if (!row || row.Off !== undefined) return screen;
  return { ...screen, Carrier: row.Carrier, Self: row.Self, Settled: true };
}

function editGoMod(model: Model, screen: RetractScreen): Turn {
  const seen = outlook(model, wantedOf(model, screen));
  return seen ? turn(model, { Do: "edit", What: "go.mod", Text: decode(seen.After) }) : turn(model);
}

function goModEdited(model: Model, screen: RetractScreen, text: string): Turn {
  const wanted = wantedOf(model, screen);
  const module = carrierModule(model, wanted.From);
  const seen = outlook(model, wanted);
  if (!module || !seen) return turn(model);
  const read = readGoMod(module.GoMod.Bytes, text, seen.Version);
  if (typeof read === "string") return turn(note(model, clean(read)));
  const reason = read.Reason === undefined || read.Reason === noReason ? null : read.Reason;
  const edited: RetractScreen = {
    ...withoutAnchor(screen),
    Given: read.Retract,
    Self: read.Self,
    ...(read.Self !== screen.Self && { Settled: true as const }),
    ...(reason !== null && { Reason: fieldOf(reason) }),
  };
  return turn(changed(model, edited));
}

function versionOffers({ Size }: Model, { Anchor }: RetractScreen): Offer[] {
  const move: Offer[] = [{ Action: "up", Label: "follow" }, { Action: "down", Label: "follow" }];
  const mark: Offer = { Action: "mark" };
  const range: Offer = { Action: "range", Label: Anchor === undefined ? "range" : "end range" };
  return [
    // A narrow footer has room for two: the arrows need no telling.
    ...(Size.Columns < 80
      ? [mark, { Action: "act", Label: "why" } as const, range, ...move]
      : [...move, mark, range, { Action: "act", Label: "reason" } as const]),
    { Action: "next" },
    { Action: "edit", Label: "go.mod" },
    { Action: "pane", Label: "to the reason", Quiet: true },
    { Action: "first", Label: "follow", Quiet: true },
    { Action: "last", Label: "follow", Quiet: true },
    { Action: "warnings", Quiet: true },
    { Action: "copy", Quiet: true },
    { Action: "back" },
  ];
}

export const retract: Behaviour<RetractScreen> = {
  offers(model, screen) {
    if (screen.Focus === "reason") {
      const last = !missing(model, screen) && !isAsked(model, screen);
      return [
        { Action: "act", Label: last ? "next" : "done" },
        { Action: "editField" },
        { Action: "pane", Label: isAsked(model, screen) ? "carried by" : "versions" },
        { Action: "copyField", Quiet: true },
        { Action: "back", Label: "leave it" },
      ];
    }
    if (listed(model).length === 0) {
      return [model.Lost ? { Action: "warnings" } : { Action: "warnings", Quiet: true }, {
        Action: "back",
      }];
    }
    if (screen.Focus === "versions") return versionOffers(model, screen);
    return [
      { Action: "up", Label: "follow" },
      { Action: "down", Label: "follow" },
      { Action: "act", Label: "next" },
      { Action: "next", Quiet: true },
      { Action: "pane", Label: "versions" },
      { Action: "edit", Label: "go.mod" },
      { Action: "warnings", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back", ...(model.Size.Columns < 80 ? {} : { Label: "versions" }) },
    ];
  },

  rows(model, screen): readonly Row[] {
    if (screen.Focus === "reason") return [];
    if (screen.Focus === "carrier") return carriers(model, screen);
    const versions = listed(model);
    const range = inRange(versions, screen);
    return versions.map((of) => ({
      Label: `${box(of, screen, range)} ${of.Version}`,
      Detail: [age(of.Time, model.Now / 1000), of.Latest ? "latest" : "", of.Already ?? ""]
        .filter((text) => text !== "").join(" · "),
    }));
  },

  field: (_, screen) => screen.Focus === "reason" ? screen.Reason : undefined,

  type: (model, screen, field) => turn(changed(model, { ...screen, Reason: field })),

  act(model, screen, action: Action): Turn {
    const { Focus } = screen;
    switch (action) {
      case "up":
      case "down":
      case "first":
      case "last": {
        if (Focus === "carrier") return turn(changed(model, chooseCarrier(model, screen)));
        const on = listed(model)[screen.Row]?.Version;
        return turn(show(model, { ...screen, ...(on !== undefined && { On: on }) }));
      }
      case "mark": {
        const of = listed(model)[screen.Row];
        if (!of) return turn(model);
        const on = !screen.Marked.includes(of.Version);
        return turn(changed(model, toggled({ ...screen, On: of.Version }, [of.Version], on)));
      }
      case "range":
        return range(model, screen);
      case "pane": {
        const to = {
          versions: "reason",
          reason: isAsked(model, screen) ? "carrier" : "versions",
          carrier: "versions",
        } as const;
        return turn(changed(model, focusOn(model, screen, to[Focus])));
      }
      case "act":
        return enter(model, screen);
      case "next":
        return next(model, Focus === "carrier" ? chooseCarrier(model, screen) : screen);
      case "edit":
        return editGoMod(model, screen);
      case "editField":
        return turn(model, { Do: "edit", What: "reason", Text: screen.Reason.Text });
      case "back":
        if (screen.Anchor !== undefined) return turn(show(model, withoutAnchor(screen)));
        if (Focus === "versions") return turn(back(model));
        return turn(changed(model, focusOn(model, screen, "versions")));
      default:
        return turn(model);
    }
  },

  news(model: Model, screen: RetractScreen, news: News): Turn {
    if (news.Is === "facts") {
      const seen = settled(model, follow(model, screen));
      return turn(changed(model, focusOn(model, seen, seen.Focus)));
    }
    if (news.Is !== "edited" || news.Text === null) return turn(model);
    if (news.What === "go.mod") return goModEdited(model, screen, news.Text);
    if (news.What !== "reason") return turn(model);
    const text = news.Text.trim().replace(/\s*[\r\n]+\s*/g, " ");
    return turn(changed(model, { ...screen, Reason: fieldOf(text) }));
  },

  draw: drawRetract,
  tell: tellRetract,
  ask: () => "Why, in one sentence that users will read?",
  command(model, screen) {
    return releaseWords(model, drafted(model, screen).Draft);
  },
};

/** Enter: from the versions to the reason, from there to what is still open, and then on. */
function enter(model: Model, screen: RetractScreen): Turn {
  if (screen.Focus === "carrier") {
    const off = carriers(model, screen)[screen.Row]?.Off;
    if (off !== undefined) return turn(note(model, `Not now: ${off}.`));
    return next(model, chooseCarrier(model, screen));
  }
  if (screen.Focus === "reason") return next(model, screen);
  const here = listed(model)[screen.Row];
  const nothing = wantedOf(model, screen).Retract.length === 0 && here;
  const marked = nothing ? toggled({ ...screen, On: here.Version }, [here.Version], true) : screen;
  return turn(changed(model, focusOn(model, marked, "reason")));
}

export { newRetract };
