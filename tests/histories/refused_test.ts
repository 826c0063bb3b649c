/** Highest tags that Go lists and then refuses: nobody gets `@latest`, whatever lies below. */
import assert from "node:assert/strict";
import { goList } from "../lib/go/golist.ts";
import { needsGo } from "../support/go.ts";
import { Repo } from "../support/repo.ts";
import { act, Judge, said } from "./judge.ts";

const root = "github.com/t/refused";
const goMod = (path: string, more = "") => `module ${root}/${path}\n\ngo 1.21\n${more}`;

/** Each folder's module has v1.0.0 (`/v2`: v2.0.0); what the tag above it holds, and what is the latest then. */
const modules: readonly [dir: string, above: string | null, latest: string | null][] = [
  ["good", goMod("good", "retract v1.0.0 // bad\n"), "v1.1.0"],
  ["renamed", goMod("renamed-since"), "v1.1.0"],
  ["major", goMod("major/v2"), null],
  ["pathless", "go 1.21\n", null],
  ["gone", null, null],
  ["retracts", goMod("retracts", "retract [v1.1.0, v1.9.0] // bad\n"), "v1.0.0"],
  ["two", goMod("two"), null],
  ["below", goMod("below", "retract v1.1.0 // bad\n"), null],
];

Deno.test(needsGo("a highest version that Go refuses leaves no latest"), async () => {
  using repo = new Repo();
  const files: Record<string, string> = { "go.mod": `module ${root}\n`, "m.go": "package m\n" };
  for (const [dir] of modules) {
    files[`${dir}/go.mod`] = goMod(dir === "two" ? "two/v2" : dir);
    files[`${dir}/m.go`] = "package m\n";
  }
  repo.commit("begin", files);
  repo.tag("v1.0.0");
  for (const [dir] of modules) repo.tag(`${dir}/v${dir === "two" ? 2 : 1}.0.0`);
  const begun = repo.git("rev-parse", "HEAD");
  for (const [dir, above] of modules) {
    if (above === null) repo.git("rm", "-q", `${dir}/go.mod`);
    else repo.write(`${dir}/go.mod`, above);
    repo.commit(`fix: ${dir}`);
    repo.tag(`${dir}/v${dir === "two" ? 2 : 1}.1.0`);
  }
  repo.git("rm", "-rq", ".");
  repo.git("checkout", "-q", begun, "--", ".");
  repo.commit("fix: all", { "m.go": "package m // fixed\n", "major/m.go": "package m // fixed\n" });
  // A tree has the files of a module, and is no version of it.
  for (const tag of ["v1.1.0", "below/v1.0.9"]) repo.git("tag", tag, "HEAD^{tree}");
  repo.withRemote();
  using judge = new Judge(repo, "refused");

  const paths = [root, ...modules.map(([dir]) => `${root}/${dir === "two" ? "two/v2" : dir}`)];
  const theirs = goList(judge.go, [], paths.map((path) => `${path}@latest`));
  const expected = [null, ...modules.map(([, , latest]) => latest)];
  for (const [i, dir] of [".", ...modules.map(([dir]) => dir)].entries()) {
    const { versions, status } = await said(repo, dir);
    const row = status.Modules.find((m) => m.Path === paths[i]);
    const go = theirs[i]!.Error ? null : theirs[i]!.Version;
    assert.deepEqual(
      [versions.Latest ?? null, row?.Latest ?? null, go],
      [expected[i], expected[i], expected[i]],
      dir,
    );
  }
  const plan = async (version: string) =>
    (await act(repo, [version, "--module", "major", "--dry-run"])).json.Releases[0].Expect;
  assert.deepEqual((await plan("v1.0.1")).Latest, undefined);
  assert.deepEqual((await plan("v1.1.1")).Latest, "v1.1.1");
});
