/** Chains of releases and retractions through the whole line; after each the real go command judges. */
import assert from "node:assert/strict";
import { run as planned } from "../../commands/plan.ts";
import { run as released } from "../../commands/release.ts";
import { run as versions } from "../../commands/versions.ts";
import { machine } from "../../lib/cli/machine.ts";
import type { Answer, CommandModule } from "../../lib/cli/answer.ts";
import { parse } from "../../lib/cli/parser.ts";
import { type ModFile, parse as parseMod, type VersionInterval } from "../../lib/go/modfile/mod.ts";
import type { Plan } from "../../lib/plan/types.ts";
import { Refused } from "../../lib/problem.ts";
import { encode } from "../../lib/text.ts";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Repo } from "../support/repo.ts";

const layouts = [
  { repository: "example/plain", suffix: "", dir: "" },
  { repository: "example/second", suffix: "/v2", dir: "" },
  { repository: "example/nested", suffix: "/sub", dir: "sub" },
];

interface Chain extends Disposable {
  repo: Repo;
  go: Go;
  path: string;
  /** Runs a command in this process. */
  run(command: CommandModule["run"], words: string[]): Promise<Answer>;
  /** go.mod as it stands. */
  goMod(): ModFile;
  /** A commit that changes the module. */
  change(message: string): void;
}

function begin(n: number, random: Random): Chain {
  const { repository, suffix, dir } = random.pick(layouts);
  const url = `github.com/${repository}${n}`;
  const path = url + suffix;
  const at = (file: string) => dir === "" ? file : `${dir}/${file}`;
  const repo = new Repo();
  repo.commit("begin", {
    [at("go.mod")]: random.pick([
      `module ${path}\n\ngo 1.21\n`,
      `// Package words.\nmodule ${path} // ends here\n\ngo 1.21\n// the end`,
      `module ${path}\r\n\r\ngo 1.21\r\n`,
    ]),
    [at("p.go")]: "package p\n",
    "LICENSE": "free\n",
  });
  repo.withRemote();
  const go = new Go({ GOPROXY: "direct", ...gitInstead(`https://${url}`, repo.remote) });
  const env = { PATH: Deno.env.get("PATH") ?? "", GOENV: "off", GOPROXY: "off", ...repo.env };
  let count = 0;
  return {
    repo,
    go,
    path,
    run: (command, words) => {
      const line = parse([...words, "--json", "--module", dir === "" ? "." : dir], {});
      if ("Help" in line) throw new Error("help");
      const options = { command: line.word, args: line.args, flags: line.flags, cwd: repo.dir };
      return command(options, machine(env), new AbortController().signal);
    },
    goMod: () => parseMod("go.mod", encode(repo.read(at("go.mod")))).Mod,
    change: (message) => {
      repo.commit(message, { [at("p.go")]: `package p // ${++count}\n` });
    },
    [Symbol.dispose]: () => {
      go[Symbol.dispose]();
      repo[Symbol.dispose]();
    },
  };
}

function words(random: Random, existing: readonly string[], chain: Chain, n: number): string[] {
  const pre = random.pick([[], ["--pre", "beta"], ["--pre", "rc"]]);
  const back = random.chance(0.4) ? takenBack(random, chain.goMod()) : null;
  if (back) return [...back, ...random.pick([[], [], ["--from", random.pick(existing)]])];
  const word = random.int(1, existing.length === 0 ? 6 : 10);
  switch (word) {
    case 1:
    case 2:
      return ["patch", ...pre];
    case 3:
      return ["minor", ...pre];
    case 4:
    case 5:
      return ["prerelease", ...pre];
    case 6:
      return ["auto"];
    case 7:
    case 8:
      return ["release"];
    default: {
      const rev = random.pick([existing.at(-1)!, random.pick(existing), "HEAD", "main"]);
      const from = random.chance(0.4) ? ["--from", rev] : [];
      if (random.chance(0.2)) return ["deprecate", ...from, "--reason", `reason ${n}`];
      const [a, b] = [random.pick(existing), random.pick(existing)];
      const what = random.pick([[a], [a], [a, b], [`${a}..${b}`], [`[${a},${b}]`], []]);
      const self = what.length === 0 || random.chance(0.2) ? ["--self"] : [];
      return [
        "retract",
        ...what,
        ...self,
        ...from,
        "--reason",
        `reason ${random.chance(0.2) ? "again" : n}`,
      ];
    }
  }
}

/** Takes back something that go.mod says; now and then something that it does not. */
function takenBack(random: Random, { Module, Retract }: ModFile): string[] | null {
  if (Module?.Deprecated && random.chance(0.5)) return ["undeprecate"];
  if (Retract.length === 0) return null;
  const entries = random.shuffle(Retract).slice(0, random.int(1, 2));
  const ends = ({ Low, High }: VersionInterval) => Low === High ? Low : `${Low}..${High}`;
  return ["unretract", ...random.chance(0.2) ? [entries[0]!.High] : entries.map(ends)];
}

/** What else may refuse one that is made from a revision that was chosen at random. */
const mayRefuseFrom = [
  "retract-ineffective",
  "retract-same-code",
  "retraction-dropped",
  "deprecation-dropped",
  "version-exists",
  "deprecate-none",
];

/** What may refuse a release that was asked for at random. */
const mayRefuse = [
  "nothing-to-release",
  "no-series",
  "prerelease-lower",
  "retract-reversed",
  "retract-already",
  "unretract-unknown",
  "unretract-in-range",
  "retract-covers-itself",
  "retract-leaves-nothing",
];

Deno.test({
  ...needsGo("every release of a random chain is to go what its plan expected"),
  fn: async () => {
    const random = seeded("chains");
    for (let n = 0; n < cases(3, 80); n++) {
      using chain = begin(n, random);
      const out: Plan["Releases"][number][] = [];
      const story: string[] = [chain.path];
      for (let steps = random.int(6, 9); steps > 0; steps--) {
        if (random.chance(0.85)) chain.change(random.pick(["fix: a", "feat: b", "words"]));
        const asked = words(random, out.map((r) => r.Version), chain, steps);
        story.push(asked.join(" "));
        const before = chain.repo.git("for-each-ref");
        const plan = await attempt(chain, asked);
        if (plan === null) {
          assert.equal(chain.repo.git("for-each-ref"), before);
          story.push("  refused");
          continue;
        }
        const release = plan.Releases[0]!;
        story.push(`  ${release.Version}`);
        judge(chain, out, plan, story.join("\n"));
        out.push(release);
      }
      if (out.length > 0) await judgeAll(chain, out, story.join("\n"));
    }
  },
});

/** Plans and releases; null where it was refused as it may be. */
async function attempt(chain: Chain, asked: string[]): Promise<Plan | null> {
  try {
    const plan = await chain.run(planned, ["plan", ...asked, "--no-wait"]);
    const done = await chain.run(released, [...asked, "--yes", "--no-wait"]);
    assert.ok(plan.Kind === "plan" || plan.Kind === "outcome");
    assert.ok(done.Kind === "outcome");
    if (plan.Kind === "outcome") {
      assert.equal(done.Outcome.State, "nothing");
      return null;
    }
    assert.equal(done.Outcome.State, "pushed", JSON.stringify(done));
    assert.equal(chain.repo.git("status", "--porcelain"), "");
    return plan.Plan;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const codes = error.problems.filter((p) => p.Level === "stop").map((p) => p.Code);
    const may = asked.includes("--from") ? [...mayRefuse, ...mayRefuseFrom] : mayRefuse;
    assert.deepEqual(codes.filter((c) => !may.includes(c)), [], `${asked}: ${error.message}`);
    return null;
  }
}

/** What go says right after a release. */
function judge({ go, path }: Chain, out: Plan["Releases"], plan: Plan, story: string): void {
  const { Version, Expect } = plan.Releases[0]!;
  const [latest, listed] = goList(go, [], [`${path}@latest`])
    .concat(goList(go, ["-versions", "-retracted"], [path]));
  const pseudo = /\d{14}-[0-9a-f]{12}$/;
  const given = latest!.Error || pseudo.test(latest!.Version!) ? undefined : latest!.Version;
  assert.equal(given, Expect.Latest, story);
  const order = listed!.Versions!;
  assert.deepEqual([...order].sort(), [...out.map((r) => r.Version), Version].sort(), story);
  const isRelease = !Version.includes("-");
  const lower = out.filter((r) => order.indexOf(r.Version) > order.indexOf(Version));
  const backport = plan.Problems.some((p) => p.Code === "backport");
  if (isRelease) assert.ok(lower.every((r) => r.Version.includes("-")) && !backport, story);
  else assert.equal(backport, lower.length > 0, story);
}

/** What go downloads, and what it calls retracted, when the chain is out. */
async function judgeAll(chain: Chain, out: Plan["Releases"], story: string): Promise<void> {
  const { go, path, repo } = chain;
  const names = out.map((r) => `${path}@${r.Version}`);
  const { code, stdout, stderr } = go.run(["mod", "download", "-json", ...names]);
  assert.equal(code, 0, stderr + stdout);
  const got: { Version: string; Sum: string; GoModSum: string }[] = JSON.parse(
    `[${stdout.replace(/^}\n(?=\{)/gm, "},\n")}]`,
  );
  assert.deepEqual(
    got.map(({ Version, Sum, GoModSum }) => ({ Version, Sum, GoModSum })),
    out.map(({ Version, Expect: { Sum, GoModSum } }) => ({ Version, Sum, GoModSum })),
    story,
  );
  const answer = await chain.run(versions, ["versions"]);
  assert.ok(answer.Kind === "versions");
  const ours = new Map(answer.Document.Versions.map((v) => [v.Version, v.Retracted]));
  for (const { Version, Retracted, Deprecated } of goList(go, ["-retracted", "-u"], names)) {
    assert.deepEqual(ours.get(Version!), Retracted, `${Version}\n${story}`);
    assert.equal(answer.Document.Deprecated, Deprecated, `${Version}\n${story}`);
  }
  repo.git("fsck", "--strict");
  repo.onRemote("fsck", "--strict");
  const tip = repo.git("rev-parse", `${out.at(-1)!.TagName}^{}`);
  const main = repo.onRemote("rev-list", "--parents", "--max-count=1", "main").split(" ");
  assert.ok(main[0] === tip || main[2] === tip, story);
  assert.equal(repo.onRemote("tag", "--list"), repo.git("tag", "--list"));
}
