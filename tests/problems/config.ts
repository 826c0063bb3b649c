/** Repositories whose `.gorel.toml` forbids a release. */
import type { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";

const patch = ["patch"];

/** Releases are allowed from main and from what begins with `release-`; HEAD is what is committed. */
function allowing(repo: Repo): void {
  repo.commit("chore: branches", { ".gorel.toml": 'branches = ["main", "release-*"]\n' });
}

export const config: Case[] = [
  {
    code: "branch-not-allowed",
    title: "another branch",
    change: (r) => {
      allowing(r);
      r.git("switch", "-qc", "dev");
    },
    argv: patch,
    text: /^\.gorel\.toml allows releases from main, release-\* only, and the branch is dev\.$/,
    cure: "git switch main",
    near: {
      title: "one of a pattern",
      change: (r) => {
        allowing(r);
        r.git("switch", "-qc", "release-1/x");
      },
    },
  },
  {
    code: "branch-not-allowed",
    title: "a commit that no allowed branch has",
    change: (r) => {
      allowing(r);
      r.git("push", "-q", "origin", "main");
      r.git("switch", "-qc", "dev");
      r.git("switch", "-q", "--detach");
      r.commit("fix: beside", { "m.go": "package m // beside\n" });
    },
    argv: patch,
    text: /; HEAD is no branch, and none of these is known here to have its commit\.$/,
    cure: (r) => void r.git("push", "-q", "origin", "HEAD:refs/heads/release-1"),
    fix: /^git fetch origin, or git switch main, or --accept branch-not-allowed$/,
    near: {
      title: "a commit that one has, as it was last fetched",
      change: (r) => {
        allowing(r);
        r.git("push", "-q", "origin", "main");
        r.commit("fix: later");
        r.git("push", "-q", "origin", "main");
        r.git("switch", "-q", "--detach", "HEAD~1");
        r.git("branch", "-qD", "main");
      },
    },
  },
];
