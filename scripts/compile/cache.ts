/** What a build keeps for the next one, in the user's cache folder. */
import { join } from "node:path";

/** `gorel-build` in the user's cache folder; undefined where the environment names none. */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = Deno.env.toObject();
  const { os } = Deno.build;
  const base = os === "windows"
    ? LOCALAPPDATA
    : XDG_CACHE_HOME || (HOME && join(HOME, os === "darwin" ? "Library/Caches" : ".cache"));
  return base ? join(base, "gorel-build") : undefined;
}

/** The kept bytes of a name, or undefined. Whoever asks checks what they are. */
export async function kept(name: string): Promise<Uint8Array | undefined> {
  const folder = cacheFolder();
  if (folder === undefined) return undefined;
  return await Deno.readFile(join(folder, name)).catch(() => undefined);
}

/** Keeps bytes under a name. Where that cannot be, the next build makes them again. */
export async function keep(name: string, bytes: Uint8Array): Promise<void> {
  const folder = cacheFolder();
  if (folder === undefined) return;
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const part = await Deno.makeTempFile({ dir: folder, suffix: ".part" });
    await Deno.writeFile(part, bytes);
    await Deno.rename(part, join(folder, name));
  } catch {
    // A full disk, or one that cannot be written.
  }
}

/** Older builds than this are forgotten. */
const day = 24 * 3600 * 1000;

/**
 * A folder of a name, made once by whoever comes first while the others wait: tests share one
 * build. Folders of earlier sources go away after a day.
 */
export async function once(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const base = cacheFolder() ?? await Deno.makeTempDir({ prefix: "gorel-build-" });
  const builds = join(base, "builds");
  await Deno.mkdir(builds, { recursive: true, mode: 0o700 });
  const folder = join(builds, name);
  using lock = await Deno.open(join(builds, ".lock"), { create: true, write: true });
  await lock.lock(true);
  if (await exists(folder)) return folder;
  for await (const entry of Deno.readDir(builds)) {
    if (!entry.isDirectory) continue;
    const { mtime } = await Deno.stat(join(builds, entry.name));
    const old = mtime === null || Date.now() - mtime.getTime() > day;
    if (old) await Deno.remove(join(builds, entry.name), { recursive: true });
  }
  const part = await Deno.makeTempDir({ dir: builds });
  try {
    await make(part);
    await Deno.rename(part, folder);
  } catch (error) {
    await Deno.remove(part, { recursive: true });
    throw error;
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
