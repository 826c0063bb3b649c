import assert from "node:assert/strict";
import {
  blobOid,
  comparePaths,
  type ObjectFormat,
  objectOid,
  parseTree,
  treeBytes,
  type TreeEntry,
} from "../../../lib/git/objects.ts";
import { pathTexts } from "../../../lib/git/paths.ts";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";

const formats: readonly ObjectFormat[] = ["sha1", "sha256"];

/** Git in an empty repository of a format; input and output are bytes. */
async function git(format: ObjectFormat, args: string[], stdin: Uint8Array): Promise<Uint8Array> {
  using folder = new Folder();
  const env = gitEnvironment(folder.path);
  Deno.writeTextFileSync(folder.join("gitconfig"), "");
  run("git", ["init", "-q", "--bare", `--object-format=${format}`, folder.join("r")], { env });
  const { processes } = machine({ ...env, PATH: Deno.env.get("PATH")! });
  const result = await processes.run("git", args, { cwd: folder.join("r"), stdin });
  assert.equal(result.Code, 0, decodeText(result.Stderr));
  return result.Stdout;
}

Deno.test("blobs have the ids that git gives them, in both object formats", async () => {
  for (const format of formats) {
    for (const text of ["", "package a\n", "nul\0\r\n\udcff"]) {
      const bytes = encodeText(text);
      const theirs = decodeText(await git(format, ["hash-object", "--stdin"], bytes)).trim();
      assert.equal(blobOid(bytes, format), theirs);
    }
  }
});

Deno.test("trees are ordered and named as git does, whatever the names", async () => {
  for (const format of formats) {
    const oid = blobOid(encodeText(""), format);
    const entry = (Name: string, Mode = "100644"): TreeEntry => ({ Mode, Name, Oid: oid });
    const entries = [
      entry("a-b"),
      entry("a", "040000"),
      entry("a.b", "100755"),
      entry("a0", "160000"),
      entry("b", "120000"),
      entry("x y\nz\t\\"),
      entry("é"),
      entry("\uffee"),
      entry("😀"),
      entry("latin\udce9"),
      entry("\udcff\udcfe", "040000"),
    ];
    const lines = entries.map(({ Mode, Oid, Name }) => {
      const type = { "040000": "tree", "160000": "commit" }[Mode] ?? "blob";
      return `${Mode} ${type} ${Oid}\t${Name}\0`;
    });
    const theirs = await git(format, ["mktree", "-z", "--missing"], encodeText(lines.join("")));
    assert.equal(objectOid("tree", treeBytes(entries), format), decodeText(theirs).trim());
    const parsed = parseTree(treeBytes([...entries].reverse()), format);
    assert.deepEqual(
      new Set(parsed.map((e) => JSON.stringify(e))),
      new Set(entries.map((e) => JSON.stringify(e))),
    );
    assert.deepEqual(treeBytes(parsed), treeBytes(entries));
  }
});

Deno.test("the empty tree has its well-known id", () => {
  assert.equal(
    objectOid("tree", treeBytes([]), "sha1"),
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  );
});

Deno.test("bytes that are no tree are refused", () => {
  for (const text of ["100644", "100644 name", "100644 name\0short"]) {
    assert.throws(() => parseTree(encodeText(text), "sha1"), RangeError);
  }
});

Deno.test("names that end in NUL are told apart even if one of them is not UTF-8", () => {
  const texts = ["a", "b\nc", "é", ""];
  assert.deepEqual(pathTexts(encodeText(texts.map((t) => t + "\0").join(""))), texts);
  const odd = ["é", "latin\udce9", "😀"];
  assert.deepEqual(pathTexts(encodeText(odd.map((t) => t + "\0").join(""))), odd);
});

Deno.test("paths are ordered by their bytes", () => {
  const paths = [
    "a",
    "a-b",
    "a/b",
    "a0",
    "\u07ff",
    "\udc80",
    "\udcc3",
    "é",
    "\uffee",
    "😀",
    "\udcff",
  ];
  const byBytes = [...paths].sort((a, b) => {
    const [x, y] = [encodeText(a), encodeText(b)].map((bytes) => String.fromCharCode(...bytes));
    return x! < y! ? -1 : 1;
  });
  assert.deepEqual([...paths].reverse().sort(comparePaths), byBytes);
});
