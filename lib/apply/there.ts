/** Included files: what lies in the work tree is what the plan says, and stays as it is. */
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
  // The edit of go.mod is gorel's own, and cannot be there before it.
  const included = writes.filter((w) => !w.Edits || !/(^|\/)go\.mod$/.test(w.File));
  if (included.length === 0) return there;
  const config = await readConfig(repo);
  const has = {
    modes: config.bool("core.fileMode") ?? true,
    links: config.bool("core.symlinks") ?? true,
  };
  for (const write of included) {
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
