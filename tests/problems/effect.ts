/** What a retraction does to users, and what it does not. */
import { goMod, released } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { one, range, release, retract, three } from "./releases.ts";

/** A higher release on another branch. */
function further(repo: Repo): void {
  repo.git("switch", "-q", "-c", "next");
  repo.commit("feat: next", { "n.go": "package m\n" });
  repo.tag("v1.5.0");
  repo.git("push", "-q", "origin", "next", "v1.5.0");
  repo.git("switch", "-q", "main");
}

/** A commit of a branch that main does not have, with a release of its own. */
function beside(repo: Repo): void {
  repo.git("switch", "-q", "-c", "side", "v1.2.0");
  repo.commit("side", { "s.go": "package m\n" });
  repo.git("push", "-q", "origin", "side");
  repo.git("switch", "-q", "main");
}

export const effect: Case[] = [
  {
    code: "retraction-pending",
    title: "no release carries it yet",
    make: three(),
    change: (r) => void r.commit("retract", { "go.mod": goMod + one }),
    argv: ["patch"],
    text: /go\.mod retracts v1\.0\.0, but v1\.2\.0 does not: this release is the first/,
    where: { File: "go.mod" },
    near: { title: "a release does", make: three(one) },
  },
  {
    code: "retraction-pending",
    title: "a tag made by hand carries it",
    make: three(),
    change: (r) => {
      r.commit("retract", { "go.mod": goMod + one });
      r.tag("v1.3.0");
    },
    argv: ["v1.3.0"],
    text: /but v1\.2\.0 does not: this release is the first/,
    near: {
      title: "a tag without it",
      change: (r) => r.tag("v1.3.0"),
    },
  },
  {
    code: "retraction-pending",
    title: "a backport puts nothing in force",
    make: three(),
    change: (r) => {
      further(r);
      r.commit("retract", { "go.mod": goMod + one });
    },
    argv: ["patch"],
    text: /in force for nobody before a release above v1\.5\.0/,
    near: {
      title: "it retracts what does not exist",
      make: three(),
      change: (r) => void r.commit("x", { "go.mod": goMod + "\nretract v1.0.7\n" }),
    },
  },
  {
    code: "ships-unreleased",
    title: "commits since the last release",
    make: three(),
    argv: retract("v1.1.0"),
    text: /release that retracts also ships what came after v1\.2\.0: 1 commit\./,
    cure: "--from v1.2.0",
    near: { title: "a plain release", argv: ["patch"] },
  },
  {
    code: "ships-unreleased",
    title: "the last release itself is retracted",
    make: three(),
    argv: retract("v1.2.0"),
    text: /also ships what came after v1\.2\.0/,
    cure: "--from v1.2.0 --self",
    near: {
      title: "HEAD is the release",
      make: three(),
      change: (r) => void r.git("reset", "-q", "--hard", "v1.2.0"),
      argv: retract("v1.1.0"),
    },
  },
  {
    code: "retract-same-code",
    title: "nothing was mended",
    make: three(),
    change: (r) => void r.git("reset", "-q", "--hard", "v1.2.0"),
    argv: retract("v1.2.0"),
    text: /v1\.2\.1 will have the code of v1\.2\.0, which it retracts/,
    fix: /--self/,
    cure: "--self",
    near: { title: "a fix is there", make: three() },
  },
  {
    code: "retract-same-code",
    title: "the revision is named",
    level: "stop",
    make: three(),
    argv: [...retract("v1.2.0"), "--from", "v1.2.0"],
    text: /v1\.2\.1 will have the code of v1\.2\.0/,
    cure: "--self",
    near: {
      title: "another version is retracted",
      argv: [...retract("v1.1.0"), "--from", "v1.2.0"],
    },
  },
  {
    code: "retract-ineffective",
    title: "another branch is further",
    make: three(),
    change: further,
    argv: retract("v1.0.0"),
    text: /v1\.2\.1 would not be the highest release \(v1\.5\.0 is\)/,
    fix: /branch that carries v1\.5\.0/,
    cure: (r) => void r.git("switch", "-q", "next"),
    near: {
      title: "only a pre-release is further",
      make: three(),
      change: (r) => r.tag("v2.0.0-rc.1"),
    },
  },
  {
    code: "retract-ineffective",
    title: "from an old release",
    make: three(),
    argv: [...retract("v1.0.0"), "--from", "v1.1.0"],
    text: /would not be the highest release/,
    fix: /^--from v1\.2\.0$/,
    near: { title: "from the highest", argv: [...retract("v1.0.0"), "--from", "v1.2.0"] },
  },
  {
    code: "retract-leaves-nothing",
    title: "all versions, and itself",
    argv: [...retract("v1.0.0"), "--self"],
    text: /no version of example\.com\/m is left for @latest/,
    cure: "--accept retract-leaves-nothing",
    near: { title: "a release stays", argv: retract("v1.0.0") },
  },
  {
    code: "retract-leaves-nothing",
    title: "a range over everything",
    make: three(),
    argv: [...retract("v1.0.0..v1.9.9"), "--self"],
    text: /is left for @latest/,
    near: {
      title: "a pre-release stays",
      make: three(),
      change: (r) => {
        r.tag("v1.10.0-rc.1", "HEAD~1");
        r.git("push", "-q", "origin", "v1.10.0-rc.1");
      },
    },
  },
  {
    code: "retract-leaves-nothing",
    title: "a range that go.mod had already",
    make: three(),
    change: (r) => void r.commit("all", { "go.mod": goMod + "\nretract [v1.0.0, v1.9.0]\n" }),
    argv: ["patch"],
    text: /no version of example\.com\/m is left/,
    cure: "--accept retract-leaves-nothing",
    near: { title: "a version above it", argv: ["v1.9.1"] },
  },
  {
    code: "born-retracted",
    title: "a range of go.mod takes it in",
    make: three("\nretract [v1.1.0, v1.2.9] // panics on nil\n"),
    argv: ["patch"],
    text:
      /^v1\.2\.1 is retracted as soon as it is out: its own go\.mod retracts \[v1\.1\.0, v1\.2\.9\]/,
    where: { File: "go.mod" },
    fix: /above v1\.2\.9/,
    near: { title: "a version above it", argv: ["minor"] },
  },
  {
    code: "born-retracted",
    title: "a backport into a range of the highest release",
    make: three("\nretract [v1.0.0, v1.0.9] // panics on nil\n"),
    change: (r) => {
      r.git("switch", "-q", "-c", "old", "v1.0.0");
      r.commit("fix: old", { "o.go": "package m\n" });
    },
    argv: ["v1.0.1"],
    text: /^v1\.0\.1 is retracted as soon as it is out: the go\.mod of v1\.2\.0/,
    near: { title: "a range that ends before it", make: three(one) },
  },
  {
    code: "retraction-dropped",
    title: "the line is gone",
    make: three(one),
    change: (r) => void r.commit("tidy", { "go.mod": goMod }),
    argv: ["patch"],
    text: /v1\.0\.0 would no longer be retracted: go\.mod lacks the line that v1\.2\.0 has/,
    where: { File: "go.mod" },
    cure: "--accept retraction-dropped",
    near: {
      title: "unretract does it on purpose",
      make: three(one),
      argv: ["unretract", "v1.0.0"],
    },
  },
  {
    code: "retraction-dropped",
    title: "a pre-release, where there is no release",
    make: () => {
      const repo = new Repo();
      release(repo, "v0.1.0-rc.1");
      release(repo, "v0.1.0-rc.2", "\nretract v0.1.0-rc.1 // panics on nil\n");
      repo.withRemote();
      repo.commit("tidy", { "go.mod": goMod });
      return repo;
    },
    argv: ["prerelease"],
    text: /v0\.1\.0-rc\.1 would no longer be retracted: go\.mod lacks the line that v0\.1\.0-rc\.2/,
    near: {
      title: "a release has it, and is read",
      make: three(one),
      change: (r) => void r.commit("tidy", { "go.mod": goMod }),
    },
  },
  {
    code: "retraction-dropped",
    title: "a range became smaller",
    make: three(range),
    change: (r) => void r.commit("smaller", { "go.mod": goMod + one }),
    argv: ["patch"],
    text: /^v1\.1\.0 would no longer be retracted/,
    cure: (r) => void r.commit("back", { "go.mod": goMod + range }),
    near: {
      title: "written otherwise",
      make: three(range),
      change: (r) =>
        void r.commit("x", { "go.mod": goMod + "\nretract (\n\tv1.1.0\n\tv1.0.0\n)\n" }),
    },
  },
  {
    code: "retraction-dropped",
    title: "a maintenance branch never had it, and goes above",
    make: three(one),
    change: (r) => {
      r.git("switch", "-q", "-c", "old", "v1.0.0");
      r.commit("old", { "o.go": "package m\n" });
    },
    argv: ["v1.3.0"],
    text: /v1\.0\.0 would no longer be retracted/,
    near: {
      title: "it stays below",
      make: three(one),
      change: (r) => {
        r.git("switch", "-q", "-c", "old", "v1.0.0");
        r.commit("old", { "o.go": "package m\n" });
      },
      argv: ["v1.0.1"],
    },
  },
  {
    code: "from-not-ancestor",
    title: "a branch that was never merged",
    make: three(),
    change: beside,
    argv: [...retract("v1.1.0"), "--from", "side"],
    text: /revision side is not in the history of main/,
    cure: "--accept from-not-ancestor",
    near: {
      title: "merged",
      make: three(),
      change: (r) => {
        beside(r);
        r.git("merge", "-q", "--no-edit", "side");
      },
    },
  },
  {
    code: "revision-unknown",
    title: "--from",
    argv: [...retract("v1.0.0"), "--from", "nowhere"],
    text: /Git knows no commit nowhere/,
    accept: "never",
    near: {
      title: "a short id",
      make: () => {
        const repo = released();
        repo.git("branch", "nowhere");
        return repo;
      },
    },
  },
];
