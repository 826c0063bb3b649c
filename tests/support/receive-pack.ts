/** A `git receive-pack` that breaks off at the moment it is told to, for transports that are only pipes. */
import { join } from "node:path";

/**
 * When a connection breaks. "cut-before": the server has told its refs and gets nothing;
 * "cut-during": it gets half of the pack; "cut-after": it applies all, and its answer is lost;
 * "half-answer": half of the answer arrives.
 */
export type Cut = "cut-before" | "cut-during" | "cut-after" | "half-answer";

export const cuts: readonly Cut[] = ["cut-before", "cut-during", "cut-after", "half-answer"];

/** Bytes that hold the commands of a release, and the beginning of its pack. */
export const halfAPush = 450;

/** Writes the program into a folder and gives its path; the fault is read anew at every start. */
export function receivePack(folder: string): string {
  const program = join(folder, "receive-pack");
  const script = `#!/bin/sh
told=$(git receive-pack --http-backend-info-refs "$1" | wc -c)
case $(cat '${join(folder, "fault")}' 2>/dev/null) in
  gone) exit 1 ;;
  cut-before) git receive-pack "$1" </dev/null ;;
  cut-during) head -c ${halfAPush} | git receive-pack "$1" | head -c $told ;;
  cut-after) git receive-pack "$1" | head -c $told ;;
  half-answer) git receive-pack "$1" | dd bs=1 count=$((told + 30)) status=none ;;
  *) exec git receive-pack "$1" ;;
esac
`;
  Deno.writeTextFileSync(program, script, { mode: 0o755 });
  return program;
}

/** Sets what goes wrong from now on. */
export function setFault(folder: string, fault: Cut | "gone" | "none"): void {
  Deno.writeTextFileSync(join(folder, "fault"), fault);
}
