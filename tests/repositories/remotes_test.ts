/** Where a push goes, by which names, and what stands in the way of a name. */
import assert from "node:assert/strict";
import type { Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

/** Makes a second bare repository that has nothing. */
function another(ground: Ground, name: string): string {
  const at = ground.folder.join(name);
  ground.run("git", ["init", "-q", "--bare", at], ground.folder.path);
  return at;
}

/** The remote that was not meant has heard of nothing. */
function untouched(ground: Ground, name: string): void {
  const refs = ground.run("git", ["for-each-ref"], ground.folder.join(name));
  assert.doesNotMatch(refs, /v1\.0\.[12]/);
}

/** A remote that is known by `name` besides origin, which leads elsewhere from now on. */
function other(ground: Ground, name: string): void {
  ground.git("remote", "rename", "origin", name);
  ground.git("remote", "add", "origin", another(ground, "elsewhere.git"));
}

const elsewhere = (ground: Ground) => untouched(ground, "elsewhere.git");

const branches = ["feature/x", "v1.0.1", `ü/a'b"c$d;e`, "refs/heads/main"];

const forms: Form[] = [
  {
    is: "several remotes, one that the branch follows",
    make: (ground) => other(ground, "upstream"),
    still: elsewhere,
  },
  {
    is: "several remotes and remote.pushDefault",
    make: (ground) => {
      other(ground, "upstream");
      ground.git("branch", "-q", "--unset-upstream");
      ground.git("config", "remote.pushDefault", "upstream");
    },
    still: elsewhere,
  },
  {
    is: "several remotes and branch.main.pushRemote",
    make: (ground) => {
      other(ground, "upstream");
      ground.git("config", "branch.main.remote", "origin");
      ground.git("config", "remote.pushDefault", "origin");
      ground.git("config", "branch.main.pushRemote", "upstream");
    },
    still: elsewhere,
  },
  {
    is: "several remotes and --remote",
    make: (ground) => {
      other(ground, "upstream");
      ground.git("branch", "-q", "--unset-upstream");
      ground.flags = ["--remote", "upstream"];
    },
    still: elsewhere,
  },
  {
    is: "several remotes of which none is chosen",
    make: (ground) => {
      ground.git("remote", "rename", "origin", "a");
      ground.git("remote", "add", "b", another(ground, "elsewhere.git"));
      ground.git("branch", "-q", "--unset-upstream");
    },
    refused: ["no-remote", /several remotes \(a, b\)/],
  },
  {
    is: "no remote",
    make: (ground) => ground.git("remote", "remove", "origin"),
    refused: ["no-remote", /no remote/],
  },
  {
    is: "a remote that is gone",
    make: (ground) => ground.git("remote", "set-url", "origin", ground.folder.join("gone.git")),
    refused: ["remote-unreachable", /does not appear to be a git repository/],
  },
  {
    is: "a push URL",
    make: (ground) => {
      ground.git("remote", "set-url", "origin", another(ground, "elsewhere.git"));
      ground.git("remote", "set-url", "--push", "origin", ground.remote);
    },
    still: elsewhere,
  },
  {
    is: "url.insteadOf",
    make: (ground) => {
      ground.git("remote", "set-url", "origin", "ours:remote.git");
      ground.git("config", `url.${ground.folder.path}/.insteadOf`, "ours:");
    },
  },
  {
    is: "url.pushInsteadOf",
    make: (ground) => {
      another(ground, "elsewhere.git");
      ground.git("remote", "set-url", "origin", ground.folder.join("elsewhere.git"));
      ground.git(
        "config",
        `url.${ground.folder.path}/remote.git.pushInsteadOf`,
        ground.folder.join("elsewhere.git"),
      );
    },
    still: elsewhere,
  },
  {
    is: "a branch that follows one of another name",
    make: (ground) => {
      ground.git("branch", "-q", "-m", "main", "work");
      ground.git("config", "push.default", "upstream");
    },
    still: (ground) => {
      ground.branch = "main";
      assert.equal(ground.git("symbolic-ref", "--short", "HEAD"), "work");
    },
  },
  {
    is: "a branch that is not on the remote yet",
    make: (ground) => {
      ground.git("switch", "-q", "--no-track", "-c", "fresh");
      ground.branch = "fresh";
    },
  },
  {
    is: "push settings of the user's own",
    make: (ground) => {
      ground.git("tag", "-a", "-m", "private", "private");
      ground.git("config", "push.followTags", "true");
      ground.git("config", "push.default", "nothing");
      ground.git("config", "remote.origin.push", "+refs/heads/*:refs/heads/mirror/*");
      ground.git("config", "push.gpgSign", "if-asked");
      ground.git("config", "fetch.prune", "true");
    },
    still: (ground) => assert.doesNotMatch(ground.onRemote("for-each-ref"), /private|mirror/),
  },
  {
    is: "a tag and a branch of the same name",
    make: (ground) => {
      ground.git("tag", "main", "v1.0.0^{}");
      ground.git("branch", "-q", "v1.0.1", "v1.0.0");
      ground.git("branch", "-q", "v1.0.2", "v1.0.0");
      ground.git("branch", "-q", "v1.0.3", "v1.0.0");
    },
    still: (ground) => {
      const first = ground.git("rev-parse", "refs/tags/v1.0.0^{commit}");
      assert.equal(ground.git("rev-parse", "refs/tags/main"), first);
      assert.equal(ground.git("rev-parse", "refs/heads/v1.0.1"), first);
      assert.equal(ground.onRemote("for-each-ref", "refs/tags/main", "refs/heads/v*"), "");
    },
  },
  ...branches.map((name): Form => ({
    is: `a branch named ${JSON.stringify(name)}`,
    begin: { branch: name },
    still: (g) => assert.equal(g.git("symbolic-ref", "HEAD"), `refs/heads/${name}`),
  })),
  {
    is: "a tag in the place of the new tag's folder",
    begin: { files: { "sub/go.mod": "module example.com/m/sub\n" } },
    make: (ground) => {
      ground.flags = ["--module", "sub"];
      ground.git("tag", "sub", "HEAD^");
    },
    refused: ["unsupported-repository", /tag sub is in the way of sub\/v/],
  },
  {
    is: "a tag below the new tag's name",
    make: (ground) => ground.git("tag", "v1.0.1/x"),
    refused: ["unsupported-repository", /tag v1\.0\.1\/x is in the way of v1\.0\.1/],
  },
  {
    is: "a tag of the remote in the place of the new tag's folder",
    begin: { files: { "sub/go.mod": "module example.com/m/sub\n" } },
    make: (ground) => {
      ground.flags = ["--module", "sub"];
      ground.onRemote("tag", "sub", "main");
    },
    refused: ["unsupported-repository", /tag sub on origin is in the way of sub\/v/],
  },
];

// Where a release goes and who makes it has no part in taking it back.
test(forms, { undo: false });
