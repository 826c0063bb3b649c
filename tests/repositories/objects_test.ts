/** Where objects and refs are kept, in which format, and which of them are not here at all. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { newerGit } from "../support/tools.ts";
import { goMod, Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

const newer = newerGit();
const reftable: Pick<Form, "begin" | "missing" | "byGit"> = "Path" in newer
  ? { begin: { initHere: ["--ref-format=reftable"], git: newer.Path }, byGit: true }
  : { missing: newer.Missing };

function hasNoLooseRefs(ground: Ground): void {
  assert.deepEqual([...Deno.readDirSync(join(ground.dir, ".git/refs/tags"))], []);
}

/** What a partial clone takes from its remote only when it is needed. */
function partial(ground: Ground, filter: string, ...more: string[]): void {
  ground.onRemote("config", "uploadpack.allowFilter", "true");
  ground.onRemote("config", "uploadpack.allowAnySHA1InWant", "true");
  ground.commit("chore: more", { "sub/s.go": "package sub // more\n" });
  ground.commit("fix: a crash", { "sub/s.go": "package sub\n" });
  ground.clone([`--filter=${filter}`, ...more]);
}

const forms: Form[] = [
  {
    is: "a sha256 repository",
    begin: { init: ["--object-format=sha256"] },
    byGit: true,
    still: (ground) => assert.equal(ground.git("rev-parse", "HEAD").length, 64),
  },
  {
    is: "a linked worktree of a sha256 repository with a split index",
    begin: { init: ["--object-format=sha256"], settings: { "core.splitIndex": "true" } },
    byGit: true,
    make: (ground) => {
      const at = ground.folder.join("linked");
      ground.git("worktree", "add", "-q", "-b", "side", at);
      ground.dir = ground.stand = at;
      ground.branch = "side";
    },
  },
  {
    is: "a shallow clone of a sha256 repository",
    begin: { init: ["--object-format=sha256"] },
    byGit: true,
    make: (ground) => ground.clone(["--depth=2"]),
  },
  {
    is: "a reftable repository",
    ...reftable,
    still: (ground) => assert.equal(ground.git("rev-parse", "--show-ref-format"), "reftable"),
  },
  {
    is: "a linked worktree of a reftable repository",
    ...reftable,
    make: (ground) => {
      const at = ground.folder.join("linked");
      ground.git("worktree", "add", "-q", "-b", "side", at);
      ground.dir = ground.stand = at;
      ground.branch = "side";
    },
  },
  {
    is: "a reftable repository with many tags",
    ...reftable,
    make: (ground) => {
      const head = ground.git("rev-parse", "HEAD");
      const tags = Array.from({ length: 150 }, (_, i) => `other/v1.0.${i}`);
      for (const tag of tags) ground.git("update-ref", `refs/tags/${tag}`, head);
      ground.git("pack-refs", "--all");
    },
  },
  {
    is: "a reftable repository that is locked",
    ...reftable,
    byGit: false,
    make: (ground) => ground.write(".git/reftable/tables.list.lock", ""),
    refused: ["locked", /tables\.list\.lock/],
  },
  {
    is: "a sha256 reftable repository",
    ...reftable,
    ...(reftable.begin && {
      begin: { ...reftable.begin, init: ["--object-format=sha256"] },
    }),
  },
  {
    is: "packed refs",
    make: (ground) => ground.git("pack-refs", "--all", "--prune"),
    still: (ground) => assert.ok(Deno.statSync(join(ground.dir, ".git/packed-refs")).isFile),
  },
  {
    is: "packed refs beneath newer loose ones",
    make: (ground) => {
      ground.git("pack-refs", "--all");
      ground.commit("fix: more", { "m.go": "package m\n\n// fixed more\n" });
    },
    differs: true,
  },
  {
    is: "a repository whose objects are all packed",
    make: (ground) => {
      ground.git("gc", "-q", "--prune=now");
      ground.git("commit-graph", "write", "--reachable");
      hasNoLooseRefs(ground);
    },
  },
  {
    is: "a clone that shares the objects of another",
    make: (ground) => {
      const source = ground.dir;
      ground.clone(["--shared"], source);
      ground.git("fetch", "-q", "origin");
    },
    still: (g) => assert.ok(Deno.statSync(join(g.dir, ".git/objects/info/alternates")).isFile),
  },
  {
    is: "a clone with the objects of another for reference",
    make: (ground) => ground.clone(["--reference", ground.dir]),
    still: (g) => assert.ok(Deno.statSync(join(g.dir, ".git/objects/info/alternates")).isFile),
  },
  {
    is: "replaced commits",
    make: (ground) => {
      const [second, first] = ground.git("rev-list", "HEAD").split("\n");
      const other = ground.git("commit-tree", "HEAD^{tree}", "-m", "other");
      ground.git("replace", first!, other);
      assert.notEqual(ground.git("cat-file", "commit", `${second}^`), "");
    },
    still: (ground) => assert.equal(ground.git("replace", "--list").split("\n").length, 1),
  },
  {
    is: "a replaced HEAD with other files",
    make: (ground) => {
      const tree = ground.git("rev-parse", "HEAD^{tree}");
      ground.git("rm", "-q", "--cached", "m.go");
      const less = ground.git("write-tree");
      ground.git("read-tree", tree);
      const other = ground.git("commit-tree", less, "-p", "HEAD^", "-m", "other");
      ground.git("replace", "HEAD", other);
      ground.git("read-tree", "HEAD");
    },
    refused: ["dirty", /m\.go/],
  },
  {
    is: "grafts",
    make: (ground) => {
      ground.write(".git/info/grafts", ground.git("rev-parse", "HEAD") + "\n");
      ground.git("config", "advice.graftFileDeprecated", "false");
    },
    still: (ground) => assert.ok(Deno.statSync(join(ground.dir, ".git/info/grafts")).isFile),
  },
  {
    is: "a shallow clone that has the last release",
    make: (ground) => ground.clone(["--depth=2"]),
    still: (ground) => assert.equal(ground.git("rev-parse", "--is-shallow-repository"), "true"),
  },
  {
    is: "a shallow clone without tags",
    make: (ground) => ground.clone(["--depth=1", "--no-tags"]),
    refused: ["shallow", /ends before any release/],
  },
  {
    is: "a shallow clone that ends after the last release",
    make: (ground) => ground.clone(["--depth=1"]),
    refused: ["shallow", /ends before any release/],
  },
  { is: "a partial clone without blobs", make: (ground) => partial(ground, "blob:none") },
  ...Object.entries({ "this git": {}, "a newer git": "Path" in newer ? { git: newer.Path } : {} })
    .flatMap(([name, begin]): Form[] => [
      {
        is: `a partial clone without trees, seen by ${name}`,
        begin,
        make: (ground) => partial(ground, "tree:0"),
        refused: ["unsupported-repository", /partial clone/],
      },
      {
        is: `a partial clone without the last release's go.mod, seen by ${name}`,
        begin,
        make: (ground) => {
          ground.commit("a newer language", { "go.mod": goMod.replace("1.21", "1.22") });
          partial(ground, "blob:none");
        },
        refused: ["unsupported-repository", /partial clone/],
      },
      {
        is: `a partial sparse clone, seen by ${name}`,
        begin: { ...begin, files: { "other/o.txt": "o\n" } },
        make: (ground) => partial(ground, "blob:none", "--sparse"),
        refused: ["unsupported-repository", /partial clone/],
      },
    ]),
];

test(forms);

Deno.test("a shallow clone without tags takes a version that is named", async () => {
  using ground = new Ground();
  ground.clone(["--depth=1", "--no-tags"]);
  const outcome = await ground.release("v1.1.0");
  assert.ok(!Array.isArray(outcome), ground.said);
  assert.equal(outcome.State, "pushed");
  const tag = ground.git("rev-parse", "refs/tags/v1.1.0");
  assert.equal(ground.onRemote("rev-parse", "refs/tags/v1.1.0"), tag);
});
