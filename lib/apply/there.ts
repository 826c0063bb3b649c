/** Files of a plan that lie in the work tree as it says, included ones first of all: they stay as they are. */
import { join } from "node:path";
import { readConfig } from "../git/config.ts";
import type { Repository } from "../git/repository.ts";
import type { WriteStep } from "../plan/types.ts";
import { isAs } from "./strayed.ts";

/** The files of a plan that the work tree has already as the release will: content, kind and mode. */
export async function alreadyThere(
  repo: Repository,
  writes: readonly WriteStep[],
): Promise<Set<string>> {
  const there = new Set<string>();
  if (writes.length === 0) return there;
  const config = await readConfig(repo);
  const has = {
    modes: config.bool("core.fileMode") ?? true,
    links: config.bool("core.symlinks") ?? true,
  };
  for (const write of writes) {
    const { File, Mode, After } = write;
    const fitting = fits(join(repo.Root, File), After === null ? null : Mode, has);
    if (fitting && await isAs(repo, File, [After])) there.add(File);
  }
  return there;
}

/** `mode` null: no file is to be there. `has`: what git believes that the file system can hold. */
function fits(
  path: string,
  mode: string | null,
  has: { modes: boolean; links: boolean },
): boolean {
  let found: Deno.FileInfo;
  try {
    found = Deno.lstatSync(path);
  } catch {
    return mode === null;
  }
  if (mode === null) return found.isDirectory;
  if (mode === "120000") return found.isSymlink || (found.isFile && !has.links);
  const executable = found.mode !== null && (found.mode & 0o100) !== 0;
  return found.isFile && (!has.modes || executable === (mode === "100755"));
}
