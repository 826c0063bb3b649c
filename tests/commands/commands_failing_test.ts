/** Commands of `.gorel.toml` that fail, meddle, are stopped or killed: a release ends once, or not at all. */
import assert from "node:assert/strict";
import { Interrupted } from "../../lib/cli/exit.ts";
import { remember } from "../../lib/apply/agree.ts";
import { digestOf } from "../../lib/config/commands.ts";
import { type ConfigFile, readConfig } from "../../lib/config/file.ts";
import type { OutcomeStep } from "../../lib/plan/types.ts";
import { anew, everything, found, gorel } from "../problems/prove.ts";
import { gorel as started } from "../support/gorel.ts";
import { runHere } from "../support/inprocess.ts";
import { Proxy } from "../support/proxy.ts";
import { type Repo, run } from "../support/repo.ts";
import { gitAlone } from "../problems/users.ts";

const retract = ["retract", "v1.0.0", "--reason", "panics", "--yes", "--no-wait"];
const patch = ["patch", "--yes", "--no-wait"];

/** A repository with these commands, agreed to. */
async function agreedTo(file: string): Promise<Repo> {
  const repo = anew();
  repo.commit("chore: commands", { ".gorel.toml": file, ".gitignore": "*.log\n" });
  const { Commands } = await readConfig(repo.dir) as ConfigFile;
  remember(`${repo.dir}/.git`, digestOf(Commands));
  return repo;
}

function noted(repo: Repo): string[] {
  return Deno.readTextFileSync(repo.folder.join("log")).trimEnd().split("\n");
}

Deno.test("a command that fails before the release begins leaves nothing but its words", async () => {
  const said = [
    ...["one", "two", "three", "four", "five", "six"].map((n) => `echo ${n}`),
    "printf '\\033[31mhttps://ada:secret@example.com said no.\\n' >&2",
    "exit 4",
  ].join("; ");
  using repo = await agreedTo(`[before]\ntag = ["true", '''${said}''', "echo >> ../log"]\n`);
  const before = everything(repo);
  const told = await gorel(patch, repo.dir, repo.env);
  assert.equal(told.exit, 3);
  const { Code, Text, Fix } = told.problems.at(-1)!;
  assert.equal(Code, "command-failed");
  assert.match(
    Text,
    /^The command before tag \(echo one; .*\) failed \(exit 4\): … two; three; four; five; six; https:\/\/example\.com said no\.$/,
  );
  assert.equal(Fix, "mend what it says, then release again");
  assert.match(told.err, /^ {2}one\n {2}two\n/m);
  assert.match(told.err, /✗ before tag +echo one; echo two/);
  for (const hidden of ["secret", "\x1b"]) assert.ok(!(told.err + Text).includes(hidden));
  const after = everything(repo);
  assert.deepEqual(Object.keys(after).filter((path) => before[path] !== after[path]), [
    `${repo.dir}/.git/gorel`,
  ]);
  const without = await gorel(patch, repo.dir, { ...repo.env, PATH: gitAlone(repo) });
  assert.match(without.json.Error.Text, /could not be started: there is no sh\.$/);
});

Deno.test("between journal and push a failure is resumed where it failed, or taken back", async () => {
  const file = '[before]\npush = ["echo a >> ../log", "echo b >> ../log; test -e ../mended"]\n' +
    '[after]\ntag = "echo t >> ../log"\npush = "echo p >> ../log; echo why; false"\n';
  using repo = await agreedTo(file);
  const before = repo.git("for-each-ref");
  const tell = (argv: string[]) => gorel(argv, repo.dir, repo.env);
  const failed = await tell(retract);
  assert.equal(failed.exit, 1);
  assert.equal(failed.json.State, "failed");
  assert.equal(failed.json.Next, "gorel resume v1.0.1, or gorel undo");
  assert.match(found(failed, "command-failed")!.Text, /\(exit 1\): without a word\.$/);
  assert.match(
    found(failed, "command-failed")!.Fix!,
    /gorel resume; where a file has to change, gorel undo first/,
  );
  const state = (told: typeof failed, id: string) =>
    told.json.Steps.find((s: OutcomeStep) => s.Id === id).State;
  assert.deepEqual(["before-push-1", "before-push-2", "push"].map((id) => state(failed, id)), [
    "done",
    "failed",
    "waiting",
  ]);
  assert.equal((await tell(["undo"])).json.State, "undone");
  assert.equal(repo.git("for-each-ref"), before);
  assert.deepEqual(noted(repo), ["t", "a", "b"]);

  await tell(retract);
  Deno.writeTextFileSync(repo.folder.join("mended"), "");
  const ran = await tell(["resume", "--no-wait"]);
  assert.equal(ran.exit, 0, JSON.stringify(ran.json));
  assert.equal(ran.json.State, "pushed");
  assert.deepEqual(noted(repo).slice(3), ["t", "a", "b", "b", "p"]);
  assert.equal(state(ran, "after-push-1"), "failed");
  const warned = found(ran, "command-failed-behind")!;
  assert.deepEqual([warned.Level, /\(exit 1\): why\.$/.test(warned.Text)], ["warn", true]);
  assert.match(warned.Fix!, /run the command again by hand/);
  assert.equal((await tell(["resume"])).json.Error.Code, "nothing-unfinished");
});

Deno.test("what is mended in the files is not judged in the place of the tag", async () => {
  const file = '[before]\npush = "grep -q mended m.go"\n';
  using repo = await agreedTo(file);
  const tell = (argv: string[]) => gorel(argv, repo.dir, repo.env);
  assert.equal((await tell(["patch", "--yes", "--no-wait", "--json"])).json.State, "failed");
  repo.write("m.go", "package m // mended\n");
  const judge = async () => {
    const { exit, json } = await tell(["resume", "--no-wait"]);
    assert.deepEqual([exit, json.Problems.at(-1).Code], [1, "moved"], JSON.stringify(json));
    assert.equal(
      run("git", ["tag"], { cwd: repo.remote, env: repo.env }).includes("v1.0.1"),
      false,
    );
  };
  await judge();
  repo.git("commit", "-qam", "fix: mended");
  await judge();
  assert.equal((await tell(["undo"])).json.State, "undone");
  repo.git("push", "-q", "origin", "main");
  const again = await tell(["patch", "--yes", "--no-wait", "--json"]);
  assert.equal(again.json.State, "pushed", JSON.stringify(again.json));
});

Deno.test("behind the push nothing is repeated by itself, and the proof goes on", async () => {
  const file = '[after]\npush = ["echo p >> ../log; false", "echo q >> ../log"]\n' +
    'ask-proxy = "echo asked >> ../log"\nverify = "echo v >> ../log"\n';
  using repo = await agreedTo(file);
  let seen = false;
  await using proxy = new Proxy(repo, (source) => ({
    info: (p, v) => seen || v !== "v1.0.1" ? source.info(p, v) : Promise.resolve(null),
  }));
  const env = { ...repo.env, GOPROXY: proxy.url };
  const pending = await gorel([...patch.slice(0, 2), "--wait", "1ms"], repo.dir, env);
  assert.equal(pending.exit, 8, JSON.stringify(pending.json));
  assert.ok(found(pending, "command-failed-behind"));
  assert.deepEqual(noted(repo), ["p", "q"]);
  seen = true;
  const ran = await gorel(["resume"], repo.dir, env);
  assert.equal(ran.json.State, "published", JSON.stringify(ran.json));
  assert.match(found(ran, "command-failed-behind")!.Text, /^The command after push \(echo p/);
  assert.deepEqual(noted(repo), ["p", "q", "asked", "v"]);
});

Deno.test("a command that changes what is released is refused by name, before anything is written", async (t) => {
  const cases: Record<string, [script: string, text: RegExp, file?: string]> = {
    "a tracked file": ["echo >> m.go", /^The command before tag .* changed m\.go:/, "m.go"],
    "a new file": ["echo > new.txt", /changed new\.txt: the release would not have it/, "new.txt"],
    "a file that was new already": ["echo more > old.txt", /changed old\.txt/, "old.txt"],
    "what is staged": ["git add old.txt", /changed old\.txt/, "old.txt"],
    "HEAD": ["git commit -q --allow-empty -m x", /changed the commit of HEAD/],
    "the coming tag": ["git tag v1.0.1", /^The tag v1\.0\.1 was made/],
  };
  using repo = await agreedTo('[before]\ntag = "sh ../meddle"\n');
  const head = repo.git("rev-parse", "HEAD");
  const told = (script: string) => {
    Deno.writeTextFileSync(repo.folder.join("meddle"), script);
    return gorel(patch, repo.dir, repo.env);
  };
  for (const [name, [script, text, file]] of Object.entries(cases)) {
    await t.step(name, async () => {
      repo.write("old.txt", "x\n");
      const refused = await told(script);
      assert.equal(refused.exit, 3, JSON.stringify(refused.json));
      const moved = found(refused, "moved")!;
      assert.match(moved.Text, text);
      if (file !== undefined) assert.deepEqual(moved.Where, { File: file });
      assert.equal(repo.onRemote("tag"), "v1.0.0");
      const left = [...Deno.readDirSync(`${repo.dir}/.git/gorel`)];
      assert.deepEqual(left.map((entry) => entry.name), ["agreed"]);
      repo.git("reset", "-q", "--hard", head);
      repo.git("clean", "-fdq");
    });
  }
  await t.step("what git ignores may come and go", async () => {
    repo.git("tag", "-d", "v1.0.1");
    const { json } = await told("echo > a.log; touch m.go");
    assert.equal(json.State, "pushed", JSON.stringify(json));
  });
});

Deno.test("what a command takes away behind the local steps is not sent, and can be taken back", async () => {
  using repo = await agreedTo('[before]\npush = "sh ../meddle"\n');
  const told = (argv: string[]) => gorel(argv, repo.dir, repo.env);
  for (const script of ["git tag -f v1.0.1 HEAD~1", "git commit -q --amend -m mine"]) {
    Deno.writeTextFileSync(repo.folder.join("meddle"), script);
    const failed = await told(retract);
    assert.equal(failed.json.State, "failed", JSON.stringify(failed.json));
    assert.match(
      found(failed, "moved")!.Text,
      /^(v1\.0\.1|main) is not any more where the release/,
    );
    assert.equal(failed.json.Next, "gorel resume v1.0.1, or gorel undo");
    assert.equal(repo.onRemote("tag"), "v1.0.0");
    if (script.startsWith("git tag")) repo.git("tag", "-d", "v1.0.1");
    assert.equal((await told(["undo"])).json.State, "undone");
  }
  repo.git("reset", "-q", "--hard", "HEAD~1");
  Deno.writeTextFileSync(repo.folder.join("meddle"), "git commit -q --allow-empty -m more");
  const ran = await told(patch);
  assert.equal(ran.json.State, "pushed", JSON.stringify(ran.json));
});

/** Reports whether a process runs: one that ended may wait for somebody to hear of it. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

Deno.test("Ctrl-C ends a command with all that it started", async () => {
  const wait = "sleep 60 & echo $! > ../pid; wait";
  const cases = [["[before]\ntag", wait], ["[before]\npush", `trap '' TERM; ${wait}`]] as const;
  for (const [place, command] of cases) {
    const begun = place.endsWith("push");
    using repo = await agreedTo(`${place} = "${command}"\n`);
    const stop = new AbortController();
    const line = [...patch, "--json"];
    const ending = runHere(line, repo.dir, repo.env, (silent) => silent, stop.signal);
    const pid = repo.folder.join("pid");
    const child = () => Number(Deno.readTextFileSync(pid));
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      try {
        if (child() > 0) break;
      } catch {
        // It has not begun yet.
      }
    }
    assert.ok(runs(child()));
    stop.abort(new Interrupted("SIGINT"));
    const { code, out } = await ending;
    assert.equal(code, 130, out);
    assert.equal(JSON.parse(out).State, "stopped");
    assert.equal(JSON.parse(out).Next, begun ? "gorel resume v1.0.1, or gorel undo" : undefined);
    // Who was killed is there until the system comes to it.
    for (let looks = 0; looks < 100 && runs(child()); looks++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(!runs(child()));
    assert.equal(repo.git("tag"), begun ? "v1.0.0\nv1.0.1" : "v1.0.0");
  }
});

Deno.test("killed inside of any command, a release ends once: only what was running runs again", async () => {
  const step = "[ -e ../$GOREL_RELEASE_STEP ] || { : > ../$GOREL_RELEASE_STEP; kill -KILL $PPID; }";
  const line = `'echo $GOREL_RELEASE_STEP >> ../log; ${step}'`;
  const file = `[before]\npush = ${line}\n[after]\ntag = ${line}\npush = ${line}\n`;
  using repo = await agreedTo(file);
  const at = { cwd: repo.dir, env: repo.env };
  assert.equal((await started([...patch, "--json"], at)).code, 137);
  for (let killed = 0; killed < 3; killed++) {
    const { code, stdout } = await started(["resume", "--no-wait", "--json"], at);
    assert.equal(code, killed < 2 ? 137 : 0, stdout);
  }
  const twice = ["after-tag", "before-push", "after-push"].flatMap((s) => [s, s]);
  assert.deepEqual(noted(repo), twice);
  assert.equal(repo.onRemote("tag"), "v1.0.0\nv1.0.1");
  assert.equal(repo.onRemote("rev-parse", "v1.0.1^{}"), repo.git("rev-parse", "HEAD"));
});
