/** In which order a help text shows flags, and under which heading. */
import { type FlagName, flags } from "../flags.ts";

/** The heading of flags that every command has. */
export const everywhere = "Flags everywhere";

/** What a maintainer needs first stands first; a few flags all stand under the first heading. */
export const flagGroups = {
  "Flags": [
    "reason",
    "dryRun",
    "yes",
    "pre",
    "self",
    "from",
    "push",
    "wait",
    "accept",
    "output",
    "current",
    "why",
    "consumers",
    "schema",
    "keep",
  ],
  "A new major": ["layout", "keepBranch", "rewrite", "leave"],
  "Commit and tag": [
    "include",
    "commitMessage",
    "tagMessage",
    "sign",
    "signoff",
    "hooks",
    "restoreReplaces",
  ],
  "Checks and commands": ["build", "api", "agree"],
} as const satisfies Readonly<Record<string, readonly FlagName[]>>;

const few = 8;

/** The flags of a command in their order, with the heading of each. */
export function grouped(names: readonly FlagName[]): { Heading: string; Name: FlagName }[] {
  const own = names.filter((name) => flags[name].on !== "everywhere");
  const rows = Object.entries(flagGroups).flatMap(([Heading, all]) =>
    all.filter((name) => own.includes(name))
      .map((Name) => ({ Heading: own.length > few ? Heading : "Flags", Name }))
  );
  const general = names.filter((name) => flags[name].on === "everywhere");
  return [...rows, ...general.map((Name) => ({ Heading: everywhere, Name }))];
}
