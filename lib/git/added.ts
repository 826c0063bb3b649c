/**
 * What `git add` would store of files in the work tree: line ends, filters, encodings, modes and
 * links as git itself decides. Nothing is written to the repository: git adds to a copy of the
 * index, and the objects go to a scratch folder.
 */
import { dirname, join } from "node:path";
import { encodeText } from "../go/modfile/utf8.ts";
import { decode } from "../text.ts";
import { readObjects } from "./catfile.ts";
import { copyIndex, indexFile } from "./index.ts";
import { pathTexts } from "./paths.ts";
import { git, gitBytes, type Repository, words } from "./repository.ts";
import { objectsFolder } from "./write.ts";

/** A file as git would store it. */
export interface Stored {
  Mode: string;
  Oid: string;
}

export interface Added {
  /** By path; null for what is no file in the work tree: it would be deleted. */
  Files: Map<string, Stored | null>;
  /** The bytes of the stored files, by id; empty unless they were asked for. */
  Bytes: Map<string, Uint8Array>;
}

const separator = Deno.build.os === "windows" ? ";" : ":";

/**
 * Works out what `git add -A` makes of paths from the root; none of them may be a submodule.
 * Git's own words when it refuses one (a clean filter fails, `core.safecrlf`).
 */
export async function added(
  repo: Repository,
  paths: readonly string[],
  { bytes }: { bytes: boolean },
): Promise<Added | string> {
  const there = await Promise.all(paths.map((path) => isFileAt(repo, path)));
  const files = paths.filter((_, i) => there[i]);
  const none = paths.filter((_, i) => !there[i]).map((path) => [path, null] as const);
  if (files.length === 0) return { Files: new Map(none), Bytes: new Map() };
  const folder = await Deno.makeTempDir({ prefix: "gorel-add-" });
  try {
    const scratch = await scratchOf(repo, folder);
    const wrong = await add(scratch, files);
    if (wrong !== null) return wrong;
    const entries = await indexEntries(scratch);
    const stored = files.map((path) => [path, entries.get(path) ?? null] as const);
    const oids = bytes ? stored.flatMap(([, file]) => file?.Oid ?? []) : [];
    return { Files: new Map([...none, ...stored]), Bytes: await readObjects(scratch, oids) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every entry of the index by its path; a conflict shows as one of its sides. */
export async function indexEntries(repo: Repository): Promise<Map<string, Stored>> {
  const listed = await gitBytes(repo, ["ls-files", "--stage", "-z", "--full-name"]);
  return new Map(
    pathTexts(listed).flatMap((record) => {
      const [, mode, oid, path] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(record) ?? [];
      return path === undefined ? [] : [[path, { Mode: mode!, Oid: oid! }] as const];
    }),
  );
}

/** The same repository with another index. */
export function withIndex(repo: Repository, index: string): Repository {
  return withEnvironment(repo, { GIT_INDEX_FILE: index });
}

/** Reports whether a file or a symbolic link stands at a path that no link leads to. */
async function isFileAt(repo: Repository, path: string): Promise<boolean> {
  for (let dir = dirname(path); dir !== "."; dir = dirname(dir)) {
    const found = await Deno.lstat(join(repo.Root, dir)).catch(() => null);
    if (found === null || !found.isDirectory) return false;
  }
  const found = await Deno.lstat(join(repo.Root, path)).catch(() => null);
  return found !== null && !found.isDirectory;
}

async function scratchOf(repo: Repository, folder: string): Promise<Repository> {
  const index = join(folder, "index");
  copyIndex(indexFile(repo), index);
  const objects = await objectsFolder(repo);
  const more = repo.services.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  const alternates = [objects, ...await alternatesOf(objects)].map(quoted);
  return withEnvironment(repo, {
    GIT_INDEX_FILE: index,
    GIT_OBJECT_DIRECTORY: join(folder, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [...alternates, ...(more ? [more] : [])].join(separator),
  });
}

/** Git follows a relative path in an alternates file only from the objects it begins with. */
async function alternatesOf(objects: string): Promise<string[]> {
  const text = await Deno.readTextFile(join(objects, "info", "alternates")).catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => line.startsWith("/") ? line : join(objects, line));
}

/** A path for a list of paths, where quotes keep a separator in it from ending it. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}

/** Git's words when it refuses, else null. */
async function add(scratch: Repository, paths: readonly string[]): Promise<string | null> {
  // A shared index file would be written beside the real one; hooks would hear of an index that is none.
  const own = ["core.splitIndex=false", "core.fsmonitor=false", "core.hooksPath=/dev/null"];
  await Deno.mkdir(scratch.services.env.GIT_OBJECT_DIRECTORY!);
  const result = await git(scratch, [
    ...own.flatMap((setting) => ["-c", setting]),
    ...["add", "-A", "--sparse", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"],
  ], { stdin: encodeText(paths.map((path) => path + "\0").join("")), timeout: 600_000 });
  if (result.Code === 0 && !result.Killed) return null;
  return words(result) || decode(result.Stderr);
}

function withEnvironment(repo: Repository, more: Record<string, string>): Repository {
  const { services } = repo;
  const processes: typeof services.processes = {
    run: (program, args, options = {}) =>
      services.processes.run(program, args, { ...options, env: { ...more, ...options.env } }),
  };
  return { ...repo, services: { ...services, env: { ...services.env, ...more }, processes } };
}
