/**
 * Which files make up a module zip (golang.org/x/mod/zip, go-rules §4):
 *
 * - Every name in the zip is `<module>@<version>/<path>`; modes are lost.
 * - Files of packages in vendor folders, files of nested modules and symbolic
 *   links are left out in silence.
 * - One name that some platform cannot hold, or two names that fold to the same,
 *   make the whole version useless for everybody, while git and the go command
 *   in a checkout stay content.
 *
 * Entries are those of git; where they come from does not matter here.
 */
import { compareGoVersions, goLang } from "./goversion.ts";
import { checkFilePath, quote } from "./paths.ts";

/** A file in a tree, the root of the path being the module's own folder or the repository's. */
export interface Entry {
  /** Forward slashes; bytes that are not UTF-8 in the form of decodeText (modfile/utf8.ts). */
  Path: string;
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  Mode: string;
  /** The blob, or the submodule's commit. */
  Oid: string;
  /** Bytes; 0 for a submodule. */
  Size: number;
}

/** A path, and why it is not in the zip. */
export interface FileError {
  Path: string;
  Reason: string;
}

/** All lists keep the order of the input. A path that is there twice is in the two latter lists only once. */
export interface CheckedFiles {
  /** What the zip holds. */
  Valid: Entry[];
  Omitted: FileError[];
  /** Not empty: Go refuses the version. */
  Invalid: FileError[];
  /** Set when the valid files are too large together: Go refuses the version. */
  SizeError?: string;
}

/** Most bytes of all files together, and of the zip file itself. */
export const maxZipFile = 500 << 20;
/** Most bytes of go.mod at the module's root. */
export const maxGoMod = 16 << 20;
/** Most bytes of LICENSE at the module's root. */
export const maxLicense = 16 << 20;

/** What every name in the module's zip begins with: `example.com/m@v1.0.0/`. */
export function zipPrefix(path: string, version: string): string {
  return `${path}@${version}/`;
}

/** The entries below a folder, their paths counted from it; "" gives all. */
export function entriesBelow(entries: readonly Entry[], dir: string): Entry[] {
  if (dir === "") return [...entries];
  const prefix = dir + "/";
  return entries.filter((entry) => entry.Path.startsWith(prefix))
    .map((entry) => ({ ...entry, Path: entry.Path.slice(prefix.length) }));
}

/**
 * The entries of a module in a sub-directory with the LICENSE it inherits: when it
 * has none of that exact name, the file LICENSE of the repository's root is added at
 * the end, as a plain file even if it is a symbolic link there (go-rules §4.5).
 */
export function withLicense(
  moduleEntries: readonly Entry[],
  rootEntries: readonly Entry[],
): Entry[] {
  const isLicense = (entry: Entry) => entry.Path === "LICENSE" && !isSubmodule(entry);
  const inherited = rootEntries.find(isLicense);
  if (!inherited || moduleEntries.some(isLicense)) return [...moduleEntries];
  // A submodule of that name is no file to Go, and does not stand in the way of one.
  const others = moduleEntries.filter(({ Path }) => Path !== "LICENSE");
  return [...others, { ...inherited, Mode: "100644" }];
}

/**
 * Sorts a module's files into those in the zip, those left out, and those that make
 * Go refuse the version (x/mod zip.CheckFiles, go-rules §4.3: the first rule that hits
 * decides, so a bad name in a nested module is no error, one of a symbolic link is).
 * `goVersion` is the go line of the module's own go.mod; without it the rules are
 * those before go 1.24. Reasons are Go's own words.
 */
export function checkFiles(
  entries: readonly Entry[],
  options: { goVersion?: string | undefined } = {},
): CheckedFiles {
  const checked: CheckedFiles = { Valid: [], Omitted: [], Invalid: [] };
  const modern = vendorRuleOf124(options.goVersion ?? "");
  const nested = nestedModules(entries);
  const collisions = new Collisions();
  const told = new Set<string>();
  const tell = (list: FileError[], { Path }: Entry, Reason: string) => {
    if (!told.has(Path)) list.push({ Path, Reason });
    told.add(Path);
  };
  let room = maxZipFile;
  for (const entry of entries) {
    const omitted = omission(entry, modern, nested);
    const invalid = omitted === null ? refusal(entry, collisions) : null;
    if (omitted !== null) {
      tell(checked.Omitted, entry, omitted);
      continue;
    }
    if (invalid !== null) {
      tell(checked.Invalid, entry, invalid);
      continue;
    }
    if (entry.Mode === "120000") {
      tell(checked.Omitted, entry, "file is a symbolic link");
      continue;
    }
    if (entry.Size <= room) room -= entry.Size;
    else checked.SizeError ??= `module source tree too large (max size is ${maxZipFile} bytes)`;
    const tooLarge = oversize(entry);
    if (tooLarge !== null) tell(checked.Invalid, entry, tooLarge);
    else checked.Valid.push(entry);
  }
  return checked;
}

/** The rules that leave a file out before its name is looked at. */
function omission(entry: Entry, modern: boolean, nested: ReadonlySet<string>): string | null {
  const path = entry.Path;
  // git archive gives a submodule as an empty folder, which Go's rules never see.
  if (isSubmodule(entry)) return "not a regular file";
  if (!isClean(path) || path.startsWith("/")) return null;
  if (isVendored(path, modern)) return "file is in vendor directory";
  if (nested.size > 0 && isNested(path, nested)) return "file is in another module";
  if (path === ".hg_archival.txt") {
    return "file is inserted by 'hg archive' and is always omitted";
  }
  return null;
}

function refusal(entry: Entry, collisions: Collisions): string | null {
  const path = entry.Path;
  if (!isClean(path)) return "file path is not clean";
  if (path.startsWith("/")) return "file path is not relative";
  const malformed = checkFilePath(path);
  if (malformed !== null) return malformed;
  if (path !== "go.mod" && path.toLowerCase() === "go.mod") {
    return "go.mod files must have lowercase names";
  }
  return collisions.add(path, false);
}

function oversize(entry: Entry): string | null {
  if (entry.Path === "go.mod" && entry.Size > maxGoMod) {
    return `go.mod file too large (max size is ${maxGoMod} bytes)`;
  }
  if (entry.Path === "LICENSE" && entry.Size > maxLicense) {
    return `LICENSE file too large (max size is ${maxLicense} bytes)`;
  }
  return null;
}

function isSubmodule(entry: Entry): boolean {
  return entry.Mode === "160000";
}

/** Reports whether Go's path.Clean would give the path unchanged. */
function isClean(path: string): boolean {
  if (path === "." || path === "/") return true;
  const elements = (path.startsWith("/") ? path.slice(1) : path).split("/");
  const rooted = path.startsWith("/");
  return elements.every((element, i) =>
    element !== "" && element !== "." &&
    (element !== ".." || (!rooted && elements.slice(0, i).every((e) => e === "..")))
  );
}

/** Folders that hold a regular file go.mod in any case, each with its final slash. */
function nestedModules(entries: readonly Entry[]): Set<string> {
  const nested = new Set<string>();
  for (const { Path, Mode } of entries) {
    const slash = Path.lastIndexOf("/");
    if (slash < 0 || !Mode.startsWith("100")) continue;
    if (Path.length - slash === 7 && Path.slice(slash + 1).toLowerCase() === "go.mod") {
      nested.add(Path.slice(0, slash + 1));
    }
  }
  return nested;
}

function isNested(path: string, nested: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    if (nested.has(path.slice(0, at + 1))) return true;
  }
  return false;
}

/**
 * Reports whether a file belongs to a vendored package (go-rules §4.4). Before go 1.24 a
 * wrong count made a package even of a file directly in an inner vendor folder; hashes of
 * old modules depend on it, so the go line decides.
 */
function isVendored(path: string, modern: boolean): boolean {
  if (modern && path === "vendor/modules.txt") return true;
  if (path.startsWith("vendor/")) return path.includes("/", "vendor/".length);
  const at = path.indexOf("/vendor/");
  return at >= 0 && (!modern || path.includes("/", at + "/vendor/".length));
}

/** Reports whether a go line means 1.24 or newer; a malformed one is older than all. */
function vendorRuleOf124(goVersion: string): boolean {
  // Unlike a go line elsewhere, here it may have a suffix.
  return compareGoVersions(goLang(goVersion.replace(/-.*$/s, "")), "1.24") >= 0;
}

/** Every path met so far, and every folder above one, by its folded name. */
class Collisions {
  readonly #seen = new Map<string, { path: string; folder: boolean; above: string | null }>();

  /** Enters a path and the folders above it; gives the reason for the first collision. */
  add(path: string, folder: boolean): string | null {
    const name = fold(path);
    const other = this.#seen.get(name);
    if (other) {
      if (other.path !== path) {
        return `case-insensitive file name collision: ${quote(other.path)} and ${quote(path)}`;
      }
      if (other.folder !== folder) return `entry ${quote(path)} is both a file and a directory`;
      // What collides above a folder does so for every file in it.
      return folder ? other.above : `multiple entries for file ${quote(path)}`;
    }
    const entered = { path, folder, above: null as string | null };
    this.#seen.set(name, entered);
    const slash = path.lastIndexOf("/");
    return entered.above = slash < 0 ? null : this.add(path.slice(0, slash), true);
  }
}

/**
 * A text that is the same for two paths exactly if Unicode simple case folding makes
 * them equal, rune by rune (Go's strings.EqualFold): K is the Kelvin sign, ß is ẞ but
 * not ss. Lower case alone would miss the first and upper case would invent the last.
 */
function fold(path: string): string {
  if (/^[\0-\x7f]*$/.test(path)) return path.toLowerCase();
  return Array.from(path, foldRune).join("");
}

function foldRune(rune: string): string {
  let folded = rune;
  for (const next of [toLower, toUpper, toLower]) {
    const other = next(folded);
    if (other !== folded && equalFold(rune, other)) folded = other;
  }
  return folded;
}

const toLower = (rune: string) => rune.toLowerCase();
const toUpper = (rune: string) => rune.toUpperCase();

/** Case-insensitive regular expressions with the flag u compare by simple case folding. */
function equalFold(a: string, b: string): boolean {
  return new RegExp(`^\\u{${a.codePointAt(0)!.toString(16)}}$`, "iu").test(b);
}
