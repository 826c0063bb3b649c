/**
 * To which commands of `.gorel.toml` somebody has agreed here: `<common git dir>/gorel/agreed`, a
 * digest a line, for all worktrees of the repository. Whatever else stands there counts for nothing.
 */
import { join } from "node:path";
import { type Command, digestOf } from "../config/commands.ts";
import { decode } from "../text.ts";
import { journalFolder } from "./journal.ts";

/** The most of the file that is read, in bytes: thousands of digests. */
const largest = 1 << 16;

/** Where it is written. */
export function agreedFile(commonDir: string): string {
  return join(journalFolder(commonDir), "agreed");
}

/** The digests, in the order in which they were agreed to. No symbolic link is followed. */
export function agreedIn(commonDir: string): string[] {
  const file = agreedFile(commonDir);
  try {
    const { isFile, size } = Deno.lstatSync(file);
    if (!isFile || size > largest) return [];
    if (!Deno.lstatSync(journalFolder(commonDir)).isDirectory) return [];
    return decode(Deno.readFileSync(file)).split("\n").filter(isDigest);
  } catch {
    return [];
  }
}

/** Reports whether text is what `digestOf` gives. */
function isDigest(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Reports whether somebody has agreed here to exactly these commands; to none nobody has to. */
export function isAgreed(commonDir: string, commands: readonly Command[]): boolean {
  return commands.length === 0 || agreedIn(commonDir).includes(digestOf(commands));
}
