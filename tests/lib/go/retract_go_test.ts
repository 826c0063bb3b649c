/** go-rules §8.1, §8.2 and §8.4, each row as the go command shows it over a proxy of files. */
import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { parseLax } from "../../../lib/go/modfile/mod.ts";
import { query, source } from "../../../lib/go/query.ts";
import { retractions, shortDeprecation, shortRationale } from "../../../lib/go/retract.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { Folder } from "../../support/repo.ts";
import { FileProxy, goList } from "./golist.ts";

interface Row {
  name: string;
  /** Version → what its go.mod says below `module` and `go 1.21`; null: no go.mod, as go makes one up. */
  mods: Record<string, string | null>;
  /** The whole go.mod of a version instead. */
  whole?: Record<string, string>;
  /** Whose go.mod counts; what it retracts, and why; what the deprecation says. */
  source: string;
  retracted: Record<string, string[]>;
  deprecated?: string;
  /** What each query gives; null: go fails. */
  gives: Record<string, string | null>;
}

const author = ["retracted by module author"];

const table: Row[] = [
  {
    name: "a line in v1.1.1 while v1.2.0 is the highest",
    mods: { "v1.0.0": "", "v1.1.1": "retract v1.0.0 // bad\n", "v1.2.0": "" },
    source: "v1.2.0",
    retracted: {},
    gives: { latest: "v1.2.0", "v1.0": "v1.0.0", "<v1.1.1": "v1.0.0" },
  },
  {
    name: "a line in a pre-release above the highest release",
    mods: { "v1.2.0": "", "v1.3.0-rc.1": "retract v1.2.0 // bad\n" },
    source: "v1.2.0",
    retracted: {},
    gives: { latest: "v1.2.0", "v1": "v1.2.0", ">v1.2.0": "v1.3.0-rc.1" },
  },
  {
    name: "pre-releases only: the highest is read",
    mods: { "v1.0.0-rc.2": "", "v1.0.0-rc.10": "retract v1.0.0-rc.10 // bad\n" },
    source: "v1.0.0-rc.10",
    retracted: { "v1.0.0-rc.10": ["bad"] },
    gives: { latest: "v1.0.0-rc.2", "v1.0": null, "v1.0.0-rc.10": "v1.0.0-rc.10" },
  },
  {
    name: "a later release lacks the line",
    mods: { "v1.1.0": "", "v1.2.0": "retract v1.1.0\n", "v1.3.0": "" },
    source: "v1.3.0",
    retracted: {},
    gives: { "v1.1": "v1.1.0" },
  },
  {
    name: "the highest retracts itself",
    mods: { "v1.0.0": "", "v1.1.0": "retract [v1.1.0, v1.1.1] // both\n", "v1.1.1": null },
    whole: { "v1.1.1": "module M\ngo 1.21\nretract [v1.1.0, v1.1.1] // both\n" },
    source: "v1.1.1",
    retracted: { "v1.1.0": ["both"], "v1.1.1": ["both"] },
    gives: { latest: "v1.0.0", "v1": "v1.0.0", "v1.1": null, "v1.1.1": "v1.1.1", ">=v1.1.0": null },
  },
  {
    name: "a go line that no toolchain here has",
    mods: { "v1.0.0": "" },
    whole: { "v1.1.0": "// Deprecated: old\nmodule M\n\ngo 1.999\nretract v1.0.0 // bad\n" },
    source: "v1.1.0",
    retracted: { "v1.0.0": ["bad"] },
    deprecated: "old",
    gives: { latest: "v1.1.0", "<v1.1.0": null },
  },
  {
    name: "a go.mod of another path",
    mods: { "v1.0.0": "" },
    whole: { "v1.1.0": "// Deprecated: moved\nmodule example.com/other\nretract v1.0.0 // bad\n" },
    source: "v1.1.0",
    retracted: { "v1.0.0": ["bad"] },
    deprecated: "moved",
    gives: { latest: "v1.1.0", "v1.0": null },
  },
  {
    name: "lines that cannot be read, and one that can",
    mods: {
      "v1.0.0": "",
      "v1.1.0": "retract nonsense\nunknown x\nretract [v1.0.0\nretract v1.0.0 // bad\nreplace x\n",
    },
    source: "v1.1.0",
    retracted: { "v1.0.0": ["bad"] },
    gives: { "v1.0": null },
  },
  {
    name: "another major, and a reversed range",
    mods: { "v1.0.0": "", "v1.1.0": "retract (\n\tv2.0.0\n\t[v1.1.0, v1.0.0]\n)\n" },
    source: "v1.1.0",
    retracted: {},
    gives: { latest: "v1.1.0", "v1.0": "v1.0.0" },
  },
  {
    name: "a range takes in the pre-releases of its upper end, not of its lower one",
    mods: {
      "v1.0.0-rc.1": "",
      "v1.0.0": "",
      "v1.1.0-rc.1": "",
      "v1.1.0": "",
      "v1.2.0": "retract [v1.0.0, v1.1.0] // range\n",
    },
    source: "v1.2.0",
    retracted: { "v1.0.0": ["range"], "v1.1.0-rc.1": ["range"], "v1.1.0": ["range"] },
    gives: { "v1.0": null, "v1.1": null, "<v1.2.0": "v1.0.0-rc.1" },
  },
  {
    name: "an incompatible version, by its number alone",
    mods: {
      "v2.0.0+incompatible": null,
      "v2.1.0+incompatible": null,
      "v1.0.0": "retract v2.1.0\n",
    },
    source: "v1.0.0",
    retracted: { "v2.1.0+incompatible": author },
    gives: { latest: "v1.0.0", "v2": "v2.0.0+incompatible", "v2.1": null },
  },
  {
    name: "incompatible versions above what has no go.mod are read, and say nothing",
    mods: { "v1.0.0": null, "v2.0.0+incompatible": null },
    source: "v2.0.0+incompatible",
    retracted: {},
    gives: { latest: "v2.0.0+incompatible", "v1": "v1.0.0" },
  },
  {
    name: "everything",
    mods: { "v0.1.0": "", "v1.0.0": "retract [v0.0.0-0, v9.9.9]\n" },
    source: "v1.0.0",
    retracted: { "v0.1.0": author, "v1.0.0": author },
    gives: { latest: null, "v0": null, "v1": null, "v1.0.0": "v1.0.0" },
  },
  {
    name: "an accidental v1 is gone, and v0 is the latest again",
    mods: { "v0.9.0": "", "v1.0.0": "", "v1.0.1": "retract [v1.0.0, v1.0.1] // too early\n" },
    source: "v1.0.1",
    retracted: { "v1.0.0": ["too early"], "v1.0.1": ["too early"] },
    gives: { latest: "v0.9.0", "v1": null, "<v1.0.0": "v0.9.0" },
  },
  {
    name: "reasons of all lines in their order; none counts only alone",
    mods: {
      "v1.0.0": "",
      "v1.1.0": "",
      "v1.2.0":
        "// own\nretract v1.0.0\nretract [v1.0.0, v1.1.0]\n// own\n// twice\nretract v1.0.0\n",
    },
    source: "v1.2.0",
    retracted: { "v1.0.0": ["own", "own\ntwice"], "v1.1.0": author },
    gives: { latest: "v1.2.0" },
  },
  {
    name: "a release that no longer says it takes a deprecation back",
    mods: { "v1.1.0": "" },
    whole: { "v1.0.0": "// Deprecated: old\nmodule M\n" },
    source: "v1.1.0",
    retracted: {},
    gives: { latest: "v1.1.0" },
  },
];

/** A row's module, every go.mod as it is served. */
function modsOf({ mods, whole = {} }: Row, path: string): Map<string, string> {
  const all = { ...mods, ...whole };
  return new Map(
    Object.entries(all).map(([version, text]) => [
      version,
      whole[version]?.replace("module M\n", `module ${path}\n`) ??
        (text === null ? `module ${path}\n` : `module ${path}\n\ngo 1.21\n${text}`),
    ]),
  );
}

Deno.test(needsGo("whose go.mod says what is retracted, and what every query gives then"), () => {
  using proxy = new FileProxy();
  const rows = table.map((row, i) => {
    const path = `example.com/rule${i}`;
    const mods = modsOf(row, path);
    proxy.add(path, [...mods.keys()], mods);
    const versions = [...mods.keys()];
    const offer = { versions, hasGoMod: (v: string) => mods.get(v) !== `module ${path}\n` };
    return {
      ...row,
      path,
      versions,
      offer,
      read: parseLax("go.mod", encode(mods.get(row.source)!)),
    };
  });
  const each = rows.flatMap((row) => row.versions.map((v) => ({ row, v })));
  const asked = rows.flatMap((row) => Object.keys(row.gives).map((q) => ({ row, q })));
  const list = (flags: string[], of: { row: { path: string }; q: string }[]) =>
    goList(proxy.go, flags, of.map(({ row, q }) => `${row.path}@${q}`));
  const all = rows.map((row) => ({ row, q: row.source }));
  const sources = list(["-retracted"], rows.map((row) => ({ row, q: "latest" })));
  const shown = list(["-versions"], all);
  const everything = list(["-versions", "-retracted"], all);
  const reasons = list(["-retracted"], each.map(({ row, v }) => ({ row, q: v })));
  const deprecated = list(["-u"], all);
  for (const [i, row] of rows.entries()) {
    const { Retract, Module } = row.read.Mod;
    assert.deepEqual([source(row.offer), sources[i]!.Version], [row.source, row.source], row.name);
    const kept = (everything[i]!.Versions ?? []).filter((v) => !row.retracted[v]);
    assert.deepEqual(shown[i]!.Versions ?? [], kept, row.name);
    const said = [Module?.Deprecated, deprecated[i]!.Deprecated];
    assert.deepEqual(said, [row.deprecated, row.deprecated], row.name);
    for (const [j, { row: of, v }] of each.entries()) {
      if (of !== row) continue;
      const ours = retractions(Retract, v) ?? undefined;
      const expected = row.retracted[v];
      assert.deepEqual([ours, reasons[j]!.Retracted], [expected, expected], `${v}: ${row.name}`);
    }
  }
  const answers = list([], asked);
  for (const [i, { row, q }] of asked.entries()) {
    const theirs = answers[i]!.Error ? null : answers[i]!.Version;
    const ours = query(row.offer, q, { retracts: row.read.Mod.Retract });
    const expected = row.gives[q];
    assert.deepEqual([ours, theirs], [expected, expected], `${q}: ${row.name}`);
  }
});

/** Comments as they stand in go.mod: what go get prints of each as a reason, and as a deprecation. */
const messages = [
  ...["plain", "first\n// second", "first\n//\n// second", "  padded \t", "tab\tin it"],
  ...["x".repeat(500), "x".repeat(501), "é".repeat(250), "é".repeat(250) + "x"],
  ...["x".repeat(499) + "\n// more", "x".repeat(600) + "\u0007"],
  ...["bell\u0007", "escape \u001b[31mred", "right to left \u202e", "\ufeffmark", "no\u00a0break"],
  ...[
    "soft\u00adhyphen",
    "private \ue000",
    "日本語 😀 e\u0301",
    "zero\u200bwidth",
    "line\u2028end",
  ],
  ...["delete\u007f", "next\u0085line", "fine\n// bell\u0007", "ogham\u1680space", "tag\u{e0041}"],
];

Deno.test(needsGo("go get prints of a reason and of a deprecation what we say it does"), () => {
  using folder = new Folder();
  using go = new Go({ GOPROXY: `file://${folder.path}` });
  const rows = messages.flatMap((message, i) =>
    ["retracted", "deprecated"].map((as) => ({ message, as, path: `example.com/${as}${i}` }))
  );
  // What begins with an empty line has nothing in its first one.
  rows.push(
    { message: "\n// late", as: "deprecated", path: "example.com/late" },
    { message: "", as: "retracted", path: "example.com/none" },
    { message: "", as: "deprecated", path: "example.com/nothing" },
  );
  for (const { message, as, path } of rows) {
    Deno.mkdirSync(folder.join(path, "@v"), { recursive: true });
    const write = (name: string, content: Uint8Array) =>
      Deno.writeFileSync(folder.join(path, "@v", name), content);
    const comment = message === "" ? "" : `// ${message}\n`;
    const mod = encode(
      as === "retracted"
        ? `module ${path}\n\ngo 1.21\n\n${comment}retract v1.0.0\n`
        : `// Deprecated: ${message}\nmodule ${path}\n\ngo 1.21\n`,
    );
    write("list", encode("v1.0.0\n"));
    write("v1.0.0.info", encode('{"Version":"v1.0.0","Time":"2026-01-02T03:04:05Z"}'));
    write("v1.0.0.mod", mod);
    const zip = { [`${path}@v1.0.0/go.mod`]: mod, [`${path}@v1.0.0/a.go`]: encode("package a\n") };
    write("v1.0.0.zip", zipSync(zip, { level: 0 }));
  }
  Deno.writeTextFileSync(go.folder.join("go.mod"), "module example.com/main\n\ngo 1.21\n");
  const { code, stderr } = go.run(["get", ...rows.map(({ path }) => `${path}@v1.0.0`)]);
  assert.equal(code, 0, stderr);
  const printed = (path: string) => {
    const retracted = stderr.split(`go: warning: ${path}@v1.0.0: `)[1]?.split("\n", 1)[0];
    const deprecated = stderr.split(`go: module ${path} is deprecated: `)[1]?.split("\n", 1)[0];
    return retracted?.replace(/^retracted by module author: /, "") ?? deprecated ?? "";
  };
  for (const { message, as, path } of rows) {
    const text = new TextDecoder().decode(Deno.readFileSync(folder.join(path, "@v", "v1.0.0.mod")));
    const { Mod } = parseLax("go.mod", encode(text));
    const ours = as === "retracted"
      ? shortRationale(retractions(Mod.Retract, "v1.0.0")![0]!)
      : shortDeprecation(Mod.Module?.Deprecated ?? "");
    assert.equal(ours, printed(path), `${as}: ${JSON.stringify(message)}`);
  }
});
