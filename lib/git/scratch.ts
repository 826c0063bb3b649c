/**
 * `git archive` as the go command runs it in its own bare clone: with the repository's
 * objects, and nothing else of the repository or of this machine.
 */
import { join } from "node:path";
import { objectBytes } from "./objects.ts";
import { isPlanned, type PlannedObject } from "./planned.ts";
import { failed, git, gitText, type Repository, words } from "./repository.ts";
import { readTar } from "./tar.ts";
import type { Snapshot } from "./tree.ts";

const separator = Deno.build.os === "windows" ? ";" : ":";

/**
 * Shows every regular file below a folder ("" is the root) as git archives it, its path
 * from that folder; the bytes are valid only during the call. Gives git's words when it
 * refuses a name in the tree, else null. Throws Failed when anything else goes wrong.
 */
export async function gitArchive(
  repo: Repository,
  snapshot: Snapshot,
  dir: string,
  each: (path: string, bytes: Uint8Array) => void,
): Promise<string | null> {
  const folder = await Deno.makeTempDir({ prefix: "gorel-archive-" });
  try {
    const scratch = join(folder, "scratch.git");
    const tar = join(folder, "archive.tar");
    const env = await prepare(repo, scratch, snapshot);
    const args = [
      ...["-c", "core.autocrlf=input", "-c", "core.eol=lf"],
      // Else git looks for attributes in the user's home.
      ...["-c", "core.attributesFile=/dev/null"],
      ...["archive", "--format=tar", `--output=${tar}`, snapshot.Tree],
      ...(dir === "" ? [] : ["--", dir]),
    ];
    const result = await git(repo, args, { cwd: scratch, env, timeout: 600_000 });
    if (result.Code !== 0 || result.Killed) {
      const said = words(result);
      if (/did not match any files/.test(said)) return null;
      if (/invalid path/.test(said)) return said;
      throw failed(args, result);
    }
    const prefix = dir === "" ? "" : dir + "/";
    for await (const file of readTar((await Deno.open(tar)).readable)) {
      if (file.Path.startsWith(prefix)) each(file.Path.slice(prefix.length), file.Bytes);
    }
    return null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes the scratch repository and gives the environment that git runs in it with. */
async function prepare(
  repo: Repository,
  scratch: string,
  snapshot: Snapshot,
): Promise<Record<string, string | undefined>> {
  const bare = {
    ...withoutGit(repo.services.env),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
  const init = ["init", "-q", "--bare", "--template=", "-b", "main"];
  const [objects] = await Promise.all([
    gitText(repo, ["rev-parse", "--path-format=absolute", "--git-path", "objects"]),
    gitText(repo, [...init, `--object-format=${repo.ObjectFormat}`, scratch], { env: bare }),
  ]);
  await Deno.mkdir(join(scratch, "info"), { recursive: true });
  await Deno.writeTextFile(
    join(scratch, "info", "attributes"),
    "* -export-subst -export-ignore\n",
  );
  const own = join(scratch, "objects");
  if (isPlanned(snapshot)) await write(own, [...snapshot.Blobs, ...snapshot.Trees]);
  const more = repo.services.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  return {
    ...bare,
    GIT_DIR: scratch,
    // The real objects are not alternates of the scratch ones: git follows a relative
    // path in an alternates file only from the objects it begins with.
    GIT_OBJECT_DIRECTORY: objects.replace(/\n$/, ""),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: quotedPath(own) + (more ? separator + more : ""),
  };
}

/** Takes every variable of git's away, but the one that says where git's programs are. */
function withoutGit(env: Readonly<Record<string, string>>): Record<string, undefined> {
  const names = Object.keys(env).filter((name) => /^GIT_/.test(name) && name !== "GIT_EXEC_PATH");
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Writes objects that the repository does not have as loose objects of the scratch one. */
async function write(folder: string, objects: readonly PlannedObject[]): Promise<void> {
  const { deflateSync } = await import("node:zlib");
  const made = new Set<string>();
  for (const { Type, Oid, Bytes } of objects) {
    const dir = join(folder, Oid.slice(0, 2));
    if (!made.has(dir)) await Deno.mkdir(dir, { recursive: true });
    made.add(dir);
    const loose = deflateSync(objectBytes(Type, Bytes), { level: 1 });
    await Deno.writeFile(join(dir, Oid.slice(2)), loose);
  }
}

/** A path for a list of paths, where quotes keep a separator in it from ending it. */
function quotedPath(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}
