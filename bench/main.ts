/** `deno task bench [CASE…]`: gorel beside the programs it is compared with (DESIGN.md §7). */
import { Folder } from "../tests/support/repo.ts";
import { hash } from "./cases/hash.ts";
import { history } from "./cases/history.ts";
import { start } from "./cases/start.ts";
import { type Comparison, measure, type Measured } from "./harness.ts";
import { table } from "./table.ts";

const cases: Record<string, (folder: Folder) => Comparison[] | Promise<Comparison[]>> = {
  start,
  history,
  hash,
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
    console.error(comparison.Work);
    measured.push(measure(comparison));
  }
}
console.log(table(measured));
