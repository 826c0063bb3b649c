/** What stands at a path. No link is followed. */

/** Reports whether a regular file stands there. */
export function isFile(path: string): boolean {
  return is(path, (found) => found.isFile);
}

/** Reports whether a folder stands there. */
export function isFolder(path: string): boolean {
  return is(path, (found) => found.isDirectory);
}

/** Reports whether a symbolic link stands there, wherever it leads. */
export function isLink(path: string): boolean {
  return is(path, (found) => found.isSymlink);
}

/** False where nothing is, or nobody may look. */
function is(path: string, kind: (found: Deno.FileInfo) => boolean): boolean {
  try {
    return kind(Deno.lstatSync(path));
  } catch {
    return false;
  }
}

/** Removes a file, or a folder with all that is in it if that is said; nothing there is fine. */
export function remove(path: string, options: { recursive: boolean } = { recursive: false }): void {
  try {
    Deno.removeSync(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
