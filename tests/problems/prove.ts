/**
 * A problem code in a real repository: the repository that has it, what gorel says then, that
 * nothing was written, that the way out helps, and a near miss that does not have it.
 */
import assert from "node:assert/strict";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Code, Level, Problem } from "../../lib/problem.ts";
import { runHere } from "../support/inprocess.ts";
import { released } from "../support/released.ts";
import { Repo, run as runProgram } from "../support/repo.ts";
import { expected } from "./codes.ts";

/** A repository, and how gorel is called in it. */
export interface Scene {
  /** Default: example.com/m with v1.0.0 on its remote, and a fix that is not pushed. */
  make?: () => Repo | Promise<Repo>;
  change?: (repo: Repo) => void | Promise<void>;
  argv?: string[];
  /** Where gorel is started; default: the top of the work tree. */
  at?: (repo: Repo) => string;
  env?: (repo: Repo) => Record<string, string>;
  /** What lives until the case has ended: a server, a lock. */
  hold?: (repo: Repo) => AsyncDisposable | Disposable;
}

/**
 * A way out that is tried. A text stands in Fix: `git …` and `gorel …` are run, `--…` is added to
 * the command line. A function does what the words of Fix say.
 */
export type Cure = string | ((repo: Repo) => void | Promise<void>);

export interface Case extends Scene {
  code: Code;
  title: string;
  argv: string[];
  /** Where it is not the code's own. */
  level?: Level;
  text: RegExp;
  where?: { File: string; Line?: number };
  /** What Fix says, where no cure shows it. */
  fix?: RegExp;
  cure?: Cure;
  /** What else there is to say after the cure. */
  then?: Code;
  /** Files of ours that come and go while a lock is held. */
  locks?: true;
  /** Where `--accept` does otherwise than the code says alone, or there is no plan to try it on. */
  accept?: "always" | "never" | "not a release";
  near: Scene & { title: string; exit?: number; has?: Code };
}

export interface Told {
  exit: number;
  /** Exactly one document. */
  // deno-lint-ignore no-explicit-any
  json: any;
  err: string;
  problems: Problem[];
}

/** Runs the program's own line from arguments to exit code, in this process. */
export async function gorel(
  argv: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Told> {
  const { code, out, err } = await runHere([...argv, "--json"], cwd, env);
  const json = JSON.parse(out);
  const problems = json.Error?.Problems ?? json.Problems ?? [];
  return { exit: code, json, err, problems };
}

/** The problem of a code among what was told. */
export function found(told: Told, code: Code): Problem | undefined {
  return told.problems.find((p) => p.Code === code);
}

/** Every file and folder of the work tree, git's folder and the remote: times, inodes and bytes. */
export function everything(repo: Repo, folders = true): Record<string, string> {
  const out: Record<string, string> = {};
  const walk = (path: string) => {
    const info = lstatSync(path, { bigint: true });
    const times = `${info.mode} ${info.ino} ${info.mtimeNs} ${info.ctimeNs}`;
    if (info.isDirectory()) {
      out[path] = folders ? times : "";
      for (const entry of Deno.readDirSync(path)) walk(join(path, entry.name));
    } else if (info.isSymbolicLink()) out[path] = `${times} ${readlinkSync(path)}`;
    else out[path] = `${times} ${readFileSync(path).toString("latin1")}`;
  };
  for (const entry of Deno.readDirSync(repo.folder.path)) {
    if (entry.name !== "home") walk(repo.folder.join(entry.name));
  }
  for (const entry of Deno.readDirSync(repo.home)) {
    if (entry.isFile) walk(join(repo.home, entry.name));
  }
  return out;
}

/** The paths that came, went or were written. */
function changes(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]);
}

/** A line of prose that a person can act on. */
function sentence(text: string, code: Code): void {
  assert.ok(text.length < 400, `${code}: too long: ${text}`);
  assert.doesNotMatch(text, /undefined|\[object|NaN|\n|\s\s|\.\.$/, text);
  // What go.mod has wrong is said in Go's own words.
  if (code === "go-mod-invalid") return;
  assert.match(text, /^[^a-z]|^(git|go|gorel|v\d|[\w./-]+[./@])/, `${code} begins small: ${text}`);
  assert.match(text, /\.$/, `${code} has no end: ${text}`);
  assert.doesNotMatch(text, /[a-z)]\. [A-Z]/, `${code} is more than one sentence: ${text}`);
}

interface Stage {
  repo: Repo;
  tell: (argv: readonly string[]) => Promise<Told>;
}

let original: Repo | undefined;

/** What most cases begin with, made once and copied: git takes ten processes to make it. */
export function anew(): Repo {
  if (original === undefined) {
    const made = original = released();
    addEventListener("unload", () => made[Symbol.dispose]());
  }
  const repo = new Repo();
  runProgram("cp", ["-a", `${original.folder.path}/.`, repo.folder.path]);
  const config = join(repo.dir, ".git/config");
  const text = Deno.readTextFileSync(config).replaceAll(original.folder.path, repo.folder.path);
  Deno.writeTextFileSync(config, text);
  return repo;
}

async function on(scene: Scene, body: (stage: Stage) => Promise<void>): Promise<void> {
  using repo = await (scene.make ?? anew)();
  await scene.change?.(repo);
  const env = { ...repo.env, ...scene.env?.(repo) };
  const held = scene.hold?.(repo);
  try {
    await body({
      repo,
      tell: (argv) => gorel(argv, scene.at?.(repo) ?? repo.dir, env),
    });
  } finally {
    if (held && Symbol.asyncDispose in held) await held[Symbol.asyncDispose]();
    else held?.[Symbol.dispose]();
  }
}

const releasing =
  /^(patch|minor|major|prerelease|release|auto|retract|unretract|deprecate|undeprecate|v\d)/;
const dry = ["--dry-run"];

/** Codes whose acceptance was tried already: it is a matter of the code alone. */
const judged = new Set<string>();

function isRelease(argv: readonly string[]): boolean {
  return releasing.test(argv[0]!);
}

/** As the maintainer would run it; nobody is waited for. */
function asRun(argv: readonly string[]): string[] {
  if (!isRelease(argv)) return [...argv];
  const waits = argv.some((arg) => arg === "--wait" || arg === "--no-wait");
  return [...argv, "--yes", ...(waits ? [] : ["--no-wait"])];
}

/** As it would be run, without its effects. */
function asPlanned(argv: readonly string[]): string[] {
  return isRelease(argv) ? [...asRun(argv).filter((arg) => arg !== "--yes"), ...dry] : [...argv];
}

/** Tests of one code: it is told and nothing is written; accepting; the way out; the near miss. */
export function prove(c: Case): void {
  const kind = expected[c.code];
  const level = c.level ?? kind.level;
  Deno.test(`${c.code}: ${c.title}`, async () => {
    await on(c, async ({ repo, tell }) => {
      const stops = level === "stop";
      const before = everything(repo, !c.locks);
      const told = await tell(stops ? asRun(c.argv) : asPlanned(c.argv));
      assert.deepEqual(changes(before, everything(repo, !c.locks)), [], told.err);
      assert.equal(told.exit, stops ? 3 : 0, JSON.stringify(told.json) + told.err);
      const problem = found(told, c.code);
      assert.ok(problem, `not told: ${JSON.stringify(told.json)}`);
      assert.equal(problem.Level, level);
      if (stops && told.json.Error) assert.equal(told.json.Error.Code, told.problems[0]!.Code);
      for (const p of told.problems) sentence(p.Text, p.Code);
      assert.match(problem.Text, c.text);
      if (c.where) assert.deepEqual(problem.Where, c.where);
      if (stops || c.fix || c.cure) assert.ok(problem.Fix, `${problem.Text} No way out.`);
      if (c.fix) assert.match(problem.Fix!, c.fix);
      if (
        stops && isRelease(c.argv) && c.accept !== "not a release" && !judged.has(c.code + level)
      ) {
        if (c.accept === undefined) judged.add(c.code + level);
        await acceptance(c, tell);
      }
      if (c.cure !== undefined) await cured(c, repo, tell, problem.Fix!);
    });
    await on(near(c), async ({ tell }) => {
      const { title, exit = 0, has } = c.near;
      const told = await tell(asPlanned(c.near.argv ?? c.argv));
      assert.equal(found(told, c.code), undefined, `near miss (${title}): ${c.code} is told`);
      assert.equal(
        told.exit,
        exit,
        `near miss (${title}): ${JSON.stringify(told.json)}${told.err}`,
      );
      if (has) {
        assert.ok(found(told, has), `near miss (${title}): ${JSON.stringify(told.problems)}`);
      }
      for (const p of told.problems) sentence(p.Text, p.Code);
    });
  });
}

/** A near miss is called as the case is, in a repository of its own. */
function near(c: Case): Scene {
  const { make = c.make, at = c.at, env = c.env, hold, change } = c.near;
  return {
    ...(make && { make }),
    ...(at && { at }),
    ...(env && { env }),
    ...(hold && { hold }),
    ...(change && { change }),
  };
}

async function acceptance(c: Case, tell: Stage["tell"]): Promise<void> {
  const told = await tell([...asPlanned(c.argv), "--accept", `${c.code}=on purpose`]);
  const problem = found(told, c.code)!;
  const kind = expected[c.code];
  const may = c.accept ?? (kind.accept === "always" ? "always" : "never");
  assert.equal(problem.Accepted, may === "always" ? "on purpose" : undefined, c.code);
  if (may === "never") assert.equal(told.exit, 3, "--accept is no help");
  else if (!told.problems.some((p) => p.Level === "stop" && !p.Accepted)) {
    assert.equal(told.exit, 0, JSON.stringify(told.json));
  }
}

async function cured(c: Case, repo: Repo, tell: Stage["tell"], fix: string): Promise<void> {
  const cure = c.cure!;
  let argv = c.argv;
  if (typeof cure === "string") {
    assert.ok(fix.includes(cure), `Fix is ${fix}, without ${cure}`);
    if (cure.startsWith("git ")) {
      const env = { ...repo.env, GIT_EDITOR: "true" };
      runProgram("sh", ["-ec", cure], { cwd: c.at?.(repo) ?? repo.dir, env });
    } else if (cure.startsWith("gorel ")) {
      const told = await tell(asRun(words(cure.slice("gorel ".length))));
      assert.equal(told.exit, 0, JSON.stringify(told.json));
      return;
    } else argv = [...argv, ...words(cure)];
  } else await cure(repo);
  const told = await tell(asPlanned(argv));
  const still = found(told, c.code);
  assert.ok(!still || still.Accepted, `after the way out: ${still?.Text} ${still?.Fix}`);
  if (c.then) assert.ok(found(told, c.then), JSON.stringify(told.json));
  else assert.equal(told.exit, 0, `after the way out: ${JSON.stringify(told.json)}`);
}

/** The words of a command line of ours; a quoted one stays one. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3]!);
}
