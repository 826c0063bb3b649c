/** The module that the screens are about. */
import type { ModuleFacts } from "../facts/types.ts";
import type { Model } from "./model.ts";

/** The chosen module; undefined while there are no facts. */
export function moduleOf({ Facts, Dir }: Model): ModuleFacts | undefined {
  return Facts?.Modules.find((m) => m.Dir === Dir) ?? Facts?.Modules[0];
}
