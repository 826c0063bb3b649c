/** `gorel explain` in whole repositories: which page a word gets, and what it says. */
import assert from "node:assert/strict";
import type { ExplainDocument } from "../../lib/cli/answer.ts";
import { Refused, UsageError } from "../../lib/problem.ts";
import { gorel } from "../support/gorel.ts";
import { Folder, Repo } from "../support/repo.ts";
import { explained, seatOf, wordsOf } from "./explain_page.ts";

const goMod = "module example.com/m\n\ngo 1.21\n";

/** The page about a word; thrown is what is refused. */
async function page(...asked: Parameters<typeof explained>): Promise<ExplainDocument> {
  return (await explained(...asked)).Document;
}

async function said(...asked: Parameters<typeof explained>): Promise<string> {
  return wordsOf(await page(...asked));
}

/** Releases of v0 and v1, one retracted, a pre-release, junk tags, and a commit that is not out. */
function usual(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v0.1.0");
  repo.git("tag", "v1.0.0");
  repo.commit("a bug", { "m.go": "package m // 2\n" });
  repo.tag("v1.0.1");
  for (const junk of ["1.0.2", "v1.1", "v2/v2.0.0", "nightly"]) repo.tag(junk);
  repo.git("tag", "rooted", "HEAD^{tree}");
  repo.commit("retract it", { "go.mod": `${goMod}\nretract v1.0.1 // leaks\n` });
  repo.tag("v1.1.0");
  repo.commit("more", { "m.go": "package m // 3\n" });
  repo.tag("v1.2.0-rc.1");
  repo.withRemote();
  repo.commit("not out", { "m.go": "package m // 4\n" });
  repo.git("tag", "v1.1.1");
  return repo;
}

Deno.test("a version is told by its stage, where it is, and what users get instead", async () => {
  using repo = usual();
  const seat = seatOf(repo);
  const stages = { "v0.1.0": "v0", "v1.1.0": "stable", "v1.2.0-rc.1": "pre-release" };
  for (const [word, stage] of Object.entries(stages)) {
    const found = await page(seat, word);
    const { Kind, Stage, Version, Commit } = found;
    const commit = repo.git("rev-parse", `${word}^{commit}`);
    assert.deepEqual([Kind, Stage, Version, Commit], ["version", stage, word, commit]);
  }
  assert.match(
    await said(seat, "v1.1.0"),
    /annotated tag, is here and on origin.*what @latest gives/,
  );
  assert.match(
    await said(seat, "v1.1.0"),
    /v1\.1\.2 for.*v1\.2\.0 for.*v2\.0\.0, with example\.com\/m\/v2/,
  );
  const retracted = await said(seat, "v1.0.1");
  assert.match(retracted, /retracted, by the go\.mod of v1\.1\.0: "leaks"/);
  assert.match(retracted, /superseded: @latest gives v1\.1\.0.*@latest=v1\.1\.0.*@v1\.0=v1\.0\.0/);
  assert.match(await said(seat, "v1.0.0"), /lightweight tag.*superseded/);
  assert.match(await said(seat, "v1.1.1"), /only here: nobody can get it before origin has it/);
  assert.match(await said(seat, "v0.1.0"), /may break what uses it/);
  assert.match(await said(seat, "v1.2.0-rc.1"), /sorts below v1\.2\.0/);
  assert.match(await said(seat, "v1.0.0", "--offline"), /remote was not asked \(--offline\)/);
});

Deno.test("a version that is not there is told by what it would be", async () => {
  using repo = usual();
  const seat = seatOf(repo);
  const facts: Record<string, RegExp> = {
    "v1.1.2": /no version of example\.com\/m yet.*next patch release after v1\.1\.1, and free/,
    "v1.2.0": /next minor release/,
    "v1.5.0": /skips numbers/,
    "v1.0.7": /backport.*@latest stays/,
    "v2.0.0": /v2 does not belong to the path.*module example\.com\/m\/v2/,
    "v1.2.0-beta.1": /v1\.2\.0-rc\.1 is a higher pre-release/,
  };
  for (const [word, fact] of Object.entries(facts)) {
    assert.match(await said(seat, word), fact, word);
  }
  assert.equal((await page(seat, "v1.5.0")).Commit, undefined);
});

Deno.test("a tag that is no version is told why, and what Go calls its commit", async () => {
  using repo = usual();
  const seat = seatOf(repo);
  const commit = repo.git("rev-parse", "v1.0.1^{commit}");
  const facts: Record<string, RegExp> = {
    "1.0.2": /only tags that begin with a lower-case v/,
    "v1.1": /all three numbers/,
    "v2/v2.0.0": /never takes it for one.*has the tag v2\.0\.0/,
    "nightly": /no version: to Go it is the name of a commit/,
    "refs/tags/nightly": /annotated tag/,
  };
  for (const [word, fact] of Object.entries(facts)) {
    const found = await page(seat, word);
    assert.match(found.Text.join(" "), fact, word);
    assert.deepEqual([found.Kind, found.Stage, found.Commit], ["tag", "pseudo", commit], word);
    // The version on the commit is retracted: neither its name nor a base.
    assert.match(found.Version!, /^v1\.0\.1-0\.2026\d{10}-[0-9a-f]{12}$/, word);
  }
  assert.match(await said(seat, "rooted"), /names a tree, not a commit/);
  repo.git("tag", "v1.3.0", "HEAD^{tree}");
  assert.match(await said(seat, "v1.3.0"), /names a tree, not a commit: Go lists it/);
});

Deno.test("a commit is told by its version, its tags, where it is out and since when", async () => {
  using repo = usual();
  const seat = seatOf(repo);
  const bug = repo.git("rev-parse", "v1.0.1^{commit}");
  const text = await said(seat, bug.slice(0, 9));
  assert.match(text, /newest release here retracts v1\.0\.1/);
  assert.match(text, /commit [0-9a-f]{12} of 2026-01-01 .*UTC, after v1\.0\.0/);
  assert.match(text, /On origin it is in main, so users can ask for it/);
  assert.match(text, /lowest release that contains it is v1\.0\.1/);
  const head = await page(seat, "HEAD");
  assert.deepEqual([head.Kind, head.Version, head.Stage], ["commit", "v1.1.1", "stable"]);
  assert.match(head.Text.join(" "), /only here.*No branch of origin has it.*not released yet/);
  assert.match(await said(seat, "HEAD~1"), /So far only the pre-release|a version of example/);
  const offline = await said(seat, "main~1", "--offline");
  assert.match(offline, /On origin it is in main, as the last fetch saw it/);
});

Deno.test("before any version a commit is development", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod });
  const found = await page(seatOf(repo), "HEAD", "--offline");
  assert.equal(found.Stage, "development");
  assert.match(found.Version!, /^v0\.0\.0-20260101/);
  assert.match(found.Text.join(" "), /has no version yet/);
  const pseudo = await page(seatOf(repo), found.Version!, "--offline");
  assert.equal(pseudo.Stage, "pseudo");
  assert.match(pseudo.Text.join(" "), /Go takes it/);
  const wrong = found.Version!.replace("-2026", "-2025");
  assert.match(
    await said(seatOf(repo), wrong, "--offline"),
    /does not match version-control timestamp/,
  );
});

Deno.test("a tag whose go.mod is not that of its version is refused in Go's words", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod });
  repo.tag("v1.0.0");
  repo.commit("two", { "go.mod": goMod.replace("/m", "/m/v2") });
  repo.tag("v1.1.0");
  repo.tag("v2.0.0");
  repo.tag("v3.0.0");
  repo.withRemote();
  const bad = await said(seatOf(repo), "v1.1.0");
  assert.match(bad, /refuses v1\.1\.0 of example\.com\/m: go\.mod has post-v1 module path/);
  assert.match(bad, /release the next version/);
  assert.match(await said(seatOf(repo), "v3.0.0"), /refuses v3\.0\.0 of example\.com\/m\/v3/);
  assert.match(await said(seatOf(repo), "v2.0.0"), /release of the module example\.com\/m\/v2/);
  assert.match(await said(seatOf(repo), "v1.0.0"), /release of the module example\.com\/m\./);
});

Deno.test("a tag that was moved, and one that only the remote has, say so", async () => {
  using repo = usual();
  repo.git("tag", "-f", "v1.0.0", "HEAD");
  repo.git("tag", "-d", "v0.1.0");
  assert.match(await said(seatOf(repo), "v1.0.0"), /one of them was moved.*security error/);
  assert.match(await said(seatOf(repo), "v0.1.0"), /on origin and not here/);
});

Deno.test("each module of a repository has its own tags", async () => {
  using repo = new Repo();
  repo.commit("begin", {
    "go.mod": goMod,
    "sub/go.mod": "module example.com/m/sub\n",
    "sub/v2/go.mod": "module example.com/m/sub/v2\n",
  });
  for (const tag of ["v1.0.0", "sub/v0.1.0", "sub/v2.1.0", "gone/v1.0.0"]) repo.tag(tag);
  const seat = seatOf(repo);
  const of = async (word: string) => {
    const { Kind, Version, Text } = await page(seat, word, "--offline");
    return [Kind, Version, /module (\S+)\./.exec(Text[0]!)?.[1]];
  };
  assert.deepEqual(await of("sub/v0.1.0"), ["tag", "v0.1.0", "example.com/m/sub"]);
  assert.deepEqual(await of("sub/v2.1.0"), ["tag", "v2.1.0", "example.com/m/sub/v2"]);
  assert.deepEqual(await of("example.com/m/sub@v0.1.0"), [
    "version",
    "v0.1.0",
    "example.com/m/sub",
  ]);
  assert.match(await said(seat, "sub/v0.2.0", "--offline"), /no tag sub\/v0\.2\.0 is here/);
  assert.match(await said(seat, "gone/v1.0.0", "--offline"), /HEAD has no go\.mod in gone/);
  const below = { ...seat, cwd: `${repo.dir}/sub` };
  assert.match(
    await said(below, "v0.1.0", "--offline"),
    /release of the module example\.com\/m\/sub/,
  );
  assert.match(await said(seat, "example.com/m/sub/x"), /folder sub\/x of the module/);
  assert.match(await said(seat, "example.com/m/sub"), /a module of this repository/);
  repo.git("rm", "-q", "go.mod");
  repo.commit("two modules and none at the root");
  const several = await gorel(["explain", "v0.1.0", "--offline"], { ...seat, env: repo.env });
  assert.equal(several.code, 0, several.stderr);
  assert.match(several.stdout, /sub\/v0\.1\.0/);
  assert.match(several.stderr, /! module-not-found/);
});

Deno.test("a tag from before modules is a version with +incompatible, as long as Go lists it", async () => {
  using repo = new Repo();
  repo.commit("old", { "m.go": "package m\n" });
  repo.tag("v2.5.0");
  repo.commit("begin", { "go.mod": goMod });
  const seat = seatOf(repo);
  const found = await page(seat, "v2.5.0", "--offline");
  assert.equal(found.Version, "v2.5.0+incompatible");
  assert.match(found.Text.join(" "), /from before modules/);
  repo.tag("v1.0.0");
  assert.match(await said(seat, "v2.5.0+incompatible", "--offline"), /does not list it any more/);
});

Deno.test("without a repository versions, paths, codes and topics are explained in general", async () => {
  using folder = new Folder();
  const seat = { cwd: folder.path, env: { GIT_CEILING_DIRECTORIES: "/" } };
  const general = await page(seat, "v1.2.3");
  assert.deepEqual([general.Kind, general.Stage, general.Version], ["version", "stable", "v1.2.3"]);
  assert.equal((await page(seat, "github.com/a/b/v2")).Kind, "path");
  assert.equal((await page(seat, "dirty")).Kind, "code");
  assert.equal((await page(seat, "codes")).Kind, "codes");
  assert.equal((await page(seat, "retraction")).Kind, "topic");
  assert.equal((await page(seat, "topics")).Kind, "topics");
  await assert.rejects(page(seat, "1.2.3"), (error) => {
    assert.ok(error instanceof UsageError);
    return error.message.includes("did you mean v1.2.3?");
  });
  await assert.rejects(page(seat, "retractoin"), (error) => {
    assert.ok(error instanceof Refused);
    const [found] = error.problems;
    assert.equal(found!.Code, "revision-unknown");
    return found!.Fix!.startsWith("did you mean retraction?") &&
      found!.Fix!.includes("go.mod[:LINE]");
  });
});

Deno.test("the program prints a page within 72 columns, and exits 3 for what it does not know", async () => {
  using repo = usual();
  const [shown, unknown, json] = await Promise.all([
    gorel(["explain", "v1.0.1"], seatOf(repo)),
    gorel(["explain", "nothing-like-it", "--json"], seatOf(repo)),
    gorel(["explain", "v1.0.1", "--json"], seatOf(repo)),
  ]);
  assert.equal(shown.code, 0, shown.stderr);
  assert.ok(shown.stdout.startsWith("v1.0.1  stable\n\n  v1.0.1 is a release"), shown.stdout);
  const widest = Math.max(...shown.stdout.split("\n").map((line) => line.length));
  assert.ok(widest <= 72, `${widest}: ${shown.stdout}`);
  assert.deepEqual([unknown.code, unknown.json.Error.Code], [3, "revision-unknown"]);
  assert.deepEqual(
    Object.keys(json.json),
    ["Subject", "Kind", "Stage", "Version", "Commit", "Text", "List", "Example"],
  );
});
