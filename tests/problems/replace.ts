/** go.mod lines that count only in the module itself: what users get without them. */
import { goMod } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import type { Case } from "./prove.ts";

const patch = ["patch"];
const sub = "module example.com/m/sub\n\ngo 1.21\n";

/** Further lines of go.mod in a commit of its own; a module in the folder sub beside it. */
const says = (lines: string) => (r: Repo) =>
  void r.commit("feat: sub", {
    "go.mod": goMod + lines,
    "sub/go.mod": sub,
    "sub/s.go": "package sub\n",
  });

/** The same, with a release of the module in sub: here, and on the remote. */
const released = (lines: string, tag = "sub/v0.1.0", pushed = true) => (r: Repo) => {
  says(lines)(r);
  r.tag(tag);
  if (pushed) r.git("push", "-q", "origin", "main", tag);
  r.commit("fix: more", { "m.go": "package m // more\n" });
};

const inFolder = "\nreplace example.com/m/sub => ./sub\n";
const own = (version: string) => `\nrequire example.com/m/sub ${version}\n${inFolder}`;

export const replace: Case[] = [
  {
    code: "replace-local",
    title: "a module of the repository that was never released",
    change: says(own("v0.0.0-00010101000000-000000000000")),
    argv: patch,
    text:
      /^Users cannot get example\.com\/m\/sub v0\.0\.0-0001\S+, which go\.mod requires: a replace/,
    where: { File: "go.mod", Line: 5 },
    cure: "gorel auto example.com/m example.com/m/sub",
    near: {
      title: "it was, and that is required",
      change: released(own("v0.1.0")),
      has: "replace-dropped",
    },
  },
  {
    code: "replace-local",
    title: "its tag is only here",
    change: released(own("v0.1.0"), "sub/v0.1.0", false),
    argv: patch,
    text: /cannot get example\.com\/m\/sub v0\.1\.0,/,
    cure: "git push origin refs/tags/sub/v0.1.0",
    near: {
      title: "a commit of it, by its pseudo-version",
      change: says(own("v0.0.0-20240102030405-0123456789ab // indirect")),
      has: "replace-dropped",
    },
  },
  {
    code: "replace-local",
    title: "v0.0.0 of another repository's modules, beside one that exists",
    change: says(
      "\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b v0.0.0 // indirect\n\texample.com/c v0.0.0\n)\n" +
        "\nreplace example.com/b => ../b\n\nreplace (\n\texample.com/c v0.0.0 => ../c\n\texample.com/a => ../a\n)\n",
    ),
    argv: patch,
    text:
      /cannot get example\.com\/b v0\.0\.0, example\.com\/c v0\.0\.0, .*: replace lines stand in/,
    where: { File: "go.mod", Line: 7 },
    fix: /^require a version that is published, and commit it; or --accept replace-local$/,
    cure: (r) => void r.commit("published", { "go.mod": goMod }),
    near: {
      title: "replaced by a module, or under another version",
      change: says(
        "\nrequire (\n\texample.com/b v0.0.0\n\texample.com/c v0.0.0\n)\n" +
          "\nreplace example.com/b => example.com/fork v1.2.3\n\nreplace example.com/c v0.1.0 => ../c\n",
      ),
      has: "replace-dropped",
    },
  },
  {
    code: "replace-local",
    title: "a placeholder that a fork stands in for",
    change: says(
      "\nrequire example.com/b/v2 v2.0.0-00010101000000-000000000000\n" +
        "\nreplace example.com/b/v2 => example.com/fork/v2 v2.1.0\n",
    ),
    argv: patch,
    text: /cannot get example\.com\/b\/v2 v2\.0\.0-0001/,
    near: {
      title: "another's module copied into this repository, and one of its own name beside it",
      change: says(
        "\nrequire (\n\texample.com/b v1.4.0\n\texample.com/m/x v1.0.0\n)\n" +
          "\nreplace (\n\texample.com/b => ./sub\n\texample.com/m/x => ../x\n)\n",
      ),
      has: "replace-dropped",
    },
  },
  {
    code: "replace-local",
    title: "from a module in a folder to the one at the root",
    change: (r) =>
      void r.commit("feat: sub", {
        "sub/go.mod": `${sub}\nrequire example.com/m v1.1.0\n\nreplace example.com/m => ../\n`,
      }),
    argv: ["minor", "--module", "sub"],
    text: /cannot get example\.com\/m v1\.1\.0/,
    where: { File: "sub/go.mod", Line: 5 },
    fix: /^gorel auto example\.com\/m\/sub example\.com\/m releases example\.com\/m with it/,
    near: {
      title: "the version that there is",
      change: (r) =>
        void r.commit("feat: sub", {
          "sub/go.mod": `${sub}\nrequire example.com/m v1.0.0\n\nreplace example.com/m => ../\n`,
        }),
      has: "replace-dropped",
    },
  },
  {
    code: "replace-dropped",
    title: "replaced or excluded, required or not",
    change: says(
      "\nrequire example.com/a v1.0.0\n\nexclude example.com/a v1.0.1\n" +
        "\nreplace (\n\texample.com/a => example.com/fork v1.0.2\n\texample.com/z => ../z\n)\n",
    ),
    argv: patch,
    text:
      /^go\.mod has 2 replace lines and 1 exclude line \(example\.com\/a, example\.com\/z\) that do/,
    where: { File: "go.mod", Line: 7 },
    fix: /go mod edit -dropreplace/,
    near: {
      title: "only what users get too",
      change: says("\nrequire example.com/a v1.0.0\n\nretract v0.9.0 // old\n"),
    },
  },
];
