/**
 * Build lists that were worked out before, as gorel's own cache keeps them: one file for a main
 * module. A list follows from the main module's go.mod and go.sum, from Go's settings, and from
 * go.mod files that never change; it is kept with all that may, and counts only for the same.
 */
import { decode, joined } from "../text.ts";
import { identity, nameOf, withoutUsers } from "./pack.ts";

/** Raised whenever the same go.mod files give another list, or it is written in another way. */
const format = 1;

/** A list longer than this, in bytes, is not kept. */
const largest = 16 << 20;

/** What stands in a main module's folder. */
export interface ListFiles {
  /** Its go.mod. */
  Bytes: Uint8Array;
  /** Its go.sum. */
  Sum?: Uint8Array;
}

/** What Go says of where modules come from, and which Go it is. */
export interface ListSettings {
  GOPROXY?: string;
  GONOPROXY: string;
  GOMODCACHE?: string;
  GOVERSION?: string;
}

/** A list as it is kept; what it is made of is for the one who keeps it. */
export interface KeptList<T> {
  Key: string;
  Value: T;
}

/**
 * All that a list follows from besides the files of the main module. Two keys are the same only
 * where Go's settings are, the module cache is the one that it was, and so is this program.
 */
export function listKey(settings: ListSettings, program: string): string {
  const { GOPROXY = "", GONOPROXY, GOMODCACHE = "", GOVERSION = "" } = settings;
  return JSON.stringify([
    program,
    withoutUsers(GOPROXY),
    GONOPROXY,
    GOMODCACHE,
    identity(GOMODCACHE),
    GOVERSION,
  ]);
}

/**
 * What is kept for just these files; null where nothing is, or it is damaged. Whether its Key
 * still holds is the caller's to say, who learns Go's settings meanwhile. Never throws.
 */
export async function keptList<T>(
  folder: string | undefined,
  files: ListFiles,
): Promise<KeptList<T> | null> {
  if (folder === undefined) return null;
  try {
    const kept = Deno.readFileSync(fileOf(folder, files));
    const text = kept.subarray(digestLength + 1);
    const digest = decode(kept.subarray(0, digestLength));
    return digest === await digestOf(files, text) ? JSON.parse(decode(text)) : null;
  } catch {
    return null;
  }
}

/** Keeps a list in place of the one before. A folder that cannot be written does not matter. */
export async function keepList<T>(
  folder: string | undefined,
  files: ListFiles,
  Key: string,
  Value: T,
): Promise<void> {
  const kept: KeptList<T> = { Key, Value };
  const text = new TextEncoder().encode(JSON.stringify(kept));
  if (folder === undefined || text.length > largest) return;
  const file = fileOf(folder, files);
  const unfinished = `${file}.${crypto.randomUUID()}`;
  try {
    const digest = new TextEncoder().encode(`${await digestOf(files, text)}\n`);
    Deno.mkdirSync(file.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
    Deno.writeFileSync(unfinished, joined([digest, text]), { mode: 0o600 });
    Deno.renameSync(unfinished, file);
  } catch {
    try {
      Deno.removeSync(unfinished);
    } catch {
      // It was never there.
    }
  }
}

/** One file for a module path, as far as a look at go.mod tells it: what counts is the digest. */
function fileOf(folder: string, { Bytes }: ListFiles): string {
  const path = /^module[ \t]+(\S+)/m.exec(decode(Bytes))?.[1] ?? "";
  return `${folder}/list/${nameOf(path)}.json`;
}

/** Length of a SHA-256 in hexadecimal. */
const digestLength = 64;

/** One digest for the files and what follows from them: neither can change without the other. */
async function digestOf({ Bytes, Sum }: ListFiles, text: Uint8Array): Promise<string> {
  const lengths = JSON.stringify([format, Bytes.length, Sum?.length ?? null, text.length]);
  const all = joined([new TextEncoder().encode(lengths), Bytes, Sum ?? new Uint8Array(), text]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
