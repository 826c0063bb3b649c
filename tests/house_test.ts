/** The rooms of the house: who may import whom, and what no file may hold. */
import assert from "node:assert/strict";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { tryRun } from "./support/repo.ts";

const top = dirname(fileURLToPath(new URL(".", import.meta.url)));

/** From the top of the house to its floor; rooms of one line stand in a row and do not import each other. */
const levels: readonly (readonly string[])[] = [
  ["main.ts"],
  ["commands"],
  ["lib/tui"],
  ["lib/cli"],
  ["lib/sandbox"],
  ["lib/apply"],
  ["lib/rehearse"],
  ["lib/verify"],
  ["lib/plan"],
  ["lib/advice"],
  ["lib/checks"],
  ["lib/facts"],
  ["lib/journal"],
  ["lib/config"],
  ["lib/sumdb", "lib/proxy", "lib/api", "lib/git"],
  ["lib/go"],
  ["lib"],
];

/** Rooms that know rules only, and the modules of the runtime that they may import. */
const pure: Readonly<Record<string, readonly string[]>> = {
  "lib/go": ["node:crypto", "node:zlib"],
};

/** A pure room reaches the world through none of these. */
const world = /(?<![.\w])(Deno|process|fetch|WebSocket|Worker)(?=[.(])/;

function roomOf(path: string): string {
  if (!path.includes("/")) return path;
  const [first, second] = path.split("/");
  return first === "lib" && path.split("/").length > 2 ? `lib/${second}` : first!;
}

function levelOf(room: string): number {
  return levels.findIndex((rooms) => rooms.includes(room));
}

/** What may stand before a regular expression, where a slash does not divide. */
const beforeRegExp = /(?:^|[(,=:[!&|?{};+*%<>~^-]|\b(?:return|typeof|case|in|of|await|else))\s*$/;

/** Text that is no code by itself, by what it begins with. */
const comment = /\/\/.*|\/\*[^]*?\*\//y;
const string = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const regExp = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/**
 * Source text without comments, and without the text of regular expressions and templates,
 * which may hold anything; only a template that `import(` begins with is kept.
 */
function codeOf(source: string): string {
  let out = "";
  let at = 0;
  let braces = 0;
  const open: number[] = [];
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? "";
    at += found.length;
    return found;
  };
  /** Passes over a template's text, to its end or to its next expression. */
  const template = () => {
    const kept = /\bimport\s*\(\s*`$/.test(out.slice(-40));
    const text = read(/(?:[^`\\$]|\\[^]|\$(?!\{))*/y);
    if (kept) out += text;
    if (source[at] === "`") out += source[at++];
    else if (source.startsWith("${", at)) {
      out += "${";
      at += 2;
      open.push(braces);
    }
  };
  while (at < source.length) {
    const c = source[at]!;
    if (c === "/" && read(comment)) out += " ";
    else if (c === "/" && beforeRegExp.test(out.slice(-20)) && read(regExp)) out += "RegExp";
    else if (c === '"' || c === "'") out += read(string) || source[at++];
    else {
      out += c;
      at++;
      if (c === "`") template();
      else if (c === "{") braces++;
      else if (c === "}" && open.at(-1) === braces) {
        open.pop();
        template();
      } else if (c === "}") braces--;
    }
  }
  return out;
}

/** What a file imports, static and dynamic; null stands for an import that is worked out at run time. */
function importsOf(source: string): (string | null)[] {
  const code = codeOf(source);
  const found = [
    ...code.matchAll(/^\s*(?:import|export)\s[^"';]*?\bfrom\s*["']([^"']+)["']/gm),
    ...code.matchAll(/^\s*import\s*["']([^"']+)["']/gm),
    ...code.matchAll(/\bimport\s*\(\s*["'`]([^"'`$]+)["'`](?:\s+as\s+string)?\s*[,)]/g),
  ].map((match) => match[1]!);
  const computed =
    code.match(/\bimport\s*\((?!\s*["'`][^"'`$]+["'`](?:\s+as\s+string)?\s*[,)])/g) ?? [];
  return [...found, ...computed.map(() => null)];
}

/** One sentence for every rule that a file breaks. `files` holds all sources by path. */
function broken(
  files: ReadonlyMap<string, string>,
  packages: ReadonlySet<string>,
): string[] {
  const out: string[] = [];
  for (const [path, source] of files) {
    const room = roomOf(path);
    const level = levelOf(room);
    if (level < 0) {
      out.push(`${path} lies in no room of the house.`);
      continue;
    }
    const runtime = pure[room];
    const reached = runtime && world.exec(codeOf(source));
    if (reached) out.push(`${path} uses ${reached[1]}: ${room} is pure and knows no world.`);

    for (const name of importsOf(source)) {
      if (name === null) {
        out.push(`${path} works out at run time what it imports: nobody can check that.`);
      } else if (/^\.\.?\//.test(name)) {
        const target = posix.join(posix.dirname(path), name);
        const below = levelOf(roomOf(target));
        if (!files.has(target)) {
          out.push(
            `${path} imports ${target}: only files of main.ts, commands/ and lib/ may be imported.`,
          );
        } else if (roomOf(target) === room) {
          continue;
        } else if (below < level) {
          out.push(`${path} imports ${target}: a room imports only from rooms below it.`);
        } else if (below === level) {
          out.push(
            `${path} imports ${target}: ${levels[level]!.join(", ")} are doors side by side.`,
          );
        }
      } else if (name.startsWith("node:")) {
        if (runtime && !runtime.includes(name)) {
          out.push(
            `${path} imports ${name}: ${room} is pure and may import ${runtime.join(", ")}.`,
          );
        }
      } else if (!packages.has(name)) {
        out.push(`${path} imports ${name}: deno.json does not name it.`);
      }
    }
  }
  return out;
}

function sources(): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of Deno.readDirSync(join(top, folder))) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory) walk(path);
      else if (/\.tsx?$/.test(path)) files.set(path, Deno.readTextFileSync(join(top, path)));
    }
  };
  files.set("main.ts", Deno.readTextFileSync(join(top, "main.ts")));
  walk("commands");
  walk("lib");
  return files;
}

function packages(): Set<string> {
  const settings = JSON.parse(Deno.readTextFileSync(join(top, "deno.json")));
  return new Set(Object.keys(settings.imports));
}

Deno.test("every file lives in a room and imports only from rooms below it", () => {
  const files = sources();
  assert.ok(files.size > 10);
  assert.deepEqual(broken(files, packages()), []);
});

Deno.test("the house's rules find each thing that they forbid", () => {
  const house = {
    "main.ts": 'const { run } = await import("./commands/next.ts");\n',
    "commands/next.ts": 'import "../lib/plan/types.ts";\n',
    "lib/plan/types.ts": 'import type { A } from "../go/semver.ts";\nexport * from "../text.ts";\n',
    "lib/git/log.ts": 'import {\n  a,\n  b,\n} from "../go/semver.ts";\nimport git from "known";\n',
    "lib/proxy/client.ts": '/** import { a } from "../plan/types.ts" */\nimport "../text.ts";\n',
    "lib/go/semver.ts": 'import { createHash } from "node:crypto"; // not Deno.readFile()\n',
    "lib/text.ts": 'const go = `package x\\n\nimport "testing"\n${f(`{`)}\nimport "os"\n`;\n',
  };
  const find = (path: string, source: string) =>
    broken(new Map(Object.entries({ ...house, [path]: source })), new Set(["known"]));
  assert.deepEqual(broken(new Map(Object.entries(house)), new Set(["known"])), []);

  const table: [path: string, source: string, found: RegExp][] = [
    ["lib/text.ts", 'import { a } from "./go/semver.ts";', /lib\/text.ts imports lib\/go\/semver/],
    ["lib/git/log.ts", 'import type { P } from "../plan/types.ts";', /only from rooms below/],
    ["lib/git/log.ts", 'export { P } from "../plan/types.ts";', /only from rooms below/],
    [
      "lib/git/log.ts",
      'const x = await import(\n  "../plan/types.ts"\n);',
      /only from rooms below/,
    ],
    ["lib/git/log.ts", 'type T = import("../plan/types.ts").T;', /only from rooms below/],
    ["lib/git/log.ts", "import(`../plan/types.ts`);", /only from rooms below/],
    ["lib/git/log.ts", 'const s = "https://x"; import("../plan/types.ts");', /rooms below/],
    ["lib/git/log.ts", 'const s = `${f(`//`)}`; import("../plan/types.ts");', /rooms below/],
    ["lib/git/log.ts", 'const r = /["`]\\//; import("../plan/types.ts");', /rooms below/],
    ["lib/git/log.ts", 'import("../plan/types.ts" as string);', /only from rooms below/],
    ["lib/git/log.ts", "import(name as string);", /works out at run time/],
    ["lib/git/log.ts", "await import(name);", /works out at run time/],
    ["lib/git/log.ts", "await import(`../${name}.ts`);", /works out at run time/],
    ["lib/git/log.ts", 'import "../proxy/client.ts";', /doors side by side/],
    ["lib/proxy/client.ts", 'import "../git/log.ts";', /doors side by side/],
    ["lib/go/semver.ts", 'import * as fs from "node:fs";', /pure and may import node:crypto/],
    ["lib/go/semver.ts", 'Deno.readTextFileSync("x");', /uses Deno/],
    ["lib/go/semver.ts", "await fetch(url);", /uses fetch/],
    ["lib/plan/types.ts", 'import "../../tests/support/repo.ts";', /may be imported/],
    ["lib/plan/types.ts", 'import "../gone.ts";', /may be imported/],
    ["lib/plan/types.ts", 'import x from "unknown";', /deno.json does not name it/],
    ["lib/plan/types.ts", 'import x from "npm:known";', /deno.json does not name it/],
    ["lib/cellar/x.ts", "", /no room/],
    ["commands/next.ts", 'import "../main.ts";', /only from rooms below/],
  ];
  for (const [path, source, found] of table) {
    const sentences = find(path, source);
    assert.equal(sentences.length, 1, `${path}: ${source}\n${sentences.join("\n")}`);
    assert.match(sentences[0]!, found);
  }
});

Deno.test("no file names a package registry of the machine it was written on", () => {
  const env = Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => !/^(LD_|DYLD_)/.test(name)),
  );
  const asked = [["npm", "config", "get", "registry"], ["go", "env", "GOPROXY"]].map(
    ([program, ...args]) => {
      try {
        return tryRun(program!, args, { env, cwd: top }).stdout;
      } catch {
        return "";
      }
    },
  ).join(",");
  const hosts = asked.split(/[,|\s]+/)
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).hostname)
    .filter((host) => host.includes(".") && !/^127\./.test(host));
  for (const host of new Set(hosts)) {
    const { code, stdout } = tryRun("git", ["grep", "--untracked", "-nIF", "-e", host], {
      env,
      cwd: top,
    });
    assert.equal(stdout, "", `a package registry's host name stands in a file`);
    assert.equal(code, 1);
  }
});
