/** What a command line has chosen already, while what it is about is still being read. */
import type { Model } from "./model.ts";
import { top } from "./turn.ts";
import { releaseWords } from "./words.ts";
import { isRead, openOf } from "./screens/review/agree.ts";

/** What opens, as a title and in words; undefined while nothing is awaited. */
export interface Opening {
  readonly Title: string;
  readonly Words: string;
}

const titles: Readonly<Record<NonNullable<Model["Opens"]>, Opening>> = {
  major: { Title: "new major › rewrite", Words: "the rewrite to the new path" },
  retract: { Title: "retract", Words: "the editor of the retraction" },
  unretract: { Title: "unretract", Words: "the list of retractions" },
  deprecate: { Title: "deprecate", Words: "the editor of the deprecation" },
};

/** The screen that a command asked for, while home stands in its place: there are no facts yet. */
export function openingOf({ Opens, Facts, Lost }: Model): Opening | undefined {
  return Opens === undefined || Facts || Lost ? undefined : titles[Opens];
}

/** The words of its command, without the reason that nobody has given yet. */
export function openingWords(model: Model): readonly string[] {
  const { Edit, ...draft } = model.Draft;
  if (!Edit || Edit.Reason) return releaseWords(model, model.Draft);
  const { Reason: _, ...edit } = Edit;
  return releaseWords(model, { ...draft, Edit: edit });
}

/** Why a key that acts or moves does nothing yet; undefined where it is of no use anyway. */
export function notYet(model: Model): string | undefined {
  const opening = openingOf(model);
  if (opening) return `Not yet: the repository is being read, then comes ${opening.Words}.`;
  const screen = top(model);
  const open = screen.Name === "review" ? openOf(model) : undefined;
  if (open && screen.Name === "review") {
    return isRead(model, screen, open)
      ? "Nothing starts yet: A agrees to these commands, then the version is typed."
      : "Nothing starts yet: read the commands to their end first (pgdn).";
  }
  return top(model).Name === "preflight" && model.Planning?.State === "asking"
    ? "Not yet: the checks are being made."
    : undefined;
}
