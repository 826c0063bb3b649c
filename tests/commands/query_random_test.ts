/** `query` against the real go command, on modules that were made up. */
import assert from "node:assert/strict";
import type { Code } from "../../lib/problem.ts";
import { goList, type Listed } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Folder } from "../support/repo.ts";
import { ask, type Row } from "./query_ask.ts";
import { type Case, makeCase, queriesOf } from "./query_offers.ts";

/** What gorel says to each operand, asked in one command. */
function said(proxy: Folder, cwd: string, operands: string[], current?: string): Promise<Row[]> {
  const more = current === undefined ? [] : ["--current", current];
  return ask([...more, ...operands], { cwd, env: { GOPROXY: `file://${proxy.path}` } });
}

/** The code that stands for what go says, and the words of go's that must be in the text. */
const kinds: [says: RegExp, codes: Code[], words?: RegExp][] = [
  [/no matching versions/, ["query-no-match"], /no matching versions for query .*/],
  [/no existing version is required/, ["query-no-current"], /can't query version "patch".*/],
  [
    /retracted by module author|excluded by go.mod/,
    ["query-no-match"],
    /(retracted|excluded) by .*/,
  ],
  [
    /disallowed version string/,
    ["query-failed"],
    /version ".*" invalid: disallowed version string/,
  ],
  [/no such file or directory/, ["revision-unknown", "query-failed"]],
  [/no commits/, ["query-failed", "revision-unknown"]],
  [/invalid response|proxy returned info/, ["proxy-unreachable"]],
];

function compare(go: Listed & { Time?: string }, ours: Row, of: string): boolean {
  if (go.Error) {
    assert.ok("Error" in ours, `${of}: go says ${go.Error.Err}, we ${JSON.stringify(ours)}`);
    const kind = kinds.find(([says]) => says.test(go.Error!.Err));
    const code = ours.Error.Code as Code;
    if (kind) assert.ok(kind[1].includes(code), `${of}: ${code} for ${go.Error.Err}`);
    const words = kind?.[2]?.exec(go.Error.Err)?.[0];
    if (words) assert.ok(ours.Error.Text.includes(words), `${of}: ${ours.Error.Text} for ${words}`);
    return false;
  }
  assert.ok(!("Error" in ours), `${of}: go says ${go.Version}, we ${JSON.stringify(ours)}`);
  assert.equal(ours.Version, go.Version, of);
  assert.equal(ours.Time ?? "0001-01-01T00:00:00Z", go.Time, of);
  return true;
}

/** Asks both, and both about what they chose. */
async function judge(
  go: Go,
  proxy: Folder,
  asked: { c: Case; q: string; path?: string }[],
  note = "",
): Promise<void> {
  const operands = asked.map(({ c, q }) => `${c.path}@${q}`);
  const answers = goList(go, [], operands);
  const ours = await said(proxy, go.folder.path, operands);
  let chosen = 0;
  for (const [i, { c, q }] of asked.entries()) {
    const of = `${c.path}@${q} ${JSON.stringify(c.files, null, 1)} ${note}`;
    if (compare(answers[i]!, ours[i]!, of)) chosen++;
  }
  assert.ok(chosen > asked.length / 4 && chosen < asked.length, "go chose some, but not all");
  const found = asked.flatMap(({ c }, i) => {
    const row = ours[i]!;
    return "Error" in row ? [] : [{ c, row }];
  });
  const names = [...new Set(found.map(({ row }) => `${row.Path}@${row.Version}`))];
  // -u fills both, and chooses among retracted ones too: it may only be asked about what was chosen.
  const told = new Map(goList(go, ["-u"], names).map((answer, i) => [names[i], answer]));
  for (const { c, row } of found) {
    const answer = told.get(`${row.Path}@${row.Version}`)!;
    const of = `${JSON.stringify(row)} ${JSON.stringify(c.files, null, 1)}`;
    assert.deepEqual(row.Retracted, answer.Retracted, of);
    assert.equal(row.Deprecated, answer.Deprecated, of);
  }
}

function make(random: Random, proxy: Folder, from: number, usual: number, soak: number): Case[] {
  return Array.from({ length: cases(usual, soak) }, (_, i) => makeCase(random, proxy, from + i));
}

Deno.test(needsGo("every query of a random module is what go list -m gives"), async () => {
  const random = seeded("query");
  using proxy = new Folder();
  using go = new Go({ GOPROXY: `file://${proxy.path}` });
  const all = make(random, proxy, 0, 30, 300);
  await judge(go, proxy, all.flatMap((c) => queriesOf(random, c).map((q) => ({ c, q }))));
});

/** A go.mod that requires, excludes and replaces versions of the modules, and what each is required at. */
function mainGoMod(
  random: Random,
  all: readonly Case[],
): { text: string; current: Map<Case, string> } {
  const lines = new Set<string>();
  const current = new Map<Case, string>();
  const replaced = new Set<string>();
  for (const c of all) {
    if (c.good.length === 0) continue;
    current.set(c, random.pick(c.good));
    lines.add(`require ${c.path} ${current.get(c)}`);
    if (random.chance(0.4)) lines.add(`exclude ${c.path} ${random.pick(c.good)}`);
    if (random.chance(0.05)) lines.add(`exclude ${c.path} ${current.get(c)}`);
    if (!random.chance(0.25)) continue;
    const other = random.pick(all.filter(({ good }) => good.length > 0));
    const fits = c.good.find((v) => !v.endsWith("+incompatible")) ?? "v0.0.0";
    const unknown = `${fits.split(".")[0]}.3.${random.int(0, 1)}`;
    const old = random.pick(["", ...c.good, ...c.good, unknown]);
    const to = old === "" && random.chance(0.7)
      ? "./folder"
      : `${other.path} ${random.pick(other.good)}`;
    const from = `${c.path} ${old}`.trim();
    if (!replaced.has(from)) lines.add(`replace ${from} => ${to}`);
    replaced.add(from);
  }
  const text = `module example.com/main\n\ngo 1.21\n\n${[...lines].join("\n")}\n`;
  return { text, current };
}

Deno.test(
  needsGo("queries in a module count from what it requires, excludes and replaces"),
  async () => {
    const random = seeded("query in a module");
    using proxy = new Folder();
    using go = new Go({ GOPROXY: `file://${proxy.path}` });
    const all = make(random, proxy, 5000, 30, 200);
    const { text, current } = mainGoMod(random, all);
    Deno.writeTextFileSync(go.folder.join("go.mod"), text);
    // Of a module that is not required go counts from the whole graph.
    const required = [...current.keys()].filter((c) =>
      !text.includes(`exclude ${c.path} ${current.get(c)}\n`)
    );
    await judge(
      go,
      proxy,
      required.flatMap((c) =>
        ["upgrade", "patch", ...random.shuffle(queriesOf(random, c)).slice(0, 4)].map((q) => ({
          c,
          q,
        }))
      ),
      text,
    );
  },
);

Deno.test(needsGo("--current stands for what a go.mod requires"), async () => {
  const random = seeded("query --current");
  using proxy = new Folder();
  using go = new Go({ GOPROXY: `file://${proxy.path}` });
  const all = make(random, proxy, 9000, 8, 60).filter((c) => c.good.length > 0);
  const current = new Map(all.map((c) => [c, random.pick(c.good)]));
  const lines = all.map((c) => `require ${c.path} ${current.get(c)}\n`).join("");
  Deno.writeTextFileSync(
    go.folder.join("go.mod"),
    `module example.com/main\n\ngo 1.21\n\n${lines}`,
  );
  const queries = ["upgrade", "patch", "latest", "v1"];
  const asked = all.flatMap((c) => queries.map((q) => ({ c, q, operand: `${c.path}@${q}` })));
  const answers = goList(go, [], asked.map(({ operand }) => operand));
  for (const c of all) {
    const own = asked.filter((a) => a.c === c).map(({ operand }) => operand);
    const ours = await said(proxy, proxy.path, own, current.get(c));
    for (const [i, row] of ours.entries()) {
      const of = `${own[i]} from ${current.get(c)} ${JSON.stringify(c.files, null, 1)}`;
      compare(answers[asked.findIndex((a) => a.operand === own[i])]!, row, of);
    }
  }
});
