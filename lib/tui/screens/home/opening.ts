/** Home while the screen that a command asked for waits for the facts. */
import { own, prose } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Opening } from "../../opening.ts";
import type { Drawing, Room } from "../../screen.ts";
import { clock, spinner } from "../../widgets/bar.ts";

/** What is being opened, and for how long: no row of home is there to be chosen. */
export function drawOpening(model: Model, { Title, Words }: Opening, room: Room): Drawing {
  const { Style, Asking = model.Now } = model;
  const State = [
    spinner(model, Asking),
    own(Style, ` ${clock(Math.max(0, model.Now - Asking))}`),
  ];
  const words = `The repository is being read. Then comes ${Words}.`;
  return { Title, State, Main: [[], ...prose(Style, words, room.Columns, 2)], Whole: true };
}
