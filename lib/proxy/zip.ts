/**
 * The module zip (go-rules §4.1): reading one from a server that nobody vouches for, and
 * writing one for a server of our own.
 */
import { createHash } from "node:crypto";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { hash1, sum256 } from "../go/dirhash.ts";
import { maxZipFile } from "../go/zip.ts";
import { clean, decode } from "../text.ts";

/** `h1:` of a zip; how many entries it has and how many bytes they unpack to. */
export interface ZipHash {
  Sum: string;
  Files: number;
  Bytes: number;
}

interface Entry {
  Name: string;
  Method: number;
  Crc: number;
  Packed: number;
  Size: number;
  At: number;
}

/** Why a zip is refused. */
class Malformed extends Error {}

/** Larger files are never in memory as a whole. */
const largeFile = 4 << 20;

/**
 * Most files of a zip. Go has no such limit, but a directory of 500 MB that names millions of
 * empty files would need gigabytes to be read.
 */
const maxFiles = 1_000_000;

/**
 * Computes Hash1 over a module zip (go-rules §4.6), in little more memory than the zip has
 * bytes. Refused with a reason: what is no zip, damaged, encrypted, packed otherwise than Go
 * does, larger than Go's limits, or has a name twice or outside of `prefix` ("PATH@VERSION/").
 */
export async function zipHash(
  bytes: Uint8Array,
  prefix: string,
): Promise<ZipHash | { Error: string }> {
  try {
    const entries = centralDirectory(bytes);
    const names = new Set<string>();
    let size = 0;
    for (const { Name, Size } of entries) {
      if (!Name.startsWith(prefix)) {
        throw new Malformed(
          `the zip has the file ${quoted(Name)}, which is not below ${quoted(prefix)}`,
        );
      }
      if (names.has(Name)) throw new Malformed(`the zip has the file ${quoted(Name)} twice`);
      names.add(Name);
      size += Size;
    }
    if (size > maxZipFile) {
      throw new Malformed(`the zip unpacks to ${size} bytes; Go's limit is ${maxZipFile}`);
    }
    const sums = [];
    for (const entry of entries) {
      sums.push({ Name: entry.Name, Sum: await contentSum(bytes, entry) });
    }
    return { Sum: hash1(sums), Files: entries.length, Bytes: size };
  } catch (error) {
    if (error instanceof Malformed) return { Error: error.message };
    throw error;
  }
}

const endSize = 22;
const end64Size = 56;
const locatorSize = 20;
const headerSize = 46;
const localSize = 30;

function centralDirectory(bytes: Uint8Array): Entry[] {
  if (bytes.length > maxZipFile) {
    throw new Malformed(`the zip has ${bytes.length} bytes; Go's limit is ${maxZipFile}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, at: start, size } = endRecord(view);
  if (start + size > bytes.length || count * headerSize > size) throw damaged();
  if (count > maxFiles) throw new Malformed(`the zip has ${count} files; ${maxFiles} are allowed`);
  const entries: Entry[] = [];
  let at = start;
  for (let n = 0; n < count; n++) {
    if (at + headerSize > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged();
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const nameEnd = at + headerSize + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged();
    const nameBytes = bytes.subarray(at + headerSize, nameEnd);
    const name = decode(nameBytes);
    const entry: Entry = {
      Name: name,
      Method: method,
      Crc: view.getUint32(at + 16, true),
      Packed: view.getUint32(at + 20, true),
      Size: view.getUint32(at + 24, true),
      At: view.getUint32(at + 42, true),
    };
    if (name.includes("\ufffd")) throw new Malformed(`the name ${quoted(name)} is not UTF-8`);
    if (name.includes("\n")) throw new Malformed(`the name ${quoted(name)} has a line break`);
    if (flags & 1) throw new Malformed(`${quoted(name)} is encrypted`);
    if (method !== 0 && method !== 8) {
      throw new Malformed(`${quoted(name)} is packed with method ${method}; Go reads 0 and 8 only`);
    }
    entries.push(entry);
    at = next;
  }
  return entries;
}

/**
 * The record at the end, which may be followed by a comment. Of zip64 only the number of
 * entries matters: what else it is for is beyond Go's limits.
 */
function endRecord(view: DataView): { count: number; at: number; size: number } {
  const last = view.byteLength - endSize;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + endSize + view.getUint16(at + 20, true) > view.byteLength) continue;
    const locator = at - locatorSize;
    if (locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
      const at64 = Number(view.getBigUint64(locator + 8, true));
      if (at64 + end64Size > view.byteLength) throw damaged();
      if (view.getUint32(at64, true) !== 0x06064b50) throw damaged();
      return {
        count: Number(view.getBigUint64(at64 + 32, true)),
        size: Number(view.getBigUint64(at64 + 40, true)),
        at: Number(view.getBigUint64(at64 + 48, true)),
      };
    }
    return {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      at: view.getUint32(at + 16, true),
    };
  }
  throw new Malformed("what came is no zip");
}

/** The SHA-256 of an entry's content, which is never more than it declares. */
async function contentSum(bytes: Uint8Array, entry: Entry): Promise<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = entry.At;
  if (at + localSize > bytes.length || view.getUint32(at, true) !== 0x04034b50) throw damaged();
  const from = at + localSize + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + entry.Packed > bytes.length) throw damaged();
  const packed = bytes.subarray(from, from + entry.Packed);
  if (entry.Method === 8 && entry.Size > largeFile) return await streamedSum(packed, entry);
  const content = entry.Method === 8 ? unpack(packed, entry) : packed;
  if (content.length !== entry.Size) throw wrongSize(entry);
  if (crc32(content) !== entry.Crc) throw wrongChecksum(entry);
  return sum256(content);
}

function unpack(packed: Uint8Array, entry: Entry): Uint8Array {
  try {
    // The limit must be a positive number, also for an empty file.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.Size) });
  } catch {
    throw wrongSize(entry);
  }
}

/** As it unpacks, piece by piece. */
async function streamedSum(packed: Uint8Array, entry: Entry): Promise<string> {
  const hash = createHash("sha256");
  let size = 0, checksum = 0;
  const inflate = createInflateRaw();
  inflate.end(packed);
  try {
    for await (const piece of inflate as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > entry.Size) break;
      hash.update(piece);
      checksum = crc32(piece, checksum);
    }
  } catch {
    throw wrongSize(entry);
  }
  if (size !== entry.Size) throw wrongSize(entry);
  if (checksum !== entry.Crc) throw wrongChecksum(entry);
  return hash.digest("hex");
}

function wrongSize(entry: Entry): Malformed {
  return new Malformed(`${quoted(entry.Name)} does not unpack to the size it declares`);
}

function wrongChecksum(entry: Entry): Malformed {
  return new Malformed(`the checksum of ${quoted(entry.Name)} in the zip is wrong`);
}

function damaged(): Malformed {
  return new Malformed("the zip is damaged");
}

function quoted(text: string): string {
  return JSON.stringify(clean(text));
}

/**
 * Writes a module zip as Go lays it out: each name below `prefix` ("PATH@VERSION/"), in
 * the given order, without directories. Only its `h1:` is the same as that of Go's own zip.
 */
export async function moduleZip(
  prefix: string,
  files: Iterable<readonly [name: string, content: Uint8Array]>,
): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  const entries: Record<string, Uint8Array> = {};
  for (const [name, content] of files) entries[prefix + name] = content;
  // The format knows no time before 1980, and no time zone.
  return zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) });
}
