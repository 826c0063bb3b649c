/** `deno task bench [CASE…]`: gorel beside the programs it is compared with (DESIGN.md §7). */
import { Folder } from "../tests/support/repo.ts";
import { graph } from "./cases/graph.ts";
import { hash } from "./cases/hash.ts";
import { major } from "./cases/major.ts";
import { history } from "./cases/history.ts";
import { screens } from "./cases/screens.ts";
import { start } from "./cases/start.ts";
import { type Comparison, measure, type Measured } from "./harness.ts";
import { table } from "./table.ts";

/** What is compared, or what was measured already because it is not a whole process. */
type Case = (folder: Folder) => Comparison[] | Promise<(Comparison | Measured)[]>;

const cases: Record<string, Case> = {
  start,
  history,
  hash,
  graph,
  major,
  screens,
};

const wanted = Deno.args.length > 0 ? Deno.args : Object.keys(cases);
const unknown = wanted.filter((name) => !Object.hasOwn(cases, name));
if (unknown.length > 0) {
  console.error(`no case ${unknown.join(", ")}; there are ${Object.keys(cases).join(", ")}`);
  Deno.exit(2);
}

const measured: Measured[] = [];
for (const name of wanted) {
  using folder = new Folder();
  for (const comparison of await cases[name]!(folder)) {
    const done = "Comparison" in comparison;
    console.error(done ? comparison.Comparison.Work : comparison.Work);
    measured.push(done ? comparison : measure(comparison));
  }
}
console.log(table(measured));
