/** Problem codes of pushing, proving, and of commands that only look. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const publishing = {
  "hook-refused": {
    short: "A git hook said no, or changed what would be committed.",
    text: "Hooks see the planned files as git commit would show them. One that formats or stages " +
      "something would release other bytes than were planned, so gorel stops. Mend what it says, " +
      "or go without; exit 1.",
    example: ["$ gorel patch --no-hooks"],
  },
  "push-refused": {
    short: "The remote refused the push; nothing moved there.",
    text: "The text has the remote's own words. Branch and tag go together, so nobody has seen " +
      "anything. Mend it and resume; when the branch moved on there, undo and release from what " +
      "is there now; exit 1.",
    example: ["$ gorel resume", "$ gorel undo && git pull --rebase"],
  },
  "protected-branch": {
    short: "The branch takes no direct push.",
    text:
      "The release commit cannot reach it. Let yourself push for the release, or undo, bring the " +
      "change of go.mod in by a pull request, and release the commit that was merged: then only " +
      "the tag is pushed; exit 1.",
    example: ["$ gorel undo", "$ gorel patch      # after the merge"],
  },
  "proxy-unset": {
    short: "No module proxy is known, so nothing could prove the release.",
    text:
      "GOPROXY is off, or neither Go nor the environment says anything, and gorel has none built " +
      "in. The release would be out without anybody having seen what users get. Set it, or go " +
      "without the proof.",
    example: ["$ go env GOPROXY", "$ gorel patch --no-wait"],
  },
  "proxy-unreachable": {
    short: "The module proxy does not say which versions it has.",
    text:
      "It may have a version whose tag was deleted, and that number is taken for ever. Nor could " +
      "the release be proven. Try again, or go without the proof.",
    example: ["$ gorel patch --no-wait", '$ gorel patch --accept proxy-unreachable="it is down"'],
  },
  "private-module": {
    short: "GOPRIVATE or GONOPROXY covers the module: no proxy is asked.",
    text:
      "Its users fetch it from the repository, so gorel verifies it there: the tag on the remote " +
      "names the released commit.",
    example: ["$ go env GOPRIVATE GONOPROXY", "$ gorel help private-modules"],
  },
  "not-asked": {
    short: "The remote or the proxy was not asked.",
    text:
      "With --offline, or where the other does not answer, what it knows is not in the answer: a " +
      "version may be taken that looks free. Before the push, gorel asks the remote.",
    example: ["$ gorel next            # without --offline"],
  },
  "not-yet": {
    short: "The release is pushed, but not visible everywhere yet.",
    text: "Proxies answer lists and @latest from caches of a minute or more. Nothing is lost and " +
      "nothing must be done again; exit 8. Go on looking whenever you like.",
    example: ["$ gorel verify v1.4.3 --wait 30m", "$ gorel resume"],
  },
  "hash-mismatch": {
    short: "What is served has another hash than the tag gives here.",
    text:
      "Users do not get the code of this tag. Most often the version was out before, with other " +
      "content; a filter or attribute on the other side can do it as well. A version never " +
      "changes once it is out: find out which it is, retract it, and release the next; exit 1.",
    example: ["$ gorel hash v1.4.3", "$ go mod download -json github.com/acme/wire@v1.4.3"],
  },
  "failed": {
    short: "Something that should have worked did not; the text has its words.",
    text: "A program, a disk or a server failed. What was done before is in the journal: if a " +
      "release had begun, it goes on from there, or is taken back; exit 1.",
    example: ["$ gorel status", "$ gorel resume"],
  },
  "plan-invalid": {
    short: "The file is no plan that gorel made, or it was changed.",
    text:
      "A plan names every byte and ref, and is carried out as it stands; one that does not hold " +
      "together could release what nobody read. Make a new one.",
    example: ["$ gorel plan patch -o release.json"],
  },
  "nothing-unfinished": {
    short: "There is no unfinished release to go on with or to take back.",
    text:
      "It was finished or undone already, or it was begun in another clone: a journal stays in " +
      "the repository that it was begun in. gorel status says where things stand.",
    example: ["$ gorel status", "$ gorel verify v1.4.3"],
  },
  "nothing-to-verify": {
    short: "No version of this module is published yet.",
    text: "verify proves what users of a published version get, and there is none on the remote.",
    example: ["$ gorel minor      # v0.1.0"],
  },
  "revision-unknown": {
    short: "Git knows no such commit, tag or branch here.",
    text: "Perhaps it is only on the remote, or misspelt. A version is the tag's name without " +
      "the folder in front; a commit needs enough digits to be the only one.",
    example: ["$ git fetch --tags", "$ gorel versions"],
  },
  "query-no-match": {
    short: "No version answers to the query.",
    text:
      "Of the versions that exist none is in it, or all that are, are retracted or excluded. go " +
      "get would say so too: no matching versions for query.",
    example: ["$ gorel versions github.com/acme/wire", "$ gorel help queries"],
  },
  "query-no-current": {
    short: "The query counts from a version in use, and none is known.",
    text: "patch stays in the major and minor that is in use, so it needs one: from the go.mod " +
      "that requires the module, or from --current.",
    example: ["$ gorel query github.com/acme/wire@patch --current v1.4.0"],
  },
  "query-failed": {
    short: "The query could not be answered; the text has the server's words.",
    text:
      "Users would see the same: an unknown module or revision, a version whose go.mod is not " +
      "where it must be, a proxy that does not answer.",
    example: ["$ go env GOPROXY", "$ gorel query github.com/acme/wire@latest"],
  },
  "graph-failed": {
    short: "The build list cannot be worked out: a go.mod that it needs cannot be read.",
    text:
      "A requirement does not exist, is malformed, or says another path. Whoever requires this " +
      "module meets the same. The text names who requires it.",
    example: ["$ go list -m all", "$ gorel graph"],
  },
  "not-required": {
    short: "The module is not in the build list.",
    text:
      "Nothing in this build requires it, so there is no version of it and no reason. The list " +
      "holds modules, not packages: name the module that a package belongs to.",
    example: ["$ gorel graph", "$ gorel graph --why golang.org/x/text"],
  },
  "go-mod-updates": {
    short: "go.mod does not say what the build would use: go would change it first.",
    text: "A requirement asks for more than your own line does. go build stops with updates to " +
      "go.mod needed; the list shows what go mod tidy would make of it. Tidy and commit before a " +
      "release.",
    example: ["$ go mod tidy -diff", "$ go mod tidy"],
  },
  "go-too-new": {
    short: "A module needs a newer Go than the one here.",
    text:
      "Its go line is above this Go: it fetches a newer toolchain or, with GOTOOLCHAIN=local, " +
      "refuses. Your users need that Go as well, as long as you require the module.",
    example: ["$ go version", "$ gorel help go-line"],
  },
  "latest-broken": {
    short: "The highest version cannot be used, so @latest fails for everybody.",
    text: "Go chooses it by its tag's name and does not fall back to the next lower one when its " +
      "commit has no go.mod there, or one with another path. Retractions cannot be read either. " +
      "Release a good version above it, and leave the tag alone.",
    example: ["$ gorel versions", "$ gorel patch"],
  },
} satisfies Partial<Record<Code, CodeText>>;
