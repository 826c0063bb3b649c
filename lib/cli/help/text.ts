/** What a help text is made of, and what several of them say. */

export interface HelpText {
  /** One line, also in the list of commands. */
  summary: string;
  /** Further paragraphs. */
  more: string[];
  /** Command lines as they are typed, and remarks behind `#`; tests/commands/examples_test.ts runs them all. */
  examples: string[];
}

/** Of every release. */
export const hooks =
  "Git's hooks run before the release's own edits are in the work tree; a hook that formats or " +
  "stages files makes gorel stop, and --no-hooks goes without.";
