/** `.gorel.toml` at the root of a repository: what it says, each value with its place. */
import type { Acceptance, Problem } from "../problem.ts";
import type { Command } from "./commands.ts";

/** A value of the file, and where it stands. */
export interface Setting {
  Value: string | boolean | readonly string[];
  /** From 1. */
  Line: number;
}

/** What a `.gorel.toml` says; what it does not say is absent, or empty. */
export interface ConfigFile {
  /** The defaults of flags, and what only the file can say, by key (keys.ts). */
  Settings: ReadonlyMap<string, Setting>;
  /** Problems that are let through, each with its reason. */
  Accept: readonly (Required<Acceptance> & { Line: number })[];
  /** In the order in which they run: of each step, as the file has them. */
  Commands: readonly (Command & { Line: number })[];
}

/** What a release takes from the file besides the defaults of its flags. */
export interface ReleaseConfig {
  /** Patterns of the branches that may be released from; absent: any. */
  Branches?: readonly string[];
  /** Templates of messages, for what no flag says. */
  Messages: { Commit?: string; Tag?: string };
  Commands: readonly Command[];
}

/**
 * Reads the file at the root of a repository; null where there is none. Whatever is wrong with it
 * is a problem `config-invalid` each, with line and column: nothing of it is then used.
 */
export async function readConfig(root: string): Promise<ConfigFile | Problem[] | null> {
  await Promise.resolve(root);
  return null;
}

/** What a release takes from the file. */
export function releaseConfig(file: ConfigFile): ReleaseConfig {
  const text = (key: string) => file.Settings.get(key)?.Value as string | undefined;
  const branches = file.Settings.get("branches")?.Value as readonly string[] | undefined;
  const [commit, tag] = [text("commit-message"), text("tag-message")];
  return {
    ...(branches && { Branches: branches }),
    Messages: {
      ...(commit !== undefined && { Commit: commit }),
      ...(tag !== undefined && { Tag: tag }),
    },
    Commands: file.Commands.map(({ When, Step, Run }) => ({ When, Step, Run })),
  };
}
