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

export const majors: readonly Case[] = [
  {
    code: "major-layout",
    title: "the folder is there",
    make: tagged(v1("example.com/m", { "v2/x.go": "package v2\n" }), "v1.0.0"),
    argv: [...major, "--layout", "folder"],
    text: /The folder v2 is there already/,
    where: { File: "v2/x.go" },
    cure: (r) => {
      r.git("rm", "-qr", "v2");
      r.git("commit", "-qm", "away");
    },
    near: { title: "in place", argv: major },
  },
  {
    code: "major-layout",
    title: "a file that git does not know is in the folder",
    make: plain,
    change: (r) => r.write("v2/notes.txt", "later\n"),
    argv: [...major, "--layout", "folder"],
    text: /v2 of the new major holds v2\/notes\.txt, which git does not know/,
    where: { File: "v2/notes.txt" },
    fix: /git clean -d -- v2/,
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
