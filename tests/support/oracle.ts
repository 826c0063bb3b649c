/**
 * Go's own library as a judge of single functions. A small Go program (./oracle/, one
 * file an area: add operations there) is built against the library that lies inside the
 * go command at hand. So nothing of Go's source is kept here, and the answers are those
 * of the go that the other tests run.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeText } from "../../lib/go/modfile/utf8.ts";
import { Folder, run } from "./repo.ts";

/** A function of ./oracle/ and its arguments; bytes are Uint8Array, a text may hold bytes of decodeText. */
export type Question = readonly [op: string, ...args: unknown[]];

/** What the function returned (an error as its text, no error as null), or what it panicked with. */
export interface Answer {
  Values: unknown[];
  Panic?: string;
}

const sources = fileURLToPath(new URL("oracle/", import.meta.url));

/** Packages of the go command that no program can import where they are. They are copied as `oracle/` and this name. */
const copied: Readonly<Record<string, { as: string; without?: string[] }>> = {
  "internal/gover": { as: "gover" },
  "cmd/internal/par": { as: "par" },
  "cmd/go/internal/gover": { as: "cmdgover", without: ["toolchain.go", "local.go"] },
  "cmd/go/internal/mvs": { as: "mvs" },
};

/** Runs the program, one process for each list of questions. */
export class Oracle {
  private constructor(readonly program: string) {}

  /**
   * Builds the program if nobody has built it from these sources with this go. It stays in
   * the cache folder of the tests' programs, for the other tests and the next run.
   */
  static async open(): Promise<Oracle> {
    const { HOME = "/", XDG_CACHE_HOME } = Deno.env.toObject();
    const cache = join(XDG_CACHE_HOME ?? join(HOME, ".cache"), "gorel-tools");
    // What a copied package has to be without comes from a folder of its name.
    const files = [...goFiles(sources), "cmdgover/toolchain.go"];
    const go = goEnvironment();
    const hash = createHash("sha256").update(go.GOVERSION!).update(JSON.stringify(copied));
    for (const file of files) hash.update(file).update(Deno.readFileSync(join(sources, file)));
    const program = join(cache, `oracle-${go.GOVERSION}-${hash.digest("hex").slice(0, 16)}`);
    if (exists(program)) return new Oracle(program);

    Deno.mkdirSync(cache, { recursive: true });
    // Tests that run at the same time need it at the same time.
    using lock = await Deno.open(join(cache, "oracle.lock"), { create: true, write: true });
    await lock.lock(true);
    if (!exists(program)) build(files, go, program);
    return new Oracle(program);
  }

  /** The answers, in the order of the questions. */
  async ask(questions: readonly Question[]): Promise<Answer[]> {
    const lines = questions.map(([Op, ...Args]) => JSON.stringify({ Op, Args }, forGo) + "\n");
    const child = new Deno.Command(this.program, {
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const [{ code, stdout }] = await Promise.all([
      child.output(),
      // What it refuses it says itself, and then hears no more.
      new Blob(lines).stream().pipeTo(child.stdin).catch(() => {}),
    ]);
    if (code !== 0) throw new Error(`the oracle ended with ${code}`);
    const answers = new TextDecoder().decode(stdout).split("\n").slice(0, -1);
    return answers.map((line) => JSON.parse(line));
  }

  /** All the results of one function for many lists of arguments. A panic is thrown. */
  async each(op: string, inputs: readonly (readonly unknown[])[]): Promise<unknown[][]> {
    const answers = await this.ask(inputs.map((args) => [op, ...args] as const));
    return answers.map(({ Values, Panic }, i) => {
      if (Panic === undefined) return Values;
      throw new Error(`${op}(${JSON.stringify(inputs[i])}) panics: ${Panic}`);
    });
  }
}

/** Bytes as base64, and so a text with bytes that are not UTF-8. */
function forGo(_key: string, value: unknown): unknown {
  if (typeof value === "string" && !value.isWellFormed()) {
    return { Bytes: encodeText(value).toBase64() };
  }
  return value instanceof Uint8Array ? value.toBase64() : value;
}

function goEnvironment(): Record<string, string> {
  return JSON.parse(
    run("go", ["env", "-json", "GOVERSION", "GOROOT"], { env: buildEnvironment(), cwd: "/" }),
  );
}

function buildEnvironment(): Record<string, string> {
  const { HOME = "/", XDG_CACHE_HOME, GOCACHE } = Deno.env.toObject();
  return {
    HOME,
    // The compiled standard library of other builds on this machine is taken where it is.
    ...(XDG_CACHE_HOME !== undefined && { XDG_CACHE_HOME }),
    ...(GOCACHE !== undefined && { GOCACHE }),
    GOENV: "off",
    GOFLAGS: "-mod=mod",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    CGO_ENABLED: "0",
  };
}

function build(files: string[], go: Record<string, string>, program: string): void {
  using folder = new Folder();
  const source = (path: string) => join(go.GOROOT!, "src", path);
  const language = /^go(\d+\.\d+)/.exec(go.GOVERSION!)![1];
  copyFolder(source("cmd/vendor/golang.org/x/mod"), folder.join("xmod"));
  for (const [path, { as, without = [] }] of Object.entries(copied)) {
    copyFolder(source(path), folder.join(as), without);
  }
  for (const file of files) Deno.copyFileSync(join(sources, file), folder.join(file));
  Deno.writeTextFileSync(
    folder.join("xmod", "go.mod"),
    `module golang.org/x/mod\ngo ${language}\n`,
  );
  Deno.writeTextFileSync(
    folder.join("go.mod"),
    `module oracle\ngo ${language}\nrequire golang.org/x/mod v0.0.0\n` +
      `replace golang.org/x/mod => ./xmod\n`,
  );
  const unfinished = `${program}.${crypto.randomUUID()}`;
  run("go", ["build", "-ldflags=-s -w", "-o", unfinished, "."], {
    cwd: folder.path,
    env: buildEnvironment(),
  });
  Deno.renameSync(unfinished, program);
}

/** Copies the Go files of a folder and of those below it, with the imports of what is copied as it is here. */
function copyFolder(from: string, to: string, without: string[] = []): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    if (entry.isDirectory) copyFolder(join(from, entry.name), join(to, entry.name));
  }
  for (const file of goFiles(from)) {
    if (without.includes(file)) continue;
    let text = Deno.readTextFileSync(join(from, file));
    for (const [path, { as }] of Object.entries(copied)) {
      text = text.replaceAll(`"${path}"`, `"oracle/${as}"`);
    }
    Deno.writeTextFileSync(join(to, file), text);
  }
}

function goFiles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go")).sort();
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
