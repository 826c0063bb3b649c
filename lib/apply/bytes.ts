/** The bytes that write steps stand for, the blob ids they must have, and the tree they give. */
import { Refused } from "../problem.ts";
import { blobOid } from "../git/objects.ts";
import { type Planned, planned } from "../git/planned.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { applyEdits } from "../go/modfile/mod.ts";
import { encodeText } from "../go/modfile/utf8.ts";
import { encode } from "../text.ts";
import { planInvalid } from "./parse.ts";
import type { WriteStep } from "../plan/types.ts";

/**
 * The planned content of a file; null when the step deletes it. Refused when the
 * result is not the blob that the step names: the plan was altered.
 */
function bytesOf(
  repo: Repository,
  step: WriteStep,
  blobs: ReadonlyMap<string, Uint8Array>,
): Uint8Array | null {
  if (step.After === null) return null;
  const bytes = wholeOf(step) ??
    edited(step, step.Before === null ? new Uint8Array() : blobs.get(step.Before)!);
  if (bytes === null || blobOid(bytes, repo.ObjectFormat) !== step.After) {
    throw new Refused([
      planInvalid(`The plan's bytes of ${step.File} are not the blob ${step.After} it names.`),
    ]);
  }
  return bytes;
}

/** The content of a file that its step holds as a whole; null where it is an edit, or goes away. */
export function wholeOf({ Text, Base64 }: WriteStep): Uint8Array | null {
  if (Text !== undefined) return encode(Text);
  return Base64 === undefined ? null : Uint8Array.fromBase64(Base64);
}

/** Trees by the first of their write steps: looked at, proven and made, each is worked out once. */
const made = new WeakMap<
  WriteStep,
  { Base: string; Writes: readonly WriteStep[]; Tree: Planned }
>();

/** The tree that a commit's write steps make of the one they begin with. Refused as `bytesOf` refuses. */
export async function treeOf(
  repo: Repository,
  base: Snapshot,
  writes: readonly WriteStep[],
): Promise<Planned> {
  const [first] = writes;
  const known = first && made.get(first);
  const same = known?.Base === base.Tree && known.Writes.length === writes.length &&
    known.Writes.every((write, i) => write === writes[i]);
  if (same) return known.Tree;
  const edits = writes.flatMap(({ Edits, Before }) => Edits && Before !== null ? [Before] : []);
  const blobs = await base.readMany([...new Set(edits)]);
  const changes = writes.map((write) => ({
    Path: write.File,
    Mode: write.Mode,
    Bytes: bytesOf(repo, write, blobs),
  }));
  const Tree = await planned(base, changes, repo);
  if (first) made.set(first, { Base: base.Tree, Writes: writes, Tree });
  return Tree;
}

/** The edits made; null where one does not find what it says it replaces. */
function edited({ Edits = [] }: WriteStep, before: Uint8Array): Uint8Array | null {
  const found = Edits.every(({ At, Old }) => {
    const old = encodeText(Old);
    const there = before.subarray(At, At + old.length);
    return At <= before.length && there.length === old.length &&
      there.every((byte, i) => byte === old[i]);
  });
  return found ? applyEdits(before, Edits) : null;
}
