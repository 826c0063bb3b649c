/**
 * The tar streams that `git archive` writes: ustar headers, with a pax header before
 * a file whose name or link does not fit.
 */
import { decodeText } from "../go/modfile/utf8.ts";
import { Failed } from "../problem.ts";
import { decode } from "../text.ts";

/** A regular file in the stream. */
export interface TarFile {
  /** From the archive's root, in the form of decodeText. */
  Path: string;
  Bytes: Uint8Array;
}

const block = 512;

/**
 * The regular files of a tar stream, in its order; folders, links and headers for
 * the whole archive are passed over. Only one file is in memory at a time. Throws
 * Failed when the stream ends early or is not understood.
 */
export async function* readTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const source = stream[Symbol.asyncIterator]();
  try {
    yield* regularFiles(new Reader(source));
  } finally {
    await source.return?.();
  }
}

async function* regularFiles(reader: Reader): AsyncGenerator<TarFile> {
  let extended = new Map<string, string>();
  while (true) {
    const header = await reader.take(block);
    if (header.every((byte) => byte === 0)) return;
    const type = String.fromCharCode(header[156]!);
    const isHeader = type === "x" || type === "g";
    const size = Number(
      (isHeader ? null : extended.get("size")) ?? octal(header.subarray(124, 136)),
    );
    const Bytes = await reader.take(size);
    await reader.take((block - size % block) % block);
    if (type === "0" || type === "\0") yield { Path: extended.get("path") ?? name(header), Bytes };
    if (type === "x") extended = records(Bytes);
    else if (!isHeader) extended = new Map();
  }
}

function name(header: Uint8Array): string {
  const prefix = text(header.subarray(345, 500));
  return (prefix === "" ? "" : prefix + "/") + text(header.subarray(0, 100));
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decodeText(end < 0 ? field : field.subarray(0, end));
}

function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  if (!/^[0-7]+$/.test(digits)) throw new Failed("git archive: a tar header is not understood");
  return parseInt(digits, 8);
}

/** The `length key=value` lines of a pax header; the length counts the whole line's bytes. */
function records(bytes: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const length = parseInt(decode(bytes.subarray(at, at + 20)), 10);
    if (!(length > 0)) throw new Failed("git archive: a pax header is not understood");
    const line = decodeText(bytes.subarray(at, at + length - 1));
    const start = line.indexOf(" ") + 1;
    const equals = line.indexOf("=", start);
    found.set(line.slice(start, equals), line.slice(equals + 1));
    at += length;
  }
  return found;
}

/** Bytes of a stream in pieces of the length asked for. */
class Reader {
  #rest: Uint8Array = new Uint8Array();
  constructor(readonly source: AsyncIterator<Uint8Array>) {}

  async take(length: number): Promise<Uint8Array> {
    if (this.#rest.length < length) await this.#fill(length);
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #fill(length: number): Promise<void> {
    const chunks = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const next = await this.source.next();
      if (next.done) throw new Failed("git archive: the tar stream ends early");
      chunks.push(next.value);
      have += next.value.length;
    }
    this.#rest = new Uint8Array(have);
    let at = 0;
    for (const chunk of chunks) {
      this.#rest.set(chunk, at);
      at += chunk.length;
    }
  }
}
