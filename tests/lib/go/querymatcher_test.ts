import assert from "node:assert/strict";
import type { Replace } from "../../../lib/go/modfile/types.ts";
import { isWrong, type ModuleRepo, queryRepo } from "../../../lib/go/modquery.ts";
import { matchQuery } from "../../../lib/go/querymatcher.ts";
import { withReplaced } from "../../../lib/go/replaced.ts";
import { goTime } from "../../../lib/go/rfc3339.ts";

Deno.test("a query says what it accepts before anything is asked", () => {
  const versions = ["v0.9.0", "v1.0.0", "v1.1.9", "v1.2.0-rc.1", "v1.2.0", "v1.2.5", "v2.0.0"];
  const table: [query: string, current: string, accepted: string][] = [
    ["latest", "", "v0.9.0 v1.0.0 v1.1.9 v1.2.0-rc.1 v1.2.0 v1.2.5 v2.0.0"],
    ["upgrade", "v1.2.0", "v1.2.0 v1.2.5 v2.0.0"],
    ["patch", "v1.2.0-rc.1", "v1.2.0-rc.1 v1.2.0 v1.2.5"],
    ["v1", "", "v1.0.0 v1.1.9 v1.2.0-rc.1 v1.2.0 v1.2.5"],
    ["v1.2", "", "v1.2.0 v1.2.5"],
    ["<v1.2", "", "v0.9.0 v1.0.0 v1.1.9 v1.2.0-rc.1"],
    ["<=v1.0.0", "", "v0.9.0 v1.0.0"],
    [">v1.2.0", "", "v1.2.5 v2.0.0"],
    [">=v1.2", "", "v1.2.0 v1.2.5 v2.0.0"],
  ];
  for (const [query, current, accepted] of table) {
    const matched = matchQuery("example.com/m", query, current);
    assert.ok(matched.Is === "choice", query);
    const { prefix, accepts } = matched;
    const found = versions.filter((v) => v.startsWith(prefix) && accepts(v));
    assert.equal(found.join(" "), accepted, query);
  }
});

Deno.test("a query that is none is refused in Go's words", () => {
  const table: [query: string, is: string, words?: string][] = [
    ["<=v1.2", "malformed", 'ambiguous semantic version "v1.2" in range "<=v1.2"'],
    [">v1", "malformed", 'ambiguous semantic version "v1" in range ">v1"'],
    ["<", "malformed", 'invalid semantic version "" in range "<"'],
    ["<1.0.0", "malformed", 'invalid semantic version "1.0.0" in range "<1.0.0"'],
    [">=v1.x", "malformed", 'invalid semantic version "v1.x" in range ">=v1.x"'],
    [
      "patch",
      "no-current",
      `can't query version "patch" of module m: no existing version is required`,
    ],
    ["v1.2.3", "revision"],
    ["v1.2.3+meta", "revision"],
    ["none", "revision"],
    ["main", "revision"],
    ["", "revision"],
  ];
  for (const [query, is, words] of table) {
    const matched = matchQuery("m", query, "");
    assert.equal(matched.Is, is, query);
    assert.equal("Words" in matched ? matched.Words : undefined, words, query);
  }
});

/** A module with these versions, by their times. */
function repo(versions: Record<string, string>, tip?: string): ModuleRepo {
  const unknown = { Wrong: "unknown" as const, Words: "not there" };
  const names = Object.keys(versions).filter((v) => v !== tip);
  const stat = (v: string) =>
    Promise.resolve(versions[v] === undefined ? unknown : { Version: v, Time: versions[v] });
  return {
    versions: (prefix) => Promise.resolve(names.filter((v) => v.startsWith(prefix))),
    stat,
    latest: () => tip === undefined ? Promise.resolve(unknown) : stat(tip),
    mod: () => Promise.resolve(unknown),
  };
}

const hasGoMod = () => Promise.resolve(true);
const pseudo = "v0.0.0-20260501000000-abcdefabcdef";

Deno.test("an upgrade never leads from a commit to what was there before it", async () => {
  const old = { "v1.0.0": "2026-01-01T00:00:00Z", [pseudo]: "2026-05-01T00:00:00Z" };
  const asked = { Path: "m", Query: "upgrade", Current: pseudo, hasGoMod };
  const stays = await queryRepo(repo(old, pseudo), asked);
  assert.ok(!isWrong(stays));
  assert.equal(stays.Version, pseudo);
  const young = await queryRepo(repo({ ...old, "v1.0.0": "2026-06-01T00:00:00Z" }, pseudo), asked);
  assert.ok(!isWrong(young));
  assert.equal(young.Version, "v1.0.0");
  const latest = await queryRepo(repo(old, pseudo), { ...asked, Query: "latest" });
  assert.ok(!isWrong(latest));
  assert.equal(latest.Version, "v1.0.0");
});

Deno.test("the tip of a branch is latest only where no version is, and may be retracted itself", async () => {
  const tip = repo({ [pseudo]: "2026-05-01T00:00:00Z" }, pseudo);
  const asked = { Path: "m", Query: "latest", hasGoMod };
  const found = await queryRepo(tip, asked);
  assert.ok(!isWrong(found) && found.Version === pseudo);
  const refused = { Wrong: "disallowed" as const, Words: "retracted" };
  const none = await queryRepo(tip, { ...asked, allowed: () => Promise.resolve(() => refused) });
  assert.ok(isWrong(none) && none.Wrong === "no-match");
});

Deno.test("a replaced version need be nowhere else", async () => {
  const replaces: Replace[] = [
    { Old: { Path: "example.com/m", Version: "v1.5.0" }, New: { Path: "../m" }, Line: 1 },
    { Old: { Path: "example.com/all" }, New: { Path: "../all" }, Line: 2 },
  ];
  const here = withReplaced(repo({ "v1.0.0": "2026-01-01T00:00:00Z" }), replaces, "example.com/m");
  assert.deepEqual(await here.versions(""), ["v1.0.0", "v1.5.0"]);
  assert.deepEqual(await here.stat("v1.5.0"), { Version: "v1.5.0" });
  assert.ok(isWrong(await here.stat("v1.6.0")));
  const all = withReplaced(repo({}), replaces, "example.com/all");
  assert.deepEqual(await all.stat("v9.9.9"), { Version: "v9.9.9+incompatible" });
  const latest = await all.latest();
  assert.ok(!isWrong(latest));
  assert.equal(latest.Version, "v0.0.0-00010101000000-000000000000");
});

Deno.test("times are read and written as Go does", () => {
  const table: [text: string, shown: string | null][] = [
    ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"],
    ["2026-01-02T03:04:05.120Z", "2026-01-02T03:04:05.12Z"],
    ["2026-01-02T03:04:05.000+02:00", "2026-01-02T03:04:05+02:00"],
    ["2026-01-02T03:04:05-00:00", "2026-01-02T03:04:05Z"],
    ["2026-01-02T03:04:05.1234567899Z", "2026-01-02T03:04:05.123456789Z"],
    ["2026-02-29T03:04:05Z", null],
    ["2026-01-02T24:00:00Z", null],
    ["2026-01-02T03:04:05", null],
    ["2026-01-02 03:04:05Z", null],
    ["yesterday", null],
  ];
  for (const [text, shown] of table) assert.equal(goTime(text), shown, text);
});
