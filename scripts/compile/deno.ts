/** Deno for a target: this machine's own where it is the very same, else the npm package's. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { keep, kept } from "./cache.ts";
import { denoArchive, type PackedDeno, sha256 } from "./pack.ts";
import { run, said } from "./run.ts";
import { fileOf } from "./tar.ts";
import { denoName, hostTarget, type Target } from "./targets.ts";
import { compress, decompress, type Level } from "./zstd.ts";

/**
 * Deno for a target in its archive, kept from build to build. Throws a sentence when it cannot be
 * had, or is not the one that targets.ts names.
 */
export async function packedDeno(target: Target, level: Level): Promise<PackedDeno> {
  const name = `${target.Sha256}-${level}.tar.zst`;
  const known = await kept(name);
  const deno = known && unpacked(target, known);
  if (known && deno) return { Size: deno.length, Sum: target.Sha256, Archive: known };
  const bytes = await ownDeno(target) ?? await fromPackage(target);
  const Archive = compress(denoArchive(target, bytes), level);
  await keep(name, Archive);
  return { Size: bytes.length, Sum: target.Sha256, Archive };
}

/** The Deno in an archive, if it is the one that the target wants. */
function unpacked(target: Target, archive: Uint8Array): Uint8Array | undefined {
  try {
    const deno = fileOf(decompress(archive), denoName(target));
    return deno && sha256(deno) === target.Sha256 ? deno : undefined;
  } catch {
    return undefined;
  }
}

async function ownDeno(target: Target): Promise<Uint8Array | undefined> {
  if (target !== hostTarget()) return undefined;
  const bytes = await Deno.readFile(Deno.execPath()).catch(() => undefined);
  return bytes && sha256(bytes) === target.Sha256 ? bytes : undefined;
}

/** Deno out of its npm package, which npm fetches from the registry that the user has set. */
async function fromPackage(target: Target): Promise<Uint8Array> {
  const wanted = `${target.Package}@${target.Version}`;
  const folder = await Deno.makeTempDir({ prefix: "gorel-deno-" });
  try {
    const result = await run("npm", ["pack", "--ignore-scripts", "--loglevel=error", wanted], {
      cwd: folder,
    });
    if (result.Code === 127) throw new Error(`npm, which fetches ${wanted}, does not start here`);
    if (result.Code !== 0) throw new Error(`npm cannot fetch ${wanted}:\n${said(result)}`);
    const [entry] = [...Deno.readDirSync(folder)];
    if (entry === undefined) throw new Error(`npm said it fetched ${wanted} and left no file`);
    const packed = await Deno.readFile(join(folder, entry.name));
    const integrity = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
    if (integrity !== target.Integrity) {
      throw new Error(`${wanted} is not the package that was pinned: it has ${integrity}`);
    }
    const deno = fileOf(gunzipSync(packed), `package/${denoName(target)}`);
    if (deno === undefined) throw new Error(`${wanted} holds no ${denoName(target)}`);
    const sum = sha256(deno);
    if (sum !== target.Sha256) throw new Error(`Deno in ${wanted} has SHA-256 ${sum}`);
    return deno;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
