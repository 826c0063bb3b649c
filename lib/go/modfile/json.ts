/** The document of `go mod edit -json` (go-rules §3.12). */
import type { ModFile, ModuleVersion, VersionInterval } from "./types.ts";

/** A list is null when empty; absent are empty strings and false. */
export interface ModFileJSON {
  Module: { Path: string; Deprecated?: string };
  Go?: string;
  Toolchain?: string;
  GoDebug?: { Key: string; Value: string }[];
  Require: { Path: string; Version?: string; Indirect?: true }[] | null;
  Exclude: ModuleVersion[] | null;
  Replace: { Old: ModuleVersion; New: ModuleVersion }[] | null;
  Retract: RetractJSON[] | null;
  Tool: { Path: string }[] | null;
  Ignore: { Path: string }[] | null;
}

export interface RetractJSON {
  Low?: string;
  High?: string;
  Rationale?: string;
}

/**
 * What `go mod edit -json` prints for a file, as a value with its keys in the
 * same order. Like it this leaves out duplicates (of `exclude tool ignore` the
 * first counts, of `replace` the last) and entries whose path or key is empty.
 */
export function toJSON(mod: ModFile): ModFileJSON {
  const { Deprecated } = mod.Module ?? {};
  const godebug = mod.Godebug.filter(({ Key }) => Key !== "");
  return {
    Module: {
      Path: mod.Module?.Path ?? "",
      ...(Deprecated && { Deprecated }),
    },
    ...(mod.Go && { Go: mod.Go.Version }),
    ...(mod.Toolchain && { Toolchain: mod.Toolchain.Name }),
    ...(godebug.length > 0 && { GoDebug: godebug.map(({ Key, Value }) => ({ Key, Value })) }),
    Require: list(mod.Require.filter(hasPath), ({ Path, Version, Indirect }) => ({
      Path,
      ...(Version && { Version }),
      ...(Indirect && { Indirect }),
    })),
    Exclude: list(distinct(mod.Exclude).filter(hasPath), moduleVersion),
    Replace: list(
      distinct(mod.Replace.toReversed(), ({ Old }) => Old).toReversed()
        .filter(({ Old }) => hasPath(Old)),
      ({ Old, New }) => ({ Old: moduleVersion(Old), New: moduleVersion(New) }),
    ),
    Retract: list(mod.Retract.filter(({ Low, High }) => Low !== "" || High !== ""), retractJSON),
    Tool: list(distinct(mod.Tool), ({ Path }) => ({ Path })),
    Ignore: list(distinct(mod.Ignore), ({ Path }) => ({ Path })),
  };
}

/** One entry of the document's `Retract`. */
function retractJSON(
  { Low, High, Rationale }: VersionInterval & { Rationale: string },
): RetractJSON {
  return {
    ...(Low && { Low }),
    ...(High && { High }),
    ...(Rationale && { Rationale }),
  };
}

function moduleVersion({ Path, Version }: ModuleVersion): ModuleVersion {
  return { Path, ...(Version && { Version }) };
}

function list<T, U>(items: readonly T[], one: (item: T) => U): U[] | null {
  return items.length > 0 ? items.map(one) : null;
}

function hasPath({ Path }: ModuleVersion): boolean {
  return Path !== "";
}

/** The first item of each path and version. */
function distinct<T extends ModuleVersion>(items: readonly T[]): T[];
function distinct<T>(items: readonly T[], of: (item: T) => ModuleVersion): T[];
function distinct<T>(
  items: readonly T[],
  of: (item: T) => ModuleVersion = (item) => item as ModuleVersion,
): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const { Path, Version = "" } = of(item);
    const key = JSON.stringify([Path, Version]);
    return !seen.has(key) && seen.add(key);
  });
}
