/** The commands as data: what the parser, the help and did-you-mean know of them. */

import type { Permission } from "./permissions.ts";

/** A command word; every version outright (`v1.2.3`) is the command "version". */
export type Command = keyof typeof table;

export interface CommandRow {
  /** The operands, as usage shows them. */
  readonly operands: string;
  /** Fewest and most operands that the parser lets through. */
  readonly least?: number;
  readonly most: number;
  readonly group: "Release" | "Look" | "Finish or take back" | "Learn";
  /** The operand is a version, or MODULE@VERSION. */
  readonly version?: true;
  /** What it may do besides reading and asking git; all else is given up (permissions.ts). */
  readonly needs: readonly Permission[];
  /** True: it writes nothing and proves nothing, so a signal leaves it where it stands. */
  readonly leave: boolean;
  /** True when it begins with a look at the repository, which can be begun early. */
  readonly looks?: boolean;
}

/** Whatever asks the proxy and writes: into the repository, or a tree into a temporary folder. */
const all = ["go", "write", "net"] as const;

/** The plan may have commands of `.gorel.toml`, which only reading it shows. */
const runs = [...all, "sh"] as const;

const release = {
  operands: "[DIR…]",
  most: Infinity,
  group: "Release",
  needs: all,
  leave: false,
  looks: true,
} as const;
const look = { group: "Look", needs: ["go", "net"], leave: true, looks: true } as const;
const finish = {
  group: "Finish or take back",
  needs: all,
  leave: false,
} as const;

const table = {
  patch: release,
  minor: release,
  major: release,
  prerelease: release,
  release,
  auto: release,
  version: release,
  retract: { ...release, operands: "VERSION|RANGE…" },
  unretract: { ...release, operands: "VERSION|RANGE…" },
  deprecate: { ...release, operands: "", most: 0 },
  undeprecate: { ...release, operands: "", most: 0 },
  plan: { ...release, operands: "WORDS…", leave: true },
  apply: { ...finish, needs: runs, operands: "FILE", least: 1, most: 1, group: "Release" },
  resume: { ...finish, needs: runs, operands: "[VERSION]", most: 1, version: true },
  undo: { ...finish, needs: ["write"], operands: "", most: 0 },
  status: { ...look, operands: "", most: 0 },
  next: { ...look, operands: "", most: 0 },
  check: { ...look, needs: all, leave: false, operands: "[VERSION]", most: 1, version: true },
  versions: { ...look, operands: "[MODULE]", most: 1 },
  query: { ...look, operands: "MODULE@QUERY…", least: 1, most: Infinity, looks: false },
  graph: { ...look, needs: all, operands: "[MODULE@VERSION]", most: Infinity, looks: false },
  hash: { ...look, needs: ["write"], operands: "[REV]", most: 1 },
  verify: {
    ...look,
    needs: all,
    leave: false,
    operands: "[VERSION|MODULE@VERSION]",
    most: 1,
    version: true,
  },
  demo: { operands: "", most: 0, group: "Learn", needs: all, leave: false },
  explain: {
    ...look,
    operands: "[WHAT]",
    most: 1,
    group: "Learn",
    looks: false,
  },
  config: { operands: "", most: 0, group: "Learn", needs: ["go", "write"], leave: true },
  completion: {
    operands: "bash|zsh|fish",
    least: 1,
    most: 1,
    group: "Learn",
    needs: [],
    leave: true,
  },
  man: { operands: "", most: 0, group: "Learn", needs: [], leave: true },
} as const satisfies Record<string, CommandRow>;

/** Every command by its name. */
export const commands: Readonly<Record<Command, CommandRow>> = table;

/** No word at all, on a terminal: the screens. */
export const home: CommandRow = {
  operands: "",
  most: 0,
  group: "Look",
  needs: all,
  leave: false,
  looks: true,
};

/** The names of all commands, in the order of the help. */
export const commandNames = Object.keys(table) as Command[];

/** The commands that count or name a version, and release it. */
export const releaseWords = [
  "patch",
  "minor",
  "major",
  "prerelease",
  "release",
  "auto",
  "version",
] as const satisfies readonly Command[];

/** The word of a command as help and the manual write it: a version outright is its own word. */
export function wordOf(command: Command): string {
  return command === "version" ? "vX.Y.Z[-pre]" : command;
}

/** The command that a first word means; undefined when there is none of that name. */
export function commandOf(word: string): Command | undefined {
  if (/^v\d/.test(word)) return "version";
  return word !== "version" && Object.hasOwn(table, word) ? word as Command : undefined;
}
