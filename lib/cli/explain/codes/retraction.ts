/** Problem codes of retractions and deprecations. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const retraction = {
  "retract-unknown": {
    short: "No existing version is in what is to be retracted.",
    text: "Go takes such a line and does nothing: most often a number is mistyped, and the bad " +
      "version stays what everybody gets. gorel versions shows what exists.",
    example: ["$ gorel versions", '$ gorel retract v1.4.2 --reason "panics"'],
  },
  "retract-reversed": {
    short: "The range ends before it begins.",
    text: "Go accepts it in silence and retracts nothing. Write the lower version first.",
    example: ['$ gorel retract v1.0.0..v1.0.2 --reason "leaks file handles"'],
  },
  "retract-major": {
    short: "That version is one of another major.",
    text:
      "v1 and v2 are different modules, and each is retracted by its own go.mod only. In this " +
      "one the line would stop every go command in your checkout. Retract on the branch, or in " +
      "the folder, of that major; v2.0.0+incompatible belongs to the path without /v2.",
    example: ['$ gorel retract v1.4.2 --module github.com/acme/wire --reason "panics"'],
  },
  "retract-covers-itself": {
    short: "The range takes in the version that will carry it.",
    text:
      "The new release would be retracted as soon as it is out, and @latest would fall back to " +
      "an older one. End the range before it, or say --self if that is meant.",
    example: [
      '$ gorel retract v1.4.0..v1.4.2 --reason "panics"',
      '$ gorel retract v1.4.2 --self --reason "panics"',
    ],
  },
  "retract-reason": {
    short: "The reason is empty, too long or cannot be printed.",
    text: "go get shows its first line to whoever asks for the version: up to 500 bytes and " +
      "printable, otherwise only that something was omitted. Say in one sentence what is wrong " +
      "and what to use.",
    example: ['$ gorel retract v1.4.2 --reason "panics on empty frames; use v1.4.3"'],
  },
  "retract-already": {
    short: "It is retracted already, with that reason.",
    text:
      "Nothing would change for users. With another --reason the reason is replaced. If go.mod " +
      "has the line but no release carries it yet, release a patch.",
    example: ["$ gorel versions", "$ gorel patch"],
  },
  "unretract-unknown": {
    short: "What is to be taken back is not retracted in that form.",
    text: "unretract takes out an entry exactly as go.mod has it, a version or a range, so that " +
      "nothing else comes back with it. The text names the entries that are near.",
    example: ["$ gorel explain go.mod", "$ gorel unretract v1.0.0..v1.0.2"],
  },
  "unretract-in-range": {
    short: "The version is retracted as a part of a range.",
    text:
      "Go knows no exception to a range. Take the range back as a whole, and retract what stays " +
      "bad again, in the same place.",
    example: ["$ gorel unretract v1.0.0..v1.0.2", '$ gorel retract v1.0.0 --reason "leaks"'],
  },
  "deprecate-already": {
    short: "The module is deprecated already, with that reason.",
    text: "Users would read what they read now. Give another reason, or release what go.mod says.",
    example: ['$ gorel deprecate --reason "use example.com/better instead"'],
  },
  "deprecate-none": {
    short: "There is no deprecation to take back.",
    text:
      "The go.mod that is looked at has none. If users are told of one all the same, it stands " +
      "in the highest release, and any higher release without it takes it back.",
    example: ["$ gorel versions"],
  },
  "deprecate-reason": {
    short: "The reason would not read back as it was written.",
    text:
      "Go takes one paragraph behind Deprecated: and joins comments around the module line to " +
      "it. So that users read what you wrote, it must be printable text without an empty line, " +
      "and not empty.",
    example: ['$ gorel deprecate --reason "use example.com/better instead"'],
  },
  "retraction-pending": {
    short: "go.mod retracts something that the highest release does not.",
    text:
      "Go reads retractions from the highest release only, so this one is in force for nobody: " +
      "users are still offered the version. Release it; a patch is enough.",
    example: ["$ gorel patch"],
  },
  "ships-unreleased": {
    short: "The release that retracts also ships the commits since the last release.",
    text:
      "Whoever runs from the bad version gets all of that with it. With --from it is the last " +
      "release plus the retraction, and nothing else.",
    example: ['$ gorel retract v1.4.1 --from v1.4.2 --reason "panics"'],
  },
  "retract-same-code": {
    short: "The new release has the very code that it retracts.",
    text: "Users who follow the advice get the same mistake under a new number; with --from it " +
      "stops. Commit the fix first, or say --self: then the new version is retracted too, and " +
      "@latest falls back.",
    example: ['$ gorel retract v1.4.2 --self --reason "panics"'],
  },
  "retract-ineffective": {
    short: "The version that carries the retraction would not be the highest release.",
    text: "Go reads retractions and the deprecation from the highest release only, never from an " +
      "older line, nor from a pre-release while there is a release. It would look done, and do " +
      "nothing. Release it above all others.",
    example: ["$ gorel versions", "$ git switch main", '$ gorel retract v1.3.0 --reason "leaks"'],
  },
  "retract-leaves-nothing": {
    short: "No version would be left for @latest.",
    text: "go get MODULE@latest then fails, or takes a commit without a tag. If that is what you " +
      "want, for a module that nobody should use, accept it; a deprecation tells users where to " +
      "go.",
    example: ['$ gorel deprecate --reason "use example.com/better instead"'],
  },
  "retraction-dropped": {
    short: "A version would no longer be retracted: its line is missing in go.mod.",
    text:
      "Only the highest release is read, so every release must keep the lines of those before. " +
      "Without them @latest and upgrades may offer the bad version again. Put the line back; " +
      "gorel unretract takes one back on purpose.",
    example: ["$ gorel explain go.mod", "$ gorel unretract v1.3.0"],
  },
  "deprecation-dropped": {
    short: "The module would no longer be deprecated: go.mod lacks the comment.",
    text:
      "Only the highest release is read, so every release must keep the Deprecated: comment of the " +
      "one before. Without it nobody is told any more to move on. Put it back; gorel undeprecate " +
      "takes it back on purpose.",
    example: ['$ gorel deprecate --reason "use example.com/better instead"', "$ gorel undeprecate"],
  },
  "born-retracted": {
    short: "The new version is retracted as soon as it is out.",
    text:
      "A range that was written for older versions takes in the new one: @latest and upgrades " +
      "never give it. Name a version above the range, or end the range earlier.",
    example: ["$ gorel explain v1.4.3", "$ gorel unretract v1.4.0..v1.4.9"],
  },
  "from-not-ancestor": {
    short: "The revision of --from is not in the history of the branch.",
    text:
      "The merge would make the branch claim changes that it does not have, and the next release " +
      "would count from them. Go to a branch that has the revision, or accept that.",
    example: ["$ git switch release-1.4", '$ gorel retract v1.4.1 --from v1.4.2 --reason "panics"'],
  },
} satisfies Partial<Record<Code, CodeText>>;
