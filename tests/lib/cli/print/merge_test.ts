import assert from "node:assert/strict";
import { plan } from "../../../../lib/cli/print/plan.ts";
import { parsePlan } from "../../../../lib/apply/parse.ts";
import type { Style } from "../../../../lib/cli/style.ts";
import { releaseCommit } from "../../../../lib/plan/commits.ts";
import type { Plan } from "../../../../lib/plan/types.ts";

const style: Style = { color: false, ascii: false, verbose: false };

/** The plan of a case, read as `gorel apply` reads it. */
function planned(name: string): Plan {
  const file = new URL(`../../../cases/${name}/out/plan.json`, import.meta.url);
  return parsePlan(JSON.parse(Deno.readTextFileSync(file)));
}

/** The words of the steps up to the line of no return. */
function steps(value: Plan): string[] {
  const [, shown] = /\n\n( {2}1 [^]*?)\n━━/.exec(plan(value, style))!;
  return shown!.split("\n").map((line) => line.replace(/ +undo ✓$/, "").trim());
}

Deno.test("a merge is told as what the branch gets and what it keeps", () => {
  const value = planned("retract-now-and-fix-later");
  const start = releaseCommit(value)!.Parents[0]!.slice(0, 7);
  assert.deepEqual(steps(value), [
    "1 write   go.mod",
    "2 commit  Release v1.5.1: retract v1.5.0",
    `on top of ${start}, beside main`,
    "3 write   go.mod of main",
    "4 merge   main gets a merge of the new commit; its files stay, but",
    "for go.mod",
    `5 branch  main moves from ${value.Base.Commit.slice(0, 7)} to the merge`,
    "6 tag     v1.5.1 at the new commit",
  ]);
  assert.deepEqual(steps(planned("retract-an-old-major-from-its-last-release")).slice(3, 5), [
    "3 merge   main gets a merge of the new commit; its files stay as they",
    "are",
  ]);
});
