/**
 * The `h1:` hash of go.sum and of the checksum database
 * (golang.org/x/mod/sumdb/dirhash, go-rules §4.6): it covers the names and the
 * contents of a module zip's files, and nothing of the zip format itself.
 */
import { createHash } from "node:crypto";
import { Failed } from "../problem.ts";
import { encode } from "../text.ts";
import { compareNames } from "./sort.ts";

/** One file of a module zip: its full name in the zip, and the SHA-256 of its content. */
export interface NamedSum {
  Name: string;
  /** Lower-case hex, or the 32 bytes. */
  Sum: string | Uint8Array;
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
