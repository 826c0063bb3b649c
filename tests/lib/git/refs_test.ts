import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { isRefName } from "../../../lib/git/names.ts";
import { readTags, resolve, type Tag } from "../../../lib/git/refs.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { Repo, run, tryRun } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

/** What git itself says about the tags of a repository, one process a tag. */
function tagsByGit(repo: Repo, dir = repo.dir): Map<string, Tag> {
  const options = { cwd: dir, env: repo.env };
  const listed = run(
    "git",
    ["for-each-ref", "--format=%(refname) %(objectname)", "refs/tags"],
    options,
  );
  const tags = new Map<string, Tag>();
  for (const line of listed.split("\n").filter((l) => l !== "")) {
    const at = line.lastIndexOf(" ");
    const oid = line.slice(at + 1);
    const peeled = tryRun("git", ["rev-parse", "--verify", "--quiet", `${oid}^{}`], options);
    if (peeled.code !== 0) continue;
    tags.set(line.slice("refs/tags/".length, at), { Oid: oid, Commit: peeled.stdout.trim() });
  }
  return tags;
}

function sorted(tags: Map<string, Tag>): [string, Tag][] {
  return [...tags].map(([name, { Oid, Commit }]): [string, Tag] => [name, { Oid, Commit }])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function assertSameTags(repo: Repo, dir = repo.dir) {
  assert.deepEqual(sorted(await readTags(await open(repo, dir))), sorted(tagsByGit(repo, dir)));
}

function writeRef(repo: Repo, name: string, text: string): void {
  const path = join(repo.dir, ".git", name);
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(path, text);
}

const oddNames = [
  "v1.0.0",
  "sub/v1.0.0",
  "sub/deep/v1.2.3-rc.1",
  "v1.0.0+meta",
  "a#b",
  "it's",
  "semi;colon",
  "$HOME",
  "comma,d",
  "größe",
  "日本",
  "-dash",
  "@",
  "refs/tags/v1",
  "1234567890123456789012345678901234567890",
  "name^{}".slice(0, 4),
  "tagsx",
  "a.lock.b",
  "UPPER",
  "upper",
  "per%cent",
  "(paren)",
  "a&b|c",
  '"quoted"',
];

Deno.test("readTags() knows odd names, loose and packed, and starts git only to peel", async () => {
  using repo = new Repo();
  const commit = repo.commit("first", { f: "x" });
  repo.tag("v0.1.0");
  for (const name of oddNames) {
    repo.git("update-ref", `refs/tags/${name}`, commit);
  }
  repo.git("update-ref", "refs/tagsx/y", commit);
  await assertSameTags(repo);
  repo.git("pack-refs", "--all");
  await assertSameTags(repo);
  const { repo: opened, started } = counted(await open(repo));
  assert.equal((await readTags(opened)).size, oddNames.length + 1);
  assert.deepEqual(started, []);

  repo.tag("v0.2.0");
  repo.tag("v0.3.0");
  assert.equal((await readTags(opened)).get("v0.3.0")?.Commit, commit);
  assert.equal(started.length, 1);
});

Deno.test("readTags() peels tags of tags, trees and blobs", async () => {
  using repo = new Repo();
  const commit = repo.commit("first", { f: "x" });
  repo.tag("v1");
  repo.tag("v1-again", "v1");
  repo.tag("v1-and-again", "v1-again");
  repo.tag("tree", "HEAD^{tree}");
  repo.git("tag", "blob", repo.git("rev-parse", "HEAD:f"));
  for (const pack of [false, true]) {
    if (pack) repo.git("pack-refs", "--all");
    const tags = await readTags(await open(repo));
    assert.equal(tags.get("v1-and-again")?.Commit, commit);
    assert.equal(tags.get("tree")?.Commit, repo.git("rev-parse", "HEAD^{tree}"));
    assert.equal(tags.get("blob")?.Commit, repo.git("rev-parse", "HEAD:f"));
    await assertSameTags(repo);
  }
});

Deno.test("readTags() lets a loose tag win over the packed one", async () => {
  using repo = new Repo();
  repo.commit("first");
  repo.tag("v1");
  repo.tag("v2");
  repo.tag("v3");
  repo.git("pack-refs", "--all");
  const second = repo.commit("second");
  repo.git("tag", "-f", "v1");
  repo.git("tag", "-d", "v2");
  repo.git("tag", "-f", "-a", "-m", "again", "v3");
  const tags = await readTags(await open(repo));
  assert.equal(tags.get("v1")?.Commit, second);
  assert.equal(tags.has("v2"), false);
  assert.equal(tags.get("v3")?.Commit, second);
  await assertSameTags(repo);
});

Deno.test("readTags() leaves out what git ignores", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  repo.git("tag", "good");
  repo.git("tag", "packed-but-broken");
  repo.git("pack-refs", "--all");
  writeRef(repo, "refs/tags/packed-but-broken", "");
  writeRef(repo, "refs/tags/empty", "");
  writeRef(repo, "refs/tags/short", "abc\n");
  writeRef(repo, "refs/tags/long", commit + "ff\n");
  writeRef(repo, "refs/tags/zeros", "0".repeat(40) + "\n");
  writeRef(repo, "refs/tags/upper", commit.toUpperCase() + "\n");
  writeRef(repo, "refs/tags/v1.lock", commit + "\n");
  writeRef(repo, "refs/tags/.hidden", commit + "\n");
  writeRef(repo, "refs/tags/a/.DS_Store", "junk");
  writeRef(repo, "refs/tags/not a name", commit + "\n");
  writeRef(repo, "refs/tags/nothing-there", "1".repeat(40) + "\n");
  writeRef(repo, "refs/tags/trailing", commit + "\n\n# more\n");
  writeRef(repo, "refs/tags/no-newline", commit);
  const tags = await readTags(await open(repo));
  assert.deepEqual([...tags.keys()].sort(), ["good", "no-newline", "trailing", "upper"]);
  await assertSameTags(repo);
});

Deno.test("readTags() follows symbolic refs and symbolic links as git does", async () => {
  using repo = new Repo();
  repo.commit("first");
  repo.tag("v1");
  repo.git("symbolic-ref", "refs/tags/latest", "refs/tags/v1");
  await assertSameTags(repo);
  Deno.symlinkSync("v1", join(repo.dir, ".git", "refs", "tags", "linked"));
  await assertSameTags(repo);
  assert.equal((await readTags(await open(repo))).size, 3);
});

Deno.test("readTags() takes a packed file whose header promises no peeled ids", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  repo.tag("v1");
  repo.git("tag", "light");
  repo.git("pack-refs", "--all");
  const file = join(repo.dir, ".git", "packed-refs");
  const lines = Deno.readTextFileSync(file).split("\n").filter((l) => !/^[#^]/.test(l));
  Deno.writeTextFileSync(file, lines.join("\n"));
  const tags = await readTags(await open(repo));
  assert.equal(tags.get("v1")?.Commit, commit);
  assert.equal(tags.get("light")?.Commit, commit);
});

Deno.test("readTags() is the same in linked worktrees, shallow clones and sha256 repositories", async () => {
  using repo = new Repo();
  repo.commit("first");
  repo.tag("v1");
  repo.commit("second");
  repo.tag("v2");
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", linked);
  repo.withRemote();
  await assertSameTags(repo, linked);
  const shallow = repo.folder.join("shallow");
  run("git", ["clone", "-q", "--depth=1", `file://${repo.remote}`, shallow], { env: repo.env });
  await assertSameTags(repo, shallow);

  using other = new Repo("other");
  Deno.removeSync(join(other.dir, ".git"), { recursive: true });
  other.git("init", "-q", "--object-format=sha256");
  other.commit("first");
  other.tag("v1");
  await assertSameTags(other);
  other.git("pack-refs", "--all");
  other.git("tag", "light");
  await assertSameTags(other);
});

/** Creates, moves, deletes, packs and breaks tags at random. */
function disturb(repo: Repo, random: Random, commits: string[]): void {
  const name = () => random.pick(["v1", "v2", "v3", "sub/v1", "sub/v2", "deep/er/v1", "x"]);
  const tryGit = (...args: string[]) => tryRun("git", args, { cwd: repo.dir, env: repo.env });
  for (let i = random.int(3, 12); i > 0; i--) {
    const at = random.pick(commits);
    const step = random.int(0, 6);
    if (step <= 1) tryGit("tag", "-f", name(), at);
    else if (step === 2) tryGit("tag", "-f", "-a", "-m", "m", name(), at);
    else if (step === 3) tryGit("tag", "-d", name());
    else if (step === 4) tryGit("pack-refs", "--all");
    else if (step === 5) tryGit("pack-refs");
    else {
      try {
        writeRef(repo, `refs/tags/${name()}`, random.pick(["", "junk\n", at, "1".repeat(40)]));
      } catch {
        // A folder has that name.
      }
    }
  }
}

Deno.test("readTags() equals git on random histories of tags", async () => {
  const random = seeded("readTags");
  using repo = new Repo();
  const commits = [repo.commit("one"), repo.commit("two"), repo.commit("three")];
  for (let i = cases(25, 300); i > 0; i--) {
    disturb(repo, random, commits);
    await assertSameTags(repo);
  }
});

Deno.test("readTags() lists many loose tags through git", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  repo.tag("annotated");
  const names = Array.from({ length: 150 }, (_, i) => `v0.${i}.0`);
  run("git", ["update-ref", "--stdin"], {
    cwd: repo.dir,
    env: repo.env,
    stdin: names.map((name) => `create refs/tags/${name} ${commit}\n`).join(""),
  });
  const { repo: opened, started } = counted(await open(repo));
  const tags = await readTags(opened);
  assert.equal(tags.size, 151);
  assert.deepEqual(tags.get("v0.149.0"), { Oid: commit, Commit: commit });
  assert.equal(tags.get("annotated")?.Commit, commit);
  assert.equal(started.length, 2);
});

Deno.test("readTags() gives nothing in a repository without tags", async () => {
  using repo = new Repo();
  assert.equal((await readTags(await open(repo))).size, 0);
});

Deno.test("isRefName() agrees with git check-ref-format", () => {
  const random = seeded("isRefName");
  const alphabet = [
    "a",
    "b",
    ".",
    "..",
    "/",
    ".lock",
    "@",
    "{",
    "~",
    "^",
    ":",
    "?",
    "*",
    "[",
    "\\",
    " ",
    "-",
    "é",
    "\x7f",
    "\t",
  ];
  using repo = new Repo();
  for (let i = cases(150, 2000); i > 0; i--) {
    const name = "refs/tags/" +
      Array.from({ length: random.int(0, 5) }, () => random.pick(alphabet)).join("");
    const { code } = tryRun("git", ["check-ref-format", name], { env: repo.env });
    assert.equal(isRefName(name), code === 0, JSON.stringify(name));
  }
});

Deno.test("resolve() takes any revision and gives its commit", async () => {
  using repo = new Repo();
  const first = repo.commit("first", { f: "x" });
  repo.tag("v1");
  const second = repo.commit("second thing");
  const opened = await open(repo);
  const table: [string, string | null][] = [
    ["HEAD", second],
    ["HEAD~1", first],
    ["main", second],
    ["v1", first],
    ["v1^{}", first],
    [first.slice(0, 8), first],
    [":/second", second],
    ["HEAD^{/first}", first],
    ["@", second],
    ["nope", null],
    ["", null],
    ["HEAD:f", null],
    ["HEAD^{tree}", null],
    ["^HEAD", null],
    ["HEAD..HEAD", null],
    [":/absent", null],
    ["-h", null],
    ["--all", null],
    ["--help", null],
    ["HEAD\0", null],
    ["HEAD\n", null],
    ["1".repeat(40), null],
  ];
  for (const [rev, commit] of table) {
    assert.equal((await resolve(opened, rev))?.Commit ?? null, commit, JSON.stringify(rev));
  }
});
