/** The examples of docs/ci: their commands, run in order as the CI system would, end in a release. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { likeGitHub, likeGitLab, runWith } from "../support/checkouts.ts";
import { buildCache, needsGo } from "../support/go.ts";
import { environment } from "../support/gorel.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { Proxy } from "../support/proxy.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { gorelWords } from "../support/screens.ts";

const read = (name: string) =>
  Deno.readTextFileSync(fileURLToPath(new URL(`../../docs/ci/${name}`, import.meta.url)));

/** The lines below a line, as far as they are indented more than it. */
function below(lines: readonly string[], at: number): string[] {
  const depth = (line: string) => line.search(/\S/);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.trim() !== "" && depth(line) <= depth(lines[at]!));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The block of a key that stands alone on its line; empty without one. */
function block(lines: readonly string[], key: string): string[] {
  const at = lines.findIndex((line) => line.trim() === `${key}:`);
  return at < 0 ? [] : below(lines, at);
}

/** `NAME: value` pairs, without quotes around the values. */
function pairs(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.flatMap((line) => {
    const [, name, value] = /^ *([A-Z_0-9]+): "?(.*?)"?$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!]];
  }));
}

/** The commands of each `run:` of a job, or the items of its `script:`. */
function commands(job: readonly string[]): string[] {
  const runs = job.flatMap((line, i) => {
    const [, rest] = /^ *(?:- )?run: (.*)$/.exec(line) ?? [];
    if (rest === undefined) return [];
    return rest === "|" ? [below(job, i).join("\n")] : [rest];
  });
  const items = block(job, "script").flatMap((line) => /^ *- (.*)$/.exec(line)?.[1] ?? []);
  return [...runs, ...items.length > 0 ? [items.join("\n")] : []];
}

/** A remote, a proxy over it, the folders of jobs, and a gorel that they fetch. */
class Runner implements AsyncDisposable {
  readonly repo: Repo = released();
  readonly server: HttpBackend;
  readonly ran: string[] = [];
  readonly #proxy: Proxy;

  constructor(readonly file: string, readonly ci: Record<string, string>) {
    const { repo } = this;
    repo.git("push", "-q", "origin", "HEAD");
    repo.onRemote("config", "http.receivepack", "true");
    repo.onRemote("config", "uploadpack.allowAnySHA1InWant", "true");
    Deno.mkdirSync(repo.folder.join("bin"));
    const words = gorelWords().map((word) => `'${word}'`).join(" ");
    Deno.writeTextFileSync(
      repo.folder.join("bin/gorel-linux-x64"),
      `#!/bin/sh\nexec ${words} "$@"\n`,
    );
    this.server = new HttpBackend(repo.folder.path, repo.env);
    this.#proxy = new Proxy(repo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy[Symbol.asyncDispose]();
    await this.server[Symbol.asyncDispose]();
    this.repo[Symbol.dispose]();
  }

  /** Runs the commands of a job in a new work tree; `files` are handed over from the jobs before. */
  async job(
    name: string,
    how: typeof likeGitHub,
    { depth, ref = "refs/heads/main", files = [] }: {
      depth: number;
      ref?: string;
      files?: readonly string[];
    },
    env: Record<string, string>,
  ): Promise<string> {
    const { repo } = this;
    const dir = repo.folder.join(name);
    const url = this.server.url("remote.git", "gitlab-ci-token:JobToken@");
    await how(repo, dir, { url, commit: repo.git("rev-parse", "HEAD"), ref, depth });
    for (const file of files) Deno.copyFileSync(file, `${dir}/${file.split("/").at(-1)}`);
    const all = this.file.split("\n");
    const lines = commands(block(all, name));
    assert.ok(lines.length > 0, `no commands in ${name}`);
    const first = block(block(all, "default"), "before_script")
      .flatMap((line) => /^ *- (.*)$/.exec(line)?.[1] ?? []);
    if (first.length > 0) lines.unshift(first.join("\n"));
    const tool = repo.folder.join("bin/gorel-linux-x64");
    const hash = createHash("sha256").update(Deno.readFileSync(tool)).digest("hex");
    for (const line of lines) {
      this.ran.push(line);
      const { PATH } = environment();
      await runWith("sh", ["-e", "-c", line], {
        cwd: dir,
        env: {
          ...repo.env,
          GOPROXY: this.#proxy.url,
          GOCACHE: buildCache,
          GOPATH: repo.folder.join("go"),
          GOFLAGS: "-modcacherw",
          ...this.ci,
          ...env,
          TOOL_URL: `file://${tool}`,
          TOOL_SHA256: hash,
          RUNNER_TEMP: dirname(dir),
          CI_BUILDS_DIR: dirname(dir),
          PATH: PATH!,
        },
      });
    }
    return dir;
  }

  released(dir: string): void {
    const outcome = JSON.parse(Deno.readTextFileSync(`${dir}/outcome.json`));
    assert.equal(outcome.State, "pushed");
    assert.equal(outcome.Releases[0].Version, "v1.0.1");
    assert.equal(this.repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
    const tagger = this.repo.onRemote("for-each-ref", "--format=%(taggername)", "refs/tags/v1.0.1");
    assert.match(tagger, /bot/);
  }

  /** Whatever the file runs is in one of the jobs that were run. */
  complete(): void {
    const all = this.file.match(/(?<=\$\w+\/gorel"? )[a-z]+.*/g)!;
    const ran = this.ran.join("\n").match(/(?<=\$\w+\/gorel"? )[a-z]+.*/g)!;
    assert.ok(all.length >= 5);
    assert.deepEqual(ran, all);
  }
}

Deno.test(needsGo("the workflow of GitHub ends in a release"), async () => {
  const file = read("github.yml");
  await using runner = new Runner(file, { CI: "true", GITHUB_ACTIONS: "true" });
  const shared = pairs(block(file.split("\n"), "env"));
  assert.equal(Object.keys(shared).length, 6);
  const depth = (name: string) => {
    const job = block(file.split("\n"), name).join("\n");
    return Number(/fetch-depth: (\d+)/.exec(job)?.[1] ?? 1);
  };
  const output = runner.repo.folder.join("output");
  const env = { ...shared, RELEASE: "auto", GITHUB_OUTPUT: output };
  await runner.job("check", likeGitHub, { depth: depth("check"), ref: "refs/pull/7/merge" }, env);
  const plan = await runner.job("plan", likeGitHub, { depth: depth("plan") }, env);
  assert.equal(Deno.readTextFileSync(output), "made=yes\n");
  const files = [`${plan}/plan.json`];
  runner.released(await runner.job("apply", likeGitHub, { depth: depth("apply"), files }, env));
  await runner.job("verify", likeGitHub, { depth: depth("verify") }, env);
  runner.complete();
});

Deno.test("the pipeline of GitLab ends in a release", async () => {
  const file = read("gitlab.yml");
  await using runner = new Runner(file, { CI: "true", GITLAB_CI: "true" });
  const shared = pairs(block(file.split("\n"), "variables"));
  const env = (name: string): Record<string, string> => ({
    ...shared,
    ...pairs(block(block(file.split("\n"), name), "variables")),
    CI_SERVER_PROTOCOL: "http",
    CI_SERVER_FQDN: new URL(runner.server.url("")).host,
    CI_PROJECT_PATH: "remote",
    RELEASE_TOKEN: "Secret",
    // Building the module is the other test's, and takes longer than all the rest.
    GOREL_NO_BUILD: "1",
  });
  const depth = (name: string) => Number(env(name).GIT_DEPTH);
  const merge = { depth: depth("check"), ref: "refs/merge-requests/7/head" };
  await runner.job("check", likeGitLab, merge, env("check"));
  const plan = await runner.job("plan", likeGitLab, { depth: depth("plan") }, env("plan"));
  const files = [`${plan}/plan.json`];
  const applied = { depth: depth("apply"), files };
  const dir = await runner.job("apply", likeGitLab, applied, env("apply"));
  runner.released(dir);
  assert.doesNotMatch(Deno.readTextFileSync(`${dir}/.git/config`), /Secret/);
  assert.doesNotMatch(Deno.readTextFileSync(`${dir}/outcome.json`), /Secret/);
  await runner.job("verify", likeGitLab, { depth: depth("verify") }, env("verify"));
  runner.complete();
});
