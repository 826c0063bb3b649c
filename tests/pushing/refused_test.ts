/** Remotes that say no: their words, nothing moved, and both ways out work. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pushRefs } from "../../lib/apply/push.ts";
import { open } from "../lib/git/open.ts";
import { released } from "../support/released.ts";
import { eachTransport, gorel, releasedOnce, remoteHook, remoteRefs, retract } from "./scene.ts";

eachTransport("a hook that refuses is quoted without what a terminal obeys", async (scene) => {
  const { repo } = scene;
  const before = { here: repo.git("for-each-ref"), there: remoteRefs(repo) };
  remoteHook(
    repo,
    "pre-receive",
    "printf 'no \\033[31mred\\033[0m\\n\\nsee http://u:s3cret@host/x\\r\\nfatal: could not read Username for x\\n' >&2; exit 1",
  );
  const ended = await scene.gorel(retract);
  assert.deepEqual([ended.code, ended.State, ended.Code], [1, "failed", "push-refused"]);
  assert.equal(
    ended.Text,
    "origin refused the push (no red; see http://host/x; fatal: could not read Username for x; " +
      "pre-receive hook declined); nothing moved there.",
  );
  assert.equal(ended.Next, "gorel resume v1.0.1, or gorel undo");
  assert.equal(remoteRefs(repo), before.there);
  assert.equal((await scene.gorel(["undo"])).State, "undone");
  assert.equal(repo.git("for-each-ref"), before.here);
});

eachTransport(
  "a hook that refuses the tag keeps the branch back; resume after it",
  async (scene) => {
    const { repo } = scene;
    const before = remoteRefs(repo);
    remoteHook(repo, "update", 'case "$1" in refs/tags/*) echo no tags >&2; exit 1;; esac');
    const ended = await scene.gorel(retract);
    assert.equal(ended.Code, "push-refused", ended.said);
    assert.match(ended.Text, /no tags/);
    assert.equal(remoteRefs(repo), before);
    Deno.removeSync(join(repo.remote, "hooks", "update"));
    assert.equal((await scene.gorel(["resume"])).State, "pushed");
    releasedOnce(repo);
  },
);

/** What forges answer, and the code it comes to. */
const words: Record<string, [string, string]> = {
  "GitHub": [
    "error: GH006: Protected branch update failed for refs/heads/main.\\nerror: Changes must be made through a pull request.",
    "protected-branch",
  ],
  "GitHub's rules of branches": [
    "error: GH013: Repository rule violations found for refs/heads/main.\\n\\n- Changes must be made through a pull request.",
    "protected-branch",
  ],
  "GitHub's rules of tags": [
    "error: GH013: Repository rule violations found for refs/tags/v1.0.1.\\n\\n- Cannot create ref due to creations being restricted.",
    "push-refused",
  ],
  "GitLab": [
    "GitLab: You are not allowed to push code to protected branches on this project.",
    "protected-branch",
  ],
  "GitLab's tags": [
    "GitLab: You are not allowed to create this tag as it is protected.",
    "push-refused",
  ],
  "Gitea": ["Gitea: Not allowed to push to protected branch main", "protected-branch"],
  "Bitbucket": ["Permission denied to update branch main.", "protected-branch"],
  "Bitbucket's server": [
    "Branch refs/heads/main can only be modified through pull requests.",
    "protected-branch",
  ],
  "Azure": [
    "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
    "protected-branch",
  ],
};

Deno.test("a protected branch is told apart by the words of the forges", async () => {
  using repo = released();
  const before = remoteRefs(repo);
  repo.tag("v1.0.1");
  const opened = await open(repo);
  const [from, to, tag] = repo.git("rev-parse", "v1.0.0^{}", "main", "v1.0.1").split("\n");
  const refs = [
    { Name: "refs/heads/main", From: from!, To: to! },
    { Name: "refs/tags/v1.0.1", From: null, To: tag! },
  ];
  const options = { hooks: true, terminal: false, tried: "no" as const };
  for (const [forge, [said, code]] of Object.entries(words)) {
    remoteHook(repo, "pre-receive", `printf '%b\\n' "${said}" >&2; exit 1`);
    const { Problem: found, Settled } = await pushRefs(opened, "origin", refs, options);
    assert.equal(found?.Code, code, `${forge}: ${found?.Text}`);
    assert.match(found!.Text, /nothing moved there\.$/);
    assert.equal(Settled, true);
    assert.equal(remoteRefs(repo), before);
    const tagOnly = await pushRefs(opened, "origin", refs.slice(1), options);
    assert.equal(tagOnly.Problem?.Code, "push-refused", forge);
  }
});

Deno.test("a protected branch: nothing moved, and undo is a way out", async () => {
  using repo = released();
  const before = { here: repo.git("for-each-ref"), there: remoteRefs(repo) };
  remoteHook(repo, "update", `printf '%b\\n' "${words.GitHub![0]}" >&2; exit 1`);
  const ended = await gorel(repo, retract);
  assert.deepEqual([ended.code, ended.State, ended.Code], [1, "failed", "protected-branch"]);
  assert.match(ended.Fix, /push to main and gorel resume; or gorel undo, .* pull request/);
  assert.equal(remoteRefs(repo), before.there);
  assert.equal((await gorel(repo, ["undo"])).State, "undone");
  assert.equal(repo.git("for-each-ref"), before.here);
});

Deno.test("a remote with the branch checked out says how it can be pushed to", async () => {
  using repo = released();
  const other = repo.folder.join("workplace");
  repo.git("clone", "-q", repo.remote, other);
  repo.git("remote", "set-url", "origin", other);
  const inOther = (...args: string[]) => repo.git("-C", other, ...args);
  const ended = await gorel(repo, retract);
  assert.deepEqual([ended.code, ended.Code], [1, "protected-branch"], ended.said);
  assert.match(ended.Fix, /receive\.denyCurrentBranch updateInstead/);
  assert.equal(inOther("tag", "--list"), "v1.0.0");
  inOther("config", "receive.denyCurrentBranch", "updateInstead");
  assert.equal((await gorel(repo, ["resume"])).State, "pushed");
  assert.equal(inOther("rev-parse", "HEAD", "v1.0.1"), repo.git("rev-parse", "HEAD", "v1.0.1"));
  assert.equal(inOther("status", "--porcelain"), "");
});

Deno.test("a pre-push hook that refuses is the hook's refusal, whatever it says", async () => {
  using repo = released();
  const before = remoteRefs(repo);
  const hook = join(repo.dir, ".git", "hooks", "pre-push");
  const script = "#!/bin/sh\necho 'FAIL x'; echo 'fatal: unable to access x' >&2; exit 1\n";
  Deno.writeTextFileSync(hook, script, { mode: 0o755 });
  const ended = await gorel(repo, retract);
  assert.deepEqual([ended.code, ended.Code], [1, "hook-refused"], ended.said);
  assert.equal(
    ended.Text,
    "The pre-push hook refused the push (FAIL x; fatal: unable to access x); nothing was sent to origin.",
  );
  assert.match(ended.Fix, /gorel resume --no-hooks/);
  assert.equal(remoteRefs(repo), before);
  assert.equal((await gorel(repo, ["resume", "--no-hooks"])).State, "pushed");
  releasedOnce(repo);
});
