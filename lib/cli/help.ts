/** What `--help` says of each command, as data. */
import { classNames } from "../plan/major/classes.ts";
import type { Command } from "./commands.ts";

export interface HelpText {
  /** One line, also in the list of commands. */
  summary: string;
  /** Further paragraphs. */
  more: string[];
  /** Command lines, and remarks behind `#`. */
  examples: string[];
}

const hooks =
  "Git's hooks run before the release's own edits are in the work tree; a hook that formats or " +
  "stages files makes gorel stop, and --no-hooks goes without.";

const trains =
  "Several DIRs, folders or module paths, are one train: what they require of each other is raised " +
  "to the coming versions, and all their tags go out in one push; gorel help trains says more.";

const counts = (word: string, what: string, more: string[], examples: string[]): HelpText => ({
  summary: what,
  more: [
    ...more,
    "Tags the commit at HEAD, pushes branch and tag in one atomic push, and proves that the module " +
    "proxy serves exactly that code. Until the push, gorel undo takes everything back; after it " +
    "nothing does.",
    "On a terminal the screens open at the checks; nothing happens before the version is typed. " +
    "With --yes nothing is asked, with --dry-run only the plan is printed.",
    trains,
    hooks,
  ],
  examples: [`gorel ${word}`, ...examples],
});

const texts: Record<Command, HelpText> = {
  patch: counts("patch", "Release the next patch: v1.2.3 → v1.2.4", [], [
    "gorel patch --dry-run             # only the plan",
    "gorel patch tools --yes           # the module in the folder tools, unasked",
    "gorel patch --pre rc              # v1.2.4-rc.1",
  ]),
  minor: counts("minor", "Release the next minor: v1.2.3 → v1.3.0", [], [
    "gorel minor --dry-run --json      # the plan as JSON",
    "gorel minor --no-push             # commit and tag here; gorel resume pushes",
    "gorel minor codec .               # two modules of the repository, one train",
  ]),
  major: counts("major", "Release the next major: v0.5.0 → v1.0.0, v1.4.2 → v2.0.0", [
    "Beyond v1 a new major is a new module path (/v2): go.mod, every import, and what else names " +
    "the path are rewritten in the release commit, modules of the repository that use it go along, " +
    "and what stays is listed with the reason. --rewrite and --leave take a class or a path: " +
    `${classNames.join(", ")}.`,
    "This branch becomes the new major; --keep-branch NAME makes a branch for the old one. With " +
    "--layout folder the new major is a copy in the folder v2, and the old one lives on beside it.",
  ], [
    "gorel major --dry-run             # every byte that changes, and what is left",
    "gorel major --keep-branch release-v1",
    "gorel major --layout folder --leave README.md",
    "gorel major --pre rc              # v2.0.0-rc.1; gorel release ends it",
  ]),
  prerelease: counts(
    "prerelease",
    "Release the next pre-release: v1.3.0-rc.1 → v1.3.0-rc.2",
    ["Continues the running series, or opens one for the version that gorel next advises."],
    [
      "gorel prerelease --pre beta       # v1.3.0-beta.1",
      "gorel release                     # ends the series: v1.3.0",
    ],
  ),
  release: counts(
    "release",
    "Finish the running pre-release: v1.3.0-rc.2 → v1.3.0",
    [],
    ["gorel release --dry-run", "gorel release --yes --wait 15m"],
  ),
  auto: counts(
    "auto",
    "Release the version that gorel next advises",
    [
      "With nothing to release it says so and exits 0. At the root of a repository with several " +
      "modules it takes all that changed, and those that require one of them.",
    ],
    ["gorel auto --dry-run", "gorel auto --yes --json            # in CI"],
  ),
  version: counts(
    "v1.5.0",
    "Release exactly that version",
    ["A tag of that name that stands at HEAD and was never pushed is sent as it is."],
    ["gorel v1.5.0-rc.1 --dry-run", "gorel v2.0.1 --remote upstream"],
  ),
  retract: {
    summary: "Release a version that tells users to avoid others",
    more: [
      "Adds retract lines to go.mod, and releases the next patch of HEAD with them: a retraction " +
      "counts only from the highest version. Nothing is deleted; builds that use a retracted " +
      "version keep working, but @latest and upgrades pass it by.",
      "A range is written v1.0.0..v1.0.2 or [v1.0.0,v1.0.2]. On a terminal, what is left out " +
      "(versions, reason) is asked for in the retract editor.",
      "With --from REV the release is REV's code with that edit, and nothing else ships. The " +
      "current branch, which must come from REV, gets a merge of it in the same push: its files " +
      "stay but for the same retract lines, and its next release counts from this one.",
      hooks,
    ],
    examples: [
      'gorel retract v1.0.0 --reason "panics on empty input; use v1.0.1"',
      'gorel retract v1.0.0..v1.0.2 v1.1.0 --reason "leaks file handles"',
      'gorel retract v1.0.0 --self --reason "a mistake"   # and the new version too',
      'gorel retract v1.4.1 --from v1.4.2 --reason "panics"   # ships nothing new',
      'gorel retract v1.5.0 --from v1.5.0 --self --reason "panics"   # fix later',
    ],
  },
  unretract: {
    summary: "Release a version that takes a retraction back",
    more: [
      "Takes the retract lines of exactly these versions or ranges out of go.mod, and releases the " +
      "next patch of HEAD with it. A version inside a retracted range cannot be taken back alone: " +
      "name the range as go.mod has it, and retract what stays bad again.",
      hooks,
    ],
    examples: [
      "gorel unretract v1.0.0",
      "gorel unretract v1.0.0..v1.0.2 --dry-run",
    ],
  },
  deprecate: {
    summary: "Release a version that tells users to leave the module",
    more: [
      "Writes a deprecation above the module line of go.mod, and releases the next patch of HEAD " +
      "with it: go get and go list -m -u show the reason to users of any version. Nothing is " +
      "deleted, and nothing is retracted.",
      "With --from REV the release is REV's code with that edit, and nothing else ships. The " +
      "current branch, which must come from REV, gets a merge of it in the same push.",
      hooks,
    ],
    examples: [
      'gorel deprecate --reason "use example.com/better instead"',
      'gorel deprecate --from v1.4.2 --reason "no longer maintained" --dry-run',
    ],
  },
  undeprecate: {
    summary: "Release a version that takes the deprecation back",
    more: [
      "Takes the deprecation out of go.mod, and releases the next patch of HEAD with it.",
      hooks,
    ],
    examples: ["gorel undeprecate", "gorel undeprecate --from v1.4.2 --dry-run"],
  },
  plan: {
    summary: "Print what WORDS would do, byte by byte, and change nothing",
    more: [
      "WORDS are a release as you would type it: patch, v1.5.0, retract v1.0.0 …, with its flags. " +
      "gorel plan WORDS is gorel WORDS --dry-run. The same repository gives the same plan.",
    ],
    examples: [
      "gorel plan minor",
      "gorel plan patch -o release.json && gorel apply release.json",
      'gorel plan retract v1.0.0 --reason "panics" --json',
    ],
  },
  apply: {
    summary: "Carry out a saved plan",
    more: [
      "Refused if what the plan was built on has moved since. FILE - reads the plan from standard " +
      "input.",
    ],
    examples: ["gorel apply release.json", "gorel plan patch --json | gorel apply - --yes"],
  },
  resume: {
    summary: "Go on with a release that was not finished",
    more: ["Every step that is done already is left as it is; the release ends exactly once."],
    examples: ["gorel resume", "gorel resume v1.2.4 --yes"],
  },
  undo: {
    summary: "Take back the local steps of a release that was not pushed",
    more: ["Refs, index and files become what they were before it began."],
    examples: ["gorel undo", "gorel undo --yes"],
  },
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
    examples: ["gorel next", "gorel next -v", "gorel next --json --offline"],
  },
  check: {
    summary: "Run the checks that a release begins with, and change nothing",
    more: ["Without a VERSION the advised one is checked. Exit 3 when something would stop it."],
    examples: ["gorel check", "gorel check v1.5.0 --json"],
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
      "gorel verify example.com/greet@v1.0.1",
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
      "gorel query example.com/m@patch --current v1.4.0",
      "gorel query 'example.com/m@<v1.5.0' example.com/other@main --json",
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
  explain: {
    summary: "Say in plain words what a version, commit, path, code or go.mod means",
    more: [
      "To Go, and to the users of the module. WHAT is the first of these that fits: codes (all " +
      "problem codes), a problem code, a topic, go.mod or go.mod:LINE (also in a folder), a version, " +
      "a tag of this repository, a module or import path, a branch or commit. Without it the topics " +
      "are listed; gorel help TOPIC is the same as gorel explain TOPIC.",
      "gorel explain go.mod goes through the file line by line; with --json it is the document of go " +
      "mod edit -json.",
    ],
    examples: [
      "gorel explain v1.4.2",
      "gorel explain go.mod:7",
      "gorel explain retract-ineffective",
      "gorel explain pseudo-versions",
      "gorel explain codes",
    ],
  },
  config: {
    summary: "Show every setting, its value, and where that comes from",
    more: [
      "A flag comes before its GOREL_… variable, that before .gorel.toml at the repository's root. " +
      "The file's commands run only once you have agreed to exactly them: --agree DIGEST does.",
    ],
    examples: ["gorel config", "gorel config --json", "gorel config --schema > gorel.schema.json"],
  },
  completion: {
    summary: "Print the script that completes gorel's words in a shell",
    more: ["Commands, flags, values, tags, modules, remotes and files."],
    examples: [
      'eval "$(gorel completion bash)"    # in ~/.bashrc',
      'eval "$(gorel completion zsh)"     # in ~/.zshrc, behind compinit',
      "gorel completion fish | source     # in config.fish",
    ],
  },
  man: {
    summary: "Print the manual page",
    more: [],
    examples: ["gorel man | man -l -", "gorel man > gorel.1"],
  },
  demo: {
    summary: "Patch and retract a bad release in a sandbox; nothing leaves this machine",
    more: [
      "Makes a sample module, a remote and a module proxy of its own in a temporary folder, and " +
      "opens the screens in it; with --yes it is all done without a question. Works without Go.",
    ],
    examples: [
      "gorel demo",
      "gorel demo --yes",
      "gorel demo --yes --keep            # and look around",
    ],
  },
};

/** The help of one command. */
export function helpOf(command: Command): HelpText {
  return texts[command];
}

/** The help of the whole program. */
export const program: HelpText = {
  summary:
    "gorel releases Go modules: it plans every byte, asks, pushes once, and proves the result.",
  more: ["Without a command it prints what gorel status prints."],
  examples: [
    "gorel demo --yes                  # a release and a retraction in a sandbox",
    "gorel next                        # which version should this be?",
    "gorel minor --dry-run             # what would happen?",
    'gorel retract v1.0.0 --reason "panics on empty input; use v1.0.1"',
    "gorel explain retraction          # what does that do to users?",
  ],
};
