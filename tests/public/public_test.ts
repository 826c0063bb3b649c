/** Public modules as they are: gorel says of them what the go command says. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { modulePath } from "../../lib/go/modfile/scan.ts";
import { gorel } from "../support/gorel.ts";
import { cases, seeded } from "../support/random.ts";
import { Folder, Repo } from "../support/repo.ts";
import { documents, fetchedGoMod, go, modules, needsPublic, publicEnv } from "./modules.ts";

/** What `go mod download -json` says of a version. */
interface Downloaded {
  Path: string;
  Version: string;
  Error?: string;
  Dir: string;
  Sum: string;
  GoModSum: string;
}

/** What `go list -m -json` says. */
interface Listed {
  Path: string;
  Version?: string;
  Versions?: string[];
  Time?: string;
  Retracted?: string[];
  Deprecated?: string;
  Main?: boolean;
  Replace?: { Path: string; Version?: string };
  Error?: unknown;
}

/** A module, its versions as the proxy lists them, and those that are looked at. */
interface Chosen {
  path: string;
  all: string[];
  versions: string[];
}

const each = cases(2, 4);

function choose(): Chosen[] {
  const random = seeded("public modules");
  const paths = random.shuffle(modules).slice(0, cases(2, modules.length));
  const { stdout } = go(["list", "-m", "-e", "-json", "-versions", "-retracted", ...paths]);
  return documents<Listed>(stdout).flatMap(({ Path, Versions = [] }) =>
    Versions.length === 0
      ? []
      : [{ path: Path, all: Versions, versions: random.shuffle(Versions).slice(0, each) }]
  );
}

/** Everything below a folder of the module cache. */
function* filesOf(folder: string, below = ""): Generator<string> {
  for (const entry of Deno.readDirSync(join(folder, below))) {
    const path = join(below, entry.name);
    if (entry.isDirectory) yield* filesOf(folder, path);
    else if (entry.isFile) yield path;
  }
}

Deno.test(needsPublic("public modules: hash, query and graph are those of go"), async (t) => {
  const chosen = choose();
  assert.ok(chosen.length >= cases(2, 30), `only ${chosen.length} modules could be had`);
  const names = chosen.flatMap(({ path, versions }) => versions.map((v) => `${path}@${v}`));

  await t.step("the hash of the files that were unpacked from the zip", async () => {
    let told = 0;
    for (const one of documents<Downloaded>(go(["mod", "download", "-json", ...names]).stdout)) {
      if (one.Error !== undefined) continue;
      const goMod = fetchedGoMod(one.Path, one.Version);
      // Before a rename: the repository then is one of another module.
      if (modulePath(new TextEncoder().encode(goMod)) !== one.Path) continue;
      using repo = new Repo();
      // Git must keep every byte, whatever attributes lie in the module.
      repo.git("config", "core.attributesFile", "/dev/null");
      for (const path of filesOf(one.Dir)) {
        const bytes = Deno.readFileSync(join(one.Dir, path));
        Deno.mkdirSync(dirname(join(repo.dir, path)), { recursive: true });
        Deno.writeFileSync(join(repo.dir, path), bytes);
      }
      repo.git("-c", "core.autocrlf=false", "add", "-A", "-f");
      repo.git("commit", "-q", "-m", "as published");
      // Go says +incompatible, no tag does.
      repo.git("tag", one.Version.replace("+incompatible", ""));
      if (!Array.from(filesOf(one.Dir)).includes("go.mod")) {
        repo.commit("go.mod", { "go.mod": goMod });
      }
      const ran = await gorel(["hash", one.Version, "--json"], { cwd: repo.dir, env: repo.env });
      assert.equal(ran.code, 0, `${one.Path}@${one.Version}: ${ran.stderr}`);
      const { Path, Version, Sum, GoModSum } = ran.json;
      assert.deepEqual(
        { Path, Version, Sum, GoModSum },
        { Path: one.Path, Version: one.Version, Sum: one.Sum, GoModSum: one.GoModSum },
      );
      told++;
    }
    assert.ok(told > 0, "nothing could be downloaded");
  });

  await t.step("what every query gives", async () => {
    const queries = chosen.flatMap(({ path, all, versions }) =>
      [
        "latest",
        "v0",
        "v1",
        ...versions,
        ...versions.map((v) => v.split(".").slice(0, 2).join(".")),
        ...versions.flatMap((v) => ["<", "<=", ">", ">="].map((op) => op + v)),
        `<${all[0]}`,
        "v0.99.7",
      ].map((q) => `${path}@${q}`)
    );
    const unique = [...new Set(queries)];
    // With -retracted go's `latest` would be another version: it is asked without.
    const theirs = documents<Listed>(go(["list", "-m", "-e", "-json", ...unique]).stdout);
    using empty = new Folder();
    const ran = await gorel(["query", "--json", ...unique], { cwd: empty.path, env: publicEnv });
    const ours: Listed[] = ran.json;
    const said = (o: Listed) => o.Error ? "refused" : `${o.Version} ${o.Time}`;
    const differ = unique.flatMap((query, i) =>
      said(ours[i]!) === said(theirs[i]!)
        ? []
        : [`${query}: ${JSON.stringify(ours[i])}, but go: ${said(theirs[i]!)}`]
    );
    assert.deepEqual(differ, []);
    assert.equal(ran.code, theirs.some((o) => o.Error) ? 3 : 0);
  });

  await t.step("the build list", async () => {
    let told = 0;
    for (const name of names) {
      const [path = "", version = ""] = name.split("@");
      using folder = new Folder();
      Deno.writeTextFileSync(folder.join("go.mod"), fetchedGoMod(path, version));
      const theirs = go(["list", "-m", "-json", "all"], folder.path);
      const ran = await gorel(["graph", name, "--json"], { cwd: folder.path, env: publicEnv });
      if (theirs.code !== 0) {
        assert.equal(ran.code, 3, `${name}: go refuses: ${theirs.stderr}\n${ran.stdout}`);
        continue;
      }
      assert.equal(ran.code, 0, `${name}: ${ran.stderr}`);
      const rows = documents<Listed>(theirs.stdout).map(({ Path, Version, Replace, Main }) => ({
        Path,
        ...(!Main && { Version }),
        ...(Replace && {
          Replace: {
            Path: Replace.Path,
            ...(Replace.Version !== undefined && { Version: Replace.Version }),
          },
        }),
      }));
      assert.deepEqual(ran.json, rows, name);
      told++;
    }
    assert.ok(told > 0, "go gave no build list at all");
  });
});
