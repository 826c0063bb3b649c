/**
 * The part of a repository that isomorphic-git gets to see: its loose objects, to be
 * added to. It finds no configuration, HEAD, ref or index through this, so none can
 * be misread or overwritten (spec/git.md).
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/** The name that isomorphic-git knows the repository by; it is no path. */
export const virtualGitDir = "repository";

const objectPath = new RegExp(`^${virtualGitDir}/objects/([0-9a-f]{2})/([0-9a-f]{38})$`);

/** So many files are written and synced at the same time, which is where a disk is fastest. */
const atOnce = 32;

/** The file functions that isomorphic-git wants, over one `objects` folder. */
export function objectFiles(folder: string) {
  const refused = (what: string) => (path?: string): Promise<never> =>
    Promise.reject(withCode(`${what} is not for isomorphic-git: ${path}`, "EACCES"));
  // Asked before every write. Objects that are there are compared when written, for a
  // killed program may have left an empty file under the name of an object.
  const stat = (path: string) =>
    path === virtualGitDir
      ? Promise.resolve({ isDirectory: () => true, isFile: () => false })
      : Promise.reject(withCode(`no such file: ${path}`, "ENOENT"));
  const write = limited(atOnce, (path: string, bytes: Uint8Array) => {
    const [, fan, rest] = objectPath.exec(path) ?? [];
    if (!fan || !rest) return refused("writing")(path);
    return writeObjectFile(folder, fan, rest, bytes);
  });
  return {
    promises: {
      stat,
      lstat: stat,
      writeFile: write,
      mkdir: () => Promise.resolve(),
      readFile: refused("reading"),
      readdir: refused("listing"),
      readlink: refused("reading"),
      symlink: refused("linking"),
      unlink: refused("removing"),
      rmdir: refused("removing"),
    },
  };
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Lets a function run at most so many times at once; further calls wait. */
function limited<A extends unknown[], R>(
  most: number,
  run: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (...args) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await run(...args);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/**
 * Writes one loose object, deflated bytes as they stand: all of it under its name, or
 * nothing. Rights are those of the `objects` folder, which git has set up to be shared
 * or not. A temporary file of a killed program is removed by `git gc`, from its name.
 */
async function writeObjectFile(
  folder: string,
  fan: string,
  rest: string,
  bytes: Uint8Array,
): Promise<void> {
  const dir = join(folder, fan);
  const path = join(dir, rest);
  if (await isIntact(path, fan + rest)) {
    // As git does, so that an old unreachable object is not pruned under the new use.
    await Deno.utime(path, new Date(), new Date()).catch(() => {});
    return;
  }
  const mode = (await Deno.stat(folder)).mode ?? 0o755;
  try {
    await Deno.mkdir(dir);
    await Deno.chmod(dir, mode & 0o7777);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  const temporary = join(dir, `tmp_obj_${randomBytes(6).toString("hex")}`);
  try {
    using file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
    await Deno.chmod(temporary, mode & 0o444);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function isIntact(path: string, oid: string): Promise<boolean> {
  try {
    const bytes = inflateSync(await Deno.readFile(path));
    return createHash("sha1").update(bytes).digest("hex") === oid;
  } catch {
    return false;
  }
}
