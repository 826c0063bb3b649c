import assert from "node:assert/strict";
import { branch, matches } from "../../../lib/checks/branch.ts";
import type { Coming } from "../../../lib/checks/types.ts";
import { seeded } from "../../support/random.ts";

Deno.test("a star in a pattern of branches stands for any text, a slash too", () => {
  const fits: [pattern: string, ...names: string[]][] = [
    ["main", "main"],
    ["release-*", "release-", "release-1.2", "release-1/hotfix"],
    ["*", "main", "a/b"],
    ["*/stable", "v1/stable", "a/b/stable"],
    ["a*b*c", "abc", "a.b.c", "aXbYbZc"],
    ["v?.[0-9]", "v?.[0-9]"],
  ];
  for (const [pattern, ...names] of fits) {
    for (const name of names) assert.ok(matches(pattern, name), `${pattern} ${name}`);
  }
  const misses = [["main", "Main"], ["main", "main2"], ["main", "x/main"], [
    "release-*",
    "release",
  ]];
  misses.push(["a*a", "a"], ["*/stable", "stable"], ["a*b*c", "acb"], ["v?", "v1"], ["", "main"]);
  for (const [pattern, name] of misses) assert.ok(!matches(pattern!, name!), `${pattern} ${name}`);
  assert.ok(!matches("*a".repeat(200), "a".repeat(100_000) + "b"), "in no time");

  const random = seeded("patterns of branches");
  const word = (letters: string, most: number) =>
    Array.from({ length: random.int(0, most) }, () => random.pick([...letters])).join("");
  for (let i = 0; i < 2000; i++) {
    const [pattern, name] = [word("ab*/", 6), word("ab/", 7)];
    const wanted = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
    assert.equal(matches(pattern, name), wanted, `${pattern} ${name}`);
  }
});

Deno.test("a HEAD that is no branch is allowed by what is known of its commit, and refused otherwise", () => {
  const tell = (repo: Record<string, unknown>, refs: Record<string, string> | null = {}) => {
    const Remote = refs === null
      ? { State: "skipped", Why: "--offline" }
      : { State: "known", Value: { Name: "up", Refs: new Map(Object.entries(refs)) } };
    const Repo = { Head: { Commit: "1".repeat(40) }, Shallow: false, ...repo };
    const Facts = { Repo, Remote, Config: { Branches: ["main", "rel/*"] } };
    return branch({ Facts } as unknown as Pick<Coming, "Facts">);
  };
  assert.deepEqual(tell({ Holding: ["dev", "rel/1"] }), []);
  assert.deepEqual(tell({ Holding: [] }, { "refs/heads/main": "1".repeat(40) }), []);
  assert.equal(tell({ Holding: ["dev"] }, null)[0]?.Code, "branch-not-allowed");
  const others = { "refs/heads/main": "2".repeat(40), "refs/tags/main": "1".repeat(40) };
  assert.match(tell({}, others)[0]!.Fix!, /^git fetch up, or git switch main, or --accept/);
  const [shallow] = tell({ Shallow: true }, others);
  assert.match(
    shallow!.Text,
    /this shallow clone does not say whether one of these has its commit\.$/,
  );
  assert.match(shallow!.Fix!, /^git fetch --unshallow up, or --accept/);
  // The branch counts, whatever has its commit.
  assert.equal(tell({ Branch: "dev", Holding: ["main"] }).length, 1);
  assert.deepEqual(tell({ Branch: "rel/1" }), []);
});
