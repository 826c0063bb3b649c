/** Tar archives (POSIX ustar): written without a time, an owner or anything of this machine. */

export interface TarFile {
  readonly Name: string;
  readonly Mode: number;
  readonly Bytes: Uint8Array;
}

const block = 512;
/** Two empty blocks end an archive. */
const end = 2 * block;

/** An archive of regular files, in the given order. Names are ASCII and shorter than 100 bytes. */
export function tar(files: readonly TarFile[]): Uint8Array {
  const size = files.reduce((n, { Bytes }) => n + block + padded(Bytes.length), end);
  const out = new Uint8Array(size);
  let at = 0;
  for (const { Name, Mode, Bytes } of files) {
    out.set(header(Name, Mode, Bytes.length), at);
    out.set(Bytes, at + block);
    at += block + padded(Bytes.length);
  }
  return out;
}

function header(name: string, mode: number, size: number): Uint8Array {
  const bytes = new Uint8Array(block);
  const text = (value: string, at: number) => bytes.set(new TextEncoder().encode(value), at);
  const octal = (value: number, at: number, digits: number) =>
    text(value.toString(8).padStart(digits, "0"), at);
  if (name.length >= 100) throw new Error(`${name}: too long for an archive`);
  text(name, 0);
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  // The checksum counts its own field as spaces.
  text("        0", 148);
  text("ustar\0" + "00", 257);
  octal(bytes.reduce((a, b) => a + b, 0), 148, 6);
  bytes[154] = 0;
  return bytes;
}

/** The content of one regular file of an archive; undefined when it has none of that name. */
export function fileOf(archive: Uint8Array, wanted: string): Uint8Array | undefined {
  const decoder = new TextDecoder();
  const field = (at: number, length: number) =>
    decoder.decode(archive.subarray(at, at + length)).replace(/\0[^]*$/, "");
  for (let at = 0; at + block <= archive.length && archive[at] !== 0;) {
    const size = parseInt(field(at + 124, 12), 8);
    if (!(size >= 0)) return undefined;
    const prefix = field(at + 345, 155);
    const name = prefix === "" ? field(at, 100) : `${prefix}/${field(at, 100)}`;
    const regular = archive[at + 156] === 0x30 || archive[at + 156] === 0;
    if (regular && name === wanted) return archive.subarray(at + block, at + block + size);
    at += block + padded(size);
  }
  return undefined;
}

function padded(size: number): number {
  return Math.ceil(size / block) * block;
}
