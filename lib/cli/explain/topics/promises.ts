/** What a number promises, who gets it, and how gorel advises one. */
import type { Topic } from "../topic.ts";

export const promises = {
  "v0": {
    short: "v0 promises nothing: any release may break",
    text: [
      "By custom a break raises the minor and a fix the patch, but Go checks neither, and go get " +
      "-u takes users across a break without a word. v1.0.0 begins the promise; from v0 to v1 " +
      "the module path stays.",
    ],
    example: [
      "$ go get example.com/young@v0.9.0",
      "go: added example.com/young v0.9.0",
      "$ go get -u example.com/young      # v0.10.0 broke F, as it may",
      "go: upgraded example.com/young v0.9.0 => v0.10.0",
    ],
  },
  "patch-minor-major": {
    short: "What each of the three numbers promises to users",
    text: [
      "The promise is about code that compiled and worked: after a patch or a minor it still " +
      "does. Go trusts it, tests nothing, and builds with the higher version whenever two are " +
      "asked for. So a break under a small number reaches people who never asked for it.",
    ],
    list: [
      ["patch", "a mistake is mended; no name is new, nothing needs a newer Go"],
      ["minor", "something is added, the go line is raised, or a module is newly required"],
      [
        "major",
        "something that compiled may not any more: a name is gone, a signature changed, " +
        "an interface has a new method. From v1 on: a new module path",
      ],
    ],
    example: [
      "$ gorel next -v      # the advised version, and the evidence",
      "$ gorel minor --dry-run",
    ],
  },
  "upgrades": {
    short: "Who gets a release, and when: nobody, until they ask",
    text: [
      "A build uses the versions that go.mod files name. A new patch, also a security fix, " +
      "changes no build: go build, go test and go mod tidy stay where they are. A user gets it " +
      "by go get MODULE, by go get -u, in the same minor by go get -u=patch, or because another " +
      "module of the build requires it. Only a module that the build does not have yet is found " +
      "at its newest.",
    ],
    example: [
      "$ go get example.com/wire@v1.0.0      # v1.0.1 is out",
      "go: added example.com/wire v1.0.0",
      "$ go mod tidy",
      "$ go list -m example.com/wire",
      "example.com/wire v1.0.0",
      "$ go get -u=patch example.com/wire",
      "go: upgraded example.com/wire v1.0.0 => v1.0.1",
    ],
  },
  "commit-messages": {
    short: "How the messages of commits count for the advised version",
    text: [
      "Go never reads them; gorel does, for its advice. A subject that begins with feat: counts " +
      "as an addition; an exclamation mark before the colon, or a paragraph that begins with " +
      "BREAKING CHANGE, as a break; all else as a fix. Only commits that touch the module count. " +
      "It is advice: the version is yours to choose.",
    ],
    example: [
      "fix(codec): do not panic on empty frames        # patch",
      "feat: Client.DoContext                          # minor",
      "feat!: Dial takes a context                     # major, in v0 minor",
    ],
  },
  "advice": {
    short: "How gorel comes to the version it advises",
    text: [
      "gorel counts from Base: the highest release of this module that is an ancestor of the " +
      "commit to be tagged. Since then it looks at messages of commits and at go.mod: a new " +
      "requirement, one raised by a minor, or a raised go line asks for a minor. The largest " +
      "wins. The exported API is not compared yet: a break that no message names is not seen.",
      "A running pre-release series is continued by gorel prerelease and ended by gorel release. " +
      "A number that is taken (here, on the remote or on the proxy, retracted or not) is never " +
      "used again.",
    ],
    example: [
      "$ gorel next                # for scripts: the version alone",
      "$ gorel next --json         # all candidates, with the evidence",
      "$ gorel auto --dry-run      # the plan of exactly that",
    ],
  },
} satisfies Record<string, Topic>;
