/**
 * Whole repositories in, whole repositories out. A case is a folder in
 * tests/cases: `in/case.json` says how the repository comes to be and which
 * commands run in it; `out/` holds what must be there afterwards: the plan to
 * the byte, the files, and `after.txt` with exit codes, refs and messages here
 * and on the remote. GOREL_UPDATE=1 writes `out/` anew, for reading.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gorel } from "./support/gorel.ts";
import { Repo, snapshotFolder } from "./support/repo.ts";

interface Case {
  /** Each commit: files (null deletes one), message, annotated tags on it, a branch to be on. */
  commits: {
    message: string;
    files?: Record<string, string | null>;
    tags?: string[];
    branch?: string;
  }[];
  /** Made after the remote got everything: files that are changed and not committed, tags only here. */
  local?: { files?: Record<string, string>; tags?: string[] };
  /** Commits that are not pushed, made after the remote. */
  unpushed?: Case["commits"];
  /** Command lines; each is run after the other. */
  run: string[][];
}

const root = fileURLToPath(new URL("./cases", import.meta.url));

function make(given: Case): Repo {
  const repo = new Repo();
  const commit = ({ message, files = {}, tags = [], branch }: Case["commits"][number]) => {
    if (branch !== undefined) {
      const known = repo.git("branch", "--list", branch) !== "";
      repo.git("switch", "-q", ...(known ? [branch] : ["-c", branch]));
    }
    const written: Record<string, string> = {};
    for (const [path, content] of Object.entries(files)) {
      if (content === null) repo.git("rm", "-q", path);
      else written[path] = content;
    }
    repo.commit(message, written);
    for (const tag of tags) repo.tag(tag);
  };
  given.commits.forEach(commit);
  repo.withRemote();
  given.unpushed?.forEach(commit);
  for (const [path, content] of Object.entries(given.local?.files ?? {})) repo.write(path, content);
  for (const tag of given.local?.tags ?? []) repo.tag(tag);
  return repo;
}

/** Refs with what they stand for, without ids that depend on the time of the run. */
function refs(git: (...args: string[]) => string): string {
  return git(
    "for-each-ref",
    "--format=%(refname) %(objecttype) %(*objecttype) | %(contents:subject) | %(*contents:subject) | %(tree)%(*tree)",
    "refs/heads",
    "refs/tags",
  ).replace(/ +$/gm, "");
}

/** Paths of the machine and ids of commits made during the run. */
function plain(text: string, repo: Repo): string {
  return text.replaceAll(repo.folder.path, "DIR").replace(/\b[0-9a-f]{7,40}\b/g, "ID")
    .replace(/ +\d+\.\d s$/gm, "");
}

for (const name of [...Deno.readDirSync(root)].map((e) => e.name).sort()) {
  Deno.test(`case: ${name.replaceAll("-", " ")}`, async () => {
    const given = JSON.parse(await Deno.readTextFile(join(root, name, "in", "case.json"))) as Case;
    using repo = make(given);
    const log: string[] = [];
    const out: Record<string, string> = {};
    for (const args of given.run) {
      const planned = args.includes("--dry-run");
      const ran = await gorel(planned ? [...args, "--json"] : args, {
        cwd: repo.dir,
        env: repo.env,
      });
      log.push(`$ gorel ${args.join(" ")}`, `exit ${ran.code}`);
      if (planned && ran.code === 0) {
        const again = await gorel([...args, "--json"], { cwd: repo.dir, env: repo.env });
        assert.equal(again.stdout, ran.stdout, "the same facts and choices give the same bytes");
        out["plan.json"] = ran.stdout;
      } else log.push(plain(ran.stdout + ran.stderr, repo).trimEnd());
      log.push("");
    }
    log.push("status:", repo.git("status", "--short", "--branch"), "");
    log.push("here:", refs((...a) => repo.git(...a)), "");
    log.push("remote:", refs((...a) => repo.onRemote(...a)), "");
    assert.match(repo.git("fsck", "--strict", "--no-dangling"), /^$/);
    out["after.txt"] = log.join("\n");
    const files = snapshotFolder(repo.dir, (path) => path === ".git");
    for (const [path, content] of Object.entries(files)) out[`files/${path}`] = content.slice(2);
    await compare(join(root, name, "out"), out);
  });
}

async function compare(folder: string, out: Record<string, string>): Promise<void> {
  if (Deno.env.get("GOREL_UPDATE")) {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    for (const [path, content] of Object.entries(out)) {
      const file = join(folder, path);
      await Deno.mkdir(join(file, ".."), { recursive: true });
      await Deno.writeTextFile(file, content);
    }
  }
  const expected = Object.fromEntries(
    Object.entries(snapshotFolder(folder)).map(([path, content]) => [path, content.slice(2)]),
  );
  const latin = (text: string) => new TextDecoder("latin1").decode(new TextEncoder().encode(text));
  assert.deepEqual(
    Object.fromEntries(
      Object.entries(out).sort(([a], [b]) => a < b ? -1 : 1).map((
        [path, content],
      ) => [path, path.startsWith("files/") ? content : latin(content)]),
    ),
    expected,
  );
}
