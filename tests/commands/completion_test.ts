import assert from "node:assert/strict";
import { shells } from "../../lib/cli/completion/scripts.ts";
import { gorel } from "../support/gorel.ts";
import { Folder, Repo, tryRun } from "../support/repo.ts";
import { tool } from "../support/tools.ts";

Deno.test("completion prints a script that its shell can read, and names the three shells otherwise", async () => {
  using folder = new Folder();
  const cwd = folder.path;
  const [bash, json, other] = await Promise.all([
    gorel(["completion", "bash"], { cwd }),
    gorel(["completion", "zsh", "--json"], { cwd }),
    gorel(["completion", "tcsh", "--json"], { cwd }),
  ]);
  const scripts = [bash.stdout, json.json.Text];
  assert.deepEqual([bash.code, bash.stderr, json.code, Object.keys(json.json)], [0, "", 0, [
    "Text",
  ]]);
  for (const [i, script] of scripts.entries()) {
    const shell = shells[i]!;
    assert.match(script, new RegExp(`gorel __complete ${shell} -- `));
    if ("Missing" in tool(shell)) continue;
    const read = tryRun(shell, ["-n", "-c", script], {});
    assert.deepEqual([read.code, read.stderr], [0, ""], shell);
  }
  assert.equal(other.code, 2);
  assert.equal(other.json.Error.Code, "usage");
  assert.match(other.stderr, /tcsh; there is for bash, zsh, fish/);
});

Deno.test("a shell gets what goes on, behind -C too, and silence where nothing does", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": "module example.com/m\n" });
  repo.git("tag", "v1.0.0");
  const { env } = repo;
  const ask = async (cwd: string, ...argv: string[]) => {
    const { code, stdout, stderr } = await gorel(argv, { cwd, env });
    assert.deepEqual([code, stderr], [0, ""], argv.join(" "));
    return stdout;
  };
  const [from, to] = [repo.home, repo.dir];
  const found = await Promise.all([
    ask(from, "__complete", "fish", "--", "-C", to, "verify", ""),
    ask(from, "-C", to, "__complete", "zsh", "--", "verify", ""),
    ask(to, "__complete", "bash", "--", "gorel verify 'v1", "v1"),
    ask(to, "__complete", "bash", "--", "gorel -C ", ""),
    ask(from, "__complete", "bash", "--", "gorel verify ", ""),
    ask(from, "__complete", "fish", "--", "-C", "gone", "verify", ""),
    ask(from, "__complete", "tcsh", "--", ""),
    ask(from, "__complete"),
  ]);
  assert.deepEqual(found, [
    "words\nv1.0.0\t\n",
    "words\nv1.0.0\tv1.0.0\n",
    "words\nv1.0.0\n",
    "folders\n",
    "words\n",
    "",
    "",
    "",
  ]);
});
