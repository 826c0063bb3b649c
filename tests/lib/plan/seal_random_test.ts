/** The hashes of random trees beside those that the go command computes. */
import assert from "node:assert/strict";
import { join } from "node:path/posix";
import { type Archive, archive, type Content, fromGit } from "../../../lib/git/archive.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { seal } from "../../../lib/plan/seal.ts";
import type { Problem } from "../../../lib/problem.ts";
import { needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { Hosted } from "./hosted.ts";
import { fastImport, modulesOf, randomTree } from "./trees.ts";

/** How go says that it finds no module at a version, by the code that gorel has for it. */
const refusals: Readonly<Record<string, RegExp>> = {
  "go-mod-invalid": /: go\.mod is missing module path at revision|go\.mod: is a directory/,
  "path-version-mismatch":
    /\bgo\.mod has (post-v\d|non-\.{3}\/v2|malformed) module path|both have \.{3}\/v2 module paths/,
};

/** Reports whether go refuses for each of the reasons, and names the files that they are about. */
function agrees(error: string, problems: readonly Problem[], dir: string): boolean {
  return problems.every(({ Code, Where }) => {
    if (Code !== "zip-invalid") {
      return refusals[Code]!.test(error.replace(`${dir}/go.mod`, "go.mod"));
    }
    if (!Where) return /git archive.*invalid path/s.test(error);
    const file = Where.File.slice(dir !== "" && Where.File.startsWith(dir) ? dir.length + 1 : 0);
    return error.startsWith("create zip: ") && error.includes(file.toWellFormed() + ": ");
  });
}

/** The sums of all regular files. */
async function sums(found: Archive | Problem): Promise<Content[]> {
  if ("Code" in found) assert.fail(found.Text);
  return await found.sums(found.Entries.filter((entry) => entry.Mode.startsWith("100")));
}

/** What a repository says to itself and to no clone of it: none of it reaches users. */
function obstruct(dir: string): void {
  Deno.writeTextFileSync(`${dir}/info/attributes`, "* ident eol=crlf filter=upper export-ignore\n");
  Deno.writeTextFileSync(`${dir}/own`, "*.txt working-tree-encoding=UTF-16\n");
  const settings = `[core]\n\tautocrlf = true\n\teol = crlf\n\tattributesFile = ${dir}/own\n`;
  const filter = '[filter "upper"]\n\tsmudge = tr a-z A-Z\n\trequired\n';
  Deno.writeTextFileSync(`${dir}/config`, settings + filter, { append: true });
}

Deno.test(needsGo("random trees have the hashes that go computes, or both refuse"), async () => {
  const random = seeded("seal");
  using hosted = new Hosted();
  const perRepo = 10;
  const ours = new Map<string, { Dir: string; Result: Awaited<ReturnType<typeof seal>> }>();
  const seen = { converted: 0, plain: 0, refused: 0 };
  for (let r = 0; r < Math.ceil(cases(150, 600) / perRepo); r++) {
    const name = `r${r}`;
    const format = r === 0 ? "sha256" : "sha1";
    const trees = Array.from({ length: perRepo }, (_, i) => {
      const Tree = randomTree(random, `github.com/t/${name}`, format);
      const modules = modulesOf(Tree, `github.com/t/${name}`);
      const tagged = modules.map((m) => ({ ...m, Version: `${m.Major}.${r}.${i}` }));
      return { Tree, Modules: tagged.map((m) => ({ ...m, Tag: join(m.TagPrefix, m.Version) })) };
    });
    const commits = trees.map(({ Tree, Modules }) => {
      return { Tree, Tags: [...new Set(Modules.map(({ Tag }) => Tag))] };
    });
    const repo = await hosted.add(name, fastImport(commits), format);
    if (r % 2 === 1) obstruct(hosted.folder.join(name));
    for (const { Modules } of trees) {
      for (const { Dir, Path, Version, Tag } of Modules) {
        const files = await snapshot(repo, `refs/tags/${Tag}`);
        assert.ok(files);
        const Result = await seal(repo, files, { Path, Version, Dir });
        ours.set(`${Path}@${Version}`, { Dir, Result });
        // That blobs are read directly only where that is the same takes a git of its own to see.
        if (Dir === "" && !Version.endsWith("0")) continue;
        const found = await archive(repo, files, Dir);
        if ("Code" in found) assert.fail(found.Text);
        seen[found.Converted ? "converted" : "plain"]++;
        const git = await fromGit(repo, files, Dir);
        assert.deepEqual(await sums(found), await sums(git), `${Path}@${Version}`);
      }
    }
  }
  for (const theirs of hosted.download([...ours.keys()])) {
    const name = `${theirs.Path}@${theirs.Version}`;
    const { Dir, Result } = ours.get(name)!;
    ours.delete(name);
    if ("Problems" in Result) {
      seen.refused++;
      assert.ok(theirs.Error, `${name}: refused here only: ${JSON.stringify(Result)}`);
      assert.ok(
        agrees(theirs.Error, Result.Problems, Dir),
        `${theirs.Error} ${Deno.inspect(Result)}`,
      );
    } else {
      assert.equal(theirs.Error, undefined, name);
      assert.deepEqual([Result.Sum, Result.GoModSum], [theirs.Sum, theirs.GoModSum], name);
    }
  }
  assert.deepEqual([...ours.keys()], []);
  console.log("seal:", seen);
  assert.ok(seen.converted > 0 && seen.plain > 0 && seen.refused > 0);
});
