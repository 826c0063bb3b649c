/** The command that does what the shown screen is about to do (DESIGN.md §2). */
import { shellWord, withoutCredentials } from "../text.ts";
import type { Model } from "./model.ts";
import { behaviourOf } from "./screens.ts";
import { releaseWords } from "./words.ts";
import { top } from "./turn.ts";

/** The words behind `gorel`. */
export function commandWords(model: Model): readonly string[] {
  const screen = top(model);
  const from = model.Chdir.flatMap((dir) => ["-C", dir]);
  const own = behaviourOf(screen).command?.(model, screen);
  if (own) return [...from, ...own];
  return [...from, ...releaseWords(model, model.Draft)];
}

/**
 * The whole command line, quoted for a POSIX shell; a text of several lines stays one, in its
 * quotes. A password in a remote's URL is left out.
 */
export function commandLine(model: Model): string {
  return withoutCredentials(["gorel", ...commandWords(model)].map(shellWord).join(" "));
}
