/** The file that counts is the one at the root that git says; and what a broken one stops. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Command } from "../../../lib/cli/commands.ts";
import { commandNames } from "../../../lib/cli/commands.ts";
import { configured } from "../../../lib/cli/configured.ts";
import { machine } from "../../../lib/cli/machine.ts";
import { run } from "../../../lib/cli/program.ts";
import type { Services } from "../../../lib/services.ts";
import { Repo, tryRun } from "../../support/repo.ts";

const file = ".gorel.toml";

/** The remote that the file says, which is how its folder is told from others. */
async function told(
  dir: string,
  env: Record<string, string>,
  program: Services["processes"] = machine(env).processes,
): Promise<string | undefined> {
  const services = { ...machine(env), processes: program };
  const found = await configured("status", services, dir);
  assert.deepEqual(found?.Problems ?? [], []);
  return found?.Flags.remote;
}

function put(dir: string, remote: string): void {
  Deno.writeTextFileSync(join(dir, file), `remote = "${remote}"\n`);
}

Deno.test("the file is that of the root that git says, wherever one stands and however it is named", async () => {
  using repo = new Repo();
  const { dir, folder } = repo;
  const environment = { PATH: Deno.env.get("PATH") ?? "", ...repo.env };
  repo.commit("one", { "go.mod": "module example.com/m\n", "a/b/x.go": "package b\n" });
  const away = (name: string) => folder.join(name);
  repo.git("worktree", "add", "-q", away("linked"));
  repo.git("clone", "-q", dir, away("other"));
  repo.git("submodule", "--quiet", "add", away("other"), "sub");
  repo.git("clone", "-q", "--bare", dir, join(dir, "bare"));
  repo.git("clone", "-q", "--separate-git-dir", away("store"), dir, away("separate"));
  repo.git("clone", "-q", dir, away("moved"));
  Deno.mkdirSync(away("tree"));
  tryRun("git", ["-C", away("moved"), "config", "core.worktree", away("tree")], { env: repo.env });
  Deno.mkdirSync(join(dir, "empty/.git"), { recursive: true });
  Deno.mkdirSync(away("none"));
  Deno.symlinkSync(join(dir, "a"), away("link"));
  const decoys = ["a", "a/b", "bare", "empty", "sub"].map((name) => join(dir, name));
  const all = [dir, ...decoys];
  for (const name of ["linked", "separate", "moved", "tree", "none"]) all.push(away(name));
  for (const place of all) put(place, place.slice(folder.path.length + 1).replaceAll("/", "-"));
  put(folder.path, "outside");

  const here = join(dir, ".git");
  const cases: [dir: string, env?: Record<string, string>][] = [
    ...all.map((place): [string] => [place]),
    [away("link")],
    [join(dir, ".git")],
    [folder.path],
    [away("none"), { GIT_DIR: here }],
    [away("none"), { GIT_DIR: here, GIT_WORK_TREE: dir }],
    [join(dir, "a"), { GIT_DIR: here, GIT_WORK_TREE: away("tree") }],
    [join(dir, "a"), { GIT_DIR: here, GIT_WORK_TREE: join(dir, "a") }],
    [join(dir, "a/b"), { GIT_CEILING_DIRECTORIES: join(dir, "a") }],
    [join(dir, "a/b"), { GIT_CEILING_DIRECTORIES: folder.path }],
  ];
  for (const [place, more = {}] of cases) {
    const env = { ...environment, ...more };
    const { code, stdout } = tryRun("git", ["rev-parse", "--show-toplevel"], { cwd: place, env });
    const root = stdout.trimEnd();
    const wanted = code !== 0 || root === ""
      ? undefined
      : root.slice(folder.path.length + 1).replaceAll("/", "-");
    const shown = `${place} ${JSON.stringify(more)}`;
    assert.equal(await told(place, env), wanted, shown);
  }
});

Deno.test("without a file git is not asked; a repository that git refuses says nothing", async () => {
  using repo = new Repo();
  const env = { PATH: Deno.env.get("PATH") ?? "", ...repo.env };
  const { processes } = machine(env);
  let asked = 0;
  const counting: Services["processes"] = {
    run: (...args) => {
      asked++;
      return processes.run(...args);
    },
  };
  repo.write("a/b/c/x", "");
  assert.equal(await told(join(repo.dir, "a/b/c"), env, counting), undefined);
  assert.equal(await told(repo.folder.path, env, counting), undefined);
  assert.equal(asked, 0);
  put(repo.dir, "x");
  assert.equal(await told(join(repo.dir, "a/b/c"), env, counting), "x");
  assert.ok(asked > 0);
  repo.write(".git/config", "[core]\n\trepositoryformatversion = 9\n");
  assert.equal(await told(repo.dir, env), undefined);
});

Deno.test("a broken file stops every command but those that help, or need none", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": "module example.com/m\n", [file]: "push = 1\nxyzzy = 2\n" });
  const env = { PATH: Deno.env.get("PATH") ?? "", ...repo.env };
  const lines: Partial<Record<Command, string[]>> = {
    version: ["v1.2.3"],
    retract: ["retract", "v1.0.0", "--reason", "x"],
    plan: ["plan", "patch"],
    apply: ["apply", "x"],
    query: ["query", "m@latest"],
    completion: ["completion", "bash"],
  };
  const seen = async (argv: string[], interactive = false) => {
    const out = { code: 0, out: "", err: "", ran: "" };
    const services: Services = {
      ...machine(env),
      terminal: {
        interactive,
        out: (text) => out.out += text,
        err: (text) => out.err += text,
        readLine: () => Promise.resolve(null),
      },
    };
    const load = (name: string) =>
      Promise.resolve({
        run: () => {
          out.ran = name;
          return Promise.resolve({ Kind: "text" as const, Text: "" });
        },
      });
    out.code = await run(argv, services, new AbortController().signal, load, repo.dir);
    return out;
  };
  const through = new Set<string>([
    "completion",
    "man",
    "explain",
    "demo",
    "resume",
    "undo",
    "config",
  ]);
  for (const name of commandNames) {
    // All that release are one to the program.
    if (["minor", "major", "prerelease", "release", "unretract", "undeprecate"].includes(name)) {
      continue;
    }
    const { code, ran } = await seen(lines[name] ?? [name]);
    assert.deepEqual([code, ran], through.has(name) ? [0, name] : [3, ""], name);
  }
  assert.deepEqual([(await seen([], true)).ran, (await seen([])).code], ["home", 3]);
  for (const argv of [["help"], ["help", "patch"], ["patch", "--help"], ["--version"]]) {
    assert.equal((await seen(argv)).code, 0, argv.join(" "));
  }
  const wrong = await seen(["patch", "--nope"]);
  assert.equal(wrong.code, 2, "the command line comes first");

  const { Error: error } = JSON.parse((await seen(["next", "--json"])).out);
  assert.equal(error.Code, "config-invalid");
  const places = error.Problems.map((p: { Where: unknown }) => p.Where);
  assert.deepEqual(places, [{ File: file, Line: 1 }, { File: file, Line: 2 }]);
  assert.match((await seen(["next"])).err, /config-invalid Line 1, column 8 of \.gorel\.toml/);
});
