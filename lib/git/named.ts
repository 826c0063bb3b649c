/** Reading a few files by name, `REV:PATH`, in one process. */
import { decode } from "../text.ts";
import { failed, git, type Repository } from "./repository.ts";

/** A blob found by its name. */
export interface NamedBlob {
  Oid: string;
  Bytes: Uint8Array;
}

/**
 * The blobs of names such as `COMMIT:dir/go.mod`, in their order; null for one
 * that is not there, is no file, or whose name git could not be asked for.
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
  let at = 0;
  for (const name of askable) {
    const end = result.Stdout.indexOf(0x0a, at);
    const line = decode(result.Stdout.subarray(at, end));
    at = end + 1;
    const header = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(line);
    if (!header) {
      found.set(name, null);
      continue;
    }
    const bytes = result.Stdout.subarray(at, at + Number(header[3]));
    at += bytes.length + 1;
    found.set(name, header[2] === "blob" ? { Oid: header[1]!, Bytes: bytes } : null);
  }
  return names.map((n) => found.get(n) ?? null);
}
