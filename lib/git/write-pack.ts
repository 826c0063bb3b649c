/**
 * Many new objects at once, as one pack: thousands of loose files would each have to be synced,
 * and be read again by every git that comes after.
 */
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { Failed } from "../problem.ts";
import { joined } from "../text.ts";
import { describe } from "./catfile.ts";
import type { PlannedObject } from "./planned.ts";
import { gitBytes, type Repository } from "./repository.ts";

/** The numbers of gitformat-pack(5). */
const typeNumbers = { tree: 2, blob: 3 } as const;

/**
 * Writes objects; each is there whole or not at all, and all are on the disk when the promise is
 * fulfilled. No ref moves. Throws Failed when git's ids of them are not the planned ones.
 */
export async function writePack(
  repo: Repository,
  objects: readonly PlannedObject[],
): Promise<void> {
  const distinct = [...new Map(objects.map((object) => [object.Oid, object])).values()];
  await gitBytes(repo, ["-c", "core.fsync=pack,pack-metadata", "index-pack", "--stdin"], {
    stdin: await packOf(repo, distinct),
    shielded: true,
    timeout: 600_000,
  });
  const there = await describe(repo, distinct.map(({ Oid }) => Oid));
  const missing = distinct.find((_, i) => there[i] === null);
  if (missing) {
    throw new Failed(`Writing ${missing.Path || "the tree"} did not give ${missing.Oid}.`);
  }
}

/** The bytes of a pack: its header, every object deflated, and the hash of it all. */
async function packOf(
  { ObjectFormat }: Repository,
  objects: readonly PlannedObject[],
): Promise<Uint8Array> {
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, 0x5041434b);
  header.setUint32(4, 2);
  header.setUint32(8, objects.length);
  const parts: Uint8Array[] = [new Uint8Array(header.buffer)];
  for (const [i, { Type, Bytes }] of objects.entries()) {
    // Whoever waits may be heard meanwhile.
    if (i % 256 === 255) await new Promise((resolve) => setTimeout(resolve));
    parts.push(sizeOf(typeNumbers[Type], Bytes.length), deflateSync(Bytes, { level: 1 }));
  }
  const hash = createHash(ObjectFormat);
  for (const part of parts) hash.update(part);
  parts.push(hash.digest());
  return joined(parts);
}

/** Type and length in front of an object: four bits of the length beside the type, then seven a byte. */
function sizeOf(type: number, size: number): Uint8Array {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return new Uint8Array(bytes);
}
