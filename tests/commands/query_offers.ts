/** Random modules as a GOPROXY of files serves them, good and broken, and what may be asked of them. */
import { dirname } from "node:path";
import { escapePath, escapeVersion } from "../../lib/go/module.ts";
import { splitPathVersion } from "../../lib/go/paths.ts";
import type { Folder } from "../support/repo.ts";
import type { Random } from "../support/random.ts";

/** A module that was made up. */
export interface Case {
  path: string;
  /** Versions that have a go.mod and an info, canonical and of this path. */
  good: string[];
  /** Anything that is listed or served by a name. */
  names: string[];
  /** What was written, for a failure's message. */
  files: Record<string, string>;
}

const times = [
  "2026-01-02T03:04:05Z",
  "2026-02-01T00:00:00.120+02:00",
  "2025-06-07T08:09:10+00:00",
  "2024-01-01T00:00:00.000Z",
];

/** A pseudo-version of this major after a base ("" for none), of some time. */
function pseudo(random: Random, major: string, base: string): string {
  const stamp = `${random.int(2023, 2026)}0${random.int(1, 9)}010203${random.int(10, 59)}`;
  const rev = Array.from({ length: 12 }, () => random.pick([..."0123456789abcdef"])).join("");
  return base === "" ? `${major}.0.0-${stamp}-${rev}` : `${base}-0.${stamp}-${rev}`;
}

/** Version numbers for a major, with what a list may hold beside them. */
function pool(random: Random, major: string): string[] {
  const numbers = ["0.0", "0.1", "1.0", "1.1", "1.10", "2.0", "2.3"].map((n) => `${major}.${n}`);
  return [
    ...random.shuffle(numbers).slice(0, random.int(0, 5)),
    ...random.shuffle(["0.1-rc.1", "1.1-rc.2", "2.0-beta", "2.4-0", "1.0-rc1"]).slice(
      0,
      random.int(0, 2),
    ).map((n) => `${major}.${n}`),
  ];
}

const rationales = ["", "bad", "two\n\t// lines", "x".repeat(501)];

function retractLine(random: Random, versions: readonly string[]): string {
  const [low, high] = [random.pick(versions), random.pick(versions)];
  const what = random.chance(0.6) ? low : `[${low}, ${high}]`;
  const why = random.pick(rationales);
  if (why === "") return `retract ${what}\n`;
  return why.includes("\n")
    ? `// ${why.replace("\t", "")}\nretract ${what}\n`
    : `retract ${what} // ${why}\n`;
}

function goMod(random: Random, path: string, versions: readonly string[]): string {
  if (random.chance(0.03)) return `module ${path}\n\nrequire (\n`;
  const canonical = versions.filter((v) => !v.includes("+") || v.endsWith("+incompatible"));
  const deprecated = random.chance(0.2) ? "// Deprecated: use another.\n" : "";
  const lines = canonical.length === 0 || random.chance(0.4)
    ? ""
    : Array.from({ length: random.int(1, 3) }, () => retractLine(random, canonical)).join("\n");
  const named = random.chance(0.05) ? "example.com/renamed" : path;
  const newer = random.chance(0.05) ? "1.99" : "1.20";
  const broken = random.chance(0.05) ? "retract v1.bad.0\n" : "";
  return `${deprecated}module ${named}\n\ngo ${newer}\n\n${lines}${broken}`;
}

function info(random: Random, version: string): string {
  const time = random.pick(times);
  if (random.chance(0.9)) return JSON.stringify({ Version: version, Time: time });
  return random.pick([
    JSON.stringify({ Version: version }),
    JSON.stringify({ Version: version, Time: null, Origin: { Hash: "abc" } }),
    JSON.stringify({ version, time }),
    JSON.stringify({ Version: version, Time: "yesterday" }),
    JSON.stringify({ Version: version, Time: 5 }),
    JSON.stringify({ Version: "v9.9.9", Time: time }),
    '{"Version":"v1',
    "<html>log in</html>",
    "[]",
    "",
  ]);
}

/** Writes one made-up module below a folder that is a GOPROXY. */
export function makeCase(random: Random, root: Folder, i: number): Case {
  const path = random.pick([
    `example.com/q${i}`,
    `example.com/q${i}`,
    `example.com/Upper${i}/sub`,
    `example.com/q${i}/v2`,
    `gopkg.in/q${i}.v1`,
  ]);
  const { pathMajor } = splitPathVersion(path);
  const own = pathMajor === "" ? random.pick(["v0", "v1"]) : pathMajor.replace(/^[/.]/, "");
  const versions = pool(random, own);
  if (pathMajor === "" && random.chance(0.4)) versions.push(...pool(random, "v0"));
  if (pathMajor === "" && random.chance(0.4)) {
    versions.push(...["v2.0.0", "v2.1.0", "v3.0.0-rc.1"].map((v) => `${v}+incompatible`));
  }
  if (random.chance(0.1)) versions.push("v5.0.0");
  if (random.chance(0.08)) versions.push(`${own}.2`);
  if (random.chance(0.08)) versions.push(`${own}.1.0+meta`);
  const all = [...new Set(versions)];
  const extra = random.chance(0.4) ? [pseudo(random, own, "")] : [];
  if (random.chance(0.2)) extra.push(pseudo(random, own, `${own}.1.1`));
  const files: Record<string, string> = {};
  const listed = [
    ...all.filter(() => random.chance(0.92)).map((v) =>
      random.chance(0.05) ? `${v} ${random.pick(times)}` : v
    ),
    ...extra.filter(() => random.chance(0.5)),
    ...random.chance(0.1) ? ["nonsense", "", "1.0.0", "v01.0.0", "  "] : [],
  ];
  if (random.chance(0.95)) {
    files["@v/list"] = random.shuffle(listed).map((line) => `${line}\n`).join("");
  } else if (random.chance(0.3)) files["@v/list"] = "";
  const isLegacy = random.chance(0.4);
  const good: string[] = [];
  for (const v of [...all, ...extra]) {
    if (random.chance(0.04)) continue;
    const stands = /\+meta$|^v\d+\.\d+$/.test(v)
      ? v.replace(/\+meta$/, "").replace(/^(v\d+\.\d+)$/, "$1.0")
      : v;
    const text = info(random, random.chance(0.5) ? stands : v);
    // What two names stand for is told alike: go keeps whichever it heard first.
    const same = stands !== v && all.includes(stands);
    const told = same ? files[`@v/${escapeVersion(stands)}.info`] : text;
    if (told === undefined) continue;
    files[`@v/${escapeVersion(v)}.info`] = told;
    if (random.chance(0.04)) continue;
    const bare = v.endsWith("+incompatible") || isLegacy && random.chance(0.7);
    files[`@v/${escapeVersion(v)}.mod`] = bare ? `module ${path}\n` : goMod(random, path, all);
    if (stands === v && v !== "v5.0.0") good.push(v);
  }
  if (random.chance(0.5)) {
    const tip = random.pick([...extra, pseudo(random, own, ""), ...all.slice(0, 1)]);
    const known = files[`@v/${escapeVersion(tip)}.info`];
    files["@latest"] = known ?? info(random, tip);
    if (extra.includes(tip) || all.includes(tip)) {
      files[`@v/${escapeVersion(tip)}.info`] = files["@latest"];
    }
    if (known === undefined) files[`@v/${escapeVersion(tip)}.mod`] = goMod(random, path, all);
  }
  const branch = extra[0] ?? all[0];
  if (branch !== undefined) {
    const known = files[`@v/${escapeVersion(branch)}.info`];
    if (known !== undefined) files["@v/main.info"] = files["@v/abcdef0.info"] = known;
  }
  const write = (name: string, text: string) => {
    const file = root.join(escapePath(path)!, name);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { path, good, names: [...all, ...extra], files };
}

/** What may be asked of a module; without what counts from a version in use. */
export function queriesOf(random: Random, { path, names }: Case): string[] {
  const { pathMajor } = splitPathVersion(path);
  const own = pathMajor === "" ? "v1" : pathMajor.replace(/^[/.]/, "");
  const bounds = [...names, `${own}.1.0`, `${own}.2.3`, `${own}.1`, own, "v2.0.0", "v9.0.0"];
  const ranges = ["<", "<=", ">", ">="].flatMap((op) =>
    random.shuffle(bounds).slice(0, 2).map((bound) => op + bound)
  ).filter((q) => !/^(<=|>(?!=))v\d+(\.\d+)?$/.test(q));
  return [
    "latest",
    ...ranges,
    ...random.shuffle(["v0", "v1", "v2", "v0.1", `${own}.1`, `${own}.10`, `${own}.2`]).slice(0, 4),
    ...random.shuffle(names).slice(0, 3),
    ...random.shuffle([`${own}.1.0+meta`, `${own}.7.7`, "v01.0.0", "V1.0.0", "1.0.0", "none"])
      .slice(0, 2),
    ...random.shuffle(["main", "abcdef0", "feature/x", "HEAD", "a b", "ünï", "v1.0.0-"]).slice(
      0,
      2,
    ),
  ].map((q) => q === "" ? "latest" : q);
}
