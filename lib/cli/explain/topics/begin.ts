/** The rules in a page each, for whoever releases a module for the first time, or once a year. */
import type { Topic } from "../topic.ts";

export const begin = {
  "versions": {
    short: "Which tags are versions, which number is next, and what users get",
    text: [
      "Nothing is uploaded: a version is a git tag, written out in full. v1.2.3 and v1.3.0-rc.1 " +
      "are versions; v1.2, 1.2.3 and V1.2.3 are passed over in silence. A module in the folder " +
      "tools has tools/v1.2.3.",
      "Go compares the numbers one by one, so v1.10.0 is above v1.9.0. Users who name no version " +
      "get the highest release that is not retracted, and nobody gets it before they ask. Go " +
      "looks at the number alone, never at what changed: what it promises is yours to keep.",
      "What is out stays out, with exactly these bytes. No tag is moved, no number used twice: a " +
      "mistake is followed by a higher version.",
    ],
    list: [
      ["v1.2.3 → v1.2.4", "patch: a mistake is mended, nothing is new"],
      ["v1.2.3 → v1.3.0", "minor: something is new, or users need a newer Go or module"],
      ["v1.2.3 → v2.0.0", "major: code that compiled may not any more; a new path (v2)"],
      ["v0.3.1 → v0.4.0", "in v0 a break is a minor; v1.0.0 begins the promise"],
    ],
    example: [
      "$ go list -m -versions example.com/wire",
      "example.com/wire v1.0.0 v1.0.1 v1.2.0 v1.3.0-rc.9 v1.3.0-rc.10",
      "$ go list -m example.com/wire@latest",
      "example.com/wire v1.2.0",
      "$ gorel next -v      # what the next one should be, and why",
      "$ gorel versions     # every tag, and what users see of it",
    ],
    more: ["canonical-versions", "patch-minor-major", "tags", "upgrades", "pseudo-versions"],
  },
  "v2": {
    short: "From v2 on a module has another path, and so is another module",
    text: [
      "example.com/wire has the versions v0 and v1, example.com/wire/v2 those of v2. The new path " +
      "stands in go.mod and in every import of the module's packages, its own and its users'. " +
      "Nobody is moved there by an upgrade. From v0 to v1 the path stays. Below gopkg.in every " +
      "path has its major behind a dot, .v2 like .v1.",
      "The tag has no path in it: v2.0.0. With that tag and a go.mod without /v2 nobody can use " +
      "the version, nor one tagged v1.2.3 whose go.mod has it; gorel refuses both. Retract lines " +
      "for v1 stay with v1: in the new go.mod Go refuses them, and gorel major takes them out.",
    ],
    list: [
      ["at the root", "this branch becomes v2; --keep-branch NAME makes one for fixes of v1"],
      ["in a folder", "--layout folder: a copy in v2/ beside v1, on the same branch"],
    ],
    example: [
      "$ gorel major --dry-run      # go.mod, imports, docs: every byte",
      "$ gorel major --keep-branch release-v1",
      "$ go get example.com/wire/v2@latest",
      "go: added example.com/wire/v2 v2.0.0",
      "$ go list -m example.com/wire@latest      # users of v1 stay there",
      "example.com/wire v1.2.0",
    ],
    more: ["major-versions", "two-majors", "incompatible", "gopkg.in", "v0"],
  },
  "retract": {
    short: "A bad version is out: release one that tells users to avoid it",
    text: [
      "Nothing that is out can be deleted, and moving its tag makes it worse. A retract line in " +
      "go.mod hides a version from whoever does not name it. Who names it gets it, with your " +
      "reason as a warning; builds that have it go on in silence.",
      "Go reads these lines from one place only, the go.mod of the highest release. So a " +
      "retraction is a release, it must be the highest, and every later one keeps the lines.",
    ],
    list: [
      ["the fix is at HEAD", "gorel retract v1.2.3: v1.2.4 has the fix, and the line"],
      ["an old one is bad", "--from v1.2.3: v1.2.4 is v1.2.3 with the line, nothing else"],
      ["there is no fix yet", "--from v1.2.3 --self: v1.2.4 hides both, users get v1.2.2"],
      ["several are bad", "v1.0.0..v1.0.2 is a range; name as many as you like"],
      ["it was a mistake", "gorel unretract v1.2.3"],
      ["all of the module", "gorel deprecate: users are told to leave it"],
    ],
    example: [
      '$ gorel retract v1.1.0 --reason "panics"',
      "$ go list -m -versions example.com/wire",
      "example.com/wire v1.0.0 v1.0.1 v1.2.0 v1.3.0-rc.9 v1.3.0-rc.10",
      "$ go get example.com/wire@v1.1.0",
      "go: warning: example.com/wire@v1.1.0: retracted by module author: panics",
      "...",
      "$ go get example.com/wire@latest",
      "go: upgraded example.com/wire v1.1.0 => v1.2.0",
    ],
    more: ["retraction", "patch-and-retract", "self-retraction", "moved-tags", "deprecation"],
  },
  "prerelease": {
    short: "A version for those who ask for it by name, before it counts",
    text: [
      "v1.3.0-rc.1 is below v1.3.0 and above every v1.2. While the module has any release nobody " +
      "meets it unasked. Whoever took it by name is led on by go get -u: to rc.2, and at the end " +
      "to v1.3.0. It is as public and as permanent as a release.",
      "A series goes up: alpha, beta, rc, and in each rc.1, rc.2 and so on. The number needs its " +
      "dot, for rc10 is below rc9. What a pre-release says in retract lines, or of deprecation, " +
      "does nothing as long as there is a release.",
    ],
    list: [
      ["gorel prerelease", "the next of the running series, or the first of a new one"],
      ["gorel minor --pre beta", "v1.3.0-beta.1: the bump and the word are chosen"],
      ["gorel major --pre rc", "v2.0.0-rc.1, which has the path /v2 already"],
      ["gorel release", "ends the series: v1.3.0"],
    ],
    example: [
      "$ go get example.com/wire",
      "go: added example.com/wire v1.2.0",
      "$ go get example.com/wire@v1.3.0-rc.9",
      "go: upgraded example.com/wire v1.2.0 => v1.3.0-rc.9",
      "$ go get -u example.com/wire",
      "go: upgraded example.com/wire v1.3.0-rc.9 => v1.3.0-rc.10",
      "$ go get example.com/wire@latest",
      "go: downgraded example.com/wire v1.3.0-rc.10 => v1.2.0",
    ],
    more: ["pre-releases", "semver", "latest", "queries"],
  },
  "proxy": {
    short: "A module proxy fetches on request, and then keeps for ever",
    text: [
      "Pushing a tag tells a proxy nothing. It fetches a version when the first user asks for " +
      "it by its exact name, and keeps it: also after the tag, or the whole repository, is gone. " +
      "Lists of versions and @latest come from a cache of a minute or so, and may differ from " +
      "each other for a while.",
      "That it did not find a version it remembers too, for up to half an hour. So nobody may " +
      "ask before the tag is on the remote; gorel never does. A release is out when somebody got " +
      "the right bytes: gorel asks step by step, and goes on only when a step is right.",
      "Which proxies there are says GOPROXY; gorel has none built in. Modules that match " +
      "GOPRIVATE come from their repository, and no proxy hears of them.",
    ],
    list: [
      ["remote", "the tag is there, and stands on the right commit"],
      [".info, .mod, .zip", "asked for by the exact version: now the proxy fetches it"],
      ["h1:", "the hash of that zip is the one worked out here before the push"],
      ["list, @latest", "what users get who name no version: last, for it may be old"],
    ],
    example: [
      "$ gorel patch --wait 15m          # asks for so long; else 5m",
      "$ gorel verify v1.4.3             # exit 8: not visible everywhere yet",
      "$ go list -m example.com/wire@v1.2.0      # asks for it by name",
      "example.com/wire v1.2.0",
    ],
    more: ["too-early", "goproxy", "checksum-database", "private-modules"],
  },
  "trains": {
    short: "Several modules of one repository in one release",
    text: [
      "With several DIRs, or as gorel auto at the root, gorel releases modules together: what they " +
      "require of each other becomes the coming version, replace lines of each other are dropped " +
      "(and of modules that stay out, where users have what is required of them), and go.sum gets " +
      "the hashes that follow from the same tree. All of it is one commit with a tag for each " +
      "module, in one push that moves everything or nothing.",
      "auto takes every module of which something changed, and those that require one of these: " +
      "they get a patch at least, a minor where the major.minor of what they require rises. " +
      "Modules that were never released get their first version: to go without, name the others. " +
      "Where only one module is due, its replace lines are treated alike.",
      "Modules that require each other in a circle cannot hold each other's hash: one is tagged " +
      "without that line of its go.sum, which users never read, and the next commit adds it.",
    ],
    list: [
      ["codec/v1.3.0", "the tag of the module in the folder codec"],
      ["v1.5.0", "the tag of the one at the root, which now requires codec v1.3.0"],
    ],
    example: [
      "$ gorel auto --dry-run                    # which ones, and why",
      "$ gorel minor codec .                     # these two, both a minor",
      "$ gorel v1.5.0 codec example.com/wire/tools",
      "$ gorel auto --restore-replaces           # back, in a commit behind",
    ],
    more: ["multi-module", "replace-exclude", "workspaces", "go-sum"],
  },
} satisfies Record<string, Topic>;
