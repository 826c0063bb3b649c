/** The list of changed files, in every size of window. */
import { cells } from "../../cells.ts";
import { cutMiddle, foreign, leftRight, type Line, line, own, prose, rule } from "../../line.ts";
import type { ChangedFile, Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { placeOf, windowFrom } from "../../widgets/list.ts";
import type { IncludeScreen } from "../include.ts";
import { boxOf, countWords, filesOf, fileWords, nature } from "./files.ts";

/** The screen: the files, and what including them means. */
export function drawInclude(model: Model, screen: IncludeScreen, room: Room): Drawing {
  const { Style } = model;
  const { Kind, Rows, Columns, Side } = room;
  const drawn = {
    Title: "include",
    State: line(Style, countWords(screen)),
  };
  if (Kind === "small") return { ...drawn, Main: listLines(model, screen, Columns, Rows - 1) };
  const words = (columns: number, indent: number) =>
    nature.flatMap((text) => [...prose(Style, text, columns, indent), []]);
  if (Side > 0) {
    const beside = Side - 2;
    return {
      ...drawn,
      Main: [[], ...listLines(model, screen, Columns, Rows - 1)],
      Side: [rule(Style, beside, "What goes in"), [], ...words(beside, 0)],
    };
  }
  const below = words(Columns - 1, 2);
  const list = listLines(model, screen, Columns, Rows - below.length - 2);
  return { ...drawn, Main: [[], ...list, [], ...below] };
}

/** At most `room` rows, a head among them where all files cannot be seen. */
function listLines(model: Model, screen: IncludeScreen, columns: number, room: number): Line[] {
  const { Style } = model;
  const files = filesOf(model, screen);
  if (files.length === 0) {
    const none = screen.Files
      ? "Nothing is changed: there is nothing to include."
      : "· asking git what is not committed";
    return prose(Style, none, columns - 1, 2);
  }
  const shown = room - 1;
  const from = windowFrom(screen.Row, files.length, shown);
  const slice = files.slice(from, from + shown);
  const place = placeOf(Style, from, slice.length, files.length);
  const widest = (of: (file: ChangedFile) => string) =>
    slice.reduce((most, file) => Math.max(most, cells(of(file))), 0);
  const detail = Math.min(widest((file) => fileWords(model, file)), Math.floor(columns / 3));
  const wide = Math.max(8, Math.min(columns - 12 - detail, widest((file) => file.Path)));
  return [
    leftRight(
      Style,
      [own(Style, "  Changed, and not committed", "weight")],
      [own(Style, place, "quiet")],
      columns - 1,
    ),
    ...slice.map((file, i): Line => {
      const here = from + i === screen.Row;
      const path = cutMiddle(Style, foreign(Style, file.Path, here ? "focus" : undefined), wide);
      return leftRight(
        Style,
        [
          { Text: "  " },
          here ? own(Style, "›", "focus") : { Text: " " },
          own(Style, ` ${boxOf(screen, file)} `),
          path,
          { Text: " ".repeat(Math.max(0, wide - cells(path.Text)) + 2) },
          own(Style, fileWords(model, file), "quiet"),
        ],
        [],
        columns - 1,
      );
    }),
  ];
}
