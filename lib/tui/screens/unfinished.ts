/** What was begun and not finished: go on, take it back, or leave it for now. */
import { clean } from "../../text.ts";
import type { Unfinished } from "../../facts/types.ts";
import { toUnfinished } from "../flow.ts";
import { foreign, type Line, line, mark, own, pad, prose, rule } from "../line.ts";
import type { Field, Model, Turn } from "../model.ts";
import type { Action } from "../keys.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, note, open, show, turn } from "../turn.ts";
import { fieldLine } from "../widgets/field.ts";
import { choices } from "../widgets/list.ts";
import { missing } from "./review/words.ts";
import { releaseName } from "../words.ts";

export interface UnfinishedScreen {
  readonly Name: "unfinished";
  readonly Row: number;
  /** What was typed of the version that is about to be resumed, which pushes it. */
  readonly Typed?: Field;
}

interface Way extends Row {
  readonly Does: "resume" | "undo" | "leave";
  readonly Of?: Unfinished;
}

/** The releases that were begun, those that nobody has seen yet first. */
function begun({ Facts }: Model): Unfinished[] {
  return Facts?.Unfinished.toSorted((a, b) => Number(a.Pushed) - Number(b.Pushed)) ?? [];
}

/** Opened from home with `r`. */
export function toUnfinishedScreen(model: Model): Turn {
  return turn(open(model, { Name: "unfinished", Row: 0 }));
}

function ways(model: Model): Way[] {
  const all = begun(model);
  // What `gorel undo` takes back: the newest that is not out.
  const undone = model.Facts?.Unfinished.findLast((u) => !u.Pushed);
  return [
    ...all.flatMap((u): Way[] => [
      { Does: "resume", Of: u, Label: `Resume ${clean(u.TagName)}`, Detail: resumes(u) },
      {
        Does: "undo",
        Of: u,
        Label: `Undo ${clean(u.TagName)}`,
        ...(u === undone && { Detail: "take its local steps back" }),
        ...(u.Pushed && { Off: "it is out, and nothing takes that back" }),
        ...(!u.Pushed && u !== undone && { Off: `${clean(undone!.TagName)} comes first` }),
      },
    ]),
    { Does: "leave", Label: "Leave it for now", Detail: "nothing is lost" },
  ];
}

function resumes({ Pushed, Sent }: Unfinished): string {
  if (Sent) return "wait for proxy and proof";
  return Pushed ? "its tag is out; send what else there is" : "go on after its last step";
}

/** What the highlighted way does. */
function consequence({ Does, Of }: Way): string {
  if (Does === "resume") {
    if (Of!.Pushed && !Of!.Sent) {
      return "Somebody sent its tag already. The rest of its push goes out, then comes the proof.";
    }
    return Of!.Pushed
      ? "It is out already; what is left is the proof that users get exactly what was tagged."
      : "Its plan is carried out from where it stopped. Each step looks first whether it was done.";
  }
  if (Does === "undo") {
    return Of!.Pushed
      ? "A pushed version stays: proxies and the checksum database may have kept it. What can " +
        "be done about a bad one is Patch and retract."
      : "Refs, index and files become what they were before it began. Nobody has seen anything.";
  }
  return "It stays as it is, and so does its record; gorel resume goes on whenever you like. " +
    "Until then no other release can begin, unless it is out.";
}

export const unfinished: Behaviour<UnfinishedScreen> = {
  offers: (model, { Row, Typed }) => {
    const chosen = ways(model)[Row];
    if (Typed) return [{ Action: "act", Label: "resume" }, { Action: "back" }];
    return [
      { Action: "up" },
      { Action: "down" },
      ...(chosen && chosen.Off === undefined ? [{ Action: "act" } as const] : []),
      ...(begun(model).length > 0 ? [{ Action: "resume" } as const] : []),
      ...(begun(model).some((u) => !u.Pushed) ? [{ Action: "undo" } as const] : []),
      { Action: "copy", Quiet: true },
      { Action: "back" },
    ];
  },
  rows: (model, { Typed }) => Typed ? [] : ways(model),
  field: (_model, { Typed }) => Typed,
  type: (model, screen, Typed) => turn(show(model, { ...screen, Typed })),
  act(model, { Row, Typed }, action): Turn {
    if (Typed) return resumed(model, Row, Typed, action);
    if (action === "back") return turn(back(model));
    const all = ways(model);
    const way = action === "act"
      ? all[Row]
      : all.find((w) => w.Does === action && w.Off === undefined);
    if (!way) return turn(model);
    if (way.Off !== undefined) return turn(note(model, `Not now: ${way.Off}.`));
    if (way.Does === "leave") return turn(back(model));
    if (way.Does === "undo" || way.Of!.Sent) {
      return toUnfinished(model, way.Does, way.Of!);
    }
    // Resuming pushes: that is agreed to by typing the version, as in the review.
    const empty = { Text: "", At: 0 };
    return turn(show(model, { Name: "unfinished", Row: all.indexOf(way), Typed: empty }));
  },
  ask: (model, { Row }) => asked(ways(model)[Row]).trimEnd(),
  draw(model, { Row, Typed }, room) {
    const { Style } = model;
    const all = begun(model);
    const list = ways(model);
    const small = room.Kind === "small";
    const columns = room.Columns;
    const facts = all.flatMap((u): Line[] => [
      ...(small ? [] : [[]]),
      [
        { Text: "  " },
        mark(Style, u.Pushed ? "✓" : "!"),
        own(Style, " "),
        foreign(Style, u.TagName, "weight"),
        own(
          Style,
          u.Pushed ? "  is out, not seen everywhere yet" : "  was begun, nobody has seen it",
        ),
      ],
      ...(small ? [] : [
        fact(model, "Module", foreign(Style, u.Module)),
        fact(model, "Last step", foreign(Style, u.After)),
      ]),
    ]);
    const after = list[Row] ? consequence(list[Row]) : "";
    const words = room.Side > 0 ? [] : prose(Style, after, columns - 1, 2);
    const rest = room.Rows - list.length - (small ? 0 : 2);
    const shown = facts.slice(0, Math.max(1, rest - (small ? 0 : words.length + 1)));
    const Main: Line[] = [
      ...(all.length > 0 ? shown : [[], line(Style, "  Nothing is unfinished any more.")]),
      ...(small ? [] : [[]]),
      ...(Typed
        ? [fieldLine(Style, Typed, columns, {
          focus: true,
          label: asked(list[Row]),
          noReturn: true,
        })]
        : choices(Style, list, Row, columns, { room: Math.max(1, room.Rows - shown.length - 1) })),
      ...(small ? [] : [[]]),
      ...(small && shown.length + list.length + words.length > room.Rows ? [] : words),
    ];
    return {
      Title: "unfinished",
      State: line(Style, all.length === 1 ? "1 release" : `${all.length} releases`),
      Main,
      Side: room.Side > 0
        ? [
          rule(Style, room.Side - 2, foreign(Style, list[Row]?.Label ?? "").Text),
          [],
          ...prose(Style, after, room.Side - 2),
        ]
        : [],
    };
  },
  tell: (model) =>
    begun(model).map((u) =>
      u.Pushed
        ? `${clean(u.TagName)} is out, and not seen everywhere yet. Last step: ${clean(u.After)}.`
        : `${clean(u.TagName)} was begun and nobody has seen it. Last step: ${
          clean(u.After)
        }. It can be resumed, or taken back.`
    ),
  command(model, { Row }) {
    const way = ways(model)[Row];
    if (way?.Does === "resume") return ["resume", ...releaseName(model, way.Of!)];
    return [way?.Does === "undo" && way.Off === undefined ? "undo" : "status"];
  },
};

function asked(way: Way | undefined): string {
  return `Type ${clean(way?.Of?.Version ?? "")} to push it: `;
}

/** The version field: only the very version resumes; anything else is told what is missing. */
function resumed(
  model: Model,
  Row: number,
  Typed: Field,
  action: Action,
): Turn {
  const way = ways(model)[Row];
  if (action !== "act" || !way?.Of) return turn(show(model, { Name: "unfinished", Row }));
  const why = missing(Typed.Text, way.Of.Version);
  return why === null ? toUnfinished(model, "resume", way.Of) : turn(note(model, why));
}

function fact({ Style }: Model, name: string, value: Line[number]): Line {
  return [{ Text: "    " }, ...pad(Style, [own(Style, name)], 15), value];
}
