/** What can be done about a release that is out and bad. */
import type { Topic } from "../topic.ts";

export const badReleases = {
  "retraction": {
    short: "Tell users to avoid a version; nothing is deleted",
    text: [
      "A retract line in go.mod hides versions from @latest, upgrades, ranges and go list " +
      "-m -versions. It counts only in the go.mod of the highest release: in any other version, " +
      "also in a pre-release while there is a release, it does nothing, and a later release " +
      "without the line takes it back. So a retraction is itself a release.",
      "Nothing is deleted. Who asks for the version by name gets it, and go get shows your " +
      "reason: one plain sentence that says what to use. Builds that use it already stay on it " +
      "in silence; go list -m -u marks it.",
    ],
    example: [
      '$ gorel retract v1.1.0 --reason "panics"',
      "$ go get example.com/wire@v1.1.0",
      "go: warning: example.com/wire@v1.1.0: retracted by module author: panics",
      "go: to switch to the latest unretracted version, run:",
      "    go get example.com/wire@latest",
      "go: added example.com/wire v1.1.0",
      "$ go list -m -u example.com/wire",
      "example.com/wire v1.1.0 (retracted) [v1.2.0]",
    ],
  },
  "self-retraction": {
    short: "A release that retracts itself, when there is no good one yet",
    text: [
      "The highest release may retract itself too. It is still read, so @latest falls back to " +
      "the highest version that is left: the way out when the newest release is bad and the fix " +
      "is not ready, or when v1.0.0 was tagged by mistake. Later releases must keep the lines. " +
      "If nothing is left, go get MODULE@latest fails.",
    ],
    example: [
      "// tagged by mistake",
      "retract [v1.0.0, v1.0.1]      // in v1.0.1 itself",
      "",
      '$ gorel retract v1.0.0 --self --reason "tagged by mistake"',
    ],
  },
  "patch-and-retract": {
    short: "A bad release is out: what helps, in which order",
    text: [
      "Leave its tag alone. Release the next patch with the fix and with the retraction of the " +
      "bad version, in one go: from then on @latest and upgrades give the good one, and whoever " +
      "asks for the bad one reads why not to. Tell users, too: a build that has the bad version " +
      "keeps it until somebody asks for another.",
      "The fix is not ready: retract now, with --from and --self nothing else ships and @latest " +
      "falls back to the version before.",
    ],
    example: [
      '$ gorel retract v1.4.2 --reason "panics; use v1.4.3"',
      '$ gorel retract v1.4.2 --from v1.4.2 --self --reason "panics"',
      "$ gorel demo      # try it where nothing leaves this machine",
    ],
  },
  "deprecation": {
    short: "Tell users to leave the whole module",
    text: [
      "A comment above the module line that begins with Deprecated: speaks of all versions of " +
      "that path, and is read from the highest release like a retraction. go get shows it to " +
      "those who ask for the module or import it, go list -m -u marks it. Nothing is hidden, and " +
      "nothing stops working. A later release without the comment takes it back. Each major path " +
      "has its own.",
    ],
    example: [
      '$ gorel deprecate --reason "use example.com/wire instead."',
      "$ go get example.com/old@v1.0.0",
      "go: module example.com/old is deprecated: use example.com/wire instead.",
      "go: added example.com/old v1.0.0",
    ],
  },
} satisfies Record<string, Topic>;
