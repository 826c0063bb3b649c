/** The command that does what the shown screen is about to do (DESIGN.md §2). */
import { toArgv } from "../cli/options.ts";
import { clean } from "../text.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";
import { behaviourOf } from "./screens.ts";
import { top } from "./turn.ts";

/** The words behind `gorel`. */
export function commandWords(model: Model): readonly string[] {
  const screen = top(model);
  const own = behaviourOf(screen).command?.(model, screen);
  if (own) return own;
  const several = (model.Facts?.Modules.length ?? 0) > 1;
  // A module's path means it wherever the command is typed, its folder only from some places.
  const named = several ? moduleOf(model)?.Path ?? "" : "";
  return toArgv({ ...model.Draft, Modules: [{ ...model.Draft.Modules[0], Dir: named }] });
}

/** The whole command line, quoted for a POSIX shell. */
export function commandLine(model: Model): string {
  return ["gorel", ...commandWords(model)].map(quoted).join(" ");
}

function quoted(word: string): string {
  const shown = clean(word);
  if (/^[\w@%+=:,./\[\]-]+$/.test(shown) && !/[\[\]]/.test(shown)) return shown;
  return `'${shown.replaceAll("'", `'\\''`)}'`;
}
