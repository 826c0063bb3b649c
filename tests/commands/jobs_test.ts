/** Releases from the work trees of CI systems: a plan in one job, carried out in another. */
import assert from "node:assert/strict";
import { bare, likeGitHub, likeGitLab, runWith } from "../support/checkouts.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { Proxy } from "../support/proxy.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { job, type Said } from "./jobs.ts";

const secret = "glcbt-64_SeCrEt";

/** The remote of a repository behind a password in its URL, a proxy over it, and jobs. */
class Scene implements AsyncDisposable {
  readonly repo: Repo = released();
  readonly server: HttpBackend;
  readonly #proxy: Proxy;
  #made = 0;

  constructor() {
    this.repo.git("push", "-q", "origin", "HEAD");
    for (const setting of ["http.receivepack", "uploadpack.allowAnySHA1InWant"]) {
      this.repo.onRemote("config", setting, "true");
    }
    this.server = new HttpBackend(this.repo.folder.path, this.repo.env);
    this.#proxy = new Proxy(this.repo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    this.repo[Symbol.dispose]();
  }

  /** A work tree of its own, of the commit that is the newest now. */
  async checkout(how: typeof likeGitHub, depth: number): Promise<string> {
    const dir = this.repo.folder.join(`job-${++this.#made}`);
    const url = this.server.url("remote.git", `gitlab-ci-token:${secret}@`);
    const commit = this.repo.git("rev-parse", "HEAD");
    await how(this.repo, dir, { url, commit, ref: "refs/heads/main", depth });
    return dir;
  }

  /** Runs gorel there as GitLab does; what it says never has the password. */
  async gorel(cwd: string, ...words: string[]): Promise<Said> {
    const env = { ...this.repo.env, CI: "true", GITLAB_CI: "true", GOPROXY: this.#proxy.url };
    const said = await job(words, { cwd, env });
    assert.ok(!(said.out + said.err).includes(secret), said.out + said.err);
    return said;
  }

  /** Somebody pushes to the branch while a job waits. */
  goesOn(): void {
    this.repo.commit("fix: meanwhile", { "z.go": `package m // ${++this.#made}\n` });
    this.repo.git("push", "-q", "origin", "HEAD");
  }

  published(version: string, said: Said): void {
    assert.deepEqual([said.code, said.json.State], [0, "published"], said.out + said.err);
    assert.equal(this.repo.onRemote("tag", "--list", version), version);
  }
}

const codes = (said: Said) => said.json.Error.Problems.map(({ Code }: { Code: string }) => Code);

Deno.test("a plan of one job is carried out by another, from one commit on a branch or on none", async (t) => {
  await using scene = new Scene();
  const file = scene.repo.folder.join("plan.json");
  const shapes = [
    ["a branch of GitHub", await scene.checkout(likeGitHub, 1)],
    ["a commit without any ref", await scene.checkout(bare, 1)],
  ] as const;
  // An approval takes its time: the branch that the commits were fetched with has more by now.
  scene.goesOn();
  const counted = await scene.gorel(shapes[1][1], "patch", "--dry-run", "--json");
  assert.deepEqual([counted.code, codes(counted)], [3, ["shallow"]]);
  assert.match(counted.json.Error.Problems[0].Fix, /^git fetch --unshallow --tags/);
  const taken = await scene.gorel(shapes[0][1], "v1.0.0", "--yes", "--json");
  assert.deepEqual([taken.code, codes(taken)[0]], [3, "version-exists"]);
  for (const [i, [name, applying]] of shapes.entries()) {
    await t.step(name, async () => {
      const planning = shapes.at(i - 1)![1];
      const wish = ["--accept", "nothing-to-release=each job its own", "-o", file, "--json"];
      const planned = await scene.gorel(planning, "plan", `v1.0.${i + 1}`, ...wish);
      assert.equal(planned.code, 0, planned.out);
      const said = await scene.gorel(applying, "apply", file, "--yes", "--json");
      scene.published(`v1.0.${i + 1}`, said);
    });
  }
});

Deno.test("a whole history, or enough of it, counts; and what writes a commit needs its branch", async (t) => {
  await using scene = new Scene();
  const file = scene.repo.folder.join("plan.json");
  const [whole, twenty] = [
    await scene.checkout(likeGitHub, 0),
    await scene.checkout(likeGitLab, 20),
  ];

  await t.step("a plan of tags made on a branch is not carried out on another one", async () => {
    assert.equal((await scene.gorel(twenty, "next")).out, "v1.0.1\n");
    assert.equal((await scene.gorel(whole, "plan", "auto", "-o", file)).code, 0);
    const git = (...args: string[]) => runWith("git", args, { cwd: twenty, env: scene.repo.env });
    await git("switch", "-q", "-c", "other");
    const refused = await scene.gorel(twenty, "apply", file, "--yes", "--json");
    assert.deepEqual([refused.code, codes(refused)], [3, ["moved"]]);
    await git("checkout", "-q", "--detach");
    scene.published("v1.0.1", await scene.gorel(twenty, "apply", file, "--yes", "--json"));
  });

  await t.step("a retraction", async () => {
    const words = ["plan", "retract", "v1.0.0", "--reason", "loses data", "-o", file, "--json"];
    assert.equal((await scene.gorel(whole, ...words)).code, 0);
    const refused = await scene.gorel(twenty, "apply", file, "--yes", "--json");
    assert.deepEqual([refused.code, codes(refused)], [3, ["moved"]]);
    const branch = await scene.checkout(likeGitHub, 1);
    scene.published("v1.0.2", await scene.gorel(branch, "apply", file, "--yes", "--json"));
    assert.match(scene.repo.onRemote("log", "-1", "--format=%s", "main"), /^Release v1\.0\.2/);
  });

  await t.step(
    "a remote that asks for a password, and a program that the job has for that",
    async () => {
      scene.server.instead = ({ headers }) =>
        headers.get("Authorization")?.startsWith("Basic ") ? null : new Response("no", {
          status: 401,
          headers: { "WWW-Authenticate": 'Basic realm="test"' },
        });
      const url = scene.server.url("remote.git");
      await runWith("git", ["remote", "set-url", "origin", url], {
        cwd: whole,
        env: scene.repo.env,
      });
      const answers = scene.repo.folder.join("answers");
      Deno.writeTextFileSync(answers, "#!/bin/sh\necho right\n", { mode: 0o755 });
      for (const [env, known] of [[{}, false], [{ GIT_ASKPASS: answers }, true]] as const) {
        const said = await job(["versions", "--json"], {
          cwd: whole,
          env: { ...scene.repo.env, ...env, CI: "true" },
        });
        const [{ OnRemote }] = said.json.Versions;
        assert.equal(OnRemote, known, said.out);
      }
    },
  );

  await t.step("a remote that lets nobody in", async () => {
    scene.server.fault = "unauthorized";
    const said = await scene.gorel(twenty, "v1.0.3", "--yes", "--json");
    assert.deepEqual([said.code, codes(said)[0]], [3, "remote-unreachable"]);
  });
});
