/**
 * `next` and `versions` on random histories, beside a small model that was written from
 * DESIGN.md §3 and go-rules §7.2 alone and shares no code with the program.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { run as next } from "../../commands/next.ts";
import { run as versions } from "../../commands/versions.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { isPseudoVersion } from "../../lib/go/pseudo.ts";
import { gorel } from "../support/gorel.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Repo, run } from "../support/repo.ts";

/** A repository as a value: commits by number, each with its whole tree. */
interface World {
  commits: { parents: number[]; message: string; files: Map<string, string> }[];
  tags: Map<string, { at: number; kind: "light" | "annotated" | "of a tag" }>;
  head: number;
  detached: boolean;
}

/** go.mod as far as the model reads it. */
interface GoMod {
  path: string;
  go: string;
  require: Record<string, string>;
  retract: string[];
}

const goModText = ({ path, go, require, retract }: GoMod) =>
  [
    `module ${path}`,
    `go ${go}`,
    ...Object.entries(require).map(([p, v]) => `require ${p} ${v}`),
    ...retract.map((v) => `retract ${v} // of ${v}`),
  ].join("\n\n") + "\n";

function readGoMod(text: string): GoMod {
  const require: Record<string, string> = {};
  for (const [, p, v] of text.matchAll(/^require (\S+) (\S+)$/gm)) require[p!] = v!;
  return {
    path: /^module (\S+)$/m.exec(text)![1]!,
    go: /^go (\S+)$/m.exec(text)![1]!,
    require,
    retract: [...text.matchAll(/^retract (\S+) /gm)].map((m) => m[1]!),
  };
}

const fix = [
  "fix: a",
  "docs: feat: in words",
  "some words",
  "feature: a",
  "feat a",
  'Revert "feat!: a"',
];
const quiet = [...fix, "fix: a\n\nNo breaking change here.\n\nBREAKING CHANGES are far away"];
const addition = ["feat: a", "feat(api): a", "feat(a b): c\n\nwords"];
const breaking = [
  "feat!: a",
  "fix(core)!: a",
  "BREAKING CHANGE: a",
  "fix: a\n\nwords\n\nBREAKING CHANGE: b",
  "chore: a\n\nBREAKING-CHANGE: b\nReviewed-by: c",
  "fix: a\nBREAKING CHANGE: b",
];
const weightOf = (message: string) =>
  breaking.includes(message) ? 2 : addition.includes(message) ? 1 : 0;

const layouts: Record<string, string>[] = [
  { "": "example.com/m" },
  { "": "example.com/m/v2" },
  { "": "gopkg.in/ada/m.v2" },
  { "": "example.com/m", "sub": "example.com/m/sub" },
  { "": "example.com/m", "v2": "example.com/m/v2" },
  { "sub": "example.com/m/sub", "sub/v2": "example.com/m/sub/v2" },
  { "": "example.com/m", "sub": "example.com/m/sub", "sub/in": "example.com/m/sub/in" },
];

const dirOf = (file: string) => file.slice(0, Math.max(0, file.lastIndexOf("/")));
const goModOf = (dir: string) => dir === "" ? "go.mod" : `${dir}/go.mod`;

/** A history with a side branch, merges, modules that come later, and go.mod files that change. */
function makeWorld(random: Random): World {
  const layout = random.pick(layouts);
  const dirs = Object.keys(layout);
  const world: World = { commits: [], tags: new Map(), head: 0, detached: random.chance(0.2) };
  let count = 0;
  const commit = (parents: number[], message: string, files: Map<string, string>) =>
    world.commits.push({ parents, message, files }) - 1;
  const fresh = (files: Map<string, string>, dir: string) =>
    files.set(`${dir === "" ? "" : dir + "/"}f${random.int(1, 3)}.go`, `package p // ${++count}\n`);

  const first = new Map<string, string>();
  const late = random.chance(0.3) ? random.pick(dirs) : undefined;
  for (const [dir, path] of Object.entries(layout)) {
    fresh(first, dir);
    if (dir === late) continue;
    first.set(goModOf(dir), goModText({ path, go: "1.21", require: {}, retract: [] }));
  }
  let main = commit([], "begin", first);
  let side: { tip: number; fork: number } | undefined;
  for (let steps = random.int(2, 12); steps > 0; steps--) {
    const kind = random.int(1, 10);
    if (kind <= 2 && !side) side = { tip: main, fork: main };
    if (kind === 3 && side && side.tip !== side.fork) {
      const merged = merge(world, side.fork, main, side.tip);
      if (merged) {
        main = commit([main, side.tip], "Merge side", merged);
        side = undefined;
      }
      continue;
    }
    const onSide = side !== undefined && random.chance(0.4);
    const at = onSide ? side!.tip : main;
    const files = new Map(world.commits[at]!.files);
    const dir = random.pick(dirs);
    fresh(files, dir);
    const text = files.get(goModOf(dir));
    if (text === undefined) {
      if (random.chance(0.7)) {
        files.set(
          goModOf(dir),
          goModText({ path: layout[dir]!, go: "1.21", require: {}, retract: [] }),
        );
      }
    } else if (kind >= 8) files.set(goModOf(dir), goModText(changed(readGoMod(text), random)));
    const message = random.pick(random.pick([quiet, quiet, addition, breaking]));
    const made = commit([at], message, files);
    if (onSide) side!.tip = made;
    else main = made;
  }
  world.head = side && random.chance(0.5) ? side.tip : main;
  if (!dirs.some((d) => world.commits[world.head]!.files.has(goModOf(d)))) world.head = 0;
  addTags(world, layout, random);
  return world;
}

function changed(mod: GoMod, random: Random): GoMod {
  const dep = `example.com/dep${random.int(1, 2)}`;
  switch (random.pick([1, 2, 3, 3, 4, 5, 6])) {
    case 1:
      mod.go = random.pick(["1.20", "1.21", "1.21.3", "1.22", "1.9"]);
      break;
    case 2:
      delete mod.require[dep];
      break;
    case 3: {
      const major = /\/v(\d)$|\.v(\d)$/.exec(mod.path);
      const n = major?.[1] ?? major?.[2] ?? "1";
      mod.retract = random.chance(0.1)
        ? []
        : [...new Set([...mod.retract, `v${n}.${random.int(0, 1)}.${random.int(0, 2)}`])];
      break;
    }
    default:
      mod.require[dep] = `v1.${random.pick([2, 9, 10])}.${random.int(0, 2)}`;
  }
  return mod;
}

/** The merged tree, or null where both sides changed one file. */
function merge({ commits }: World, fork: number, ours: number, theirs: number) {
  const [base, a, b] = [fork, ours, theirs].map((n) => commits[n]!.files);
  const out = new Map(a);
  for (const path of new Set([...base!.keys(), ...b!.keys()])) {
    if (b!.get(path) === base!.get(path)) continue;
    if (a!.get(path) !== base!.get(path)) return null;
    if (b!.has(path)) out.set(path, b!.get(path)!);
    else out.delete(path);
  }
  return out;
}

const oddTags = [
  "v1",
  "v1.2",
  "1.2.3",
  "V1.2.3",
  "v01.2.3",
  "v1.2.3+meta",
  "v1.2.3-01",
  "v1.2.3.4",
];
const otherTags = ["nightly", "release-1", "v", "v1.2.4-0.20240102030405-abcdefabcdef", "x/v1.2.3"];

function addTags(world: World, layout: Record<string, string>, random: Random): void {
  const prefixes = Object.keys(layout).map((dir) => prefixOf(dir, layout[dir]!));
  const most = random.int(1, 2);
  for (let n = random.pick([0, 1, 3, 6, 12, 12]); n > 0; n--) {
    const major = random.pick([0, 0, 1, 1, 2]);
    const pre = random.pick([
      "",
      "",
      "",
      "-rc.1",
      "-rc.2",
      "-rc.9",
      "-rc.10",
      "-beta.1",
      "-alpha",
      "-rc1",
    ]);
    const name = random.chance(0.1)
      ? random.pick(oddTags)
      : random.chance(0.1)
      ? random.pick(otherTags)
      : `v${major}.${random.int(0, most)}.${random.int(0, most)}${pre}`;
    world.tags.set(random.pick(prefixes) + name, {
      at: random.chance(0.15) ? world.head : random.int(0, world.commits.length - 1),
      kind: random.pick(["light", "annotated", "of a tag"]),
    });
  }
}

/** Writes a world into a repository with one `git fast-import`. */
function build(world: World): Repo {
  const repo = new Repo();
  const lines: string[] = [];
  const data = (text: string) => lines.push(`data ${new TextEncoder().encode(text).length}`, text);
  const when = (n: number) => `Ada Example <ada@example.com> ${1_767_225_600 + 60 * n} +0000`;
  world.commits.forEach(({ parents, message, files }, n) => {
    lines.push("commit refs/heads/all", `mark :${n + 1}`, `committer ${when(n)}`);
    data(message);
    parents.forEach((p, i) => lines.push(`${i === 0 ? "from" : "merge"} :${p + 1}`));
    lines.push("deleteall");
    for (const [path, text] of files) {
      lines.push(`M 100644 inline ${path}`);
      data(text);
    }
  });
  let mark = 1000;
  for (const [name, { at, kind }] of world.tags) {
    if (kind === "light") lines.push(`reset refs/tags/${name}`, `from :${at + 1}`, "");
    else {
      let from = at + 1;
      for (let layer = kind === "annotated" ? 1 : 2; layer > 0; layer--) {
        const own = layer === 1 ? name : `layer-${mark}`;
        lines.push(`tag ${own}`, `mark :${++mark}`, `from :${from}`, `tagger ${when(100)}`);
        data(name);
        from = mark;
      }
    }
  }
  lines.push("reset refs/heads/main", `from :${world.head + 1}`, "", "done", "");
  run("git", ["fast-import", "--quiet", "--force", "--done"], {
    cwd: repo.dir,
    env: repo.env,
    stdin: lines.join("\n"),
  });
  repo.git("update-ref", "-d", "refs/heads/all");
  if (world.detached) {
    Deno.writeTextFileSync(join(repo.dir, ".git/HEAD"), repo.git("rev-parse", "main"));
  }
  repo.git("read-tree", "HEAD");
  return repo;
}

// The model: DESIGN.md §3 in other words.

function prefixOf(dir: string, path: string): string {
  const major = /\/(v[2-9])$/.exec(path)?.[1];
  const elements = dir.split("/").filter((e) => e !== "");
  if (major && elements.at(-1) === major) elements.pop();
  return elements.map((e) => e + "/").join("");
}

/** A version as a list of what is compared, one after the other; null when Go takes it for none. */
interface Parsed {
  text: string;
  numbers: [number, number, number];
  pre: string[];
}

function parsed(text: string): Parsed | null {
  const number = "(0|[1-9][0-9]*)";
  const m = new RegExp(`^v${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?$`).exec(text);
  if (!m) return null;
  const pre = m[4]?.split(".") ?? [];
  if (pre.some((e) => e === "" || /^0[0-9]+$/.test(e))) return null;
  if (/(^|[.-])[0-9]{14}-[0-9a-zA-Z]+$/.test(text)) return null;
  return { text, numbers: [Number(m[1]), Number(m[2]), Number(m[3])], pre };
}

function order(a: Parsed, b: Parsed): number {
  for (let i = 0; i < 3; i++) {
    if (a.numbers[i] !== b.numbers[i]) return a.numbers[i]! - b.numbers[i]!;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let i = 0; i < Math.max(a.pre.length, b.pre.length); i++) {
    const [x, y] = [a.pre[i], b.pre[i]];
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (x === y) continue;
    const [nx, ny] = [x, y].map((e) => /^[0-9]+$/.test(e));
    if (nx && ny) return Number(x) - Number(y);
    if (nx !== ny) return nx ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function ancestors({ commits }: World, tip: number): Set<number> {
  const seen = new Set<number>();
  const todo = [tip];
  for (let n = todo.pop(); n !== undefined; n = todo.pop()) {
    if (seen.has(n)) continue;
    seen.add(n);
    todo.push(...commits[n]!.parents);
  }
  return seen;
}

/** A module's own files at a commit: what lies below its folder and in no other module. */
function own(world: World, at: number, dir: string): Map<string, string> {
  const { files } = world.commits[at]!;
  const inside = (folder: string, path: string) => folder === "" || path.startsWith(folder + "/");
  const others = [...files.keys()].filter((f) => f === "go.mod" || f.endsWith("/go.mod")).map(dirOf)
    .filter((d) => d !== dir && inside(dir, d + "/"));
  return new Map(
    [...files].filter(([path]) => inside(dir, path) && !others.some((o) => inside(o, path))),
  );
}

const same = (a: Map<string, string>, b: Map<string, string>) =>
  a.size === b.size && [...a].every(([k, v]) => b.get(k) === v);

const minorOf = (version: string) => {
  const [major, minor] = version.slice(1).split(".");
  return [Number(major), Number(minor)] as const;
};
const risen = (before: string, now: string) => {
  const [[a, b], [c, d]] = [
    minorOf("v" + before.replace(/^v/, "")),
    minorOf("v" + now.replace(/^v/, "")),
  ];
  return c > a || (c === a && d > b);
};

interface Expected {
  Versions: string[];
  Base: string | null;
  Series: string | undefined;
  Highest: string | undefined;
  Advised: { Version: string; Bump: string } | null;
  /** Version (null: any) and whether it may be released (undefined: not said). */
  Candidates: Record<
    string,
    { Version: string | null; Module: string; Allowed: boolean | undefined }
  >;
  /** Null where v2 tags count as incompatible versions, which the model leaves out. */
  Latest: string | null | undefined;
  Retracted: string[];
}

function model(world: World, dir: string): Expected {
  const head = world.commits[world.head]!;
  const mod = readGoMod(head.files.get(goModOf(dir))!);
  const suffix = /[/.]v([0-9]+)$/.exec(mod.path)?.[1];
  const prefix = prefixOf(dir, mod.path);
  const fits = (v: Parsed) =>
    suffix === undefined ? v.numbers[0] < 2 : v.numbers[0] === Number(suffix);
  const at = (v: Parsed) => world.tags.get(prefix + v.text)!.at;
  const all = [...world.tags.keys()].filter((t) => t.startsWith(prefix))
    .map((t) => parsed(t.slice(prefix.length))).filter((v) => v !== null).filter(fits).sort(order);
  const taken = new Set(all.map((v) => v.text));
  const isRelease = (v: Parsed) => v.pre.length === 0;
  const known = ancestors(world, world.head);
  const base = all.findLast((v) => isRelease(v) && known.has(at(v)));
  const running = all.filter((v) =>
    !isRelease(v) && known.has(at(v)) && (!base || order(v, base) > 0)
  );
  const series = running.at(-1);
  const highest = all.findLast(isRelease);
  const mine = own(world, world.head, dir);
  const carries = all.some((v) => isRelease(v) && at(v) === world.head);
  const unchanged = (v?: Parsed) => v !== undefined && same(own(world, at(v), dir), mine);
  const nothing = carries || unchanged(base);

  let weight = 0;
  if (base) {
    const before = ancestors(world, at(base));
    for (const n of known) {
      const { parents, message } = world.commits[n]!;
      if (before.has(n) || parents.length > 1) continue;
      const was = parents.length === 0 ? new Map() : world.commits[parents[0]!]!.files;
      const touched = [...new Set([...was.keys(), ...world.commits[n]!.files.keys()])]
        .filter((p) => was.get(p) !== world.commits[n]!.files.get(p));
      const others = [...head.files.keys()].filter((f) => f.endsWith("/go.mod")).map(dirOf)
        .filter((d) => d !== dir && (dir === "" || d.startsWith(dir + "/")));
      const counts = touched.some((p) =>
        (dir === "" || p.startsWith(dir + "/")) && !others.some((o) => p.startsWith(o + "/"))
      );
      if (counts) weight = Math.max(weight, weightOf(message));
    }
    const files = world.commits[at(base)]!.files;
    const place = [goModOf(dir), goModOf(moved(dir, suffix))].find((p) => files.has(p));
    const old = place === undefined ? null : readGoMod(files.get(place)!);
    const more = old === null || risen(old.go, mod.go) ||
      Object.entries(mod.require).some(([p, v]) => !old.require[p] || risen(old.require[p], v));
    if (more) weight = Math.max(weight, 1);
  }
  const bump = !base
    ? "minor"
    : weight === 0
    ? "patch"
    : weight === 1 || base.numbers[0] === 0
    ? "minor"
    : "major";
  const count = (word: string): string => {
    if (!base && suffix !== undefined) return `v${suffix}.0.0`;
    if (!base) return { patch: "v0.0.1", minor: "v0.1.0", major: "v1.0.0" }[word]!;
    const [x, y, z] = base.numbers;
    return word === "patch"
      ? `v${x}.${y}.${z + 1}`
      : word === "minor"
      ? `v${x}.${y + 1}.0`
      : `v${x + 1}.0.0`;
  };
  const candidate = (version: string, stopped = nothing) => {
    const fit = fits(parsed(version)!);
    const n = parsed(version)!.numbers[0];
    const stem = mod.path.replace(/[/.]v[0-9]+$/, "");
    const other = mod.path.startsWith("gopkg.in/") ? `${stem}.v${n}` : `${stem}/v${n}`;
    return {
      Version: version,
      Module: fit ? mod.path : other,
      Allowed: fit ? !stopped && !taken.has(version) : undefined,
    };
  };
  const numberOf = (v: Parsed) => `v${v.numbers.join(".")}`;
  const carried = carries || (series !== undefined && at(series) === world.head);
  const still = carried || unchanged(series ?? base);
  const counter = series?.pre.length === 2 ? Number(series.pre[1]) : NaN;
  const opened = count(bump);
  const prerelease = !series
    ? candidate(`${opened}-rc.1`, nothing)
    : Number.isInteger(counter)
    ? candidate(`${numberOf(series)}-${series.pre[0]}.${counter + 1}`, still)
    : { Version: null, Module: mod.path, Allowed: undefined };

  const source = highest ?? all.at(-1);
  const sourceFiles = source && world.commits[at(source)]!.files;
  const sourcePlace = [goModOf(dir), goModOf(moved(dir, suffix))].find((p) => sourceFiles?.has(p));
  const refused = (v: Parsed | undefined) =>
    v !== undefined && isRefused(world.commits[at(v)]!.files, dir, mod.path);
  const retracts = sourcePlace && !refused(source)
    ? readGoMod(sourceFiles!.get(sourcePlace)!).retract
    : [];
  const legacy = dir === "" && suffix === undefined &&
    [...world.tags.keys()].some((t) => /^v[2-9]/.test(t)) &&
    world.commits.some(({ files }) => !files.has("go.mod"));
  const offered = all.filter((v) => !retracts.includes(v.text));
  const best = offered.findLast(isRelease) ?? offered.at(-1);
  return {
    Versions: all.map((v) => v.text),
    Base: base?.text ?? null,
    Series: series?.text,
    Highest: highest?.text,
    Advised: nothing ? null : { Version: count(bump), Bump: bump },
    Candidates: {
      patch: candidate(count("patch")),
      minor: candidate(count("minor")),
      major: candidate(count("major")),
      prerelease,
      ...(series && { release: candidate(numberOf(series), false) }),
    },
    Latest: legacy ? null : refused(source) || refused(best) ? undefined : best?.text,
    Retracted: all.map((v) => v.text).filter((v) => retracts.includes(v)),
  };
}

/** Reports whether Go finds no module of that path in a commit's files (go-rules §7.3). */
function isRefused(files: Map<string, string>, dir: string, path: string): boolean {
  const suffix = /[/.]v([0-9]+)$/.exec(path)?.[1];
  const declares = (at: string): boolean | null => {
    const text = files.get(goModOf(at));
    if (text === undefined) return null;
    return /[/.]v([0-9]+)$/.exec(readGoMod(text).path)?.[1] === suffix;
  };
  if (suffix === undefined || path.startsWith("gopkg.in/")) return !(declares(dir) ?? dir === "");
  const [own, folder] = [dir, moved(dir, suffix)].sort((a, b) => a.length - b.length);
  const [a, b] = [declares(own!), declares(folder!)];
  return b === null ? a !== true : !b || a === true;
}

/** The other place that Go looks at for go.mod: with and without the folder of the major. */
function moved(dir: string, suffix: string | undefined): string {
  if (suffix === undefined) return dir;
  const last = `v${suffix}`;
  if (dir === last) return "";
  return dir.endsWith("/" + last)
    ? dir.slice(0, -last.length - 1)
    : dir === ""
    ? last
    : `${dir}/${last}`;
}

/** Tags that begin like a version of the module and are none: those of `oddTags` whose major fits. */
function odd(world: World, dir: string): string[] {
  const { path } = readGoMod(world.commits[world.head]!.files.get(goModOf(dir))!);
  const pseudo = "v1.2.4-0.20240102030405-abcdefabcdef";
  if (/[/.]v[0-9]+$/.test(path)) return [];
  return [...oddTags, pseudo].map((t) => prefixOf(dir, path) + t).filter((t) => world.tags.has(t))
    .sort();
}

/** What a history looks like when a test failed on it. */
function shown({ commits, tags, head }: World): string {
  return [
    ...commits.map(({ parents, message, files }, n) =>
      `${n === head ? "*" : " "}${n} <- ${parents.join(",")} ${JSON.stringify(message)} ${
        JSON.stringify(Object.fromEntries(files))
      }`
    ),
    ...[...tags].map(([name, { at, kind }]) => `tag ${name} at ${at} (${kind})`),
  ].join("\n");
}

const environment = (repo: Repo) => ({
  PATH: Deno.env.get("PATH") ?? "",
  GOENV: "off",
  GOPROXY: "off",
  ...repo.env,
});

async function documents(repo: Repo, dir: string, inProcess: boolean) {
  const flags = ["--json", "--offline", "--module", dir === "" ? "." : dir];
  const out = [];
  for (const [word, command] of [["next", next], ["versions", versions]] as const) {
    if (inProcess) {
      const line = parse([word, ...flags], {});
      if ("Help" in line) throw new Error("help");
      const options = { command: line.word, args: line.args, flags: line.flags, cwd: repo.dir };
      const answer = await command(options, machine(environment(repo)));
      out.push(JSON.parse(JSON.stringify("Document" in answer ? answer.Document : null)));
    } else {
      const ran = await gorel([word, ...flags], { cwd: repo.dir, env: repo.env });
      assert.equal(ran.code, 0, ran.stderr);
      out.push(ran.json);
    }
  }
  return out as [
    // deno-lint-ignore no-explicit-any
    any,
    // deno-lint-ignore no-explicit-any
    any,
  ];
}

Deno.test("next and versions say of random histories what DESIGN §3 says", async () => {
  const random = seeded("next");
  const seen = { Series: 0, Backport: 0, Taken: 0, Nothing: 0, Later: 0, First: 0, Retracted: 0 };
  const rounds = cases(40, 600);
  for (let round = 0; round < rounds; round++) {
    const world = makeWorld(random);
    using repo = build(world);
    const { files } = world.commits[world.head]!;
    const dirs = [...files.keys()].filter((f) => f === "go.mod" || f.endsWith("/go.mod")).map(
      dirOf,
    );
    for (const dir of dirs) {
      const expected = model(world, dir);
      const [advice, list] = await documents(repo, dir, round % 30 !== 0);
      const story = `round ${round}, module ${dir || "."}\n${shown(world)}\n`;
      const candidates = Object.fromEntries(
        Object.entries(expected.Candidates).map(([word, c]) => {
          const got = advice.Candidates[word] ?? {};
          return [word, {
            Version: c.Version ?? got.Version,
            Module: c.Module,
            Allowed: c.Allowed ?? got.Allowed,
          }];
        }),
      );
      const got = Object.fromEntries(
        // deno-lint-ignore no-explicit-any
        Object.entries<any>(advice.Candidates).map((
          [word, { Version, Module, Allowed }],
        ) => [word, {
          Version,
          Module,
          Allowed,
        }]),
      );
      assert.deepEqual({
        Base: advice.Base,
        Series: advice.Series,
        Highest: advice.Highest,
        Advised: advice.Advised,
        Candidates: got,
        // Those from before modules are beyond the model, as is what is the latest with them.
        Versions: list.Versions.map((v: { Version: string }) => v.Version)
          .filter((v: string) => expected.Latest !== null || !v.endsWith("+incompatible")),
        Latest: list.Latest,
        Retracted: list.Versions.filter((v: { Retracted?: string[] }) => v.Retracted)
          .map((v: { Version: string }) => v.Version),
        Ignored: list.Ignored.map((i: { Tag: string }) => i.Tag).sort(),
      }, {
        Base: expected.Base,
        Series: expected.Series,
        Highest: expected.Highest,
        Advised: expected.Advised,
        Candidates: candidates,
        Versions: expected.Versions,
        // Without a version it is the name of HEAD, which revision_test asks go for.
        Latest: expected.Latest === null ||
            (expected.Latest === undefined && isPseudoVersion(list.Latest ?? ""))
          ? list.Latest
          : expected.Latest,
        Retracted: expected.Retracted,
        Ignored: odd(world, dir),
      }, story);
      if (expected.Candidates.prerelease!.Version === null) {
        const [one, two] = [expected.Series!, advice.Candidates.prerelease.Version].map(parsed);
        assert.deepEqual(two!.numbers, one!.numbers, story);
        assert.ok(order(two!, one!) > 0 || !advice.Candidates.prerelease.Allowed, story);
      }
      if (expected.Series) seen.Series++;
      if (expected.Highest && expected.Highest !== expected.Base) seen.Backport++;
      if (Object.values(expected.Candidates).some((c) => expected.Versions.includes(c.Version!))) {
        seen.Taken++;
      }
      if (!expected.Advised) seen.Nothing++;
      if (expected.Advised?.Bump === "major") seen.Later++;
      if (!expected.Base) seen.First++;
      if (expected.Retracted.length > 0) seen.Retracted++;
    }
  }
  // So few histories may lack one of these; many may not.
  if (rounds < 300) return;
  for (const [what, times] of Object.entries(seen)) assert.ok(times > 0, `no history with ${what}`);
});
