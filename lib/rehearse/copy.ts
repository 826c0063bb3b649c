/**
 * A tree as files of a temporary folder, where the go command can look at it before any commit
 * has it. What a repository may hold writes nothing outside that folder.
 */
import { dirname, join } from "node:path";
import { isTreePath } from "../git/paths.ts";
import type { Entry, Snapshot } from "../git/tree.ts";
import { decodeText } from "../go/modfile/utf8.ts";

/**
 * Writes a tree into a folder that is there and empty: files as they are stored, whatever
 * attributes say of them, executable ones as such; links where they end inside of the folder;
 * submodules as empty folders. Paths that no checkout makes are left out.
 */
export async function copyTree(snapshot: Snapshot, folder: string): Promise<void> {
  const entries = (await snapshot.entries()).filter((entry) => isTreePath(entry.Path));
  const at = (path: string) => join(folder, path);
  const folders = new Set(
    entries.map(({ Path, Mode }) => Mode === "160000" ? at(Path) : dirname(at(Path))),
  );
  for (const path of folders) Deno.mkdirSync(path, { recursive: true });

  // No link is there yet that a file could be written through.
  const files = Map.groupBy(entries.filter((e) => e.Mode.startsWith("100")), (e) => e.Oid);
  await snapshot.visit([...files.values()].map(([first]) => first!), (oid, bytes) => {
    for (const { Path, Mode } of files.get(oid) ?? []) {
      Deno.writeFileSync(at(Path), bytes, { mode: Mode === "100755" ? 0o755 : 0o644 });
    }
  });
  await copyLinks(snapshot, entries.filter((entry) => entry.Mode === "120000"), folder);
}

/** A link is kept where it really ends inside, whatever other links it leads through. */
async function copyLinks(
  snapshot: Snapshot,
  links: readonly Entry[],
  folder: string,
): Promise<void> {
  if (links.length === 0) return;
  const targets = await snapshot.readMany(links.map((link) => link.Oid));
  const made: string[] = [];
  for (const { Path, Oid } of links) {
    const target = decodeText(targets.get(Oid)!);
    const path = join(folder, Path);
    if (!target.isWellFormed() || target === "" || target.includes("\0")) continue;
    try {
      Deno.symlinkSync(target, path);
      made.push(path);
    } catch (error) {
      // On a file system that tells no case apart the name is another file's.
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
  const root = Deno.realPathSync(folder);
  const inside = (path: string) => {
    try {
      return Deno.realPathSync(path).startsWith(join(root, "/"));
    } catch {
      return false;
    }
  };
  // All are judged before one is taken away: it may be what another one leads through.
  for (const path of made.filter((path) => !inside(path))) Deno.removeSync(path);
}

/** A temporary folder of one proof, with trees in it; it is removed when its scope ends. */
export class Workplace implements AsyncDisposable {
  readonly #trees = new Map<string, Promise<string>>();

  private constructor(
    /** Its real path: what the go command prints begins with it. */
    readonly path: string,
  ) {}

  static async make(): Promise<Workplace> {
    return new Workplace(await Deno.realPath(await Deno.makeTempDir({ prefix: "gorel-prove-" })));
  }

  /** An empty folder of that name, made when it is first asked for. */
  folder(name: string): string {
    const path = join(this.path, name);
    Deno.mkdirSync(path, { recursive: true });
    return path;
  }

  /** The folders that hold a tree. */
  get roots(): string[] {
    return [...this.#trees.keys()].map((tree) => join(this.path, tree));
  }

  /** The folder with a copy of the tree, made when it is first asked for. */
  tree(snapshot: Snapshot): Promise<string> {
    const name = `tree-${snapshot.Tree}`;
    const copied = async () => {
      const path = this.folder(name);
      await copyTree(snapshot, path);
      return path;
    };
    const made = this.#trees.get(name) ?? copied();
    this.#trees.set(name, made);
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#trees.values());
    for (let tries = 0; tries < 50; tries++) {
      try {
        return await Deno.remove(this.path, { recursive: true });
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return;
        // A compiler that outlives the go command it was started by still writes for a moment.
        if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 20 * tries));
        makeWritable(this.path);
      }
    }
  }
}

/** Go makes what it unpacks read-only. */
function makeWritable(folder: string): void {
  try {
    Deno.chmodSync(folder, 0o755);
    for (const entry of Deno.readDirSync(folder)) {
      if (entry.isDirectory) makeWritable(join(folder, entry.name));
    }
  } catch {
    // It is gone already.
  }
}
