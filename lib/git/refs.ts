/** Tags and branches, all at once: one process at most, however many there are. */
import { join } from "node:path";
import { decode } from "../text.ts";
import { isOid, isRefName } from "./names.ts";
import { git, gitText, type Repository } from "./repository.ts";

/** A tag: the id it holds, and what remains when every tag object is unwrapped. */
export interface Tag {
  Oid: string;
  /** The tagged commit; for a tag of a tree or a blob, its id. */
  Commit: string;
}

const tagPrefix = "refs/tags/";

/** More loose tags than this are listed faster by git than file by file. */
const mostLoose = 100;

/**
 * Every tag by its short name ("sub/v1.2.3"). Tags that git ignores (broken, with a
 * name it does not accept, of an object that is not here) are left out.
 *
 * Packed tags are read from `packed-refs`, which holds the peeled ids, because asking
 * git for them costs 100 ms at 10 000 tags (DESIGN.md §7).
 */
export async function readTags(repo: Repository): Promise<Map<string, Tag>> {
  // Loose first: `git pack-refs` writes the packed file before it removes the loose one.
  const loose = repo.RefFormat === "files" ? readLoose(repo) : null;
  const packed = loose && await readPacked(repo);
  if (!loose || !packed) return await peeled(repo, await listTags(repo));

  for (const [name, oid] of loose) {
    if (oid === null) packed.delete(name);
    else if (packed.get(name)?.Oid !== oid) packed.set(name, { Oid: oid });
  }
  return await peeled(repo, packed);
}

/** A tag whose peeled id may not be known yet. */
interface Unpeeled {
  Oid: string;
  Commit?: string;
}

/**
 * The loose tags; null as id for a file that git calls broken. Null altogether where
 * git's answer is not that simple: symbolic links, symbolic refs, a great many files.
 */
function readLoose(repo: Repository): Map<string, string | null> | null {
  const names: string[] = [];
  if (!looseNames(join(repo.CommonDir, "refs", "tags"), "", names)) return null;
  const tags = new Map<string, string | null>();
  for (const name of names) {
    let text: string;
    try {
      text = Deno.readTextFileSync(join(repo.CommonDir, "refs", "tags", name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      return null;
    }
    if (text.startsWith("ref:")) return null;
    tags.set(name, oidAtStart(text, repo));
  }
  return tags;
}

/** Collects the names below a folder; false when there is anything but plain files. */
function looseNames(dir: string, prefix: string, names: string[]): boolean {
  let entries: Iterable<Deno.DirEntry>;
  try {
    entries = [...Deno.readDirSync(dir)];
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
  for (const entry of entries) {
    const name = prefix + entry.name;
    if (entry.isSymlink) return false;
    if (entry.isDirectory) {
      if (!looseNames(join(dir, entry.name), name + "/", names)) return false;
    } else if (isRefName(tagPrefix + name)) {
      names.push(name);
      if (names.length > mostLoose) return false;
    }
  }
  return true;
}

function oidAtStart(text: string, repo: Repository): string | null {
  const length = repo.ObjectFormat === "sha256" ? 64 : 40;
  const oid = text.slice(0, length).toLowerCase();
  const end = text.charAt(length);
  return isOid(oid) && oid.length === length && /^\s?$/.test(end) && !/^0+$/.test(oid) ? oid : null;
}

/** The tags of `packed-refs`; null when the file is not in the form git writes. */
async function readPacked(repo: Repository): Promise<Map<string, Unpeeled> | null> {
  let text: string;
  try {
    text = decode(await Deno.readFile(join(repo.CommonDir, "packed-refs")));
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? new Map() : null;
  }
  return parsePacked(text, repo.ObjectFormat === "sha256" ? 64 : 40);
}

/**
 * Parses `packed-refs`: a line "id name" for each ref, followed by "^id" if the ref
 * holds a tag object. Where the header does not promise those lines, a tag without
 * one is left unpeeled.
 */
function parsePacked(text: string, length: number): Map<string, Unpeeled> | null {
  const tags = new Map<string, Unpeeled>();
  let complete = false;
  let last: Unpeeled | undefined;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    if (end < 0) return null;
    const first = text.charCodeAt(at);
    if (first === 35 /* # */) {
      complete = /(?:^| )(?:fully-)?peeled(?: |$)/.test(text.slice(at, end));
    } else if (first === 94 /* ^ */) {
      if (end - at !== length + 1) return null;
      if (last) last.Commit = text.slice(at + 1, end);
    } else if (text.charCodeAt(at + length) !== 32) {
      return null;
    } else {
      last = undefined;
      if (text.startsWith(tagPrefix, at + length + 1)) {
        const name = text.slice(at + length + 1, end);
        if (isRefName(name)) {
          last = { Oid: text.slice(at, at + length) };
          tags.set(name.slice(tagPrefix.length), last);
        }
      }
    }
    at = end + 1;
  }
  if (complete) { for (const tag of tags.values()) tag.Commit ??= tag.Oid; }
  return tags;
}

async function listTags(repo: Repository): Promise<Map<string, Unpeeled>> {
  const text = await gitText(repo, [
    "for-each-ref",
    "--format=%(refname)%00%(objectname)",
    tagPrefix,
  ]);
  const tags = new Map<string, Unpeeled>();
  for (const line of text.split("\n")) {
    const [name, oid] = line.split("\0");
    if (name && oid) tags.set(name.slice(tagPrefix.length), { Oid: oid });
  }
  return tags;
}

/** Peels what is not peeled yet, in one process; drops tags of objects that are not here. */
async function peeled(
  repo: Repository,
  tags: Map<string, Unpeeled>,
): Promise<Map<string, Tag>> {
  const open = [...tags].filter(([, tag]) => tag.Commit === undefined);
  if (open.length > 0) {
    const text = await gitText(repo, ["cat-file", "--batch-check=%(objectname)", "--buffer"], {
      stdin: open.map(([, tag]) => `${tag.Oid}^{}\n`).join(""),
    });
    const lines = text.split("\n");
    open.forEach(([name, tag], i) => {
      const oid = lines[i] ?? "";
      if (isOid(oid)) tag.Commit = oid;
      else tags.delete(name);
    });
  }
  return tags as Map<string, Tag>;
}

/** The commit that a revision names, in any way git knows; null when it names none. */
export async function resolve(
  repo: Repository,
  rev: string,
): Promise<{ Commit: string } | null> {
  if (rev === "" || rev.includes("\0")) return null;
  // ":/text" takes everything behind it as the text, so it cannot be peeled in the same breath.
  const args = rev.startsWith(":/")
    ? ["log", "-1", "--no-show-signature", "--format=%H", "--end-of-options", rev, "--"]
    : ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
  const result = await git(repo, args);
  const oid = decode(result.Stdout).trim();
  return result.Code === 0 && isOid(oid) ? { Commit: oid } : null;
}
