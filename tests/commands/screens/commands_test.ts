/** Commands of `.gorel.toml` through the screens of the real program: read, agreed to, run. */
import assert from "node:assert/strict";
import { released } from "../../support/released.ts";
import { choose, key, left, nothingChanged, openIn, write } from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";
import type { Repo } from "../../support/repo.ts";

/** The repository with a `.gorel.toml`. */
function configured(text: string): Repo {
  const repo = released();
  repo.commit("chore: what gorel does", { ".gorel.toml": text });
  return repo;
}

/** The file that a command writes outside the repository, to say that it ran. */
function traced(repo: Repo): { file: string; said(): string } {
  const file = repo.folder.join("ran");
  const said = () => {
    try {
      return Deno.readTextFileSync(file);
    } catch {
      return "";
    }
  };
  return { file, said };
}

const direct = { env: { GOPROXY: "direct" } };

Deno.test("commands are read and agreed to before the version; a changed one is asked again", async () => {
  using repo = released();
  const trace = traced(repo);
  const file = (more: string) =>
    `[before]\npush = "echo 1 >> '${trace.file}'${more}"\n[after]\npush = "echo 2 $GOREL_RELEASE_TAG >> '${trace.file}'"\n`;
  repo.commit("chore: what gorel does", { ".gorel.toml": file("") });
  await using pty = openIn(repo, ["patch"], direct);
  await pty.until("› go on to the plan");
  assert.match(pty.screen(), /\.gorel\.toml: 2 commands to run/);
  await pty.type("n");
  const asked = await pty.until("A agree");
  assert.match(asked, /code\s+from this repository, and run with your rights/);
  assert.match(asked, /before push +echo 1[^]*after push +echo 2 \$GOREL_RELEASE_TAG/);
  const digest = /--agree ([0-9a-f]{32})/.exec(asked)![1]!;
  await pty.type("v");
  await pty.until("Nothing starts yet: A agrees");
  await pty.type(key.enter);
  await pty.until("Nothing starts yet: A agrees");
  nothingChanged(repo);
  assert.equal(trace.said(), "");
  await pty.type("A");
  const review = await pty.until("Type v1.0.1 to start: ▌");
  assert.match(review, /2 run +before push: echo 1[^]*━━ nobody[^]*4 run +after push: echo 2/);
  assert.equal(Deno.readTextFileSync(`${repo.dir}/.git/gorel/agreed`), `${digest}\n`);
  // What was agreed to is not what is there by now.
  repo.commit("chore: more of it", { ".gorel.toml": file("; exit 5") });
  await write(pty, "v1.0.1");
  await pty.type(key.enter);
  await pty.until(/! .*moved/);
  await pty.until("› go on to the plan");
  assert.equal(trace.said(), "");
  await pty.type("n");
  await pty.until(/before push +echo 1[^]*exit 5[^]*A agree/);
  await pty.type("A");
  await pty.until("Type v1.0.1 to start: ▌");
  await write(pty, "v1.0.1");
  await pty.type(key.enter);
  const failed = await pty.until(/v1\.0\.1 failed[^]*› go on/);
  assert.match(failed, /Nothing has left this\s+machine[^]*command before push[^]*exit 5/);
  assert.match(failed, /command-failed/);
  assert.equal(trace.said(), "1\n");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  await choose(pty, "take it back");
  await pty.until("is taken back");
  await pty.type("q");
  assert.equal((await left(pty)).code, 0);
  nothingChanged(repo);
});

/** Types a line once all of this was said and the question stands below it. */
async function answer(pty: Pty, said: RegExp, line: string): Promise<void> {
  const before = pty.output.length;
  await pty.until((screen) => said.test(screen) && /(?:>|:) ?$/.test(screen.trimEnd()));
  await pty.type(`${line}\r`);
  await pty.until(() => pty.output.length > before);
}

Deno.test("a broken .gorel.toml is shown at its place, and R looks again; then plain lines ask", async () => {
  using repo = configured('push = true\nbranchs = ["main"]\n');
  const trace = traced(repo);
  await using pty = openIn(repo, ["--plain"], { ...direct, size: { columns: 100, rows: 60 } });
  await pty.until(/Line 2, column 1 of \.gorel\.toml[^]*branches\?[^]*R look again[^]*\n>\s*$/);
  repo.commit("chore: mended", {
    ".gorel.toml":
      `push = false\n[after]\npush = "echo no"\ntag = "echo tagged >> '${trace.file}'"\n`,
  });
  await pty.type("R\r");
  await answer(pty, /1\. Release {2}v1\.0\.1/, "1");
  await answer(pty, /1\. A bug fix/, "1");
  await answer(pty, /1\. patch/, "1");
  await answer(pty, /go on to the plan/, "n");
  await answer(
    pty,
    /after push \(not with this release\):[^]*after tag:\n +echo tagged[^]*A agree · /,
    "v1.0.1",
  );
  await answer(pty, /means nothing here\. Nothing starts yet: A agrees/, "A");
  await answer(pty, /run: after tag: echo tagged[^]*Type v1\.0\.1 to start/, "v1.0.1");
  await answer(pty, /✓ after tag {2}echo tagged[^]*is made here/, "q");
  assert.equal((await pty.ended()).code, 0);
  assert.equal(trace.said(), "tagged\n");
  assert.equal(repo.git("tag", "--list"), "v1.0.0\nv1.0.1");
});
