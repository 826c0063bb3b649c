/** Edits of random go.mod files, judged by the real `go mod edit -json` before and after. */
import assert from "node:assert/strict";
import {
  applyEdits,
  deprecateEdit,
  type Edit,
  type ModFileJSON,
  parse,
  retractEdit,
  toJSON,
  unretractEdit,
  type VersionInterval,
} from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { Go, needsGo } from "../../../support/go.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";
import { goMod, interval, reason } from "./generate.ts";

/** What a failure says: the seed that repeats it, and the file. */
function failure(random: Random, text: string): string {
  return `GOREL_SEED=${random.seed}\n${text}`;
}

/** What go reads in a file; our own document must be the same, in the same order. */
function judged(go: Go, bytes: Uint8Array, random: Random): ModFileJSON {
  const name = failure(random, decode(bytes));
  const file = go.folder.join("go.mod");
  Deno.writeFileSync(file, bytes);
  const { code, stdout, stderr } = go.run(["mod", "edit", "-json", file]);
  assert.equal(code, 0, `${stderr}\n${name}`);
  const document = JSON.parse(stdout);
  const ours = toJSON(parse("go.mod", bytes).Mod);
  assert.equal(JSON.stringify(ours), JSON.stringify(document), name);
  return document;
}

const same = (a: VersionInterval) => (b: { Low?: string; High?: string }) =>
  a.Low === b.Low && a.High === b.High;

/** The list that retracting must give. */
function withRetractions(
  list: ModFileJSON["Retract"],
  intervals: VersionInterval[],
  Rationale: string,
): ModFileJSON["Retract"] {
  const out = (list ?? []).map((old) =>
    intervals.some((one) => same(one)(old)) ? { Low: old.Low!, High: old.High!, Rationale } : old
  );
  for (const one of intervals) if (!out.some(same(one))) out.push({ ...one, Rationale });
  return out;
}

/** Only white space and comments go; what stands between the edits stays to the byte. */
function assertOnlyComments(before: Uint8Array, edits: readonly Edit[], name: string): void {
  let end = 0;
  for (const { At, Old } of edits) {
    assert.ok(At >= end, name);
    const old = encode(Old);
    assert.deepEqual(before.subarray(At, At + old.length), old, name);
    assert.match(Old, /^(?:[ \t\r]*(?:\/\/[^\n]*)?(?:\n|$))*$/, name);
    end = At + old.length;
  }
}

Deno.test(needsGo("retracting changes a go.mod as asked and in nothing else"), () => {
  const random = seeded("retract in go.mod");
  using go = new Go();
  let replaced = 0;
  for (let i = 0; i < cases(240, 5000); i++) {
    const text = goMod(random);
    const name = failure(random, text);
    const before = encode(text);
    const document = judged(go, before, random);
    const wanted = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => interval(random));
    const why = reason(random);
    const { Edits, After, Error: error } = retractEdit(before, wanted, why);
    assert.equal(error, undefined, name);
    assert.deepEqual(applyEdits(before, Edits!), After);
    assertOnlyComments(before, Edits!, name);

    assert.deepEqual(
      judged(go, After!, random),
      { ...document, Retract: withRetractions(document.Retract, wanted, why) },
      name,
    );
    if (document.Retract?.some((old) => wanted.some((one) => same(one)(old)))) replaced++;
    else assert.ok(decode(After!).startsWith(text), name);
  }
  assert.ok(replaced > 10, "too few reasons were replaced");
});

Deno.test(needsGo("a retraction is taken out again, and with it nothing else"), () => {
  const random = seeded("unretract in go.mod");
  using go = new Go();
  for (let i = 0; i < cases(80, 2000); i++) {
    const text = goMod(random);
    const name = failure(random, text);
    const before = encode(text);
    const document = judged(go, before, random);
    const { Mod } = parse("go.mod", before);

    const some = Mod.Retract.filter(() => random.chance(0.5));
    const left = document.Retract?.filter((old) => !some.some((one) => same(one)(old)));
    const { After, Error: error } = unretractEdit(before, some);
    assert.equal(error, undefined, name);
    assert.deepEqual(judged(go, After!, random), {
      ...document,
      Retract: left?.length ? left : null,
    }, name);

    const fresh = { Low: "v7.0.0", High: "v7.0.1" };
    const undone = unretractEdit(retractEdit(before, [fresh], "why").After!, [fresh]);
    if (/\S[ \t\r]*\n$/.test(text)) assert.equal(decode(undone.After!), text, name);
  }
});

Deno.test(needsGo("a deprecation reads back exactly, and goes without a trace in the rest"), () => {
  const random = seeded("deprecate in go.mod");
  using go = new Go();
  for (let i = 0; i < cases(80, 2000); i++) {
    const text = goMod(random);
    const name = failure(random, text);
    const document = judged(go, encode(text), random);
    const message = reason(random).replaceAll("\n\n", "\n");
    const Module = { Path: document.Module.Path, Deprecated: message };

    const { After, Error: error } = deprecateEdit(encode(text), message);
    assert.equal(error, undefined, name);
    assert.deepEqual(judged(go, After!, random), { ...document, Module }, name);

    const dropped = deprecateEdit(After!, "");
    assert.equal(dropped.Error, undefined, name);
    const { Path } = document.Module;
    assert.deepEqual(judged(go, dropped.After!, random), { ...document, Module: { Path } }, name);
  }
});
