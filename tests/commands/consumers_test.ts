/** `graph --consumers`: what users get before and after a release of these words. */
import assert from "node:assert/strict";
import { run } from "../../commands/consumers.ts";
import type { ConsumersDocument } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import { consumers as printed } from "../../lib/cli/print/consumers.ts";
import { Refused, UsageError } from "../../lib/problem.ts";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { environment, gorel } from "../support/gorel.ts";
import { goMod, released } from "../support/released.ts";
import { Repo, snapshotFolder } from "../support/repo.ts";
import { wire } from "../support/wire.ts";

/** What the words give, run in this process. */
async function look(repo: Repo, words: string[], cwd = repo.dir): Promise<ConsumersDocument> {
  const line = parse(["graph", "--consumers", ...words], {});
  assert.ok(!("Help" in line));
  const env = { ...environment(), GOPROXY: "direct", ...repo.env };
  const answer = await run({ ...line, command: line.word, cwd }, machine(env));
  assert.ok(answer.Kind === "consumers" && answer.Exit === undefined);
  return answer.Document;
}

/** The rows as words: `query before → after`, and what go get says of it. */
function rows({ Queries }: ConsumersDocument): string[] {
  return Queries.map(({ Query, Before, After, Warned, Warns }) =>
    `${Query} ${Before} → ${After}` +
    (Warned === undefined && Warns === undefined ? "" : ` (${Warned ?? "-"} → ${Warns ?? "-"})`)
  );
}

function codes({ Problems }: ConsumersDocument): string[] {
  return Problems.map((p) => p.Code);
}

async function refusal(repo: Repo, words: string[]): Promise<string[]> {
  try {
    await look(repo, words);
  } catch (error) {
    if (error instanceof Refused) return error.problems.map((p) => p.Code);
    if (error instanceof UsageError) return [error.message];
    throw error;
  }
  throw new Error(`not refused: ${words.join(" ")}`);
}

Deno.test("what each query gives before and after a release, and who is warned", async () => {
  using repo = wire();
  const pinned = "@v1.3.0 v1.3.0 → v1.3.0 (leaks file handles → leaks file handles)";
  const advised = await look(repo, []);
  assert.deepEqual([advised.Module, advised.Version], ["example.com/acme/wire", "v1.5.0"]);
  assert.deepEqual(rows(advised), [
    "@latest v1.4.2 → v1.5.0",
    "@v1 v1.4.2 → v1.5.0",
    "@v1.5 null → v1.5.0",
    "upgrade of v1.4.2 v1.4.2 → v1.5.0",
    "patch of v1.4.2 v1.4.2 → v1.4.2",
    pinned,
  ]);
  assert.deepEqual(await look(repo, ["minor"]), advised);
  assert.deepEqual(await look(repo, ["v1.5.0"]), advised);
  assert.deepEqual(advised.Problems, []);

  const retracted = await look(repo, ["retract", "v1.4.1..v1.4.2", "--reason", "panics"]);
  assert.deepEqual(rows(retracted), [
    "@latest v1.4.2 → v1.4.3",
    "@v1 v1.4.2 → v1.4.3",
    "@v1.4 v1.4.2 → v1.4.3",
    "@<v1.4.3 v1.4.2 → v1.4.0",
    "upgrade of v1.4.2 v1.4.2 → v1.4.3",
    "patch of v1.4.2 v1.4.2 → v1.4.3",
    "@v1.4.2 v1.4.2 → v1.4.2 (- → panics)",
    "@v1.4.1 v1.4.1 → v1.4.1 (- → panics)",
    pinned,
  ]);
  assert.deepEqual(codes(retracted), ["ships-unreleased"]);
  const words = ["retract", "v1.4.2", "--reason", "panics", "--self", "--from", "v1.4.2"];
  const alone = await look(repo, words);
  assert.deepEqual(rows(alone).filter((row) => /^@latest| of |^@v1\.4\.[23] /.test(row)), [
    "@latest v1.4.2 → v1.4.1",
    "upgrade of v1.4.2 v1.4.2 → v1.4.2 (- → panics)",
    "patch of v1.4.2 v1.4.2 → v1.4.2 (- → panics)",
    "@v1.4.3 null → v1.4.3 (- → panics)",
    "@v1.4.2 v1.4.2 → v1.4.2 (- → panics)",
  ]);
  assert.deepEqual(rows(await look(repo, ["unretract", "v1.3.0"])).slice(2), [
    "@v1.3 null → v1.3.0",
    "@v1.4 v1.4.2 → v1.4.3",
    "@<v1.4.0 v1.2.3 → v1.3.0",
    "upgrade of v1.3.0 v1.4.2 → v1.4.3",
    "patch of v1.3.0 v1.3.0 → v1.3.0 (leaks file handles → -)",
    "@v1.3.0 v1.3.0 → v1.3.0 (leaks file handles → -)",
  ]);
  const old = await look(repo, ["deprecate", "--reason", "use example.com/other"]);
  assert.deepEqual(old.Deprecated, { After: "use example.com/other" });
  assert.equal("Deprecated" in advised, false);
  // Nobody is given a pre-release but by its name.
  assert.deepEqual(rows(await look(repo, ["prerelease"])), [
    "@latest v1.4.2 → v1.4.2",
    "@v1 v1.4.2 → v1.4.2",
    "upgrade of v1.4.2 v1.4.2 → v1.4.2",
    "patch of v1.4.2 v1.4.2 → v1.4.2",
    "@v1.5.0-rc.1 null → v1.5.0-rc.1",
    pinned,
  ]);
});

Deno.test("without anything to release what users get stays, and is shown", async () => {
  using repo = released();
  repo.git("reset", "-q", "--hard", "v1.0.0");
  for (const words of [[], ["auto"]]) {
    const still = await look(repo, words);
    assert.equal(still.Version, "v1.0.0");
    assert.deepEqual(codes(still), ["nothing-to-release"]);
    assert.ok(rows(still).includes("@latest v1.0.0 → v1.0.0"));
    assert.ok(still.Queries.every((row) => row.Before === row.After));
  }
  // Asked for by name it would be refused, and is looked at.
  const patch = await look(repo, ["patch"]);
  assert.deepEqual([patch.Version, ...codes(patch)], ["v1.0.1", "nothing-to-release"]);
  assert.ok(rows(patch).includes("@latest v1.0.0 → v1.0.1"));
});

Deno.test("what would stop the release only for now stops no look, and nothing is written", async () => {
  using repo = released();
  repo.git("switch", "-q", "-c", "other");
  repo.commit("theirs", { "x.go": "package m\n" });
  repo.git("push", "-q", "origin", "other:main");
  repo.git("switch", "-q", "main");
  repo.write("m.go", "package m // not committed\n");
  const state = () => snapshotFolder(repo.folder.path, (path) => path === "home");
  const before = state();
  const seen = await look(repo, ["retract", "v1.0.0", "--reason", "panics"]);
  assert.deepEqual(
    seen.Problems.filter((p) => p.Level === "stop").map((p) => p.Code).sort(),
    ["behind", "dirty"],
  );
  assert.ok(rows(seen).includes("@v1.0.0 v1.0.0 → v1.0.0 (- → panics)"));
  assert.deepEqual(state(), before);
  const argv = ["graph", "--consumers", "retract", "v1.0.0", "--reason", "panics", "--json"];
  const ran = await gorel(argv, { cwd: repo.dir, env: { ...repo.env, GOPROXY: "direct" } });
  assert.deepEqual([ran.code, ran.json], [0, seen], ran.stderr);
  repo.git("remote", "set-url", "origin", repo.folder.join("gone.git"));
  const alone = await look(repo, []);
  assert.ok(codes(alone).includes("remote-unreachable"));
  assert.ok(rows(alone).includes("@latest v1.0.0 → v1.0.1"));
});

Deno.test("a new major changes nothing for users of the old path", async () => {
  using repo = released();
  const seen = await look(repo, ["major"]);
  assert.deepEqual([seen.Module, seen.Version], ["example.com/m", "v2.0.0"]);
  assert.deepEqual(rows(seen).filter((row) => !/ (\S+) → \1( |$)/.test(row)), []);
});

Deno.test("a release that cannot be is refused, with what is wrong", async () => {
  using repo = released();
  const table: [words: string[], code: string | RegExp][] = [
    [["v1.0.0"], "version-exists"],
    [["release"], "no-series"],
    [["retract", "v1.7.0", "--reason", "x"], "retract-unknown"],
    [["undeprecate"], "deprecate-none"],
    [["--module", "elsewhere"], "module-not-found"],
    [["retract", "v1.0.0"], /^gorel retract needs --reason/],
    [
      ["example.com/m@v1.0.0"],
      /^gorel graph --consumers example\.com\/m@v1\.0\.0: there is no release/,
    ],
    [["status"], /^status releases nothing$/],
    [["--why", "example.com/m"], /--consumers who uses this one: say one$/],
  ];
  for (const [words, code] of table) {
    const said = await refusal(repo, words);
    if (typeof code === "string") assert.ok(said.includes(code), `${words}: ${said}`);
    else assert.match(said[0]!, code);
  }
  repo.commit("broken", { "go.mod": "module example.com/m\n\nretract (\n" });
  assert.deepEqual((await refusal(repo, [])).slice(0, 1), ["go-mod-invalid"]);
});

Deno.test("the words of a release and its flags follow --consumers only", () => {
  const args = (argv: string[]) => {
    const line = parse(["graph", ...argv], {});
    assert.ok(!("Help" in line));
    return { args: line.args, reason: line.flags.reason, consumers: line.flags.consumers };
  };
  const words = ["retract", "v1.0.0", "--reason", "bad"];
  const found = { args: ["retract", "v1.0.0"], reason: "bad", consumers: true };
  assert.deepEqual(args(["--consumers", ...words]), found);
  assert.deepEqual(args([...words, "--consumers"]), found);
  assert.deepEqual(args(["example.com/m@v1.0.0"]).args, ["example.com/m@v1.0.0"]);
  assert.throws(() => args(words), /--reason/);
  assert.throws(() => args(["retract", "v1.0.0"]), /takes one operand/);
  assert.throws(() => args(["--consumers", "patch", "--reason", "bad"]), /--reason/);
});

Deno.test("one module of several is looked at: the one of the folder, or the one that is named", async () => {
  using repo = new Repo();
  repo.commit("begin", {
    "go.mod": goMod,
    "m.go": "package m\n",
    "sub/go.mod": "module example.com/m/sub\n\ngo 1.21\n",
    "sub/s.go": "package sub\n",
  });
  repo.tag("v1.0.0");
  repo.tag("sub/v0.3.0");
  repo.withRemote();
  repo.commit("fix: both", { "m.go": "package m // 2\n", "sub/s.go": "package sub // 2\n" });
  const versions = async (words: string[], cwd?: string) => {
    const { Module, Version } = await look(repo, words, cwd);
    return `${Module} ${Version}`;
  };
  assert.equal(await versions([]), "example.com/m v1.0.1");
  assert.equal(await versions([], `${repo.dir}/sub`), "example.com/m/sub v0.3.1");
  assert.equal(await versions(["--module", "sub"]), "example.com/m/sub v0.3.1");
  assert.equal(await versions(["minor", "sub"]), "example.com/m/sub v0.4.0");
  // As `gorel auto` at the root, which never means only one of them.
  assert.deepEqual(await refusal(repo, ["auto"]), ["module-not-found"]);
});

Deno.test(
  needsGo("where go refuses the highest tag the other queries give what go gives"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/r/sub";
    const mod = `module ${path}\n\ngo 1.21\n`;
    repo.commit("begin", { "sub/go.mod": mod, "sub/m.go": "package m\n" });
    repo.tag("sub/v1.0.0");
    repo.commit("more", { "sub/go.mod": `${mod}\nretract v1.0.0 // bad\n` });
    repo.tag("sub/v1.1.0");
    repo.git("mv", "sub/go.mod", "sub/go.mod.old");
    repo.commit("lost");
    repo.tag("sub/v1.2.0");
    repo.git("mv", "sub/go.mod.old", "sub/go.mod");
    repo.commit("fix: found");
    repo.withRemote();
    const before = await look(repo, ["--module", "sub", "retract", "v1.1.0", "--reason", "slow"]);
    using go = new Go({ GOPROXY: "direct", ...gitInstead("https://github.com/t/r", repo.remote) });
    const asked = before.Queries.filter((row) => row.Query.startsWith("@"));
    const theirs = goList(go, ["-retracted"], asked.map((row) => path + row.Query));
    for (const [i, row] of asked.entries()) {
      assert.equal(row.Before, theirs[i]!.Error ? null : theirs[i]!.Version, row.Query);
      assert.equal(row.Warned, undefined, "no retraction is in force");
    }
    assert.ok(rows(before).includes("@latest null → v1.2.1"));
    assert.ok(rows(before).includes("@v1.0.0 v1.0.0 → v1.0.0 (- → bad)"));
    assert.ok(!rows(before).some((row) => /of v1\.2\.0|→ v1\.2\.0/.test(row)), "go refuses it");
  },
);

Deno.test("the table is readable: what go get says stands beside it, most pins are left out", () => {
  const style = { ascii: false, color: false, verbose: false };
  const pins = Array.from({ length: 14 }, (_, i) => ({
    Query: `@v1.0.${14 - i}`,
    Before: `v1.0.${14 - i}`,
    After: `v1.0.${14 - i}`,
    Warns: "panics \u001b[31mred",
  }));
  const document: ConsumersDocument = {
    Module: "example.com/m",
    Version: "v1.1.0",
    Queries: [
      { Query: "@latest", Before: null, After: "v1.1.0" },
      { Query: "@v0", Before: "v0.1.0", After: "v0.1.0", Warned: "old", Warns: "old" },
      { Query: "@v0.1.0", Before: "v0.1.0", After: "v0.1.0", Warned: "old" },
      ...pins,
    ],
    Deprecated: { After: "use another" },
    Problems: [],
  };
  const text = printed(document, style);
  const lines = text.split("\n");
  assert.match(lines[0]!, /example\.com\/m: .*v1\.1\.0/);
  assert.ok(lines.some((line) => /^ {2}@latest +none +v1\.1\.0$/.test(line)));
  assert.ok(lines.some((line) => /^ {2}@v0 .*! go get warns, as before: old$/.test(line)));
  assert.ok(lines.some((line) => /^ {2}@v0\.1\.0 .*✓ no warning any more: old$/.test(line)));
  assert.match(text, /… 5 more versions/);
  assert.match(text, /! go get says, after the release: module is deprecated: use another/);
  assert.ok(!text.includes("\u001b"));
  assert.ok(lines.every((line) => line.length <= 80));
  assert.ok(!printed(document, { ...style, verbose: true }).includes("more versions"));
  const still = { ...document, Deprecated: { Before: "x" }, Queries: [] };
  assert.match(printed(still, style), /✓ go get no longer says: module is deprecated: x/);
  // deno-lint-ignore no-control-regex
  assert.match(printed(document, { ...style, ascii: true }), /^[\x00-\x7f]+$/);
});
