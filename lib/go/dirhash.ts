/**
 * The `h1:` hash of go.sum and of the checksum database
 * (golang.org/x/mod/sumdb/dirhash, go-rules §4.6): it covers the names and the
 * contents of a module zip's files, and nothing of the zip format itself.
 */
import { createHash } from "node:crypto";
import { Failed } from "../problem.ts";
import { encode } from "../text.ts";

/** One file of a module zip: its full name in the zip, and the SHA-256 of its content. */
export interface NamedSum {
  Name: string;
  /** Lower-case hex, or the 32 bytes. */
  Sum: string | Uint8Array;
}

/**
 * Orders names by their UTF-8 bytes, as Go and git do: below zero if a comes first.
 * JavaScript's own order is that of UTF-16, where U+FFFD comes after U+1F600.
 */
export function compareNames(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    return x < 0xd800 && y < 0xd800 ? x - y : codePointOrder(a, b, i);
  }
  return a.length - b.length;
}

function codePointOrder(a: string, b: string, at: number): number {
  // A difference in the second half of a pair is one of the whole pair.
  const split = at > 0 && /[\ud800-\udbff]/.test(a[at - 1]!) ? at - 1 : at;
  return a.codePointAt(split)! - b.codePointAt(split)!;
}

/** The SHA-256 of a content in lower-case hex. */
export function sum256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Hash1 over a list of files, in any order. Throws Failed for a name with a line feed. */
export function hash1(files: readonly NamedSum[]): string {
  const lines = [...files].sort((a, b) => compareNames(a.Name, b.Name)).map(({ Name, Sum }) => {
    if (Name.includes("\n")) {
      throw new Failed(`dirhash: ${JSON.stringify(Name)}: a file name must not hold a line feed`);
    }
    return `${typeof Sum === "string" ? Sum : hex(Sum)}  ${Name}\n`;
  });
  return "h1:" + createHash("sha256").update(encode(lines.join(""))).digest("base64");
}

/** The `h1:` of a go.mod file: Hash1 of that one file under its bare name. */
export function hashGoMod(bytes: Uint8Array | string): string {
  const content = typeof bytes === "string" ? encode(bytes) : bytes;
  return hash1([{ Name: "go.mod", Sum: sum256(content) }]);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
