/** `gorel explain` where the word is of no module at hand, or of another than the nearest. */
import assert from "node:assert/strict";
import type { ExplainDocument } from "../../lib/cli/answer.ts";
import { Refused } from "../../lib/problem.ts";
import { Repo } from "../support/repo.ts";
import { explained, seatOf, wordsOf } from "./explain_page.ts";

const goMod = (path: string) => `module ${path}\n\ngo 1.21\n`;

interface Page extends ExplainDocument {
  Said: string;
  Problems: string[];
}

/** Runs the command in this process, offline; thrown is what it refuses. */
async function page(repo: Repo, word: string): Promise<Page> {
  const { Document, Problems } = await explained(seatOf(repo), word, "--offline");
  return { ...Document, Said: wordsOf(Document), Problems };
}

Deno.test("with modules in folders only a commit has a name as each, and old root tags stay versions", async () => {
  using repo = new Repo();
  repo.commit("before modules", { "a.go": "package m\n" });
  repo.tag("v3.1.0");
  repo.commit("two modules", {
    "a/go.mod": goMod("example.com/m/a"),
    "b/go.mod": goMod("example.com/m/b"),
  });
  repo.tag("a/v0.2.0");
  const head = await page(repo, "HEAD");
  assert.deepEqual([head.Kind, head.Commit, head.Problems], [
    "commit",
    repo.git("rev-parse", "HEAD"),
    [],
  ]);
  assert.match(
    head.Said,
    /2 modules.*example\.com\/m\/a=v0\.2\.0 example\.com\/m\/b=v0\.0\.0-2026/,
  );
  for (const word of ["v3.1.0", "v3.1.0+incompatible"]) {
    const old = await page(repo, word);
    assert.deepEqual([old.Version, old.Problems], ["v3.1.0+incompatible", []], word);
    assert.deepEqual(old.Example, ["go get example.com/m@v3.1.0+incompatible"], word);
  }
  const absent = await page(repo, "v3.2.0");
  assert.match(absent.Said, /no go\.mod at all.*v3\.2\.0\+incompatible/);
  assert.deepEqual(absent.Problems, ["module-not-found"]);
  assert.equal((await page(repo, "v3.2.0+incompatible")).Example, undefined);
});

Deno.test("without any go.mod the refusal says so", async () => {
  using repo = new Repo();
  repo.commit("begin", { "a.go": "package m\n" });
  await assert.rejects(page(repo, "HEAD"), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual(error.problems.map((p) => p.Code), ["revision-unknown", "no-go-mod"]);
    return true;
  });
});

Deno.test("a version goes to the module of its major, though another is nearer", async () => {
  using repo = new Repo();
  repo.commit("two majors", {
    "go.mod": goMod("example.com/m"),
    "v4/go.mod": goMod("example.com/m/v4"),
  });
  repo.tag("v1.0.0");
  repo.tag("v4.0.0");
  assert.match((await page(repo, "v4.0.1")).Said, /example\.com\/m\/v4 yet.*next patch/);
  assert.match(
    (await page(repo, "v5.0.0")).Said,
    /v5 does not belong to the path example\.com\/m:/,
  );
  assert.match((await page(repo, "v4/v4.0.1")).Said, /never takes it.*has the tag v4\.0\.1/);
});

Deno.test("a version of a major that HEAD has left is of the path of its time, also by its full name", async () => {
  using repo = new Repo();
  repo.commit("before modules", { "a.go": "package m\n" });
  repo.tag("v3.5.0");
  repo.commit("v1 again", { "go.mod": goMod("example.com/m") });
  repo.tag("v1.9.0");
  repo.commit("v4", { "go.mod": goMod("example.com/m/v4") });
  repo.tag("v4.0.0");
  const gets = {
    "v3.5.0": "example.com/m@v3.5.0+incompatible",
    "v3.5.0+incompatible": "example.com/m@v3.5.0+incompatible",
    "example.com/m@v3.5.0+incompatible": "example.com/m@v3.5.0+incompatible",
    "v1.9.0": "example.com/m@v1.9.0",
    "example.com/m@v1.9.0": "example.com/m@v1.9.0",
  };
  for (const [word, get] of Object.entries(gets)) {
    assert.deepEqual((await page(repo, word)).Example, [`go get ${get}`], word);
  }
  const wrong = await page(repo, "v4.0.0+incompatible");
  assert.match(wrong.Said, /Go refuses v4\.0\.0\+incompatible of example\.com\/m: .*only where/);
});

Deno.test("rows ask like go, which looks only at the tags that begin like the query", async () => {
  using repo = new Repo();
  repo.commit("before modules", { "a.go": "package m\n" });
  repo.tag("v3.5.0");
  repo.tag("v3.5.1");
  repo.commit("go.mod without /v3", { "go.mod": goMod("example.com/m") });
  repo.tag("v3.8.0");
  assert.deepEqual((await page(repo, "v3.5.0")).List?.slice(1), [
    { Name: "@v3", Text: "no version" },
    { Name: "@v3.5", Text: "v3.5.1+incompatible" },
  ]);
});

Deno.test("a path says whether HEAD has its folder, and which are Go's own", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod("example.com/m"), "sub/a.go": "package sub\n" });
  const says: Record<string, RegExp> = {
    "example.com/m/sub": /that is the folder sub of the module/,
    "example.com/m/none": /would be the folder none.*HEAD has no such folder/,
    "example.com/m/v3": /HEAD has no module example\.com\/m\/v3.*another major/,
    "net/http": /Go's own library/,
  };
  for (const [word, said] of Object.entries(says)) {
    const found = await page(repo, word);
    assert.equal(found.Kind, "path");
    assert.match(found.Said, said, word);
  }
  await assert.rejects(page(repo, "nothttp/x"), Refused);
});
