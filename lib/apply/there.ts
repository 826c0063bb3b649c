/** Included files: what lies in the work tree is what the plan says, and stays as it is. */
import { join } from "node:path";
import { readConfig } from "../git/config.ts";
import type { Repository } from "../git/repository.ts";
import type { FileChange } from "../plan/commits.ts";
import { Lying } from "./lying.ts";

/** The files of a plan that the work tree has already as the release will: content, kind and mode. */
export async function alreadyThere(
  repo: Repository,
  changes: readonly FileChange[],
): Promise<Set<string>> {
  const there = new Set<string>();
  const files = new Map(changes.map((change) => [change.File, change]));
  const lying = await Lying.look(repo, [...files.keys()], (file) => {
    const { Before, After } = files.get(file)!;
    return [Before, After];
  });
  // What is as before the release cannot be as after it.
  const may = changes.filter(({ File, Before, After }) =>
    Before === After || lying.stored(File) !== Before
  );
  if (may.length === 0) return there;
  const config = await readConfig(repo);
  const has = {
    modes: config.bool("core.fileMode") ?? true,
    links: config.bool("core.symlinks") ?? true,
  };
  for (const { File, Mode, After } of may) {
    const fitting = fits(join(repo.Root, File), After === null ? null : Mode, has);
    if (fitting && await lying.is(File, [After])) there.add(File);
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
