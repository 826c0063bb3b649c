/** What a retraction does, and what it does not. */
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { one, range, release, retract, three } from "./releases.ts";

/** Two versions of before there were modules, and v1.0.0 as a module. */
function legacy(): Repo {
  const repo = new Repo();
  for (const version of ["v2.0.0", "v2.1.0"]) {
    repo.commit(version, { "m.go": `package m // ${version}\n` });
    repo.tag(version);
  }
  release(repo, "v1.0.0");
  return repo.withRemote();
}

const old = "// Deprecated: use example.com/n\n";

/** v1.1.0 deprecates the module. */
function deprecated(): Repo {
  const repo = new Repo();
  release(repo, "v1.0.0");
  repo.commit("v1.1.0", { "go.mod": old + goMod });
  repo.tag("v1.1.0");
  return repo.withRemote();
}

const withoutIt = (r: Repo) => void r.commit("fix: tidy", { "go.mod": goMod });

export const retraction: Case[] = [
  {
    code: "retract-unknown",
    title: "a version that was never made",
    argv: retract("v1.0.3"),
    text: /v1\.0\.3 does not exist/,
    fix: /gorel versions .* v1\.0\.0/,
    near: {
      title: "it is on the remote only",
      change: (r) => {
        r.tag("v1.0.3", "HEAD~1");
        r.git("push", "-q", "origin", "v1.0.3");
        r.git("tag", "-d", "v1.0.3");
      },
    },
  },
  {
    code: "retract-unknown",
    title: "a range between versions",
    make: three(),
    argv: retract("v1.0.1..v1.0.9"),
    text: /No existing version lies in \[v1\.0\.1, v1\.0\.9\]/,
    near: { title: "one lies at its end", argv: retract("v1.0.1..v1.1.0") },
  },
  {
    code: "retract-reversed",
    title: "the low end above the high end",
    make: three(),
    argv: retract("v1.1.0..v1.0.0"),
    text: /\[v1\.1\.0, v1\.0\.0\] ends before it begins/,
    fix: /v1\.0\.0\.\.v1\.1\.0$/,
    near: { title: "both the same", argv: retract("v1.1.0..v1.1.0") },
  },
  {
    code: "retract-major",
    title: "another major",
    argv: retract("v2.0.0"),
    text: /v2\.0\.0 is another major than example\.com\/m/,
    near: {
      title: "an incompatible version",
      make: legacy,
      argv: retract("v2.0.0+incompatible"),
    },
  },
  {
    code: "retract-major",
    title: "an incompatible version by the name of its tag",
    make: legacy,
    argv: retract("v2.0.0"),
    text: /v2\.0\.0 is another major than example\.com\/m/,
    fix: /^gorel retract v2\.0\.0\+incompatible: /,
    near: { title: "as Go writes it", argv: retract("v2.0.0+incompatible") },
  },
  {
    code: "unretract-in-range",
    title: "one incompatible version of a range",
    make: () => {
      const repo = legacy();
      const both = "\nretract [v2.0.0+incompatible, v2.1.0+incompatible] // panics on nil\n";
      release(repo, "v1.1.0", both);
      repo.git("push", "-q", "origin", "main", "v1.1.0");
      return repo;
    },
    argv: ["unretract", "v2.0.0+incompatible"],
    text: /retracted only as part of \[v2\.0\.0\+incompatible, v2\.1\.0\+incompatible\]/,
    fix: /, then gorel retract v2\.1\.0\+incompatible --reason/,
    near: { title: "both", argv: ["unretract", "v2.0.0+incompatible..v2.1.0+incompatible"] },
  },
  {
    code: "retract-covers-itself",
    title: "a range takes in the coming version",
    argv: retract("v1.0.0..v1.9.0"),
    text: /\[v1\.0\.0, v1\.9\.0\] takes in v1\.0\.1/,
    fix: /--self/,
    near: { title: "the range ends before it", argv: retract("v1.0.0..v1.0.0") },
  },
  {
    code: "retract-covers-itself",
    title: "the coming version by name",
    make: three(),
    argv: retract("v1.1.0..v1.2.9"),
    text: /takes in v1\.2\.1/,
    cure: "--self",
    near: { title: "--self", argv: [...retract("v1.1.0"), "--self"] },
  },
  ...([["empty", "  ", /empty/], ["unprintable", "a\x07b", /print/], [
    "long",
    "x".repeat(501),
    /500/,
  ]] as const)
    .map(([title, reason, text]): Case => ({
      code: "retract-reason",
      title,
      argv: ["retract", "v1.0.0", "--reason", reason],
      text,
      fix: /--reason/,
      near: {
        title: "500 bytes, and more below",
        argv: ["retract", "v1.0.0", "--reason", "x".repeat(500) + "\nmore\t" + "y".repeat(600)],
      },
    })),
  {
    code: "retract-already",
    title: "with that reason",
    make: three(one),
    argv: retract("v1.0.0"),
    text: /v1\.0\.0 is retracted already, with that reason/,
    where: { File: "go.mod" },
    near: { title: "with another reason", argv: ["retract", "v1.0.0", "--reason", "leaks"] },
  },
  {
    code: "retract-already",
    title: "as part of a range",
    make: three(range),
    argv: retract("v1.1.0"),
    text: /v1\.1\.0 is retracted already/,
    near: { title: "beyond the range", argv: retract("v1.1.0..v1.2.0") },
  },
  {
    code: "retract-already",
    title: "here, but not in force",
    make: three(),
    change: (r) => void r.commit("retract", { "go.mod": goMod + one }),
    argv: retract("v1.0.0"),
    text: /go\.mod retracts v1\.0\.0 already, with that reason, but v1\.2\.0 does not/,
    cure: "gorel patch",
    near: { title: "not here either", make: three() },
  },
  {
    code: "unretract-unknown",
    title: "what is not retracted",
    make: three(one),
    argv: ["unretract", "v1.1.0"],
    text: /v1\.1\.0 is not retracted/,
    fix: /gorel versions/,
    near: { title: "what is", argv: ["unretract", "v1.0.0"] },
  },
  {
    code: "unretract-in-range",
    title: "one version of a range",
    make: three(range),
    argv: ["unretract", "v1.0.0"],
    text: /v1\.0\.0 is retracted only as part of \[v1\.0\.0, v1\.1\.0\]/,
    where: { File: "go.mod", Line: 5 },
    cure: "gorel unretract v1.0.0..v1.1.0",
    near: { title: "the whole range", argv: ["unretract", "v1.0.0..v1.1.0"] },
  },
  {
    code: "unretract-in-range",
    title: "alone where it is released from, in a range on the branch",
    make: three(one),
    change: (r) => {
      r.commit("wider", { "go.mod": goMod + range });
    },
    argv: ["unretract", "v1.0.0", "--from", "v1.2.0"],
    text: /v1\.0\.0 is retracted only as part of \[v1\.0\.0, v1\.1\.0\]/,
    where: { File: "go.mod", Line: 5 },
    fix: /^gorel unretract v1\.0\.0\.\.v1\.1\.0, then gorel retract v1\.1\.0/,
    near: {
      title: "alone on the branch too",
      make: three(one),
      argv: ["unretract", "v1.0.0", "--from", "v1.2.0"],
    },
  },
  {
    code: "deprecate-already",
    title: "with that reason",
    change: (r) => {
      r.commit("old", { "go.mod": old + goMod });
      r.tag("v1.1.0");
      r.git("push", "-q", "origin", "main", "v1.1.0");
    },
    argv: ["deprecate", "--reason", "use example.com/n"],
    text: /example\.com\/m is deprecated already, with that reason\./,
    fix: /another --reason/,
    where: { File: "go.mod", Line: 2 },
    near: { title: "with another reason", argv: ["deprecate", "--reason", "use example.com/o"] },
  },
  {
    code: "deprecate-already",
    title: "here, but not in force",
    change: (r) => void r.commit("old", { "go.mod": old + goMod }),
    argv: ["deprecate", "--reason", "use example.com/n"],
    text: /go\.mod deprecates example\.com\/m already, with that reason, but v1\.0\.0 does not/,
    cure: "gorel patch",
    near: { title: "not here either" },
  },
  {
    code: "deprecation-dropped",
    title: "the comment is gone",
    make: deprecated,
    change: withoutIt,
    argv: ["patch"],
    text: /^example\.com\/m would no longer be deprecated: go\.mod lacks the comment that v1\.1\.0/,
    where: { File: "go.mod" },
    fix: /--accept deprecation-dropped/,
    cure: "gorel deprecate --reason 'use example.com/n'",
    near: {
      title: "undeprecate does it on purpose",
      make: deprecated,
      change: (r) => void r.commit("fix: more", { "o.go": "package m\n" }),
      argv: ["undeprecate"],
    },
  },
  {
    code: "deprecation-dropped",
    title: "a branch that never had it goes above",
    make: deprecated,
    change: (r) => {
      r.git("switch", "-q", "-c", "old", "v1.0.0");
      r.commit("fix: old", { "o.go": "package m\n" });
    },
    argv: ["v1.2.0"],
    text: /would no longer be deprecated/,
    cure: "--accept deprecation-dropped",
    near: {
      title: "a new major keeps the comment where it is read",
      make: deprecated,
      argv: ["major", "--no-build"],
    },
  },
  {
    code: "deprecation-dropped",
    title: "taken out by hand, and a pre-release is not read",
    make: deprecated,
    change: withoutIt,
    argv: ["minor"],
    text: /would no longer be deprecated/,
    near: {
      title: "a pre-release",
      make: deprecated,
      change: withoutIt,
      argv: ["minor", "--pre", "rc"],
    },
  },
  {
    code: "deprecate-none",
    title: "no message stands",
    argv: ["undeprecate"],
    text: /not deprecated/,
    near: {
      title: "one stands",
      change: (r) => void r.commit("old", { "go.mod": old + goMod }),
    },
  },
  ...([["empty", " ", /empty/], ["a paragraph would end it", "use n\n\nor o", /./]] as const).map((
    [title, reason, text],
  ): Case => ({
    code: "deprecate-reason",
    title,
    argv: ["deprecate", "--reason", reason],
    text,
    fix: /--reason/,
    near: { title: "one paragraph", argv: ["deprecate", "--reason", "use n\nor o"] },
  })),
];
