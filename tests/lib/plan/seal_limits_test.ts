/** The sizes that Go allows, to the byte, beside the go command's own verdict. */
import assert from "node:assert/strict";
import { snapshot } from "../../../lib/git/tree.ts";
import { maxGoMod, maxLicense } from "../../../lib/go/zip.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { encode } from "../../../lib/text.ts";
import { needsGo } from "../../support/go.ts";
import { Hosted } from "./hosted.ts";
import { fastImport, type TreeFile } from "./trees.ts";

/** A file of so many bytes that begins with a text. */
function file(size: number, text = ""): TreeFile {
  const Bytes = new Uint8Array(size).fill("a".charCodeAt(0));
  Bytes.set(encode(text));
  return { Mode: "100644", Bytes };
}

const path = "github.com/t/limits";
const goMod = `module ${path}\n//`;

const trees: readonly [tree: Record<string, TreeFile>, dir: string, refused: string | null][] = [
  [{ "go.mod": file(maxGoMod, goMod) }, "", null],
  [{ "go.mod": file(maxGoMod + 1, goMod) }, "", "go.mod file too large"],
  [{ "go.mod": file(99, goMod), "LICENSE": file(maxLicense) }, "", null],
  [{ "go.mod": file(99, goMod), "LICENSE": file(maxLicense + 1) }, "", "LICENSE file too large"],
  [
    { "sub/go.mod": file(99, `module ${path}/sub\n//`), "LICENSE": file(maxLicense + 1) },
    "sub",
    "LICENSE file too large",
  ],
];

Deno.test(needsGo("go.mod and LICENSE may be as large as Go allows, not a byte more"), async () => {
  using hosted = new Hosted();
  const tagOf = (i: number) => trees[i]![1] === "" ? `v0.0.${i}` : `${trees[i]![1]}/v0.0.${i}`;
  const commits = trees.map(([tree], i) => {
    return { Tree: new Map(Object.entries(tree)), Tags: [tagOf(i)] };
  });
  const repo = await hosted.add("limits", fastImport(commits));
  const modules = trees.map(([, dir], i) => `${path}${dir && "/" + dir}@v0.0.${i}`);
  const theirs = hosted.download(modules);
  for (const [i, [, Dir, refused]] of trees.entries()) {
    const [Path, Version] = modules[i]!.split("@") as [string, string];
    const files = await snapshot(repo, `refs/tags/${tagOf(i)}`);
    const ours = await seal(repo, files!, { Path, Version, Dir });
    const go = theirs.find((found) => found.Path === Path && found.Version === Version)!;
    if (refused === null) {
      assert.ok("Sum" in ours, modules[i]);
      assert.deepEqual([ours.Sum, ours.GoModSum], [go.Sum, go.GoModSum]);
    } else {
      assert.ok("Problems" in ours, modules[i]);
      assert.match(ours.Problems[0]!.Text, new RegExp(refused));
      assert.match(go.Error!, new RegExp(refused));
    }
  }
});
