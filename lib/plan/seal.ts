/**
 * Sealing: the two hashes that users of a version will find in their go.sum, worked
 * out from a tree before any commit has it (go-rules §4, §7.3), or why Go would refuse
 * the version.
 */
import { join } from "node:path/posix";
import { type Archive, archive } from "../git/archive.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { hash1, hashGoMod } from "../go/dirhash.ts";
import { fits, folderByPath } from "../go/finddir.ts";
import { modulePath } from "../go/modfile/scan.ts";
import { parseLax } from "../go/modfile/rule.ts";
import {
  canonicalVersion,
  checkPath,
  checkPathMajor,
  namesNoHost,
  splitPathVersion,
} from "../go/module.ts";
import { type CheckedFiles, checkFiles, type Entry, zipPrefix } from "../go/zip.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, encode } from "../text.ts";
import { together } from "../git/together.ts";

/** A module at a version. */
export interface SealedModule {
  Path: string;
  Version: string;
  /** Its folder from the repository's root; "" is the root. */
  Dir: string;
  /** True when a path without a host, which go can build but not fetch, is let through. */
  Unfetchable?: boolean;
}

export interface Sealed {
  /** `h1:` of the module zip. */
  Sum: string;
  /** `h1:` of go.mod. */
  GoModSum: string;
  /** Entries of the zip, and their bytes together. */
  Files: number;
  Bytes: number;
}

/** What goes into a module's zip, and the door to its contents. */
export interface ModuleFiles {
  Archive: Archive;
  Checked: CheckedFiles;
}

/**
 * The hashes that a module has when the snapshot is tagged with its version, exactly as
 * `go mod download` reports them from any machine. Problems: `zip-invalid` for each file
 * that Go refuses, `no-go-mod`, `go-mod-invalid`, `path-invalid`, `version-invalid` and
 * `path-version-mismatch` where Go does not find this module at this version.
 */
export async function seal(
  repo: Repository,
  snapshot: Snapshot,
  module: SealedModule,
): Promise<Sealed | { Problems: Problem[] }> {
  // Listed anyway, and then single files are found without another process.
  await snapshot.entries();
  const [goMod, files] = await together([
    publishedGoMod(snapshot, module),
    moduleFiles(repo, snapshot, module.Dir),
  ]);
  if ("Code" in goMod) return { Problems: [goMod] };
  if ("Problems" in files) return files;
  if (files.Checked.Valid.some(({ Path }) => Path.startsWith("go.mod/"))) {
    return { Problems: [goModFolder(module.Dir)] };
  }
  const contents = await files.Archive.sums(files.Checked.Valid);
  const prefix = zipPrefix(module.Path, module.Version);
  return {
    Sum: hash1(contents.map(({ Path, Sum }) => ({ Name: prefix + Path, Sum }))),
    GoModSum: hashGoMod(goMod.Bytes),
    Files: contents.length,
    Bytes: contents.reduce((sum, { Size }) => sum + Size, 0),
  };
}

/** Go packs such a module, and then cannot read what it has unpacked. */
function goModFolder(dir: string): Problem {
  const file = join(dir, "go.mod");
  return problem("go-mod-invalid", `${clean(file)} is a folder, and Go reads a file.`, {
    where: { File: file },
    fix: "rename the folder",
  });
}

/** The files of a module's zip; a `zip-invalid` problem for each that makes Go refuse it. */
async function moduleFiles(
  repo: Repository,
  snapshot: Snapshot,
  dir: string,
): Promise<ModuleFiles | { Problems: Problem[] }> {
  const published = await archive(repo, snapshot, dir);
  if ("Code" in published) return { Problems: [published] };
  const checked = checkFiles(published.Entries, { goVersion: goLine(published.GoMod) });
  const stored = new Set((await snapshot.entries()).map((entry) => entry.Path));
  const problems = checked.Invalid.map(({ Path, Reason }) => {
    const file = join(dir, Path);
    return stored.has(file) ? invalidFile(file, Reason) : invalidLicense(dir, Reason);
  });
  if (checked.SizeError !== undefined) problems.push(tooLarge(checked));
  if (problems.length > 0) return { Problems: problems };
  return { Archive: published, Checked: checked };
}

/** The go line that decides the vendor rule; a go.mod with any error has none (x/mod zip). */
export function goLine(goMod: Uint8Array | null): string | undefined {
  if (!goMod) return undefined;
  const parsed = parseLax("go.mod", goMod);
  return parsed.Errors.length === 0 ? parsed.Mod.Go?.Version : undefined;
}

function invalidFile(path: string, reason: string): Problem {
  const why = reason.replace(/^malformed file path ".*": /s, "");
  return problem("zip-invalid", `Go refuses every module with the file ${clean(path)}: ${why}.`, {
    where: { File: path },
    fix: path.includes("/")
      ? "rename or remove it, or put a go.mod into its folder, which leaves the folder out"
      : "rename or remove it",
  });
}

/** The only file of a module that its folder does not have. */
function invalidLicense(dir: string, reason: string): Problem {
  return problem(
    "zip-invalid",
    `Go puts the repository's LICENSE into the module in ${clean(dir)}, and then refuses it: ` +
      `${reason}.`,
    { where: { File: "LICENSE" }, fix: `give ${clean(dir)} a file named exactly LICENSE` },
  );
}

function tooLarge(checked: CheckedFiles): Problem {
  const largest = checked.Valid.reduce<Entry | undefined>(
    (most, entry) => most && most.Size >= entry.Size ? most : entry,
    undefined,
  );
  const hint = largest ? `; the largest file is ${clean(largest.Path)}` : "";
  return problem("zip-invalid", `Go refuses the module: ${checked.SizeError}${hint}.`, {
    fix: "move large files out of the module, or into a folder with a go.mod of its own",
  });
}

/**
 * The go.mod that Go serves for the version: the stored bytes, untouched by attributes,
 * or a line of Go's own for a repository older than modules (go-rules §4.6, §7.3).
 */
async function publishedGoMod(
  snapshot: Snapshot,
  { Path, Version, Dir, Unfetchable }: SealedModule,
): Promise<{ Bytes: Uint8Array } | Problem> {
  const malformed = checkPath(Path);
  if (malformed !== null && !(Unfetchable && namesNoHost(Path))) {
    return problem("path-invalid", `Go refuses the module: ${malformed}.`, {
      where: { File: join(Dir, "go.mod") },
      fix: "correct the module line of go.mod",
    });
  }
  if (Version === "" || canonicalVersion(Version) !== Version) {
    return problem("version-invalid", `${clean(Version)} is not a canonical version.`);
  }
  const { pathMajor } = splitPathVersion(Path);
  const unfit = checkPathMajor(Version, pathMajor);
  if (unfit !== null) {
    return problem("path-version-mismatch", `${Path}: ${unfit}.`, {
      where: { File: join(Dir, "go.mod") },
      fix: "name a version that fits the path, or correct the path",
    });
  }

  const file = join(Dir, "go.mod");
  const wanted = folderByPath(Path);
  if (wanted !== null && Dir !== wanted && Dir !== join(wanted, pathMajor.slice(1))) {
    return problem(
      "no-go-mod",
      `Go looks for ${Path} in ${clean(join(wanted, "go.mod"))} of its repository, not in ` +
        `${clean(file)}.`,
      { where: { File: file }, fix: "correct the module path, or move the module's folder" },
    );
  }
  const found = await snapshot.readFile(file);
  const elsewhere = await otherPlace(snapshot, Path, Dir);
  if (elsewhere) return elsewhere;
  if (!found) {
    if (Dir === "" && !pathMajor.startsWith("/")) {
      return { Bytes: encode(`module ${Path}\n`) };
    }
    return problem("no-go-mod", `There is no ${clean(file)} in the commit to be tagged.`, {
      where: { File: file },
      fix: "commit one; or name a commit that has it",
    });
  }
  const declared = modulePath(found.Bytes);
  if (declared === "") {
    return problem("go-mod-invalid", `${clean(file)} has no module path.`, {
      where: { File: file },
      fix: "begin it with `module MODULE/PATH`, and commit it",
    });
  }
  if (!fits(declared, pathMajor) || Version.endsWith("+incompatible")) {
    return problem(
      "path-version-mismatch",
      `${clean(file)} declares ${clean(declared)}, which cannot be ${Path} ${Version}.`,
      { where: { File: file }, fix: "name a version that fits the path, or correct the path" },
    );
  }
  return { Bytes: found.Bytes };
}

/**
 * A /vN module may be at the repository's root (or the module's folder) or in a folder vN
 * there, but Go refuses two candidates, and a vN/go.mod that is none.
 */
async function otherPlace(snapshot: Snapshot, path: string, dir: string): Promise<Problem | null> {
  const { prefix, pathMajor } = splitPathVersion(path);
  if (!pathMajor.startsWith("/")) return null;
  const isFolder = `/${dir}`.endsWith(pathMajor) && !prefix.endsWith(`/${dir}`);
  const file = isFolder ? join(dir, "..", "go.mod") : join(dir, pathMajor.slice(1), "go.mod");
  const other = await snapshot.readFile(file);
  if (!other || (isFolder && !fits(modulePath(other.Bytes), pathMajor))) return null;
  return problem(
    "path-version-mismatch",
    `Go looks for ${path} in ${clean(file)} as well as in ${clean(join(dir, "go.mod"))}.`,
    { where: { File: file }, fix: "keep one of the two" },
  );
}
