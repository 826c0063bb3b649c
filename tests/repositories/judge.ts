/** A whole release in a repository of some form, and what git says of it afterwards. */
import assert from "node:assert/strict";
import type { Outcome } from "../../lib/plan/types.ts";
import { contents, type Ground } from "./ground.ts";

/**
 * With `patch` releases one; retracts the last version with a commit; with `undo` takes a further
 * retraction back again, and lets git judge each. Gives the hashes of what was pushed, and the
 * codes that the retraction's plan says.
 */
export async function worksIn(
  ground: Ground,
  patch: boolean,
  undo: boolean,
): Promise<{ Sums: string[]; Notes: string[] }> {
  const { prefix } = ground;
  const files = ground.files();
  const status = ground.git("status", "--porcelain", "--untracked-files=all");
  const head = ground.git("rev-parse", "HEAD");

  const patched = patch ? [done(ground, await ground.release("patch"))] : [];
  if (patch) {
    assert.equal(ground.git("rev-parse", "HEAD"), head, "a patch makes no commit");
    assert.deepEqual(ground.files(), files);
    sent(ground, `${prefix}v1.0.1`);
  }

  const [bad, next] = patch ? ["v1.0.1", "v1.0.2"] : ["v1.0.0", "v1.0.1"];
  const retracted = done(ground, await ground.release("retract", bad!, "--reason", "bad"));
  assert.equal(ground.git("rev-list", "--parents", "-1", "HEAD").split(" ")[1], head);
  assert.equal(ground.git("diff", "-z", "--name-only", "HEAD^", "HEAD").slice(0, -1), ground.goMod);
  assert.match(
    ground.git("show", `HEAD:${ground.goMod}`),
    /^\/\/ bad\r?\nretract v1\.0\.[01]\r?$/m,
  );
  sent(ground, `${prefix}${next}`);
  assert.equal(ground.git("status", "--porcelain", "--untracked-files=all"), status);
  const { [ground.goMod]: _, ...others } = ground.files();
  const { [ground.goMod]: __, ...before } = files;
  assert.deepEqual(others, before, "every other file stays as it was");

  if (undo) await takenBack(ground, next!, status);
  sound(ground);
  return {
    Sums: [...patched, retracted].map((outcome) => outcome.Releases[0]!.Sum),
    Notes: retracted.Problems.map((p) => p.Code),
  };
}

/** A retraction that is not pushed, and its undo. */
async function takenBack(ground: Ground, last: string, status: string): Promise<void> {
  const then = ground.state();
  const third = ["retract", last, "--reason", "worse", "--no-push"];
  const local = await ground.release(...third);
  assert.ok(!Array.isArray(local), `refused: ${local} ${ground.said}`);
  assert.equal(local.State, "local");
  assert.notEqual(
    ground.git("rev-parse", "HEAD"),
    ground.git("rev-parse", `refs/tags/${ground.prefix}${last}^{}`),
  );
  assert.equal(ground.git("status", "--porcelain", "--untracked-files=all"), status);
  const undone = await ground.undo();
  assert.ok(!Array.isArray(undone), `refused: ${undone} ${ground.said}`);
  assert.deepEqual(ground.state(), then, `undo leaves ${ground.branch} as it was`);
}

/**
 * Nothing at all is written, in the repository or its remote, and the reason is this.
 * `commits`: only what makes a commit is refused; a tag is released.
 */
export async function refusedIn(
  ground: Ground,
  [code, says]: readonly [code: string, says: RegExp],
  commits: boolean,
): Promise<void> {
  const before = contents(ground.folder.path);
  const retract = ["retract", "v1.0.0", "--reason", "bad"];
  for (const words of commits ? [retract] : [["patch"], retract]) {
    const refused = await ground.release(...words);
    assert.ok(Array.isArray(refused), `${words[0]} was not refused`);
    assert.ok(refused.includes(code), `${words[0]}: ${refused}`);
    assert.match(ground.said, says);
  }
  assert.deepEqual(contents(ground.folder.path), before);
  if (!commits) return;
  done(ground, await ground.release("patch"));
  sent(ground, `${ground.prefix}v1.0.1`);
  sound(ground);
}

function done(ground: Ground, outcome: Outcome | string[]): Outcome {
  assert.ok(!Array.isArray(outcome), `refused: ${outcome} ${ground.said}`);
  assert.equal(outcome.State, "pushed", JSON.stringify(outcome.Problems));
  return outcome;
}

/** The tag is an annotated one at HEAD, here and on the remote, and so is the branch. */
function sent(ground: Ground, tag: string): void {
  const name = `refs/tags/${tag}`;
  const branch = ground.follows ? [`refs/heads/${ground.branch}`] : [];
  const [own, commit, head] = ground.git("rev-parse", `${name}^{tag}`, `${name}^{commit}`, "HEAD")
    .split("\n");
  assert.equal(commit, head);
  const there = ground.onRemote("rev-parse", name, ...branch).split("\n");
  assert.deepEqual(there, [own, ...branch.map(() => head)]);
}

/** Git is asked itself, not the programs that look into files of its own that are not there. */
const fsck = ["-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false", "fsck"];

function sound(ground: Ground): void {
  const broken = (text: string) => text.split("\n").filter((l) => /error|missing|broken/.test(l));
  assert.deepEqual(broken(ground.git(...fsck, "--strict", "--no-dangling")), []);
  assert.deepEqual(broken(ground.onRemote(...fsck, "--strict", "--no-dangling")), []);
}
