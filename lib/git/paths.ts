/** Paths as git lists them, which need not be UTF-8. Apart from objects.ts: most commands need no hash. */
import { decodeText } from "../go/modfile/utf8.ts";

/**
 * The texts of names that each end in NUL, as git prints them with `-z`. Names need
 * not be UTF-8; they are in the form of decodeText, which loses nothing.
 */
export function pathTexts(bytes: Uint8Array): string[] {
  return decodeText(bytes).split("\0").slice(0, -1);
}
