/** `gorel config`, and `.gorel.toml` in the commands that release. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { ConfigDocument } from "../../lib/cli/answer.ts";
import { digestOf } from "../../lib/config/commands.ts";
import { fileKeys, flagKeys } from "../../lib/config/keys.ts";
import { released } from "../support/released.ts";
import { Folder, Repo } from "../support/repo.ts";
import { inProcess } from "./inprocess.ts";

const goMod = "module example.com/m\n\ngo 1.21\n";

async function documentOf(
  repo: Repo,
  argv: string[] = [],
  env: Record<string, string> = {},
): Promise<ConfigDocument> {
  const ran = await inProcess(["config", "--json", ...argv], repo.dir, { ...repo.env, ...env });
  return JSON.parse(ran.out);
}

Deno.test("every setting is shown with who says it", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": goMod });
  repo.write(
    ".gorel.toml",
    '# ours\npush = false\nwait = "10m"\nremote = "up"\nsign = true\nrewrite = ["prose", "a.md"]\n' +
      'tag-message = "{tag}\\n"\n[accept]\nreplace-local = "known"\n[before]\npush = ["a", "b\\u00e9"]\n',
  );
  const env = { GOREL_WAIT: "1h", GOREL_NO_HOOKS: "1", GOREL_SIGN: "0", GOREL_BUILD: "0" };
  const document = await documentOf(repo, ["--remote", "mine", "--no-offline"], env);
  const by = new Map(document.Values.map((v) => [v.Key, v]));
  assert.deepEqual([...by.keys()], [...Object.keys(flagKeys), ...Object.keys(fileKeys)]);
  const file = ".gorel.toml";
  const table: ConfigDocument["Values"] = [
    { Key: "push", Value: false, From: file, Line: 2 },
    { Key: "wait", Value: "1h", From: "GOREL_WAIT" },
    { Key: "remote", Value: "mine", From: "--remote" },
    { Key: "offline", Value: false, From: "--no-offline" },
    { Key: "sign", Value: false, From: "GOREL_SIGN" },
    { Key: "hooks", Value: false, From: "GOREL_NO_HOOKS" },
    { Key: "build", Value: false, From: "GOREL_BUILD" },
    { Key: "rewrite", Value: ["prose", "a.md"], From: file, Line: 6 },
    { Key: "leave", Value: [], From: "default" },
    { Key: "pre", Value: null, From: "default" },
    { Key: "tag-message", Value: "{tag}\n", From: file, Line: 7 },
    { Key: "branches", Value: null, From: "default" },
    { Key: "color", Value: true, From: "default" },
  ];
  for (const row of table) assert.deepEqual(by.get(row.Key), row);
  assert.equal(document.File, file);
  assert.deepEqual(document.Accept, [{ Code: "replace-local", Reason: "known", Line: 9 }]);
  const Run = ["a", "bé"].map((Run) => ({ When: "before" as const, Step: "push" as const, Run }));
  assert.deepEqual(document.Commands, { Digest: digestOf(Run), Agreed: false, Run });
  assert.deepEqual(document.Problems, []);

  const { code, out } = await inProcess(["config"], repo.dir, { ...repo.env, ...env });
  assert.equal(code, 0);
  assert.match(out, /^ {2}push +false +\.gorel\.toml:2$/m);
  assert.match(out, /^ {2}wait +1h +GOREL_WAIT$/m);
  assert.match(out, /^ {2}verbose +false +default$/m);
  assert.match(out, /^ {2}tag-message +\{tag\} ⏎ +\.gorel\.toml:7$/m);
  assert.match(out, /replace-local +\.gorel\.toml:9 +known/);
  assert.match(out, /2 commands, digest [0-9a-f]{32}: nobody has agreed to them here\n {2}before/);
  assert.match(out, /gorel config --agree [0-9a-f]{32}/);
});

Deno.test("a broken file is shown with all that is wrong, and is exit 3", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": goMod, ".gorel.toml": "push = 1\n[accept]\ndirty = ''\n" });
  const ran = await inProcess(["config", "--json"], repo.dir, repo.env);
  const document: ConfigDocument = JSON.parse(ran.out);
  assert.equal(ran.code, 3);
  assert.deepEqual(document.Problems.map((p) => [p.Code, p.Where?.Line]), [
    ["config-invalid", 1],
    ["config-invalid", 3],
  ]);
  assert.ok(document.Values.every(({ From }) => From === "default"));
  const agree = await inProcess(["config", "--agree", "0".repeat(32)], repo.dir, repo.env);
  assert.equal(agree.code, 3);
  assert.match(agree.err, /config-invalid/);
});

Deno.test("outside of a repository it says the rest, without credentials and with strange variables", async () => {
  using folder = new Folder();
  const env = {
    HOME: folder.path,
    GOPROXY: "https://me:secret@proxy.example,off",
    GOREL_WIAT: "secret",
    GOREL_NO_OFFLINE: "secret",
    GOREL_MOTION: "off",
    GOREL_NO_PUSH: "1",
  };
  const { code, out, err } = await inProcess(["config"], folder.path, env);
  assert.equal(code, 0);
  assert.match(out, /there is no \.gorel\.toml here/);
  assert.match(out, /GOPROXY +https:\/\/proxy\.example,off/);
  assert.match(out, /push +false +GOREL_NO_PUSH/);
  assert.match(err, /GOREL_NO_OFFLINE means nothing to gorel;\s+did you mean GOREL_OFFLINE\?/);
  assert.match(err, /GOREL_WIAT means nothing to gorel; did you\s+mean GOREL_WAIT\?/);
  assert.ok(!(out + err).includes("secret"));
  const document: ConfigDocument = JSON.parse(
    (await inProcess(["config", "--json"], folder.path, env)).out,
  );
  assert.deepEqual(document.Problems.map((p) => [p.Code, p.Level]), [
    ["config-invalid", "warn"],
    ["config-invalid", "warn"],
  ]);
  assert.equal(document.File, undefined);
  assert.ok(!JSON.stringify(document).includes("secret"));
});

Deno.test("agreeing takes the digest of exactly these commands, and is remembered", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": goMod });
  const agree = (digest: string) => inProcess(["config", "--agree", digest], repo.dir, repo.env);
  const nothing = await agree("0".repeat(32));
  assert.equal(nothing.code, 3);
  assert.match(nothing.err, /commands-not-agreed There is nothing to agree to/);

  repo.write(".gorel.toml", '[before]\npush = "make check"\n');
  const { Digest } = (await documentOf(repo)).Commands!;
  const wrong = await agree("0".repeat(32));
  assert.equal(wrong.code, 3);
  assert.match(wrong.err, new RegExp(`make\\s+check[^]*--agree ${Digest}`));
  const variable = await documentOf(repo, [], { GOREL_AGREE: "0".repeat(32) });
  assert.equal(variable.Commands!.Agreed, false, "it may be meant for another repository");
  assert.throws(() => repo.read(".git/gorel/agreed"));

  assert.equal((await agree(Digest)).code, 0);
  assert.equal((await documentOf(repo)).Commands!.Agreed, true);
  repo.write(".gorel.toml", '[before]\npush = "make check "\n');
  const changed = (await documentOf(repo)).Commands!;
  assert.equal(changed.Agreed, false);
  await documentOf(repo, [], { GOREL_AGREE: changed.Digest });
  assert.equal((await documentOf(repo)).Commands!.Agreed, true);
});

Deno.test("--schema prints the schema, wherever and whatever the file is", async () => {
  using folder = new Folder();
  const { out, code } = await inProcess(["config", "--schema"], folder.path, { HOME: folder.path });
  assert.equal(code, 0);
  const there = Deno.readTextFileSync(new URL("../../docs/gorel.schema.json", import.meta.url));
  assert.equal(out, there);
});

Deno.test("a release takes its defaults from the file, and the plan keeps the reasons", async () => {
  using repo = new Repo();
  repo.commit("one", {
    "go.mod": goMod,
    "m.go": "package m\n",
    "sub/x": "",
    ".gorel.toml": 'offline = true\n[accept]\nnothing-to-release = "the same again"\n',
  });
  repo.tag("v1.0.0");
  const plan = async (...argv: string[]) => {
    const dir = join(repo.dir, "sub");
    const ran = await inProcess(["patch", "-n", "--json", ...argv], dir, repo.env);
    return JSON.parse(ran.out);
  };
  const accepted = (found: { Problems: { Code: string; Accepted?: string }[] }) =>
    found.Problems.find((p) => p.Code === "nothing-to-release")?.Accepted;
  const made = await plan();
  assert.equal(accepted(made), "the same again", JSON.stringify(made));
  assert.ok(!made.Steps.some((s: { Do: string }) => s.Do === "push"));
  assert.equal(accepted(await plan("--accept", "nothing-to-release=once")), "once");
});

Deno.test("the screens begin with what the file says, and show the command that means the same", async () => {
  using repo = released();
  repo.write(".gorel.toml", 'pre = "beta"\npush = false\nwait = "7m"\n');
  const env = { ...repo.env, GOREL_NO_HOOKS: "1" };
  const plain = ["--plain"];
  const shown = await inProcess(plain, repo.dir, env, [
    [/no proxy[^]*2\. Pre-release +v1\.0\.1-beta\.1/, "2"],
    [/go on to the plan/, "$"],
    [/does the same/, "b"],
    [/1\. Release/, "1"],
    [/1\. A bug fix/, "1"],
    [/1\. patch/, "$"],
    [/does the same/, "q"],
  ]);
  assert.match(shown.out, /\ngorel (?:-C \S+ )?prerelease --no-hooks\n/, shown.out);
  // A plain patch is none of the series that the file opens.
  assert.match(shown.out, /\ngorel (?:-C \S+ )?patch --no-pre --no-hooks\n/, shown.out);

  repo.write(".gorel.toml", "push = 1\n");
  const mended = await inProcess(plain, repo.dir, repo.env, [
    [/column 8 of\s+\.gorel\.toml/, () => {
      repo.write(".gorel.toml", 'remote = "origin"\npush = false\n');
      return "R";
    }],
    [/no proxy[^]*1\. Release/, "2"],
    [/the proxy is not asked after[^]*go on to the plan/, "$"],
    [/does the same/, "q"],
  ]);
  assert.match(mended.out, /\ngorel (?:-C \S+ )?prerelease\n/, mended.out);
});
