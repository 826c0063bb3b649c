/** Random requirement graphs, judged by the go command's own package. */
import assert from "node:assert/strict";
import {
  type BuildList,
  buildList,
  downgrade,
  type DowngradeReqs,
  keyOf,
  type PathVersion,
  req,
  upgrade,
  upgradeAll,
  type UpgradeReqs,
} from "../../../lib/go/mvs.ts";
import { needsGo } from "../../support/go.ts";
import { Oracle, type Question } from "../../support/oracle.ts";
import { cases, Random, seeded } from "../../support/random.ts";

/** Requirements as a whole; versions are numbers. `Known` are those that are listed, ascending. */
interface World {
  Requires: Record<string, PathVersion[]>;
  Known: Record<string, string[]>;
  Broken: Record<string, true>;
}

const target = { Path: "main", Version: "" };

function rank(version: string): number {
  return version === "none" ? -1 : version === "" ? Infinity : Number(version);
}

function reqsOf(world: World): UpgradeReqs & DowngradeReqs {
  const known = ({ Path }: PathVersion) => world.Known[Path] ?? [];
  return {
    required: (m) =>
      world.Broken[keyOf(m)] ? { Error: `broken ${keyOf(m)}` } : world.Requires[keyOf(m)] ?? [],
    compare: (_, v1, v2) => Math.sign(rank(v1) === rank(v2) ? 0 : rank(v1) - rank(v2)),
    upgrade: (m) => {
      const newest = known(m).at(-1);
      return newest !== undefined && rank(newest) > rank(m.Version)
        ? { Path: m.Path, Version: newest }
        : m;
    },
    previous: (m) => ({
      Path: m.Path,
      Version: known(m).findLast((v) => rank(v) < rank(m.Version)) ?? "none",
    }),
  };
}

/** Few modules, so that versions meet; cycles, requirements on main, unlisted and broken versions. */
function randomWorld(random: Random): World {
  const paths = ["a", "b", "c", "d", "e", "f", "g"].slice(0, random.int(2, 7));
  const versions = random.int(1, 5);
  const any = (): PathVersion => ({
    Path: random.pick(paths),
    Version: String(random.int(1, versions)),
  });
  const some = (most: number) => Array.from({ length: random.int(0, most) }, any);
  const world: World = { Requires: { main: some(4) }, Known: {}, Broken: {} };
  for (const Path of paths) {
    world.Known[Path] = [];
    for (let v = 1; v <= versions; v++) {
      const key = `${Path}@${v}`;
      world.Requires[key] = some(3);
      if (random.chance(0.05)) world.Requires[key].push({ Path: "main", Version: "1" });
      if (random.chance(0.8)) world.Known[Path].push(String(v));
      if (random.chance(0.03)) world.Broken[key] = true;
    }
  }
  return world;
}

function randomChanges(random: Random, world: World, versions: readonly string[]): PathVersion[] {
  return Array.from({ length: random.int(1, 3) }, () => ({
    Path: random.pick(Object.keys(world.Known)),
    Version: random.pick(versions),
  }));
}

/** As the oracle answers: the list, else the error as the go command words it. */
function told(list: BuildList): { List: PathVersion[] } | { Broken: string } {
  return "Error" in list ? { Broken: list.Error } : { List: list };
}

Deno.test(
  needsGo("build list, req, upgrade and downgrade are what Go's own package gives"),
  async () => {
    const random = seeded("mvs");
    const asked: { world: World; question: Question; ours: BuildList }[] = [];
    for (let i = 0; i < cases(1_000, 10_000); i++) {
      const world = randomWorld(random);
      const reqs = reqsOf(world);
      const list = buildList([target], reqs);
      const paths = "Error" in list ? [] : list.slice(1).map(({ Path }) => Path);
      const base = random.shuffle(paths).slice(0, random.int(0, 2));
      const up = randomChanges(random, world, ["1", "2", "3", "4"]);
      const down = randomChanges(random, world, ["none", "1", "2", "3"]);
      const ask = (ours: BuildList, op: string, ...args: unknown[]) =>
        asked.push({ world, question: [`mvs.${op}`, target, world, ...args], ours });
      ask(list, "BuildList");
      ask(req(target, base, reqs), "Req", base);
      ask(upgradeAll(target, reqs), "UpgradeAll");
      ask(upgrade(target, reqs, up), "Upgrade", up);
      ask(downgrade(target, reqs, down), "Downgrade", down);
    }
    const answers = await (await Oracle.open()).ask(asked.map(({ question }) => question));
    answers.forEach(({ Values: [list, error], Panic }, i) => {
      const { question, ours } = asked[i]!;
      assert.equal(Panic, undefined);
      const theirs = typeof error === "string"
        ? { Broken: /broken \S+$/.exec(error)![0] }
        // Go's JSON leaves out the version that is "", and has null for no list.
        : {
          List: (list as PathVersion[] | null ?? []).map(({ Path, Version = "" }) => ({
            Path,
            Version,
          })),
        };
      assert.deepEqual(told(ours), theirs, JSON.stringify(question));
    });
  },
);
