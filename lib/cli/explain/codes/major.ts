/** Problem codes of new majors, of building what is coming, and of several modules at once. */
import type { Code } from "../../../problem.ts";
import type { CodeText } from "../topic.ts";

export const major = {
  "major-layout": {
    short: "The new major cannot be laid out in that way.",
    text:
      "The folder vN is there already, or the path is one of gopkg.in, which serves the root of a " +
      "repository only, or the module lies in a folder of its major already. Choose the other " +
      "layout, or move what is in the way.",
    example: ["$ gorel major --layout root", "$ gorel help major-layout"],
  },
  "branch-exists": {
    short: "The branch that --keep-branch names is there already.",
    text:
      "The maintenance branch of the old major is made new, at its last release; one that is here " +
      "or on the remote already is somebody's work and is not moved. Name another, or go without.",
    example: ["$ gorel major --keep-branch release-v1"],
  },
  "mention-unknown": {
    short: "What --rewrite or --leave names is no class, and no file with the old path in it.",
    text:
      "Both take the name of a class of mentions (import, prose, url …), or a file or folder, as a " +
      "path from the repository's root. What names nothing would be left out in silence.",
    example: ["$ gorel major --dry-run     # shows what is left, and where"],
  },
  "major-drops": {
    short: "The go.mod of the new major does not have what only the old one can say.",
    text:
      "Go refuses a go.mod that retracts versions of another major, and a deprecation tells users " +
      "of the old path to leave it. Both are read from the old path's own highest release and stay " +
      "in force there.",
    example: ["$ gorel versions            # what the old path's releases retract"],
  },
  "old-major-unreleased": {
    short: "The old major keeps commits that none of its releases has.",
    text:
      "With the new major in a folder of its own the old one stays where it is, with everything " +
      "since its last release: the commits that made a new major necessary, most often. Its next " +
      "release ships them to users of the old path. Take back there what breaks them.",
    example: ["$ git log v1.3.0..HEAD", "$ gorel major --layout root --keep-branch release-v1"],
  },
  "old-path-left": {
    short: "The old module path is left in these places, for the reason given.",
    text:
      "gorel rewrites what would break or mislead with the old path, and leaves what is an address, " +
      "a pinned old version, generated, a plain string or prose. Look at each; --rewrite takes a " +
      "class or a file along, --leave leaves one alone.",
    example: [
      "$ gorel major --rewrite prose --rewrite docs/ffi.c",
      "$ gorel major --leave README.md",
    ],
  },
  "build-failed": {
    short: "The coming release does not build, though what is committed does.",
    text:
      "The planned files were built in a temporary copy, before anything was written. What the go " +
      "command said is in the text. Mend it and plan again; to go on all the same, accept it, or " +
      "leave the build out with --no-build.",
    example: ["$ go build ./...", "$ gorel major --no-build"],
  },
  "vet-failed": {
    short: "Go vet finds a fault in the coming release that it does not find in what is committed.",
    text:
      "The planned files were vetted in a temporary copy, tests included, before anything was " +
      "written. Mend it and plan again, or accept it.",
    example: ["$ go vet ./...", "$ gorel major --accept vet-failed"],
  },
  "not-tidy": {
    short: "The command go mod tidy would change go.mod or go.sum of the coming release.",
    text:
      "What go.mod requires is not what the packages import, or go.sum lacks a line. Users may get " +
      "other versions than you test with, or an error. Run it, commit what it changed, plan again.",
    example: ["$ go mod tidy -diff", "$ go mod tidy && git commit -am tidy"],
  },
  "not-built": {
    short: "The coming release was not built before it goes out.",
    text:
      "With --no-build, without a go command, or where go cannot get what the module requires, " +
      "nothing shows that the rewritten module builds.",
    example: ["$ gorel major              # builds it first"],
  },
  "train-cycle": {
    short: "Modules of the train require each other in a circle.",
    text:
      "The hash of each stands in the go.sum of the other, which cannot be for both at once. One of " +
      "them is tagged without that line in its own go.sum, which users never read; the next commit " +
      "adds it.",
    example: ["$ gorel graph --why MODULE", "$ gorel help trains"],
  },
  "first-release": {
    short: "The command gorel auto takes along a module that was never released.",
    text:
      "At the root of a repository auto means all its modules, examples and helpers included. A " +
      "tag is for ever: proxies keep what it names. Name the modules that are meant, if that is " +
      "not all of them.",
    example: ["$ gorel auto . codec", "$ gorel help trains"],
  },
} satisfies Partial<Record<Code, CodeText>>;
