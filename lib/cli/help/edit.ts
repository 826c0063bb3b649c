/** The help of the words that release another go.mod and nothing else: retractions, deprecation. */
import { type HelpText, hooks } from "./text.ts";

export const edit = {
  retract: {
    summary: "Release a version that tells users to avoid others",
    more: [
      "Adds retract lines to go.mod, and releases the next patch of HEAD with them: a retraction " +
      "counts only from the highest version. Nothing is deleted; builds that use a retracted " +
      "version keep working, but @latest and upgrades pass it by.",
      "A range is written v1.0.0..v1.0.2 or [v1.0.0,v1.0.2]. On a terminal, what is left out " +
      "(versions, reason) is asked for in the retract editor.",
      "With --from REV the release is REV's code with that edit, and nothing else ships. The " +
      "current branch, which must come from REV, gets a merge of it in the same push: its files " +
      "stay but for the same retract lines, and its next release counts from this one.",
      hooks,
    ],
    examples: [
      'gorel retract v1.0.0 --reason "panics on empty input; use v1.0.1"',
      'gorel retract v1.0.0..v1.0.2 v1.1.0 --reason "leaks file handles"',
      'gorel retract v1.0.0 --self --reason "a mistake"   # and the new version too',
      'gorel retract v1.1.0 --from v1.2.3 --reason "panics"   # ships nothing new',
      'gorel retract v1.2.3 --from v1.2.3 --self --reason "panics"   # fix later',
    ],
  },
  unretract: {
    summary: "Release a version that takes a retraction back",
    more: [
      "Takes the retract lines of exactly these versions or ranges out of go.mod, and releases the " +
      "next patch of HEAD with it. A version inside a retracted range cannot be taken back alone: " +
      "name the range as go.mod has it, and retract what stays bad again.",
      hooks,
    ],
    examples: [
      "gorel unretract v1.1.0",
      "gorel unretract v1.0.0..v1.0.2 --dry-run",
    ],
  },
  deprecate: {
    summary: "Release a version that tells users to leave the module",
    more: [
      "Writes a deprecation above the module line of go.mod, and releases the next patch of HEAD " +
      "with it: go get and go list -m -u show the reason to users of any version. Nothing is " +
      "deleted, and nothing is retracted.",
      "With --from REV the release is REV's code with that edit, and nothing else ships. The " +
      "current branch, which must come from REV, gets a merge of it in the same push.",
      hooks,
    ],
    examples: [
      'gorel deprecate --reason "use example.com/better instead"',
      'gorel deprecate --from v1.2.3 --reason "no longer maintained" --dry-run',
    ],
  },
  undeprecate: {
    summary: "Release a version that takes the deprecation back",
    more: [
      "Takes the deprecation out of go.mod, and releases the next patch of HEAD with it.",
      hooks,
    ],
    examples: ["gorel undeprecate", "gorel undeprecate --from v1.2.4 --dry-run"],
  },
} satisfies Record<string, HelpText>;
