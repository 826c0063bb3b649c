/** Which versions a build uses, and what a query gives. */
import type { Topic } from "../topic.ts";

export const builds = {
  "mvs": {
    short: "Minimal version selection: the highest that somebody requires",
    text: [
      "Of every module a build uses one version: the highest among those that the go.mod files " +
      "of the build require. Never a higher one because it exists, so the same go.mod files give " +
      "the same build next year. Retraction and deprecation play no part in it. Nobody can force " +
      "a lower version than another module requires.",
    ],
    example: [
      "$ go get example.com/wire@v1.0.0",
      "go: added example.com/wire v1.0.0",
      "$ go get example.com/gate@v1.0.0      # requires example.com/wire v1.0.1",
      "go: added example.com/gate v1.0.0",
      "go: upgraded example.com/wire v1.0.0 => v1.0.1",
      "$ go list -m all",
      "example.com/user",
      "example.com/gate v1.0.0",
      "example.com/wire v1.0.1",
    ],
  },
  "pruning": {
    short: "Since go 1.17 deep requirements are left out of the list",
    text: [
      "A go.mod with go 1.17 or higher names every module that its own packages and tests need, " +
      "the indirect ones too. So Go reads the go.mod files of what you require, but not those " +
      "behind them, unless one with an older go line is on the way. Run go mod tidy before a " +
      "release: what is missing in go.mod is missing for users.",
    ],
    example: ["$ go mod tidy -diff      # what it would change; changes nothing"],
  },
  "queries": {
    short: "MODULE@QUERY: every form, and what it gives",
    text: [
      "A query chooses among the versions that exist. Retracted ones are left out, unless " +
      "one is named in full; those that your own go.mod excludes too, and go get refuses them even " +
      "by name. A release comes before every pre-release.",
    ],
    list: [
      [
        "latest",
        "the highest release; without one the highest pre-release; else the newest commit",
      ],
      ["upgrade", "as latest, but never below the version in use; go get's default"],
      ["patch", "as upgrade, with the major and minor of the version in use"],
      ["v1, v1.2", "the highest that begins so"],
      ["<v1.5.0, <=v1.5.0", "the highest below"],
      [">v1.2.0, >=v1.2.0", "the lowest above"],
      ["v1.2.3", "exactly that, also when it is retracted"],
      ["main, 3f2a1b9", "the version of that commit: its tag, else a pseudo-version"],
      ["none", "go get takes the requirement out"],
    ],
    example: [
      "$ go list -m example.com/wire@latest example.com/wire@v1.0",
      "example.com/wire v1.2.0",
      "example.com/wire v1.0.1",
      "$ go list -m 'example.com/wire@<v1.2.0' 'example.com/wire@>=v1.0.0'",
      "example.com/wire v1.0.1",
      "example.com/wire v1.0.0",
      "$ gorel query example.com/wire@latest",
    ],
  },
  "latest": {
    short: "go get MODULE means @upgrade, not @latest",
    text: [
      "The two differ for those who are above the highest release: on a pre-release, or on a " +
      "later commit. go get MODULE leaves them there or takes them further up; only @latest, " +
      "written out, takes them down. @latest itself is the highest release that is not " +
      "retracted. It follows the numbers, not the dates: a fix for an older line does not become " +
      "it.",
    ],
    example: [
      "$ go get example.com/wire@v1.3.0-rc.10",
      "go: added example.com/wire v1.3.0-rc.10",
      "$ go get example.com/wire      # means @upgrade: nothing is above",
      "$ go list -m example.com/wire",
      "example.com/wire v1.3.0-rc.10",
      "$ go get example.com/wire@latest",
      "go: downgraded example.com/wire v1.3.0-rc.10 => v1.2.0",
    ],
  },
  "listing": {
    short: "go list -m -versions hides retracted versions",
    text: [
      "It lists what may be chosen: tagged versions of that path, without retracted ones, " +
      "without pseudo-versions and without other majors. What is missing there is not gone. With " +
      "-retracted all are listed; gorel versions shows them with the reason, and the tags that " +
      "Go passes over.",
    ],
    example: [
      "$ go list -m -versions example.com/wire",
      "example.com/wire v1.0.0 v1.0.1 v1.2.0 v1.3.0-rc.9 v1.3.0-rc.10",
      "$ go list -m -versions -retracted example.com/wire",
      "example.com/wire v1.0.0 v1.0.1 v1.1.0 v1.2.0 v1.3.0-rc.9 v1.3.0-rc.10",
      "$ gorel versions",
    ],
  },
} satisfies Record<string, Topic>;
