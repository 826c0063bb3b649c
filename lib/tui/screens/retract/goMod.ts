/** Reading a go.mod that came back from the editor: only its `retract` lines may differ. */
import type { Interval } from "../../../choices.ts";
import {
  errorText,
  mainModuleErrors,
  type ModFile,
  parse,
  sameInterval,
  unretractEdit,
} from "../../../go/modfile/mod.ts";
import { covers } from "../../../go/retract.ts";
import { decode, encode } from "../../../text.ts";

/** The retraction that an edited go.mod asks for. */
export interface Reading {
  readonly Retract: readonly Interval[];
  /** Absent when nothing is retracted any more. */
  readonly Reason?: string;
  /** The coming version is among them. */
  readonly Self: boolean;
}

/**
 * What was added to the retractions of `before`, which is the carrier's go.mod without the
 * draft. Otherwise one sentence why nothing can be taken over.
 */
export function readGoMod(before: Uint8Array, text: string, coming: string): Reading | string {
  const after = encode(text);
  const parsed = parse("go.mod", after);
  const { Mod } = parsed;
  const [error] = mainModuleErrors(parsed);
  if (error) return `Nothing was taken over: ${errorText(error)}.`;
  const old = parse("go.mod", before).Mod;
  const without = [withoutRetracts(before, old), withoutRetracts(after, Mod)];
  if (without[0] !== without[1]) {
    return "Only retract lines can be changed here, and more was: nothing was taken over.";
  }
  const gone = old.Retract.find((r) => !Mod.Retract.some((other) => sameInterval(other, r)));
  if (gone) {
    return `The line that retracts ${gone.Low} stays, older releases need it: nothing was taken over.`;
  }
  const added = Mod.Retract.filter((r) =>
    !old.Retract.some((other) => sameInterval(other, r) && other.Rationale === r.Rationale)
  );
  const reasons = new Set(added.map((r) => r.Rationale));
  if (reasons.size > 1) {
    return "One release gives one reason for all it retracts: nothing was taken over.";
  }
  const [Reason] = reasons;
  const own = (i: Interval) => i.Low === coming && i.High === coming;
  return {
    Retract: added.filter((i) => !own(i)).map(({ Low, High }) => ({ Low, High })),
    ...(Reason !== undefined && { Reason: Reason.replaceAll("\n", " ") }),
    Self: added.some((i) => covers(i, coming)),
  };
}

/** All of a go.mod but its retractions, blank lines left out. */
function withoutRetracts(bytes: Uint8Array, mod: ModFile): string {
  const { After, Error } = unretractEdit(bytes, mod.Retract);
  if (Error !== undefined) return Error;
  return decode(After).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "")
    .join("\n");
}
