/** Random module graphs in a proxy that is a folder, and what gorel and the go command make of them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../commands/graph.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import type { GraphRow, WhyDocument } from "../../lib/cli/answer.ts";
import { type Problem, Refused } from "../../lib/problem.ts";
import { environment } from "../support/gorel.ts";
import type { Random } from "../support/random.ts";
import { Folder } from "../support/repo.ts";

export interface At {
  Path: string;
  Version: string;
}

/** A proxy that is a folder, for many graphs: each has module paths of its own. */
export class Proxy {
  readonly url: string;
  constructor(readonly folder: string) {
    this.url = pathToFileURL(folder).href;
  }

  /** Writes a version's files; without a go.mod it is one that a proxy knows and cannot give. */
  add({ Path, Version }: At, goMod: string | null): void {
    const dir = `${this.folder}/${escaped(Path)}/@v`;
    Deno.mkdirSync(dir, { recursive: true });
    const file = `${dir}/${escaped(Version)}`;
    Deno.writeTextFileSync(`${file}.info`, JSON.stringify({ Version, Time: time }));
    if (goMod !== null) Deno.writeTextFileSync(`${file}.mod`, goMod);
  }
}

const time = "2024-01-02T03:04:05Z";

function escaped(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => "!" + letter.toLowerCase());
}

const pseudo = "v1.2.1-0.20240102030405-abcdefabcdef";
const versions = ["v0.1.0", "v1.0.0", "v1.1.0-rc.1", "v1.1.0", "v1.2.0", pseudo];
const goLines = ["", "1.16", "1.16", "1.17", "1.17", "1.20", "1.21", "1.21.0", "1.22.3", "1.23"];

/**
 * Writes a random graph below `main/` of the folder: versions with cycles, also through the
 * main module, missing and broken go.mod files, folders; replacements and exclusions.
 */
export function randomGraph(random: Random, proxy: Proxy, main: string, space: string): void {
  const pool: At[] = [];
  for (const name of ["a", "b", "C", "d", "e", "f"].slice(0, random.int(2, 6))) {
    const Path = `${space}.test/${name}`;
    for (const Version of random.shuffle(versions).slice(0, random.int(1, 4))) {
      pool.push({ Path, Version });
    }
    if (random.chance(0.3)) pool.push({ Path, Version: "v2.0.0+incompatible" });
    if (random.chance(0.3)) pool.push({ Path: `${Path}/v2`, Version: "v2.1.0" });
  }
  const own = { Path: `${space}.test/main`, Version: "v1.0.0" };
  const any = () => random.pick(random.chance(0.04) ? [own] : pool);
  const healthy = random.chance(0.6);
  for (const at of [...pool, own]) proxy.add(at, dependency(random, at, any, healthy));

  const lines = [`module ${own.Path}`];
  const go = random.pick(goLines);
  if (go !== "") lines.push(`go ${go}`);
  if (random.chance(0.1)) lines.push(`toolchain go${random.pick(["1.22.0", "1.24.1", "1.17"])}`);
  const names = (at: At) => `${at.Path} ${at.Version}`;
  for (const at of some(random, 5, random.chance(0.05) ? any : () => random.pick(pool))) {
    lines.push(`require ${names(at)}${random.chance(0.5) ? " // indirect" : ""}`);
  }
  for (const at of random.chance(0.3) ? some(random, 2, any) : []) {
    lines.push(`exclude ${names(at)}`);
  }
  for (const at of random.chance(0.4) ? some(random, 2, () => random.pick(pool)) : []) {
    const old = random.chance(0.5) ? at.Path : names(at);
    if (lines.some((line) => line.startsWith(`replace ${old} =>`))) continue;
    lines.push(`replace ${old} => ${replacement(random, pool, at, main, any)}`);
  }
  Deno.mkdirSync(main, { recursive: true });
  Deno.writeTextFileSync(`${main}/go.mod`, lines.join("\n") + "\n");
}

function some(random: Random, most: number, any: () => At): At[] {
  return Array.from({ length: random.int(0, most) }, any);
}

function dependency(random: Random, at: At, any: () => At, healthy: boolean): string | null {
  if (!healthy && random.chance(0.06)) return null;
  if (at.Version.endsWith("+incompatible")) return `module ${at.Path}\n`;
  const path = !healthy && random.chance(0.04) ? `${at.Path}/other` : at.Path;
  const lines = [`module ${path}`];
  const go = random.chance(0.01) ? "1.99" : random.pick(goLines);
  if (go !== "") lines.push(`go ${go}`);
  // What only the main module may say, and what a newer Go may bring.
  if (random.chance(0.2)) lines.push(`exclude ${any().Path} v1.0.0`, "unheard of this");
  if (random.chance(0.2)) lines.push("replace (", `\t${any().Path} => ../x`, ")");
  if (!healthy && random.chance(0.03)) lines.push("require broken");
  const required = some(random, 4, any).map(({ Path, Version }) => `${Path} ${Version}`);
  if (required.length > 1) {
    lines.push("", "require (", ...required.map((r) => `\t${r} // indirect`), ")");
  } else lines.push(...required.map((r) => `require ${r}`));
  return lines.join("\n") + "\n";
}

function replacement(
  random: Random,
  pool: readonly At[],
  at: At,
  main: string,
  any: () => At,
): string {
  if (random.chance(0.6)) {
    const other = random.pick(random.chance(0.5) ? pool.filter((o) => o.Path === at.Path) : pool);
    return `${other.Path} ${other.Version}`;
  }
  const name = `local${random.int(1, 3)}`;
  if (random.chance(0.9)) {
    Deno.mkdirSync(`${main}/../${name}`, { recursive: true });
    // A folder may call itself as it likes, or not at all.
    const goMod = dependency(random, { Path: `x.test/${name}`, Version: "v1.0.0" }, any, true)!;
    Deno.writeTextFileSync(`${main}/../${name}/go.mod`, goMod);
  }
  return `../${name}`;
}

/** What gorel makes of a command line: its document and warnings, or what it refuses. */
export interface Ours<T> {
  Document?: T;
  Problems: readonly Problem[];
}

/** Runs `gorel graph` in this process. */
export async function graph(
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Ours<GraphRow[]>> {
  return await looked<GraphRow[]>(args, cwd, env);
}

/** Runs `gorel graph --why PATH` in this process. */
export async function why(
  path: string,
  cwd: string,
  env: Record<string, string>,
): Promise<Ours<WhyDocument>> {
  return await looked<WhyDocument>(["--why", path], cwd, env);
}

async function looked<T>(args: string[], cwd: string, env: Record<string, string>) {
  const line = parse(["graph", ...args], {});
  if ("Help" in line) throw new Error(line.Help);
  const services = machine({ ...environment(), ...env });
  try {
    const answer = await run(
      { command: "graph", args: line.args, flags: line.flags, cwd },
      services,
    );
    if (answer.Kind !== "graph" && answer.Kind !== "why") throw new Error(answer.Kind);
    return { Document: answer.Document as T, Problems: answer.Problems ?? [] };
  } catch (error) {
    if (error instanceof Refused) return { Problems: error.problems };
    throw error;
  }
}

/** What gorel runs with for a go command's own settings; `cache` is its own. */
export function surroundings(
  folder: Folder,
  settings: { GOPROXY: string; GOMODCACHE: string },
): Record<string, string> {
  return { HOME: folder.path, GOREL_CACHE: folder.join("cache"), GOFLAGS: "", ...settings };
}

/** A module that requires `a v1.0.0`, and a proxy where that requires `b v1.2.0`. */
export class World implements Disposable {
  readonly folder = new Folder();
  readonly proxy = new Proxy(this.folder.join("proxy"));
  readonly main = this.folder.join("main");
  readonly env = surroundings(this.folder, {
    GOPROXY: this.proxy.url,
    GOMODCACHE: this.folder.join("mod"),
  });

  constructor(goMod = "module w.test/main\ngo 1.16\nrequire w.test/a v1.0.0\n") {
    this.write("main/go.mod", goMod);
    this.add("w.test/a v1.0.0", "module w.test/a\ngo 1.16\nrequire w.test/b v1.2.0\n");
    this.add("w.test/b v1.2.0", "module w.test/b\n");
  }

  add(at: string, goMod: string): void {
    const [Path, Version] = at.split(" ");
    this.proxy.add({ Path, Version } as At, goMod);
  }

  write(file: string, text: string): void {
    Deno.mkdirSync(join(this.folder.join(file), ".."), { recursive: true });
    Deno.writeTextFileSync(this.folder.join(file), text);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}
