/** Public modules in a fresh repository get a new major, and build as they did before. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readGoFile } from "../../lib/go/imports/read.ts";
import { gorel } from "../support/gorel.ts";
import { cases, seeded } from "../support/random.ts";
import { Repo, tryRun } from "../support/repo.ts";
import { documents, go, needsPublic, publicEnv } from "./modules.ts";

/** Small ones first: with assembly, generated code, test data, and paths of every form. */
const modules = [
  "github.com/cespare/xxhash/v2",
  "github.com/golang-jwt/jwt/v5",
  "github.com/google/uuid",
  "github.com/gorilla/mux",
  "go.uber.org/multierr",
  "gopkg.in/yaml.v3",
  "github.com/klauspost/compress",
  "github.com/pelletier/go-toml/v2",
  "github.com/prometheus/client_golang",
  "github.com/redis/go-redis/v9",
  "github.com/sirupsen/logrus",
  "github.com/spf13/cobra",
  "github.com/stretchr/testify",
  "go.uber.org/zap",
  "google.golang.org/protobuf",
];

interface Downloaded {
  Path: string;
  Version: string;
  Error?: string;
  Dir: string;
}

/** The module's files as they come from the zip, committed and tagged with their version. */
function unpack(repo: Repo, { Dir, Version }: Downloaded): void {
  repo.git("config", "core.attributesFile", "/dev/null");
  for (const path of filesOf(Dir)) {
    Deno.mkdirSync(dirname(join(repo.dir, path)), { recursive: true });
    Deno.writeFileSync(join(repo.dir, path), Deno.readFileSync(join(Dir, path)));
  }
  repo.git("add", "-A", "-f");
  repo.git("commit", "-q", "-m", "as published");
  repo.git("tag", Version);
  repo.commit("fix: one", { "gorel_test_change.txt": "changed\n" });
}

function* filesOf(folder: string, below = ""): Generator<string> {
  for (const entry of Deno.readDirSync(join(folder, below))) {
    const path = join(below, entry.name);
    if (entry.isDirectory) yield* filesOf(folder, path);
    else if (entry.isFile) yield path;
  }
}

/** What the go command says against the module, without the path of the folder; "" where it is content. */
function saysOf(repo: Repo, ...args: string[]): string {
  const env = { ...publicEnv, GOFLAGS: "-mod=readonly" };
  const { code, stderr } = tryRun("go", args, { cwd: repo.dir, env });
  return code === 0 ? "" : stderr.replaceAll(repo.dir, ".");
}

Deno.test(
  needsPublic("public modules build as before under the path of their next major"),
  async (t) => {
    const random = seeded("public majors");
    const chosen = random.shuffle(modules.slice(0, cases(6, modules.length))).slice(
      0,
      cases(2, modules.length),
    );
    const found = documents<Downloaded>(
      go(["mod", "download", "-json", ...chosen.map((path) => `${path}@latest`)]).stdout,
    ).filter((one) => one.Error === undefined);
    assert.ok(found.length >= Math.min(2, chosen.length), "no module could be had");
    for (const one of found) {
      await t.step(`${one.Path} ${one.Version}`, async () => {
        using repo = new Repo();
        unpack(repo, one);
        const before = { build: saysOf(repo, "build", "./..."), vet: saysOf(repo, "vet", "./...") };
        const { code, stdout, stderr } = await gorel(
          ["major", "--yes", "--offline", "--no-build", "--json"],
          { cwd: repo.dir, env: repo.env },
        );
        assert.equal(code, 0, stdout + stderr);
        const next = JSON.parse(stdout).Releases[0].Module;
        assert.notEqual(next, one.Path);
        assert.equal(repo.git("status", "--porcelain"), "");
        for (const args of [["build", "./..."], ["vet", "./..."]] as const) {
          if (before[args[0]] === "") assert.equal(saysOf(repo, ...args), "", `go ${args[0]}`);
        }
        // No package of it is imported by its old path any more, whatever its build tags.
        const old = [...filesOf(repo.dir)].filter((path) => path.endsWith(".go")).flatMap((path) =>
          readGoFile(new TextDecoder("latin1").decode(Deno.readFileSync(join(repo.dir, path))))
            .Imports.flatMap((declared) => declared.Specs.map((spec) => spec.Path))
            .filter((imported) => `${imported}/`.startsWith(`${one.Path}/`))
            .filter((imported) => !`${imported}/`.startsWith(`${next}/`))
            .map((imported) => `${path}: ${imported}`)
        );
        assert.deepEqual(old, []);
      });
    }
  },
);
