/** The help of the words for a plan: make one, carry it out, go on with it, take it back. */
import type { HelpText } from "./text.ts";

export const carry = {
  plan: {
    summary: "Print what WORDS would do, byte by byte, and change nothing",
    more: [
      "WORDS are a release as you would type it: patch, v1.3.0, retract v1.0.0 …, with its flags. " +
      "gorel plan WORDS is gorel WORDS --dry-run. The same repository gives the same plan.",
    ],
    examples: [
      "gorel plan minor",
      "gorel plan patch -o release.json   # gorel apply release.json carries it out",
      'gorel plan retract v1.0.0 --reason "panics" --json',
    ],
  },
  apply: {
    summary: "Carry out a saved plan",
    more: [
      "Refused if what the plan was built on has moved since. FILE - reads the plan from standard " +
      "input.",
    ],
    examples: [
      "gorel apply release.json",
      "gorel plan patch --json | gorel apply - --yes",
    ],
  },
  resume: {
    summary: "Go on with a release that was not finished",
    more: [
      "Every step that is done already is left as it is; the release ends exactly once. It carries " +
      "out the plan that was begun, of the commit that was tagged: what was mended since is not in " +
      "it. To release that, gorel undo first.",
    ],
    examples: ["gorel resume", "gorel resume v1.2.4 --yes"],
  },
  undo: {
    summary: "Take back the local steps of a release that was not pushed",
    more: ["Refs, index and files become what they were before it began."],
    examples: ["gorel undo", "gorel undo --yes"],
  },
} satisfies Record<string, HelpText>;
