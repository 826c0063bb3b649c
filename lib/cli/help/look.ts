/** The help of the words that only look. */
import type { HelpText } from "./text.ts";

export const look = {
  status: {
    summary: "Show the module, its versions, what is unreleased and what is unfinished",
    more: [],
    examples: ["gorel status", "gorel status --offline --json", "gorel -C ../other status"],
  },
  next: {
    summary: "Print the advised version, for scripts",
    more: [
      "With -v the evidence goes to standard error; with --json all candidates and what was not " +
      "checked are in the document. With nothing to release it prints nothing.",
    ],
    examples: [
      "gorel next",
      "gorel next -v                     # and why",
      "gorel next --json --offline",
    ],
  },
  check: {
    summary: "Run the checks that a release begins with, and change nothing",
    more: ["Without a VERSION the advised one is checked. Exit 3 when something would stop it."],
    examples: ["gorel check", "gorel check v1.3.0 --json"],
  },
  versions: {
    summary: "List every version: tag here, on the remote, on the proxy, retracted",
    more: [
      "Also tags that look like versions and are none, with the reason. MODULE is one of this " +
      "repository, at HEAD or not; of any other, gorel query tells what users get.",
    ],
    examples: ["gorel versions", "gorel versions --json", "gorel versions --module tools"],
  },
  hash: {
    summary: "Print the h1: hashes of the module zip and of go.mod at a revision",
    more: ["Worked out here, without a network; REV is any revision git knows (default: HEAD)."],
    examples: ["gorel hash", "gorel hash v1.2.3", "gorel hash main~2 --json"],
  },
  verify: {
    summary: "Prove what users of a published version get",
    more: [
      "Remote tag, .info, .mod, .zip and its hash, list, @latest; nothing is asked of the proxy " +
      "before the remote shows the tag. Exit 8 while something is not visible yet.",
    ],
    examples: [
      "gorel verify",
      "gorel verify v1.2.3 --wait 30m",
      "gorel verify example.com/m/tools@v0.3.0",
    ],
  },
  query: {
    summary: "Show what MODULE@QUERY resolves to for users of a module",
    more: [
      "What go list -m -json M@Q gives, from the proxies of GOPROXY; with direct this repository's " +
      "own remote answers for its module. QUERY is latest, upgrade, patch, v1, v1.2, v1.2.3, " +
      "<v1.5.0, >=v1.2.0, a branch, a tag or a commit; gorel help queries says what each gives.",
      "upgrade and patch count from --current, else from what the go.mod here requires. That the " +
      "version is retracted, or the module deprecated, is said and changes nothing. Of several " +
      "queries one that is refused does not stop the others; then exit 3.",
    ],
    examples: [
      "gorel query example.com/m@latest",
      "gorel query example.com/m@patch --current v1.0.0",
      "gorel query 'example.com/m@<v1.2.0' golang.org/x/text@latest --json",
    ],
  },
  graph: {
    summary: "Show the build list: which version of every module is built with",
    more: [
      "As go list -m all: minimal version selection over the go.mod files of all requirements, read " +
      "from the module cache and the proxy. MODULE@VERSION is looked at as if it were the main " +
      "module. --why MODULE names those that require it, and which version each asks for.",
      "--consumers shows instead what each query gives the users of this module before and after a " +
      "release: the one that the words behind it mean, else the advised one. Nothing is released.",
    ],
    examples: [
      "gorel graph",
      "gorel graph --why golang.org/x/text",
      "gorel graph example.com/m@v1.2.3 --json",
      "gorel graph --consumers minor",
      'gorel graph --consumers retract v1.0.0 --reason "panics"',
    ],
  },
} satisfies Record<string, HelpText>;
