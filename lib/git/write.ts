/**
 * New objects. isomorphic-git makes them from values alone: it reads no HEAD, no
 * configuration, no ref and no index. What it cannot do (other object formats, names
 * that are not UTF-8) is done by git's own plumbing, which gives the same bytes.
 */
import { join } from "node:path";
import { encodeText } from "../go/modfile/utf8.ts";
import { Failed } from "../problem.ts";
import { clean, encode } from "../text.ts";
import type { Ident } from "./config.ts";
import { isOid, isRefName } from "./names.ts";
import { objectFiles, virtualGitDir } from "./object-files.ts";
import type { TreeEntry } from "./objects.ts";
import { gitText, type Repository } from "./repository.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface CommitObject {
  Tree: string;
  Parents: readonly string[];
  Author: Ident;
  Committer: Ident;
  Message: string;
}

export interface TagObject {
  Object: string;
  /** What the object is; a commit unless said otherwise. */
  Type?: ObjectType;
  /** The short name, "sub/v1.2.3". */
  Name: string;
  Tagger: Ident;
  Message: string;
}

/**
 * Writes objects and gives their ids. No ref moves, so that nothing is seen of them
 * until one does. An object is there whole or not at all, and on the disk when its
 * promise is fulfilled. Throws Failed for what git would not accept.
 */
export interface ObjectWriter {
  blob(bytes: Uint8Array): Promise<string>;
  /** One folder; entries in any order, their objects written before or after. */
  tree(entries: readonly TreeEntry[]): Promise<string>;
  commit(commit: CommitObject): Promise<string>;
  tag(tag: TagObject): Promise<string>;
  /** The bytes of an object that was worked out before, as they stand. */
  object(type: ObjectType, bytes: Uint8Array): Promise<string>;
}

/**
 * Opens the repository for writing objects. Git writes them where the other formats of
 * objects and refs are, and where it was asked for (spec/git.md).
 */
export async function objectWriter(repo: Repository, byGit = false): Promise<ObjectWriter> {
  const plain = repo.ObjectFormat === "sha1" && repo.RefFormat === "files";
  if (byGit || !plain) return plumbing(repo);
  const { writeBlob, writeTree, writeCommit, writeTag, writeObject } = await import(
    "./isomorphic.ts"
  );
  const at = { fs: objectFiles(await objectsFolder(repo)), gitdir: virtualGitDir, dir: "" };
  return {
    blob: (blob) => writeBlob({ ...at, blob }),
    tree(entries) {
      checkTree(entries);
      return entries.every(isPlain)
        ? writeTree({
          ...at,
          tree: entries.map((entry) => ({
            mode: entry.Mode,
            path: entry.Name,
            oid: entry.Oid,
            type: typeOf(entry.Mode),
          })),
        })
        : plumbing(repo).tree(entries);
    },
    commit: (commit) => {
      checkCommit(commit);
      return writeCommit({
        ...at,
        commit: {
          tree: commit.Tree,
          parent: [...commit.Parents],
          author: person(commit.Author),
          committer: person(commit.Committer),
          message: wholeMessage(commit.Message),
        },
      });
    },
    tag: (tag) => {
      checkTag(tag);
      return writeTag({
        ...at,
        tag: {
          object: tag.Object,
          type: tag.Type ?? "commit",
          tag: tag.Name,
          tagger: person(tag.Tagger),
          // The library ends the message with a line end of its own.
          message: wholeMessage(tag.Message).slice(0, -1),
        },
      });
    },
    object: (type, object) => writeObject({ ...at, type, format: "content", object }),
  };
}

/** Where new objects go: `objects` of the common folder, unless the environment says otherwise. */
export async function objectsFolder(repo: Repository): Promise<string> {
  return repo.services.env.GIT_OBJECT_DIRECTORY === undefined
    ? join(repo.CommonDir, "objects")
    : (await gitText(repo, ["rev-parse", "--path-format=absolute", "--git-path", "objects"]))
      .replace(/\n$/, "");
}

/** The same by git itself, one process an object. */
function plumbing(repo: Repository): ObjectWriter {
  const write = async (args: string[], stdin: Uint8Array) =>
    (await gitText(repo, ["-c", "core.fsync=loose-object", ...args], { stdin, shielded: true }))
      .trim();
  // Newer versions refuse trees as old programs made them; most of such a tree is not ours.
  const object = (type: ObjectType, bytes: Uint8Array) =>
    write(
      ["hash-object", "-t", type, ...(type === "tree" ? ["--literally"] : []), "-w", "--stdin"],
      bytes,
    );
  return {
    blob: (bytes) => object("blob", bytes),
    tree(entries) {
      checkTree(entries);
      const lines = entries.map((e) => `${e.Mode} ${typeOf(e.Mode)} ${e.Oid}\t${e.Name}\0`);
      return write(["mktree", "-z", "--missing"], encodeText(lines.join("")));
    },
    commit: (commit) => object("commit", encode(commitText(commit))),
    tag: (tag) => write(["mktag"], encode(tagText(tag))),
    object,
  };
}

/** The text of a commit object, unsigned. */
export function commitText(commit: CommitObject): string {
  checkCommit(commit);
  return `tree ${commit.Tree}\n` +
    commit.Parents.map((parent) => `parent ${parent}\n`).join("") +
    `author ${identText(commit.Author)}\n` +
    `committer ${identText(commit.Committer)}\n\n` +
    wholeMessage(commit.Message);
}

/** The text of a tag object, unsigned. */
export function tagText(tag: TagObject): string {
  checkTag(tag);
  return `object ${tag.Object}\ntype ${tag.Type ?? "commit"}\ntag ${tag.Name}\n` +
    `tagger ${identText(tag.Tagger)}\n\n` + wholeMessage(tag.Message);
}

function identText(ident: Ident): string {
  return `${ident.Name} <${ident.Email}> ${ident.Time} ${ident.Offset}`;
}

/**
 * A message as git keeps it: line ends are "\n", with one at the end and none at the
 * start. Throws Failed for a message without any text, or with a NUL.
 */
export function wholeMessage(message: string): string {
  const text = message.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
  if (text.trim() === "") throw new Failed("The message is empty.");
  if (text.includes("\0")) throw new Failed("The message holds a NUL character.");
  return text + "\n";
}

/** The library counts minutes west of Greenwich, as JavaScript does; -0 stands for "-0000". */
function person(ident: Ident) {
  const minutes = Number(ident.Offset.slice(1, 3)) * 60 + Number(ident.Offset.slice(3));
  return {
    name: ident.Name,
    email: ident.Email,
    timestamp: ident.Time,
    timezoneOffset: ident.Offset.startsWith("-")
      ? (minutes === 0 ? -0 : minutes)
      : (minutes === 0 ? 0 : -minutes),
  };
}

function checkCommit(commit: CommitObject): void {
  for (const oid of [commit.Tree, ...commit.Parents]) checkOid(oid);
  checkIdent(commit.Author);
  checkIdent(commit.Committer);
}

function checkTag(tag: TagObject): void {
  checkOid(tag.Object);
  checkIdent(tag.Tagger);
  if (!isRefName(`refs/tags/${tag.Name}`) || tag.Name.startsWith("-")) {
    throw new Failed(`Git accepts no tag of the name ${clean(tag.Name)}.`);
  }
}

/** Throws Failed for an identity that would break the object it stands in. */
function checkIdent(ident: Ident): void {
  const good = ident.Name !== "" && !/[<>\n\0]/.test(ident.Name + ident.Email) &&
    Number.isSafeInteger(ident.Time) && ident.Time >= 0 &&
    /^[+-]\d\d[0-5]\d$/.test(ident.Offset);
  if (!good) throw new Failed(`Git accepts no such identity: ${clean(identText(ident))}`);
}

function checkOid(oid: string): void {
  if (!isOid(oid)) throw new Failed(`Not an object id: ${clean(oid)}`);
}

/** Throws Failed for names that would make a tree corrupt, or reach outside of it. */
function checkTree(entries: readonly TreeEntry[]): void {
  const seen = new Set<string>();
  for (const { Mode, Name, Oid } of entries) {
    checkOid(Oid);
    const odd = /^(\.{0,2}|\.git)$/i.test(Name) || /[\/\0]/.test(Name) || seen.has(Name);
    if (odd || !/^[0-7]{6}$/.test(Mode)) {
      throw new Failed(`Not an entry of a folder: ${Mode} ${JSON.stringify(Name)}`);
    }
    seen.add(Name);
  }
}

/** The library writes names as UTF-8, takes "\" for "/", and mends the modes of old programs. */
function isPlain({ Mode, Name }: TreeEntry): boolean {
  return Name.isWellFormed() && !Name.includes("\\") &&
    ["040000", "100644", "100755", "120000", "160000"].includes(Mode);
}

function typeOf(mode: string): "blob" | "tree" | "commit" {
  return mode === "040000" ? "tree" : mode === "160000" ? "commit" : "blob";
}
