/** What status, next and versions say where releases and tags are not as HEAD has them. */
import assert from "node:assert/strict";
import { elsewhere, shallowClone } from "../support/elsewhere.ts";
import { gorel } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import { Repo } from "../support/repo.ts";

/** What gorel prints, on one line with single spaces. */
async function told(repo: Pick<Repo, "dir" | "env">, ...argv: string[]): Promise<string> {
  const { stdout, stderr } = await gorel(argv, { cwd: repo.dir, env: repo.env });
  return (stdout + stderr).replace(/\s+/g, " ");
}

/** The codes of what refuses a release. */
async function refusals(repo: Pick<Repo, "dir" | "env">, ...argv: string[]): Promise<string[]> {
  const { code, json } = await gorel([...argv, "--dry-run", "--no-push", "--json"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(code, 3);
  return json.Error.Problems.map((p: { Code: string }) => p.Code);
}

Deno.test("where the releases are on another branch, status and next say so and name the series", async () => {
  using repo = elsewhere();
  const status = await told(repo, "status");
  assert.match(status, /Last release none in the history of HEAD/);
  assert.match(status, /Highest v3\.7\.1 /);
  assert.match(status, /v3\.8\.0-alpha\.0 runs: gorel prerelease goes on, release finishes it/);
  const next = await told(repo, "next", "-v");
  assert.match(next, /v3\.0\.0 \(minor\), without a release in the history of HEAD/);
  assert.match(next, /v3\.7\.1 is the highest elsewhere\. The series v3\.8\.0-alpha\.0 runs here/);
  assert.doesNotMatch(status + next, /Nothing but|no release yet|none yet|so far|first/);
  const patch = await told(repo, "patch", "--dry-run", "--no-push");
  assert.match(patch, /→ gorel prerelease goes on with v3\.8\.0-alpha\.0, release finishes it; or/);
});

Deno.test("a shallow clone says that it is one, and draws no conclusions from what it lacks", async () => {
  using repo = elsewhere();
  using clone = shallowClone(repo);
  const status = await told(clone, "status");
  assert.match(status, /Last release not known: history ends here \(a shallow clone\)/);
  assert.match(status, /Highest v3\.7\.1 .*git fetch --unshallow/);
  assert.doesNotMatch(status, /none yet|Unreleased|history of HEAD/);
  assert.deepEqual(await refusals(clone, "patch"), ["shallow"]);
  assert.deepEqual(await refusals(clone, "retract", "v3.7.1", "--reason", "bad"), ["shallow"]);
  // Nothing is counted for a version that is named.
  assert.deepEqual(await refusals(clone, "v3.7.1"), ["version-exists"]);
});

Deno.test("a tag that was moved is shown by status and versions", async () => {
  using repo = released();
  repo.git("tag", "-f", "v1.0.0", "HEAD");
  const moved = /! tag-moved The tag v1\.0\.0 names \w{7} here and \w{7} on origin/;
  assert.match(await told(repo, "status"), moved);
  const versions = await told(repo, "versions");
  assert.match(versions, moved);
  assert.match(versions, /v1\.0\.0 ! ✓ · .*the tag here names another commit than on the remote/);
  const { json } = await gorel(["status", "--json"], { cwd: repo.dir, env: repo.env });
  assert.deepEqual(json.Problems.map((p: { Code: string; Level: string }) => [p.Code, p.Level]), [
    ["tag-moved", "warn"],
  ]);
  for (const patch of [1, 2, 3, 4]) {
    repo.tag(`v1.0.${patch}`);
    repo.git("push", "-q", "origin", `v1.0.0:refs/tags/v1.0.${patch}`);
    repo.git("tag", "-f", `v1.0.${patch}`, "HEAD~1");
  }
  repo.git("tag", "-f", "v1.0.0", repo.onRemote("rev-parse", "v1.0.0"));
  assert.match(await told(repo, "status"), /The tags v1\.0\.1, v1\.0\.2, v1\.0\.3 and 1 more name/);
});

Deno.test("a tag at HEAD that is only here is said to be not sent yet", async () => {
  using repo = new Repo();
  const files = { "m/go.mod": "module example.com/m/m\n", "go.mod": "module example.com/m\n" };
  repo.commit("begin", files);
  repo.withRemote();
  repo.tag("m/v1.0.0");
  const sent = () => told(repo, "status", "--module", "m");
  assert.match(
    await sent(),
    /Not sent yet v1\.0\.0, a tag that is only here: gorel v1\.0\.0 --module example\.com\/m\/m sends it/,
  );
  assert.doesNotMatch(await told(repo, "status", "--module", "m", "--offline"), /Not sent/);
  repo.git("push", "-q", "origin", "m/v1.0.0");
  assert.doesNotMatch(await sent(), /Not sent/);
});
