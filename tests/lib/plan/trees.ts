/** Random trees of files, with everything that the rules of the module zip tell apart. */
import { join } from "node:path/posix";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import type { Random } from "../../support/random.ts";
import { randomAttributes } from "./attributes.ts";

/** A file, link or submodule; the content of a submodule is its commit's id. */
export interface TreeFile {
  Mode: "100644" | "100755" | "120000" | "160000";
  Bytes: Uint8Array;
}

export type Tree = Map<string, TreeFile>;

const names = [
  "a.go",
  "b.go",
  "c.txt",
  "README.md",
  "x y.txt",
  "é.txt",
  "日本.go",
  "𐐀.go",
  "-dash",
  ".dot",
  "@at.md",
  "[b]#!$%&(){}+,=^~.txt",
  "run.sh",
  "data.bin",
  "u16.txt",
  "id.md",
  "go.sum",
  "go.work",
  ".gitignore",
  ".hg_archival.txt",
  "modules.txt",
  "COPYING",
  "LICENSE.md",
  "a".repeat(90) + ".txt",
];
const folders = [
  "pkg",
  "internal",
  "testdata",
  "_x",
  "vendor",
  ".github",
  "é",
  "sub",
  "x y",
  "d".repeat(60),
];
const badNames = [
  "aux.go",
  "con/x.go",
  "it's.txt",
  "a:b.go",
  "dot.",
  "back\\slash",
  "tab\t.txt",
  "line\nfeed.go",
  "smile😀.txt",
  "latin\udce9.txt",
  "e\u0301.txt",
  "star*.go",
  "...",
];
/** Each pair folds to one name, so only one of it can be in a module. */
const collisions: readonly (readonly [string, string])[] = [
  ["Case.go", "case.go"],
  ["Dir/a.go", "dir/b.go"],
  ["K.go", "\u212a.go"],
  ["s.go", "ſ.go"],
  ["ß.go", "ẞ.go"],
  ["É.txt", "é.txt"],
  ["both", "Both/x.go"],
  ["σ.go", "ς.go"],
];
const contents = [
  "",
  "package x\n",
  "one\ntwo\n",
  "one\r\ntwo\r\n",
  "$Id$ and $Id: old $\n",
  "$Format:%H$\n",
  "ünï\ncödé\n",
  "no end",
  "nul\0byte\n",
];

const text = (content: string): TreeFile => ({ Mode: "100644", Bytes: encodeText(content) });
const link = (target: string): TreeFile => ({ Mode: "120000", Bytes: encodeText(target) });

function content(random: Random): Uint8Array {
  if (random.chance(0.1)) {
    return Uint8Array.from({ length: random.int(1, 20_000) }, () => random.int(0, 255));
  }
  return encodeText(random.pick(contents).repeat(random.int(1, 3)));
}

function path(random: Random, name = random.pick(names)): string {
  const depth = random.pick([0, 0, 1, 1, 2, 3, 7]);
  return [...Array.from({ length: depth }, () => random.pick(folders)), name].join("/");
}

function goMod(random: Random, module: string): TreeFile {
  const go = random.pick(["", "go 1.16", "go 1.23.4", "go 1.24", "go 1.24rc1", "go 1.25.0"]);
  const text = random.pick([
    `module ${module}\n\n${go}\n`,
    `// comment\nmodule "${module}" // suffix\n${go}\n\nunknown thing\n`,
    `module ${module}\n${go}\nretract v0.0.1 // why\n`,
    `module ${module}\n${go}\ngo 1.24\n`,
    `module (\n\t${module}\n)\n\n${go}\n`,
    `module \`${module}\`\n${go} // new\n`,
    `module github.com/t/fork\n\n${go}\n\nrequire github.com/t/x v1.0.0\n`,
  ]);
  return {
    Mode: random.chance(0.1) ? "100755" : "100644",
    Bytes: encodeText(random.chance(0.2) ? text.replaceAll("\n", "\r\n") : text),
  };
}

/** Those that Go refuses, and two of which it has another name for the module. */
const oddGoMods = [
  text(""),
  text("go 1.21\n"),
  text("\ufeffmodule example.com/m\n"),
  text("module\n"),
  text('module "\n'),
  text("module github.com/t/m/v2\n"),
  text("module github.com/t/m/v1\n"),
  text("module gopkg.in/m.v2\n"),
  link("other.mod"),
];

/** Folders that may hold a module of their own in these trees, and how many in ten do. */
const moduleFolders: Readonly<Record<string, number>> = {
  "sub": 0.5,
  "deep/er": 0.5,
  "v2": 0.15,
  "sub/v2": 0.1,
};

/** A module of a tree: where it is, and its path and tag, the latter without the rest of the version. */
export interface TreeModule {
  Dir: string;
  Path: string;
  TagPrefix: string;
  Major: "v0" | "v2";
}

/** The modules that the tree of a repository has at places where Go looks for them. */
export function modulesOf(tree: Tree, path: string): TreeModule[] {
  const folders = Object.keys(moduleFolders).filter((dir) => tree.has(`${dir}/go.mod`));
  const modules = ["", ...folders].map((Dir): TreeModule => {
    const major = /(?:^|\/)v2$/.exec(Dir);
    const TagPrefix = major ? Dir.slice(0, major.index) : Dir;
    return { Dir, Path: join(path, Dir), TagPrefix, Major: major ? "v2" : "v0" };
  });
  const root = decodeText(tree.get("go.mod")?.Bytes ?? new Uint8Array());
  if (folders.includes("v2") || !root.includes(`${path}/v2`)) return modules;
  return [...modules, { Dir: "", Path: `${path}/v2`, TagPrefix: "", Major: "v2" }];
}

/**
 * A tree for the module at the root and those of modulesOf. About one in five has
 * something that makes Go refuse the version, at times in a place where it does not matter.
 */
export function randomTree(random: Random, module: string, format: string): Tree {
  const tree: Tree = new Map();
  if (random.chance(0.9)) {
    tree.set("go.mod", goMod(random, module + (random.chance(0.08) ? "/v2" : "")));
  }
  if (random.chance(0.06)) tree.set("go.mod", random.pick(oddGoMods));
  for (let n = random.int(1, 20); n > 0; n--) {
    const mode = random.pick(["100644", "100644", "100644", "100755"] as const);
    tree.set(path(random), { Mode: mode, Bytes: content(random) });
  }
  for (const [dir, chance] of Object.entries(moduleFolders)) {
    if (!random.chance(chance)) continue;
    tree.set(`${dir}/go.mod`, goMod(random, `${module}/${dir}`));
    tree.set(`${dir}/x.go`, text("package x\n"));
    if (random.chance(0.1)) tree.set(`${dir}/LICENSE`, text("own\n"));
    if (random.chance(0.1)) tree.set(`${dir}/LICENSE`, link("../LICENSE"));
    if (random.chance(0.1)) tree.set(`${dir}/License`, text("collides with an inherited one\n"));
    if (random.chance(0.05)) tree.set(`${dir}/LICENSE/x`, text("so does a folder\n"));
  }
  if (random.chance(0.5)) tree.set("LICENSE", text("Licence $Id$\n"));
  if (random.chance(0.1)) tree.set("LICENSE", link("COPYING"));
  if (random.chance(0.05)) tree.set("LICENSE/x", text("not inherited\n"));
  if (random.chance(0.02)) tree.set("go.mod/x", text("a folder\n"));
  const vendored = ["modules.txt", "v.go", "m/v.go", "it's/v.go"];
  for (const dir of ["vendor", "pkg/vendor", "longer/name/vendor", "sub/vendor", "v2/p/vendor"]) {
    if (random.chance(0.3)) tree.set(`${dir}/${random.pick(vendored)}`, text("package v\n"));
  }
  if (random.chance(0.3)) {
    const dir = path(random, "nested");
    tree.set(`${dir}/${random.pick(["go.mod", "GO.mod", "Go.Mod"])}`, text("module nested\n"));
    tree.set(`${dir}/${random.pick([...names, ...badNames])}`, text("in another module\n"));
  }
  if (random.chance(0.2)) tree.set(path(random, "link.go"), link(random.pick(["a.go", "/etc"])));
  if (random.chance(0.1)) tree.set(path(random, "linked/go.mod"), link("../go.mod"));
  if (random.chance(0.2)) {
    tree.set(random.pick(["module", "LICENSE", "sub/LICENSE", "aux", "pkg/A.GO"]), {
      Mode: "160000",
      Bytes: encodeText("12".repeat(format === "sha256" ? 32 : 20)),
    });
  }
  for (const dir of ["", "sub/", "pkg/", "deep/", "deep/er/"]) {
    if (!random.chance(dir === "" ? 0.4 : 0.1)) continue;
    const content = randomAttributes(random);
    tree.set(`${dir}.gitattributes`, random.chance(0.1) ? link(content) : text(content));
  }
  if (random.chance(0.25)) {
    if (random.chance(0.5)) tree.set(path(random, random.pick(badNames)), text("bad\n"));
    else {
      const dir = random.pick(["", "", "pkg/", "sub/"]);
      for (const name of random.pick(collisions)) tree.set(dir + name, text("collides\n"));
    }
    if (random.chance(0.1)) tree.set("GO.MOD", text("upper case\n"));
    if (random.chance(0.1)) tree.set("it's", link("bad name of a link"));
  }
  return possible(tree);
}

/** Without files in the place of folders. */
function possible(tree: Tree): Tree {
  const used = new Set<string>();
  for (const path of tree.keys()) {
    const names = path.split("/");
    names.slice(0, -1).forEach((_, i) => used.add(names.slice(0, i + 1).join("/")));
  }
  return new Map([...tree].filter(([path]) => !used.has(path)));
}

/** A `git fast-import` stream with one commit a tree on main, each with its tags. */
export function fastImport(
  commits: readonly { Tree: Tree; Tags: readonly string[] }[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  const put = (text: string) => parts.push(encodeText(text));
  const data = (bytes: Uint8Array) => {
    put(`data ${bytes.length}\n`);
    parts.push(bytes);
    put("\n");
  };
  commits.forEach(({ Tree, Tags }, i) => {
    put(`commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + i} +0000\n`);
    data(encodeText(`commit ${i}`));
    put("deleteall\n");
    for (const [path, { Mode, Bytes }] of Tree) {
      const quoted = `"${path.replace(/["\\\n]/g, (c) => c === "\n" ? "\\n" : "\\" + c)}"`;
      if (Mode === "160000") put(`M ${Mode} ${new TextDecoder().decode(Bytes)} ${quoted}\n`);
      else {
        put(`M ${Mode} inline ${quoted}\n`);
        data(Bytes);
      }
    }
    put("\n");
    for (const tag of Tags) put(`reset refs/tags/${tag}\nfrom refs/heads/main\n\n`);
  });
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
