/** Which mentions are rewritten: what their class says, unless the maintainer chose otherwise. */
import type { MajorChoice } from "../../choices.ts";
import { within } from "../../facts/modules.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean } from "../../text.ts";
import { classes, classNames, isClass } from "./classes.ts";
import type { Occurrence } from "./types.ts";

/** A file as it can be named: as it will be, and as it is where that is another place. */
export interface Named {
  File: string;
  From?: string;
  /** Why the module it is in stays with the old path; absent where it does not. */
  Stays?: string;
}

/** Why a mention stays that the maintainer left. */
export const asChosen = "is left, as was chosen";

/** What was decided on one mention. */
export interface Decision {
  Rewritten: boolean;
  /** Why it stays, as the end of a sentence that begins with the place; "" where it does not. */
  Why: string;
}

/** Decides on mentions, and remembers which of the maintainer's words meant something. */
export class Chosen {
  readonly #words: { Word: string; Path: string | null; Rewrite: boolean }[];
  readonly #used = new Set<string>();

  constructor({ Rewrite, Leave }: MajorChoice["Classes"]) {
    const row = (Rewrite: boolean) => (Word: string) => ({
      Word,
      Path: isClass(Word) ? null : plainPath(Word),
      Rewrite,
    });
    // The longest path first: it says the most.
    this.#words = [...Rewrite.map(row(true)), ...Leave.map(row(false))]
      .sort((a, b) => (b.Path ?? "").length - (a.Path ?? "").length);
  }

  /**
   * What becomes of a mention: a path comes before the module that stays, that before a class, and
   * all before what is usual. The module line of the new major's own go.mod is always rewritten.
   */
  decide(named: Named, occurrence: Occurrence): Decision {
    const { Class, Reason } = occurrence;
    const word = this.#word(named, Class);
    const possible = occurrence.Old !== occurrence.New;
    const byPath = word !== undefined && word.Path !== null;
    if (named.Stays !== undefined && !byPath) {
      return { Rewritten: false, Why: Reason ?? named.Stays };
    }
    if (Class === "module" && possible) return { Rewritten: true, Why: "" };
    if (word?.Rewrite === false) {
      const needed = classes[Class].needed ? ", though Go does not build with it" : "";
      return { Rewritten: false, Why: asChosen + needed };
    }
    if (possible && (word || classes[Class].rewritten)) return { Rewritten: true, Why: "" };
    return {
      Rewritten: false,
      Why: Reason ?? classes[Class].stays ?? "has no place to be changed",
    };
  }

  /** Words that named neither a class nor a file with a mention, and what cannot be left. */
  unknown(): Problem[] {
    const kept = this.#words.some(({ Word, Rewrite }) => Word === "module" && !Rewrite)
      ? [problem(
        "mention-unknown",
        "The module line of go.mod cannot be left (--leave module): with the old path there nobody " +
          "could get the new major.",
        { fix: "leave --leave module out, or release a minor" },
      )]
      : [];
    return [...kept, ...this.#nameless()];
  }

  #nameless(): Problem[] {
    return this.#words.filter(({ Word, Path }) => Path !== null && !this.#used.has(Word)).map((
      { Word, Rewrite },
    ) =>
      problem(
        "mention-unknown",
        `${Rewrite ? "--rewrite" : "--leave"} ${
          clean(Word)
        } names neither a class of mentions nor a file that mentions the old path.`,
        { fix: `a path from the repository's root, or one of ${classNames.join(", ")}` },
      )
    );
  }

  #word({ File, From }: Named, cls: string) {
    const of = this.#words.filter(({ Word, Path }) =>
      Path === null ? Word === cls : within(Path, File) || From !== undefined && within(Path, From)
    );
    for (const { Word } of of) this.#used.add(Word);
    return of.find(({ Path }) => Path !== null) ?? of[0];
  }
}

/** A path as it was typed, in the form of the tree: `./docs/` → `docs`, `.` → "". */
function plainPath(word: string): string {
  return word.split("/").filter((element) => element !== "" && element !== ".").join("/");
}
