import assert from "node:assert/strict";
import { gorel, start } from "../support/gorel.ts";
import { needsGo } from "../support/go.ts";
import { Folder, Repo, snapshotFolder, tryRun } from "../support/repo.ts";

/** A module whose next major can be made, and a place for what gorel leaves behind. */
class Scene implements Disposable {
  readonly repo = new Repo();
  readonly folder = new Folder();
  readonly env: Record<string, string>;
  constructor() {
    this.repo.commit("first", {
      "go.mod": "module example.com/m\n\ngo 1.21\n",
      "m.go": 'package m\n\nimport _ "example.com/m/p"\n',
      "p/p.go": "package p\n\nfunc F() {}\n",
      "LICENSE": "free\n",
    });
    this.repo.tag("v1.0.0");
    this.repo.withRemote();
    Deno.mkdirSync(this.folder.join("tmp"));
    const { GOCACHE, XDG_CACHE_HOME, HOME } = Deno.env.toObject();
    this.env = {
      ...this.repo.env,
      TMPDIR: this.folder.join("tmp"),
      GOPATH: this.folder.join("gopath"),
      GOCACHE: GOCACHE ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/go-build`,
      CGO_ENABLED: "0",
    };
  }

  run(...args: string[]) {
    return gorel([...args, "--no-wait"], { cwd: this.repo.dir, env: this.env });
  }

  /** Everything that must not have changed where nothing was released. */
  seen() {
    return [this.repo.dir, this.repo.remote].map((dir) =>
      snapshotFolder(dir, (path) => /\/(index|gorel\/lock)$/.test(path))
    );
  }

  left(): string[] {
    return [...Deno.readDirSync(this.folder.join("tmp"))].map((entry) => entry.name);
  }

  [Symbol.dispose](): void {
    this.repo[Symbol.dispose]();
    this.folder[Symbol.dispose]();
  }
}

Deno.test({
  ...needsGo("what does not build is refused before anything is written, unless it is accepted"),
  async fn() {
    using scene = new Scene();
    const before = scene.seen();
    // A file left alone goes on importing the old path, which nothing requires.
    const words = ["major", "--leave", "m.go"];
    const refused = await scene.run(...words, "--yes", "--json");
    assert.equal(refused.code, 3, refused.stderr);
    assert.deepEqual(
      refused.json.Error.Problems.map((p: { Code: string; Level: string }) =>
        `${p.Code} ${p.Level}`
      ),
      ["not-tidy stop", "build-failed stop"],
    );
    assert.deepEqual(refused.json.Error.Problems[1].Where, { File: "m.go", Line: 3 });
    assert.doesNotMatch(refused.stdout + refused.stderr, /gorel-prove|127\.0\.0\.1/);
    assert.deepEqual(scene.seen(), before);

    // Neither a plan nor --no-build asks go; only what is carried out, and check, do.
    const saved = await scene.run("plan", ...words, "-o", scene.folder.join("plan.json"));
    assert.equal(saved.code, 0, saved.stderr);
    const applied = await scene.run("apply", scene.folder.join("plan.json"), "--yes", "--json");
    assert.equal(applied.json.Error?.Code, "not-tidy", applied.stdout);
    assert.deepEqual(scene.seen(), before);
    assert.deepEqual(scene.left(), []);

    const accepted = await scene.run(
      ...["apply", scene.folder.join("plan.json"), "--yes", "--json"],
      ...["--accept", "not-tidy=it is a test", "--accept", "build-failed"],
    );
    assert.equal(accepted.code, 0, accepted.stdout + accepted.stderr);
    const kept = accepted.json.Problems.filter((p: { Accepted?: string }) => p.Accepted);
    assert.deepEqual(kept.map((p: { Code: string }) => p.Code), ["not-tidy", "build-failed"]);
    assert.deepEqual(
      accepted.json.Steps.filter((s: { Do: string }) => s.Do === "prove")
        .map((s: { Id: string; State: string }) => `${s.Id} ${s.State}`),
      ["prove-tidy done", "prove-build done", "prove-vet skipped"],
    );
  },
});

Deno.test({
  ...needsGo("check proves what a plan only names, and says what it did not build"),
  async fn() {
    using scene = new Scene();
    const good = await scene.run("check", "v2.0.0");
    assert.equal(good.code, 0, good.stdout);
    assert.match(good.stderr, /go build of 1 module/);
    scene.repo.commit("broken", { "p/p.go": "package p\n\nfunc F() { G() }\n" });
    const broken = await scene.run("check", "v2.0.0", "--json");
    assert.deepEqual(
      broken.json.Problems.filter((p: { Code: string }) => p.Code === "build-failed")
        .map((p: { Text: string; Level: string }) => [p.Level, p.Text]),
      [["warn", "example.com/m/v2 does not build, nor did it before: p/p.go:3:12: undefined: G."]],
    );
    const without = await scene.run("check", "v2.0.0", "--no-build");
    assert.match(without.stdout, /not-built/);
    assert.doesNotMatch(without.stderr, /go build/);
    assert.deepEqual(scene.left(), []);
  },
});

Deno.test({
  ...needsGo("Ctrl-C in the middle of the proof ends go at once, and nothing is left of it"),
  async fn() {
    using scene = new Scene();
    const real = tryRun("sh", ["-c", "command -v go"], {}).stdout.trim();
    const bin = scene.folder.join("bin");
    const mark = scene.folder.join("building");
    Deno.mkdirSync(bin);
    // Its own folder holds what go would leave there, and it does not end by itself.
    Deno.writeTextFileSync(
      `${bin}/go`,
      `#!/bin/sh\n[ "$1" = build ] || exec ${real} "$@"\nmkdir -p "$TMPDIR/work"\n` +
        `echo $$ >${mark}.new && mv ${mark}.new ${mark}\nexec sleep 600\n`,
      { mode: 0o755 },
    );
    const before = scene.seen();
    const PATH = `${bin}:${Deno.env.get("PATH")}`;
    const child = start(["major", "--yes", "--json", "--no-wait"], {
      cwd: scene.repo.dir,
      env: { ...scene.env, PATH },
    });
    const ended = child.output();
    let pid = "";
    while (pid === "") {
      pid = await Deno.readTextFile(mark).then((text) => text.trim(), () => "");
      if (pid === "") await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    const outcome = JSON.parse(new TextDecoder().decode(stdout));
    assert.deepEqual([outcome.State, outcome.Next], ["stopped", undefined]);
    assert.deepEqual(outcome.Steps.slice(0, 3).map((s: { State: string }) => s.State), [
      "done",
      "not-asked",
      "not-asked",
    ]);
    assert.equal(tryRun("sh", ["-c", `kill -0 ${pid}`], {}).code, 1, "go goes on");
    assert.deepEqual(scene.left(), []);
    assert.deepEqual(scene.seen(), before);
  },
});
