import assert from "node:assert/strict";
import { readTar } from "../../../lib/git/tar.ts";
import { Failed } from "../../../lib/problem.ts";
import { Repo } from "../../support/repo.ts";

async function* chunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length);
}

async function read(bytes: Uint8Array, length: number): Promise<[string, number][]> {
  const files: [string, number][] = [];
  for await (const { Path, Bytes } of readTar(chunks(bytes, length))) {
    files.push([Path, Bytes.length]);
  }
  return files;
}

Deno.test("a tar stream gives the same files in chunks of any length, and none of a cut one", async () => {
  using repo = new Repo();
  const long = "é".repeat(100);
  repo.commit("files", { "a": "", "b/c": "x".repeat(511), "d": "x".repeat(513), [long]: "long" });
  repo.git("archive", "--format=tar", "--output=../a.tar", "HEAD");
  const tar = Deno.readFileSync(repo.folder.join("a.tar"));
  const expected = [["a", 0], ["b/c", 511], ["d", 513], [long, 4]];
  for (const length of [1, 7, 512, 1000, tar.length]) {
    assert.deepEqual(await read(tar, length), expected, `chunks of ${length}`);
  }
  // The end of the archive is filled up with blocks of zeros, of which the first counts.
  const end = tar.findLastIndex((byte) => byte !== 0) + 1;
  for (let cut = 0; cut < end; cut += 100) {
    await assert.rejects(read(tar.subarray(0, cut), 300), Failed, `cut at ${cut}`);
  }
});

Deno.test("what is no tar stream is refused", async () => {
  await assert.rejects(read(new Uint8Array(1024).fill(0x61), 512), Failed);
});
