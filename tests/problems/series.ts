/** Is there something to release, and a series of pre-releases to go on with. */
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { running } from "./releases.ts";

const patch = ["patch"];

export const series: Case[] = [
  {
    code: "nothing-to-release",
    title: "HEAD carries a release",
    change: (r) => void r.git("reset", "-q", "--hard", "v1.0.0"),
    argv: patch,
    text: /HEAD is v1\.0\.0 already/,
    cure: "--accept nothing-to-release",
    near: { title: "a commit later" },
  },
  {
    code: "nothing-to-release",
    title: "nothing of the module changed",
    make: () => {
      const repo = new Repo();
      repo.commit("begin", { "go.mod": goMod, "sub/go.mod": "module example.com/m/sub\n" });
      repo.tag("v1.0.0");
      repo.commit("fix: sub", { "sub/s.go": "package s\n" });
      return repo.withRemote();
    },
    argv: patch,
    text: /no file of the module changed since v1\.0\.0/,
    cure: "--accept nothing-to-release",
    near: { title: "the other module did", argv: ["minor", "sub"] },
  },
  {
    code: "nothing-to-release",
    title: "the tag at HEAD is only here",
    change: (r) => r.tag("v1.0.1"),
    argv: ["minor"],
    text: /HEAD is v1\.0\.1 already/,
    cure: "gorel v1.0.1",
    near: {
      title: "an edit of go.mod is content",
      change: (r) => r.tag("v1.0.1"),
      argv: ["deprecate", "--reason", "use n"],
    },
  },
  {
    code: "nothing-to-release",
    title: "nothing since the pre-release",
    make: running,
    change: (r) => void r.git("reset", "-q", "--hard", "v1.1.0-rc.2"),
    argv: ["prerelease"],
    text: /HEAD is v1\.1\.0-rc\.2 already/,
    cure: "--accept nothing-to-release",
    near: {
      title: "release needs none",
      make: running,
      change: (r) => void r.git("reset", "-q", "--hard", "v1.1.0-rc.2"),
      argv: ["release"],
    },
  },
  {
    code: "nothing-to-release",
    title: "auto says so, and that is no refusal",
    level: "note",
    change: (r) => void r.git("reset", "-q", "--hard", "v1.0.0"),
    argv: ["auto"],
    text: /HEAD is v1\.0\.0 already/,
    near: { title: "a commit later" },
  },
  {
    code: "no-series",
    title: "no pre-release runs",
    argv: ["release"],
    text: /no running pre-release/,
    fix: /gorel patch, minor or major/,
    cure: (r) => r.tag("v1.1.0-rc.1"),
    near: { title: "one runs", make: running },
  },
  {
    code: "no-series",
    title: "it was finished",
    make: () => {
      const repo = running();
      repo.tag("v1.1.0");
      repo.commit("fix: c", { "c.go": "package m\n" });
      return repo;
    },
    argv: ["release"],
    text: /no running pre-release/,
    near: { title: "it goes on", make: running, argv: ["prerelease"] },
  },
  {
    code: "prerelease-lower",
    title: "beta after rc",
    make: running,
    argv: ["minor", "--pre", "beta"],
    text: /v1\.1\.0-beta\.1 would sort below v1\.1\.0-rc\.2/,
    fix: /gorel prerelease --pre ID/,
    near: {
      title: "a number of its own",
      make: running,
      argv: ["major", "--pre", "beta"],
    },
  },
  {
    code: "prerelease-lower",
    title: "named outright",
    make: running,
    argv: ["v1.1.0-rc.1.5"],
    text: /v1\.1\.0-rc\.1\.5 would sort below v1\.1\.0-rc\.2/,
    fix: /gorel prerelease/,
    near: { title: "above it", make: running, argv: ["v1.1.0-rc.10"] },
  },
];
