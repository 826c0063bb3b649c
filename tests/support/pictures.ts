/** A model's frame as text, for snapshots and for looking at. */
import { frame } from "../../lib/tui/frame.ts";
import { textOf } from "../../lib/tui/line.ts";
import type { Model, Size } from "../../lib/tui/model.ts";

/** The window as text, a line each row, without the spaces at its right. */
export function picture(model: Model, size?: Size): string {
  return frame(size ? { ...model, Size: size } : model).map((l) => textOf(l).trimEnd()).join("\n");
}
