/** The values that a flag may have. */
import { codes, kindOf } from "../../problem.ts";
import { classes, classNames } from "../../plan/major/classes.ts";
import type { FlagName } from "../flags.ts";
import type { Here } from "./here.ts";
import type { Candidate, Reply } from "./reply.ts";
import type { Situation } from "./situation.ts";
import { modules, revisions } from "./versions.ts";
import { requiredModules } from "./queries.ts";

type Values = (at: Situation, here: Here) => Reply | Promise<Reply>;

/**
 * Texts that only a person can write have none, and nor has `--agree`: a digest that is
 * completed is not read.
 */
const table: Partial<Record<FlagName, Values>> = {
  chdir: () => "folders",
  output: () => "files",
  module: (at, here) => modules(here, at, true),
  remote: async (_, here) => plain(await here.remotes()),
  pre: () => plain(["rc", "beta", "alpha"]),
  wait: () => plain(["30s", "5m", "15m", "1h"]),
  include: async (at, here) => fileByFile(await here.changed(), at.begun),
  accept: () => acceptable(),
  layout: () => [
    { Value: "root", Help: "the new major lives here" },
    { Value: "folder", Help: "the new major lives in a folder vN" },
  ],
  rewrite: mentions,
  leave: mentions,
  from: (at, here) => revisions(here, at),
  why: (_, here) => requiredModules(here),
};

/** What may stand behind a flag, or its `=`. */
export async function valuesOf(flag: FlagName, at: Situation, here: Here): Promise<Reply> {
  return await table[flag]?.(at, here) ?? [];
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((Value) => ({ Value }));
}

/** The problems that `--accept` lets through; a reason goes on behind each. */
async function acceptable(): Promise<Candidate[]> {
  const { codesDocument } = await (import("../explain/codes.ts" as string) as Promise<
    typeof import("../explain/codes.ts")
  >);
  const short = new Map(codesDocument().List?.map(({ Name, Text }) => [Name, Text]));
  return codes.filter((code) => kindOf(code).accept !== "never")
    .map((code) => ({ Value: `${code}=`, Help: short.get(code)?.replace(/^[^:]*: /, "") ?? "" }));
}

async function mentions(at: Situation, here: Here): Promise<Candidate[]> {
  return [
    ...classNames.map((name) => ({ Value: name, Help: classes[name].what })),
    ...fileByFile(await here.tracked(at.begun), at.begun),
  ];
}

/** Paths as far as the next folder, as shells complete files. */
function fileByFile(paths: readonly string[], begun: string): Candidate[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (!path.startsWith(begun)) continue;
    const slash = path.indexOf("/", begun.length);
    found.add(slash < 0 ? path : path.slice(0, slash + 1));
  }
  return plain([...found]);
}
