/** `.gorel.toml` at the root of a repository: what it says, each value with its place. */
import type { Acceptance, Problem } from "../problem.ts";
import { clean, decode, encode } from "../text.ts";
import type { Command } from "./commands.ts";
import { configName } from "./keys.ts";

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

/** The most of the file that is read, in bytes. */
const largest = 1 << 20;

/**
 * Reads the file at the root of a repository; null where there is none. Whatever is wrong with it
 * is a problem `config-invalid` each, with line and column, in the order of the file: nothing of
 * it is then used.
 */
export async function readConfig(root: string): Promise<ConfigFile | Problem[] | null> {
  const bytes = await bytesOf(`${root}/${configName}`);
  if (bytes === null) return null;
  const [{ configOf, invalid }, { readToml }] = await Promise.all([
    import("./reader.ts" as string) as Promise<typeof import("./reader.ts")>,
    import("./toml.ts" as string) as Promise<typeof import("./toml.ts")>,
  ]);
  if (typeof bytes === "string") return [invalid(`${configName} ${bytes}`)];
  const text = decode(bytes);
  const strange = firstStrange(bytes, text);
  if (strange) return [invalid("this is not UTF-8, which every TOML file is", strange)];
  const rows = await readToml(text);
  if (Array.isArray(rows)) return configOf(rows);
  const why = rows.Why.replace(/\.$/, "");
  return [invalid(rows.At ? `this is no TOML: ${why}` : `${configName}: ${why}`, rows.At)];
}

/** The bytes of the file; null: there is none. A text says why it is not read. */
async function bytesOf(path: string): Promise<Uint8Array | string | null> {
  try {
    const { isFile, isSymlink, size } = await Deno.lstat(path);
    if (isSymlink) return "is a symbolic link; put the file itself there";
    if (!isFile) return "is not a file";
    if (size > largest) return "is larger than 1 MiB";
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    return `cannot be read: ${clean((error as Error).message)}`;
  }
}

/** Where the first byte stands that is no UTF-8. */
function firstStrange(bytes: Uint8Array, text: string): { Line: number; Column: number } | null {
  const again = encode(text);
  const at = bytes.findIndex((byte, i) => byte !== again[i]);
  if (at < 0) return null;
  const before = decode(bytes.subarray(0, at)).split("\n");
  return { Line: before.length, Column: [...before.at(-1)!].length + 1 };
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
