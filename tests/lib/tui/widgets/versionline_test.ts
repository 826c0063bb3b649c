import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { known } from "../../../../lib/facts/types.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import { lineOf, type LineVersion, versionLine } from "../../../../lib/tui/widgets/versionline.ts";
import { versionsPane } from "../../../../lib/tui/widgets/versions.ts";
import { cases, seeded } from "../../../support/random.ts";
import { factsOf, modelOf, wire } from "../../../support/wire.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

const versions: LineVersion[] = [
  { Version: "v1.2.3", State: "plain" },
  { Version: "v1.3.0", State: "retracted" },
  { Version: "v1.4.1", State: "plain" },
  { Version: "v1.4.2", State: "latest", Below: "@latest" },
  { Version: "v1.5.0", State: "planned", Below: "advised" },
];

const text = (of: readonly LineVersion[], columns: number, style = unicode) =>
  versionLine(style, of, columns).map(textOf);

Deno.test("the line shows what is retracted, latest and planned, and loses its oldest first", () => {
  assert.deepEqual(text(versions, 80), [
    "  v1.2.3 ── v1.3.0 ✗ ── v1.4.1 ── v1.4.2 ● ┄┄ v1.5.0 ○",
    "                                  @latest     advised",
  ]);
  assert.deepEqual(text(versions, 40), [
    "  … v1.4.1 ── v1.4.2 ● ┄┄ v1.5.0 ○",
    "              @latest     advised",
  ]);
  assert.deepEqual(text(versions, 40, ascii), [
    "  ... v1.4.1 -- v1.4.2 * .. v1.5.0 o",
    "                @latest     advised",
  ]);
  assert.deepEqual(text([], 40), ["", ""]);
  assert.deepEqual(text(versions.slice(0, 2), 40), ["  v1.2.3 ── v1.3.0 ✗", ""]);
});

Deno.test("@latest stays in sight though what is newer is retracted, and words do not run together", () => {
  const moved: LineVersion[] = [
    { Version: "v1.2.3", State: "latest", Below: "@latest" },
    { Version: "v1.4.0", State: "retracted" },
    { Version: "v1.4.1", State: "retracted", Below: "bad since May" },
    { Version: "v1.4.2", State: "retracted", Below: "bad" },
    { Version: "v1.4.3", State: "planned", Below: "planned" },
  ];
  assert.deepEqual(text(moved, 44), [
    "  v1.2.3 ● … v1.4.2 ✗ ┄┄ v1.4.3 ○",
    "  @latest    bad         planned",
  ]);
  assert.deepEqual(text(moved, 80), [
    "  v1.2.3 ● ── v1.4.0 ✗ ── v1.4.1 ✗ ──── v1.4.2 ✗ ┄┄ v1.4.3 ○",
    "  @latest                 bad since May bad         planned",
  ]);
});

Deno.test("random lines fit, and never cut a version that could be shown", () => {
  const random = seeded("version line");
  for (let i = 0; i < cases(1000, 20_000); i++) {
    const states = ["retracted", "planned", "plain"] as const;
    const any = (_: unknown, n: number): LineVersion => ({
      Version: `v1.${n}.0${random.chance(0.2) ? "-rc.1" : ""}`,
      State: random.pick(states),
      ...(random.chance(0.4) && { Below: random.pick(["@latest", "bad", "a few more words"]) }),
    });
    const some = Array.from({ length: random.int(1, 20) }, any);
    const at = random.int(0, some.length - 1);
    some[at] = { ...some[at]!, State: "latest" };
    const columns = random.int(44, 120);
    const [above, below] = versionLine(random.pick([unicode, ascii]), some, columns);
    assert.ok(width(above) <= columns && width(below) <= columns);
    const shown = textOf(above);
    assert.ok(shown.includes(some.at(-1)!.Version), shown);
    assert.ok(shown.includes(some[at]!.Version), shown);
    for (const word of shown.match(/v1\S*/g) ?? []) {
      assert.ok(some.some((v) => v.Version === word), shown);
    }
  }
});

Deno.test("a repository's versions are shown as they are, and as they will be", async () => {
  using repo = wire();
  repo.tag("v1.5.0-rc.1");
  repo.tag("v1.4.0-rc.1");
  repo.git("push", "-q", "origin", "v1.5.0-rc.1", "v1.4.0-rc.1");
  repo.tag("v1.9.0");
  const model = modelOf(await factsOf(repo));
  const states = (of: readonly LineVersion[]) =>
    of.map((v) => [v.Version, v.State, v.Below].filter((x) => x).join(" "));
  assert.deepEqual(states(lineOf(model)), [
    "v1.2.3 plain",
    "v1.3.0 retracted",
    "v1.4.0 plain",
    "v1.4.1 plain",
    "v1.4.2 latest @latest",
    "v1.5.0-rc.1 plain",
  ]);
  const coming = { Version: "v1.4.3", Retracts: ["v1.4.1", "v1.4.2"], Latest: "v1.4.3" };
  assert.deepEqual(states(lineOf(model, coming)).slice(3), [
    "v1.4.1 retracted",
    "v1.4.2 retracted",
    "v1.4.3 planned @latest",
    "v1.5.0-rc.1 plain",
  ]);
  const self = { ...coming, Retracts: [...coming.Retracts, "v1.4.3"], Latest: "v1.4.0" };
  assert.deepEqual(states(lineOf(model, self)).slice(2, 6), [
    "v1.4.0 latest @latest",
    "v1.4.1 retracted",
    "v1.4.2 retracted",
    "v1.4.3 planned retracted",
  ]);
  const backport = { Version: "v1.3.1", Retracts: [], Latest: "v1.4.2", Word: "advised" };
  assert.deepEqual(states(lineOf(model, backport)).slice(1, 3), [
    "v1.3.0 retracted",
    "v1.3.1 planned advised",
  ]);
  assert.deepEqual(lineOf(modelOf(undefined)), []);
  // Some retract the v2 that they once had without a path for it: +incompatible is compared away.
  const [module] = model.Facts!.Modules;
  const value = known(module!.Latest)!;
  const old = "v2.0.0+incompatible";
  const Retract = [{ Low: old, High: old, Rationale: "", Line: 3 }];
  const Latest = {
    State: "known",
    Value: { ...value, GoMod: { ...value.GoMod!, Retract } },
  } as const;
  const Facts = { ...model.Facts!, Modules: [{ ...module!, Latest }] };
  const major = { Version: "v2.0.0", Retracts: [], Latest: "v1.4.2", Word: "advised" };
  assert.equal(states(lineOf({ ...model, Facts }, major)).at(-1), "v2.0.0 planned advised");
});

Deno.test("the pane of versions names state and age of each, newest first, and counts what is left out", async () => {
  using repo = wire();
  repo.tag("v1.9.0");
  const model = modelOf(await factsOf(repo));
  const pane = (rows: number, style = unicode) =>
    versionsPane({ ...model, Style: style }, { Kind: "huge", Rows: rows, Columns: 34, Side: 0 })
      .map((l) => {
        assert.ok(width(l) <= 33, textOf(l));
        return textOf(l);
      });
  assert.deepEqual(pane(40), [
    "",
    "  Versions                      6",
    "  · v1.9.0  only here      5 days",
    "  ● v1.4.2  @latest       12 days",
    "  ✓ v1.4.1                19 days",
    "  ✓ v1.4.0                26 days",
    "  ✗ v1.3.0  retracted     33 days",
    "  ✓ v1.2.3                40 days",
  ]);
  assert.deepEqual(pane(5).slice(2), [
    "  · v1.9.0  only here      5 days",
    "  ● v1.4.2  @latest       12 days",
    "  … 4 older",
  ]);
  assert.equal(pane(8).length, 8);
  assert.equal(pane(40, ascii)[6], "  FAIL v1.3.0             33 days");
  const nothing = versionsPane(modelOf(undefined), { Kind: "huge", Rows: 9, Columns: 34, Side: 0 });
  assert.deepEqual(nothing.map(textOf), ["", "  Versions", "  ·"]);
});

Deno.test("@latest is named in the pane though other versions have long names", async () => {
  using repo = wire();
  repo.tag("v1.9.0-alpha.20260110");
  const model = modelOf(await factsOf(repo));
  const pane = versionsPane(model, { Kind: "huge", Rows: 40, Columns: 34, Side: 0 }).map(textOf);
  assert.equal(pane.find((row) => row.includes("v1.4.2")), "  ● v1.4.2  @latest       12 days");
  assert.equal(pane.find((row) => row.includes("v1.3.0")), "  ✗ v1.3.0                33 days");
});
