/** Names, messages and words of strangers reach no terminal, shell or option. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runHere } from "../support/inprocess.ts";
import { goMod, released } from "../support/released.ts";
import { snapshotFolder } from "../support/repo.ts";
import { assertPlain, evil, on, retract } from "./scene.ts";

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

/** Command lines with what a terminal would obey in every place that an error may repeat. */
function typed(text: string): string[][] {
  return [
    [text],
    ["patch", text],
    [`--${text}`],
    ["patch", `--${text}=x`],
    ["-C", text, "status"],
    ["status", "--module", text],
    ["status", "--remote", text],
    ["patch", "-n", "--remote", text],
    [`v1.2.3${text}`],
    ["retract", `v1.0.0${text}`, "--reason", "x", "-n"],
    ["retract", "v1.0.0", "--reason", text, "-n", "--offline"],
    ["retract", `[${text},v1]`, "--reason", "x", "-n"],
    ["deprecate", "--reason", `${text}\n${text}`, "-n", "--offline"],
    ["unretract", text],
    ["hash", text],
    ["hash", "--", `-${text}`],
    ["verify", `v1.0.0${text}`],
    ["verify", `${text}@v1.0.0`],
    ["versions", text],
    ["check", text],
    ["apply", text],
    ["resume", text],
    ["help", text],
    ["plan", text],
    ["plan", "patch", "--offline", "-v", "-o", `${text}/x`],
    ["patch", "-n", "--pre", text],
    ["patch", "-n", "--wait", text],
    ["patch", "-n", "--accept", text],
    ["patch", "-n", "--offline", "--accept", `dirty=${text}`],
    ["patch", "-n", "--offline", "--from", text],
    ["patch", "-n", "--offline", "--include", text],
    ["patch", "-n", "--offline", "-v", "--commit-message", text],
    ["minor", "-n", "--offline", "-v", "--tag-message", text],
  ];
}

Deno.test("what was typed is repeated without what a terminal obeys", async () => {
  using repo = released();
  for (const argv of typed(evil)) {
    for (const more of [[], ["--json"]]) {
      const { out, err } = await runHere([...more, ...argv], repo.dir, repo.env);
      assertPlain({ stdout: out, stderr: err }, JSON.stringify([...more, ...argv]));
      if (more.length > 0) assert.doesNotThrow(() => JSON.parse(out), JSON.stringify(argv));
    }
  }
});
