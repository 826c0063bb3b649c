/**
 * All flags, once. The parser, the help, the defaults from the environment and
 * the way back from choices to a command line are made from this table, and so
 * is the type of what the commands get.
 */
import { type Command, releaseWords } from "./commands.ts";
import { type FlagRow, unsaid, type ValueOf } from "./flag.ts";

const editing: readonly Command[] = ["retract", "unretract", "deprecate", "undeprecate"];
const publishing: readonly Command[] = [...releaseWords, ...editing];
const counting: readonly Command[] = ["patch", "minor", "major", "prerelease", "auto"];

const table = {
  chdir: {
    kind: "list",
    letter: "C",
    value: "DIR",
    on: "everywhere",
    help: "start in DIR; several are taken one after the other",
  },
  module: {
    kind: "text",
    long: "module",
    value: "DIR|PATH",
    on: "everywhere",
    help: "the module: its folder, or its path",
  },
  remote: {
    kind: "text",
    long: "remote",
    value: "NAME",
    on: "everywhere",
    env: true,
    help: "the git remote (default: the branch's own, else origin)",
  },
  json: {
    kind: "switch",
    long: "json",
    on: "everywhere",
    env: true,
    help: "print the result as one JSON document",
  },
  events: {
    kind: "switch",
    long: "events",
    on: "everywhere",
    env: true,
    help: "progress as JSON lines on standard error",
  },
  offline: {
    kind: "switch",
    long: "offline",
    on: "everywhere",
    env: true,
    help: "ask no remote and no proxy; implies --no-push --no-wait",
  },
  plain: {
    kind: "switch",
    long: "plain",
    on: "everywhere",
    env: true,
    help: "plain lines instead of screens",
  },
  ascii: {
    kind: "switch",
    long: "ascii",
    on: "everywhere",
    env: true,
    help: "ASCII characters only in gorel's own text",
  },
  color: {
    kind: "off",
    long: "color",
    on: "everywhere",
    env: true,
    help: "no colours",
  },
  quiet: {
    kind: "switch",
    letter: "q",
    on: "everywhere",
    env: true,
    help: "no progress, warnings and notes",
  },
  verbose: {
    kind: "switch",
    letter: "v",
    on: "everywhere",
    env: true,
    help: "more: evidence, every step",
  },
  dryRun: {
    kind: "switch",
    long: "dry-run",
    letter: "n",
    on: publishing,
    env: true,
    help: "print the plan and change nothing",
  },
  yes: {
    kind: "switch",
    long: "yes",
    letter: "y",
    on: [...publishing, "apply", "resume", "undo", "demo"],
    env: true,
    help: "do not ask",
  },
  pre: {
    kind: "text",
    long: "pre",
    value: "ID",
    on: [...counting, "next"],
    env: true,
    help: "a pre-release of that series: rc (the default), beta, alpha …",
  },
  include: {
    kind: "list",
    long: "include",
    value: "PATH",
    on: publishing,
    help: "a changed file that goes into the release commit",
  },
  commitMessage: {
    kind: "text",
    long: "commit-message",
    value: "TEXT",
    on: publishing,
    env: true,
    help: "message of the release commit, if there is one",
  },
  tagMessage: {
    kind: "text",
    long: "tag-message",
    value: "TEXT",
    on: publishing,
    env: true,
    help: "message of the tag",
  },
  sign: {
    kind: "either",
    long: "sign",
    on: publishing,
    env: true,
    help: "sign tag and commit (default: as git's tag.gpgSign and commit.gpgSign say)",
  },
  signoff: {
    kind: "switch",
    long: "signoff",
    on: publishing,
    env: true,
    help: "end the message of the release commit with your Signed-off-by",
  },
  hooks: {
    kind: "off",
    long: "hooks",
    on: [...publishing, "apply", "resume"],
    env: true,
    help: "run none of git's hooks",
  },
  push: {
    kind: "off",
    long: "push",
    on: [...publishing, "check"],
    env: true,
    help: "stop before the push; gorel resume finishes it",
  },
  wait: {
    kind: "duration",
    long: "wait",
    value: "DURATION",
    on: [...publishing, "check", "apply", "resume", "verify"],
    env: true,
    help: "how long to wait for the proxy: 30s, 5m, 1h30m (a release: 5m)",
  },
  accept: {
    kind: "list",
    long: "accept",
    value: "CODE[=REASON]",
    on: [...publishing, "check"],
    help: "let a problem through; the plan keeps the reason",
  },
  api: {
    kind: "off",
    long: "api",
    on: [...publishing, "check", "next"],
    env: true,
    help: "do not compare the exported API (gorel does not compare it yet)",
  },
  build: {
    kind: "off",
    long: "build",
    on: [...publishing, "check"],
    env: true,
    help: "no go build, vet and test (gorel does not run them yet)",
  },
  reason: {
    kind: "text",
    long: "reason",
    value: "TEXT",
    on: ["retract", "deprecate"],
    help: "why: go get and documentation sites show it to users",
  },
  from: {
    kind: "text",
    long: "from",
    value: "REV",
    on: editing,
    help:
      "release from REV, not from HEAD, so that nothing else ships; the branch gets a merge of it",
  },
  self: {
    kind: "switch",
    long: "self",
    on: ["retract"],
    help: "retract the new version too",
  },
  current: {
    kind: "text",
    long: "current",
    value: "V",
    on: ["query"],
    help: "the version in use, that upgrade and patch count from",
  },
  why: {
    kind: "text",
    long: "why",
    value: "MODULE",
    on: ["graph"],
    help: "who requires this module, instead of the list",
  },
  consumers: {
    kind: "switch",
    long: "consumers",
    on: ["graph"],
    help: "what users' queries give before and after a release; its words may follow",
  },
  output: {
    kind: "text",
    letter: "o",
    value: "FILE",
    on: ["plan"],
    help: "save the plan; gorel apply FILE carries it out",
  },
  keep: {
    kind: "switch",
    long: "keep",
    on: ["demo"],
    help: "leave the sandbox's folder behind",
  },
} as const satisfies Record<string, FlagRow>;

type Table = typeof table;

export type FlagName = keyof Table;

/** What a command gets. A flag that the command does not have holds its default. */
export type Flags = { readonly [Name in FlagName]: ValueOf[Table[Name]["kind"]] };

/** Every flag by the name it has in Flags. */
export const flags: Readonly<Record<FlagName, FlagRow>> = table;

/** The names of all flags, in the order of the help. */
export const flagNames = Object.keys(table) as FlagName[];

/** Reports whether a command has a flag. */
export function has(command: Command, name: FlagName): boolean {
  const on = flags[name].on;
  return on === "everywhere" || on.includes(command);
}

/** The flag as a person writes it: `--dry-run`, `--no-push`, `-o`. */
export function written(name: FlagName, no = flags[name].kind === "off"): string {
  const { long, letter } = flags[name];
  return long === undefined ? `-${letter}` : no ? `--no-${long}` : `--${long}`;
}

/** The environment variable that holds a flag's default: `GOREL_DRY_RUN`, `GOREL_NO_PUSH`. */
export function variable(name: FlagName): string {
  const words = name.replace(/[A-Z]/g, (c) => "_" + c).toUpperCase();
  return `GOREL_${flags[name].kind === "off" ? "NO_" : ""}${words}`;
}

/** What every flag is when nobody said anything. */
export function defaults(): Flags {
  const out: Record<string, unknown> = {};
  for (const name of flagNames) out[name] = unsaid[flags[name].kind];
  return out as Flags;
}
