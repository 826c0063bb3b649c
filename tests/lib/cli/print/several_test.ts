/** What people read of plans with several releases, a commit behind them, and very many files. */
import assert from "node:assert/strict";
import { outcome } from "../../../../lib/cli/print/outcome.ts";
import { plan } from "../../../../lib/cli/print/plan.ts";
import { problems } from "../../../../lib/cli/print/problems.ts";
import type { Style } from "../../../../lib/cli/style.ts";
import type { Plan, Step } from "../../../../lib/plan/types.ts";
import { problem } from "../../../../lib/problem.ts";

const style: Style = { color: false, ascii: false, verbose: false };
const loud: Style = { ...style, verbose: true };
const oid = (digit: string) => digit.repeat(40);
const sum = (letter: string) => `h1:${letter.repeat(43)}=`;

const release = (Module: string, Dir: string, Version: string, TagName: string) => ({
  ...{ Module, Dir, Version, TagName, Tree: oid("3") },
  Expect: { Sum: sum("A"), GoModSum: sum("B") },
});

const write = (In: string, n: number, File = `f${n}.go`): Step => ({
  ...{ Id: `write-${In}-${n}`, Do: "write", In, File, Mode: "100644" },
  ...{ Before: oid("4"), After: oid("5"), Edits: [{ At: 0, Old: "a\n", New: "b\n" }] },
});

const commit = { Do: "commit", Tree: oid("3"), Message: "Release\n", Sign: false } as const;

/** A train with a new major, `files` of which are rewritten. */
function train(files: number): Plan {
  return {
    Format: 1,
    Releases: [
      release("example.com/m/codec", "codec", "v0.2.0", "codec/v0.2.0"),
      { ...release("example.com/m", "", "v2.0.0", "v2.0.0"), NewModule: "example.com/m/v2" },
    ],
    Base: { Commit: oid("1"), Branch: "main", Tree: oid("2") },
    Problems: [],
    Steps: [
      { Id: "prove-build", Do: "prove", Run: "build" },
      ...Array.from({ length: files }, (_, i) => write("commit", i + 1)),
      { Id: "commit", Parents: [oid("1")], ...commit },
      write("after", 1, "go.sum"),
      { Id: "after", Parents: ["commit"], ...commit, Message: "Complete go.sum\n" },
      { Id: "branch", Do: "branch", Name: "main", From: oid("1"), To: "after" },
      { Id: "keep", Do: "branch", Name: "release-v1", From: null, To: oid("1") },
    ],
  };
}

Deno.test("a plan of several releases says which commit is in a version, and what the new branch keeps", () => {
  const said = plan(train(1), style);
  assert.match(said, /^example\.com\/m\/codec v0\.2\.0\nexample\.com\/m\/v2 v2\.0\.0\n/);
  assert.match(said, / 1 prove {3}go build \.\/\.\.\. on a copy of what is coming\n/);
  assert.match(said, / 4 write {3}go\.sum, behind the release +undo ✓\n/);
  assert.match(said, / 5 commit {2}Complete go\.sum +undo ✓\n +behind the tagged one, and in no/);
  assert.match(said, / 6 branch {2}main moves from 1111111 to the commit behind it/);
  assert.match(said, / 7 branch {2}release-v1 begins at 1111111/);
  assert.match(said, /module +example\.com\/m\/v2\n/);
});

Deno.test("very many files are told by number, and all of them with -v", () => {
  const said = plan(train(5000), style);
  assert.ok(said.split("\n").length < 80, said);
  assert.match(said, / 9 write {3}f8\.go.*\n +… 4992 more files\n5002 commit/);
  assert.match(said, /4992 more files: -v shows what changes in them\./);
  assert.match(plan(train(20), loud), /── f20\.go ─/);
  const { Steps, Releases, Problems } = train(5000);
  const ended = outcome({
    State: "stopped",
    Releases: Releases.map((r) => ({ ...r, Sum: r.Expect.Sum, GoModSum: r.Expect.GoModSum })),
    Steps: Steps.map((step, i) => {
      const first = i === Steps.findIndex(({ Do }) => Do === "write");
      return { Id: step.Id, Do: step.Do, State: first ? "done" as const : "waiting" as const };
    }),
    Problems,
  }, style);
  assert.match(ended, /… +499\d more files\n +◐ commit/);
  const early = outcome({
    State: "stopped",
    Releases: [],
    Steps: [
      { Id: "prove-tidy", Do: "prove", State: "done" },
      { Id: "write-1", Do: "write", State: "waiting" },
    ],
    Problems,
  }, style);
  assert.doesNotMatch(early, /write/, "nothing was begun");
  assert.ok(ended.split("\n").length < 40, ended);
});

Deno.test("of hundreds of notes of one kind the first are shown, and no warning is hidden", () => {
  const notes = Array.from(
    { length: 300 },
    (_, i) =>
      problem("old-path-left", `f${i}.md says example.com/m.`, { where: { File: `f${i}.md` } }),
  );
  const warnings = Array.from({ length: 10 }, (_, i) => problem("untracked", `u${i}.go is new.`));
  const said = problems([...notes, ...warnings], style);
  assert.equal(said.match(/! untracked/g)?.length, 10);
  assert.match(said, /f7\.md says[^]*· old-path-left 292 more notes; -v and --json show all\.\n$/);
  assert.doesNotMatch(said, /f8\.md/);
  assert.match(problems(notes, loud), /f299\.md/);
});
