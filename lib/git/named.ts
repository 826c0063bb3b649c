/** Reading a few files by name, `REV:PATH`, in one process. */
import { join } from "node:path";
import { decode } from "../text.ts";
import { failed, git, notHere, type Repository } from "./repository.ts";

/** A blob found by its name. */
export interface NamedBlob {
  Oid: string;
  Bytes: Uint8Array;
}

/** Reports whether objects may be missing here that a remote has promised. */
function isPartial(repo: Repository): boolean {
  try {
    const packs = Deno.readDirSync(join(repo.CommonDir, "objects", "pack"));
    return [...packs].some((entry) => entry.name.endsWith(".promisor"));
  } catch {
    return false;
  }
}

/** Throws Failed where a name says "missing" of a blob that its tree has: git from 2.45 on does not tell. */
async function checkThere(repo: Repository, names: readonly string[]): Promise<void> {
  if (names.length === 0 || !isPartial(repo)) return;
  for (const name of names) {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", name];
    if ((await git(repo, args)).Code === 0) throw notHere(name);
  }
}

/**
 * The blobs of names such as `COMMIT:dir/go.mod`, in their order; null for one
 * that is not there, is no file, or whose name git could not be asked for. Throws Failed
 * for one that a partial clone has not fetched.
 */
export async function readNamed(
  repo: Repository,
  names: readonly string[],
): Promise<(NamedBlob | null)[]> {
  const askable = names.filter((n) => !/[\n\0]/.test(n));
  if (askable.length === 0) return names.map(() => null);
  const args = ["cat-file", "--batch"];
  const result = await git(repo, args, {
    stdin: askable.map((n) => n + "\n").join(""),
  });
  if (result.Code !== 0 || result.Killed) throw failed(args, result);
  const found = new Map<string, NamedBlob | null>();
  const absent: string[] = [];
  let at = 0;
  for (const name of askable) {
    const end = result.Stdout.indexOf(0x0a, at);
    const line = decode(result.Stdout.subarray(at, end));
    at = end + 1;
    const header = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(line);
    if (!header) {
      found.set(name, null);
      absent.push(name);
      continue;
    }
    const bytes = result.Stdout.subarray(at, at + Number(header[3]));
    at += bytes.length + 1;
    found.set(name, header[2] === "blob" ? { Oid: header[1]!, Bytes: bytes } : null);
  }
  await checkThere(repo, absent);
  return names.map((n) => found.get(n) ?? null);
}
