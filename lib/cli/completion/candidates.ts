/** Which words may stand at the cursor: commands, flags, and what the other files of this folder offer. */
import { type Command, commandNames } from "../commands.ts";
import { hasNegative } from "../flag.ts";
import { type FlagName, flags, flagsOf, has } from "../flags.ts";
import { helpOf } from "../help.ts";
import { help } from "../help/learn.ts";
import { grouped } from "../help/flaggroups.ts";
import type { Here } from "./here.ts";
import { operandsOf } from "./operands.ts";
import type { Candidate, Reply } from "./reply.ts";
import type { Situation } from "./situation.ts";
import { valuesOf } from "./values.ts";
import { comingVersions } from "./versions.ts";

/** What may stand at the cursor, also what does not begin with the begun word. */
export async function candidates(at: Situation, here: Here): Promise<Reply> {
  if (at.flag !== undefined) return await valuesOf(at.flag, at, here);
  if (!at.operandsOnly && at.begun.startsWith("-")) return flagWords(at);
  if (at.command === undefined) {
    if (at.operands.length > 0) return [];
    const versions = /^v\d/.test(at.begun) ? await comingVersions(here, at) : [];
    return [...commandWords(), ...versions];
  }
  if (at.planned === "") return commandWords((name) => has(name, "dryRun"));
  const operands = await operandsOf(at, here);
  // Where no operand can follow, the flags are all that can.
  return operands === null && !at.operandsOnly && at.begun === "" ? flagWords(at) : operands ?? [];
}

/** The commands in the order of the help; a version outright is no word that could be offered. */
function commandWords(fits?: (name: Command) => boolean): Candidate[] {
  const words = commandNames.filter((name) => name !== "version" && (fits?.(name) ?? true))
    .map((name) => ({ Value: name as string, Help: helpOf(name).summary }));
  return fits ? words : [...words, { Value: "help", Help: help.summary }];
}

/** The flags that the line does not have yet. */
function flagWords(at: Situation): Candidate[] {
  const own = at.command === undefined || at.command === "help"
    ? flagsOf("status").filter((name) => flags[name].on === "everywhere")
    : flagsOf(at.command, at.planned);
  const words = at.command === "help" ? [] : grouped(own)
    .filter(({ Name }) => flags[Name].kind === "list" || !at.given.has(Name))
    .flatMap(({ Name }) => written(Name));
  if (at.command === undefined) words.push({ Value: "--version", Help: "the version of gorel" });
  return [...words, { Value: "--help", Help: "what it does, its flags, and examples" }];
}

/** The ways to write a flag; its letter only where it has no name. */
function written(name: FlagName): Candidate[] {
  const { kind, long, letter, help } = flags[name];
  if (long === undefined) return [{ Value: `-${letter}`, Help: help }];
  const no = kind === "off" ? help : `do not ${long}`;
  return [
    ...(kind === "off" ? [] : [{ Value: `--${long}`, Help: help }]),
    ...(hasNegative(kind) ? [{ Value: `--no-${long}`, Help: no }] : []),
  ];
}
