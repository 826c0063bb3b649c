/** How the go line and the requirements of a go.mod differ from an older one. */
import type { ModFile } from "../go/modfile/mod.ts";
import { compare } from "../go/semver.ts";

/** One difference; absent `Before`: new, absent `After`: gone. */
export interface RequirementChange {
  /** A module path, or `go` for the go line. */
  readonly Path: string;
  readonly Before?: string;
  readonly After?: string;
}

/**
 * What differs, the go line first, then requirements that the module's own code needs, then
 * the indirect ones, each in the order of go.mod; what is gone comes last. Of a path that is
 * required twice the highest version counts, as in minimal version selection (go-rules §10).
 */
export function requirementChanges(before: ModFile, now: ModFile): RequirementChange[] {
  const was = highest(before);
  const is = highest(now);
  const out: RequirementChange[] = [];
  const go = change("go", before.Go?.Version, now.Go?.Version);
  if (go) out.push(go);
  const indirect = new Set(now.Require.filter((r) => r.Indirect).map((r) => r.Path));
  const order = [...is.keys()];
  for (const path of [...order.filter((p) => !indirect.has(p)), ...indirect]) {
    const found = change(path, was.get(path), is.get(path));
    if (found) out.push(found);
  }
  for (const [path, version] of was) {
    if (!is.has(path)) out.push({ Path: path, Before: version });
  }
  return out;
}

function change(
  path: string,
  before: string | undefined,
  after: string | undefined,
): RequirementChange | null {
  if (before === after) return null;
  return {
    Path: path,
    ...(before !== undefined && { Before: before }),
    ...(after !== undefined && { After: after }),
  };
}

function highest({ Require }: ModFile): Map<string, string> {
  const out = new Map<string, string>();
  for (const { Path, Version } of Require) {
    const other = out.get(Path);
    if (other === undefined || compare(Version, other) > 0) out.set(Path, Version);
  }
  return out;
}
