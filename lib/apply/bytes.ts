/** The bytes that a write step stands for, and the blob id they must have. */
import { Refused } from "../problem.ts";
import { blobOid } from "../git/objects.ts";
import type { Repository } from "../git/repository.ts";
import { applyEdits } from "../go/modfile/mod.ts";
import { encodeText } from "../go/modfile/utf8.ts";
import { encode } from "../text.ts";
import { planInvalid } from "./parse.ts";
import type { WriteStep } from "../plan/types.ts";

/**
 * The planned content of a file; null when the step deletes it. Refused when the
 * result is not the blob that the step names: the plan was altered.
 */
export async function bytesOf(
  repo: Repository,
  step: WriteStep,
  read: (oid: string) => Promise<Uint8Array>,
): Promise<Uint8Array | null> {
  if (step.After === null) return null;
  const bytes = step.Text !== undefined
    ? encode(step.Text)
    : step.Base64 !== undefined
    ? Uint8Array.fromBase64(step.Base64)
    : edited(step, step.Before === null ? new Uint8Array() : await read(step.Before));
  if (bytes === null || blobOid(bytes, repo.ObjectFormat) !== step.After) {
    throw new Refused([
      planInvalid(`The plan's bytes of ${step.File} are not the blob ${step.After} it names.`),
    ]);
  }
  return bytes;
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
