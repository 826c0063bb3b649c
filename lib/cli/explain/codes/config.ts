/** Problem codes of `.gorel.toml` and of the commands in it. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const config = {
  "config-invalid": {
    short: ".gorel.toml says something that gorel does not understand.",
    text:
      "An unknown key, a value of another type, or no TOML at all; line and column say where. " +
      "Nothing of the file is used then, for what was meant is not known, and a release that went " +
      "on without it could not be taken back.",
    example: ["$ gorel config", "$ gorel config --schema"],
  },
  "branch-not-allowed": {
    short: "The branch is none of those that .gorel.toml allows releases from.",
    text:
      "branches in .gorel.toml names them, with * for any text, a slash too. On a detached HEAD, as " +
      "CI systems have it, the commit has to be in the history of one of them here or as the remote " +
      "was last fetched, or be the tip of one there. Switch the branch, or accept it for this once.",
    example: ['branches = ["main", "release-*"]', "$ git switch main"],
  },
  "commands-not-agreed": {
    short: "Nobody has agreed to the commands of .gorel.toml here.",
    text: "They are code from a repository, and run with your rights. gorel shows them and their " +
      "digest; once you have agreed to exactly these, it remembers that in the git directory, and " +
      "asks again when one of them changes. In CI the digest stands in GOREL_AGREE.",
    example: [
      "$ gorel config                          # shows commands and digest",
      "$ gorel config --agree 0123456789abcdef",
    ],
  },
  "command-failed": {
    short: "A command of .gorel.toml failed before the push.",
    text:
      "What runs before or behind a step has to end with exit code 0. Nothing has been pushed: what " +
      "was made here already is finished by gorel resume, which runs the command again, or taken " +
      "back by gorel undo. A gorel that was killed while a command ran, or just behind its end, runs " +
      "it once more on resume: it should be one that may run twice.",
    example: ["$ gorel resume", "$ gorel undo"],
  },
  "command-failed-behind": {
    short: "A command of .gorel.toml failed after the push.",
    text:
      "The release is out and stays as it is: its proof goes on, and gorel does not repeat what " +
      "failed. Only the command has to be run again by hand; it is shown with what it said.",
    example: ["$ gorel verify"],
  },
} satisfies Partial<Record<Code, CodeText>>;
