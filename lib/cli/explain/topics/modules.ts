/** Module paths, majors, and several modules in one repository. */
import type { Topic } from "../topic.ts";

export const modules = {
  "module-path": {
    short: "The module line of go.mod: name, address and prefix of every import",
    text: [
      "The path says how users import the module and where Go looks for it. Its first element is " +
      "a host: lower-case, with a dot; without one nobody can go get it. Upper and lower case " +
      "differ. Names that Windows reserves, like aux or con, are refused in every element. From " +
      "v2 on it ends in /v2.",
      "Every version keeps the path of its own go.mod. A fork, or a repository that was renamed, " +
      "cannot be required under another path: module declares its path as … but was required as ….",
    ],
    example: [
      "module github.com/acme/wire             // its versions v0 and v1",
      "module github.com/acme/wire/v2          // its versions v2",
      "module github.com/acme/wire/tools       // its folder tools",
    ],
  },
  "major-versions": {
    short: "From v2 on: a new path in go.mod and in every import",
    text: [
      "v2.0.0 needs /v2 at the end of the module path and in every import of its own packages. " +
      "To Go that is another module: users of v1 are not offered it, not even by go get -u, and " +
      "move by changing their imports. It has its own @latest, retractions and deprecation.",
      "It lies at the root of a branch (v1 then lives on a branch of its own), or in a folder " +
      "v2/ with its own go.mod beside v1. The tag is v2.0.0 in both cases. With /v2 in both " +
      "go.mod files Go refuses the version. gorel major rewrites go.mod and the imports, or with " +
      "--layout folder makes such a folder.",
    ],
    example: [
      "module github.com/acme/wire/v2      // go.mod, or v2/go.mod",
      "",
      'import "github.com/acme/wire/v2/codec"',
    ],
  },
  "two-majors": {
    short: "v1 and v2 of a module live side by side in one build",
    text: [
      "They are two modules with two paths, so one program may import both: users can move " +
      "package by package, and a dependency that still needs v1 is in nobody's way. Their types " +
      "are different types, and each has its own package variables. v1 may be released further " +
      "for as long as you like.",
    ],
    example: [
      "$ go get example.com/wire@v1.2.0 example.com/wire/v2@v2.0.0",
      "go: added example.com/wire v1.2.0",
      "go: added example.com/wire/v2 v2.0.0",
      "$ go list -m all",
      "example.com/user",
      "example.com/wire v1.2.0",
      "example.com/wire/v2 v2.0.0",
    ],
  },
  "gopkg.in": {
    short: "gopkg.in writes the major as .vN, and from v0 on",
    text: [
      "Paths below gopkg.in carry the major in every version, behind a dot: gopkg.in/yaml.v3, " +
      "also .v0 and .v1. The tags are those of the repository behind it, v3.0.1, and its go.mod " +
      "must say the gopkg.in path. No folder for the major there, and no slash.",
    ],
    example: ["module gopkg.in/yaml.v3      // tagged v3.0.1"],
  },
  "multi-module": {
    short: "Several modules in one repository",
    text: [
      "Every folder with a go.mod is a module of its own: its files are not in the zip of the " +
      "module around it, its tags have its folder as prefix, and its versions count for " +
      "themselves. A module sees its sibling as users do, by a published version. A replace line " +
      "or a go.work hides that the published sibling lacks what you use: release both together, " +
      "as a train.",
    ],
    example: [
      "$ gorel minor --module codec      # codec/v1.3.0 alone",
      "$ gorel minor codec .             # and v1.5.0, which requires it",
    ],
  },
  "vanity-paths": {
    short: "A path on your own host points to a repository elsewhere",
    text: [
      "For a few known hosts Go sees in the path where the repository is. For any other it asks " +
      "https://PATH?go-get=1 and reads the line go-import of that page. The tag must be pushed " +
      "to the repository that is named there. When the page goes, new versions cannot be " +
      "fetched; what a proxy has, stays.",
    ],
    example: [
      '<meta name="go-import"',
      '      content="example.com/wire git https://git.example.com/acme/wire">',
    ],
  },
} satisfies Record<string, Topic>;
