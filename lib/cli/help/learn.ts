/** The help of the words to learn with, of help itself, and of the whole program. */
import type { HelpText } from "./text.ts";

export const learn = {
  explain: {
    summary: "Say in plain words what a version, commit, path, code or go.mod means",
    more: [
      "To Go, and to the users of the module. WHAT is the first of these that fits: codes (all " +
      "problem codes), a problem code, a topic, go.mod or go.mod:LINE (also in a folder), a version, " +
      "a tag of this repository, a module or import path, a branch or commit. Without it the topics " +
      "are listed. A tag, path or branch here that is called like a command, or v2, comes before " +
      "the topic of that name; gorel help TOPIC is always the topic.",
      "gorel explain go.mod goes through the file line by line; with --json it is the document of go " +
      "mod edit -json.",
    ],
    examples: [
      "gorel explain v1.2.3",
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
      'eval "$(gorel completion zsh)"     # in ~/.zshrc, after compinit',
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
      "gorel demo                        # in the screens",
      "gorel demo --yes --keep           # unasked; its folder stays to look at",
    ],
  },
} satisfies Record<string, HelpText>;

/** The help of `gorel help`, which is no command of the table: it prints what the table says. */
export const help: HelpText = {
  summary: "Say what a command does, or how Go sees versions, in plain words",
  more: [
    "WORD is a command, a topic, or a problem code; topics, and codes, list them all. Without it " +
    "every command and topic is named. Where a topic and a command have the same name the topic " +
    "comes first, and below it the command.",
    "To begin with: versions, v2, retract, prerelease, proxy and trains are a page each.",
  ],
  examples: [
    "gorel help",
    "gorel help major                  # a command",
    "gorel help retract                # the rules, then the command",
    "gorel help v2                     # a topic",
    "gorel help tag-moved              # a problem code",
    "gorel help topics",
  ],
};

/** The help of the whole program. */
export const program: HelpText = {
  summary:
    "gorel releases Go modules: it plans every byte, asks, pushes once, and proves the result.",
  more: [
    "Without a command it opens the screens on a terminal; elsewhere it prints what gorel status " +
    "prints.",
  ],
  examples: [
    "gorel demo                        # a release and a retraction in a sandbox",
    "gorel next                        # which version should this be?",
    "gorel minor --dry-run             # what would happen?",
    'gorel retract v1.0.0 --reason "panics on empty input; use v1.0.1"',
    "gorel help retract                # what does that do to users?",
  ],
};
