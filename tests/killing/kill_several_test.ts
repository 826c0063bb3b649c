/** SIGKILL in a train of two modules with a commit behind it, and in a new major of many files that keeps a branch: all refs or none. */
import type { Plan } from "../../lib/plan/types.ts";
import { planOf, type WantedPlan } from "../support/plans.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import type { Repo } from "../support/repo.ts";
import { Template } from "./ground.ts";
import { anyPoint, boundaries, killAndEnd, type Scenario, Tally } from "./matrix.ts";
import type { Point } from "./killer.ts";

const goMod = (path: string, rest = "") => `module ${path}\n\ngo 1.21\n${rest}`;
const requires = (version: string) => `\nrequire example.com/m/codec ${version}\n`;
const replaces = "\nreplace example.com/m/codec => ./codec\n";

/** Commits files beside what is staged already. */
function add(repo: Repo, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  repo.git("add", "--", ...Object.keys(files));
  repo.git("commit", "-q", "-m", "add", "--", ...Object.keys(files));
}

interface Several extends Scenario {
  Prepare: (repo: Repo) => void;
  Plan: WantedPlan;
}

const args = ["apply", "../plan.json", "--yes", "--no-wait", "--json"];

const train: Several = {
  Name: "train",
  Args: args,
  Version: "v1.2.0",
  Tags: ["codec/v0.2.0", "v1.2.0"],
  Wrote: ["go.mod", "go.sum"],
  Commits: 2,
  Prepare: (repo) =>
    add(repo, {
      "go.mod": goMod("example.com/m", requires("v0.1.0") + replaces),
      "codec/go.mod": goMod("example.com/m/codec"),
      "codec/c.go": "package codec\n",
    }),
  Plan: {
    Releases: [
      { Path: "example.com/m/codec", Version: "v0.2.0" },
      { Path: "example.com/m", Version: "v1.2.0" },
    ],
    Files: { "go.mod": goMod("example.com/m", requires("v0.2.0")), "go.sum": "a v1 h1:x=\n" },
    After: { "go.mod": goMod("example.com/m", requires("v0.2.0") + replaces) },
  },
};

const many = Array.from({ length: 110 }, (_, i) => `many/f${i}.go`);
const file = (path: string) => `package many\n\nimport _ "${path}/other"\n`;

const major: Several = {
  Name: "major",
  Args: args,
  Version: "v2.0.0",
  Branches: ["release-v1"],
  Wrote: ["go.mod", ...many],
  Commits: 1,
  Prepare: (repo) => add(repo, Object.fromEntries(many.map((p) => [p, file("example.com/m")]))),
  Plan: {
    Releases: [{ Path: "example.com/m", NewPath: "example.com/m/v2", Version: "v2.0.0" }],
    Files: {
      "go.mod": goMod("example.com/m/v2"),
      ...Object.fromEntries(many.map((p) => [p, file("example.com/m/v2")])),
    },
    Keep: "release-v1",
  },
};

async function written(template: Template, { Plan: wanted }: Several): Promise<Plan> {
  const plan = await planOf(template.repo, wanted);
  Deno.writeTextFileSync(template.repo.folder.join("plan.json"), JSON.stringify(plan));
  return plan;
}

/** Without a soak only points that are likely to be hit, and none is looked for. */
async function pointsOf(template: Template, scenario: Several, random: Random): Promise<Point[]> {
  if (cases(0, 1) === 0) {
    return [
      random.chance(0.3) ? anyPoint(random) : {
        At: random.pick(["before", "after", "inside"]),
        Nth: random.int(8, 32),
      },
    ];
  }
  const { Writing, Others } = await boundaries(template, scenario);
  const all = random.shuffle([...Writing, ...Others]);
  return [...all.slice(0, 60), ...Array.from({ length: 20 }, () => anyPoint(random))];
}

for (const scenario of [train, major]) {
  Deno.test(`a ${scenario.Name} that was killed at any moment ends with all of its refs or none`, async () => {
    const random = seeded(`kill ${scenario.Name}`);
    using template = new Template(scenario.Prepare);
    await written(template, scenario);
    const tally = new Tally();
    for (const point of await pointsOf(template, scenario, random)) {
      await killAndEnd(template, scenario, point, random, tally);
    }
    console.log(String(tally));
  });
}
