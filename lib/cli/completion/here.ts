/** What the repository around a folder has to offer. Whatever cannot be had is empty. */
import { english, local, silent, unmonitored } from "../../git/silent.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import type { ModFile } from "../../go/modfile/types.ts";
import { decode } from "../../text.ts";
import { machine } from "../machine.ts";

/** A module that git knows of, wherever it lies. */
export interface Module {
  /** From the repository's root. */
  Dir: string;
  Path: string;
  /** The folder as it is named from here. */
  FromHere: string;
  /** Nobody releases what lies in testdata and the like. */
  Releasable: boolean;
}

/** A version, and the tag that makes it. */
export interface Tagged {
  Version: string;
  Tag: string;
}

interface Top {
  Root: string;
  /** The folder, from Root: "" or "a/b". */
  Prefix: string;
  CommonDir: string;
}

/** Milliseconds after which nobody waits for an answer any more. */
const patience = 3000;

/** No go.mod that anybody wrote is larger, in bytes. */
const largest = 1 << 20;

/** The repository around a folder, asked at most once for each thing. */
export class Here {
  readonly #env = environment();
  #top: Promise<Top | null> | undefined;
  #modules: Promise<Module[]> | undefined;
  #tags: Promise<string[]> | undefined;

  constructor(readonly folder: string) {}

  /** The tags, by their short names. */
  tags(): Promise<string[]> {
    return this.#tags ??= this.#names("refs/tags/");
  }

  /** The branches here, and those of remotes as `origin/main`. */
  async branches(): Promise<string[]> {
    const [own, remote] = await Promise.all([
      this.#names("refs/heads/"),
      this.#names("refs/remotes/"),
    ]);
    return [...own, ...remote.filter((name) => !name.endsWith("/HEAD"))];
  }

  async remotes(): Promise<string[]> {
    return linesOf(await this.#git(["remote"]));
  }

  /** Tracked files below the folder that a typed path begins with, as they are named from here. */
  async tracked(below: string): Promise<string[]> {
    const folder = below.slice(0, below.lastIndexOf("/") + 1);
    return recordsOf(await this.#git(["ls-files", "-z", "--", folder || "."]));
  }

  /** Files that are changed, new or gone, as they are named from here. */
  async changed(): Promise<string[]> {
    const look = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"];
    const [top, { fromHere, isSavedPlan }, out] = await Promise.all([
      this.#inside(),
      places(),
      this.#git([...look, "--ignore-submodules=dirty"]),
    ]);
    if (top === null) return [];
    // Two letters and a blank stand before each path.
    return recordsOf(out).map((record) => record.slice(3))
      .filter((path) => !isSavedPlan(path)).map((path) => fromHere(path, top.Prefix));
  }

  /** Every module whose go.mod is tracked, shallow ones first. */
  modules(): Promise<Module[]> {
    return this.#modules ??= this.#readModules();
  }

  /** The module that is meant: the one named, else the one here. */
  async module(named: string | undefined): Promise<Module | null> {
    const [modules, top, { choose }] = await Promise.all([
      this.modules(),
      this.#inside(),
      places(),
    ]);
    const found = choose(modules, named, top?.Prefix ?? "");
    return "Code" in found ? null : found;
  }

  /** The versions of a module that have a tag here and begin so, the newest first. */
  async versions(module: Module | null, begun = ""): Promise<Tagged[]> {
    const [tags, { tagPrefix, versionsOfTags }, { splitPathVersion }] = await Promise.all([
      this.tags(),
      import("../../go/versions.ts" as string) as Promise<typeof import("../../go/versions.ts")>,
      import("../../go/module.ts" as string) as Promise<typeof import("../../go/module.ts")>,
    ]);
    if (module === null) return [];
    const { pathMajor } = splitPathVersion(module.Path);
    const prefix = tagPrefix(module.Dir, pathMajor);
    // Judging and sorting thousands of names takes as long as all the rest.
    const names = tags.filter((tag) => tag.startsWith(prefix + begun));
    return versionsOfTags(names, { prefix, pathMajor }).Versions.reverse()
      .map((Version) => ({ Version, Tag: prefix + Version }));
  }

  /** The go.mod of a module, as it stands in the work tree. */
  async goMod(module: Module | null): Promise<ModFile | null> {
    const [top, { parse }, { goModOf }] = await Promise.all([
      this.#inside(),
      import("../../go/modfile/rule.ts" as string) as Promise<
        typeof import("../../go/modfile/rule.ts")
      >,
      places(),
    ]);
    const bytes = module && top ? readGoMod(`${top.Root}/${goModOf(module.Dir)}`) : null;
    return bytes && parse("go.mod", bytes).Mod;
  }

  /** Versions of releases that were begun and did not end. */
  async unfinished(): Promise<string[]> {
    const top = await this.#inside();
    if (top === null) return [];
    const { begunIn, readJournals } =
      await (import("../../journal/journal.ts" as string) as Promise<
        typeof import("../../journal/journal.ts")
      >);
    return readJournals(top.CommonDir).flatMap(begunIn).map(({ Version }) => Version);
  }

  async #readModules(): Promise<Module[]> {
    const files = [":(top)go.mod", ":(top,glob)**/go.mod"];
    const [top, listed, { dirOf, fromHere, isReleasable }] = await Promise.all([
      this.#inside(),
      this.#git(["ls-files", "-z", "--full-name", "--", ...files], {
        GIT_LITERAL_PATHSPECS: undefined,
      }),
      places(),
    ]);
    if (top === null) return [];
    return recordsOf(listed).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .flatMap((file) => {
        const bytes = readGoMod(`${top.Root}/${file}`);
        const Path = bytes ? modulePath(bytes) : "";
        if (Path === "") return [];
        const Dir = dirOf(file);
        // At the root `fromHere` has nothing to name.
        const FromHere = fromHere(Dir, top.Prefix) || ".";
        return [{ Dir, Path, FromHere, Releasable: isReleasable(Dir) }];
      });
  }

  #inside(): Promise<Top | null> {
    return this.#top ??= this.#git([
      "rev-parse",
      "--path-format=absolute",
      "--show-toplevel",
      "--git-common-dir",
      "--show-prefix",
    ]).then((out) => {
      const [Root, CommonDir, prefix = ""] = out.split("\n");
      return Root && CommonDir ? { Root, CommonDir, Prefix: prefix.replace(/\/$/, "") } : null;
    });
  }

  async #names(below: string): Promise<string[]> {
    const out = await this.#git(["for-each-ref", "--format=%(refname)", below]);
    return linesOf(out).map((name) => name.slice(below.length));
  }

  /** What git prints; "" when it refuses, is not there, or takes too long. */
  async #git(args: readonly string[], env: Record<string, string | undefined> = {}) {
    const all = Object.entries({ ...this.#env, ...env });
    // What runs programs for everything else (machine.ts) takes a while to begin.
    const command = new Deno.Command("git", {
      args: [...unmonitored, ...args],
      cwd: this.folder,
      clearEnv: true,
      env: Object.fromEntries(
        all.filter((pair): pair is [string, string] => pair[1] !== undefined),
      ),
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.timeout(patience),
    });
    const { code, stdout } = await command.output().catch(() => ({ code: 1, stdout: nothing }));
    return code === 0 ? decode(stdout) : "";
  }
}

const nothing = new Uint8Array();

function environment(): Record<string, string | undefined> {
  return { ...machine().env, ...english, ...silent, ...local };
}

/** Imported only where a repository is asked: it needs more of the runtime than all the rest. */
function places(): Promise<typeof import("../../facts/modules.ts")> {
  return import("../../facts/modules.ts" as string);
}

/** Null for what is no plain file, which might never end. */
function readGoMod(file: string): Uint8Array | null {
  try {
    const { isFile, size } = Deno.lstatSync(file);
    return isFile && size <= largest ? Deno.readFileSync(file) : null;
  } catch {
    return null;
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function recordsOf(text: string): string[] {
  return text.split("\0").filter((record) => record !== "");
}
