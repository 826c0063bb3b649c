/** `unfinished`: a release that was begun and is not pushed comes first. */
import { type Problem, problem } from "../problem.ts";
import type { Coming } from "./types.ts";

/** An unpushed release stops; one that is out and only not seen everywhere is a note. */
export function unfinished({ Facts }: Coming): Problem[] {
  return Facts.Unfinished.map((u) =>
    u.Pushed
      ? problem(
        "unfinished",
        `${u.TagName} was pushed, but not yet seen everywhere.`,
        { level: "note", fix: `gorel resume ${u.Version}` },
      )
      : problem(
        "unfinished",
        `The release ${u.TagName} was begun and not pushed (last: ${u.After}).`,
        { fix: `gorel resume ${u.Version}, or gorel undo` },
      )
  );
}
