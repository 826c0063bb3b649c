import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { hash1, sum256 } from "../../../lib/go/dirhash.ts";
import { maxZipFile } from "../../../lib/go/zip.ts";
import { moduleZip, zipHash } from "../../../lib/proxy/zip.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { Folder } from "../../support/repo.ts";

const prefix = "example.com/m@v1.0.0/";
const refused = async (bytes: Uint8Array) => {
  const answer = await zipHash(bytes, prefix);
  return "Error" in answer ? answer.Error : "accepted";
};

/** The one place where `from` stands, overwritten; counts from the end with `last`. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number[], nth = 0) {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let found = -1;
  for (let at = 0; at + 4 <= copy.length; at++) {
    if (view.getUint32(at, true) === signature && ++found === nth) {
      copy.set(value, at + offset);
      return copy;
    }
  }
  throw new Error("no such signature");
}
const local = 0x04034b50, central = 0x02014b50, end = 0x06054b50;

Deno.test("zipHash is Hash1 over names and contents, whatever the packing", async () => {
  const files: [string, Uint8Array][] = [
    ["go.mod", encode("module example.com/m\n")],
    ["b/long.txt", encode("long ".repeat(10_000))],
    ["a.go", encode("package m\n")],
    ["empty", new Uint8Array()],
    ["é.txt", encode("é")],
  ];
  const want = {
    Sum: hash1(files.map(([name, bytes]) => ({ Name: prefix + name, Sum: sum256(bytes) }))),
    Files: 5,
    Bytes: files.reduce((n, [, bytes]) => n + bytes.length, 0),
  };
  assert.deepEqual(await zipHash(await moduleZip(prefix, files), prefix), want);
  const stored = zipSync(Object.fromEntries(files.map(([n, b]) => [prefix + n, b])), { level: 0 });
  assert.deepEqual(await zipHash(stored, prefix), want);
  const comment = new Uint8Array([...stored.slice(0, -2), 3, 0, 1, 2, 3]);
  assert.deepEqual(await zipHash(comment, prefix), want);
  const inside = new Uint8Array([9, 9, ...stored, 9]).subarray(2, 2 + stored.length);
  assert.deepEqual(await zipHash(inside, prefix), want);
});

Deno.test("zipHash refuses what is damaged, hostile or of another module, with the reason", async () => {
  const good = await moduleZip(prefix, [["a.go", encode("package m\n".repeat(99))], [
    "b.go",
    encode("b"),
  ]]);
  const other = await moduleZip("example.com/m@v1.0.1/", [["go.mod", encode("x")]]);
  const bare = await moduleZip("", [["../../go.mod", encode("x")]]);
  const twice = await moduleZip(prefix, [["a.go", encode("1")], ["b.go", encode("2")]]);
  // The names of the second entry become those of the first.
  for (let at = 0; at < twice.length; at++) {
    if (twice[at] === 98 && twice[at + 1] === 46) twice[at] = 97;
  }
  const rows: [string, Uint8Array, string][] = [
    ["empty", new Uint8Array(), "what came is no zip"],
    ["text", encode("not found: unknown revision v1.0.0"), "what came is no zip"],
    ["cut off at the end", good.slice(0, -1), "what came is no zip"],
    ["cut off at the start", good.slice(10), "the zip is damaged"],
    [
      "another version",
      other,
      'the zip has the file "example.com/m@v1.0.1/go.mod", which is not below "example.com/m@v1.0.0/"',
    ],
    [
      "outside",
      bare,
      'the zip has the file "../../go.mod", which is not below "example.com/m@v1.0.0/"',
    ],
    ["twice", twice, 'the zip has the file "example.com/m@v1.0.0/a.go" twice'],
    ["encrypted", patched(good, central, 8, [1, 0]), `"${prefix}a.go" is encrypted`],
    [
      "other method",
      patched(good, central, 10, [12, 0]),
      `"${prefix}a.go" is packed with method 12; Go reads 0 and 8 only`,
    ],
    [
      "checksum",
      patched(good, central, 16, [1, 2, 3, 4]),
      `the checksum of "${prefix}a.go" in the zip is wrong`,
    ],
    [
      "larger than declared",
      patched(good, central, 24, [9, 0]),
      `"${prefix}a.go" does not unpack to the size it declares`,
    ],
    [
      "smaller than declared",
      patched(good, central, 24, [9, 9]),
      `"${prefix}a.go" does not unpack to the size it declares`,
    ],
    [
      "a bomb that says so",
      patched(good, central, 24, [0, 0, 0, 0x20]),
      "the zip unpacks to 536870913 bytes; Go's limit is 524288000",
    ],
    [
      "name not UTF-8",
      patched(good, central, 46, [0xff]),
      `the name "\ufffdxample.com/m@v1.0.0/a.go" is not UTF-8`,
    ],
    [
      "line break",
      patched(good, central, 46, [10]),
      `the name "xample.com/m@v1.0.0/a.go" has a line break`,
    ],
    ["local header", patched(good, local, 0, [0]), "the zip is damaged"],
    ["offset", patched(good, central, 42, [0xff, 0xff, 0xff, 0x7f]), "the zip is damaged"],
    ["packed size", patched(good, central, 20, [0xff, 0xff, 0xff, 0x7f]), "the zip is damaged"],
    ["too many entries", patched(good, end, 10, [0xff, 0xff]), "the zip is damaged"],
    ["one entry too many", patched(good, end, 10, [3, 0]), "the zip is damaged"],
    ["directory elsewhere", patched(good, end, 16, [0xff, 0xff, 0xff, 0x7f]), "the zip is damaged"],
    ["name length", patched(good, central, 28, [0xff, 0xff]), "the zip is damaged"],
  ];
  for (const [name, bytes, want] of rows) assert.equal(await refused(bytes), want, name);
});

Deno.test("a large file is checked as it unpacks, to the byte", async () => {
  const content = new Uint8Array(5 << 20).fill(7);
  const good = await moduleZip(prefix, [["large", content]]);
  const size = (bytes: number) => [bytes & 255, bytes >> 8 & 255, bytes >> 16 & 255, bytes >> 24];
  assert.deepEqual(await zipHash(good, prefix), {
    Sum: hash1([{ Name: `${prefix}large`, Sum: sum256(content) }]),
    Files: 1,
    Bytes: content.length,
  });
  const name = `"${prefix}large"`;
  const unfit = `${name} does not unpack to the size it declares`;
  for (const declared of [content.length - 1, content.length + 1, maxZipFile]) {
    assert.equal(await refused(patched(good, central, 24, size(declared))), unfit);
  }
  assert.equal(
    await refused(patched(good, central, 16, [1, 2, 3, 4])),
    `the checksum of ${name} in the zip is wrong`,
  );
  const from = 30 + name.length - 2;
  const damaged = good.slice();
  damaged.fill(0xff, from + 100, from + 200);
  assert.match(await refused(damaged), /does not unpack to the size|checksum of/);
});

Deno.test("a directory that names more than a million files is not read", async () => {
  const count = 1_000_001n;
  const size = Number(count) * 46;
  const bytes = new Uint8Array(size + 56 + 20 + 22);
  const view = new DataView(bytes.buffer, size);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(32, count, true);
  view.setBigUint64(40, BigInt(size), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(size), true);
  view.setUint32(76, end, true);
  assert.equal(await refused(bytes), "the zip has 1000001 files; 1000000 are allowed");
});

Deno.test("zipHash gives a value, never an error, for random damage", async () => {
  const random = seeded("zipHash");
  const files = Array.from(
    { length: 4 },
    (_, n): [string, Uint8Array] => [`${n}.go`, encode("go ".repeat(n * 50))],
  );
  const good = await moduleZip(prefix, files);
  const want = await zipHash(good, prefix);
  let accepted = 0;
  for (let n = 0; n < cases(500, 20_000); n++) {
    const bytes = good.slice(0, random.chance(0.2) ? random.int(0, good.length) : good.length);
    for (let hits = random.int(1, 4); hits > 0 && bytes.length > 0; hits--) {
      bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
    }
    const answer = await zipHash(bytes, prefix);
    if ("Error" in answer) continue;
    accepted++;
    // A changed name is the only damage that neither checksums nor sizes show.
    if (answer.Bytes !== ("Bytes" in want ? want.Bytes : -1)) assert.fail(JSON.stringify(answer));
  }
  assert.ok(accepted > 0);
});

/** The same zip with its directory announced by zip64 records, as Go writes them from 65 535 entries on. */
function withZip64(bytes: Uint8Array): Uint8Array {
  const last = bytes.length - 22;
  const old = new DataView(bytes.buffer, bytes.byteOffset + last);
  const records = new DataView(new ArrayBuffer(56 + 20));
  const count = BigInt(old.getUint16(10, true));
  records.setUint32(0, 0x06064b50, true);
  records.setBigUint64(4, 44n, true);
  records.setBigUint64(24, count, true);
  records.setBigUint64(32, count, true);
  records.setBigUint64(40, BigInt(old.getUint32(12, true)), true);
  records.setBigUint64(48, BigInt(old.getUint32(16, true)), true);
  records.setUint32(56, 0x07064b50, true);
  records.setBigUint64(64, BigInt(last), true);
  records.setUint32(72, 1, true);
  const end = bytes.slice(last);
  end.fill(0xff, 8, 20);
  return new Uint8Array([...bytes.slice(0, last), ...new Uint8Array(records.buffer), ...end]);
}

Deno.test({
  ...needsGo("zipHash is the Sum that go mod download reports"),
  async fn() {
    using folder = new Folder();
    const at = folder.join("example.com", "m", "@v");
    Deno.mkdirSync(at, { recursive: true });
    const files: [string, Uint8Array][] = [
      ["go.mod", encode("module example.com/m\n")],
      ["ünicode.go", encode("package m\n".repeat(999))],
      ["empty", new Uint8Array()],
      ["sub/A.go", encode("package sub\n")],
    ];
    using go = new Go({ GOPROXY: `file://${folder.path}`, GOFLAGS: "-modcacherw" });
    for (
      const [version, change] of [["v1.0.0", (b: Uint8Array) => b], ["v1.1.0", withZip64]] as const
    ) {
      const name = `example.com/m@${version}/`;
      const bytes = change(await moduleZip(name, files));
      const info = JSON.stringify({ Version: version, Time: "2026-01-02T03:04:05Z" });
      Deno.writeTextFileSync(`${at}/${version}.info`, info);
      Deno.writeFileSync(`${at}/${version}.mod`, files[0]![1]);
      Deno.writeFileSync(`${at}/${version}.zip`, bytes);
      const said = go.run(["mod", "download", "-json", `example.com/m@${version}`]);
      assert.equal(said.code, 0, said.stdout);
      assert.deepEqual(await zipHash(bytes, name), {
        Sum: JSON.parse(said.stdout).Sum,
        Files: files.length,
        Bytes: files.reduce((n, [, content]) => n + content.length, 0),
      });
    }
  },
});
