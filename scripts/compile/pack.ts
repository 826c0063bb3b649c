/** What a launcher carries: Deno and the program as archives, and what has to be in them. */
import { createHash } from "node:crypto";
import { type Files, startArguments } from "../bundle.ts";
import { tar } from "./tar.ts";
import { denoName, type Target } from "./targets.ts";
import { compress, type Level } from "./zstd.ts";

interface PackedFile {
  readonly Name: string;
  readonly Size: number;
  /** SHA-256 in hexadecimal. */
  readonly Sum: string;
  /** Hashed at every start. */
  readonly Each: boolean;
}

/** launcher/pack.go reads it. */
interface Pack {
  /** Names the folder that it is unpacked into: a hash of all the rest. */
  readonly ID: string;
  readonly Exe: string;
  readonly Args: readonly string[];
  readonly Files: readonly PackedFile[];
}

/** Deno for a target, as it lies in an archive. */
export interface PackedDeno {
  readonly Size: number;
  readonly Sum: string;
  readonly Archive: Uint8Array;
}

/** The archive of a Deno; its mode is the user's own. */
export function denoArchive(target: Target, deno: Uint8Array): Uint8Array {
  return tar([{ Name: denoName(target), Mode: 0o700, Bytes: deno }]);
}

/** The three files of `launcher/pack/`. */
export function pack(
  target: Target,
  deno: PackedDeno,
  app: Files,
  level: Level,
): ReadonlyMap<string, Uint8Array> {
  const files = [...app].map(([name, Bytes]) => ({ Name: `app/${name}`, Mode: 0o600, Bytes }));
  const Exe = denoName(target);
  const Files: PackedFile[] = [
    { Name: Exe, Size: deno.Size, Sum: deno.Sum, Each: false },
    ...files.map(({ Name, Bytes }) => ({
      Name,
      Size: Bytes.length,
      Sum: sha256(Bytes),
      Each: true,
    })),
  ];
  const rest = { Exe, Args: startArguments, Files };
  const ID = sha256(JSON.stringify(rest)).slice(0, 32);
  const all: Pack = { ID, ...rest };
  return new Map([
    ["deno.zst", deno.Archive],
    ["app.zst", compress(tar(files), level)],
    ["pack.json", new TextEncoder().encode(`${JSON.stringify(all)}\n`)],
  ]);
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
