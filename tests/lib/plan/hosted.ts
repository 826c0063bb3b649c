/** Repositories of git's making that the go command finds on a host, without a network. */
import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { Go } from "../../support/go.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";

/** What `go mod download -json` says of one module. */
export interface Downloaded {
  Path: string;
  Version: string;
  Sum?: string;
  GoModSum?: string;
  Error?: string;
}

/** Repositories that go finds at github.com/t/NAME. */
export class Hosted implements Disposable {
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
