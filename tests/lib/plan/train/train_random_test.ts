/** Random trains: modules that require each other in every way, released twice, judged by the real go. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { needsGo } from "../../../support/go.ts";
import { cases, Random, seeded } from "../../../support/random.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, type Others, planned, World } from "./judge.ts";

const others: Others = {
  ...third("one", "v1.0.0", "1.16"),
  ...third("one", "v1.1.0", "1.18"),
  ...third("two", "v0.3.0", "1.21"),
};

function third(name: string, version: string, go: string): Others {
  const path = `example.net/${name}`;
  return {
    [`${path}@${version}`]: {
      "go.mod": `module ${path}\n\ngo ${go}\n`,
      [`${name}.go`]: `package ${name}\n`,
    },
  };
}

/** A package: its folder, and what it and its tests import. */
interface Unit {
  Module: number;
  Dir: string;
  Imports: Set<string>;
  Tests: Set<string>;
}

/** A repository of modules; packages import only those before them, their tests any. */
class Scene {
  readonly repo = new Repo();
  readonly dirs: string[];
  readonly units: Unit[] = [];
  readonly #go: string[];

  constructor(readonly r: Random) {
    const names = r.shuffle(["", "a", "b", "c/d", "c", "e"]).slice(0, r.int(2, 5));
    this.dirs = names.sort();
    this.#go = names.map(() => r.pick(["1.16", "1.17", "1.18", "1.21", "1.24"]));
    const places = names.flatMap((dir, Module) => [
      { Module, Dir: dir },
      ...(r.chance(0.5) ? [{ Module, Dir: join(dir, "p") }] : []),
    ]);
    for (const place of r.shuffle(places)) {
      this.units.push({ ...place, Imports: new Set(), Tests: new Set() });
    }
    this.grow(0.35, 0.2);
    for (const unit of this.units) {
      if (r.chance(0.2)) unit.Imports.add("example.net/one");
    }
  }

  path(dir: string): string {
    return join("example.com/m", dir);
  }

  /** More imports between packages. */
  grow(imports: number, tests: number): void {
    this.units.forEach((unit, i) => {
      for (const other of this.units.slice(0, i)) {
        if (this.r.chance(imports)) unit.Imports.add(this.path(other.Dir));
      }
      for (const other of this.units) {
        if (other !== unit && this.r.chance(tests)) unit.Tests.add(this.path(other.Dir));
      }
    });
  }

  writeSources(): void {
    for (const { Dir, Imports, Tests } of this.units) {
      const name = Dir.split("/").at(-1) || "m";
      const lines = (paths: Set<string>) => [...paths].map((p) => `import _ "${p}"\n`).join("");
      this.repo.write(join(Dir, `${name}.go`), `package ${name}\n\n${lines(Imports)}`);
      if (Tests.size > 0) {
        this.repo.write(join(Dir, `${name}_test.go`), `package ${name}_test\n\n${lines(Tests)}`);
      }
    }
  }

  /** Every go.mod with all siblings replaced; what is not needed goes with `go mod tidy`. */
  writeReplaced(): void {
    this.dirs.forEach((dir, i) => {
      const up = dir === "" ? "." : dir.split("/").map(() => "..").join("/");
      // Itself too: what it requires may require it, and go before 1.17 reads that.
      const replaces = this.dirs.map((other) => `\t${this.path(other)} => ${up}/${other}\n`);
      const go = this.#go[i]!;
      this.repo.write(
        join(dir, "go.mod"),
        `module ${this.path(dir)}\n\ngo ${go}\n\nreplace (\n${replaces.sort().join("")})\n`,
      );
    });
  }

  get packages(): Record<string, string> {
    return Object.fromEntries(
      this.units.map(({ Dir, Module }) => [this.path(Dir), this.path(this.dirs[Module]!)]),
    );
  }
}

async function one(r: Random): Promise<void> {
  const scene = new Scene(r);
  using repo = scene.repo;
  repo.write("LICENSE", "free\n");
  scene.writeSources();
  scene.writeReplaced();
  repo.commit("begin");
  repo.withRemote();
  await using world = new World(repo, others);
  await world.tidy(scene.dirs);
  // Go raises go lines where what is required has a higher one, and the requirers' then.
  for (let i = 0; i < scene.dirs.length; i++) await world.tidy(scene.dirs);
  repo.commit("tidy");
  const restores = r.chance(0.5);
  const first = await planned(repo, scene.dirs.map((d) => d || "."), { Bump: "minor" }, {
    RestoreReplaces: restores,
  });
  carryOut(repo, first);
  await world.tidyTrees(first);
  await world.use(first, scene.packages);

  const work = !restores && r.chance(0.5);
  const touched = r.pick(scene.units);
  if (work) {
    const uses = scene.dirs.map((dir) => `use ./${dir}\n`).join("");
    repo.write("go.work", `go 1.24\n\n${uses}`);
    scene.grow(0.15, 0.1);
  } else if (r.chance(0.5)) {
    touched.Imports.add(r.pick(["example.net/two", "example.net/one"]));
  }
  scene.writeSources();
  repo.write(join(touched.Dir, "more.go"), `package ${touched.Dir.split("/").at(-1) || "m"}\n`);
  if (!work) await world.tidy([scene.dirs[touched.Module]!]);
  repo.commit(r.pick(["feat: more", "fix: less"]));
  repo.git("push", "-q", "origin", "HEAD:main");
  repo.git("checkout", "-q", "-B", "main");
  const second = await planned(repo, [], { Bump: "auto" }).catch((error: Error) => {
    // Whatever only one module has is no train.
    if (error.message.startsWith("nothing:")) return null;
    throw error;
  });
  // One module alone without a replacement is released as it is.
  if (!second || !second.Steps.some((step) => step.Do === "commit")) return;
  carryOut(repo, second);
  await world.tidyTrees(second);
  await world.use(second, scene.packages);
}

Deno.test(needsGo("random trains are clean for their users, and tidy"), async () => {
  const r = seeded("random trains");
  const failed: string[] = [];
  for (let i = cases(2, 40); i > 0; i--) {
    const seed = r.int(0, 2 ** 31);
    await one(new Random(seed)).catch((error: Error) => failed.push(`${seed}: ${error.stack}`));
  }
  assert.deepEqual(failed, [], failed.join("\n\n"));
});
