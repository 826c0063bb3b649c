/**
 * `.gorel.toml` as defaults of flags: a flag wins over `GOREL_…`, which wins over the file. Where
 * there is no file, nothing is loaded and nothing is asked: a few looks at folders say so.
 */
import type { ConfigFile } from "../config/file.ts";
import { configName } from "../config/keys.ts";
import type { Problem } from "../problem.ts";
import type { Services } from "../services.ts";
import type { Command } from "./commands.ts";
import { flagNames, type Flags, flags, keyOf } from "./flags.ts";
import { duration } from "./values.ts";

/** What the file of a repository says. */
export interface Configured {
  /** Absent where something is wrong with it. */
  Config?: ConfigFile;
  /** Of every flag that the file speaks of. */
  Flags: Partial<Flags>;
  /** `config-invalid`, each. */
  Problems: readonly Problem[];
}

/** What neither reads a repository nor should be told by one how to behave. */
const apart: ReadonlySet<Command | "home"> = new Set(["completion", "man", "demo"]);

/** What helps where the file is broken, or does not need it; the screens show what is wrong. */
const spared: ReadonlySet<Command | "home"> = new Set([
  "explain",
  "resume",
  "undo",
  "config",
  "home",
]);

/** Reports whether a command is refused where the file is broken. */
export function needsConfig(command: Command | "home"): boolean {
  return !spared.has(command) && !apart.has(command);
}

/**
 * Reads the file of the repository that a folder lies in, for a command; null where there is none,
 * or git refuses the repository: then nothing of it is believed.
 */
export async function configured(
  command: Command | "home",
  services: Services,
  dir: string,
): Promise<Configured | null> {
  if (apart.has(command)) return null;
  const root = likelyRoot(services.env, dir);
  if (root === null) return null;
  const [{ openRepository }, { readConfig }] = await Promise.all([
    import("../git/repository.ts" as string) as Promise<typeof import("../git/repository.ts")>,
    import("../config/file.ts" as string) as Promise<typeof import("../config/file.ts")>,
  ]);
  const likely = root === undefined ? null : readConfig(root);
  const [repo] = await Promise.all([openRepository(services, dir), likely]);
  if ("Code" in repo || repo.Bare) return null;
  const file = await (repo.Root === root ? likely : readConfig(repo.Root));
  if (file === null) return null;
  if (Array.isArray(file)) return { Flags: {}, Problems: file };
  return { Config: file, Flags: await defaultsOf(file, repo.Prefix), Problems: [] };
}

/**
 * The defaults of flags that a file gives; a path in it counts from the repository's root, and one
 * on a command line from `prefix`, the folder below it that gorel was started in.
 */
export async function defaultsOf(
  { Settings, Accept }: ConfigFile,
  prefix: string,
): Promise<Partial<Flags>> {
  const out: Record<string, unknown> = {};
  for (const name of flagNames) {
    const value = Settings.get(keyOf(name))?.Value;
    if (value === undefined || name === "commitMessage" || name === "tagMessage") continue;
    if (flags[name].kind !== "duration") out[name] = value;
    else out[name] = value === false ? 0 : duration(String(value), keyOf(name));
  }
  const up = prefix === "" ? "" : "../".repeat(prefix.split("/").length);
  for (const name of ["rewrite", "leave"] as const) {
    if (out[name] === undefined || up === "") continue;
    const { isClass } = await (import("../plan/major/classes.ts" as string) as Promise<
      typeof import("../plan/major/classes.ts")
    >);
    out[name] = (out[name] as string[]).map((word) => isClass(word) ? word : up + word);
  }
  if (Accept.length > 0) out.accept = Accept.map(({ Code, Reason }) => `${Code}=${Reason}`);
  return out as Partial<Flags>;
}

/** With any of these git finds the repository in its own way. */
const places = ["GIT_DIR", "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES"] as const;

/**
 * Where the work tree seems to begin, with a file in it; undefined where only git knows, null where
 * there can be no file. Git is the judge: a repository that it refuses, or finds elsewhere, counts.
 */
function likelyRoot(env: Readonly<Record<string, string>>, dir: string): string | undefined | null {
  if (places.some((name) => env[name] !== undefined)) return undefined;
  for (let at = Deno.realPathSync(dir);; at = above(at)) {
    const git = look(`${at}/.git`);
    // An empty folder of that name is none to git, which looks further up.
    if (git?.isFile || (git && look(`${at}/.git/HEAD`))) {
      if (!git.isFile && leadsAway(`${at}/.git`)) return undefined;
      return look(`${at}/${configName}`) === null ? null : at;
    }
    if (look(`${at}/HEAD`) && look(`${at}/objects`)) return null;
    if (above(at) === at) return null;
  }
}

function above(path: string): string {
  return path.replace(Deno.build.os === "windows" ? /[\\/][^\\/]*$/ : /\/[^/]*$/, "") || "/";
}

/** What has a path; a symbolic link that leads nowhere counts, for there is something. */
function look(path: string): Deno.FileInfo | null {
  try {
    const found = Deno.lstatSync(path);
    return found.isSymlink && !path.endsWith(configName) ? Deno.statSync(path) : found;
  } catch {
    return null;
  }
}

/** Reports whether the configuration of a repository may say that its work tree lies elsewhere. */
function leadsAway(gitDir: string): boolean {
  try {
    return /worktree/i.test(Deno.readTextFileSync(`${gitDir}/config`));
  } catch {
    return false;
  }
}
