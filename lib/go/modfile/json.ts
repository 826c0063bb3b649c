/** The document of `go mod edit -json` (go-rules §3.12). */
import { edit, type File } from "./file/file.ts";
import { duplicates } from "./file/sort.ts";
import type { Line } from "./syntax.ts";
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
  return fileJSON(edit(mod));
}

/** The same for a file that is being edited. */
export function fileJSON(file: File): ModFileJSON {
  const { Deprecated } = file.Module ?? {};
  const godebug = file.Godebug.filter(({ Key }) => Key !== "");
  const kill = duplicates(file);
  const alive = ({ Syntax }: { Syntax: Line }) => !kill.has(Syntax);
  return {
    Module: {
      Path: file.Module?.Path ?? "",
      ...(Deprecated && { Deprecated }),
    },
    ...(file.Go && { Go: file.Go.Version }),
    ...(file.Toolchain && { Toolchain: file.Toolchain.Name }),
    ...(godebug.length > 0 && { GoDebug: godebug.map(({ Key, Value }) => ({ Key, Value })) }),
    Require: list(file.Require.filter(hasPath), ({ Path, Version, Indirect }) => ({
      Path,
      ...(Version && { Version }),
      ...(Indirect && { Indirect }),
    })),
    Exclude: list(file.Exclude.filter(alive).filter(hasPath), moduleVersion),
    Replace: list(
      file.Replace.filter(alive).filter(({ Old }) => hasPath(Old)),
      ({ Old, New }) => ({ Old: moduleVersion(Old), New: moduleVersion(New) }),
    ),
    Retract: list(file.Retract.filter(({ Low, High }) => Low !== "" || High !== ""), retractJSON),
    Tool: list(file.Tool.filter(alive), ({ Path }) => ({ Path })),
    Ignore: list(file.Ignore.filter(alive), ({ Path }) => ({ Path })),
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
