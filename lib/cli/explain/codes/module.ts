/** Problem codes of the module, its path and its versions. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const module = {
  "no-go-mod": {
    short: "The commit to be tagged has no go.mod there.",
    text: "Go finds a version by its tag and then looks for go.mod in that commit. A go.mod that " +
      "lies only in the work tree reaches nobody. Commit it, or name a commit that has it.",
    example: ["$ go mod init github.com/acme/wire", '$ git add go.mod && git commit -m "a module"'],
  },
  "go-mod-invalid": {
    short: "go.mod does not parse; the text is Go's own.",
    text:
      "Every go command of every user would stop at this version. The place is the line that Go " +
      "names. Mend it and commit it.",
    example: ["$ go mod edit -json", "$ gorel explain go.mod"],
  },
  "module-not-found": {
    short: "No module of this repository is the one that is meant.",
    text:
      "The repository has no module of that folder or path, or several and none is chosen. Each " +
      "has versions of its own, so gorel does not guess. Name one by folder or path.",
    example: ["$ gorel status", "$ gorel patch --module codec"],
  },
  "path-invalid": {
    short: "Go does not accept the module path.",
    text:
      "A character, a name or a form that module paths must not have: nobody could require the " +
      "module. The path stands in the module line of go.mod.",
    example: ["$ gorel help module-path"],
  },
  "path-not-fetchable": {
    short: "The first element of the module path has no dot, so it names no host.",
    text:
      "It builds in your checkout, but nobody can go get it: Go would not know where to ask. If " +
      "the module is only ever used through a replace or a workspace, accept it.",
    example: [
      "module wire                       # nobody can get it",
      "module github.com/acme/wire",
    ],
  },
  "path-version-mismatch": {
    short: "The version's major and the module path do not fit.",
    text:
      "From v2 on the path ends in /v2, and v0 and v1 have no such ending. Go would look for the " +
      "version under another path, and nobody could use it under either. Correct the path in " +
      "go.mod and in the imports, or choose a version that fits.",
    example: ["$ gorel help major-versions"],
  },
  "path-remote-mismatch": {
    short: "Module path and remote do not look alike.",
    text:
      "Users fetch from where the path points. A tag that is pushed to a fork, or under an old " +
      "name, reaches them only if that is where it leads. A path on your own host, whose page " +
      "points to the remote, is well.",
    example: ["$ git remote -v", "$ gorel patch --remote upstream"],
  },
  "version-invalid": {
    short: "That is no version in the form that Go counts.",
    text:
      "A version is v and three numbers, perhaps a pre-release: v1.4.3, v1.5.0-rc.1. A tag of " +
      "any other form would be passed over, and nobody would be told.",
    example: ["$ gorel v1.5.0-rc.1", "$ gorel help canonical-versions"],
  },
  "version-exists": {
    short: "The version is taken: here, on the remote or on the proxy.",
    text:
      "The first content that anybody fetched stays for ever. A second one under the same number " +
      "would give some users the old code, some the new, and some a SECURITY ERROR. The text " +
      "names the next free one; retracted versions are taken, too.",
    example: ["$ gorel versions", "$ gorel v1.4.4"],
  },
  "tag-moved": {
    short: "A tag names another commit here than on the remote.",
    text: "One of the two was moved. Proxies have one of them for ever, and builds that compare " +
      "break with the other. Leave the remote's as it is, take it over, and release the next " +
      "version.",
    example: ["$ git fetch --force origin refs/tags/v1.4.2:refs/tags/v1.4.2"],
  },
  "backport": {
    short: "The version is below the highest release, so @latest does not move.",
    text: "Users of the older line get it with go get -u=patch or by name; all others get the " +
      "higher one. Right for a fix of an old line; otherwise go to the branch of the highest " +
      "release.",
    example: ["$ gorel query github.com/acme/wire@patch --current v1.3.0"],
  },
  "latest-lower": {
    short: "The first release is below pre-releases that are out: @latest goes down.",
    text:
      "As soon as there is a release, @latest passes over every pre-release. Who got v1.0.0-rc.1 " +
      "by @latest gets v0.9.0 next time. gorel release finishes the series instead.",
    example: ["$ gorel release"],
  },
  "nothing-to-release": {
    short: "Nothing of the module changed since its last release.",
    text:
      "The new version would be the old one under another number. Users would move for nothing. " +
      "If that is meant, accept it; a tag that is only here is sent by its name.",
    example: ["$ gorel versions", '$ gorel patch --accept nothing-to-release="signed again"'],
  },
  "no-series": {
    short: "No pre-release is running that could be finished.",
    text:
      "release turns v1.3.0-rc.2 into v1.3.0; without a pre-release above the last release there " +
      "is nothing to turn.",
    example: ["$ gorel minor", "$ gorel prerelease --pre rc"],
  },
  "prerelease-lower": {
    short: "The pre-release would sort below the running one of the same numbers.",
    text:
      "beta sorts below rc, and rc10 below rc9: testers of the series would never be offered it. " +
      "Go on with the running identifier, or choose one that sorts after it.",
    example: ["$ gorel prerelease", "$ gorel help pre-releases"],
  },
  "replace-dropped": {
    short: "go.mod has replace or exclude lines, which do not reach users.",
    text: "They get what require says, which may be another code than you tested with. And go " +
      "install of a command at this version is refused. gorel auto leaves out replacements of " +
      "this repository's own modules, if what is required of them is out; --restore-replaces " +
      "brings them back behind the tag.",
    example: [
      "$ gorel auto --restore-replaces",
      "$ go mod edit -dropreplace=example.com/fork",
      "$ gorel help replace-exclude",
    ],
  },
  "replace-local": {
    short: "A requirement works only because a replace line stands in for it.",
    text:
      "The version that is required does not exist for users, so their builds fail: a sibling " +
      "that was never released, or a folder of yours. Release that first, and require what is " +
      "published.",
    example: [
      "$ go get github.com/acme/wire/codec@v1.3.0",
      "$ go mod edit -dropreplace=github.com/acme/wire/codec",
    ],
  },
  "zip-invalid": {
    short: "The rules of the module zip refuse the module.",
    text:
      "One file with a name that some system cannot have, two that differ only in case, or more " +
      "than 500 MiB: nobody could download the version, while everything works in the checkout. " +
      "Rename or move what the text names.",
    example: ['$ git mv "testdata/it\'s.txt" testdata/its.txt', "$ gorel help file-names"],
  },
} satisfies Partial<Record<Code, CodeText>>;
