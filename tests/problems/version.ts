/** How the version that is asked for stands among those that there are. */
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import { Proxy } from "../support/proxy.ts";
import type { Case, Scene } from "./prove.ts";
import { running } from "./releases.ts";

const patch = ["patch"];

/** A release that is on another branch, above what HEAD descends from. */
function elsewhere(version: string) {
  return (repo: Repo) => {
    repo.git("switch", "-q", "-c", "next");
    repo.commit("feat: next", { "n.go": "package m\n" });
    repo.tag(version);
    repo.git("push", "-q", "origin", "next", version);
    repo.git("switch", "-q", "main");
  };
}

/** Tags of a commit beside the branch that this clone does not have. */
function onRemoteOnly(repo: Repo, ...tags: string[]): void {
  const commit = repo.git("commit-tree", "-m", "theirs", "-p", "HEAD~1", "HEAD^{tree}");
  repo.git("push", "-q", "origin", ...tags.map((tag) => `${commit}:refs/tags/${tag}`));
}

/** A proxy that lists a version which neither this clone nor the remote has. */
function listed(...versions: string[]): Pick<Scene, "hold" | "env"> {
  let proxy: Proxy | undefined;
  const of = (repo: Repo) =>
    proxy ??= new Proxy(repo, (source) => ({
      list: async (path) => [...(await source.list(path)) ?? [], ...versions],
    }));
  return {
    env: (r) => ({ GOPROXY: of(r).url, GONOSUMDB: "*" }),
    hold: () => ({
      [Symbol.asyncDispose]: async () => {
        await proxy?.[Symbol.asyncDispose]();
        proxy = undefined;
      },
    }),
  };
}

export const version: Case[] = [
  {
    code: "version-exists",
    title: "here",
    change: (r) => r.tag("v1.0.1", "HEAD~1"),
    argv: ["v1.0.1"],
    text: /v1\.0\.1 is taken \(here\), .*; the next free version is v1\.0\.2\./,
    cure: "gorel v1.0.2",
    near: {
      title: "a tag at HEAD that is sent as it is",
      change: (r) => r.tag("v1.0.1"),
      argv: ["v1.0.1"],
    },
  },
  {
    code: "version-exists",
    title: "on the remote",
    change: (r) => onRemoteOnly(r, "v1.0.1", "v1.0.2"),
    argv: patch,
    text: /v1\.0\.1 is taken \(on origin\).*v1\.0\.3\./,
    cure: "gorel v1.0.3",
    near: {
      title: "tags that are no such version",
      change: (r) => onRemoteOnly(r, "1.0.1", "v1.0.1+meta", "V1.0.1", "sub/v1.0.1"),
    },
  },
  {
    code: "version-exists",
    title: "on the module proxy",
    ...listed("v1.0.1"),
    argv: ["patch", "--wait", "1s"],
    text: /v1\.0\.1 is taken \(on the module proxy\)/,
    fix: /^gorel v1\.0\.2$/,
    near: { title: "a pseudo-version there", ...listed("v1.0.1-0.20200101000000-abcdefabcdef") },
  },
  {
    code: "version-exists",
    title: "of the next major's path, on the module proxy",
    ...listed("v2.0.0"),
    argv: ["major", "--no-build", "--wait", "1s"],
    text: /v2\.0\.0 is taken \(on the module proxy\).* next free version is v2\.0\.1/,
    fix: /^gorel v2\.0\.1; or release from the branch that example\.com\/m\/v2 is on$/,
    near: {
      title: "another major there",
      ...listed("v1.9.0", "v3.0.0"),
      argv: ["major", "--no-build", "--wait", "1s"],
    },
  },
  {
    code: "version-exists",
    title: "of the next major's path, as check finds it",
    ...listed("v2.0.0"),
    argv: ["check", "v2.0.0", "--no-build", "--wait", "1s"],
    text: /v2\.0\.0 is taken \(on the module proxy\)/,
    fix: /^gorel v2\.0\.1; or release from the branch/,
    near: { title: "another major there", ...listed("v3.0.0") },
  },
  {
    code: "version-exists",
    title: "what an edit would be released as",
    make: running,
    change: (r) => onRemoteOnly(r, "v1.0.1"),
    argv: ["deprecate", "--reason", "use example.com/n"],
    text: /v1\.0\.1 is taken \(on origin\)/,
    fix: /^gorel deprecate from a commit that descends from v1\.0\.1$/,
    near: { title: "free", make: running },
  },
  {
    code: "version-exists",
    title: "a pre-release",
    make: running,
    change: (r) => onRemoteOnly(r, "v1.1.0-rc.3"),
    argv: ["prerelease"],
    text: /v1\.1\.0-rc\.3 is taken.*next free version is v1\.1\.0-rc\.4/,
    cure: "gorel v1.1.0-rc.4",
    near: { title: "free", make: running },
  },
  {
    code: "version-exists",
    title: "in a module's own folder",
    make: () => {
      const repo = new Repo();
      repo.commit("begin", { "sub/go.mod": "module example.com/m/sub\n", "go.mod": goMod });
      repo.tag("sub/v1.0.0");
      repo.commit("fix", { "sub/s.go": "package s\n" });
      repo.tag("sub/v1.0.1", "HEAD~1");
      return repo.withRemote();
    },
    argv: ["v1.0.1", "--module", "sub"],
    text: /v1\.0\.1 is taken \(here, on origin\)/,
    cure: "gorel v1.0.2 --module example.com/m/sub",
    near: {
      title: "the tag of the module at the root",
      make: () => {
        const repo = new Repo();
        repo.commit("begin", { "sub/go.mod": "module example.com/m/sub\n", "go.mod": goMod });
        repo.tag("v1.0.1");
        return repo.withRemote();
      },
    },
  },
  {
    code: "tag-moved",
    title: "of the version",
    change: (r) => {
      r.git("tag", "v1.0.1");
      r.git("push", "-q", "origin", "v1.0.1");
      r.commit("more", { "m.go": "package m\n" });
      r.git("tag", "-f", "v1.0.1");
    },
    argv: ["v1.0.1"],
    text: /tag v1\.0\.1 names \w+ here and \w+ on origin: one of them was moved/,
    cure: "git fetch --force origin refs/tags/v1.0.1:refs/tags/v1.0.1",
    then: "version-exists",
    near: {
      title: "another tag object of the same commit",
      change: (r) => {
        r.git("push", "-q", "origin", "HEAD~1:refs/tags/v1.1.0");
        r.tag("v1.1.0", "HEAD~1");
      },
      argv: ["v1.1.1"],
    },
  },
  {
    code: "tag-moved",
    title: "of the version that is counted from",
    change: (r) => void r.git("tag", "-f", "v1.0.0", "HEAD"),
    argv: ["minor"],
    text: /tag v1\.0\.0 names/,
    cure: "git fetch --force origin refs/tags/v1.0.0:refs/tags/v1.0.0",
    near: {
      title: "a tag that is no version",
      change: (r) => {
        r.git("push", "-q", "origin", "HEAD~1:refs/tags/latest");
        r.git("tag", "latest");
      },
    },
  },
  {
    code: "backport",
    title: "another branch is further",
    change: elsewhere("v1.5.0"),
    argv: patch,
    text: /v1\.0\.1 is below v1\.5\.0, the highest release: @latest does not move/,
    near: { title: "above it", change: elsewhere("v1.5.0"), argv: ["v1.5.1"] },
  },
  {
    code: "backport",
    title: "no release is in the history",
    make: () => {
      const repo = new Repo();
      repo.commit("old", { "go.mod": goMod });
      repo.tag("v1.0.0");
      repo.git("switch", "-q", "--orphan", "anew");
      repo.commit("anew", { "go.mod": goMod, "m.go": "package m\n" });
      return repo.withRemote();
    },
    argv: patch,
    text: /v0\.0\.1 counts from nothing.*v1\.0\.0 is the highest elsewhere/,
    near: {
      title: "none anywhere",
      make: () => {
        const repo = new Repo();
        repo.commit("begin", { "go.mod": goMod });
        return repo.withRemote();
      },
    },
  },
  {
    code: "latest-lower",
    title: "a first release below a series",
    make: () => {
      const repo = new Repo();
      repo.commit("begin", { "go.mod": goMod });
      repo.tag("v1.0.0-rc.2");
      repo.commit("fix", { "m.go": "package m\n" });
      return repo.withRemote();
    },
    argv: patch,
    text: /v0\.0\.1 is below v1\.0\.0-rc\.2, and the first release: @latest goes down to it/,
    fix: /^gorel release finishes the series/,
    near: { title: "the release of the series", argv: ["release"], make: running },
  },
  {
    code: "backport",
    title: "below a series of a higher number",
    make: running,
    argv: ["patch", "--pre", "rc"],
    text: /v1\.0\.1-rc\.1 is below v1\.1\.0-rc\.2, a series that runs already/,
    near: { title: "a release below a running series", make: running, argv: patch },
  },
];
