/** A plan as the screens hold it: what became of the wish for one, and what it was read with. */
import type { Facts } from "../facts/types.ts";
import type { Plan } from "../plan/types.ts";
import type { Problem } from "../problem.ts";

/** Files by their blob's id, as they are before a plan writes them; those that are not too long. */
export type Blobs = ReadonlyMap<string, Uint8Array>;

/** Whether exactly the commands of a plan were agreed to here; `asking`: it is being remembered. */
export interface Agreement {
  /** What `--agree` takes. */
  readonly Digest: string;
  readonly State: "open" | "asking" | "agreed";
}

/** What became of the latest wish for a plan. */
export type Planning =
  | { readonly State: "asking"; readonly Ticket: number; readonly Since: number }
  | {
    readonly State: "planned";
    readonly Ticket: number;
    readonly Plan: Plan;
    readonly Facts: Facts;
    readonly Before?: Blobs;
    /** Of a plan with commands; without it nobody has agreed to them. */
    readonly Agreement?: Agreement;
  }
  | { readonly State: "refused"; readonly Ticket: number; readonly Problems: readonly Problem[] }
  | { readonly State: "nothing"; readonly Ticket: number; readonly Why: string };
