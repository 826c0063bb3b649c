/** Every printer on a document made by hand: its key lines, its width, and hostile text. */
import assert from "node:assert/strict";
import type { Outcome, Plan, WriteStep } from "../../../../lib/plan/types.ts";
import { accept, problem } from "../../../../lib/problem.ts";
import type {
  HashDocument,
  NextDocument,
  StatusDocument,
  VerifyDocument,
  VersionsDocument,
} from "../../../../lib/cli/answer.ts";
import { check } from "../../../../lib/cli/print/check.ts";
import { hash } from "../../../../lib/cli/print/hash.ts";
import { evidence, next } from "../../../../lib/cli/print/next.ts";
import { outcome } from "../../../../lib/cli/print/outcome.ts";
import { plan } from "../../../../lib/cli/print/plan.ts";
import { problems } from "../../../../lib/cli/print/problems.ts";
import { status } from "../../../../lib/cli/print/status.ts";
import { verify } from "../../../../lib/cli/print/verify.ts";
import { versions } from "../../../../lib/cli/print/versions.ts";
import { elapsed } from "../../../../lib/cli/print/layout.ts";
import type { Style } from "../../../../lib/cli/style.ts";

const plain: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...plain, ascii: true };
const colour: Style = { ...plain, color: true };
const verbose: Style = { ...plain, verbose: true };

const sum = "h1:3qkE7ZtV4cRw9m2yMZ3Kq0F7c2YbU5iJrLhGv0a1x0I=";
const modSum = "h1:Yq2p8fB1kZ0m7QxTnSg5u4yVdE6oHcWaJrLiPkNbc4w=";
const head = "ee8bcf9e6ea3f34b1c5f3a0c6d0f4e1b2a3c4d5e";

/** Text as a hostile repository or server would send it. */
const evil = "evil\x1b]0;owned\x07\x1b[31m\u202e\u0085\r\n\x9b2J";

function lines(text: string): string[] {
  assert.ok(text.endsWith("\n"));
  return text.slice(0, -1).split("\n");
}

const retraction: Plan = {
  Format: 1,
  Releases: [{
    Module: "example.com/greet",
    Dir: "",
    Base: "v1.0.0",
    Version: "v1.0.1",
    TagName: "v1.0.1",
    Tree: "t",
    Expect: { Sum: sum, GoModSum: modSum, LatestBefore: "v1.0.0", Latest: "v1.0.1" },
  }],
  Base: { Commit: head, Branch: "main", Tree: "t" },
  Problems: [
    { ...problem("dirty", "greet.go is changed."), Accepted: "only a comment" },
    problem("backport", "below the highest."),
  ],
  Steps: [
    {
      Id: "write-1",
      Do: "write",
      In: "commit",
      File: "go.mod",
      Mode: "100644",
      Before: "a",
      After: "b",
      Edits: [
        { At: 9, Old: "go 1.22\n", New: "go 1.23\n" },
        { At: 30, Old: "", New: "\n\tretract v1.0.0 // panics\n" },
      ],
    },
    {
      Id: "commit",
      Do: "commit",
      Parents: [head],
      Tree: "t",
      Message: "Release v1.0.1: retract v1.0.0\n\npanics\n",
      Sign: true,
    },
    { Id: "branch", Do: "branch", Name: "main", From: head, To: "commit" },
    { Id: "tag", Do: "tag", Name: "v1.0.1", Of: "commit", Message: "v1.0.1\n", Sign: false },
    { Id: "line", Do: "line" },
    {
      Id: "push",
      Do: "push",
      Remote: "origin",
      Refs: [
        { Name: "refs/heads/main", From: head, To: "commit" },
        { Name: "refs/tags/v1.0.1", From: null, To: "tag" },
      ],
      Atomic: true,
    },
    { Id: "ask-proxy", Do: "ask-proxy" },
    { Id: "verify", Do: "verify" },
  ],
};

Deno.test("a plan shows every step, the line of no return, the bytes and what users get", () => {
  const undo = (text: string, mark: string) => text.padEnd(80 - 5 - mark.length) + "undo " + mark;
  assert.deepEqual(lines(plan(retraction, plain)), [
    "example.com/greet v1.0.1".padEnd(68) + "after v1.0.0",
    "Nothing has been changed yet.",
    "",
    undo("  1 write   go.mod", "✓"),
    undo("  2 commit  Release v1.0.1: retract v1.0.0 (signed)", "✓"),
    undo("  3 branch  main moves from ee8bcf9 to the new commit", "✓"),
    undo("  4 tag     v1.0.1 at the new commit", "✓"),
    "━━ nobody has seen anything up to here ".padEnd(80, "━"),
    undo("  5 push    main and v1.0.1 to origin, in one atomic push", "✗"),
    "  6 ask     the module proxy for v1.0.1: it keeps what it saw",
    "  7 verify  tag, .info, .mod, .zip and its hash, the list, @latest",
    "",
    "── go.mod ".padEnd(80, "─"),
    "  - go 1.22",
    "  + go 1.23",
    "  +",
    "  +     retract v1.0.0 // panics",
    "",
    `  zip      ${sum}`,
    `  go.mod   ${modSum}`,
    "  @latest  v1.0.0 → v1.0.1",
    "",
    "! dirty greet.go is changed.",
    "  accepted: only a comment",
  ]);
  const local = { ...retraction, Steps: retraction.Steps.slice(0, 4) };
  assert.match(plan(local, plain), /Nothing leaves this machine; gorel resume pushes it later\./);
  assert.ok(!plan(local, plain).includes("━"));
});

Deno.test("a plan says what becomes of a deleted, a binary and a large file, and that no version is left", () => {
  const { Edits: _edits, ...write } = retraction.Steps[0] as WriteStep;
  const file = (more: Partial<WriteStep>) =>
    plan({
      ...retraction,
      Steps: [{ ...write, ...more }],
    }, plain);
  assert.match(file({ After: null }), /write {3}go\.mod, which goes away[^]*the file is deleted/);
  assert.match(file({ Base64: "AA==" }), /a file that is not text/);
  assert.match(file({ Text: "x\n" }), /go\.mod ─+\n {2}all of it, as it will be:\n {2}\+ x\n/);
  const chmod = file({ After: write.Before, Mode: "100755", Text: "x\n" });
  assert.match(chmod, /─\n {2}only its mode changes: executable file\n\n/);
  const long = file({ Text: "line\n".repeat(60) });
  assert.match(long, /… 20 more lines; -v shows them/);
  const { Latest: _, ...expect } = retraction.Releases[0]!.Expect;
  const none = { ...retraction, Releases: [{ ...retraction.Releases[0]!, Expect: expect }] };
  assert.match(plan(none, plain), /@latest {2}v1\.0\.0 → nothing/);
});

const released: Outcome = {
  State: "published",
  Releases: [{
    Module: "example.com/greet",
    Version: "v1.0.1",
    TagName: "v1.0.1",
    Sum: sum,
    GoModSum: modSum,
  }],
  Commit: head,
  Steps: [
    { Id: "tag", Do: "tag", State: "done", Detail: "v1.0.1", Ms: 210 },
    { Id: "push", Do: "push", State: "done", Ms: 3100 },
    { Id: "sumdb", Do: "checksum-database", State: "not-asked", Detail: "not built yet" },
  ],
  Problems: [],
};

Deno.test("an outcome is a receipt: what is out, its hashes, what is left, what to type", () => {
  assert.deepEqual(lines(outcome(released, plain)), [
    "✓ example.com/greet v1.0.1 is published.",
    "",
    "  go get example.com/greet@v1.0.1",
    "",
    `  commit  ${head}`,
    "  tag     v1.0.1",
    `  zip     ${sum}`,
    `  go.mod  ${modSum}`,
    "",
    "  · checksum database  not asked: not built yet",
  ]);
  assert.match(outcome(released, verbose), /✓ push\s+3\.1 s/);

  const waiting = { Id: "write-1", Do: "write", State: "waiting" } as const;
  const unpushed = { ...released, Steps: released.Steps.slice(0, 1) };
  const table: [Partial<Outcome>, RegExp][] = [
    [{ State: "nothing", Releases: [], Steps: [] }, /^· Nothing to release\.\n$/],
    [{ State: "pushed" }, /^✓ example\.com\/greet v1\.0\.1 is out: the remote has it\./],
    [
      { State: "pushed", Releases: [released.Releases[0]!, released.Releases[0]!] },
      /^✓ .*, .* are out: the remote has them\./,
    ],
    [
      { State: "pushed", Problems: [problem("not-yet", "no")], Next: "gorel verify v1.0.1" },
      /^! .* is out, but not visible everywhere yet\.\n[^]*\nNext: gorel verify v1\.0\.1\n$/,
    ],
    [{ State: "local" }, /is made here\. Nothing has left this machine\./],
    [{ State: "undone" }, /^✓ .* is taken back: refs, index and files/],
    [{ State: "failed" }, /^✗ The release of .* failed\. It was pushed: it is out, and/],
    [{ ...unpushed, State: "failed" }, /failed\. Nothing has left this machine\./],
    [{ State: "failed", Steps: [waiting] }, /failed\. Nothing was released\.\n$/],
    [
      { State: "failed", Steps: [waiting], Next: "gorel undo" },
      /Nothing has left .*\n\n {2}commit/,
    ],
    [{ ...unpushed, State: "stopped" }, /^! The release of .* was stopped\. Nothing has left/],
    [{ State: "stopped", Releases: [], Steps: [] }, /^! The release was stopped\. Nothing has/],
    [{ State: "waiting-merge" }, /waits for a merge/],
  ];
  for (const [more, expected] of table) {
    // Long sentences are broken at spaces; the break does not matter here.
    const text = outcome({ ...released, ...more }, plain);
    const whole = text.replace(/(?<=\S)\n {2}(?=\S)/, " ");
    assert.match(whole, expected, JSON.stringify(more));
  }
});

const advice: NextDocument = {
  Module: "example.com/greet",
  Dir: "",
  TagPrefix: "",
  Base: "v1.0.0",
  Advised: { Version: "v1.1.0", Bump: "minor" },
  Candidates: {
    patch: { Version: "v1.0.1", Module: "example.com/greet", Allowed: true },
    minor: { Version: "v1.1.0", Module: "example.com/greet", Allowed: true },
    major: {
      Version: "v2.0.0",
      Module: "example.com/greet/v2",
      Allowed: false,
      Reason: "import paths are not rewritten yet, and this is long enough for two lines",
    },
    prerelease: { Version: "v1.1.0-rc.1", Module: "example.com/greet", Allowed: true },
  },
  Evidence: [{ Code: "go-raised", Text: "go 1.23 (was 1.22)", Where: { File: "go.mod", Line: 3 } }],
  NotChecked: ["the exported API"],
};

Deno.test("next prints the version alone, and its evidence apart from it", () => {
  assert.equal(next(advice), "v1.1.0\n");
  assert.equal(next({ ...advice, Advised: null }), "");
  const text = evidence(advice, plain);
  assert.match(text, /^example\.com\/greet: v1\.1\.0 \(minor\), after v1\.0\.0\n/);
  assert.match(text, /\n {2}· go 1\.23 \(was 1\.22\) \(go\.mod:3\)\n/);
  assert.match(text, /\n {2}major {7}v2\.0\.0 {7}as example\.com\/greet\/v2, no: import/);
  assert.match(text, /\nNot checked:\n {2}· the exported API\n$/);
  assert.match(evidence({ ...advice, Advised: null }, plain), /: nothing to release after v1\.0/);
});

const state: StatusDocument = {
  Modules: [{
    Path: "example.com/greet",
    Dir: "",
    Base: "v1.0.0",
    Highest: "v1.2.0",
    Latest: "v1.1.0",
    Unreleased: { Commits: 1, Files: 2 },
    Retracted: [{ Version: "v1.2.0", Rationale: "panics" }, { Version: "v0.9.0", Rationale: "" }],
  }, { Path: "example.com/greet/tools", Dir: "tools", Retracted: [] }],
  Branch: "main",
  Upstream: { Ahead: 2, Behind: 0 },
  Changed: ["a.go", "b.go", "c.go", "d.go", "e.go", "f.go"],
  Unfinished: { Version: "v1.0.1", After: "the tag was made" },
  Problems: [],
};

Deno.test("status shows each module, what is changed and what is unfinished", () => {
  assert.deepEqual(lines(status(state, plain)), [
    "example.com/greet".padEnd(54) + "main · 2 ahead · 6 changed",
    "",
    "  Last release  v1.0.0",
    "  Highest       v1.2.0",
    "  @latest       v1.1.0",
    "  Since then    1 commit · 2 files",
    "  Retracted     v1.2.0  panics",
    "                v0.9.0",
    "",
    "example.com/greet/tools (in tools)",
    "",
    "  Last release  none yet",
    "",
    "! 6 files changed:",
    "    a.go",
    "    b.go",
    "    c.go",
    "    d.go",
    "    e.go",
    "    … 1 more; -v names them",
    "",
    "! v1.0.1 is not finished; it stopped after: the tag was made. gorel",
    "  resume goes on; gorel undo takes it back if it was not pushed.",
  ]);
  assert.match(status(state, verbose), /f\.go/);
  const { Branch: _b, Upstream: _u, Unfinished: _f, ...bare } = state;
  const empty = status({ ...bare, Modules: [], Changed: [] }, plain);
  assert.match(empty, /^No Go module here\. {42,}no branch · clean\n$/);
});

const list: VersionsDocument = {
  Module: "example.com/greet",
  Versions: [
    {
      Version: "v1.0.0",
      Tag: "v1.0.0",
      Prerelease: false,
      Retracted: ["panics", "leaks"],
      Here: true,
      OnRemote: true,
      OnProxy: true,
    },
    { Version: "v1.0.1", Prerelease: false, Here: false, OnRemote: false, OnProxy: true },
    { Version: "v1.1.0-rc.1", Prerelease: true, Here: true, OnRemote: false, OnProxy: false },
  ],
  Ignored: [{ Tag: "v1.2", Code: "short", Reason: "Go wants all three numbers." }],
  Latest: "v1.0.1",
  Deprecated: "use example.com/hello",
};

Deno.test("versions is a table of where each version is", () => {
  const table = [
    "  version      here  remote  proxy",
    "  v1.0.0       ✓     ✓       ✓      ✗ retracted: panics; leaks",
    "  v1.0.1       ·     ·       ✓      ● @latest",
    "  v1.1.0-rc.1  ✓     ·       ·      pre-release",
  ];
  assert.deepEqual(lines(versions(list, plain)), [
    "example.com/greet",
    "",
    ...table,
    "",
    "! deprecated: use example.com/hello",
    "",
    "Tags that are no versions:",
    "  · v1.2: Go wants all three numbers.",
  ]);
  assert.match(versions({ ...list, Versions: [] }, plain), /no version yet/);
  const Ignored = ["v1.2", "v1", "1.0.0", "v1.3"].map((Tag) => ({
    Tag,
    Code: Tag.startsWith("v") ? "short" : "no-v",
    Reason: Tag.startsWith("v") ? "All three numbers." : "A lower-case v.",
  }));
  assert.deepEqual(lines(versions({ ...list, Ignored }, plain)).slice(-2), [
    "  · v1.2, v1, v1.3: All three numbers.",
    "  · 1.0.0: A lower-case v.",
  ]);
});

const proof: VerifyDocument = {
  Module: "example.com/greet",
  Version: "v1.0.1",
  State: "pending",
  Steps: [
    { Id: "v1.0.1:tag", Do: "tag", State: "ok", Detail: "the remote shows it", Ms: 1210 },
    { Id: "v1.0.1:info", Do: "info", State: "waiting", Detail: "404" },
    { Id: "v1.0.1:zip", Do: "zip", State: "not-asked", Detail: "not reached" },
  ],
  Problems: [],
};

Deno.test("verify gives the verdict, then each rung", () => {
  assert.deepEqual(lines(verify(proof, plain)), [
    "! example.com/greet v1.0.1 is not visible everywhere yet.",
    "",
    "  ✓ tag    the remote shows it  1.2 s",
    "  ◐ .info  waiting: 404",
    "  · .zip   not asked: not reached",
  ]);
  const served = proof.Steps.map((step) => ({ ...step, State: "ok" as const }));
  assert.match(
    verify({ ...proof, State: "published", Steps: served, Sum: sum, GoModSum: modSum }, plain),
    /^✓ example\.com\/greet v1\.0\.1 is published[^]*zip {5}h1:3q[^]*go\.mod {2}h1:Yq/,
  );
  assert.match(
    verify({ ...proof, State: "published" }, plain),
    /^✓ .* is out: the remote has its tag\.\s+No module\s+proxy\s+was\s+asked/,
  );
  assert.match(verify({ ...proof, State: "failed" }, plain), /^✗ .* is not what it should be\./);
});

const hashes: HashDocument = {
  Path: "example.com/greet",
  Version: "v1.0.1",
  Sum: sum,
  GoModSum: modSum,
  Files: 1,
  Bytes: 53,
};

Deno.test("hash shows both hashes and what the zip holds", () => {
  assert.deepEqual(lines(hash(hashes, plain)), [
    "example.com/greet v1.0.1",
    "",
    `  zip     ${sum}`,
    "          1 file, 53 bytes",
    `  go.mod  ${modSum}`,
  ]);
});

Deno.test("problems stand in the order of their weight, with place and way out", () => {
  const found = [
    problem("not-asked", "The proxy was not asked."),
    problem("backport", "v1.0.1 is below v1.2.0."),
    problem("go-mod-invalid", "unknown directive: retrac", {
      where: { File: "go.mod", Line: 5 },
      fix: "correct the line",
    }),
    { ...problem("dirty", "a.go is changed.", { fix: "git commit" }), Accepted: "known" },
  ];
  const all = [
    "✗ go-mod-invalid unknown directive: retrac",
    "  at go.mod:5",
    "  → correct the line",
    "! backport v1.0.1 is below v1.2.0.",
    "! dirty a.go is changed.",
    "  accepted: known",
    "· not-asked The proxy was not asked.",
  ];
  assert.deepEqual(lines(problems(found, plain)), all);
  assert.equal(problems([], plain), "");
  const [silent] = accept([problem("dirty", "a.go is changed.")], [{ Code: "dirty" }], {
    writesFiles: false,
  });
  assert.deepEqual(lines(problems([silent!], plain)).slice(1), ["  accepted without a reason"]);
  assert.deepEqual(lines(check({ Version: "v1.0.1", Problems: found }, plain)), [
    "✗ 1 problem stops v1.0.1; 1 accepted, 1 warning.",
    ...all,
  ]);
  assert.equal(check({ Version: "v1.0.1", Problems: [] }, plain), "✓ nothing stops v1.0.1.\n");
});

const everything = (style: Style, word: string): string[] => {
  const says = problem("push-refused", `no ${word}\n${word}`, {
    where: { File: word },
    fix: word,
  });
  const [release] = retraction.Releases;
  const step = retraction.Steps[0] as WriteStep;
  return [
    problems([says, { ...says, Accepted: word }], style),
    check({ Version: word, Problems: [says] }, style),
    plan({
      ...retraction,
      Releases: [{ ...release!, Module: word, Base: word, Version: word }],
      Steps: [
        { ...step, File: word, Edits: [{ At: 0, Old: word, New: word }] },
        { Id: "tag", Do: "tag", Name: word, Of: word, Message: word, Sign: false },
        { Id: "commit", Do: "commit", Parents: [], Tree: "", Message: word, Sign: false },
        { Id: "branch", Do: "branch", Name: word, From: word, To: word },
        {
          Id: "push",
          Do: "push",
          Remote: word,
          Refs: [{ Name: word, From: null, To: "" }],
          Atomic: true,
        },
        { Id: "ask-proxy", Do: "ask-proxy" },
      ],
    }, style),
    outcome({
      ...released,
      Releases: [{ ...released.Releases[0]!, Module: word, TagName: word }],
      Steps: [{ Id: "push", Do: "push", State: "failed", Detail: word }],
      Next: word,
    }, style),
    next({ ...advice, Advised: { Version: word, Bump: "patch" } }),
    evidence({
      ...advice,
      Module: word,
      Base: word,
      Evidence: [{ Code: "commit", Text: word, Where: { File: word } }],
      NotChecked: [word],
    }, style),
    status({
      ...state,
      Modules: [{
        Path: word,
        Dir: word,
        Base: word,
        Latest: word,
        Retracted: [{ Version: word, Rationale: word }],
      }],
      Branch: word,
      Changed: [word],
      Unfinished: { Version: word, After: word },
    }, style),
    versions({
      ...list,
      Module: word,
      Versions: [{ ...list.Versions[0]!, Version: word, Retracted: [word] }],
      Ignored: [{ Tag: word, Code: "short", Reason: word }],
      Deprecated: word,
    }, style),
    verify({
      ...proof,
      Module: word,
      Version: word,
      Steps: [{ Id: word, Do: "tag", State: "failed", Detail: word }],
      Sum: word,
    }, style),
    hash({ ...hashes, Path: word, Version: word, Sum: word }, style),
  ];
};

Deno.test("no printer lets a repository or a server write to the terminal", () => {
  for (const style of [plain, verbose, ascii]) {
    for (const text of everything(style, evil)) {
      assert.match(text, /evil/);
      assert.equal(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text.replaceAll("\n", "")), null, text);
      assert.ok(!text.includes("owned") && !text.includes("31m"), text);
    }
  }
});

Deno.test("prose stays within 80 columns, and ASCII output is ASCII", () => {
  const prose = "a reason of several words ".repeat(8).trim();
  for (const text of everything(plain, "word").concat(problems([problem("dirty", prose)], plain))) {
    for (const line of text.split("\n")) assert.ok([...line].length <= 80, line);
  }
  const long = versions(
    { ...list, Versions: [{ ...list.Versions[0]!, Retracted: [prose] }] },
    plain,
  );
  for (const line of long.split("\n")) assert.ok([...line].length <= 80, line);
  for (const text of everything(ascii, "word")) {
    assert.match(text, /^[\x20-\x7e\n]*$/);
  }
});

Deno.test("colour sits on symbols only, and never changes the text", () => {
  for (const [i, text] of everything(colour, "word").entries()) {
    // deno-lint-ignore no-control-regex
    assert.equal(text.replace(/\x1b\[[0-9;]*m/g, ""), everything(plain, "word")[i]);
  }
  assert.equal(problems([problem("dirty", "a")], colour), "\x1b[31m✗\x1b[0m dirty a\n");
  assert.ok(plan(retraction, colour).includes("\x1b[1;35m━━ nobody"));
});

Deno.test("times are short", () => {
  assert.deepEqual([undefined, 0, 210, 59_940, 72_000].map(elapsed), [
    "",
    "0.0 s",
    "0.2 s",
    "59.9 s",
    "1:12 min",
  ]);
});
