/** Histories with hundreds of tags, each written by one `git fast-import`. */
import type { Random } from "../support/random.ts";
import { Repo, run } from "../support/repo.ts";

/** What a tag is; `tag` and `blob` are annotated tags of another tag and of a file. */
export type TagKind = "light" | "annotated" | "tag" | "blob";

/** Collects commits and tags, and writes them into a repository at once. */
export class History {
  readonly #parts: string[] = [];
  readonly #tips = new Map<string, number>();
  #marks = 0;
  #seconds = 1_600_000_000;
  /** Names of tags that hold main's tree. */
  readonly trees: string[] = [];
  /** Every other tag so far, by name. */
  readonly tags = new Map<string, TagKind>();

  /** A commit on a branch with these files more (null: less); `from` is where a new branch begins. */
  commit(
    branch: string,
    message: string,
    files: Record<string, string | null> = {},
    from?: number,
  ): number {
    const mark = ++this.#marks;
    this.#parts.push(
      `commit refs/heads/${branch}\nmark :${mark}\n${this.#who("committer")}${data(message)}`,
    );
    const parent = this.#tips.get(branch) ?? from;
    if (parent !== undefined) this.#parts.push(`from :${parent}\n`);
    for (const [path, content] of Object.entries(files)) {
      this.#parts.push(
        content === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(content)}`,
      );
    }
    this.#parts.push("\n");
    this.#tips.set(branch, mark);
    return mark;
  }

  /** A branch at a commit. */
  branch(name: string, at: number): void {
    this.#parts.push(`reset refs/heads/${name}\nfrom :${at}\n\n`);
    this.#tips.set(name, at);
  }

  /** A tag of a commit, or of something that it only leads to or that is none. */
  tag(name: string, at: number, kind: TagKind = "annotated"): void {
    this.tags.set(name, kind);
    if (kind === "light") {
      this.#parts.push(`reset refs/tags/${name}\nfrom :${at}\n\n`);
      return;
    }
    let of = at;
    if (kind === "tag") of = this.#annotated(`inner-of-${name.replaceAll("/", "-")}`, at);
    if (kind === "blob") {
      of = ++this.#marks;
      this.#parts.push(`blob\nmark :${of}\n${data("no commit\n")}`);
    }
    this.#annotated(name, of);
  }

  #annotated(name: string, of: number): number {
    const mark = ++this.#marks;
    this.#parts.push(
      `tag ${name}\nmark :${mark}\nfrom :${of}\n${this.#who("tagger")}${data(name + "\n")}`,
    );
    return mark;
  }

  #who(what: string): string {
    return `${what} Ada Example <ada@example.com> ${this.#seconds += 60} +0000\n`;
  }

  /** The repository: `main` is checked out, and everything is on its bare remote. */
  write(): Repo {
    const repo = new Repo();
    run("git", ["fast-import", "--quiet"], {
      cwd: repo.dir,
      env: repo.env,
      stdin: this.#parts.join(""),
    });
    repo.git("reset", "-q", "--hard");
    for (const tag of this.trees) repo.git("tag", tag, "HEAD^{tree}");
    repo.withRemote();
    repo.git("push", "-q", "--all", "origin");
    return repo;
  }
}

function data(text: string): string {
  return `data ${new TextEncoder().encode(text).length}\n${text}\n`;
}

/** Tags that look like versions of a module at the root without a major suffix, and why Go takes none. */
export const lookalikes: Readonly<Record<string, string>> = {
  "1.2.3": "no-v",
  "V1.2.3": "upper-case-v",
  "v0/v0.1.0": "major-in-prefix",
  "v01.2.3": "leading-zero",
  "v1": "short",
  "v1.2": "short",
  "v1.2.3+meta": "build-metadata",
  "v1.2.3-": "not-a-version",
  "v1.2.3-rc.01": "leading-zero",
  "v1.2.3.4": "not-a-version",
  "v1.2.4-0.20200101000000-abcdef123456": "pseudo-version",
  "v2.1.0+incompatible": "incompatible-written-out",
};

/** Tags of other modules, of no module, and words. */
export const strangers = [
  "latest",
  "nightly-2024-01-02",
  "other/v1.0.0",
  "release-1.2.3",
  "sub/v1.0.0",
  "v2.0.0",
  "version1.2.3",
  "x/v2/v2.0.0",
];

/**
 * One module, github.com/t/long: v0, v1 with its pre-releases, a maintenance branch for every
 * minor version, retractions, more than 300 tags of all kinds, and on main a series that runs.
 */
export function longHistory(random: Random): History {
  const history = new History();
  const retracts: string[] = [];
  const goMod = () =>
    ["module github.com/t/long\n\ngo 1.21\n", ...retracts.map((r) => `\nretract ${r}\n`)].join("");
  const kind = () => random.pick(["light", "annotated", "annotated", "tag"] as const);
  let count = 0;
  const change = () => ({ "m.go": `package m // ${++count}\n`, "go.mod": goMod() });
  const step = (branch: string, message: string, from?: number) =>
    history.commit(branch, message, change(), from);

  history.commit("main", "begin", { ...change(), LICENSE: "free\n" });
  const odd = [...Object.keys(lookalikes), ...strangers];
  for (let minor = 1; minor <= 9; minor++) {
    history.tag(`v0.${minor}.0`, step("main", "feat: more"), kind());
    history.tag(`v0.${minor}.1`, step("main", "fix: less"), kind());
  }
  for (let minor = 0; minor <= 12; minor++) {
    const candidates = random.int(1, 3);
    for (let rc = 1; rc <= candidates; rc++) {
      history.tag(`v1.${minor}.0-rc.${rc}`, step("main", "feat: a part"), kind());
    }
    const release = step("main", minor === 0 ? "feat!: v1" : "feat: the rest");
    history.tag(`v1.${minor}.0`, release, kind());
    const patches = random.int(18, 24);
    for (let patch = 1; patch <= patches; patch++) {
      const fixed = step(`release-1.${minor}`, "fix: again", release);
      if (random.chance(0.1)) history.tag(`v1.${minor}.${patch}-rc.1`, fixed, kind());
      history.tag(`v1.${minor}.${patch}`, fixed, kind());
    }
    if (minor === 3) retracts.push("v1.2.0 // broken", "[v0.1.0, v0.3.1] // leaks");
    if (minor === 7) retracts.push("v1.2.0 // twice", "v1.0.0-rc.1");
    history.tag(odd.pop()!, step("main", "chore: words"), kind());
  }
  // The highest release is the one that retractions are read from.
  history.tag("v1.12.90", step("main", "fix: a crash"), kind());
  for (let rc = 1; rc <= 10; rc++) {
    const at = step("main", "feat: coming");
    history.tag(`v1.13.0-rc.${rc}`, at, kind());
    const name = odd.pop();
    if (name) history.tag(name, at, kind());
  }
  history.tag("v0.0.7", history.commit("orphan", "a root of its own", change()), "light");
  history.tag("v0.0.8", 1, "blob");
  history.trees.push("v0.0.9", "v1.11.99");
  history.branch("v1.99.0", 1);
  step("main", "fix: not released");
  return history;
}

/** The modules at main of `wideHistory`: each one's folder, with the prefix and majors of its tags. */
export const wideModules: readonly { Path: string; Dir: string }[] = [
  { Path: "github.com/t/wide", Dir: "" },
  { Path: "github.com/t/wide/v2", Dir: "v2" },
  { Path: "github.com/t/wide/v3", Dir: "v3" },
  { Path: "github.com/t/wide/sub", Dir: "sub" },
  { Path: "github.com/t/wide/sub/v2", Dir: "sub/v2" },
  { Path: "github.com/t/wide/tools", Dir: "tools" },
  { Path: "github.com/t/wide/vendoring/v5", Dir: "vendoring" },
];

/**
 * Seven modules at once: github.com/t/wide at the root, `/v2` first on a branch of its own and
 * then in a folder as `/v3` is, modules in folders with and without a folder for their major, and
 * go.mod files in places that nobody releases from.
 */
export function wideHistory(random: Random): History {
  const history = new History();
  const kind = () => random.pick(["light", "annotated", "tag"] as const);
  let count = 0;
  const mod = (dir: string, path: string, more = "") => ({
    [`${dir}go.mod`]: `module github.com/t/wide${path}\n\ngo 1.21\n${more}`,
    [`${dir}m.go`]: `package m // ${++count}\n`,
  });
  const each = (
    branch: string,
    tag: string,
    counts: readonly [minors: number, patches: number],
    files: () => Record<string, string>,
  ) => {
    let last = 0;
    for (let minor = 0; minor <= counts[0]; minor++) {
      const patches = random.int(counts[1] - 2, counts[1]);
      for (let patch = 0; patch <= patches; patch++) {
        last = history.commit(branch, patch === 0 ? "feat: more" : "fix: less", files());
        if (patch === 0 && random.chance(0.4)) {
          history.tag(`${tag}.${minor}.0-beta.${random.int(1, 9)}`, last, kind());
          last = history.commit(branch, "fix: the beta", files());
        }
        history.tag(`${tag}.${minor}.${patch}`, last, kind());
      }
    }
    return last;
  };

  history.commit("main", "begin", { ...mod("", ""), LICENSE: "free\n" });
  each("main", "v0", [5, 5], () => mod("", ""));
  const one = each("main", "v1", [9, 6], () => mod("", "", "\nretract v1.0.0 // too early\n"));
  history.branch("release-2", one);
  each("release-2", "v2", [4, 5], () => mod("", "/v2"));
  history.commit("main", "feat: folders", {
    ...mod("v2/", "/v2"),
    ...mod("v3/", "/v3"),
    ...mod("sub/", "/sub"),
    ...mod("tools/", "/tools"),
    ...mod("vendoring/", "/vendoring/v5"),
    "testdata/x/go.mod": "module github.com/t/wide/testdata/x\n",
    "vendor/github.com/t/y/go.mod": "module github.com/t/y\n",
    "_old/go.mod": "module github.com/t/wide/_old\n",
  });
  for (let patch = 0; patch <= 6; patch++) {
    history.tag(`v2.9.${patch}`, history.commit("main", "fix: v2", mod("v2/", "/v2")), kind());
  }
  each("main", "v3", [4, 6], () => mod("v3/", "/v3", "\nretract [v3.0.0, v3.0.1] // slow\n"));
  each("main", "sub/v1", [7, 6], () => mod("sub/", "/sub"));
  each("main", "sub/v2", [5, 6], () => mod("sub/v2/", "/sub/v2"));
  each("main", "tools/v0", [9, 6], () => mod("tools/", "/tools"));
  const last = each("main", "vendoring/v5", [3, 4], () => mod("vendoring/", "/vendoring/v5"));
  for (const tag of Object.keys(wideLookalikes)) history.tag(tag, last, kind());
  for (const tag of ["v4.0.0", "other/v1.0.0", "testdata/x/v1.0.0", "sub/other/v1.0.0"]) {
    history.tag(tag, last, kind());
  }
  return history;
}

/** Look-alikes among the tags of `wideHistory`, each of one module alone: why, and which folder's. */
export const wideLookalikes: Readonly<Record<string, readonly [code: string, dir: string]>> = {
  "v1.5": ["short", ""],
  "v2/v2.0.0": ["major-in-prefix", "v2"],
  "v3.01.0": ["leading-zero", "v3"],
  "v3/v3.1.0": ["major-in-prefix", "v3"],
  "sub/1.0.0": ["no-v", "sub"],
  "sub/v1.0.0+meta": ["build-metadata", "sub"],
  "sub/v2/v2.0.0": ["major-in-prefix", "sub/v2"],
  "tools/V0.1.0": ["upper-case-v", "tools"],
  "vendoring/v5.0": ["short", "vendoring"],
};
