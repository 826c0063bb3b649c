/** How the editor begins: with what flags gave, with marked versions, or with nothing. */
import { fieldOf } from "../../field.ts";
import type { Model } from "../../model.ts";
import type { RetractScreen } from "../retract.ts";
import { settled } from "./chosen.ts";
import { listed, wrongReason } from "./parts.ts";

/** The editor with what flags gave already, or with these versions marked. */
export function newRetract(model: Model, marked: readonly string[] = []): RetractScreen {
  const { Do, Edit, From } = model.Draft;
  const edit = Do === "retract" ? Edit : undefined;
  const given = marked.length === 0 && edit?.Retract?.length ? edit.Retract : undefined;
  const reason = edit?.Reason ?? "";
  const self = edit?.Self ?? false;
  const has = marked.length > 0 || given !== undefined || self;
  const screen: RetractScreen = {
    Name: "retract",
    Row: 0,
    Focus: has && wrongReason(reason) !== null ? "reason" : "versions",
    Marked: [...marked],
    Reason: fieldOf(reason),
    Carrier: edit && From !== undefined ? "from" : "head",
    Self: self,
    ...(given && { Given: given }),
    ...(edit && From !== undefined && { From }),
    ...((edit && (From !== undefined || self)) && { Settled: true as const }),
  };
  return follow(model, settled(model, screen));
}

/** The highlighted version by name; at first the newest that is marked, else the newest. */
export function follow(model: Model, screen: RetractScreen): RetractScreen {
  const versions = listed(model);
  if (versions.length === 0) return screen;
  const named = versions.findIndex((v) => v.Version === (screen.On ?? screen.Marked.at(-1)));
  const at = Math.max(0, named);
  const On = versions[at]!.Version;
  return { ...screen, On, ...(screen.Focus === "versions" && { Row: at }) };
}
