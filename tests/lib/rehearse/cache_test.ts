import assert from "node:assert/strict";
import { join } from "node:path";
import { shareTools } from "../../../lib/rehearse/cache.ts";
import { Folder, snapshotFolder } from "../../support/repo.ts";

Deno.test("a cache of our own has the user's toolchains and signed records, and no modules", () => {
  using theirs = new Folder();
  using ours = new Folder();
  const write = (path: string) => {
    Deno.mkdirSync(theirs.join(path), { recursive: true });
    Deno.writeTextFileSync(theirs.join(path, "file"), path);
  };
  write("golang.org/toolchain@v0.0.1-go1.99.0.linux-amd64/bin");
  write("golang.org/x/mod@v0.1.0");
  write("cache/download/golang.org/toolchain/@v");
  write("cache/download/sumdb/sum.test/lookup");
  write("cache/download/example.com/m/@v");
  const before = snapshotFolder(theirs.path);
  shareTools(theirs.path, ours.path);
  const real = Deno.realPathSync(theirs.path);
  assert.deepEqual(snapshotFolder(ours.path), {
    "cache/download/golang.org/toolchain": `-> ${
      join(real, "cache/download/golang.org/toolchain")
    }`,
    "cache/download/sumdb": `-> ${join(real, "cache/download/sumdb")}`,
    "golang.org/toolchain@v0.0.1-go1.99.0.linux-amd64": `-> ${
      join(real, "golang.org/toolchain@v0.0.1-go1.99.0.linux-amd64")
    }`,
  });
  // Ours goes away, theirs stays.
  Deno.removeSync(ours.join("cache"), { recursive: true });
  assert.deepEqual(snapshotFolder(theirs.path), before);
  shareTools(theirs.join("nothing"), ours.join("new"));
});
