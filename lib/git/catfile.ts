/**
 * Objects by their ids, as they are stored: replacements (refs/replace) are not
 * applied, because nobody who fetches the repository has them, and a partial clone
 * is not completed from its remote, because reading never asks a server.
 */
import { decode, encode } from "../text.ts";
import { failed, git, notHere, type Repository } from "./repository.ts";
import { together } from "./together.ts";

/** Most bytes of objects that one process hands over at a time, unless one alone is larger. */
const batchBytes = 2 << 20;
const batchObjects = 50_000;
/** Processes at a time: unpacking is most of the work, and a full pipe is read in larger pieces. */
const processes = 3;
/** An id, a type, a length, and the line ends around the bytes. */
const headerBytes = 128;

/** An object whose length is known. */
export interface Sized {
  Oid: string;
  Size: number;
}

/**
 * Calls `each` with the bytes of every object, once per id and in any order, in bounded
 * memory as long as it does not keep them. `most` bytes are handed over at a time, unless one alone
 * is larger. Throws Failed when an object is missing.
 */
export async function visitObjects(
  repo: Repository,
  objects: readonly Sized[],
  each: (oid: string, bytes: Uint8Array) => void,
  most = batchBytes,
): Promise<void> {
  const waiting = batches(objects, most);
  const work = async () => {
    for (const batch of waiting) await visitBatch(repo, batch, each);
  };
  // The first failure closes the generator for the others.
  await together(Array.from({ length: processes }, work));
}

async function visitBatch(
  repo: Repository,
  batch: readonly Sized[],
  each: (oid: string, bytes: Uint8Array) => void,
): Promise<void> {
  const args = ["cat-file", "--batch", "--buffer"];
  const size = batch.reduce((sum, object) => sum + object.Size + headerBytes, 1 << 16);
  const result = await git(repo, args, {
    stdin: batch.map((object) => object.Oid + "\n").join(""),
    maxBytes: size,
    timeout: 600_000,
  });
  if (result.Code !== 0 || result.Killed) throw failed(args, result);
  let at = 0;
  for (const { Oid } of batch) {
    const end = result.Stdout.indexOf(0x0a, at);
    const header = decode(result.Stdout.subarray(at, end < 0 ? undefined : end)).split(" ");
    if (end < 0 || header.length !== 3) throw notHere(Oid);
    const start = end + 1;
    at = start + Number(header[2]) + 1;
    each(Oid, result.Stdout.subarray(start, at - 1));
  }
}

function* batches(objects: readonly Sized[], most: number): Generator<Sized[]> {
  const seen = new Set<string>();
  let batch: Sized[] = [];
  let bytes = 0;
  for (const object of objects) {
    if (seen.has(object.Oid)) continue;
    seen.add(object.Oid);
    if (batch.length > 0 && (bytes + object.Size > most || batch.length >= batchObjects)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(object);
    bytes += object.Size;
  }
  if (batch.length > 0) yield batch;
}

/** The bytes of objects whose lengths are not known. Throws Failed when one is missing. */
export async function readObjects(
  repo: Repository,
  oids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const sized = (await describe(repo, oids)).map((info, i) => {
    if (!info) throw notHere(oids[i]!);
    return { Oid: oids[i]!, Size: info.Size };
  });
  // All are kept, so that smaller batches would only cost more processes.
  const most = Math.ceil(sized.reduce((sum, { Size }) => sum + Size, 0) / processes);
  await visitObjects(
    repo,
    sized,
    (oid, bytes) => found.set(oid, bytes),
    Math.min(Math.max(most, batchBytes), 64 << 20),
  );
  return found;
}

/** What git says about names of objects, in their order; null for one that is not there. */
export async function describe(
  repo: Repository,
  names: readonly string[],
): Promise<({ Oid: string; Type: string; Size: number } | null)[]> {
  if (names.length === 0) return [];
  const broken = names.find((name) => /[\n\0]/.test(name));
  if (broken !== undefined) throw notHere(broken);
  const args = ["cat-file", "--batch-check"];
  const result = await git(repo, args, {
    stdin: encode(names.map((name) => name + "\n").join("")),
  });
  if (result.Code !== 0 || result.Killed) throw failed(args, result);
  return decode(result.Stdout).split("\n").slice(0, names.length).map((line) => {
    const [oid, type, size] = line.split(" ");
    return /^[0-9a-f]{40,64} [a-z]+ \d+$/.test(line)
      ? { Oid: oid!, Type: type!, Size: Number(size) }
      : null;
  });
}
