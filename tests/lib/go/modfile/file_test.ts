/** Go's own edits of random go.mod files, judged by the library of the go command. */
import assert from "node:assert/strict";
import { edit, formatFile } from "../../../../lib/go/modfile/file/mod.ts";
import { parse } from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { needsGo } from "../../../support/go.ts";
import { Oracle } from "../../../support/oracle.ts";
import { cases, seeded } from "../../../support/random.ts";
import { apply, methodOnly, type ModEdit, modEdit } from "./edits.ts";
import { requirements, wild } from "./wild.ts";

interface Case {
  Text: Uint8Array;
  Edits: ModEdit[];
}

/** The errors and the bytes of each case are Go's. Gives the number of those where Go's library panics. */
async function judge(drawn: readonly Case[], name: (one: Case) => string): Promise<number> {
  const oracle = await Oracle.open();
  const answers = await oracle.ask(
    drawn.map(({ Text, Edits }) => ["modfile.Edit", Text, Edits] as const),
  );
  let panics = 0;
  drawn.forEach((one, i) => {
    const { Values, Panic } = answers[i]!;
    if (Panic !== undefined) {
      // What was dropped is still in Go's lists, with an empty path and without a line.
      assert.match(Panic, /nil pointer/, name(one));
      panics++;
      return;
    }
    const file = edit(parse("go.mod", one.Text).Mod);
    const errors = one.Edits.map((edit) => apply(file, edit) ?? "");
    assert.deepEqual(errors, Values[0], name(one));
    const wanted = Uint8Array.fromBase64(Values[1] as string ?? "");
    assert.equal(decode(formatFile(file)), decode(wanted), name(one));
    assert.deepEqual(formatFile(file), wanted, name(one));
  });
  return panics;
}

Deno.test(
  needsGo("random edits of random go.mod files give the bytes and errors of Go's"),
  async () => {
    const random = seeded("edits of modfile.File");
    const drawn: Case[] = [];
    while (drawn.length < cases(1000, 20_000)) {
      const Text = random.chance(0.3) ? encode(requirements(random)) : wild(random);
      const { Mod, Errors } = parse("go.mod", Text);
      if (Errors.length > 0) continue;
      const Edits = Array.from(
        { length: random.int(0, 4) },
        () => (random.chance(0.4) ? methodOnly : modEdit)(random, Mod),
      );
      if (random.chance(0.5)) Edits.push({ Do: "sortBlocks" });
      drawn.push({ Text, Edits: [...Edits, { Do: "cleanup" }] });
    }
    const panics = await judge(
      drawn,
      ({ Text, Edits }) => `GOREL_SEED=${random.seed}\n${decode(Text)}\n${JSON.stringify(Edits)}`,
    );
    assert.ok(panics < drawn.length / 20, `${panics} of ${drawn.length} panic`);
  },
);

const a = (Version: string, Indirect: boolean) => ({ Path: "a.b/a", Version, Indirect });
const twoComments: ModEdit[] = [
  { Do: "addNewRequire", Args: ["a.b/a", "v1.0.0"], Indirect: true },
  { Do: "cleanup" },
];

/** Rare among random ones: texts and the edits made of them, then `cleanup`. */
const rare: [text: string, edits: ModEdit[]][] = [
  ["", [
    { Do: "addGoStmt", Args: ["1.21"] },
    { Do: "addModuleStmt", Args: ["a b"] },
    { Do: "addToolchainStmt", Args: ["go1.21.0"] },
    { Do: "addExclude", Args: ["a.b/c", "v1.0.0"] },
    { Do: "addTool", Args: ["a.b/c"] },
    { Do: "addRetract", Args: ["v1.0.0", "v1.1.0", "why"] },
  ]],
  ["module (\n)\n", [{ Do: "addModuleStmt", Args: ["a.b/c"] }]],
  ["module (\n\tm\n)\n", [{ Do: "addGoStmt", Args: ["1.21"] }]],
  ["require () // why\n", twoComments],
  ["require () // why\n", [...twoComments, { Do: "setRequire", Require: [a("v1.1.0", false)] }]],
  ["require () // why\n", [
    ...twoComments,
    { Do: "setRequireSeparateIndirect", Require: [a("v1.1.0", false)] },
  ]],
  ["require () // why\n\nrequire (\n\ta.b/c v1.0.0\n)\n", [
    { Do: "addNewRequire", Args: ["a.b/d", "v1.0.0"], Indirect: false },
  ]],
  ["require a.b/a v1.0.0 // indirect; why\n", [
    { Do: "setRequire", Require: [a("v1.1.0", false)] },
    { Do: "setRequire", Require: [a("v1.1.0", true)] },
  ]],
  ["require (\n\ta.b/c v1.0.0\n\n\ta.b/a v1.0.0 //\n)\n", [
    { Do: "setRequire", Require: [a("v1.1.0", true)] },
  ]],
  ["exclude (\n\ta.b/c v1.1.0\n\ta.b/d v1.1.0\n)\n", [
    { Do: "addExclude", Args: ["a.b/c", "v1.0.0"] },
    { Do: "addExclude", Args: ["a.b/e", "v1.0.0"] },
    { Do: "addExclude", Args: ["a.b/e/v2", "v1.0.0"] },
    { Do: "addExclude", Args: ["a.b/e/v2", "v1.0"] },
    { Do: "addExclude", Args: ["a.b/e", "v2.0.0"] },
  ]],
  ...["m", "a.b/c", "a.b/c/v2", "a.b/c/v1", "gopkg.in/a.v2", "gopkg.in/a.v1-unstable"]
    .flatMap((path) =>
      ["v1.0.0", "v2.0.0", "v2.0.0+incompatible", "v1.0", "latest", ""].map(
        (version): [string, ModEdit[]] => [`module ${path}\n`, [
          { Do: "addRetract", Args: ["v1.0.0", version, ""] },
          { Do: "addRetract", Args: [version, "v2.1.0", "\n why \n"] },
          { Do: "addExclude", Args: [path, version] },
        ]],
      )
    ),
];

Deno.test(needsGo("rare edits give the bytes and errors of Go's"), async () => {
  const drawn = rare.map(([text, edits]) => ({
    Text: encode(text),
    Edits: [...edits, { Do: "cleanup" as const }],
  }));
  const panics = await judge(
    drawn,
    ({ Text, Edits }) => `${decode(Text)}\n${JSON.stringify(Edits)}`,
  );
  assert.equal(panics, 0);
});
