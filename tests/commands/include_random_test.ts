/** Random work trees, included: the commit is what `git add` would make, and undo gives everything back. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { carryOut, plan } from "../../commands/carry.ts";
import { takeBack } from "../../commands/undo.ts";
import type { Choices } from "../../lib/choices.ts";
import { machine } from "../../lib/cli/machine.ts";
import { Refused } from "../../lib/problem.ts";
import { environment } from "../support/gorel.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Repo, run, snapshotFolder } from "../support/repo.ts";

const attributes = [
  "",
  "* text=auto\n",
  "* text=auto\n*.txt eol=crlf\n*.bin -text\n",
  "*.txt text eol=lf\n*.u16 text working-tree-encoding=UTF-16LE\n",
  "*.up filter=up\n*.txt ident\n",
];
const names = [
  ...["a.txt", "b.txt", "dir/c.txt", "dir/d.bin", "dir/deep/e.u16", "f.up"],
  ...[
    "-dash.txt",
    "sp ace.txt",
    "né.txt",
    "x.sh",
    "q'\"$(x).txt",
    "[ab]*.txt",
    "line\nend.txt",
    "m/x.txt",
  ],
];

function content(r: Random, name: string): Uint8Array {
  const end = r.pick(["\n", "\r\n"]);
  const lines = Array.from(
    { length: r.int(0, 5) },
    () =>
      r.pick(["one", "two $Id$", "drei ü", ""]) + (r.chance(0.8) ? end : r.pick(["\n", "\r\n"])),
  );
  const text = lines.join("") + (r.chance(0.2) ? "no end" : "");
  if (name.endsWith(".u16")) {
    return new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
  }
  const bytes = new TextEncoder().encode(text);
  return name.endsWith(".bin") ? new Uint8Array([0, ...bytes, r.int(0, 255)]) : bytes;
}

/** Puts something where a path is, whatever stood there. */
function put(repo: Repo, path: string, make: (full: string) => void): void {
  const full = join(repo.dir, path);
  for (let at = dirname(full); at.length > repo.dir.length; at = dirname(at)) {
    if (isFile(at)) Deno.removeSync(at);
  }
  Deno.mkdirSync(dirname(full), { recursive: true });
  try {
    Deno.removeSync(full, { recursive: true });
  } catch {
    // Nothing stood there.
  }
  make(full);
}

function isFile(path: string): boolean {
  try {
    return !Deno.lstatSync(path).isDirectory;
  } catch {
    return false;
  }
}

function randomRepository(r: Random): Repo {
  const repo = new Repo();
  repo.git("config", "core.autocrlf", r.pick(["true", "input", "false"]));
  repo.git("config", "core.fileMode", r.pick(["true", "true", "false"]));
  repo.git("config", "filter.up.clean", "tr a-z A-Z");
  repo.git("config", "filter.up.smudge", "tr A-Z a-z");
  // Names that Go refuses lie beside the module.
  repo.write("m/go.mod", "module example.com/m/m\n\ngo 1.21\n");
  if (r.chance(0.3)) repo.git("config", "index.version", "4");
  for (const name of names) if (r.chance(0.6)) repo.write(name, content(r, name));
  repo.commit("base");
  repo.tag("m/v1.0.0");
  // Attributes that come later leave blobs as no `git add` would make them.
  repo.commit("attributes", { ".gitattributes": r.pick(attributes) });
  return repo;
}

function change(r: Random, repo: Repo, path: string): void {
  const kind = r.int(0, 9);
  if (kind < 4) put(repo, path, (full) => Deno.writeFileSync(full, content(r, path)));
  else if (kind === 4) put(repo, path, () => {});
  else if (kind === 5) put(repo, path, (full) => Deno.symlinkSync(r.pick(["a.txt", ".."]), full));
  else if (kind === 6) {
    put(repo, `${path}/below.txt`, (full) => Deno.writeTextFileSync(full, "b\n"));
  } else if (kind === 7 && isFile(join(repo.dir, path))) {
    if (!Deno.lstatSync(join(repo.dir, path)).isSymlink) {
      Deno.chmodSync(join(repo.dir, path), 0o755);
    }
  } else if (kind === 8) {
    put(repo, path, (full) => Deno.writeFileSync(full, content(r, path)));
    repo.git("--literal-pathspecs", "add", "--", path);
    put(repo, path, (full) => Deno.writeFileSync(full, content(r, path)));
  } else if (isFile(join(repo.dir, path))) repo.git("--literal-pathspecs", "add", "--", path);
}

function paths(text: string): string[] {
  return text.split("\0").filter((path) => path !== "");
}

/** The files of the tree that git itself makes of HEAD with the work tree's files at these paths. */
function expected(repo: Repo, included: readonly string[]): string {
  const copy = repo.folder.join("copy");
  run("cp", ["-a", repo.dir, copy]);
  try {
    const git = (...args: string[]) => run("git", args, { cwd: copy, env: repo.env });
    git("--literal-pathspecs", "add", "-A", "--ignore-errors", "--", ".");
    const added = new Map(
      paths(git("ls-files", "-s", "-z")).map((line) => {
        const [, mode, oid, path] = /^(\d+) (\w+) \d\t(.*)$/s.exec(line)!;
        return [path!, `${mode} ${oid} 0\t${path}\0`] as const;
      }),
    );
    git("read-tree", "HEAD");
    const lines = included.map((path) => added.get(path) ?? `0 ${"0".repeat(40)}\t${path}\0`);
    run("git", ["update-index", "-z", "--index-info"], {
      cwd: copy,
      env: repo.env,
      stdin: lines.join(""),
    });
    return git("ls-tree", "-r", git("write-tree").trim()).trim();
  } finally {
    Deno.removeSync(copy, { recursive: true });
  }
}

Deno.test("random work trees: the commit has what git add would store, and undo gives all back", async () => {
  const r = seeded("include");
  let released = 0;
  for (let n = cases(7, 120); n > 0; n--) {
    using repo = randomRepository(r);
    for (let i = r.int(1, 8); i > 0; i--) {
      change(r, repo, r.pick([...names, "new/n.txt", "new.bin"]));
    }
    const services = machine({ ...environment(), ...repo.env });
    const status = paths(repo.git("status", "--porcelain", "-z", "-uall", "--no-renames"));
    const untracked = status.filter((line) => line.startsWith("??")).map((line) => line.slice(3));
    const changed = status.filter((line) => !line.startsWith("??")).map((line) => line.slice(3));
    const whole = r.chance(0.5);
    const picked = whole ? untracked : untracked.filter(() => r.chance(0.6));
    // A path that is a folder by now means what is in it, as it does to git add.
    const inside = untracked.filter((path) => changed.some((c) => path.startsWith(`${c}/`)));
    const included = [...new Set([...changed, ...picked, ...inside])];
    if (included.length === 0) continue;
    const choices: Choices = {
      Do: "release",
      Modules: [{ Dir: "", Bump: "patch" }],
      Include: whole ? ["."] : included,
      Push: false,
      Messages: {},
      Signoff: false,
      Build: true,
      RestoreReplaces: false,
      Hooks: true,
      Wait: 0,
      Offline: true,
      Accept: [{ Code: "nothing-to-release" }],
    };
    const tree = expected(repo, included);
    const before = snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects"));
    try {
      const made = await plan(choices, { Dir: repo.dir }, services);
      assert.ok("Plan" in made);
      const { signal } = new AbortController();
      const outcome = await carryOut(made.Plan, made.Facts, choices, services, signal, () => {});
      assert.equal(outcome.State, "local", JSON.stringify(outcome));
      assert.equal(repo.git("ls-tree", "-r", "HEAD"), tree);
      const left = paths(repo.git("status", "--porcelain", "-z", "-uall"));
      // Staged, and in the work tree as HEAD had it: nothing to include.
      const gone = paths(repo.git("diff-tree", "-r", "-z", "--name-only", "HEAD~", "HEAD"));
      assert.deepEqual(
        left.filter((line) => line.startsWith("??") || gone.includes(line.slice(3))),
        untracked.filter((p) => !included.includes(p)).map((p) => `?? ${p}`),
      );
      assert.equal((await takeBack(repo.dir, services)).State, "undone");
      released++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What is staged and stands at HEAD's content in the work tree is no file to include.
      const codes = new Set(error.problems.map((p) => p.Code));
      assert.ok(codes.has("include-unknown") || codes.has("dirty"), error.message);
      if (codes.has("include-unknown")) assert.match(error.message, /as it is at HEAD/);
    }
    assert.deepEqual(
      snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects")),
      before,
    );
  }
  console.log(`include: ${released} released and taken back`);
  assert.ok(released > 0);
});
