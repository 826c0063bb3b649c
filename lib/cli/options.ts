/**
 * A command line to Choices; back.ts is the way back. What needs facts is left to the checks
 * (exit 3).
 */
import type { Bump, Choices, Does, Edit, ModuleChoice } from "../choices.ts";
import { type Acceptance, UsageError } from "../problem.ts";
import { commandOf } from "./commands.ts";
import { defaults, type Flags } from "./flags.ts";
import { filled, majorChoice } from "./majorflags.ts";
import { acceptance, interval, preIdentifier, shown, taggable } from "./values.ts";

export { taggable, versionOperand } from "./values.ts";

/** How long a release waits for the proxy when nobody said so: 5 minutes, in milliseconds. */
export const defaultWait = 300_000;

/** What the user named, to be looked up in the facts: modules by their folder (from the caller's) or path. */
export interface Ask {
  /** The only one. */
  Module?: string;
  /** Several: a train; as many as the choices have modules, in their order. */
  Modules?: string[];
}

/** What a release word, `retract` and its kin, or `plan` and one of these ask for. */
export interface Wish {
  /** The modules' `Dir` is "" until the facts say which `Ask` means. */
  Choices: Choices;
  Ask: Ask;
}

/**
 * What a release word, `retract` and its kin or `plan WORDS…` asks for. Throws UsageError
 * for what the command line alone shows to be wrong; what is only missing is left empty
 * where somebody is there who will be asked for it (`asks`).
 */
export function toChoices(
  word: string,
  args: readonly string[],
  flags: Flags,
  asks = false,
): Wish {
  const command = commandOf(word);
  switch (command) {
    case "plan":
      return planned("gorel plan", args, flags);
    case "retract":
      return wish("retract", flags, retracted(args, flags, asks), flags.module);
    case "unretract":
      return wish("unretract", flags, unretracted(args, asks), flags.module);
    case "deprecate":
      return wish("deprecate", flags, deprecated(args, flags, asks), flags.module);
    case "undeprecate":
      return wish("undeprecate", flags, undeprecated(args), flags.module);
    case "version":
      return wish(
        "release",
        flags,
        { Module: { Version: taggable(word) } },
        named(word, args, flags),
      );
    case "patch":
    case "minor":
    case "major":
    case "prerelease":
    case "release":
    case "auto":
      return wish("release", flags, { Module: bumped(command, flags) }, named(word, args, flags));
    default:
      throw new UsageError(`${shown(word)} releases nothing`);
  }
}

/** What a line asks for on which no flag is: `said` is what the file and the environment say of them. */
export function unsaidChoices(said: Partial<Flags>): Choices {
  return toChoices("auto", [], { ...defaults(), ...said }).Choices;
}

/** What the words of a release behind `said` ask for, as `gorel plan WORDS…` has them. */
export function planned(said: string, args: readonly string[], flags: Flags): Wish {
  const [word, ...rest] = args;
  if (word === undefined) {
    throw new UsageError(`${said} needs the words of a release: ${said} patch`);
  }
  const command = commandOf(word);
  if (command === undefined || command === "plan") {
    throw new UsageError(
      `${said} ${shown(word)}: there is no release of that name; ${said} patch is one`,
    );
  }
  return toChoices(word, rest, flags);
}

function wish(
  does: Does,
  flags: Flags,
  wanted: { Module: Omit<ModuleChoice, "Dir">; Edit?: Edit },
  module: string | readonly string[] | undefined,
): Wish {
  if (flags.from !== undefined && flags.include.length > 0) {
    throw new UsageError(
      "--from releases a revision as it is, --include a change that no revision has: say one",
    );
  }
  const many = typeof module === "object" ? module : null;
  const major = majorChoice(flags);
  return {
    Choices: {
      Do: does,
      Modules: Array.from({ length: many?.length ?? 1 }, () => ({ Dir: "", ...wanted.Module })),
      ...(wanted.Edit && flags.from !== undefined && { From: filled(flags.from, "from") }),
      ...(wanted.Edit && { Edit: wanted.Edit }),
      ...(major && { Major: major }),
      RestoreReplaces: flags.restoreReplaces,
      Include: flags.include.map((path) => filled(path, "include")),
      ...(flags.remote !== undefined && { Remote: filled(flags.remote, "remote") }),
      Push: flags.push && !flags.offline,
      Messages: {
        ...(flags.commitMessage !== undefined &&
          { Commit: filled(flags.commitMessage, "commitMessage") }),
        ...(flags.tagMessage !== undefined && { Tag: filled(flags.tagMessage, "tagMessage") }),
      },
      ...(flags.sign !== undefined && { Sign: flags.sign }),
      Signoff: flags.signoff,
      Hooks: flags.hooks,
      Build: flags.build,
      Wait: flags.offline ? 0 : flags.wait ?? defaultWait,
      Offline: flags.offline,
      Accept: acceptances(flags),
    },
    Ask: many
      ? { Modules: many.map((one) => filled(one, "module")) }
      : typeof module === "string"
      ? { Module: filled(module, "module") }
      : {},
  };
}

function bumped(bump: Bump, flags: Flags): Omit<ModuleChoice, "Dir"> {
  return { Bump: bump, ...(flags.pre !== undefined && { Pre: preIdentifier(flags.pre) }) };
}

function retracted(args: readonly string[], flags: Flags, asks: boolean) {
  if (args.length === 0 && !flags.self && !asks) {
    throw new UsageError("gorel retract needs the versions to retract: gorel retract v1.0.0");
  }
  if (flags.reason === undefined && !asks) {
    throw new UsageError(
      `gorel retract needs --reason TEXT: go get shows it to everyone who uses the version`,
    );
  }
  const edit: Edit = {
    Retract: args.map(interval),
    Reason: flags.reason ?? "",
    ...(flags.self && { Self: true }),
  };
  return { Module: { Bump: "patch" as const }, Edit: edit };
}

function unretracted(args: readonly string[], asks: boolean) {
  if (args.length === 0 && !asks) {
    throw new UsageError(
      "gorel unretract needs the versions to take back: gorel unretract v1.0.0",
    );
  }
  return { Module: { Bump: "patch" as const }, Edit: { Unretract: args.map(interval) } };
}

function deprecated(args: readonly string[], flags: Flags, asks: boolean) {
  if (args.length > 0) {
    throw new UsageError("gorel deprecate takes no operand: all versions of the module are meant");
  }
  if (flags.reason === undefined && !asks) {
    throw new UsageError(
      "gorel deprecate needs --reason TEXT: go get shows it to everyone who uses the module",
    );
  }
  const edit: Edit = { Deprecate: true, Reason: flags.reason ?? "" };
  return { Module: { Bump: "patch" as const }, Edit: edit };
}

function undeprecated(args: readonly string[]) {
  if (args.length > 0) {
    throw new UsageError(
      "gorel undeprecate takes no operand: all versions of the module are meant",
    );
  }
  return { Module: { Bump: "patch" as const }, Edit: { Undeprecate: true } };
}

/** The modules a release word names, as DIRs or by --module; a text where it is one. */
function named(
  word: string,
  args: readonly string[],
  flags: Flags,
): string | readonly string[] | undefined {
  const [first] = args;
  if (first === undefined) return flags.module;
  if (flags.module !== undefined) {
    throw new UsageError(`the module is named twice: ${shown(first)} and --module`);
  }
  const version = args.find((arg) => /^v\d+\.\d+\.\d+/.test(arg));
  if (version !== undefined && commandOf(word) !== "version") {
    throw new UsageError(
      `gorel ${word} works out the version itself; gorel ${shown(version)} releases that one`,
    );
  }
  const twice = args.find((arg, i) => args.indexOf(arg) !== i);
  if (twice !== undefined) throw new UsageError(`${shown(twice)} is named twice`);
  return args.length === 1 ? first : args;
}

/** What `--accept` lets through; a code given twice counts as it was given last. */
export function acceptances(flags: Flags): Acceptance[] {
  const byCode = new Map(flags.accept.map(acceptance).map((a) => [a.Code, a]));
  return [...byCode.values()];
}
