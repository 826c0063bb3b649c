/** Folders as go.mod and go.work name them: relative to the file, with slashes. */

/** Reports whether a word is a relative folder, which Go tells from a module path by its first dots. */
export function isRelative(word: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(word);
}

/** A relative folder as one from the repository's root; null where it leads outside. */
export function resolved(from: string, relative: string): string | null {
  const out = from === "" ? [] : from.split("/");
  for (const element of relative.split("/")) {
    if (element === "" || element === ".") continue;
    if (element !== "..") out.push(element);
    else if (out.pop() === undefined) return null;
  }
  return out.join("/");
}

/** The same folder, named in a file that lies one folder deeper: `./x` → `../x`, `../y` → `../../y`. */
export function oneDown(relative: string): string {
  return relative.startsWith("..") ? "../" + relative : "." + relative;
}
