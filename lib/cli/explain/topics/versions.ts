/** What is a version to Go, and which one is higher. */
import type { Topic } from "../topic.ts";

export const versions = {
  "semver": {
    short: "How Go reads a version, and which of two is higher",
    text: [
      "A version is a lower-case v, three numbers, and perhaps a pre-release behind a dash: " +
      "v1.4.2, v2.0.0-rc.1. The v belongs to it. Numbers have no leading zeros and are compared " +
      "as numbers, so v0.10.0 is above v0.9.0.",
      "What the numbers promise is between you and your users: Go never looks at what changed. " +
      "Only two things follow from them by force: which version is higher, and that from v2 on " +
      "the major is part of the module path.",
    ],
    example: [
      "$ go list -m -versions example.com/young",
      "example.com/young v0.9.0 v0.10.0",
    ],
  },
  "canonical-versions": {
    short: "Only a tag with all three numbers and nothing more is a version",
    text: [
      "A tag counts when it is written out in full: v1.2.3 or v1.2.3-rc.1. Tags like 1.0.5, " +
      "V1.0.6, v1.1, v01.2.0 and v1.2.0+linux are passed over, and nobody is told. Asked by its " +
      "full name such a tag is at most a name for its commit.",
      "v1 and v1.1 mean something else to go get: the highest version that begins so. Go itself " +
      "adds +incompatible to some versions; in a tag it has no place.",
    ],
    example: [
      "$ git tag",
      "1.0.5",
      "V1.0.6",
      "v1.0.0",
      "v1.1",
      "v1.2.0+linux",
      "$ go list -m -versions github.com/acme/odd",
      "github.com/acme/odd v1.0.0",
      "$ gorel versions      # the others, and why",
    ],
  },
  "pre-releases": {
    short: "v1.3.0-rc.1: for whoever asks; rc.10 and rc10 are not the same",
    text: [
      "A pre-release sorts below the release of the same numbers. @latest and upgrades pass over " +
      "it while there is any release; whoever asked for one by name gets the next of its series " +
      "with go get -u, and then the release. It is published for ever like any other version.",
      "Parts between dots that are numbers compare as numbers, all others as text: rc.10 is " +
      "above rc.9, but rc10 is below rc9. Write rc.1, rc.2 and never mix: rc1 is above every " +
      "rc.N.",
    ],
    example: [
      "$ go list -m -versions example.com/mixed",
      "example.com/mixed v1.0.0-rc.9 v1.0.0-rc.10 v1.0.0-rc10 v1.0.0-rc9",
      "$ go get example.com/wire@v1.3.0-rc.9",
      "go: added example.com/wire v1.3.0-rc.9",
      "$ go get example.com/wire",
      "go: upgraded example.com/wire v1.3.0-rc.9 => v1.3.0-rc.10",
    ],
  },
  "pseudo-versions": {
    short: "The version that Go gives a commit without a tag",
    text: [
      "Asked for a branch or a commit, Go makes up a version: what it follows, the committer's " +
      "time in UTC, and the first 12 digits of the commit's id. It follows the highest version " +
      "tag among all ancestors of the commit, not the nearest. It sorts above that, and below " +
      "the next release.",
      "@latest gives a pseudo-version only while there is no version to choose. Never tag one: " +
      "such a tag is passed over. v0.1.0 as a first release is above every one of the first form.",
    ],
    list: [
      ["v0.0.0-TIME-ID", "no version tag comes before"],
      ["v1.4.3-0.TIME-ID", "after the release v1.4.2"],
      ["v1.5.0-rc.1.0.TIME-ID", "after the pre-release v1.5.0-rc.1"],
    ],
    example: [
      "$ go list -m github.com/acme/odd@main",
      "github.com/acme/odd v1.0.1-0.20260101002000-1affacfce301",
      "$ gorel explain main      # its parts, in plain words",
    ],
  },
  "incompatible": {
    short: "v2.0.0+incompatible: a v2 tag from before modules",
    text: [
      "A repository without a go.mod may have tags v2.0.0 and up. Go offers them under the path " +
      "without /v2, marked +incompatible, because their numbers promise nothing about that path. " +
      "They are not offered any more once the highest version below v2 has a go.mod.",
      "With a go.mod there is no such way: a v2 tag whose go.mod lacks /v2 is not usable by " +
      "anybody. Old ones can be retracted by the newest v0 or v1 go.mod.",
    ],
    example: ["// tagged before there were modules", "retract v2.0.0+incompatible"],
  },
} satisfies Record<string, Topic>;
