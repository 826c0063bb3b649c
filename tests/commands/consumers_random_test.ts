/** `graph --consumers` before releases of random modules, and what go gives before and after them. */
import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { carryOut, plan, rooted } from "../../commands/carry.ts";
import { run } from "../../commands/consumers.ts";
import type { ConsumersDocument } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { toChoices } from "../../lib/cli/options.ts";
import { parse } from "../../lib/cli/parser.ts";
import { sort } from "../../lib/go/semver.ts";
import { Refused, stops } from "../../lib/problem.ts";
import { encode } from "../../lib/text.ts";
import { History } from "../histories/build.ts";
import { goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { environment } from "../support/gorel.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Folder, type Repo } from "../support/repo.ts";

const pool = [
  ...["v0.1.0", "v0.2.0", "v1.0.0-rc.1", "v1.0.0", "v1.0.1", "v1.1.0-rc.1", "v1.1.0"],
  ...["v1.1.1", "v1.2.0-rc.1", "v1.2.0"],
];

/** The same version of a module whose path ends in /v2, or of one without. */
function lift(path: string, version: string): string {
  return path.endsWith("/v2")
    ? version.replace(/^v1/, "v2").replace(/^v0\.(\d)\.0$/, "v2.0.0-alpha.$1")
    : version;
}

const reasons = [
  ...["", "broken", "panics", "first\n// second", "x".repeat(500), "x".repeat(501)],
  ...["bell\u0007", "\n// late", "  padded\t"],
];

/** What may be let through; a case is about what users get, not about refusals. */
const accepted = [
  ...["nothing-to-release", "retract-leaves-nothing"],
  ...["retraction-dropped", "deprecation-dropped"],
];

type Row = ConsumersDocument["Queries"][number];

interface Case {
  path: string;
  document: ConsumersDocument;
  of: string;
}

function goMod(random: Random, path: string, versions: readonly string[]): string {
  const deprecated = random.chance(0.2) ? `// Deprecated: ${random.pick(reasons)}\n` : "";
  const entries = Array.from({ length: random.chance(0.5) ? random.int(1, 3) : 0 }, () => {
    const low = random.pick(versions), high = random.pick([low, low, ...versions]);
    const reason = random.pick(reasons);
    return `\n${reason === "" ? "" : `// ${reason}\n`}retract [${low}, ${high}]\n`;
  });
  return `${deprecated}module ${path}\n\ngo 1.21\n${entries.join("")}`;
}

/** A module whose versions say different things of each other: their go.mod files, in any order. */
function anyRepo(random: Random, path: string): { repo: Repo; mods: Map<string, string> } {
  const chosen = random.shuffle(pool).slice(0, random.int(1, 6)).map((v) => lift(path, v));
  const mods = new Map<string, string>();
  const history = new History();
  for (const version of random.chance(0.8) ? sort(chosen) : chosen) {
    const mod = goMod(random, path, chosen);
    mods.set(version, mod);
    const files = { "go.mod": mod, "m.go": `package m // ${version}\n`, LICENSE: "free\n" };
    history.tag(version, history.commit("main", "fix: more", files));
  }
  const repo = history.write();
  change(random, repo, path, mods);
  return { repo, mods };
}

/** A commit that can be released, sometimes with another go.mod. */
function change(random: Random, repo: Repo, path: string, mods: Map<string, string>): void {
  repo.commit(random.pick(["fix: less", "feat: more"]), {
    "m.go": `package m // after ${mods.size} versions\n`,
    ...(random.chance(0.4) && { "go.mod": goMod(random, path, [...mods.keys()]) }),
  });
}

/** Serves what is released so far as files. */
function publish(dir: string, path: string, mods: ReadonlyMap<string, string>): void {
  const folder = `${dir}/${path}/@v`;
  Deno.mkdirSync(folder, { recursive: true });
  const write = (name: string, content: Uint8Array) =>
    Deno.writeFileSync(`${folder}/${name}`, content);
  write("list", encode([...mods.keys()].join("\n") + "\n"));
  for (const [v, mod] of mods) {
    write(`${v}.info`, encode(JSON.stringify({ Version: v, Time: "2026-01-02T03:04:05Z" })));
    write(`${v}.mod`, encode(mod));
    const files = { "go.mod": encode(mod), "m.go": encode("package m\n") };
    const entries = Object.entries(files).map(([name, bytes]) => [`${path}@${v}/${name}`, bytes]);
    write(`${v}.zip`, zipSync(Object.fromEntries(entries), { level: 0 }));
  }
}

function anyWords(random: Random, path: string, versions: readonly string[]): string[] {
  const low = random.pick(versions), high = random.pick([low, ...versions]);
  const range = low === high ? low : `${low}..${high}`;
  const from = random.chance(0.3) ? ["--from", random.pick(versions)] : [];
  const self = random.chance(0.3) ? ["--self"] : [];
  const retract = ["retract", range, "--reason", "really bad", ...self, ...from];
  return random.pick([
    [],
    ["patch"],
    ["minor"],
    ["prerelease"],
    [lift(path, random.pick(["v1.0.5", "v0.3.0", "v1.3.0", "v1.1.2-rc.1", "v1.9.0"]))],
    retract,
    retract,
    retract,
    ["unretract", range, ...from],
    ["deprecate", "--reason", "use another", ...from],
    ["undeprecate"],
  ]);
}

/** Looks at a release, and carries it out; null where it is refused. */
async function released(repo: Repo, words: string[]): Promise<ConsumersDocument | null> {
  const services = machine({ ...environment(), GOPROXY: "direct", ...repo.env });
  const accept = accepted.flatMap((code) => ["--accept", code]);
  const look = parse(["graph", "--consumers", ...words, ...accept], {});
  const line = parse(
    ["plan", ...(words.length > 0 ? words : ["auto"]), ...accept, "--no-wait"],
    {},
  );
  assert.ok(!("Help" in look) && !("Help" in line));
  const seen = await run({ ...look, command: "graph", cwd: repo.dir }, services)
    .catch((error) => {
      if (error instanceof Refused) return error;
      throw error;
    });
  const { Choices } = toChoices("plan", line.args, line.flags);
  const made = await plan(await rooted(Choices, repo.dir, services), { Dir: repo.dir }, services)
    .catch((error) => {
      if (error instanceof Refused) return error;
      throw error;
    });
  if (seen instanceof Refused) {
    assert.ok(made instanceof Refused, `${words}: refused to look, but not to plan`);
    return null;
  }
  assert.ok(seen.Kind === "consumers");
  const document = seen.Document;
  if (made instanceof Refused) {
    assert.ok(
      document.Problems.some(stops),
      `${words}: planning is refused, and the look is silent`,
    );
    return null;
  }
  if ("Nothing" in made) return null;
  const { signal } = new AbortController();
  const outcome = await carryOut(made.Plan, made.Facts, Choices, services, signal, () => {});
  assert.equal(outcome.State, "pushed", JSON.stringify(outcome));
  assert.equal(document.Version, outcome.Releases[0]!.Version);
  return document;
}

/** The version that go gives for every query but upgrades, and null where it gives none. */
function chosen(go: Go, all: readonly Case[], when: "Before" | "After"): void {
  const asked = all.flatMap((one) =>
    one.document.Queries.filter(({ Query }) => Query.startsWith("@")).map((row) => ({ one, row }))
  );
  if (asked.length === 0) return;
  const answers = goList(go, [], asked.map(({ one, row }) => one.path + row.Query));
  for (const [i, { one, row }] of asked.entries()) {
    const answer = answers[i]!;
    assert.equal(row[when], answer.Error ? null : answer.Version, `${row.Query} ${when} ${one.of}`);
  }
}

/** What go get chooses and prints where the k-th row of each module is asked for. */
function got(
  go: Go,
  asked: readonly { one: Case; query: string; row: Row; current?: string }[],
  when: "Before" | "After",
): void {
  if (asked.length === 0) return;
  const file = go.folder.join("go.mod");
  const required = asked.flatMap(({ one, current }) =>
    current ? [`\t${one.path} ${current}\n`] : []
  );
  Deno.writeTextFileSync(
    file,
    `module example.com/main\n\ngo 1.21\n\nrequire (\n${required.join("")})\n`,
  );
  const { code, stderr } = go.run([
    "get",
    ...asked.map(({ one, query }) => `${one.path}@${query}`),
  ]);
  assert.equal(code, 0, stderr);
  const text = Deno.readTextFileSync(file);
  for (const { one, query, row } of asked) {
    const of = `${query} ${when} ${one.of}\n${stderr}`;
    const version = new RegExp(`${one.path} (\\S+)`).exec(text)?.[1];
    assert.equal(row[when], version, of);
    const said = new RegExp(
      `^go: warning: ${one.path}@(\\S+): (?:retracted by module author: )?(.*)$`,
      "m",
    ).exec(stderr);
    assert.equal(when === "Before" ? row.Warned : row.Warns, said?.[2], of);
    const deprecated = new RegExp(`^go: module ${one.path} is deprecated: (.*)$`, "m").exec(stderr);
    assert.equal(one.document.Deprecated?.[when], deprecated?.[1], of);
  }
}

/** Asks go everything that the documents say of one moment: of all modules at once. */
function judge(go: Go, all: readonly Case[], when: "Before" | "After"): void {
  chosen(go, all, when);
  const rows = (pattern: RegExp, k: number, always = false) =>
    all.flatMap((one) => {
      const matching = one.document.Queries.flatMap((row) => {
        const found = pattern.exec(row.Query);
        // Whoever has a version keeps it where there is none to go to.
        if (found && always) assert.notEqual(row[when], null, `${row.Query} ${one.of}`);
        return found && row[when] !== null ? [{ one, row, version: found[1]! }] : [];
      });
      return matching.slice(k, k + 1);
    });
  for (let k = 0; k < cases(1, 2); k++) {
    for (const query of ["upgrade", "patch"]) {
      const asked = rows(new RegExp(`^${query} of (.*)$`), k, true);
      got(go, asked.map((a) => ({ ...a, query, current: a.version })), when);
    }
    const pins = rows(/^@(v\d+\.\d+\.\d.*)$/, k);
    got(go, pins.map((a) => ({ ...a, query: a.version })), when);
  }
}

Deno.test(
  needsGo("what users get before and after releases of random modules is what go gives them"),
  async () => {
    const random = seeded("consumers");
    // One release after the other: each moment is after one and before the next.
    const moments = Array.from({ length: 4 }, () => new Folder());
    const all = moments.map((): Case[] => []);
    for (let i = 0; i < cases(4, 40); i++) {
      const path = `example.com/c${i}${random.chance(0.25) ? "/v2" : "x"}`;
      const { repo, mods } = anyRepo(random, path);
      using _ = repo;
      for (let k = 0, tries = 0; k < moments.length; k++) {
        publish(moments[k]!.path, path, mods);
        if (k === moments.length - 1) break;
        let document: ConsumersDocument | null = null;
        let words: string[] = [];
        while (document === null) {
          assert.ok(tries++ < 50, "too many releases are refused");
          words = anyWords(random, path, [...mods.keys()]);
          document = await released(repo, words);
        }
        all[k]!.push({ path, document, of: `${words.join(" ")} ${JSON.stringify(document)}` });
        mods.set(document.Version, repo.onRemote("show", `${document.Version}:go.mod`) + "\n");
        if (random.chance(0.5)) change(random, repo, path, mods);
      }
    }
    for (const [k, folder] of moments.entries()) {
      using go = new Go({ GOPROXY: `file://${folder.path}` });
      judge(go, all[k]!, "Before");
      judge(go, all[k - 1] ?? [], "After");
      folder[Symbol.dispose]();
    }
    const queries = all.flat().flatMap(({ document }) => document.Queries);
    const seen = {
      warned: queries.filter((row) => row.Warned).length,
      warns: queries.filter((row) => row.Warns).length,
      changed: queries.filter((row) => row.Before !== row.After).length,
      nothing: queries.filter((row) => row.Before === null || row.After === null).length,
    };
    // A dozen releases need not show everything.
    if (cases(0, 1) === 0) return;
    for (const [what, times] of Object.entries(seen)) assert.ok(times > 0, `no row: ${what}`);
  },
);
