/** A saved plan is read as if a stranger had written it. */
import assert from "node:assert/strict";
import { parsePlan } from "../../lib/apply/parse.ts";
import { Refused } from "../../lib/problem.ts";
import { gorel } from "../support/gorel.ts";
import { planOf } from "../support/plans.ts";
import { released } from "../support/released.ts";
import { type Repo, run, snapshotFolder } from "../support/repo.ts";
import { assertPlain, on, retract, state } from "./scene.ts";

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
  "a new path of no major": (p) => p.Releases[0].NewModule = "example.com/m/v2",
  "a proof of something else": (p) => p.Steps.unshift({ Id: "p", Do: "prove", Run: "rm -rf ." }),
  "a proof after the commit": (p) => p.Steps.splice(2, 0, { Id: "p", Do: "prove", Run: "build" }),
  "a branch that is new without a major": (p) =>
    p.Steps.splice(3, 0, { ...keep, To: p.Base.Commit }),
  "a commit behind that changes other files": (p) => p.Steps.splice(2, 0, ...behind(p, "m.go")),
  "a commit behind whose branch stays": (p) => p.Steps.splice(2, 0, ...behind(p, "go.sum")),
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
  "commands that nobody agreed to": (p) => p.Commands = [command],
  "a command that is none": (p) => p.Commands = [{ ...command, Run: " " }],
  "a command with a NUL": (p) => p.Commands = [{ ...command, Run: "true\0rm -rf ." }],
  "a command with an escape": (p) => p.Commands = [{ ...command, Run: "true \x1b[8m; touch x" }],
  "a command of another step": (p) => p.Commands = [{ ...command, Step: "undo" }],
  "a command of the prototype": (p) => p.Commands = [{ ...command, When: "constructor" }],
  "a command that says more": (p) => p.Commands = [{ ...command, Shell: "bash" }],
  "no command": (p) => p.Commands = [],
  "a step with the name of a command": (p) => p.Steps[3].Id = p.Steps[5].Refs[1].To = "after-tag-1",
  "no sum": (p) => p.Releases[0].Expect.Sum = ["h1:x"],
  "another format": (p) => p.Format = "1",
};

const command = { When: "before", Step: "tag", Run: "echo > pwned" };

const keep = { Id: "keep", Do: "branch", Name: "kept", From: null };

/** A commit behind that of a plan, which writes one file. */
// deno-lint-ignore no-explicit-any
function behind(p: any, File: string): Record<string, unknown>[] {
  const to = { Mode: "100644", Before: null, After: "1".repeat(40), Text: "x\n" };
  return [
    { Id: "write-2", Do: "write", In: "after", File, ...to },
    { ...p.Steps[1], Id: "after", Parents: ["commit"] },
  ];
}

/**
 * The same of two releases with a new major, a branch that is kept and a commit behind; write,
 * write, commit, write, after, branch, keep, tag-1, tag-2, line, push (main, kept, tags).
 */
const alteredTrain: Record<string, Altered> = {
  "a tag that no release has": (p) => p.Steps[8].Name = "v9.0.0",
  "a tag of the commit behind": (p) => p.Steps[8].Of = "after",
  "a tag that two releases share": (p) => p.Steps[8].Name = p.Steps[7].Name,
  "a release without a tag": (p) => p.Steps.splice(8, 1),
  "a release that is not pushed": (p) => p.Steps[10].Refs.pop(),
  "a release that is pushed as another": (p) => p.Steps[10].Refs[3].To = "tag-1",
  "a tag that is pushed twice": (p) => p.Steps[10].Refs.push(p.Steps[10].Refs[3]),
  "the same release twice": (p) => p.Releases[1] = p.Releases[0],
  "two releases of one path": (p) => p.Releases[1].NewModule = p.Releases[0].Module,
  "another tree of one release": (p) => p.Releases[1].Tree = p.Base.Tree,
  "another sum of one release": (p) => p.Releases[0].Expect.Sum = p.Releases[1].Expect.Sum,
  "a path that is no major of its module": (p) => p.Releases[1].NewModule = "example.com/x/v2",
  "a version that does not fit its path": (p) => p.Releases[1].NewModule = "example.com/m/v3",
  "a tag in another folder": (p) => p.Releases[0].Dir = "other",
  "a kept branch that exists": (p) =>
    p.Steps[6].Name = (p.Steps[10].Refs[1].Name = "refs/heads/other").slice(11),
  "a kept branch of something else": (p) => p.Steps[6].To = p.Steps[10].Refs[1].To = stranger,
  "a kept branch of the new commit": (p) => p.Steps[6].To = p.Steps[10].Refs[1].To = "commit",
  "a kept branch called HEAD": (p) =>
    p.Steps[6].Name = (p.Steps[10].Refs[1].Name = "refs/heads/HEAD").slice(11),
  "a kept branch that is the branch": (p) => p.Steps[6].Name = "main",
  "a kept branch that is pushed elsewhere": (p) => p.Steps[10].Refs[1].Name = "refs/heads/x",
  "a kept branch that moves there": (p) => p.Steps[10].Refs[1].From = p.Base.Commit,
  "a third branch": (p) => p.Steps.splice(6, 0, { ...p.Steps[6], Id: "more", Name: "more" }),
  "a branch that takes the tagged commit": (p) => p.Steps[5].To = "commit",
  "a push of the tagged commit": (p) => p.Steps[10].Refs[0].To = "commit",
  "another file behind the release": (p) => p.Steps[3].File = "m.go",
  "a go.mod that goes behind the release": (p) => {
    p.Steps[3] = { ...p.Steps[3], File: "go.mod", After: null };
    delete p.Steps[3].Text;
  },
  "another tree behind the release": (p) => p.Steps[4].Tree = p.Base.Tree,
  "another content behind the release": (p) => p.Steps[3].Text = "evil v1 h1:x=\n",
  "a commit behind another": (p) => p.Steps[4].Parents = [p.Base.Commit],
  "a commit behind both": (p) => p.Steps[4].Parents.push(p.Base.Commit),
  "a commit behind itself": (p) => p.Steps[4].Parents = ["after"],
  "a file behind the release that writes over what it found": (p) => p.Steps[3].Here = p.Base.Tree,
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

/** The plan of a train with a new major. */
function several(repo: Repo) {
  const goMod = (path: string) => `module ${path}\n\ngo 1.21\n`;
  return planOf(repo, {
    Releases: [
      { Path: "example.com/m/codec", Version: "v0.1.0" },
      { Path: "example.com/m", NewPath: "example.com/m/v2", Version: "v2.0.0" },
    ],
    Files: { "go.mod": goMod("example.com/m/v2"), "m.go": "package m\n\n// v2\n" },
    After: { "go.sum": "a v1 h1:x=\n" },
    Keep: "kept",
  });
}

Deno.test("a plan made by hand moves nothing here or there that is not its release's own", async (t) => {
  using repo = released();
  const codec = { "codec/go.mod": "module example.com/m/codec\n", "codec/c.go": "package codec\n" };
  repo.commit("codec", codec);
  repo.git("branch", "other");
  repo.git("push", "-q", "origin", "other");
  run("git", ["init", "-q", "--bare", repo.folder.join("elsewhere.git")], { env: repo.env });
  const made = await on(repo, ["plan", ...retract, "--no-wait", "--json"]);
  assert.ok(isPlan(made.json));
  const self = ["--from", "v1.0.0", "--self", "--accept", "retract-leaves-nothing"];
  const merged = await on(repo, ["plan", ...retract, ...self, "--no-wait", "--json"]);
  assert.ok(isPlan(merged.json));
  const train = { json: await several(repo) };
  assert.ok(isPlan(train.json));
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
    ...Object.entries(alteredTrain).map(([what, alter]) => [what, alter, train] as const),
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
