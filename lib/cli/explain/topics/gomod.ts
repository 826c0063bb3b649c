/** What the lines of go.mod do to the users of the module. */
import type { Topic } from "../topic.ts";

export const gomod = {
  "go-line": {
    short: "go 1.23: the oldest Go that users may have",
    text: [
      "Since Go 1.21 the go line is a hard minimum. An older go command fetches a newer " +
      "toolchain, or with GOTOOLCHAIN=local refuses. A module must also have at least the go " +
      "line of what it requires, so raising yours raises it for everybody who requires you. That " +
      "is at least a minor release.",
      "The line also chooses the language and some rules for the module: 1.17 pruning, 1.22 a " +
      "loop variable for each iteration, 1.24 another rule for vendor folders in the zip.",
    ],
    example: ["module github.com/acme/wire", "", "go 1.23.0"],
  },
  "toolchain": {
    short: "The toolchain line counts only in your own checkout",
    text: [
      "It suggests which Go to build this module with, when work is done in it. Users of the " +
      "module never see it: for them the go line alone counts.",
    ],
    example: [
      "go 1.23.0               // what users need",
      "toolchain go1.26.2      // what you use",
    ],
  },
  "requirements": {
    short: "require names the lowest version that will do, not a pin",
    text: [
      "A requirement means: this version or a higher one of the same major. Whoever builds with " +
      "you gets at least that, so raising one raises it for your users too. // indirect marks " +
      "what none of your own packages imports; it counts just as much. A requirement on a " +
      "pseudo-version or a pre-release brings it to all users, who may get past it only upwards.",
    ],
    example: [
      "require (",
      "    golang.org/x/text v0.22.0",
      "    golang.org/x/sys v0.30.0 // indirect",
      ")",
    ],
  },
  "replace-exclude": {
    short: "replace and exclude end at your own door",
    text: [
      "Both count only in the module that is being built. Users get what require says: a fork " +
      "behind a replace does not reach them, and a requirement that exists only through a local " +
      "replace breaks their build. A command cannot be installed by its version while its go.mod " +
      "has either line.",
    ],
    example: [
      "$ go install example.com/replaced@v1.0.0",
      "go: example.com/replaced@v1.0.0 (in example.com/replaced@v1.0.0):",
      "...",
      "    it to be interpreted differently than if it were the main module.",
    ],
  },
  "tools": {
    short: "tool and ignore lines, and what of them reaches users",
    text: [
      "tool names a command that go tool runs in this module. Its module becomes an ordinary " +
      "requirement, so it may raise versions in the builds of your users, though none of them " +
      "runs it; a module of its own for tools keeps them out. ignore keeps folders out of ./... " +
      "only: their files are in the zip like all others.",
    ],
    example: ["tool golang.org/x/tools/cmd/stringer", "ignore ./assets"],
  },
  "workspaces": {
    short: "go.work is never used by users",
    text: [
      "A workspace lets your own checkouts stand in for published versions. Users never see " +
      "that: with a go.work around, build and tests can pass although the published sibling " +
      "lacks what you use. Look with GOWORK=off before a release; gorel always does.",
    ],
    example: ["$ GOWORK=off go build ./...", "$ GOWORK=off go test ./..."],
  },
} satisfies Record<string, Topic>;
