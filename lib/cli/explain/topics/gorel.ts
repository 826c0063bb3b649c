/** gorel's own: how a release is planned, carried out and taken back. */
import type { Topic } from "../topic.ts";

export const own = {
  "plans": {
    short: "A plan says every byte that changes and every ref that moves",
    text: [
      "gorel looks first, and works out a plan: the files of the release commit, the tag, what " +
      "is pushed, and the hash that users will get. Screens and flags make the same plan, a dry " +
      "run prints it, and what is carried out is that plan and nothing else. A saved plan is " +
      "refused if what it was built on has moved.",
    ],
    example: [
      "$ gorel plan patch -o release.json",
      "$ gorel apply release.json",
    ],
  },
  "point-of-no-return": {
    short: "Before the push everything can be taken back, after it nothing",
    text: [
      "The push is the point of no return, and every plan and screen draws the line there. All " +
      "that can fail is tried before it. Branch and tag go out in one atomic push: both arrive, " +
      "or neither. Until then gorel undo puts refs, index and files back as they were. After it " +
      "a version can only be followed by a better one, and be retracted.",
    ],
    example: [
      "$ gorel minor --no-push      # commit and tag here",
      "$ gorel undo                 # or gorel resume, which pushes",
    ],
  },
  "journal": {
    short: "A release that was stopped ends exactly once",
    text: [
      "Every step is written into a journal in git's own folder before it is done. After a " +
      "crash, a stop or a lost connection gorel resume looks which steps are done, leaves these " +
      "as they are, and goes on. After the push it goes on to ask the proxy. While a release is " +
      "unfinished before its push no other can begin.",
    ],
    example: ["$ gorel status", "$ gorel resume v1.4.3"],
  },
  "accept": {
    short: "What a refusal says, and which ones may be let through",
    text: [
      "Every problem has a code, a sentence, a place and a way out. A stop refuses the release " +
      "before anything is written; a warning and a note never do. What Go itself does not make " +
      "useless can be let through with a reason, which the plan keeps; accepting what does not " +
      "occur is ignored.",
    ],
    example: [
      "$ gorel explain codes",
      '$ gorel patch --accept nothing-to-release="again, for the mirror"',
    ],
  },
} satisfies Record<string, Topic>;
