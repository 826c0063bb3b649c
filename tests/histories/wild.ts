/** Wild repositories beside the go command: what each of the two says of them. */
import { join } from "node:path";
import { run as query } from "../../commands/query.ts";
import { run as versions } from "../../commands/versions.ts";
import type { QueryDocument, VersionsDocument } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { type Problem, Refused } from "../../lib/problem.ts";
import type { Named } from "../../lib/go/finddir.ts";
import { splitPathVersion } from "../../lib/go/module.ts";
import { gitInstead, goList, type Listed } from "../lib/go/golist.ts";
import { Go } from "../support/go.ts";
import { environment } from "../support/gorel.ts";
import type { Random } from "../support/random.ts";
import { Folder, gitEnvironment, run } from "../support/repo.ts";
import { type Wild, wild } from "./random.ts";

/** A wild repository on disk, checked out at main; it is its own remote, so that nothing is copied. */
export interface Written extends Wild {
  root: string;
  dir: string;
  env: Record<string, string>;
  /** Every commit that a branch or a tag leads to. */
  commits: string[];
  /** When each was committed, in seconds since 1970. */
  times: ReadonlyMap<string, number>;
}

/** Writes a wild repository into the folder `NAME`. */
function write(folder: Folder, name: string, root: string, random: Random): Written {
  const made = wild(random, root);
  const env = gitEnvironment(folder.path);
  const dir = folder.join(name);
  const git = (...args: string[]) => run("git", args, { cwd: dir, env });
  for (const part of ["objects", "refs"]) {
    Deno.mkdirSync(join(dir, ".git", part), { recursive: true });
  }
  Deno.writeTextFileSync(join(dir, ".git", "HEAD"), "ref: refs/heads/main\n");
  const url = `[remote "origin"]\n\turl = ${dir}\n`;
  Deno.writeTextFileSync(join(dir, ".git", "config"), `[core]\n\tbare = false\n${url}`);
  run("git", ["fast-import", "--quiet"], { cwd: dir, env, stdin: made.stream });
  git("reset", "-q", "--hard", "main");
  for (const { name, of } of made.light) {
    git("tag", name, of === "tree" ? "HEAD^{tree}" : "HEAD:m.go");
  }
  const log = git("log", "--all", "--format=%H %ct").trim().split("\n");
  const times = new Map(log.map((line) => [line.split(" ")[0]!, Number(line.split(" ")[1])]));
  return { ...made, root, dir, env, commits: [...times.keys()], times };
}

/** How a module of a wild repository is called, as Go reads its path. */
export function named(of: Written, Path: string): Named {
  const { prefix, pathMajor } = splitPathVersion(Path);
  const dir = prefix.slice(of.root.length + 1);
  return { Path, TagPrefix: dir === "" ? "" : `${dir}/`, PathMajor: pathMajor };
}

/** What gorel says of a module's versions, or that it refuses to. */
export interface Told {
  Document?: VersionsDocument;
  Problems: readonly Problem[];
}

/** Some repositories that all lie on one host, and the go command of a user of theirs. */
export class Wilderness implements Disposable {
  readonly #folder = new Folder();
  readonly go = new Go({
    GOPROXY: "direct",
    GOFLAGS: "-modcacherw",
    GIT_TERMINAL_PROMPT: "0",
    ...gitInstead("https://github.com/t/", `${this.#folder.path}/`),
  });
  readonly all: readonly Written[];

  constructor(readonly random: Random, count: number) {
    this.all = Array.from(
      { length: count },
      (_, i) => write(this.#folder, `r${i}`, `github.com/t/r${i}`, random),
    );
  }

  [Symbol.dispose](): void {
    this.go[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }

  list(flags: string[], queries: string[]): Listed[] {
    return queries.length === 0 ? [] : goList(this.go, flags, queries);
  }
}

/** Real services in the environment of a repository's user. */
export function servicesOf(of: Written, proxy = "direct") {
  return machine({ ...environment(), ...of.env, GOPROXY: proxy });
}

async function ran(of: Written, argv: string[], command: typeof query, proxy?: string) {
  const line = parse(argv, {});
  if ("Help" in line) throw new Error("help");
  const options = { command: line.word, args: line.args, flags: line.flags, cwd: of.dir };
  return await command(options, servicesOf(of, proxy), new AbortController().signal);
}

/** `gorel versions PATH` in the repository's clone. */
export async function versionsOf(of: Written, path: string, proxy?: string): Promise<Told> {
  try {
    const answer = await ran(of, ["versions", path, "--json"], versions, proxy);
    if (answer.Kind !== "versions") throw new Error(answer.Kind);
    return { Document: answer.Document, Problems: answer.Problems ?? [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { Problems: error.problems };
  }
}

/** `gorel query PATH@QUERY…`: `VERSION TIME` or `refused: TEXT` of each; null where none can be asked. */
export async function queried(of: Written, queries: readonly string[]): Promise<string[] | null> {
  try {
    // One alone is refused by an error.
    const answer = await ran(of, ["query", "--json", ...queries, queries[0]!], query);
    if (answer.Kind !== "query") throw new Error(answer.Kind);
    const rows = answer.Document as Extract<QueryDocument, unknown[]>;
    return rows.slice(0, -1).map((row) =>
      "Error" in row ? `refused: ${row.Error.Text}` : `${row.Version} ${row.Time}`
    );
  } catch (error) {
    if (!(error instanceof Refused) || error.problems[0]?.Code !== "go-mod-invalid") throw error;
    return null;
  }
}
