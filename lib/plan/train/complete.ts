/** The lines of go.sum that the tagged tree of a train lacks because its modules need each other. */
import { join } from "node:path/posix";
import type { Repository } from "../../git/repository.ts";
import type { Snapshot } from "../../git/tree.ts";
import { formatGoSum, goSumLines, parseGoSum } from "../../go/gosum.ts";
import { keyOf } from "../../go/mvs.ts";
import { parse } from "../../go/modfile/mod.ts";
import { Draft } from "../draft.ts";
import type { Tag } from "../../git/refs.ts";
import { knownOf } from "./known.ts";
import { needsOf } from "./needs.ts";

/** A release of a train, with its hashes. */
export interface Sealed {
  Path: string;
  Dir: string;
  Version: string;
  Sum: string;
  GoModSum: string;
}

/** The go.sum files of a train as they would be with every line that they need of each other. */
export async function completeSums(
  repo: Repository,
  tagged: Snapshot,
  tags: ReadonlyMap<string, Tag>,
  releases: readonly Sealed[],
): Promise<{ Path: string; Mode: string; Bytes: Uint8Array }[]> {
  const coming = new Map(releases.map(({ Path, Version }) => [Path, Version]));
  const facts = {
    Repo: { Git: repo, Tags: tags },
    Remote: { State: "skipped" as const, Why: "" },
    Modules: [],
  };
  const known = await knownOf(new Draft(repo, tagged), facts, coming);
  const hashes = releases.flatMap((release) => goSumLines(release, release));
  return await Promise.all(releases.map(async ({ Dir }) => {
    const [mod, sums] = await Promise.all(
      ["go.mod", "go.sum"].map((name) => tagged.readFile(join(Dir, name))),
    );
    const needs = await needsOf(parse("go.mod", mod?.Bytes ?? new Uint8Array()).Mod, Dir, known);
    const needed = new Set([
      ...(needs?.Zips ?? []).map(keyOf),
      ...(needs?.GoMods ?? []).map((m) => `${keyOf(m)}/go.mod`),
    ]);
    const { Lines } = parseGoSum("go.sum", sums?.Bytes ?? "");
    const have = new Set(Lines.map(keyOf));
    const more = hashes.filter((line) => needed.has(keyOf(line)) && !have.has(keyOf(line)));
    return {
      Path: join(Dir, "go.sum"),
      Mode: sums?.Entry.Mode ?? "100644",
      Bytes: formatGoSum([...Lines, ...more]),
    };
  }));
}
