/** Compression with zstd; the launcher unpacks a window of at most 128 MiB. */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** 3 while one works on it, 19 for what is given away: a fifth smaller, and minutes slower. */
export type Level = 3 | 19;

const windowLog = 27;

/** The same bytes give the same result with the same Deno. */
export function compress(bytes: Uint8Array, level: Level): Uint8Array {
  const { ZSTD_c_compressionLevel, ZSTD_c_windowLog, ZSTD_c_enableLongDistanceMatching } =
    constants;
  return zstdCompressSync(bytes, {
    params: {
      [ZSTD_c_compressionLevel]: level,
      ...(level === 19 && {
        [ZSTD_c_windowLog]: windowLog,
        [ZSTD_c_enableLongDistanceMatching]: 1,
      }),
    },
  });
}

/** Throws for what is no such archive. */
export function decompress(bytes: Uint8Array): Uint8Array {
  return zstdDecompressSync(bytes, { params: { [constants.ZSTD_d_windowLogMax]: windowLog } });
}
