/** Commands of `.gorel.toml`: in which order they run, what they know, and that nobody is run unread. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../lib/config/commands.ts";
import type { OutcomeStep } from "../../lib/plan/types.ts";
import { anew, everything, found, gorel } from "../problems/prove.ts";
import { runHere } from "../support/inprocess.ts";
import { Proxy } from "../support/proxy.ts";
import { type Repo, run as runProgram } from "../support/repo.ts";
import { siblings } from "../support/siblings.ts";

const patch = ["patch", "--yes", "--no-wait"];

/** A repository whose file is committed, and pushed or not. */
function withFile(file: string, repo = anew()): Repo {
  repo.commit("chore: what runs around a release", { ".gorel.toml": file });
  return repo;
}

/** What the commands noted beside the work tree. */
function noted(repo: Repo): string[] {
  try {
    return Deno.readTextFileSync(repo.folder.join("log")).trimEnd().split("\n");
  } catch {
    return [];
  }
}

/** The digest that a refusal names. */
function digestIn({ Fix = "" }: { Fix?: string }): string {
  return /--agree ([0-9a-f]{32})$/.exec(Fix)![1]!;
}

/** A folder of programs without go. */
function withoutGo(repo: Repo): string {
  const bin = repo.folder.join("bin");
  Deno.mkdirSync(bin);
  for (const name of ["git", "sh"]) {
    Deno.symlinkSync(runProgram("sh", ["-c", `command -v ${name}`]).trim(), join(bin, name));
  }
  return bin;
}

const templates = 'commit-message = "Out: {tag} ({version})\\n\\n{reason}  \\n{other"\n' +
  'tag-message = "{module} {version} {reason}"\n';

const steps = ["prove", "write", "commit", "branch", "tag", "push", "ask-proxy", "verify"];

Deno.test("commands run around their steps in the order of the contract, and know the release", async () => {
  const line = (note: string) => `'echo "$GOREL_RELEASE_STEP ${note}" >> ../log'`;
  const knows = "${GOREL_RELEASE_COMMIT:-none} ${INIT_CWD:-unset} $PWD ${GONOPROXY:-open}";
  const told = ["TAG", "VERSION", "MODULE", "DIR"].map((name) => `$GOREL_RELEASE_${name}`);
  const table = (when: string) =>
    `[${when}]\n` + steps.map((step) => `${step} = ${line(knows)}\n`).join("");
  const file = table("before").replace(
    /^tag = .*$/m,
    `tag = ['read x || echo no input >> ../log', 'printf "%s\\n" "${told.join(" ")}" >> ../log']`,
  ) + table("after");
  using repo = withFile(templates + file, siblings());
  await using proxy = new Proxy(repo, undefined, "example.com/acme/repo");
  const env = { ...repo.env, PATH: withoutGo(repo), GOPROXY: proxy.url, INIT_CWD: "/" };
  const argv = ["auto", "--yes", "--wait", "10s"];
  const planned = await gorel(["plan", "auto"], repo.dir, env);
  const ran = await gorel([...argv, "--agree", digestOf(planned.json.Commands)], repo.dir, env);
  assert.equal(ran.json.State, "published", JSON.stringify(ran.json) + ran.err);
  const messages = planned.json.Steps.map((s: { Message?: string }) => s.Message).filter(Boolean);
  assert.deepEqual(messages, [
    "Out: codec/v0.2.0, v1.1.0, wire/v0.4.0 (v0.2.0, v1.1.0, v0.4.0)\n\n{other\n",
    "example.com/acme/repo/codec v0.2.0\n",
    "example.com/acme/repo v1.1.0\n",
    "example.com/acme/repo/wire v0.4.0\n",
  ]);
  const commit = repo.git("rev-parse", "HEAD");
  const each = (name: string) => ran.json.Releases.map((r: Record<string, string>) => r[name]);
  const dirs = planned.json.Releases.map((r: { Dir: string }) => r.Dir || ".");
  // Before the push no proxy may be asked for a version that is not out.
  const aside = `unset ${repo.dir} ${each("Module")}`;
  const early = (step: string) => `${step} none ${aside}`;
  const late = (step: string) => `${step} ${commit} ${aside}`;
  const behind = (step: string) => `${step} ${commit} unset ${repo.dir} open`;
  assert.ok(each("TagName").length > 1);
  const [tag, ...more] = [each("TagName"), each("Version"), each("Module"), dirs]
    .map((lines) => lines.join("\n"));
  assert.deepEqual(noted(repo).join("\n").split("\n"), [
    ...["before-prove", "after-prove", "before-write", "before-commit", "before-branch"].map(early),
    "no input",
    ...[tag, ...more].join(" ").split("\n"),
    ...["after-write", "after-commit", "after-branch", "after-tag", "before-push"].map(late),
    ...["after-push", "before-ask-proxy", "after-ask-proxy", "before-verify", "after-verify"]
      .map(behind),
  ]);
  const rows: OutcomeStep[] = ran.json.Steps;
  const own = (all: { Id: string; Do: string }[]) =>
    all.filter((s) => s.Do !== "command").map((s) => s.Id);
  assert.deepEqual(own(rows), own(planned.json.Steps));
  assert.deepEqual(
    rows.filter((s) => s.Do === "command" || s.Do === "line" || s.Do === "push").map((s) => s.Id),
    [
      ...["before-prove-1", "after-prove-1", "before-write-1", "before-commit-1"],
      ...["before-branch-1", "before-tag-1", "before-tag-2", "after-write-1", "after-commit-1"],
      ...["after-branch-1", "after-tag-1", "before-push-1", "line", "push", "after-push-1"],
      ...["before-ask-proxy-1", "after-ask-proxy-1", "before-verify-1", "after-verify-1"],
    ],
  );
  const first = rows.find((s) => s.Id === "before-tag-1")!;
  assert.deepEqual([first.State, first.Detail], ["done", "read x || echo no input >> ../log"]);
  assert.ok(Number.isFinite(first.Ms));
});

Deno.test("nothing runs and nothing is written until somebody agreed to exactly these commands", async () => {
  const file = '[before]\npush = "echo one >> ../log"\n[after]\npush = ["echo two >> ../log"]\n';
  using repo = withFile(file);
  const before = everything(repo, false);
  const tell = (argv: string[], env = {}) => gorel(argv, repo.dir, { ...repo.env, ...env });
  const refused = await tell(patch);
  assert.equal(refused.exit, 3);
  assert.equal(refused.json.Error.Code, "commands-not-agreed");
  assert.match(
    refused.json.Error.Text,
    /^Nobody has agreed here to the 2 commands .*: before push `echo one >> \.\.\/log`, after push `echo two/,
  );
  const planned = await tell(["plan", "patch", "--no-wait", "--agree", "0123456789abcdef"]);
  assert.deepEqual(planned.json.Commands, [
    { When: "before", Step: "push", Run: "echo one >> ../log" },
    { When: "after", Step: "push", Run: "echo two >> ../log" },
  ]);
  const digest = digestOf(planned.json.Commands);
  assert.equal(refused.problems[0]!.Fix, `read them, then --agree ${digest}`);
  const other = await tell([...patch, "--agree", "0123456789abcdef"]);
  assert.match(other.json.Error.Text, /^The digest that was given is not that of the 2 commands/);
  assert.equal(digestIn(other.problems[0]!), digest);
  const checked = await tell(["check", "--accept", "proxy-unset"]);
  assert.equal(checked.exit, 0, JSON.stringify(checked.json));
  assert.equal(found(checked, "commands-not-agreed")?.Level, "note");
  assert.deepEqual(everything(repo, false), before);

  const ran = await tell(patch, { GOREL_AGREE: digest });
  assert.equal(ran.json.State, "pushed", JSON.stringify(ran.json));
  assert.deepEqual(noted(repo), ["one", "two"]);
  assert.equal(Deno.readTextFileSync(join(repo.dir, ".git/gorel/agreed")), `${digest}\n`);

  // What was agreed to is remembered, for every worktree, until a command changes.
  repo.git("worktree", "add", "-q", "-b", "side", repo.folder.join("side"));
  const side = repo.folder.join("side");
  Deno.writeTextFileSync(join(side, "m.go"), "package m // side\n");
  runProgram("git", ["commit", "-qam", "fix: more"], { cwd: side, env: repo.env });
  const there = await gorel(patch, side, repo.env);
  assert.equal(there.json.State, "pushed", JSON.stringify(there.json));
  assert.deepEqual(noted(repo), ["one", "two", "one", "two"]);
  repo.commit("fix: other commands", { ".gorel.toml": file.replace("two", "three") });
  const again = await tell(["v1.1.0", ...patch.slice(1)]);
  assert.equal(again.json.Error.Code, "commands-not-agreed");
  assert.notEqual(digestIn(again.problems[0]!), digest);
});

Deno.test("commands without their step do not run, and need nobody's agreement until they do", async () => {
  using repo = withFile('[before]\nwrite = "false"\n[after]\npush = "echo out >> ../log"\n');
  const local = await gorel([...patch, "--no-push"], repo.dir, repo.env);
  assert.equal(local.json.State, "local", JSON.stringify(local.json));
  const refused = await gorel(["resume", "--no-wait"], repo.dir, repo.env);
  assert.equal(refused.exit, 3);
  assert.equal(refused.json.Error.Code, "commands-not-agreed");
  assert.equal(repo.onRemote("tag"), "v1.0.0");
  const digest = digestIn(refused.problems[0]!);
  const ran = await gorel(["resume", "--no-wait", "--agree", digest], repo.dir, repo.env);
  assert.equal(ran.json.State, "pushed", JSON.stringify(ran.json));
  assert.deepEqual(noted(repo), ["out"]);
});

/** Runs gorel on a terminal where somebody types these lines. */
async function typing(lines: string[], argv: string[], repo: Repo) {
  const { code, out, err } = await runHere(argv, repo.dir, repo.env, (silent) => ({
    ...silent,
    interactive: true,
    readLine: () => Promise.resolve(lines.shift() ?? null),
  }));
  return { exit: code, shown: err + out };
}

Deno.test("a saved plan runs its own commands, once they were read and agreed to apart from the version", async () => {
  using repo = withFile('[after]\ntag = """\necho first >> ../log\necho second >> ../log"""\n');
  const file = repo.folder.join("plan.json");
  const planned = await gorel(["plan", "patch", "--no-wait", "-o", file], repo.dir, repo.env);
  assert.equal(planned.exit, 0, planned.err);
  const plan = JSON.parse(Deno.readTextFileSync(file));
  assert.equal((await gorel(["apply", file, "--yes"], repo.dir, repo.env)).exit, 3);
  const apply = ["apply", file, "--no-wait"];
  for (const lines of [["v1.0.1", "agree"], ["agree", "v9.9.9"]]) {
    const { exit, shown } = await typing([...lines], apply, repo);
    assert.equal(exit, 130, shown);
    assert.match(shown, /after tag {2}echo first >> \.\.\/log\n {13}echo second/);
    assert.match(shown, new RegExp(`Their digest is ${digestOf(plan.Commands)}\\.`));
    assert.deepEqual([noted(repo), repo.git("tag")], [[], "v1.0.0"], lines.join());
  }
  const { exit, shown } = await typing(["agree", "v1.0.1"], apply, repo);
  assert.equal(exit, 0, shown);
  assert.deepEqual(noted(repo), ["first", "second"]);
  assert.equal(repo.onRemote("tag"), "v1.0.0\nv1.0.1");
});

Deno.test("messages come from the file's templates where nothing else says them", async () => {
  using repo = withFile(templates);
  const messages = async (argv: string[]) => {
    const { json } = await gorel(["plan", ...argv, "--no-wait"], repo.dir, repo.env);
    return json.Steps.filter((s: { Message?: string }) => s.Message !== undefined)
      .map((s: { Message: string }) => s.Message);
  };
  const retract = ["retract", "v1.0.0", "--reason", "says {tag}"];
  assert.deepEqual(await messages(retract), [
    "Out: v1.0.1 (v1.0.1)\n\nsays {tag}\n{other\n",
    "example.com/m v1.0.1 says {tag}\n",
  ]);
  assert.deepEqual(await messages(["patch", "--signoff"]), ["example.com/m v1.0.1\n"]);
  assert.deepEqual(await messages([...retract, "--commit-message", "mine {tag}", "--signoff"]), [
    "mine {tag}\n\nSigned-off-by: Ada Example <ada@example.com>\n",
    "example.com/m v1.0.1 says {tag}\n",
  ]);
  repo.commit("fix: an empty one", { ".gorel.toml": 'tag-message = "{reason}"\n' });
  assert.deepEqual(await messages(["patch"]), ["v1.0.1\n"]);
});
