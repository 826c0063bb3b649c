/** Which modules a train takes along, as what, and what stops it. */
import assert from "node:assert/strict";
import { Repo } from "../../../support/repo.ts";
import { carryOut, planned, refusal } from "./judge.ts";

/** Three modules at v1.0.0 on the remote: the root requires codec, tool stands alone. */
function three(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    LICENSE: "free\n",
    "go.mod": "module example.com/m\n\ngo 1.21\n\nrequire example.com/m/codec v1.0.0\n",
    "m.go": 'package m\n\nimport _ "example.com/m/codec"\n',
    "codec/go.mod": "module example.com/m/codec\n\ngo 1.21\n",
    "codec/codec.go": "package codec\n",
    "tool/go.mod": "module example.com/m/tool\n\ngo 1.21\n",
    "tool/tool.go": "package tool\n",
  });
  for (const tag of ["v1.0.0", "codec/v1.0.0", "tool/v1.0.0"]) repo.tag(tag);
  return repo.withRemote();
}

async function tags(...args: Parameters<typeof planned>): Promise<string[]> {
  return (await planned(...args)).Releases.map((r) => r.TagName);
}

Deno.test("auto takes what changed and what requires it, and leaves the rest", async () => {
  using repo = three();
  repo.commit("fix: a crash", { "codec/codec.go": "package codec\n\n// fixed\n" });
  assert.deepEqual(await tags(repo, [], { Bump: "auto" }), ["codec/v1.0.1", "v1.0.1"]);
  assert.deepEqual(await tags(repo, [], { Bump: "auto", Pre: "rc" }), [
    "codec/v1.0.1-rc.1",
    "v1.0.1-rc.1",
  ]);
  repo.commit("feat: more", { "codec/more.go": "package codec\n" });
  assert.deepEqual(await tags(repo, [], { Bump: "auto" }), ["codec/v1.1.0", "v1.1.0"]);
  // What is named and does not change stays out; it is no reason to refuse the others.
  const named = ["tool", "codec", "example.com/m"];
  assert.deepEqual(await tags(repo, named, { Bump: "auto" }), ["codec/v1.1.0", "v1.1.0"]);
  assert.deepEqual(await tags(repo, ["codec"], { Bump: "auto" }), ["codec/v1.1.0"]);
  repo.commit("fix: it", { "tool/tool.go": "package tool\n\n// fixed\n" });
  assert.deepEqual(
    await tags(repo, [], { Bump: "auto" }),
    ["codec/v1.1.0", "v1.1.0", "tool/v1.0.1"],
  );
  assert.deepEqual(
    JSON.stringify(await planned(repo, [], { Bump: "auto" })),
    JSON.stringify(await planned(repo, ["tool", ".", "codec"], { Bump: "auto" })),
  );
});

Deno.test("with nothing due auto does nothing, and every other word says which module did not change", async () => {
  using repo = three();
  await assert.rejects(planned(repo, [], { Bump: "auto" }), /no module of this repository changed/);
  await assert.rejects(planned(repo, ["codec", "."], { Bump: "auto" }), /none of these modules/);
  repo.commit("fix: a crash", { "codec/codec.go": "package codec\n\n// fixed\n" });
  assert.deepEqual(await tags(repo, ["codec", "."], { Version: "v1.2.0" }), [
    "codec/v1.2.0",
    "v1.2.0",
  ]);
  const { Codes, Texts } = await refusal(planned(repo, ["codec", "tool"], { Bump: "patch" }));
  assert.deepEqual(Codes.filter((code) => code === "nothing-to-release").length, 1);
  assert.ok(
    Texts.some((text) => text.startsWith("example.com/m/tool: There is nothing")),
    `${Texts}`,
  );
  const accepted = { Accept: [{ Code: "nothing-to-release" as const }] };
  assert.deepEqual(await tags(repo, ["codec", "tool"], { Bump: "patch" }, accepted), [
    "codec/v1.0.1",
    "tool/v1.0.1",
  ]);
});

Deno.test("what the commit behind a train brings back is no reason for the next one", async () => {
  using repo = three();
  repo.commit("fix: it, with replacements", {
    "codec/codec.go": "package codec\n\n// fixed\n",
    "go.mod": "module example.com/m\n\ngo 1.21\n\nrequire example.com/m/codec v1.0.0\n\n" +
      "replace example.com/m/codec => ./codec\n",
  });
  const plan = await planned(repo, [], { Bump: "auto" }, { RestoreReplaces: true });
  assert.deepEqual(plan.Releases.map((r) => r.TagName), ["codec/v1.0.1", "v1.0.1"]);
  carryOut(repo, plan);
  assert.match(repo.read("go.mod"), /require example.com\/m\/codec v1\.0\.1\n\nreplace example/);
  assert.doesNotMatch(repo.git("show", "v1.0.1:go.mod"), /replace/);
  await assert.rejects(planned(repo, [], { Bump: "auto" }), /no module of this repository changed/);
  repo.commit("fix: without", { "go.mod": repo.read("go.mod").replace(/replace.*/, "") });
  assert.deepEqual(await tags(repo, ["."], { Bump: "patch" }), ["v1.0.2"]);
});

Deno.test("a module is named once, and must be there", async () => {
  using repo = three();
  const twice = await refusal(planned(repo, [".", "example.com/m"], { Bump: "patch" }));
  assert.deepEqual(twice.Codes, ["module-not-found"]);
  assert.match(twice.Texts[0]!, /\. and example\.com\/m are the same module/);
  const missing = await refusal(planned(repo, ["codec", "nowhere"], { Bump: "patch" }));
  assert.deepEqual(missing.Codes, ["module-not-found"]);
});

Deno.test("a change in any module of the train stops; in another one it only warns", async () => {
  using repo = three();
  repo.commit("fix: a crash", { "codec/codec.go": "package codec\n\n// fixed\n" });
  repo.write("m.go", 'package m\n\nimport _ "example.com/m/codec"\n\n// more\n');
  const { Codes, Texts } = await refusal(planned(repo, ["codec", "."], { Bump: "patch" }));
  assert.deepEqual(Codes.filter((code) => !code.startsWith("not-")), ["dirty"]);
  assert.match(Texts.join(), /m\.go is changed/);
  repo.git("checkout", "m.go");
  repo.write("tool/tool.go", "package tool\n\n// more\n");
  const { Problems } = await planned(repo, ["codec", "."], { Bump: "patch" });
  assert.deepEqual(Problems.map((p) => p.Code), ["other-module-changed", "not-asked", "not-built"]);
});

Deno.test("a taken version says whose it is", async () => {
  using repo = three();
  repo.commit("fix: both", {
    "codec/more.go": "package codec\n",
    "tool/more.go": "package tool\n",
  });
  const { Codes, Texts } = await refusal(planned(repo, ["codec", "tool"], { Version: "v1.0.0" }));
  assert.equal(Codes.filter((code) => code === "version-exists").length, 2);
  assert.ok(
    Texts.some((text) => text.startsWith("example.com/m/tool: v1.0.0 is taken")),
    `${Texts}`,
  );
});

Deno.test("a requirement that only a replacement outside of the train fills says what to name", async () => {
  using repo = three();
  repo.commit("feat: use tool", {
    "go.mod": "module example.com/m\n\ngo 1.21\n\nrequire (\n\texample.com/m/codec v1.0.0\n" +
      "\texample.com/m/tool v1.1.0\n)\n\nreplace example.com/m/tool => ./tool\n",
    "codec/more.go": "package codec\n",
  });
  const { Codes, Texts } = await refusal(planned(repo, ["codec", "."], { Bump: "minor" }));
  assert.ok(Codes.includes("replace-local"));
  assert.match(
    Texts.join(),
    /gorel auto example\.com\/m\/codec example\.com\/m example\.com\/m\/tool /,
  );
  const all = await planned(repo, ["codec", ".", "tool"], { Bump: "minor" }, {
    Accept: [{ Code: "nothing-to-release" }],
  });
  assert.deepEqual(all.Releases.map((r) => r.TagName), ["codec/v1.1.0", "tool/v1.1.0", "v1.1.0"]);
});

Deno.test("a placeholder for a sibling that is out says to require what is out", async () => {
  using repo = three();
  repo.commit("feat: new, beside an unchanged tool", {
    "new/go.mod": "module example.com/m/new\n\ngo 1.21\n\n" +
      "require example.com/m/tool v0.0.0-00010101000000-000000000000\n\n" +
      "replace example.com/m/tool => ../tool\n",
    "new/new.go": 'package new\n\nimport _ "example.com/m/tool"\n',
    "codec/more.go": "package codec\n",
  });
  const { Codes, Texts } = await refusal(planned(repo, [], { Bump: "auto" }));
  assert.ok(Codes.includes("replace-local"));
  const fix = "go mod edit -require=example.com/m/tool@v1.0.0 new/go.mod ";
  assert.ok(Texts.some((text) => text.includes(fix)), `${Texts}`);
});

Deno.test("a series that is to be finished and does not run says whose it is", async () => {
  using repo = three();
  repo.commit("feat: more", { "codec/more.go": "package codec\n" });
  repo.tag("codec/v1.1.0-rc.1");
  repo.git("push", "-q", "origin", "--tags");
  const { Texts } = await refusal(planned(repo, ["codec", "tool"], { Bump: "release" }));
  assert.ok(Texts.some((text) => text.startsWith("example.com/m/tool: There is no")), `${Texts}`);
});

Deno.test("auto says which modules it takes that nobody has released, unless they are named", async () => {
  using repo = three();
  repo.commit("feat: an example, and more", {
    "examples/basic/go.mod": "module example.com/m/examples/basic\n\ngo 1.21\n",
    "examples/basic/main.go": "package main\n\nfunc main() {}\n",
    "tool/more.go": "package tool\n",
  });
  const said = async (...args: Parameters<typeof planned>) =>
    (await planned(...args)).Problems.filter((p) => p.Code === "first-release");
  const [one, ...others] = await said(repo, [], { Bump: "auto" });
  assert.deepEqual(others, []);
  assert.equal(
    one?.Text,
    "example.com/m/examples/basic was never released: v0.1.0 is its first version, and a tag is " +
      "for ever.",
  );
  assert.equal(one.Fix, "gorel auto tool names those that are meant");
  assert.deepEqual(await said(repo, ["tool", "examples/basic"], { Bump: "auto" }), []);
  using fresh = new Repo();
  for (const dir of ["a", "b"]) {
    fresh.write(`${dir}/go.mod`, `module example.com/m/${dir}\n\ngo 1.21\n`);
    fresh.write(`${dir}/${dir}.go`, `package ${dir}\n`);
  }
  fresh.commit("begin");
  assert.deepEqual(await said(fresh.withRemote(), [], { Bump: "auto" }), []);
});
