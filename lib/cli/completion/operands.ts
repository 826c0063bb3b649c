/** The operands that a command may have at the cursor. */
import { type Command, commandNames, commandOf, commands } from "../commands.ts";
import { helpOf } from "../help.ts";
import type { Here } from "./here.ts";
import { moduleVersions, queries } from "./queries.ts";
import type { Candidate, Reply } from "./reply.ts";
import type { Situation } from "./situation.ts";
import { comingVersions, moduleOf, modules, revisions, versionsOf } from "./versions.ts";

type Operands = (at: Situation, here: Here) => Reply | Promise<Reply>;

const dirs: Operands = (at, here) => modules(here, at);

const table: Partial<Record<Command, Operands>> = {
  patch: dirs,
  minor: dirs,
  major: dirs,
  prerelease: dirs,
  release: dirs,
  auto: dirs,
  version: dirs,
  retract: retractable,
  unretract: retracted,
  apply: () => "files",
  resume: async (_, here) => (await here.unfinished()).map((Value) => ({ Value })),
  check: async (at, here) => [...await comingVersions(here, at), ...await versionsOf(here, at)],
  versions: async (_, here) =>
    (await here.modules()).filter((m) => m.Releasable)
      .map(({ Path, FromHere }) => ({ Value: Path, Help: FromHere })),
  query: (at, here) => queries(here, at),
  graph: (at, here) => moduleVersions(here, at),
  hash: (at, here) => revisions(here, at),
  verify: async (at, here) => [
    ...at.begun.includes("@") ? [] : await versionsOf(here, at),
    // A module is named where another one is meant than that of the versions above.
    ...at.begun === "" ? [] : await moduleVersions(here, at, true),
  ],
  explain,
  completion: shellNames,
};

/** The operands that may stand at the cursor; null where the command takes no more. */
export async function operandsOf(at: Situation, here: Here): Promise<Reply | null> {
  if (at.command === "help") return at.operands.length > 0 ? [] : await helped();
  const command = at.planned ? commandOf(at.planned) : at.command;
  if (command === undefined) return [];
  // Behind `graph --consumers` stands a release, else one module.
  const most = command === "graph" ? 1 : commands[command].most;
  if (at.operands.length >= most) return null;
  return await table[command]?.(at, here) ?? [];
}

/** Versions that are not retracted yet, and the ends of a range. */
async function retractable(at: Situation, here: Here): Promise<Candidate[]> {
  const dots = at.begun.indexOf("..");
  const [module, { compare }, { coveredBy }] = await Promise.all([
    moduleOf(here, at),
    import("../../go/semver.ts" as string) as Promise<typeof import("../../go/semver.ts")>,
    import("../../go/retract.ts" as string) as Promise<typeof import("../../go/retract.ts")>,
    here.tags(),
  ]);
  if (dots >= 0) {
    const low = at.begun.slice(0, dots);
    const end = { ...at, begun: at.begun.slice(dots + 2) };
    return (await versionsOf(here, end, module)).filter(({ Value }) => compare(Value, low) > 0)
      .map(({ Value }) => ({ Value: `${low}..${Value}` }));
  }
  const isRetracted = coveredBy((await here.goMod(module))?.Retract ?? []);
  return (await versionsOf(here, at, module))
    .filter(({ Value }) => !isRetracted(Value) && !at.operands.includes(Value));
}

/** What go.mod retracts, as it says it: a part of a range cannot be taken back. */
async function retracted(at: Situation, here: Here): Promise<Candidate[]> {
  const [mod, { intervalText }] = await Promise.all([
    moduleOf(here, at).then((module) => here.goMod(module)),
    import("../values.ts" as string) as Promise<typeof import("../values.ts")>,
  ]);
  return (mod?.Retract ?? []).map((one) => ({ Value: intervalText(one), Help: one.Rationale }))
    .filter(({ Value }) => !at.operands.includes(Value)).reverse();
}

async function shellNames(): Promise<Candidate[]> {
  const { shells } = await (import("./scripts.ts" as string) as Promise<
    typeof import("./scripts.ts")
  >);
  return shells.map((Value) => ({ Value }));
}

async function explain(at: Situation, here: Here): Promise<Candidate[]> {
  const [found, list] = await Promise.all([
    at.begun === "" ? [] : versionsOf(here, at),
    topicsAndCodes(at.begun !== ""),
  ]);
  return [{ Value: "go.mod", Help: "the file, line by line" }, ...list, ...found];
}

async function helped(): Promise<Candidate[]> {
  const words = commandNames.filter((name) => name !== "version")
    .map((name) => ({ Value: name as string, Help: helpOf(name).summary }));
  const named = new Set(words.map(({ Value }) => Value));
  const others = (await topicsAndCodes(true)).filter(({ Value }) => !named.has(Value));
  return [...words, { Value: "topics", Help: "all topics" }, ...others];
}

/** Topics with a line each; with `all` the problem codes, too. */
async function topicsAndCodes(all: boolean): Promise<Candidate[]> {
  const [{ topicsDocument }, { codesDocument }] = await Promise.all([
    import("../explain/topics.ts" as string) as Promise<typeof import("../explain/topics.ts")>,
    import("../explain/codes.ts" as string) as Promise<typeof import("../explain/codes.ts")>,
  ]);
  const { List: topics = [] } = topicsDocument();
  const { List: codes = [] } = all ? codesDocument() : {};
  return [
    { Value: "codes", Help: "all problem codes" },
    ...[...topics, ...codes].map(({ Name, Text }) => ({ Value: Name, Help: Text })),
  ];
}
