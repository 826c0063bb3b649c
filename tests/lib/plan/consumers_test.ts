import assert from "node:assert/strict";
import type { Interval } from "../../../lib/choices.ts";
import type { Facts, ModuleFacts } from "../../../lib/facts/types.ts";
import type { Retract } from "../../../lib/go/retract.ts";
import { consumers } from "../../../lib/plan/consumers.ts";
import { factsOf, wire } from "../../support/wire.ts";

const retract = (Low: string, High = Low): Retract => ({ Low, High, Rationale: "panics\nsorry" });

/** The rows as words: `query before → after`, with what go warns about. */
function shown(
  facts: Facts,
  module: ModuleFacts,
  version: string,
  retracts: readonly Retract[],
  concerned: readonly Interval[] = retracts,
): string[] {
  const Retracts = [...module.GoMod.Mod.Retract, ...retracts];
  return consumers(facts, module, { Version: version, Retracts }, concerned)
    .map((r) => `${r.Query} ${r.Before} → ${r.After}${r.Warns ? ` (${r.Warns})` : ""}`);
}

Deno.test("what users of a real module get before and after a release, as go chooses", async () => {
  using repo = wire();
  const facts = await factsOf(repo);
  const module = facts.Modules[0]!;
  assert.deepEqual(shown(facts, module, "v1.4.3", [retract("v1.4.1", "v1.4.2")]), [
    "@latest v1.4.2 → v1.4.3",
    "@v1 v1.4.2 → v1.4.3",
    "@v1.4 v1.4.2 → v1.4.3",
    "upgrade of v1.4.2 v1.4.2 → v1.4.3",
    "@v1.4.2 v1.4.2 → v1.4.2 (panics)",
  ]);
  // Retracted with itself: nothing is above it, and nobody is moved down.
  assert.deepEqual(shown(facts, module, "v1.4.3", [retract("v1.4.0", "v1.4.3")]), [
    "@latest v1.4.2 → v1.2.3",
    "@v1 v1.4.2 → v1.2.3",
    "@v1.4 v1.4.2 → null",
    "upgrade of v1.4.2 v1.4.2 → v1.4.2 (panics)",
    "@v1.4.2 v1.4.2 → v1.4.2 (panics)",
  ]);
  assert.deepEqual(shown(facts, module, "v1.5.0", []), [
    "@latest v1.4.2 → v1.5.0",
    "@v1 v1.4.2 → v1.5.0",
    "@v1.5 null → v1.5.0",
    "upgrade of v1.4.2 v1.4.2 → v1.5.0",
  ]);
  // A backport is in the list, but its retractions are read by nobody.
  assert.deepEqual(shown(facts, module, "v1.3.1", [retract("v1.4.2")]), [
    "@latest v1.4.2 → v1.4.2",
    "@v1 v1.4.2 → v1.4.2",
    "@v1.4 v1.4.2 → v1.4.2",
    "upgrade of v1.4.2 v1.4.2 → v1.4.2",
    "@v1.4.2 v1.4.2 → v1.4.2",
  ]);
  // A new major is another module.
  assert.deepEqual(shown(facts, module, "v2.0.0", [])[0], "@latest v1.4.2 → v1.4.2");
  const wide = shown(facts, module, "v1.4.3", [retract("v1.0.0", "v1.4.2")]);
  assert.deepEqual(wide.map((row) => row.split(" ")[0]), [
    "@latest",
    "@v1",
    "@v1.4",
    "@v1.3",
    "@v1.2",
    "upgrade",
    "@v1.4.2",
  ]);
});

Deno.test("a first release gives users something where there was nothing", async () => {
  using repo = wire({ remote: false });
  const facts = await factsOf(repo);
  const module = {
    ...facts.Modules[0]!,
    Versions: [],
    Latest: { State: "known", Value: { Latest: null, Source: null } },
  } as const;
  assert.deepEqual(shown(facts, module as unknown as ModuleFacts, "v0.1.0", []), [
    "@latest null → v0.1.0",
    "@v0 null → v0.1.0",
    "@v0.1 null → v0.1.0",
  ]);
});
