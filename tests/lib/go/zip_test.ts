import assert from "node:assert/strict";
import {
  checkFiles,
  entriesBelow,
  type Entry,
  maxGoMod,
  maxLicense,
  maxZipFile,
  withLicense,
  zipPrefix,
} from "../../../lib/go/zip.ts";

const file = (Path: string, Size = 1): Entry => ({ Path, Mode: "100644", Oid: "", Size });
const link = (Path: string): Entry => ({ ...file(Path), Mode: "120000" });
const submodule = (Path: string): Entry => ({ ...file(Path, 0), Mode: "160000" });

/** The three lists in short: "+path", "-path: reason", "!path: reason". */
function checked(entries: readonly (Entry | string)[], goVersion?: string): string[] {
  const files = entries.map((entry) => typeof entry === "string" ? file(entry) : entry);
  const { Valid, Omitted, Invalid } = checkFiles(files, { goVersion });
  return [
    ...Valid.map((entry) => `+${entry.Path}`),
    ...Omitted.map(({ Path, Reason }) => `-${Path}: ${Reason}`),
    ...Invalid.map(({ Path, Reason }) => `!${Path}: ${Reason}`),
  ];
}

Deno.test("plain, hidden, executable and generated files are all in the zip", () => {
  const paths = [
    "go.mod",
    ".github/workflows/ci.yml",
    ".gitattributes",
    "_skip/a.go",
    "testdata/big.bin",
    "a_windows.go",
    "x y/-z@[1]#!$%&(){}+,=^~.txt",
    "日本語/é.go",
  ];
  const run = { ...file("run.sh"), Mode: "100755" };
  assert.deepEqual(checked([...paths, run]), [...paths, "run.sh"].map((path) => `+${path}`));
});

const vendorRows: readonly (readonly [path: string, before: boolean, since: boolean])[] = [
  ["vendor/a/b.go", false, false],
  ["vendor/x.go", true, true],
  ["vendor/modules.txt", true, false],
  ["vendor/amodules.txt", true, true],
  ["pkg/vendor/a/b.go", false, false],
  ["pkg/vendor/x.go", false, true],
  ["longer/name/vendor/x.go", false, true],
  ["longer/name/vendor/modules.txt", false, true],
  ["pkg/vendor/vendor/x.go", false, false],
  ["vendors/a/b.go", true, true],
  ["pkg/vendor", true, true],
  ["Vendor/a/b.go", true, true],
];

Deno.test("the go line decides which vendored files are left out", () => {
  const before = [undefined, "", "1", "1.9", "1.23", "1.23.99", "1.024", "1.24.0rc1", "nonsense"];
  const since = ["1.24", "1.24rc1", "1.24.0", "1.24.3", "1.100", "2.0", "1.24-custom"];
  const kept = (path: string, goVersion?: string) => checked([path], goVersion)[0] === `+${path}`;
  for (const [path, old, modern] of vendorRows) {
    for (const go of before) assert.equal(kept(path, go), old, `${path} with go ${go}`);
    for (const go of since) assert.equal(kept(path, go), modern, `${path} with go ${go}`);
  }
});

Deno.test("a folder with a go.mod in any case is another module, but not the root", () => {
  assert.deepEqual(checked(["go.mod", "a/go.mod", "a/x.go", "a/b/y.go", "ab/x.go"]), [
    "+go.mod",
    "+ab/x.go",
    "-a/go.mod: file is in another module",
    "-a/x.go: file is in another module",
    "-a/b/y.go: file is in another module",
  ]);
  assert.deepEqual(checked(["b/GO.mod", "b/c.go"]), [
    "-b/GO.mod: file is in another module",
    "-b/c.go: file is in another module",
  ]);
  assert.deepEqual(checked([link("l/go.mod"), "l/x.go", submodule("s/go.mod"), "s/x.go"]), [
    "+l/x.go",
    "+s/x.go",
    "-l/go.mod: file is a symbolic link",
    "-s/go.mod: not a regular file",
  ]);
  assert.deepEqual(checked(["go.mod/x.go"]), ["+go.mod/x.go"]);
});

const badRows: readonly (readonly [path: string, reason: string])[] = [
  ["a//b", "file path is not clean"],
  ["./a", "file path is not clean"],
  ["a/../b", "file path is not clean"],
  ["a/", "file path is not clean"],
  ["", "file path is not clean"],
  ["/a", "file path is not relative"],
  ["/vendor/a/b.go", "file path is not relative"],
  ["../a", 'malformed file path "../a": invalid path element ".."'],
  ["GO.MOD", "go.mod files must have lowercase names"],
  ["go.Mod", "go.mod files must have lowercase names"],
  ["it's.txt", `malformed file path "it's.txt": invalid char '\\''`],
  ["a:b", "malformed file path \"a:b\": invalid char ':'"],
  ["dot.", 'malformed file path "dot.": trailing dot in path element'],
  [
    "x/aux.go",
    'malformed file path "x/aux.go": "aux" disallowed as path element component on Windows',
  ],
  ["latin\udce9.txt", 'malformed file path "latin\\xe9.txt": invalid UTF-8'],
];

Deno.test("one name that some platform cannot hold makes the version invalid", () => {
  for (const [path, reason] of badRows) {
    assert.deepEqual(checked([path]), [`!${path}: ${reason}`]);
  }
});

Deno.test("the first rule that hits decides", () => {
  assert.deepEqual(checked(["vendor/x/it's.go", "n/go.mod", "n/aux.go"]), [
    "-vendor/x/it's.go: file is in vendor directory",
    "-n/go.mod: file is in another module",
    "-n/aux.go: file is in another module",
  ]);
  assert.deepEqual(checked([".hg_archival.txt", "a/.hg_archival.txt"]), [
    "+a/.hg_archival.txt",
    "-.hg_archival.txt: file is inserted by 'hg archive' and is always omitted",
  ]);
  assert.deepEqual(checked([link("l"), link("b:d"), "A", link("a")]), [
    "+A",
    "-l: file is a symbolic link",
    "!b:d: malformed file path \"b:d\": invalid char ':'",
    '!a: case-insensitive file name collision: "A" and "a"',
  ]);
  assert.deepEqual(checked([submodule("b:d"), "A", submodule("a")]), [
    "+A",
    "-b:d: not a regular file",
    "-a: not a regular file",
  ]);
});

const foldRows: readonly (readonly [a: string, b: string, collide: boolean])[] = [
  ["a.go", "A.go", true],
  ["dir/a.go", "Dir/b.go", true],
  ["k", "\u212a", true],
  ["K", "\u212a", true],
  ["s", "ſ", true],
  ["ſ", "S", true],
  ["ß", "ẞ", true],
  ["ss", "ß", false],
  ["SS", "ẞ", false],
  ["é", "É", true],
  ["σ", "ς", true],
  ["Σ", "ς", true],
  ["μ", "µ", true],
  ["å", "\u212b", true],
  ["ω", "\u2126", true],
  ["i", "İ", false],
  ["I", "ı", false],
  ["ǆ", "ǅ", true],
  ["Ꭰ", "ꭰ", true],
  ["𐐀", "𐐨", true],
  ["ﬁ", "fi", false],
  ["a", "b", false],
  ["a/b", "a/c", false],
];

Deno.test("names that are equal under simple case folding collide, and no others", () => {
  for (const [a, b, collide] of foldRows) {
    for (const pair of [[a, b], [b, a]] as const) {
      const { Invalid, Valid } = checkFiles(pair.map((path) => file(path)));
      assert.equal(Invalid.length === 1 && Valid.length === 1, collide, pair.join(" and "));
    }
  }
});

Deno.test("a path is either a file or a folder, and occurs once", () => {
  assert.deepEqual(checked(["a", "a/b"]), ["+a", '!a/b: entry "a" is both a file and a directory']);
  assert.deepEqual(checked(["a/b", "a"]), ["+a/b", '!a: entry "a" is both a file and a directory']);
  assert.deepEqual(checked(["a", "a"]), ["+a", '!a: multiple entries for file "a"']);
});

Deno.test("sizes at the limit are allowed, and one byte more is not", () => {
  const size = (...entries: Entry[]) => checkFiles(entries).SizeError;
  const half = maxZipFile / 2;
  assert.equal(size(file("a", half), file("b", half)), undefined);
  assert.match(size(file("a", half), file("b", half + 1))!, /^module source tree too large/);
  assert.equal(
    size(file("a", half), link("l"), file("vendor/x/y", half), file("b", half)),
    undefined,
  );
  assert.deepEqual(checked([file("go.mod", maxGoMod), file("LICENSE", maxLicense)]), [
    "+go.mod",
    "+LICENSE",
  ]);
  assert.deepEqual(checked([file("go.mod", maxGoMod + 1), file("LICENSE", maxLicense + 1)]), [
    "!go.mod: go.mod file too large (max size is 16777216 bytes)",
    "!LICENSE: LICENSE file too large (max size is 16777216 bytes)",
  ]);
  assert.deepEqual(checked([file("a/LICENSE", maxLicense + 1)]), ["+a/LICENSE"]);
});

Deno.test("a module in a sub-directory inherits the repository's LICENSE", () => {
  const root = [{ ...file("LICENSE", 7), Oid: "root" }, file("sub/go.mod"), file("sub/a.go")];
  const paths = (entries: readonly Entry[], all = root) =>
    withLicense(entries, all).map(({ Path, Oid }) => Path + (Oid && `=${Oid}`));
  const own = entriesBelow(root, "sub");
  assert.deepEqual(paths(own), ["go.mod", "a.go", "LICENSE=root"]);
  assert.deepEqual(paths([...own, file("LICENSE")]), ["go.mod", "a.go", "LICENSE"]);
  assert.deepEqual(paths([link("LICENSE")]), ["LICENSE"]);
  assert.deepEqual(paths([submodule("LICENSE")]), ["LICENSE=root"]);
  assert.deepEqual(paths(own, [file("LICENSE.md"), submodule("LICENSE")]), ["go.mod", "a.go"]);
  assert.deepEqual(paths(own, [{ ...link("LICENSE"), Oid: "text" }]), [
    "go.mod",
    "a.go",
    "LICENSE=text",
  ]);
  assert.equal(withLicense(own, [link("LICENSE")]).at(-1)?.Mode, "100644");
  for (const beside of [[], [submodule("LICENSE")]]) {
    const { Invalid } = checkFiles(withLicense([...beside, file("License")], root));
    assert.deepEqual(Invalid.map((e) => e.Reason), [
      'case-insensitive file name collision: "License" and "LICENSE"',
    ]);
  }
});

Deno.test("entriesBelow() takes the folder of that very name", () => {
  const entries = ["sub/a", "sub2/a", "sub", "x/sub/a", "sub/b/c"].map((path) => file(path));
  assert.deepEqual(entriesBelow(entries, "sub").map((e) => e.Path), ["a", "b/c"]);
  assert.equal(entriesBelow(entries, "").length, 5);
});

Deno.test("zipPrefix() is the module at its version", () => {
  assert.equal(zipPrefix("example.com/m/v2", "v2.0.0"), "example.com/m/v2@v2.0.0/");
});
