/** New majors: where they can be, what is left, and what the maintainer's words mean. */
import { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";

/** example.com/m with v1.0.0 at HEAD, a note of it in prose, and what more there is to be. */
function v1(path = "example.com/m", more: Record<string, string> = {}, dir = ""): () => Repo {
  const at = (file: string) => dir === "" ? file : `${dir}/${file}`;
  return () => {
    const repo = new Repo();
    repo.commit("begin", {
      [at("go.mod")]: `module ${path}\n\ngo 1.21\n`,
      [at("m.go")]: "package m\n",
      "LICENSE": "free\n",
      ...more,
    });
    return repo;
  };
}

function tagged(make: () => Repo, tag: string): () => Repo {
  return () => {
    const repo = make();
    repo.tag(tag);
    return repo.withRemote();
  };
}

const plain = tagged(v1(), "v1.0.0");
const major = ["major", "--no-build"];

/** v2.0.0 is out from v2/, and what is at the root breaks since v1.0.0. */
function beside(): Repo {
  const repo = plain();
  const goMod = "module example.com/m/v2\n\ngo 1.21\n";
  repo.commit("feat!: v2", { "v2/go.mod": goMod, "v2/m.go": "package m\n" });
  repo.tag("v2.0.0");
  repo.git("push", "-q", "origin", "v2.0.0");
  repo.commit("feat!: more", { "n.go": "package m\n" });
  return repo;
}

export const majors: readonly Case[] = [
  {
    code: "major-layout",
    title: "the folder is there",
    make: tagged(v1("example.com/m", { "v2/x.go": "package v2\n" }), "v1.0.0"),
    argv: [...major, "--layout", "folder"],
    text: /The folder v2 is there already/,
    where: { File: "v2/x.go" },
    fix: /^move or remove v2\/ yourself and commit that, or choose --layout root$/,
    cure: (r) => {
      r.git("rm", "-qr", "v2");
      r.git("commit", "-qm", "away");
    },
    near: { title: "in place", argv: major },
  },
  {
    code: "major-layout",
    title: "the next major has a folder of its own",
    make: beside,
    argv: major,
    text: /example\.com\/m\/v2 is there already, in v2/,
    fix: /--module example\.com\/m\/v2/,
    near: { title: "auto goes on with a minor", make: beside, argv: ["auto", "--no-build"] },
  },
  {
    code: "old-major-unreleased",
    title: "in a folder of its own",
    make: plain,
    change: (r) => void r.commit("feat!: other", { "m.go": "package m\n\nvar M = 1\n" }),
    argv: [...major, "--layout", "folder"],
    text: /^example\.com\/m keeps the 1 commit since v1\.0\.0 that no release has: .* ships it\.$/,
    near: {
      title: "in place",
      change: (r) => void r.commit("feat!: other", { "m.go": "package m\n\nvar M = 1\n" }),
      argv: major,
    },
  },
  {
    code: "old-major-unreleased",
    title: "several commits",
    make: plain,
    change: (r) => {
      r.commit("feat!: other", { "m.go": "package m\n\nvar M = 1\n" });
      r.commit("fix: more", { "n.go": "package m\n" });
    },
    argv: [...major, "--layout", "folder"],
    text: /the 2 commits since v1\.0\.0 that no release has: .* ships them\.$/,
    near: { title: "all is released" },
  },
  {
    code: "major-layout",
    title: "a file that git does not know is in the folder",
    make: plain,
    change: (r) => r.write("v2/notes.txt", "later\n"),
    argv: [...major, "--layout", "folder"],
    text: /v2 of the new major holds v2\/notes\.txt, which git does not know/,
    where: { File: "v2/notes.txt" },
    fix: /^move or remove v2\/ yourself, or choose --layout root$/,
    cure: (r) => Deno.removeSync(`${r.dir}/v2`, { recursive: true }),
    near: { title: "elsewhere", change: (r) => r.write("v20/notes.txt", "later\n") },
  },
  {
    code: "major-layout",
    title: "gopkg.in has no folders",
    make: tagged(v1("gopkg.in/wire.v2"), "v2.0.0"),
    argv: [...major, "--layout", "folder"],
    text: /gopkg\.in\/wire\.v3 cannot be in a folder/,
    fix: /--layout root/,
    near: { title: "in place", argv: major },
  },
  {
    code: "major-layout",
    title: "a module in the folder of its major",
    make: tagged(v1("example.com/m/v2", {}, "v2"), "v2.0.0"),
    argv: [...major, "--layout", "root"],
    text: /example\.com\/m\/v2 lies in v2, where Go looks for no other major/,
    fix: /--layout folder/,
    near: { title: "in a folder beside it, which is usual there", argv: major },
  },
  {
    code: "major-layout",
    title: "a branch for what lives on",
    make: plain,
    argv: [...major, "--layout", "folder", "--keep-branch", "v1"],
    text: /lives on where it is .* needs no branch/,
    fix: /leave --keep-branch out/,
    near: { title: "in place", argv: [...major, "--keep-branch", "v1"] },
  },
  {
    code: "branch-exists",
    title: "here",
    make: plain,
    change: (r) => void r.git("branch", "release/v1"),
    argv: [...major, "--keep-branch", "release/v1"],
    text: /The branch release\/v1 is there already \(here\)/,
    fix: /another name/,
    cure: (r) => void r.git("branch", "-D", "release/v1"),
    near: { title: "another name", argv: [...major, "--keep-branch", "release/v1.x"] },
  },
  {
    code: "branch-exists",
    title: "on the remote, in the way",
    make: plain,
    change: (r) => void r.git("push", "-q", "origin", "HEAD:refs/heads/old"),
    argv: [...major, "--keep-branch", "old/v1"],
    text: /The branch old \(on origin\) is in the way of old\/v1/,
    fix: /another name/,
    near: { title: "beside it", argv: [...major, "--keep-branch", "older"] },
  },
  {
    code: "mention-unknown",
    title: "a file without a mention",
    make: plain,
    argv: [...major, "--leave", "LICENSE"],
    text: /--leave LICENSE names neither a class of mentions nor a file/,
    fix: /one of module, import/,
    near: { title: "a class without one", argv: [...major, "--leave", "proto"] },
  },
  {
    code: "mention-unknown",
    title: "the module line",
    make: plain,
    argv: [...major, "--leave", "module"],
    text: /^The module line of go\.mod cannot be left \(--leave module\)/,
    fix: /leave --leave module out/,
    near: { title: "rewritten by name", argv: [...major, "--rewrite", "module"] },
  },
  {
    code: "path-version-mismatch",
    title: "a major is left out",
    make: plain,
    change: (r) => void r.commit("feat!: more", { "n.go": "package m\n" }),
    argv: ["v3.0.0"],
    text: /v3\.0\.0 does not fit the module path example\.com\/m/,
    fix: /^gorel major \(v2\.0\.0\)/,
    near: { title: "the next one", argv: ["v2.0.0", "--no-build"] },
  },
  {
    code: "module-not-found",
    title: "an older major of the module",
    make: () => {
      const repo = v1()();
      repo.tag("v1.3.0");
      repo.commit("v2", { "go.mod": "module example.com/m/v2\n\ngo 1.21\n" });
      repo.tag("v2.0.0");
      return repo.withRemote();
    },
    argv: ["deprecate", "--reason", "use example.com/m/v2", "--module", "example.com/m"],
    text: /^example\.com\/m is another major than example\.com\/m\/v2, .* v1\.3\.0 is its last/,
    cure: "--from v1.3.0",
    near: {
      title: "the one here",
      argv: ["deprecate", "--reason", "use example.com/m/v3", "--module", "example.com/m/v2"],
    },
  },
  {
    code: "old-path-left",
    title: "prose",
    make: tagged(v1("example.com/m", { "README.md": "# m\n\nAbout example.com/m.\n" }), "v1.0.0"),
    argv: major,
    text: /example\.com\/m in README\.md, line 3, is prose/,
    where: { File: "README.md", Line: 3 },
    cure: "--rewrite README.md",
    near: { title: "another path", make: tagged(v1("example.com/m2"), "v1.0.0") },
  },
  {
    code: "old-path-left",
    title: "a module that takes the new major for the old one",
    make: tagged(
      v1("example.com/m", {
        "n.go": 'package m\n\nimport _ "example.com/m/p"\n',
        "p/p.go": "package p\n",
        "basic/go.mod": "module example.com/m/basic\n\ngo 1.21\n\n" +
          "require example.com/m v1.0.0\n\nreplace example.com/m => ../\n",
      }),
      "v1.0.0",
    ),
    argv: [...major, "--leave", "basic/go.mod"],
    level: "warn",
    text: /^basic\/go\.mod keeps example\.com\/m \(line 5\), .* cannot be built any more\.$/,
    where: { File: "basic/go.mod", Line: 5 },
    fix: /^--rewrite basic\/go\.mod instead of leaving it$/,
    near: {
      title: "it goes along",
      make: tagged(
        v1("example.com/m", {
          "basic/go.mod": "module example.com/m/basic\n\ngo 1.21\n\n" +
            "require example.com/m v1.0.0\n\nreplace example.com/m => ../\n",
          "basic/b.go": 'package basic\n\nimport _ "example.com/m"\n',
        }),
        "v1.0.0",
      ),
      argv: major,
    },
  },
  {
    code: "major-drops",
    title: "a retraction that nobody has yet",
    make: () => {
      const repo = plain();
      repo.commit("retract", { "go.mod": "module example.com/m\n\ngo 1.21\n\nretract v1.0.0\n" });
      return repo;
    },
    argv: major,
    text: /without 1 retraction of example\.com\/m: .* v1\.0\.0 does not retract v1\.0\.0 yet/,
    where: { File: "go.mod" },
    fix: /gorel patch/,
    near: { title: "nothing to drop", make: plain },
  },
  {
    code: "version-exists",
    title: "a tag from before the next major has a path",
    make: () => {
      const repo = plain();
      repo.git("tag", "v2.0.0", "HEAD");
      repo.commit("feat!: more", { "n.go": "package m\n" });
      return repo;
    },
    argv: major,
    text: /v2\.0\.0 is taken \(here\).* the next free version is v2\.0\.1/,
    fix: /gorel v2\.0\.1/,
    near: { title: "the next free one", argv: ["v2.0.1", "--no-build"] },
  },
];
