/** Edits of random go.mod files, judged by the real `go mod edit` before and after. */
import assert from "node:assert/strict";
import {
  applyEdits,
  deprecateEdit,
  type Edit,
  type ModFileJSON,
  retractEdit,
  unretractEdit,
  type VersionInterval,
} from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { needsGo } from "../../../support/go.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";
import { goMod, interval, message, reason } from "./generate.ts";
import { each, Judge } from "./judge.ts";

interface Case {
  /** What a failure says: the seed that repeats it, and the file. */
  Name: string;
  Before: Uint8Array;
  Intervals: VersionInterval[];
  Reason: string;
  Message: string;
  /** What is taken back besides: of the file's own entries those whose draw is below a half. */
  Draws: number[];
}

function drawn(random: Random, least: number): Case[] {
  return Array.from({ length: cases(least, 20_000) }, () => {
    const text = goMod(random);
    return {
      Name: `GOREL_SEED=${random.seed}\n${text}`,
      Before: encode(text),
      Intervals: Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => interval(random)),
      Reason: reason(random),
      Message: message(random),
      Draws: Array.from({ length: 20 }, () => random.next()),
    };
  });
}

type Retractions = NonNullable<ModFileJSON["Retract"]>;

const same = (a: VersionInterval) => (b: { Low?: string; High?: string }) =>
  a.Low === b.Low && a.High === b.High;

function isOneOf(intervals: readonly VersionInterval[]) {
  return (entry: { Low?: string; High?: string }) => intervals.some((one) => same(one)(entry));
}

function orNull<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}

/** The list that retracting must give. */
function withRetractions(list: Retractions, intervals: VersionInterval[], Rationale: string) {
  const out = list.map((old) =>
    isOneOf(intervals)(old) ? { Low: old.Low!, High: old.High!, Rationale } : old
  );
  for (const one of intervals) if (!out.some(same(one))) out.push({ ...one, Rationale });
  return out;
}

/** The edits stand on the bytes they name, ascending; applied they give what was promised. */
function assertEdits(before: Uint8Array, edits: readonly Edit[], after: Uint8Array, name: string) {
  let end = 0;
  for (const { At, Old } of edits) {
    assert.ok(At >= end, name);
    const old = encode(Old);
    assert.deepEqual(before.subarray(At, At + old.length), old, name);
    end = At + old.length;
  }
  assert.deepEqual(applyEdits(before, edits), after, name);
}

/** The statements of a file, white space around lines and all comments left out. */
function statements(bytes: Uint8Array): string[] {
  return decode(bytes).split("\n").map((line) => line.replace(/\/\/.*/s, "").trim())
    .filter((line) => line !== "");
}

/** Where `module` stands, with the comment lines directly above it and all that its block holds. */
function moduleRegion(text: string): [start: number, end: number] {
  const found = /(?:(?<=\n|^)[ \t\r]*\/\/[^\n]*\n)*(?<=\n|^)[ \t\r]*module\b[^\n]*/.exec(text)!;
  const block = /module[ \t]*\([ \t\r]*(?:\/\/[^\n]*)?$/.test(found[0]);
  const end = block ? text.indexOf(")", found.index + found[0].length) : 0;
  return [found.index, Math.max(end, found.index + found[0].length)];
}

function commonPrefix(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

async function retracts(judge: Judge, one: Case, document: ModFileJSON): Promise<boolean> {
  const { Name, Before, Intervals, Reason } = one;
  const { Edits, After, Error: error } = retractEdit(Before, Intervals, Reason);
  assert.equal(error, undefined, Name);
  assertEdits(Before, Edits!, After!, Name);
  const old = document.Retract ?? [];
  const wanted = withRetractions(old, Intervals, Reason);
  assert.deepEqual(await judge.read(After!, Name), { ...document, Retract: wanted }, Name);

  const [code, codeAfter] = [statements(Before), statements(After!)];
  assert.deepEqual(codeAfter.slice(0, code.length), code, Name);
  const isNew = /^(?:retract\b.*|v.*|\[.*|\))$/;
  assert.ok(codeAfter.slice(code.length).every((line) => isNew.test(line)), Name);

  const fresh = Intervals.filter((one) => !old.some(same(one)));
  if (fresh.length < Intervals.length) {
    // Without any retraction both are the same to go, comments included.
    const drop = wanted.map(({ Low, High }) => `-dropretract=[${Low},${High}]`);
    assert.deepEqual(
      await judge.lines(After!, drop, Name),
      await judge.lines(Before, drop, Name),
      Name,
    );
  } else {
    assert.ok(decode(After!).startsWith(decode(Before)), Name);
    const back = unretractEdit(After!, fresh).After!;
    if (decode(back) !== decode(Before)) {
      assert.ok(!/\S[ \t\r]*\n$/.test(decode(Before)), `only the end may differ: ${Name}`);
      assert.deepEqual(await judge.read(back, Name), document, Name);
    }
  }
  return fresh.length < Intervals.length;
}

async function unretracts(judge: Judge, one: Case, document: ModFileJSON): Promise<void> {
  const { Name, Before, Intervals, Draws } = one;
  const own = (document.Retract ?? []).filter((_, i) => Draws[i]! < 0.5) as VersionInterval[];
  const gone = [...own, ...Intervals.slice(1)];
  if (gone.length === 0) return;
  const { Edits, After, Error: error } = unretractEdit(Before, gone);
  assert.equal(error, undefined, Name);
  assertEdits(Before, Edits!, After!, Name);
  const left = orNull((document.Retract ?? []).filter((entry) => !isOneOf(gone)(entry)));
  if (Edits!.length === 0) {
    assert.deepEqual(left, document.Retract, Name);
    return;
  }
  assert.deepEqual(await judge.read(After!, Name), { ...document, Retract: left }, Name);
  // Go's own edit leaves the same entries, and the same comments elsewhere.
  const drop = gone.map(({ Low, High }) => `-dropretract=[${Low},${High}]`);
  assert.deepEqual(
    await judge.lines(After!, [], Name),
    await judge.lines(Before, drop, Name),
    Name,
  );
  let at = 0;
  const [lines, linesAfter] = [Before, After!].map((bytes) =>
    decode(bytes).replace(/\n$/, "").split("\n").filter((line) =>
      !/^[ \t]*\/\/[ \t]*\r?$/.test(line)
    )
  );
  for (const line of linesAfter!) {
    const found = lines!.indexOf(line, at);
    assert.ok(found >= 0, `${JSON.stringify(line)} is new: ${Name}`);
    at = found + 1;
  }
}

async function deprecates(judge: Judge, one: Case, document: ModFileJSON): Promise<void> {
  const { Name, Before, Message } = one;
  const text = decode(Before);
  const { Edits, After, Error: error } = deprecateEdit(Before, Message);
  assert.equal(error, undefined, Name);
  assertEdits(Before, Edits!, After!, Name);
  const { Path } = document.Module;
  const Module = { Path, Deprecated: Message };
  assert.deepEqual(await judge.read(After!, Name), { ...document, Module }, Name);
  assertOnlyModule(text, decode(After!), Name);

  const dropped = deprecateEdit(After!, "");
  assert.equal(dropped.Error, undefined, Name);
  assertEdits(After!, dropped.Edits!, dropped.After!, Name);
  assertOnlyModule(decode(After!), decode(dropped.After!), Name);
  const back = decode(dropped.After!);
  if (back === text) return;
  assert.deepEqual(await judge.read(dropped.After!, Name), { ...document, Module: { Path } }, Name);
  const [start, end] = moduleRegion(text);
  assert.match(text.slice(start, end), /\/\//, `back to the byte where nothing was there: ${Name}`);
}

/** Comments of `module` alone differ. */
function assertOnlyModule(before: string, after: string, name: string): void {
  assert.deepEqual(statements(encode(after)), statements(encode(before)), name);
  const backwards = (text: string) => text.split("").reverse().join("");
  const [start, end] = moduleRegion(before);
  assert.ok(commonPrefix(before, after) >= start, name);
  const suffix = commonPrefix(backwards(before), backwards(after));
  assert.ok(before.length - suffix <= end, name);
}

Deno.test(
  needsGo("every edit of a random go.mod changes to go what it means, and nothing else"),
  async () => {
    const all = drawn(seeded("edits of go.mod"), 500);
    using judge = new Judge();
    let [replaced, deprecated, retracted] = [0, 0, 0];
    await each(all, async (one) => {
      const document = await judge.read(one.Before, one.Name);
      if (document.Module.Deprecated) deprecated++;
      if (document.Retract) retracted++;
      if (await retracts(judge, one, document)) replaced++;
      await unretracts(judge, one, document);
      await deprecates(judge, one, document);
    });
    const enough = all.length / 20;
    assert.ok(Math.min(replaced, deprecated, retracted) > enough, "too few files say much");
  },
);

Deno.test(needsGo("retractions of go mod edit and ours mean the same versions"), async () => {
  const all = drawn(seeded("go mod edit -retract"), 60);
  using judge = new Judge();
  const list = ({ Retract }: ModFileJSON) =>
    [...new Set((Retract ?? []).map(({ Low, High }) => `${Low} ${High}`))].sort();
  await each(all, async ({ Name, Before, Intervals }) => {
    const flags = Intervals.map(({ Low, High }) => `-retract=[${Low},${High}]`);
    const theirs = encode(await judge.run(Before, [...flags, "-print"], Name));
    const ours = retractEdit(Before, Intervals, "why").After!;
    assert.deepEqual(
      list(await judge.read(ours, Name)),
      list(await judge.read(theirs, Name)),
      Name,
    );
  });
});
