/** Repositories that nobody planned: modules, majors, tags and go.mod files as they may come to be. */
import type { Random } from "../support/random.ts";

/** A go.mod: what it says is no more than what versions are judged by. */
interface Mod {
  path: string;
  retracts: string[];
  deprecated?: string;
}

/** Files of a commit; a Mod is the go.mod of its folder. */
type Files = Map<string, string | Mod>;

interface Commit {
  mark: number;
  parents: number[];
  files: Files;
}

/** A repository as a stream for `git fast-import`, and what may be asked about it. */
export interface Wild {
  stream: string;
  /** Every path that a go.mod had anywhere, those of other majors, and one that never was. */
  paths: string[];
  /** Names of tags; some of them of no commit. */
  tags: string[];
  branches: string[];
  /** Names for which only objects are there: tags to trees and blobs. */
  light: { name: string; of: "tree" | "blob" }[];
}

const junk = [
  "1.0.0",
  "V1.0.0",
  "v1",
  "v1.2",
  "v01.0.0",
  "v1.0.0+meta",
  "v1.1.0+meta",
  "v2.0.0+incompatible",
  "v2.1.0+meta",
  "v1.0.1-0.20200101000000-abcdef123456",
  "v0.0.0-20200101000000-abcdef123456",
  "v1.0.0-rc.01",
  "v1.0.0.0",
  "v2/v2.0.0",
  "v2/v2.1.0",
  "nightly",
];

const folders = ["sub", "a/b", "v2", "sub/v2", "v3", "api"];

/** What a wild repository is made of. */
class Making {
  readonly #parts: string[] = [];
  readonly #commits: Commit[] = [];
  readonly #heads = new Map<string, Commit>();
  readonly #tags = new Map<string, Commit>();
  readonly #light: Wild["light"] = [];
  readonly #paths = new Set<string>();
  #marks = 0;
  #seconds = 1_600_000_000;

  constructor(readonly random: Random, readonly root: string) {}

  make(): Wild {
    const { random } = this;
    this.#commit("main", [], this.#begin());
    const steps = random.int(4, 22);
    for (let step = 0; step < steps; step++) this.#step();
    const dirs = new Set([...this.#paths].map((path) => path.replace(/\/v\d+$/, "")));
    for (const path of dirs) {
      this.#paths.add(path);
      if (random.chance(0.5)) this.#paths.add(`${path}/v${random.int(2, 3)}`);
    }
    if (random.chance(0.2)) this.#paths.add(`${this.root}/never`);
    return {
      stream: this.#parts.join(""),
      paths: [...this.#paths].filter((path) => `${path}/`.startsWith(`${this.root}/`)).sort(),
      tags: [...this.#tags.keys(), ...this.#light.map(({ name }) => name)],
      branches: [...this.#heads.keys()],
      light: this.#light,
    };
  }

  #begin(): Files {
    const { random } = this;
    const files: Files = new Map([["m.go", "package m\n"]]);
    if (random.chance(0.8)) files.set("go.mod", this.#mod("", random.chance(0.1) ? "/v2" : ""));
    for (const folder of folders) {
      if (random.chance(0.15)) files.set(`${folder}/go.mod`, this.#mod(folder, ""));
    }
    return files;
  }

  /** A module for a folder; a path of its own now and then. */
  #mod(folder: string, major: string): Mod {
    const path = folder === "" ? this.root : `${this.root}/${folder}`;
    const said = this.random.chance(0.04)
      ? this.random.pick([`${path}x`, "", "github.com/other/place", `${path}/v1`, "gopkg.in/x.v2"])
      : path + major;
    if (said.startsWith(this.root) && !said.endsWith("/v1")) this.#paths.add(said);
    return { path: said, retracts: [] };
  }

  #step(): void {
    const { random } = this;
    const heads = [...this.#heads.keys()];
    const branch = random.chance(0.7) ? "main" : random.pick(heads);
    const head = this.#heads.get(branch)!;
    if (random.chance(0.12)) return this.#branch();
    if (random.chance(0.1) && heads.length > 1) {
      const other = this.#heads.get(random.pick(heads))!;
      if (other !== head) {
        const kept = random.chance(0.7) ? head : other;
        this.#commit(branch, [head.mark, other.mark], new Map(kept.files));
      }
    } else {
      this.#commit(branch, [head.mark], this.#changed(head.files));
    }
    const tags = random.pick([0, 0, 1, 1, 1, 2, 3]);
    for (let i = 0; i < tags; i++) {
      const at = random.chance(0.8) ? this.#heads.get(branch)! : random.pick(this.#commits);
      this.#tag(at);
    }
  }

  #branch(): void {
    const { random } = this;
    const used = new Set(this.#heads.keys());
    const names = ["dev", "release-1", "v2", "v1.5.0", "feature/x", "sub/v1.9.0"];
    const name = random.pick(names);
    if (used.has(name)) return;
    if (random.chance(0.25)) return this.#commit(name, [], this.#begin());
    const from = random.pick(this.#commits);
    const files = this.#changed(from.files);
    const mod = files.get("go.mod");
    if (name === "v2" && typeof mod === "object") files.set("go.mod", this.#mod("", "/v2"));
    this.#commit(name, [from.mark], files);
  }

  #changed(old: Files): Files {
    const { random } = this;
    const files: Files = new Map(old);
    files.set("m.go", `package m // ${this.#marks}\n`);
    const mods = [...files].flatMap(([file, mod]) => typeof mod === "object" ? [file] : []);
    if (mods.length === 0 || random.chance(0.15)) {
      const folder = random.pick(["", "", ...folders]);
      files.set(folder === "" ? "go.mod" : `${folder}/go.mod`, this.#mod(folder, ""));
      return files;
    }
    const file = random.pick(mods);
    const mod = files.get(file) as Mod;
    const folder = file.slice(0, -"/go.mod".length);
    const change = random.int(0, 14);
    if (change === 0) files.delete(file);
    else if (change === 1) files.set(file, this.#mod(folder, `/v${random.int(2, 3)}`));
    else if (change === 2) files.set(file, this.#mod(folder, ""));
    else if (change === 3) {
      files.delete(file);
      files.set("moved/go.mod", mod);
    } else if (change <= 8) files.set(file, { ...mod, retracts: this.#retracts(mod.retracts) });
    else if (change === 9) files.set(file, { ...mod, deprecated: random.pick(["old", "use x"]) });
    else if (change === 10) files.set(file, { path: mod.path, retracts: [] });
    else if (change === 11) files.set(file, "modul broken (\n");
    else if (change === 12) files.set(`${folder}${folder && "/"}LICENSE`, "free\n");
    return files;
  }

  #retracts(old: readonly string[]): string[] {
    const { random } = this;
    const version = () => this.#version() + (random.chance(0.05) ? "+incompatible" : "");
    const range = random.chance(0.3)
      ? `[${version()}, ${version()}]`
      : random.chance(0.1)
      ? "[v0.0.0-0, v1.9.9]"
      : version();
    const tagged = [...this.#tags.keys()].map((tag) => tag.slice(tag.lastIndexOf("/") + 1));
    const what = random.chance(0.6) && tagged.length > 0 ? random.pick(tagged) : range;
    const why = random.pick(["", " // broken", " // slow", " // leaks"]);
    const kept = random.chance(0.15) ? [] : old;
    return [...kept, what + why];
  }

  #version(): string {
    const { random } = this;
    const major = random.pick([0, 0, 1, 1, 1, 1, 2, 2, 3]);
    const pre = random.chance(0.2) ? random.pick(["-rc.1", "-alpha", "-0", "-rc10"]) : "";
    return `v${major}.${random.int(0, 3)}.${random.int(0, 2)}${pre}`;
  }

  #tag(at: Commit): void {
    const { random } = this;
    const dirs = [...at.files.keys()].filter((file) => file.endsWith("/go.mod"))
      .map((file) => file.slice(0, -"go.mod".length))
      .flatMap((dir) => random.chance(0.8) ? [dir.replace(/(^|\/)v\d+\/$/, "$1")] : [dir]);
    const prefix = random.pick(["", "", ...dirs]);
    const name = prefix + (random.chance(0.15) ? random.pick(junk) : this.#version());
    const taken = [...this.#tags.keys(), ...this.#light.map((tag) => tag.name)];
    const clash = (a: string, b: string) => a === b || a.startsWith(b + "/");
    if (taken.some((tag) => clash(tag, name) || clash(name, tag))) return;
    if (random.chance(0.02)) {
      this.#light.push({ name, of: random.pick(["tree", "blob"]) });
      return;
    }
    this.#tags.set(name, at);
    const kind = random.pick(["light", "light", "annotated", "nested"]);
    if (kind === "light") {
      this.#parts.push(`reset refs/tags/${name}\nfrom :${at.mark}\n\n`);
      return;
    }
    let of = at.mark;
    if (kind === "nested") {
      of = this.#annotated(`inner-${this.#marks}`, of);
    }
    this.#annotated(name, of);
  }

  #annotated(name: string, of: number): number {
    const mark = ++this.#marks;
    this.#parts.push(
      `tag ${name}\nmark :${mark}\nfrom :${of}\n${this.#who("tagger")}${data(name)}`,
    );
    return mark;
  }

  #commit(branch: string, parents: number[], files: Files): void {
    if (this.random.chance(0.7)) this.#seconds += this.random.int(1, 90_000);
    const mark = ++this.#marks;
    const out = [`commit refs/heads/${branch}\nmark :${mark}\n`, this.#who("committer")];
    out.push(data(`${mark}`));
    if (parents.length === 0 && this.#commits.length > 0) {
      // Without this fast-import would take up a branch of that name.
      this.#parts.push(`reset refs/heads/${branch}\n\n`);
    }
    parents.forEach((parent, i) => out.push(`${i === 0 ? "from" : "merge"} :${parent}\n`));
    out.push("deleteall\n");
    for (const [path, content] of files) {
      out.push(`M 100644 inline ${path}\n${data(textOf(content))}`);
    }
    this.#parts.push(...out, "\n");
    const commit = { mark, parents, files };
    this.#commits.push(commit);
    this.#heads.set(branch, commit);
  }

  #who(what: string): string {
    return `${what} Ada Example <ada@example.com> ${this.#seconds} +0200\n`;
  }
}

function textOf(content: string | Mod): string {
  if (typeof content === "string") return content;
  const { path, retracts, deprecated } = content;
  return (deprecated === undefined ? "" : `// Deprecated: ${deprecated}\n`) +
    (path === "" ? "" : `module ${path}\n`) + "\ngo 1.20\n" +
    retracts.map((line) => `\nretract ${line}\n`).join("");
}

function data(text: string): string {
  return `data ${new TextEncoder().encode(text).length}\n${text}\n`;
}

/** Makes up a repository whose root is at `root`. */
export function wild(random: Random, root: string): Wild {
  return new Making(random, root).make();
}
