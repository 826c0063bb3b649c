/**
 * Index and work tree after a commit that was made without them: exactly the files of
 * that commit follow it, by git's own means.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { encodeText } from "../go/modfile/utf8.ts";
import { Failed, type Problem, problem } from "../problem.ts";
import { marked, type Marks } from "./hidden.ts";
import { clean } from "../text.ts";
import { pathTexts } from "./paths.ts";
import { failed, git, gitBytes, type Repository, words } from "./repository.ts";

import { checkPaths, lstat, writeFiles } from "./worktree-files.ts";

export { indexFile } from "./status.ts";
export { temporaryOf } from "./worktree-files.ts";

/** A file of the new commit; `Oid` null: the commit has it no more. */
export interface TrackedFile {
  /** From the top of the work tree, in the form of decodeText. */
  Path: string;
  /** `100644`, `100755` or `120000`. */
  Mode: string;
  Oid: string | null;
  /** Set where the work tree has the content already, line ends and all: only the index follows. */
  There?: true;
}

/**
 * Brings work tree and index to the new state of these files, and of no others: first
 * each file (a temporary file beside it, then renamed) with the bytes that a checkout
 * gives it, then the index in one step under git's own lock. What stood in these files
 * is overwritten. A file that a sparse checkout leaves out stays left out, and marks in
 * the index stay. Problem `locked` when another git holds the index. Throws Failed for
 * a path that leads through a symbolic link, before anything is written. `mayReplace` is
 * asked right before each file goes to its place; its no is a problem `moved`.
 */
export async function sync(
  repo: Repository,
  files: readonly TrackedFile[],
  mayReplace: (path: string, coming: Uint8Array) => boolean = () => true,
): Promise<Problem | null> {
  if (files.length === 0) return null;
  if (repo.Bare) throw new Failed("A bare repository has no work tree to write to.");
  checkPaths(repo, files);
  const marks = await marked(repo, files.map((file) => file.Path));
  const isAbsent = ({ Path }: TrackedFile) =>
    marks.get(Path)?.SkipWorktree === true && lstat(join(repo.Root, Path)) === null;
  const written = files.filter((file) => file.Oid !== null && !file.There && !isAbsent(file));
  const contents = await checkedOut(repo, written);
  const left = await writeFiles(repo, files, contents, mayReplace);
  if (left !== null) {
    return problem("moved", `${clean(left)} was changed at this moment; it was left as it is.`, {
      where: { File: left },
    });
  }
  const locked = await record(repo, files, marks);
  if (locked) return locked;
  // The exit code only tells whether other files differ, too.
  await git(repo, ["update-index", "-q", "--refresh"], { asUser: true, shielded: true });
  return null;
}

/** Writes the files into the index; a marked one and its mark in one step. */
async function record(
  repo: Repository,
  files: readonly TrackedFile[],
  marks: ReadonlyMap<string, Marks>,
): Promise<Problem | null> {
  const none = "0 " + "0".repeat(repo.ObjectFormat === "sha256" ? 64 : 40);
  const keepsMark = ({ Path, Oid }: TrackedFile) => Oid !== null && marks.has(Path);
  const info = files.filter((file) => !keepsMark(file)).map(({ Path, Mode, Oid }) =>
    `${Oid === null ? none : `${Mode} ${Oid}`}\t${Path}\0`
  );
  const commands: { args: string[]; stdin?: Uint8Array }[] = info.length === 0 ? [] : [{
    args: ["update-index", "-z", "--index-info"],
    stdin: encodeText(info.join("")),
  }];
  for (const { Path, Mode, Oid } of files.filter(keepsMark)) {
    const { SkipWorktree, AssumeUnchanged } = marks.get(Path)!;
    const set = ["update-index", "--cacheinfo", `${Mode},${Oid},${Path}`];
    if (SkipWorktree) commands.push({ args: [...set, "--skip-worktree", "--", Path] });
    else commands.push({ args: [...set, "--assume-unchanged", "--", Path] });
    if (SkipWorktree && AssumeUnchanged) {
      commands.push({ args: ["update-index", "--assume-unchanged", "--", Path] });
    }
  }
  for (const { args, ...input } of commands) {
    const result = await git(repo, args, { asUser: true, shielded: true, ...input });
    if (result.Code === 0 && !result.Killed) continue;
    const said = words(result);
    if (!/\.lock': File exists/.test(said)) throw failed(args, result);
    return problem("locked", `Another git holds the index: ${said}.`, {
      fix: "wait for it to end; remove the lock file if it was killed",
    });
  }
  return null;
}

/**
 * The bytes that a checkout of each file gives, line ends and filters applied: one
 * process for all, but one each for a path that cannot stand in a line of its input.
 */
async function checkedOut(
  repo: Repository,
  files: readonly TrackedFile[],
): Promise<Map<TrackedFile, Uint8Array>> {
  const contents = new Map<TrackedFile, Uint8Array>();
  const together: TrackedFile[] = [];
  for (const file of files) {
    if (file.Mode === "120000") {
      contents.set(file, await gitBytes(repo, ["cat-file", "blob", file.Oid!]));
    } else if (/^\s|[\r\n]/.test(file.Path)) {
      const args = ["cat-file", "--filters", `--path=${file.Path}`, file.Oid!];
      contents.set(file, await gitBytes(repo, args, { network: true }));
    } else {
      together.push(file);
    }
  }
  if (together.length === 0) return contents;
  // Git announces the length before the filters, which is of no use after them: the
  // blobs are told apart by a line that none of them can know.
  const mark = "\x01" + randomBytes(20).toString("hex");
  const all = await gitBytes(repo, ["cat-file", "--filters", `--batch=${mark}`], {
    network: true,
    timeout: 600_000,
    stdin: encodeText(together.map((file) => `${file.Oid} ${file.Path}\n`).join("")),
  });
  const line = encodeText(mark + "\n");
  let at = 0;
  for (const file of together) {
    const start = at + line.length;
    if (indexOf(all, line, at) !== at) throw new Failed(`Git has no blob ${file.Oid} here.`);
    const next = file === together.at(-1) ? all.length : indexOf(all, line, start);
    at = next < 0 ? all.length : next;
    contents.set(file, all.subarray(start, at - 1));
  }
  return contents;
}

function indexOf(bytes: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(part[0]!, from); at >= 0; at = bytes.indexOf(part[0]!, at + 1)) {
    let i = 1;
    while (i < part.length && bytes[at + i] === part[i]) i++;
    if (i === part.length) return at;
  }
  return -1;
}

/**
 * Copies an index and its time, by which git knows the files that it must look into again: in a
 * newer copy, what was changed in the second after `git add` would pass for unchanged. False:
 * there is no index.
 */
export function copyIndex(from: string, to: string): boolean {
  try {
    const { atime, mtime } = Deno.statSync(from);
    Deno.copyFileSync(from, to);
    if (mtime) Deno.utimeSync(to, atime ?? mtime, mtime);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A digest of all that the index says of the files that count: paths, modes, ids, stages and flags, but no times. */
export async function readIndexDigest(
  repo: Repository,
  counts: (path: string) => boolean = () => true,
): Promise<string> {
  const listed = await gitBytes(repo, ["ls-files", "--full-name", "--stage", "-v", "-z"]);
  const lines = pathTexts(listed).filter((line) => counts(line.slice(line.indexOf("\t") + 1)));
  return createHash("sha256").update(encodeText(lines.join("\0"))).digest("hex");
}
