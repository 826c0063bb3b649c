/**
 * Answers a shell that asks how a line may go on: `gorel __complete SHELL -- …`, with the words
 * behind `gorel` up to the cursor for zsh and fish, and for bash the line up to the cursor and
 * what of it bash will replace. The answer is lines (reply.ts); whatever goes wrong it is none,
 * for nobody wants to read errors in the middle of a line.
 */
import { clean } from "../../text.ts";
import { folders } from "../argv.ts";
import { machine } from "../machine.ts";
import { keepOnly } from "../permissions.ts";
import { readBash } from "./bash.ts";
import { candidates } from "./candidates.ts";
import { Here } from "./here.ts";
import { bashText, isPlain, type Reply, replyText } from "./reply.ts";
import { glyphs, styleOf } from "../style.ts";
import { type Situation, situationOf } from "./situation.ts";

/** Prints what may stand at the cursor. Git is asked, a server never. */
export async function complete(argv: readonly string[]): Promise<void> {
  try {
    keepOnly([]);
    const at = argv.indexOf("__complete");
    const [shell = "", , ...words] = argv.slice(at + 1);
    const text = await answer(shell, words, folders(argv.slice(0, at)));
    machine().terminal.out(text);
  } catch {
    // Nothing is completed.
  }
}

/** `start`: the folders that a task puts before everything. */
async function answer(
  shell: string,
  words: readonly string[],
  start: readonly string[],
): Promise<string> {
  const columns = Number(Deno.env.get("COLUMNS")) || 80;
  if (shell === "bash") {
    const line = readBash(words[0] ?? "", words[1] ?? "");
    // Bash says 63 when it lists what it could not choose from.
    const terminal = { columns, listing: Deno.env.get("COMP_TYPE") === "63" };
    if (line.redirects) return bashText("files", line, "", terminal);
    // The name of the program itself is being typed.
    if (line.words.length < 2) return "";
    const { at, reply } = await replyTo(line.words.slice(1), start, true);
    return bashText(reply, line, at.before, terminal);
  }
  if (shell !== "zsh" && shell !== "fish") return "";
  const { at, reply } = await replyTo(words, start, false);
  return replyText(reply, shell, at.before, { columns, listing: true });
}

async function replyTo(
  words: readonly string[],
  start: readonly string[],
  exact: boolean,
): Promise<{ at: Situation; reply: Reply }> {
  const at = situationOf(words);
  const here = new Here(await folderOf([...start, ...folders(words.slice(0, -1))]));
  const found = await candidates(at, here);
  if (typeof found === "string") return { at, reply: found };
  const style = styleOf({ ascii: false, color: false, verbose: false }, machine().env, true);
  const plain = found.filter(({ Value }) => isPlain(Value))
    .map(({ Value, Help = "" }) => ({ Value, Help: glyphs(style, clean(Help)) }));
  const begun = plain.filter(({ Value }) => Value.startsWith(at.begun));
  if (begun.length > 0 || exact) return { at, reply: begun };
  // Zsh and fish can also find a word by its middle, if their user wants that.
  const part = at.begun.toLowerCase();
  return { at, reply: plain.filter(({ Value }) => Value.toLowerCase().includes(part)) };
}

/** Where the commands would work: the folder here, and every `-C` behind it. */
async function folderOf(typed: readonly string[]): Promise<string> {
  if (typed.length === 0) return Deno.cwd();
  const { folderAfter } = await (import("../folder.ts" as string) as Promise<
    typeof import("../folder.ts")
  >);
  const home = Deno.env.get("HOME");
  // The shell has not yet put the home folder in its place.
  const real = (dir: string) => home && /^~(\/|$)/.test(dir) ? home + dir.slice(1) : dir;
  return await folderAfter(Deno.cwd(), typed.map(real));
}
