/** Paths as git lists them, which need not be UTF-8. Apart from objects.ts: most commands need no hash. */
import { decodeText } from "../go/modfile/utf8.ts";

/**
 * The texts of names that each end in NUL, as git prints them with `-z`. Names need
 * not be UTF-8; they are in the form of decodeText, which loses nothing.
 */
export function pathTexts(bytes: Uint8Array): string[] {
  return decodeText(bytes).split("\0").slice(0, -1);
}

/** Reports whether a path stays in the work tree and out of git's folder, under any name a file system gives it. */
export function isTreePath(path: string): boolean {
  return path.isWellFormed() && !path.includes("\0") && !path.split("/").some((name) => {
    const folded = name.replace(/\p{Cf}/gu, "").replace(/[\\:].*$/s, "").replace(/[. ]+$/, "")
      .toLowerCase();
    return folded === "" || folded === ".git" || /^git~\d+$/.test(folded);
  });
}

/** The folders that a path leads through, the topmost first: `a/b/c` → `a`, `a/b`. */
export function foldersAbove(path: string): string[] {
  const out: string[] = [];
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    out.push(path.slice(0, at));
  }
  return out;
}
