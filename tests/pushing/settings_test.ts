/** What git's configuration and the server's make of a push: where it goes, and what goes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { released } from "../support/released.ts";
import { type Repo, run } from "../support/repo.ts";
import { type Ended, gorel, releasedOnce, remoteRefs, retract, sound } from "./scene.ts";

/** A second bare repository, a copy of the remote. */
function copyOfRemote(repo: Repo, name = "second.git"): string {
  const path = repo.folder.join(name);
  run("git", ["clone", "-q", "--bare", repo.remote, path], { env: repo.env });
  return path;
}

function refsOf(repo: Repo, path: string): string {
  return run("git", ["for-each-ref"], { cwd: path, env: repo.env });
}

Deno.test("the remote that is asked is the one that is pushed to", async (t) => {
  const forms: Record<string, (repo: Repo, push: string) => void> = {
    "pushurl": (repo, push) => repo.git("config", "remote.origin.pushurl", push),
    "pushInsteadOf": (repo, push) => repo.git("config", `url.${push}.pushInsteadOf`, repo.remote),
    "pushurl through insteadOf": (repo, push) => {
      repo.git("config", "remote.origin.pushurl", "there:x");
      repo.git("config", `url.${push}.insteadOf`, "there:x");
    },
    "insteadOf for fetches, pushInsteadOf for pushes": (repo, push) => {
      repo.git("config", "remote.origin.url", "here:x");
      repo.git("config", `url.${repo.remote}.insteadOf`, "here:");
      repo.git("config", `url.${push}.pushInsteadOf`, "here:x");
    },
    "a pushurl alone": (repo, push) => {
      repo.git("config", "--unset", "remote.origin.url");
      repo.git("config", "remote.origin.pushurl", push);
    },
  };
  for (const [form, set] of Object.entries(forms)) {
    await t.step(form, async () => {
      using repo = released();
      const push = copyOfRemote(repo);
      const fetched = remoteRefs(repo);
      set(repo, push);
      // Taken there, and only there.
      run("git", ["tag", "v1.0.1", "v1.0.0"], { cwd: push, env: repo.env });
      const taken = await gorel(repo, ["v1.0.1"]);
      assert.deepEqual([taken.code, taken.Code], [3, "version-exists"], taken.said);
      run("git", ["tag", "-d", "v1.0.1"], { cwd: push, env: repo.env });
      const ended = await gorel(repo, retract);
      assert.equal(ended.State, "pushed", ended.said);
      const there = run("git", ["rev-parse", "main", "v1.0.1"], { cwd: push, env: repo.env });
      assert.equal(there.trimEnd(), repo.git("rev-parse", "main", "v1.0.1"));
      assert.equal(remoteRefs(repo), fetched);
    });
  }
});

Deno.test("several URLs to push to are refused: one after the other is not all or nothing", async () => {
  using repo = released();
  const second = copyOfRemote(repo);
  repo.git("remote", "set-url", "--add", "--push", "origin", repo.remote);
  repo.git("remote", "set-url", "--add", "--push", "origin", second);
  const before = [remoteRefs(repo), refsOf(repo, second), repo.git("for-each-ref")];
  const now = () => [remoteRefs(repo), refsOf(repo, second), repo.git("for-each-ref")];
  const refused = await gorel(repo, retract);
  assert.deepEqual([refused.code, refused.Code], [3, "no-remote"], refused.said);
  assert.equal(
    refused.Text,
    "origin pushes to 2 URLs one after the other, so that a release can come through at one " +
      "and fail at the next.",
  );
  assert.match(refused.Fix, /--remote.*--no-push/);
  assert.deepEqual(now(), before);
  // Begun without a push, it is refused again right before the push, and can be taken back.
  assert.equal((await gorel(repo, [...retract, "--no-push"])).State, "local");
  const resumed = await gorel(repo, ["resume"]);
  assert.deepEqual([resumed.code, resumed.Code], [1, "no-remote"], resumed.said);
  assert.equal((await gorel(repo, ["undo"])).State, "undone");
  assert.deepEqual(now(), before);
  repo.git("remote", "add", "one", repo.remote);
  assert.equal((await gorel(repo, [...retract, "--remote", "one"])).State, "pushed");
  releasedOnce(repo);
});

/** A setting of the server or of git, and whether a release then comes through. */
const settings: Record<string, { there?: string[]; here?: string[]; refused?: RegExp }> = {
  "no atomic pushes": {
    there: ["receive.advertiseAtomic", "false"],
    refused:
      /^origin does not take the push \(.*does not support --atomic push\); nothing was sent\.$/,
  },
  "signed pushes to one that cannot": {
    here: ["push.gpgSign", "true"],
    refused: /does not support --signed push/,
  },
  "push options to one that takes none": {
    here: ["push.pushOption", "ci.skip"],
    there: ["receive.advertisePushOptions", "false"],
    refused: /does not support push options/,
  },
  "push options": {
    here: ["push.pushOption", "ci.skip"],
    there: ["receive.advertisePushOptions", "true"],
  },
  "no deletes": { there: ["receive.denyDeletes", "true"] },
  "tags that follow": { here: ["push.followTags", "true"] },
  "a mirror": { here: ["remote.origin.mirror", "true"] },
  "other refs by default": { here: ["remote.origin.push", "+refs/heads/*:refs/heads/x/*"] },
  "submodules first": { here: ["push.recurseSubmodules", "only"] },
};

Deno.test("settings of git and of the server change what goes by nothing", async (t) => {
  for (const [what, { there, here, refused }] of Object.entries(settings)) {
    await t.step(what, async () => {
      using repo = released();
      // Nobody asked for it to be sent.
      repo.tag("private", "HEAD");
      const before = remoteRefs(repo);
      if (there) repo.onRemote("config", ...there);
      if (here) repo.git("config", ...here);
      const ended = await gorel(repo, retract);
      if (refused) {
        assert.deepEqual([ended.code, ended.Code], [1, "push-refused"], ended.said);
        assert.match(ended.Text, refused);
        assert.equal(remoteRefs(repo), before);
        assert.equal((await gorel(repo, ["undo"])).State, "undone");
        return;
      }
      assert.equal(ended.State, "pushed", ended.said);
      releasedOnce(repo);
      assert.equal(
        repo.onRemote("for-each-ref", "--format=%(refname)", "refs/heads"),
        "refs/heads/main",
      );
    });
  }
});

Deno.test("a remote of another hash is refused, with refs and without", async () => {
  using repo = released();
  const other = repo.folder.join("other.git");
  const init = ["init", "-q", "--bare", "--object-format=sha256", other];
  run("git", init, { env: repo.env });
  repo.git("remote", "add", "other", other);
  const words = [...retract, "--remote", "other"];
  const empty: Ended = await gorel(repo, words);
  assert.deepEqual([empty.code, empty.Code], [1, "push-refused"], empty.said);
  assert.match(empty.Text, /nothing was sent/);
  assert.equal((await gorel(repo, ["undo"])).State, "undone");

  const work = repo.folder.join("work256");
  const env = repo.env;
  run("git", ["init", "-q", "--object-format=sha256", work], { env });
  run("git", ["commit", "-q", "--allow-empty", "-m", "x"], { cwd: work, env });
  run("git", ["push", "-q", other, "HEAD:main"], { cwd: work, env });
  const full = await gorel(repo, words);
  assert.deepEqual([full.code, full.Code], [3, "unsupported-repository"], full.said);
  assert.equal(
    full.Text,
    "other is a repository of sha256 and this one of sha1: git cannot push between them.",
  );
});

Deno.test("a remote with an odd name is one name, and no option, pattern or setting", async () => {
  for (const name of ["a=b", "-f", "x y", "sub/remote"]) {
    using repo = released();
    const file = join(repo.dir, ".git", "config");
    const section = `[remote "${name}"]\n\turl = ${repo.remote}\n\tmirror = true\n`;
    Deno.writeTextFileSync(file, section, { append: true });
    repo.git("config", "--remove-section", "remote.origin");
    repo.git("config", "branch.main.remote", name);
    const ended = await gorel(repo, retract);
    assert.equal(ended.State, "pushed", `${name}: ${ended.said}`);
    releasedOnce(repo);
    sound(repo);
  }
});
