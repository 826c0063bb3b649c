import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { type Archive, fromBlobs, fromGit } from "../../../lib/git/archive.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, seeded } from "../../support/random.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";
import { fastImport, moduleFolders, randomTree } from "./trees.ts";

/** What `go mod download -json` says of one module. */
interface Downloaded {
  Path: string;
  Version: string;
  Sum?: string;
  GoModSum?: string;
  Error?: string;
}

/** Repositories that go finds at github.com/t/NAME. */
class Hosted implements Disposable {
  readonly folder = new Folder();
  readonly env = gitEnvironment(this.folder.join("home"));
  readonly go: Go;
  constructor() {
    Deno.mkdirSync(this.folder.join("home"));
    Deno.writeTextFileSync(
      this.env.GIT_CONFIG_GLOBAL!,
      `[url "file://${this.folder.path}/"]\n\tinsteadOf = https://github.com/t/\n`,
    );
    this.go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      GIT_CONFIG_GLOBAL: this.env.GIT_CONFIG_GLOBAL!,
      GIT_TERMINAL_PROMPT: "0",
    });
  }

  [Symbol.dispose](): void {
    this.go[Symbol.dispose]();
    this.folder[Symbol.dispose]();
  }

  async add(name: string, stream: Uint8Array, format = "sha1"): Promise<Repository> {
    const dir = this.folder.join(name);
    run("git", ["init", "-q", "--bare", "-b", "main", `--object-format=${format}`, dir], {
      env: this.env,
    });
    const services = machine({ ...this.env, PATH: Deno.env.get("PATH")! });
    const imported = await services.processes.run("git", ["fast-import", "--quiet"], {
      cwd: dir,
      stdin: stream,
    });
    assert.equal(imported.Code, 0, new TextDecoder().decode(imported.Stderr));
    const repo = await openRepository(services, dir);
    assert.ok(!("Code" in repo));
    return repo;
  }

  download(modules: readonly string[]): Downloaded[] {
    const { stdout, stderr } = this.go.run(["mod", "download", "-json", ...modules]);
    assert.notEqual(stdout, "", stderr);
    return stdout.trim().split(/\n(?=\{)/).map((text) => JSON.parse(text));
  }
}

Deno.test(needsGo("random trees have the hashes that go computes, or both refuse"), async () => {
  const random = seeded("seal");
  using hosted = new Hosted();
  const perRepo = 10;
  const repos = Math.ceil(cases(50, 300) / perRepo);
  const sealed = new Map<string, Awaited<ReturnType<typeof seal>>>();
  for (let r = 0; r < repos; r++) {
    const name = `r${r}`;
    const trees = Array.from({ length: perRepo }, (_, i) => {
      const Tree = randomTree(random, `github.com/t/${name}`);
      const dirs = moduleFolders.filter((dir) => Tree.has(`${dir}/go.mod`));
      return { Tree, Dirs: ["", ...dirs], Version: `v0.${r}.${i}` };
    });
    const repo = await hosted.add(
      name,
      fastImport(trees.map(({ Tree, Dirs, Version }) => ({
        Tree,
        Tags: Dirs.map((dir) => (dir === "" ? "" : dir + "/") + Version),
      }))),
    );
    for (const { Dirs, Version } of trees) {
      for (const Dir of Dirs) {
        const Path = `github.com/t/${name}` + (Dir === "" ? "" : "/" + Dir);
        const tag = Dir === "" ? Version : `${Dir}/${Version}`;
        const files = await snapshot(repo, `refs/tags/${tag}`);
        assert.ok(files);
        sealed.set(`${Path}@${Version}`, await seal(repo, files, { Path, Version, Dir }));
      }
    }
  }
  let refused = 0;
  for (const theirs of hosted.download([...sealed.keys()])) {
    const name = `${theirs.Path}@${theirs.Version}`;
    const ours = sealed.get(name);
    assert.ok(ours, name);
    if ("Problems" in ours) {
      refused++;
      assert.ok(theirs.Error, `${name}: refused here only: ${JSON.stringify(ours.Problems)}`);
    } else {
      assert.equal(theirs.Error, undefined, name);
      assert.deepEqual([ours.Sum, ours.GoModSum], [theirs.Sum, theirs.GoModSum], name);
    }
    sealed.delete(name);
  }
  assert.deepEqual([...sealed.keys()], []);
  console.log(`seal: ${refused} refused`);
});
