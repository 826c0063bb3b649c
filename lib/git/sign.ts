/**
 * Signed commits and tags. Git itself signs, as its configuration says (OpenPGP, SSH or
 * X.509, whichever program and key), and moves no ref of the repository.
 */
import { join } from "node:path";
import { Failed } from "../problem.ts";
import type { RunResult } from "../services.ts";
import { decode, encode } from "../text.ts";
import { type Ident, readConfig } from "./config.ts";
import { isOid } from "./names.ts";
import { failed, git, type GitOptions, gitText, type Repository, words } from "./repository.ts";
import {
  type CommitObject,
  commitText,
  objectsFolder,
  type TagObject,
  tagText,
  wholeMessage,
} from "./write.ts";

/** `terminal` true: a passphrase may be asked for on the terminal, for as long as it takes. */
export interface SignOptions {
  terminal: boolean;
}

/** Writes a signed commit and gives its id. Throws Failed when git cannot sign or verify it. */
export async function signCommit(
  repo: Repository,
  commit: CommitObject,
  options: SignOptions,
): Promise<string> {
  const unsigned = commitText(commit);
  const args = [
    // The message is UTF-8, whatever the user's own messages are in.
    ...["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S"],
    ...commit.Parents.flatMap((parent) => ["-p", parent]),
    commit.Tree,
  ];
  const result = await git(repo, args, {
    ...asking(options),
    stdin: encode(wholeMessage(commit.Message)),
    env: { ...who("AUTHOR", commit.Author), ...who("COMMITTER", commit.Committer) },
  });
  if (result.Code !== 0 || result.Killed) throw failed(args, result);
  const oid = decode(result.Stdout).trim();
  await verify(repo, "commit", oid, unsigned, result);
  return oid;
}

/**
 * Writes a signed tag object and gives its id. Git signs tags only while it creates
 * their ref, so that this happens in an empty repository with the same objects and
 * the same settings. Throws Failed when git cannot sign or verify it.
 */
export async function signTag(
  repo: Repository,
  tag: TagObject,
  options: SignOptions,
): Promise<string> {
  const unsigned = tagText(tag);
  const scratch = await Deno.makeTempDir({ prefix: "gorel-sign-" });
  try {
    await emptyRepository(scratch, repo.ObjectFormat);
    const env = {
      ...who("COMMITTER", tag.Tagger),
      ...await signingSettings(repo),
      GIT_DIR: scratch,
      GIT_WORK_TREE: undefined,
      GIT_COMMON_DIR: undefined,
      GIT_INDEX_FILE: undefined,
      GIT_OBJECT_DIRECTORY: await objectsFolder(repo),
    };
    const args = [
      // A hook of the user's would hear of a ref that nobody else will ever see.
      ...["-c", "core.hooksPath=/dev/null"],
      ...["tag", "-s", "-F", "-", "--cleanup=verbatim", "--end-of-options"],
    ];
    const result = await git(repo, [...args, tag.Name, tag.Object], {
      ...asking(options),
      stdin: encode(wholeMessage(tag.Message)),
      env,
    });
    if (result.Code !== 0 || result.Killed) throw failed(args, result);
    const oid = (await Deno.readTextFile(join(scratch, "refs", "tags", tag.Name))).trim();
    await verify(repo, "tag", oid, unsigned, result);
    return oid;
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

function asking({ terminal }: SignOptions): GitOptions {
  return terminal ? { asUser: true, asks: true, shielded: false, timeout: 0 } : { shielded: true };
}

function who(role: "AUTHOR" | "COMMITTER", ident: Ident): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: ident.Name,
    [`GIT_${role}_EMAIL`]: ident.Email,
    [`GIT_${role}_DATE`]: `@${ident.Time} ${ident.Offset}`,
  };
}

/** What git needs to take a folder for a bare repository, in the oldest form of all. */
async function emptyRepository(dir: string, format: string): Promise<void> {
  await Deno.mkdir(join(dir, "refs"));
  await Deno.mkdir(join(dir, "objects"));
  await Deno.writeTextFile(join(dir, "HEAD"), "ref: refs/heads/main\n");
  const config = format === "sha256"
    ? "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
    : "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
  await Deno.writeTextFile(join(dir, "config"), config);
}

/**
 * The settings that signing reads, handed on in the environment: those of the
 * repository itself, and those that the user includes for its folder only, would
 * not be found from another one.
 */
async function signingSettings(repo: Repository): Promise<Record<string, string>> {
  const settings = (await readConfig(repo)).Settings
    .filter(({ Name }) => /^(user|author|committer|gpg)\./.test(Name));
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(settings.length)],
    ...settings.flatMap(({ Name, Value }, i) => [
      [`GIT_CONFIG_KEY_${i}`, Name],
      [`GIT_CONFIG_VALUE_${i}`, Value ?? "true"],
    ]),
  ]);
}

/**
 * Throws Failed unless the object is what was asked for, with a signature that git
 * finds good. An SSH signature is checked against the key it names: whom the user
 * trusts is another question, and usually not configured.
 */
async function verify(
  repo: Repository,
  type: "commit" | "tag",
  oid: string,
  unsigned: string,
  signing: RunResult,
): Promise<void> {
  const text = isOid(oid) ? await gitText(repo, ["cat-file", type, oid]) : "";
  const { payload, signature } = type === "commit" ? splitCommit(text) : splitTag(text);
  if (payload !== unsigned) throw new Failed(`Git made another ${type} than it was asked for.`);
  // Some versions of git go on without a signature when ssh-keygen fails.
  if (signature === "") throw new Failed(`Git did not sign the ${type}: ${words(signing)}`);
  const key = sshKey(signature);
  if (key?.includes("-cert-")) return;

  const signers = key === null ? null : await Deno.makeTempFile({ prefix: "gorel-signers-" });
  try {
    if (signers !== null) await Deno.writeTextFile(signers, `* ${key}\n`);
    const result = await git(repo, [
      ...(signers === null ? [] : ["-c", `gpg.ssh.allowedSignersFile=${signers}`]),
      ...[`verify-${type}`, oid],
    ]);
    if (result.Code === 0) return;
    throw new Failed(`Git signed the ${type}, but does not verify it: ${words(result)}`);
  } finally {
    if (signers !== null) await Deno.remove(signers);
  }
}

/** A commit's signature is a header whose further lines begin with a space. */
function splitCommit(text: string): { payload: string; signature: string } {
  const end = text.indexOf("\n\n");
  const header = /^gpgsig(?:-sha256)? (.*(?:\n .*)*)\n/m.exec(text.slice(0, end + 1));
  if (!header) return { payload: text, signature: "" };
  return {
    payload: text.slice(0, header.index) + text.slice(header.index + header[0].length),
    signature: header[1]!.replaceAll("\n ", "\n"),
  };
}

/** A tag's signature stands at the end of its message. */
function splitTag(text: string): { payload: string; signature: string } {
  const starts = [
    ...text.matchAll(
      /^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----$/gm,
    ),
  ];
  const at = starts.at(-1)?.index ?? text.length;
  return { payload: text.slice(0, at), signature: text.slice(at) };
}

/** The public key inside an SSH signature ("ssh-ed25519 AAAA…"); null for other signatures. */
function sshKey(signature: string): string | null {
  const body = /-----BEGIN SSH SIGNATURE-----([\sA-Za-z0-9+\/=]*)-----END/.exec(signature)?.[1];
  if (body === undefined) return null;
  const bytes = Uint8Array.from(atob(body.replace(/\s/g, "")), (c) => c.charCodeAt(0));
  // "SSHSIG", a version, then each field after its length in four bytes.
  const view = new DataView(bytes.buffer);
  const field = (at: number) => bytes.subarray(at + 4, at + 4 + view.getUint32(at));
  const key = field(10);
  const type = new TextDecoder().decode(field(14));
  return `${type} ${btoa(String.fromCharCode(...key))}`;
}
