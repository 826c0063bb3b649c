/**
 * Hostile repositories, servers, plans, journals and environments: nothing they hold makes
 * gorel run, write, push or print what it should not (DESIGN.md §7, "Safe").
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { parsePlan } from "../../lib/apply/parse.ts";
import { Refused } from "../../lib/problem.ts";
import { hasGo } from "../support/go.ts";
import { gorel, permissions, type Ran, start } from "../support/gorel.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { goMod, released } from "../support/released.ts";
import { Repo, run, snapshotFolder } from "../support/repo.ts";

function on(repo: Repo, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return gorel(args, { cwd: repo.dir, env: { ...repo.env, ...env } });
}

const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

/** What a terminal would obey, or would not show: controls but the line end, and bidi marks. */
// deno-lint-ignore no-control-regex
const obeyed = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

function assertPlain({ stdout, stderr }: Pick<Ran, "stdout" | "stderr">, what: string): void {
  for (const text of [stdout, stderr]) {
    const found = obeyed.exec(text);
    assert.equal(
      found && JSON.stringify(text.slice(found.index - 40, found.index + 10)),
      null,
      what,
    );
  }
}

/** Refs, files and everything else of a repository and its remote, but objects. */
function state(repo: Repo): Record<string, string> {
  const skip = (path: string) => /(^|\.git\/)objects/.test(path);
  const remote = Object.entries(snapshotFolder(repo.remote, skip));
  return {
    ...snapshotFolder(repo.dir, skip),
    ...Object.fromEntries(remote.map(([path, content]) => [`remote: ${path}`, content])),
  };
}

Deno.test("credentials of a remote's URL are in no output, plan or journal", async (t) => {
  using repo = released();
  await using server = new HttpBackend(repo.folder.path, repo.env);
  const outputs: string[] = [];
  const tried = async (args: string[], env: Record<string, string> = {}) => {
    const ran = await on(repo, args, env);
    outputs.push(ran.stdout, ran.stderr);
    return ran;
  };
  const told = () => {
    const journals = join(repo.dir, ".git", "gorel");
    try {
      outputs.push(JSON.stringify(snapshotFolder(journals)));
    } catch {
      // No release is under way.
    }
    const leak = outputs.find((text) => /s3cret|hidden/.test(text));
    assert.equal(leak, undefined);
  };
  const url = server.url("remote.git", "ada:s3cret%2Fhidden@");
  repo.git("remote", "set-url", "origin", url);

  for (const fault of ["unauthorized", "cut-before"] as const) {
    await t.step(`a server that is ${fault}`, async () => {
      server.fault = fault;
      const ran = await tried([...retract, "--yes", "--no-wait", "--events", "--json"]);
      assert.notEqual(ran.code, 0);
      told();
      if (fault === "cut-before") assert.equal((await tried(["undo"])).code, 0);
    });
  }
  await t.step("a hook's words, a plan, a release that works", async () => {
    server.fault = "none";
    const hook = join(repo.dir, ".git", "hooks", "pre-push");
    Deno.writeTextFileSync(hook, '#!/bin/sh\necho "going to $2"; echo "$2" >&2; exit 1\n', {
      mode: 0o755,
    });
    const plan = repo.folder.join("plan.json");
    assert.equal((await tried(["plan", ...retract, "--no-wait", "-o", plan])).code, 0);
    outputs.push(Deno.readTextFileSync(plan));
    const refused = await tried(["apply", plan, "--yes", "--events", "--json"]);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stdout, /going to http:\/\/127/);
    told();
    Deno.removeSync(hook);
    assert.equal((await tried(["resume", "--yes", "--no-wait", "--events"])).code, 0);
    await tried(["verify", "v1.0.1"]);
    told();
  });
  await t.step("a password that was not encoded", async () => {
    for (const odd of ["s3cret/hidden", "s3@cret'hidden"]) {
      repo.git("remote", "set-url", "origin", `http://ada:${odd}@127.0.0.1:1/x.git`);
      const ran = await tried(["check", "--json"]);
      assert.match(ran.stdout, /remote-unreachable/);
    }
    told();
  });
  await t.step("a proxy's URL", async () => {
    for (const proxy of ["http://ada:s3cret@127.0.0.1:1", "https://s3cret:hidden@127.0.0.1:1/p"]) {
      await tried(["check", "--json"], { GOPROXY: proxy });
    }
    told();
  });
});

Deno.test("names and messages from a repository reach no terminal, shell or option", async () => {
  using repo = released();
  const odd = ["-x", "--upload-pack=touch${IFS}pwned", "v1.0.0;touch${IFS}pwned", "v1.9.9\u202e"];
  odd.push("v1.2.3\u009b31m", "v1.0.4$(touch${IFS}pwned)", "v2.0.0-`id`", "v1.0.0\u2066x");
  const head = repo.git("rev-parse", "HEAD");
  for (const name of odd) {
    repo.git("update-ref", `refs/tags/${name}`, head);
    repo.git("update-ref", `refs/heads/${name}`, head);
    repo.git("push", "-q", "origin", `${head}:refs/tags/${name}`);
  }
  repo.commit(
    "fix: \x1b]8;;http://evil\x07link\x1b]8;;\x07 \x1b[31mred \u202ebidi \u009b31mC1 \x07 over\rwritten",
  );
  repo.commit("feat(\x1b[2J)!: \x1bPdcs\x1b\\ clear\n\nBREAKING CHANGE: \x1b]0;title\x07 y", {
    "a\x1b[31mb\u202e.txt": "odd name\n",
    "go.mod": goMod + 'retract v1.0.0 // \x1b[31mred\u202e "quoted" `x`\n',
  });
  repo.git("symbolic-ref", "HEAD", "refs/heads/--upload-pack=touch${IFS}pwned");
  repo.git("update-ref", "HEAD", "refs/heads/main");
  repo.write("b\x1b[31m\u2066.txt", "untracked\n");
  const lines = [["next", "-v"], ["versions"], ["status", "-v"], ["check"]];
  const revisions = ["--output=pwned", "v1.2.3\u009b31m"].map((name) => ["hash", "--", name]);
  const looks = [...lines, ...lines.map((args) => [...args, "--json"]), ...revisions];
  await Promise.all(looks.map(async (args) => {
    const ran = await on(repo, args);
    assertPlain(ran, JSON.stringify(args));
    if (args.includes("--json")) assert.doesNotThrow(() => ran.json, args.join(" "));
  }));
  repo.git("rm", "-q", "a\x1b[31mb\u202e.txt");
  Deno.removeSync(join(repo.dir, "b\x1b[31m\u2066.txt"));
  repo.commit("fix: a name that Go refuses");
  const ran = await on(repo, ["v1.1.0", "--yes", "--no-wait"]);
  assertPlain(ran, "the release");
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(repo.onRemote("rev-parse", "v1.1.0^{}"), repo.git("rev-parse", "HEAD"));
  const there = Object.keys(snapshotFolder(repo.folder.path)).filter((p) => /pwned$/.test(p));
  assert.deepEqual(there.filter((path) => !/refs\/|logs\//.test(path)), []);
});

Deno.test("what a proxy or a remote's hook answers is shown without what a terminal obeys", async () => {
  using repo = released();
  const evil = "\x1b]8;;http://evil\x07link\x1b]8;;\x07 \x1b[31m\u202ered\u009b2J";
  const answers: Record<string, () => Response> = {
    escapes: () => new Response(evil, { status: 500, headers: { "content-type": "text/plain" } }),
    forbidden: () => new Response(evil, { status: 403, headers: { "content-type": "text/plain" } }),
    page: () => new Response("<html>" + evil, { headers: { "content-type": "text/html" } }),
    list: () => new Response(`v1.0.0\nv1.5.0${evil}\n${evil}\nv9.9.9-${"9".repeat(9999)}\n\0\n`),
    huge: () => new Response("v1.0.0\n".repeat(3 << 20)),
    away: () => new Response(null, { status: 302, headers: { location: "file:///etc/passwd" } }),
  };
  let answer = answers.escapes!;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => answer(),
  );
  const GOPROXY = `http://127.0.0.1:${server.addr.port}`;
  for (const [name, one] of Object.entries(answers)) {
    answer = one;
    const ran = await on(repo, ["check"], { GOPROXY });
    assertPlain(ran, name);
    assert.ok([0, 3].includes(ran.code), `${name}: ${ran.stderr}`);
    assert.doesNotMatch(ran.stdout + ran.stderr, /root:|9{99}/, name);
    assert.ok(ran.stderr.length + ran.stdout.length < 4000, name);
  }
  const hook = join(repo.remote, "hooks", "pre-receive");
  Deno.writeTextFileSync(hook, `#!/bin/sh\nprintf '${evil}\\r\\a no\\n' >&2\nexit 1\n`, {
    mode: 0o755,
  });
  const ran = await on(repo, [...retract, "--yes", "--no-wait", "--events"]);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /link red; +no/);
  assertPlain(ran, "the hook's words");
});

/** Reports whether a value passes for a plan until the repository is looked at. */
function isPlan(value: unknown): boolean {
  try {
    return parsePlan(value) !== undefined;
  } catch (error) {
    assert.ok(error instanceof Refused, String(error));
    assert.equal(error.problems[0]?.Code, "plan-invalid");
    return false;
  }
}

interface Altered {
  // deno-lint-ignore no-explicit-any
  (plan: any): void;
}

/** Plans made by hand, by what is wrong with them; the steps are write, commit, branch, tag, line, push. */
const altered: Record<string, Altered> = {
  "a branch of somebody else": (p) => p.Steps[5].Refs[0].Name = "refs/heads/other",
  "two branches": (p) =>
    p.Steps[5].Refs.push({ ...p.Steps[5].Refs[0], Name: "refs/heads/other", From: null }),
  "another tag": (p) =>
    p.Steps[5].Refs.push({ Name: "refs/tags/v9.0.0", From: null, To: p.Base.Commit }),
  "a tag that moves": (p) => p.Steps[5].Refs[1].From = p.Base.Commit,
  "a deleted branch": (p) => p.Steps[5].Refs[0].To = "0".repeat(40),
  "an empty target": (p) => p.Steps[5].Refs[0].To = "",
  "a notes ref": (p) => p.Steps[5].Refs[0].Name = "refs/notes/commits",
  "only a branch": (p) => p.Steps[5].Refs.pop(),
  "a push that is not atomic": (p) => p.Steps[5].Atomic = false,
  "a server in place of a remote": (p) => p.Steps[5].Remote = "ext::sh -c touch% pwned",
  "a path in place of a remote": (p) => p.Steps[5].Remote = "../elsewhere.git",
  "an option in place of a remote": (p) => p.Steps[5].Remote = "--receive-pack=touch pwned",
  "two pushes": (p) => p.Steps.push({ ...p.Steps[5], Id: "push-2" }),
  "a push before the line": (p) => p.Steps.splice(4, 1),
  "a local branch of somebody else": (p) => p.Steps[2].Name = "other",
  "a branch that goes back": (p) => p.Steps[2].To = "commit-0",
  "a commit with another parent": (p) => p.Steps[1].Parents.push(p.Base.Commit),
  "an orphan": (p) => p.Steps[1].Parents = [],
  "another tree": (p) => p.Steps[1].Tree = p.Base.Tree,
  "a message with a NUL": (p) => p.Steps[1].Message = "x\0y",
  "no message": (p) => p.Steps[3].Message = " \n",
  "a tag of another version": (p) => p.Steps[3].Name = "v1.0.9",
  "a tag with another prefix": (p) => p.Releases[0].TagName = "x/v1.0.1",
  "an escape in a version": (p) => p.Releases[0].Version = "v1.0.1\x1b[31m",
  "an option as version": (p) => p.Releases[0].Version = "--force",
  "an escape in the module": (p) => p.Releases[0].Module = "example.com/\x1b]0;x\x07m",
  "another module": (p) => p.Releases[0].Module = "example.com/other",
  "a new path": (p) => p.Releases[0].NewModule = "example.com/other",
  "a second release": (p) => p.Releases.push(p.Releases[0]),
  "a file outside": (p) => p.Steps[0].File = "../outside",
  "an absolute file": (p) => p.Steps[0].File = "/tmp/outside",
  "a file of git's": (p) => p.Steps[0].File = ".git/hooks/pre-push",
  "a file of git's by another name": (p) => p.Steps[0].File = "sub/.GIT\u200c/config",
  "a file written twice": (p) => p.Steps.unshift({ ...p.Steps[0], Id: "write-0" }),
  "a file of no commit": (p) => p.Steps[0].In = "commit-2",
  "a device's mode": (p) => p.Steps[0].Mode = "160000",
  "two contents": (p) => p.Steps[0].Text = "module example.com/m\n",
  "an edit beyond the file": (p) => p.Steps[0].Edits[0].At = 2 ** 40,
  "an edit before the file": (p) => p.Steps[0].Edits[0].At = -1,
  "an edit that shows something else": (p) => p.Steps[0].Edits[0].Old = "go",
  "an edit of the wrong type": (p) => p.Steps[0].Edits = { 0: 1 },
  "no edit": (p) => delete p.Steps[0].Edits,
  "broken Base64": (p) => {
    delete p.Steps[0].Edits;
    p.Steps[0].Base64 = "AB=C";
  },
  "the name of the journal's own event": (p) => p.Steps[1].Id = p.Steps[2].To = "push",
  "an unknown step": (p) => p.Steps[4].Do = "shell",
  "a step of the prototype": (p) => p.Steps[4].Do = "constructor",
  "no steps": (p) => delete p.Steps,
  "an unknown problem": (p) => p.Problems.push({ Code: "x", Level: "note", Text: "y" }),
  "a problem of the wrong type": (p) =>
    p.Problems.push({ Code: "dirty", Level: "warn", Text: "y", Where: "z" }),
  "a problem that stops": (p) =>
    p.Problems.push({ Code: "behind", Level: "stop", Text: "\x1b[31mStop." }),
  "no sum": (p) => p.Releases[0].Expect.Sum = ["h1:x"],
  "another format": (p) => p.Format = "1",
};

/** The same of a release from another revision; write, commit, write, commit, branch, tag, line, push. */
const alteredMerge: Record<string, Altered> = {
  "another file in the merge": (p) => {
    p.Steps[2] = { ...p.Steps[2], ...smuggled.Write };
    delete p.Steps[2].Edits;
    p.Steps[3].Tree = smuggled.Tree;
  },
  "a second file in the merge": (p) =>
    p.Steps.splice(3, 0, { ...p.Steps[2], Id: "write-3", File: "x.go", Before: null }),
  "another tree of the merge": (p) => p.Steps[3].Tree = p.Steps[1].Tree,
  "a merge that changes what it does not say": (p) => p.Steps.splice(2, 1),
  "a merge that deletes go.mod": (p) => {
    p.Steps[2].After = null;
    delete p.Steps[2].Edits;
  },
  "go.mod of the merge in the other commit": (p) => p.Steps[2].In = "commit",
  "go.mod of the release in the merge": (p) => p.Steps[0].In = "merge",
  "a merge of something else": (p) => p.Steps[3].Parents[1] = p.Steps[1].Parents[0],
  "a merge of three": (p) => p.Steps[3].Parents.push(p.Steps[1].Parents[0]),
  "a merge the other way round": (p) => p.Steps[3].Parents.reverse(),
  "a merge of itself": (p) => p.Steps[3].Parents[1] = "merge",
  "no merge at all": (p) => p.Steps[3].Parents.pop(),
  "a release of two parents": (p) => p.Steps[1].Parents.push(p.Base.Commit),
  "a release of a step": (p) => p.Steps[1].Parents = ["merge"],
  "a release of HEAD and yet a merge": (p) => p.Steps[1].Parents = [p.Base.Commit],
  "a release of what HEAD does not come from": (p) => p.Steps[1].Parents = [stranger],
  "a release of what is not here": (p) => p.Steps[1].Parents = ["1".repeat(40)],
  "a third commit": (p) => p.Steps.splice(4, 0, { ...p.Steps[3], Id: "commit-3" }),
  "a branch that takes the release": (p) => p.Steps[4].To = "commit",
  "a tag of the merge": (p) => p.Steps[5].Of = "merge",
  "a push of the release": (p) => p.Steps[7].Refs[0].To = "commit",
  "a release without its tag": (p) => p.Steps.splice(5, 1),
};

/** A commit beside main, which has everything that the plan's release starts from. */
let stranger = "";

/** A change of main that is whole in itself, with all its objects there. */
let smuggled: { Write: Record<string, string>; Tree: string };

function smuggle(repo: Repo): typeof smuggled {
  const blob = () => repo.git("rev-parse", "HEAD:m.go");
  const Text = "package evil\n";
  const Before = blob();
  repo.commit("evil", { "m.go": Text });
  const [After, Tree] = [blob(), repo.git("rev-parse", "HEAD^{tree}")];
  repo.git("reset", "-q", "--hard", "HEAD~1");
  return { Write: { File: "m.go", Before, After, Text }, Tree };
}

Deno.test("a plan made by hand moves nothing here or there that is not its release's own", async (t) => {
  using repo = released();
  repo.git("branch", "other");
  repo.git("push", "-q", "origin", "other");
  run("git", ["init", "-q", "--bare", repo.folder.join("elsewhere.git")], { env: repo.env });
  const made = await on(repo, ["plan", ...retract, "--no-wait", "--json"]);
  assert.ok(isPlan(made.json));
  const self = ["--from", "v1.0.0", "--self", "--accept", "retract-leaves-nothing"];
  const merged = await on(repo, ["plan", ...retract, ...self, "--no-wait", "--json"]);
  assert.ok(isPlan(merged.json));
  smuggled = smuggle(repo);
  stranger = repo.git("commit-tree", "-m", "beside", "v1.0.0^{tree}");
  repo.git("status");
  const before = state(repo);
  const tried = async (plan: unknown) => {
    const stdin = typeof plan === "string" ? plan : JSON.stringify(plan);
    const args = ["apply", "-", "--yes", "--json"];
    const ran = await gorel(args, { cwd: repo.dir, env: repo.env, stdin });
    assert.equal(ran.code, 3, ran.stdout + ran.stderr);
    assertPlain(ran, ran.stderr);
    assert.match(ran.json.Error.Text, /\.$/);
  };
  const table = [
    ...Object.entries(altered).map(([what, alter]) => [what, alter, made] as const),
    ...Object.entries(alteredMerge).map(([what, alter]) => [what, alter, merged] as const),
  ];
  for (const [what, alter, { json }] of table) {
    await t.step(what, async () => {
      const plan = structuredClone(json);
      alter(plan);
      // Most are refused unread by everything else, and need no process of their own.
      if (isPlan(plan)) await tried(plan);
    });
  }
  for (const text of ["", "null", "[".repeat(100_000)]) {
    await t.step(`no plan: ${text.slice(0, 10)}`, () => tried(text));
  }
  assert.deepEqual(state(repo), before);
  assert.deepEqual(Object.keys(snapshotFolder(repo.folder.join("elsewhere.git", "refs"))), []);
});

Deno.test("nothing is written where a symbolic link leads", async (t) => {
  using repo = released();
  const outside = repo.folder.join("outside");
  Deno.mkdirSync(outside);
  const folder = join(repo.dir, ".git", "gorel");
  const refused = async (code: string) => {
    const before = state(repo);
    const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"]);
    assert.equal(ran.code, 3, ran.stdout);
    assert.equal(ran.json.Error.Code, code);
    assert.deepEqual(state(repo), before);
    assert.deepEqual(snapshotFolder(outside), {});
  };
  repo.git("status");
  await t.step("in place of the journals' folder", async () => {
    Deno.symlinkSync(outside, folder);
    await refused("unsupported-repository");
    Deno.removeSync(folder);
  });
  await t.step("in place of the lock", async () => {
    Deno.mkdirSync(folder);
    Deno.symlinkSync(join(outside, "missing", "lock"), join(folder, "lock"));
    await refused("unsupported-repository");
    Deno.removeSync(folder, { recursive: true });
  });
  await t.step("in place of go.mod in the work tree", async () => {
    const file = join(repo.dir, "go.mod");
    Deno.removeSync(file);
    Deno.symlinkSync(join(outside, "go.mod"), file);
    await refused("dirty");
    repo.git("checkout", "-q", "go.mod");
  });
  await t.step("in place of the journal itself", async () => {
    Deno.mkdirSync(folder);
    Deno.symlinkSync(join(outside, "journal"), join(folder, "v1.0.1.journal"));
    const ran = await on(repo, [...retract, "--yes", "--no-wait"]);
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(snapshotFolder(outside), {});
  });
  await t.step("in place of go.mod in the commit", async () => {
    Deno.writeTextFileSync(join(outside, "go.mod"), goMod);
    repo.git("rm", "-q", "go.mod");
    Deno.symlinkSync(join(outside, "go.mod"), join(repo.dir, "go.mod"));
    repo.commit("a link");
    const ran = await on(repo, ["patch", "--yes", "--no-wait", "--json"]);
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "go-mod-invalid");
  });
});

Deno.test("a journal altered by hand is refused with a sentence, and moves nothing", async (t) => {
  using repo = released();
  const local = await on(repo, [...retract, "--yes", "--no-push", "--no-wait"]);
  assert.equal(local.code, 0, local.stderr);
  const file = join(repo.dir, ".git", "gorel", "v1.0.1.journal");
  const whole = Deno.readTextFileSync(file);
  const [header, ...events] = whole.trimEnd().split("\n").map((line) => JSON.parse(line));
  const kept = join(repo.dir, ".git", "gorel", "v1.0.1.kept", "kept.json");
  const keptWhole = Deno.readTextFileSync(kept);
  repo.git("status");
  const before = state(repo);
  const lines = (values: unknown[]) => values.map((v) => JSON.stringify(v) + "\n").join("");
  const plan = (alter: Altered) => {
    const copy = structuredClone(header);
    alter(copy.Plan);
    return lines([copy, ...events]);
  };
  const garbage: Record<string, string> = {
    "no JSON": "garbage\n" + whole,
    "another shape": lines([{ ...header, Version: 7 }, ...events]),
    "no plan": lines([{ ...header, Plan: null }, ...events]),
    "a plan that pushes somewhere else": plan((p) => {
      p.Steps.push({ Id: "line", Do: "line" }, {
        Id: "push",
        Do: "push",
        Remote: "origin",
        Refs: [{ Name: "refs/heads/other", From: null, To: "commit" }],
        Atomic: true,
      });
    }),
    "the plan of another release": lines([{ ...header, TagName: "v1.0.2" }, ...events]),
  };
  const resume = ["resume", "--no-wait"];
  const another = ["minor", "--accept", "nothing-to-release", "--yes", "--no-wait"];
  for (const [what, text] of Object.entries(garbage)) {
    await t.step(what, async () => {
      Deno.writeTextFileSync(file, text);
      for (const args of what === "no JSON" ? [resume, ["undo"], another] : [resume]) {
        const ran = await on(repo, [...args, "--json"]);
        assert.equal(ran.code, 3, `${args}: ${ran.stdout}`);
        assert.equal(ran.json.Error.Code, "unfinished", `${args}: ${ran.stdout}`);
      }
      Deno.writeTextFileSync(file, whole);
      assert.deepEqual(state(repo), before);
    });
  }
  await t.step("ids that are options or other objects", async () => {
    for (const Oid of ["--textconv", repo.git("rev-parse", "HEAD~1")]) {
      const begun = events.filter((e) => e.Step !== "refs" && e.Step !== "files");
      const other = begun.map((e) => e.Oid === undefined ? e : { ...e, Oid });
      Deno.writeTextFileSync(file, lines([header, ...other]));
      const ran = await on(repo, ["resume", "--offline", "--json"]);
      assert.equal(ran.code, 1, ran.stdout);
      assert.equal(ran.json.State, "failed");
      assert.deepEqual(repo.git("for-each-ref", "refs/heads", "refs/tags").split("\n").length, 3);
    }
    Deno.writeTextFileSync(file, whole);
  });
  await t.step("a copy that lies elsewhere", async () => {
    Deno.writeTextFileSync(repo.folder.join("secret"), "module example.com/evil\n");
    const evil = JSON.parse(keptWhole);
    evil.Files[0].Copy = "../../../../secret";
    Deno.writeTextFileSync(kept, JSON.stringify(evil));
    const ran = await on(repo, ["undo", "--json"]);
    assert.equal(ran.code, 1, ran.stdout);
    assert.match(ran.json.Error.Text, /damaged/);
    Deno.writeTextFileSync(kept, keptWhole);
    assert.deepEqual(state(repo), before);
  });
  const undone = await on(repo, ["undo"]);
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(repo.read("go.mod"), goMod);
});

Deno.test("what a crash left of a journal's first line does not block the next release", async () => {
  using repo = released();
  const folder = join(repo.dir, ".git", "gorel");
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(join(folder, "v1.0.1.journal"), '{"Format":1,"Module":"exa');
  const ran = await on(repo, ["patch", "--yes", "--no-wait", "--json"]);
  assert.equal(ran.code, 0, ran.stdout);
  assert.equal(ran.json.State, "pushed");
});

Deno.test("undo takes nothing back while the remote cannot say whether the push came through", async () => {
  using repo = released();
  const gone = repo.remote + ".gone";
  const hook = join(repo.remote, "hooks", "reference-transaction");
  const script = `#!/bin/sh\n[ "$1" = committed ] || exit 0\nmv "$PWD" "${gone}"\nkill -9 $PPID\n`;
  Deno.writeTextFileSync(hook, script, { mode: 0o755 });
  const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"]);
  assert.equal(ran.code, 1, ran.stdout);
  assert.match(ran.stdout, /remote does not say whether it came through/);
  const undone = await on(repo, ["undo", "--json"]);
  assert.equal(undone.code, 3, undone.stdout);
  assert.equal(undone.json.Error.Code, "remote-unreachable");
  Deno.renameSync(gone, repo.remote);
  const refused = await on(repo, ["undo", "--json"]);
  assert.equal(refused.json.Error?.Code, "version-exists", refused.stdout);
  const resumed = await on(repo, ["resume", "--no-wait", "--json"]);
  assert.equal(resumed.code, 0, resumed.stdout);
  assert.equal(repo.onRemote("rev-parse", "v1.0.1"), repo.git("rev-parse", "v1.0.1"));
});

Deno.test("an odd environment changes nothing", async (t) => {
  await t.step("LD_LIBRARY_PATH, CI, and no HOME", async () => {
    using repo = released();
    const { HOME: _, ...env } = repo.env;
    const ran = await gorel(["patch", "--yes", "--no-wait", "--json"], {
      cwd: repo.dir,
      env: { ...env, LD_LIBRARY_PATH: "/nowhere", CI: "true", TERM: "dumb" },
    });
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(ran.json.State, "pushed");
  });
  await t.step("what git sets for a hook", async () => {
    using repo = released();
    Deno.mkdirSync(join(repo.dir, "sub"));
    const env = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index", GIT_PREFIX: "" };
    const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"], env);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    assert.equal(repo.git("status", "--porcelain"), "");
    repo.git("fsck", "--strict");
  });
});

Deno.test("a signal ends gorel after the step that runs, and resume finishes the one release", async (t) => {
  // As a terminal does it: the whole group of processes gets it.
  const interrupted = async (repo: Repo, hook: string, signal: string, GOPROXY = "off") => {
    const begun = repo.folder.join("begun");
    const file = join(repo.dir, ".git", "hooks", hook);
    Deno.writeTextFileSync(file, `#!/bin/sh\ntouch ${begun}\nsleep 0.5\n`, { mode: 0o755 });
    const env = { ...repo.env, GOPROXY };
    const args = [...retract, "--yes", "--json", ...(GOPROXY === "off" ? ["--no-wait"] : [])];
    const child = start(args, { cwd: repo.dir, env, group: true });
    while (!exists(begun)) await new Promise((resolve) => setTimeout(resolve, 20));
    run("kill", [`-${signal}`, "--", `-${child.pid}`]);
    const { code, stdout } = await child.output();
    Deno.removeSync(file);
    return { code, outcome: JSON.parse(new TextDecoder().decode(stdout)) };
  };
  const finishes = async (repo: Repo) => {
    const ran = await on(repo, ["resume", "--no-wait", "--json"]);
    assert.equal(ran.code, 0, ran.stdout);
    assert.equal(ran.json.State, "pushed");
    assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
    assert.equal(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "v1.0.1^{}"));
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.ok(!exists(join(repo.dir, ".git", "gorel")));
  };
  for (const [signal, code] of [["INT", 130], ["TERM", 143]] as const) {
    await t.step(`SIG${signal} while the refs move`, async () => {
      using repo = released();
      const ran = await interrupted(repo, "reference-transaction", signal);
      assert.equal(ran.code, code, JSON.stringify(ran.outcome));
      assert.equal(ran.outcome.State, "stopped");
      assert.match(ran.outcome.Next, /gorel resume v1\.0\.1, or gorel undo/);
      assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
      await finishes(repo);
    });
  }
  for (const [signal, code] of [["INT", 8], ["TERM", 143]] as const) {
    await t.step(`SIG${signal} while the push runs, which leaves the wait`, async () => {
      using repo = released();
      await using server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        () => new Response("not found", { status: 404 }),
      );
      const proxy = `http://127.0.0.1:${server.addr.port}`;
      const ran = await interrupted(repo, "pre-push", signal, proxy);
      assert.equal(ran.code, code, JSON.stringify(ran.outcome));
      assert.equal(ran.outcome.State, "pushed");
      assert.match(ran.outcome.Next, /gorel resume v1\.0\.1/);
      await finishes(repo);
    });
  }
});

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== null;
  } catch {
    return false;
  }
}

Deno.test("a command that only looks gives up programs, writing and servers; git stays", () => {
  using repo = released();
  const module = new URL("../../lib/cli/permissions.ts", import.meta.url);
  const probe = repo.folder.join("probe.ts");
  Deno.writeTextFileSync(
    probe,
    `import { keepOnly } from "${module}";
    keepOnly(JSON.parse(Deno.args[0]));
    const can = async (name, what) => {
      try { await what(); return [name]; } catch (e) {
        const { NotCapable, NotFound } = Deno.errors;
        return e instanceof NotCapable || e instanceof NotFound ? [] : [name];
      }
    };
    const starts = (program) => can(program, () => new Deno.Command(program, { args: ["--version"] }).output());
    console.log([
      await starts("git"), await starts("go"), await starts("sh"), await starts("/bin/sh"),
      await can("write", () => Deno.writeTextFile("${repo.folder.join("written")}", "")),
      await can("net", () => fetch("http://127.0.0.1:9999/").then((r) => r.body?.cancel())),
    ].flat().join(" "));`,
  );
  const probed = (needed: string[]) =>
    run(Deno.execPath(), ["run", "--no-check", ...permissions, probe, JSON.stringify(needed)])
      .trim();
  assert.equal(probed([]), "git");
  const go = hasGo ? " go" : "";
  assert.equal(probed(["go", "net"]), `git${go} net`);
  assert.equal(probed(["go", "sh", "write", "net"]), `git${go} sh write net`);
});
