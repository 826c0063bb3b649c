/** What gorel says of a module, and what the go command says of the same remote. */
import assert from "node:assert/strict";
import { run as next } from "../../commands/next.ts";
import { run as status } from "../../commands/status.ts";
import { run as versions } from "../../commands/versions.ts";
import type { NextDocument, StatusDocument, VersionsDocument } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go } from "../support/go.ts";
import { environment, gorel, type Ran } from "../support/gorel.ts";
import type { Repo } from "../support/repo.ts";

/** What gorel's reading commands say of one module. */
export interface Said {
  next: NextDocument;
  versions: VersionsDocument;
  /** Of all modules. */
  status: StatusDocument;
}

/** Another clone than the repository's own, and settings beyond those of the tests. */
export interface Seat {
  dir?: string;
  env?: Record<string, string>;
  flags?: string[];
}

/** Runs the reading commands in this process; thrown is what they refuse. */
export async function said(repo: Repo, module: string, seat: Seat = {}): Promise<Said> {
  const cwd = seat.dir ?? repo.dir;
  const env = { ...environment(), GOPROXY: "direct", ...repo.env, ...seat.env };
  const read = async <T>(word: string, command: typeof next, more: string[]): Promise<T> => {
    const line = parse([word, "--json", ...more, ...seat.flags ?? []], {});
    assert.ok(!("Help" in line));
    const options = { command: line.word, args: line.args, flags: line.flags, cwd };
    const answer = await command(options, machine(env));
    assert.ok("Document" in answer);
    return JSON.parse(JSON.stringify(answer.Document)) as T;
  };
  const one = ["--module", module];
  return {
    next: await read("next", next, one),
    versions: await read("versions", versions, one),
    status: await read("status", status, []),
  };
}

/** Runs gorel as a process of its own, for what writes. */
export function act(repo: Repo, args: string[], seat: Seat = {}): Promise<Ran> {
  return gorel([...args, "--json", ...seat.flags ?? []], {
    cwd: seat.dir ?? repo.dir,
    env: { ...repo.env, GOPROXY: "direct", ...seat.env },
  });
}

/** The codes of the problems in a result. */
export function codes({ json }: Ran): string[] {
  return (json.Error?.Problems ?? json.Problems).map((p: { Code: string }) => p.Code);
}

/** A release that must come out as published; gives the version. */
export async function published(repo: Repo, args: string[], seat: Seat = {}): Promise<Ran> {
  const ran = await act(repo, [...args, "--yes"], seat);
  assert.equal(ran.code, 0, `${args.join(" ")}: ${ran.stdout}${ran.stderr}`);
  assert.equal(ran.json.State, "published", ran.stdout);
  return ran;
}

/** The go command of a user, for whom `https://github.com/t/NAME` is the repository's remote. */
export class Judge implements Disposable {
  readonly go: Go;
  constructor(repo: Repo, name: string) {
    this.go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      GIT_TERMINAL_PROMPT: "0",
      ...gitInstead(`https://github.com/t/${name}`, repo.remote),
    });
  }

  [Symbol.dispose](): void {
    this.go[Symbol.dispose]();
  }

  /** `@latest` of each module; undefined where go finds none. */
  latest(paths: string[]): (string | undefined)[] {
    return goList(this.go, [], paths.map((p) => `${p}@latest`)).map((m) => m.Version);
  }

  /** Asserts that `versions`, `next` and `status` say of each module what go says. */
  agrees(modules: readonly (readonly [path: string, said: Said])[]): void {
    const paths = modules.map(([path]) => path);
    const all = goList(this.go, ["-versions", "-retracted"], paths);
    const offered = goList(this.go, ["-versions"], paths);
    const latest = this.latest(paths);
    for (const [i, [path, { next, versions, status }]] of modules.entries()) {
      const theirs = all[i]!.Versions ?? [];
      const usable = new Set(offered[i]!.Versions);
      const row = status.Modules.find((m) => m.Path === path);
      const highest = theirs.findLast((v) => !/[-+]/.test(v));
      assert.deepEqual({
        Versions: versions.Versions.map((v) => v.Version),
        Retracted: versions.Versions.flatMap((v) => v.Retracted ? [v.Version] : []),
        Status: row?.Retracted.map((v) => v.Version),
        Latest: [versions.Latest, row?.Latest],
        Highest: [next.Highest, row?.Highest],
        Base: row?.Base ?? null,
        Unknown: versions.Versions.filter((v) => !v.OnRemote).map((v) => v.Version),
      }, {
        Versions: theirs,
        Retracted: theirs.filter((v) => !usable.has(v)),
        Status: theirs.filter((v) => !usable.has(v)),
        Latest: [latest[i], latest[i]],
        Highest: [highest, highest],
        Base: next.Base,
        Unknown: [],
      }, path);
    }
  }

  /** Asserts that go downloads each release with the hashes that its outcome says. */
  downloads(releases: readonly Ran[]): void {
    const ours = releases.map(({ json }) => json.Releases[0]);
    const args = ours.map(({ Module, Version }) => `${Module}@${Version}`);
    const { stdout } = this.go.run(["mod", "download", "-json", ...args]);
    const theirs = stdout.trim().split(/\n(?=\{)/).map((text) => JSON.parse(text));
    const row = ({ Module, Path, Version, Sum, GoModSum }: Record<string, string>) =>
      [Module ?? Path, Version, Sum, GoModSum].join(" ");
    assert.deepEqual(theirs.map(row).sort(), ours.map(row).sort());
  }
}

/** A document without the places where a version that is taken was seen: they differ with what is asked. */
export function wherever<T>(document: T): T {
  return JSON.parse(JSON.stringify(document).replace(/ is taken \([^)]*\)/g, " is taken"));
}
