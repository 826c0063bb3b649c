/**
 * The go.mod files of a module graph that were read before, as gorel's own cache keeps them:
 * one file for a main module, so that a graph of a thousand modules opens one file and not a
 * thousand. A version's go.mod never changes, but whom it came from may: the file is kept by
 * proxy and module cache, and what came from a module cache counts only while that is there.
 */
import type { PathVersion } from "../go/mvs.ts";
import type { Summary } from "../go/summary.ts";

/** One go.mod file that was read. */
export interface Kept {
  Summary: Summary;
  /** Its `h1:`, for go.sum. */
  Sum: string;
  From: "cache" | "proxy";
}

/** Whose go.mod files they are. */
export interface PackKey {
  Main: string;
  GOPROXY: string;
  GONOPROXY: string;
  GOMODCACHE: string;
}

const format = 1;

/** Path, version, from, path of the module line, go line, sum; then the place in Names of each requirement's path. */
type Row = [string, string, "cache" | "proxy", string, string, string, ...number[]];

interface Document {
  Format: number;
  Key: string;
  Cache: string;
  /** Path and version of every requirement, each once. */
  Names: string[];
  Rows: Row[];
}

/** The folder of gorel's own cache; undefined where nothing says one. */
export function cacheFolder(env: Readonly<Record<string, string>>): string | undefined {
  const named = [
    env.GOREL_CACHE,
    env.XDG_CACHE_HOME && `${env.XDG_CACHE_HOME}/gorel`,
    env.HOME && `${env.HOME}/.cache/gorel`,
  ];
  return named.find((folder) => folder !== undefined && /^(\/|[A-Za-z]:[\\/])/.test(folder));
}

export class Pack {
  readonly #file: string | undefined;
  readonly #key: string;
  readonly #cache: string;
  readonly #rows = new Map<string, Row>();
  readonly #used = new Map<string, PathVersion & Kept>();
  #names: readonly string[] = [];
  readonly #values = new Map<number, PathVersion>();
  #changed = false;

  /** Opens what is kept; a file that is broken, or of another key, is as good as none. */
  constructor(folder: string | undefined, key: PackKey) {
    const proxies = withoutUsers(key.GOPROXY);
    this.#key = JSON.stringify([key.Main, proxies, key.GONOPROXY, key.GOMODCACHE]);
    this.#cache = identity(key.GOMODCACHE);
    if (folder === undefined) return;
    this.#file = `${folder}/graph/${nameOf(this.#key)}.json`;
    for (const row of this.#read(this.#file)) this.#rows.set(`${row[0]}@${row[1]}`, row);
  }

  #read(file: string): Row[] {
    try {
      const document: Document = JSON.parse(Deno.readTextFileSync(file));
      const { Format, Key, Cache, Names, Rows } = document;
      if (Format !== format || Key !== this.#key) return [];
      if (!Names.every((name) => typeof name === "string")) return [];
      this.#names = Names;
      return Rows.filter((row) =>
        isRow(row, Names.length) && (row[2] === "proxy" || Cache === this.#cache)
      );
    } catch {
      return [];
    }
  }

  get(m: PathVersion): Kept | undefined {
    const key = `${m.Path}@${m.Version}`;
    const row = this.#rows.get(key);
    if (!row) return undefined;
    const Require: PathVersion[] = [];
    for (let i = 6; i < row.length; i++) Require.push(this.#value(row[i] as number));
    const kept = { Summary: { Path: row[3], Go: row[4], Require }, Sum: row[5], From: row[2] };
    this.#used.set(key, { ...m, ...kept });
    return kept;
  }

  /** One value for a requirement, however often it stands there: a graph tells them apart faster. */
  #value(at: number): PathVersion {
    let value = this.#values.get(at);
    if (!value) {
      value = { Path: this.#names[at]!, Version: this.#names[at + 1]! };
      this.#values.set(at, value);
    }
    return value;
  }

  add(m: PathVersion, kept: Kept): void {
    this.#used.set(`${m.Path}@${m.Version}`, { ...m, ...kept });
    this.#changed = true;
  }

  /** Writes what was used since it was opened, if any of it is new. A folder that cannot be written does not matter. */
  save(): void {
    if (this.#file === undefined || !this.#changed) return;
    const names: string[] = [];
    const places = new Map<string, number>();
    const place = ({ Path, Version }: PathVersion): number => {
      const key = `${Path}@${Version}`;
      const known = places.get(key) ?? names.push(Path, Version) - 2;
      places.set(key, known);
      return known;
    };
    const document: Document = {
      Format: format,
      Key: this.#key,
      Cache: this.#cache,
      Names: names,
      Rows: [...this.#used.values()].map(({ Path, Version, From, Sum, Summary }) => [
        Path,
        Version,
        From,
        Summary.Path,
        Summary.Go,
        Sum,
        ...Summary.Require.map(place),
      ]),
    };
    const unfinished = `${this.#file}.${crypto.randomUUID()}`;
    try {
      Deno.mkdirSync(this.#file.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
      Deno.writeTextFileSync(unfinished, JSON.stringify(document), { mode: 0o600 });
      Deno.renameSync(unfinished, this.#file);
    } catch {
      try {
        Deno.removeSync(unfinished);
      } catch {
        // It was never there.
      }
    }
  }
}

function isRow(row: unknown, names: number): row is Row {
  return Array.isArray(row) && row.length >= 6 && (row[2] === "cache" || row[2] === "proxy") &&
    row.every((cell, i) =>
      i < 6 ? typeof cell === "string" : Number.isInteger(cell) && cell >= 0 && cell < names - 1
    );
}

/** A list of proxies without names and passwords, which nothing that is kept may hold. */
export function withoutUsers(proxies: string): string {
  return proxies.replace(/\/\/[^/?#,|]*@/g, "//");
}

/** What tells a module cache from another one that has taken its place; "" where there is none. */
export function identity(cache: string): string {
  try {
    const { dev, ino, birthtime } = Deno.statSync(`${cache}/cache/download`);
    return `${dev} ${ino} ${birthtime?.getTime()}`;
  } catch {
    return "";
  }
}

/** A file name for a key, which stands in the file as a whole: two keys of one name only take turns. */
export function nameOf(key: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a, b].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
}
