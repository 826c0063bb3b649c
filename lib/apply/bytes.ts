/** The bytes that a write step stands for, and the blob id they must have. */
import { Refused } from "../problem.ts";
import { blobOid } from "../git/objects.ts";
import type { Repository } from "../git/repository.ts";
import { applyEdits } from "../go/modfile/mod.ts";
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
    : applyEdits(
      step.Before === null ? new Uint8Array() : await read(step.Before),
      step.Edits ?? [],
    );
  if (blobOid(bytes, repo.ObjectFormat) !== step.After) {
    throw new Refused([
      planInvalid(`The plan's bytes of ${step.File} are not the blob ${step.After} it names.`),
    ]);
  }
  return bytes;
}
