/** The table is whole: every code has its level, a repository that has it, and one that nearly has. */
import assert from "node:assert/strict";
import { accept, type Code, codes, type Problem, problem, stops } from "../../lib/problem.ts";
import { effect } from "./effect.ts";
import { elsewhere, expected, outcomes } from "./codes.ts";
import { unfinished } from "./begun.ts";
import { commit } from "./commit.ts";
import { config } from "./config.ts";
import { majors } from "./major.ts";
import { module_ } from "./module.ts";
import { path } from "./path.ts";
import type { Case } from "./prove.ts";
import { replace } from "./replace.ts";
import { repository } from "./repository.ts";
import { retraction } from "./retraction.ts";
import { series } from "./series.ts";
import { users } from "./users.ts";
import { version } from "./version.ts";
import { worktree } from "./worktree.ts";

const tables: readonly Case[] = [
  [repository, worktree, unfinished, commit, config],
  [module_, path, version, series, majors],
  [retraction, effect, replace, users],
].flat(2);

Deno.test("every code is triggered by a repository, or it says why not", () => {
  const told = new Set<Code>([...tables.map((c) => c.code), ...outcomes]);
  assert.deepEqual(codes.filter((code) => !told.has(code) && !(code in elsewhere)), []);
  assert.deepEqual(Object.keys(elsewhere).filter((code) => told.has(code as Code)), []);
  const names = tables.map((c) => `${c.code}: ${c.title}`);
  assert.deepEqual(names.filter((name, i) => names.indexOf(name) !== i), []);
});

Deno.test("levels, and what --accept lets through, are the contract's", () => {
  const judged = (p: Problem, writesFiles: boolean) =>
    accept([p], [{ Code: p.Code, Reason: "on purpose" }], { writesFiles })[0]!;
  assert.deepEqual([...codes].sort(), Object.keys(expected).sort());
  for (const code of codes) {
    const made = problem(code, "It is so.");
    const kind = expected[code];
    assert.equal(made.Level, kind.level, code);
    const may = ([true, false] as const).map((writes) => !stops(judged(made, writes)));
    if (kind.level !== "stop") continue;
    const wanted = {
      "never": [false, false],
      "always": [true, true],
      "writes-nothing": [false, true],
    };
    assert.deepEqual(may, wanted[kind.accept], code);
    assert.equal(accept([made], [{ Code: "untracked" }], { writesFiles: false })[0], made);
  }
});
