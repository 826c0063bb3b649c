import assert from "node:assert/strict";
import { seal } from "../../../lib/plan/seal.ts";
import { needsGo } from "../../support/go.ts";
import { snapshotFolder } from "../../support/repo.ts";
import { Ground, summary } from "./ground.ts";

const mod = (path: string, more = "") => `module ${path}\n\ngo 1.21\n${more}`;
const major = { Module: "example.com/m", NewModule: "example.com/m/v2", Version: "v2.0.0" };
const files = {
  "go.mod": mod("example.com/m"),
  "m.go": 'package m\n\nimport _ "example.com/m/p"\n',
  "p/p.go": "package p\n\nfunc F() int { return 1 }\n",
};
const good = {
  "go.mod": mod("example.com/m/v2"),
  "m.go": 'package m\n\nimport _ "example.com/m/v2/p"\n',
};
const passes = ["prove-tidy done", "prove-build done", "prove-vet done"];

Deno.test({
  ...needsGo("a rewritten module is proven, for the platforms its files name, and nothing stays"),
  async fn() {
    using ground = new Ground({ ...files, "p/p_plan9.go": "package p\n\nvar Nine = 9\n" });
    const before = snapshotFolder(ground.repo.dir);
    const news: string[] = [];
    const proof = await ground.prove(good, [major], {
      onStep: ({ Id, State }) => news.push(`${Id} ${State}`),
    });
    assert.deepEqual(summary(proof), { Steps: passes, Problems: [] });
    assert.deepEqual(news, passes.flatMap((step) => [step.replace(/\w+$/, "begun"), step]));
    assert.equal(proof.Steps[1]!.Detail, "go build of 1 module, also for plan9/amd64");
    assert.deepEqual(ground.left(), []);
    assert.deepEqual(snapshotFolder(ground.repo.dir), before);
  },
});

Deno.test({
  ...needsGo("what the rewrite broke is told in go's words, with its place, and can be accepted"),
  async fn() {
    using ground = new Ground({ ...files, "p/p_plan9.go": "package p\n\nvar Nine = 9\n" });
    const bad = {
      ...good,
      "m.go": files["m.go"],
      "p/p_plan9.go": 'package p\n\nvar Nine int = "9"\n',
    };
    const proof = await ground.prove(bad, [major]);
    assert.deepEqual(summary(proof), {
      Steps: ["prove-tidy failed", "prove-build failed", "prove-vet skipped"],
      Problems: ["not-tidy stop", "build-failed stop"],
    });
    const [tidy, build] = proof.Problems;
    assert.match(tidy!.Text, /example\.com\/m\/v2 imports example\.com\/m\/p: cannot find module/);
    assert.equal(
      build!.Text,
      "example.com/m/v2 does not build: m.go:3:8: no required module provides package example.com/m/p.",
    );
    assert.deepEqual(build!.Where, { File: "m.go", Line: 3 });
    assert.doesNotMatch(JSON.stringify(proof), /gorel-prove|127\.0\.0\.1|mod\/cache/);

    const foreign = await ground.prove({ ...bad, "m.go": good["m.go"] }, [major], {
      accept: [{ Code: "build-failed", Reason: "nobody has it" }],
    });
    assert.deepEqual(summary(foreign), {
      Steps: ["prove-tidy done", "prove-build done", "prove-vet done"],
      Problems: ["build-failed accepted"],
    });
    assert.match(
      foreign.Problems[0]!.Text,
      /v2 for plan9\/amd64 does not build: p\/p_plan9\.go:3:16: /,
    );
    assert.deepEqual(foreign.Problems[0]!.Where, { File: "p/p_plan9.go", Line: 3 });
  },
});

Deno.test({
  ...needsGo(
    "what was broken before only warns, and what go cannot get is skipped with the reason",
  ),
  async fn() {
    const more = { "q/q.go": "package q\n\nvar x int = true\n" };
    using ground = new Ground({ ...files, ...more });
    const proof = await ground.prove(good, [major], { runs: ["build", "vet"] });
    assert.deepEqual(summary(proof), {
      Steps: ["prove-build done", "prove-vet skipped"],
      Problems: ["build-failed warn"],
    });
    assert.match(proof.Problems[0]!.Text, /does not build, nor did it before: q\/q\.go:3:13: /);

    const dep = "\nrequire example.com/gone v1.0.0\n";
    const sum = `h1:${"A".repeat(43)}=`;
    using lacking = new Ground({
      ...files,
      "go.sum": `example.com/gone v1.0.0 ${sum}\nexample.com/gone v1.0.0/go.mod ${sum}\n`,
      "go.mod": mod("example.com/m", dep),
      "p/p.go": 'package p\n\nimport _ "example.com/gone"\n',
    });
    const skipped = await lacking.prove({ ...good, "go.mod": mod("example.com/m/v2", dep) }, [
      major,
    ]);
    assert.deepEqual(skipped.Steps.map((s) => s.State), ["skipped", "skipped", "skipped"]);
    assert.deepEqual(skipped.Problems.map((p) => p.Code), ["not-built"]);
    assert.match(
      skipped.Problems[0]!.Text,
      /^example\.com\/m\/v2 could not be built here: .*module lookup disabled by GOPROXY=off/,
    );

    const { PATH = "" } = ground.env;
    using bare = new Ground(files, { PATH: PATH.split(":").filter(noGo).join(":") });
    assert.deepEqual(summary(await bare.prove(good, [major])), {
      Steps: ["prove-tidy skipped", "prove-build skipped", "prove-vet skipped"],
      Problems: ["not-built note"],
    });

    using old = new Ground({ ...files, "go.mod": "module example.com/m\n\ngo 1.99\n" });
    const tooOld = await old.prove({ ...good, "go.mod": "module example.com/m/v2\n\ngo 1.99\n" }, [
      major,
    ]);
    assert.deepEqual(tooOld.Steps.map((s) => s.State), ["skipped", "skipped", "skipped"]);
    assert.match(tooOld.Problems[0]!.Text, /requires go >= 1\.99/);
  },
});

function noGo(folder: string): boolean {
  try {
    return !Deno.statSync(`${folder}/go`).isFile;
  } catch {
    return true;
  }
}

Deno.test({
  ...needsGo("vet looks at tests, and tidy at go.mod"),
  async fn() {
    using ground = new Ground(files);
    const proof = await ground.prove(
      {
        ...good,
        "go.mod": mod("example.com/m/v2", "\nrequire example.com/unused v1.0.0\n"),
        "p/p_test.go": "package p\n\nfunc f() { x := 1; x = x }\n",
      },
      [major],
      { runs: ["tidy", "vet"] },
    );
    assert.deepEqual(summary(proof), {
      Steps: ["prove-tidy failed", "prove-vet failed"],
      Problems: ["not-tidy stop", "vet-failed stop"],
    });
    assert.match(proof.Problems[0]!.Text, /would change .*-require example\.com\/unused v1\.0\.0/);
    assert.deepEqual(proof.Problems[0]!.Where, { File: "go.mod" });
    assert.deepEqual(proof.Problems[1]!.Where, { File: "p/p_test.go", Line: 3 });
  },
});

Deno.test({
  ...needsGo("a train is built from what is coming, which the user's cache never gets"),
  async fn() {
    // Everything here is private: go must not go past our proxy to a server that nobody has.
    for (const GOPRIVATE of ["", "example.test"]) {
      using ground = new Ground({
        "a/go.mod": mod("example.test/a"),
        "a/a.go": "package a\n\nfunc A() {}\n",
        "b/go.mod": mod(
          "example.test/b",
          "\nrequire example.test/a v1.0.0\n\nreplace example.test/a => ../a\n",
        ),
        "b/b.go": 'package b\n\nimport "example.test/a"\n\nfunc B() { a.A() }\n',
      }, { GOPRIVATE });
      const releases = [
        { Module: "example.test/a", Version: "v1.1.0", Dir: "a" },
        { Module: "example.test/b", Version: "v1.1.0", Dir: "b" },
      ];
      const bMod = mod("example.test/b", "\nrequire example.test/a v1.1.0\n");
      const { draft, repo } = await ground.plan({ "b/go.mod": bMod }, releases);
      const sealed = await seal(repo, await draft.planned(), {
        Path: "example.test/a",
        Version: "v1.1.0",
        Dir: "a",
      });
      assert.ok("Sum" in sealed);
      const sums = (sum: string) =>
        `example.test/a v1.1.0 ${sum}\nexample.test/a v1.1.0/go.mod ${sealed.GoModSum}\n`;
      const writes = { "b/go.mod": bMod, "b/go.sum": sums(sealed.Sum) };
      const proof = await ground.prove(writes, releases);
      assert.deepEqual(summary(proof), { Steps: passes, Problems: [] });
      if (GOPRIVATE === "") {
        const build = { runs: ["build" as const] };
        const offline = await ground.prove(writes, releases, { ...build, offline: true });
        assert.deepEqual(summary(offline), { Steps: ["prove-build done"], Problems: [] });
        const wrong = { ...writes, "b/go.sum": sums(sealed.GoModSum) };
        const [mismatch] = (await ground.prove(wrong, releases, build)).Problems;
        assert.match(mismatch!.Text, /^example\.test\/b does not build: .*checksum mismatch/);
      }
      const kept = Object.keys(snapshotFolder(ground.go.path)).filter((p) =>
        /example\.test/.test(p)
      );
      assert.deepEqual(kept, []);
    }
  },
});

Deno.test({
  ...needsGo("a module of a workspace is judged in it, and a program of both majors is built"),
  async fn() {
    using ground = new Ground({
      ...files,
      "go.work": "go 1.21\n\nuse (\n\t.\n\t./tools\n)\n",
      "tools/go.mod": mod("example.com/m/tools"),
      "tools/t.go": 'package tools\n\nimport _ "example.com/m/p"\n',
      "testdata/broken/go.mod": "nonsense",
      "testdata/broken/x.go": "package x; nonsense",
    });
    ground.repo.tag("v1.0.0");
    const writes = {
      ...good,
      "tools/t.go": 'package tools\n\nimport _ "example.com/m/v2/p"\n',
      "testdata/broken/x.go": "package x; nonsense more",
    };
    const proof = await ground.prove(writes, [major]);
    assert.deepEqual(summary(proof), { Steps: passes, Problems: [] });
    assert.equal(proof.Steps[1]!.Detail, "go build of 2 modules");
    const broken = { ...writes, "tools/t.go": "package tools\n\nvar x int = nothing\n" };
    const [behind] = (await ground.prove(broken, [major], { runs: ["build"] })).Problems;
    assert.deepEqual([behind?.Code, behind?.Fix], [
      "build-failed",
      "--leave tools/go.mod, which keeps that module at the old path; or --accept build-failed",
    ]);

    // Two bodies of one symbol: each major links, both together do not.
    const twice = (n: number) =>
      `package p\n\nimport _ "unsafe"\n\n//go:linkname only example.only\nvar only = ${n}\n\nvar Only = &only\n`;
    using clash = new Ground({ ...files, "p/only.go": twice(1) });
    clash.repo.tag("v1.0.0");
    const both = await clash.prove({ ...good, "p/only.go": twice(2) }, [{
      ...major,
      Base: "v1.0.0",
    }], { runs: ["build"] });
    assert.deepEqual(summary(both), {
      Steps: ["prove-build failed"],
      Problems: ["build-failed stop"],
    });
    assert.match(
      both.Problems[0]!.Text,
      /^A program that requires both example\.com\/m v1\.0\.0 and example\.com\/m\/v2 v2\.0\.0 does not build: /,
    );
  },
});
