/** The commands as data: what the parser, the help and did-you-mean know of them. */

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
  /** True: it writes nothing and proves nothing, so a signal leaves it where it stands. */
  readonly leave: boolean;
}

const release = {
  operands: "[DIR]",
  most: Infinity,
  group: "Release",
  leave: false,
} as const;
const look = { group: "Look", leave: true } as const;
const finish = { group: "Finish or take back", leave: false } as const;

const table = {
  patch: release,
  minor: release,
  major: release,
  prerelease: release,
  release,
  auto: release,
  version: release,
  retract: { ...release, operands: "VERSION|RANGE…" },
  plan: { ...release, operands: "WORDS…", leave: true },
  apply: { ...finish, operands: "FILE", least: 1, most: 1, group: "Release" },
  resume: { ...finish, operands: "[VERSION]", most: 1, version: true },
  undo: { ...finish, operands: "", most: 0 },
  status: { ...look, operands: "", most: 0 },
  next: { ...look, operands: "", most: 0 },
  check: { ...look, operands: "[VERSION]", most: 1, version: true },
  versions: { ...look, operands: "[MODULE]", most: 1 },
  hash: { ...look, operands: "[REV]", most: 1 },
  verify: {
    ...look,
    leave: false,
    operands: "[VERSION|MODULE@VERSION]",
    most: 1,
    version: true,
  },
  demo: { operands: "", most: 0, group: "Learn", leave: false },
} as const satisfies Record<string, CommandRow>;

/** Every command by its name. */
export const commands: Readonly<Record<Command, CommandRow>> = table;

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

/** The command that a first word means; undefined when there is none of that name. */
export function commandOf(word: string): Command | undefined {
  if (/^v\d/.test(word)) return "version";
  return word !== "version" && Object.hasOwn(table, word) ? word as Command : undefined;
}
