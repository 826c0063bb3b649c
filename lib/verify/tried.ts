/** The outcome of one try of a rung, and what the rungs hand on to each other. */
import { type Answer, refusalText } from "../proxy/answer.ts";
import type { Problem } from "../problem.ts";
import type { RemoteTags } from "./doors.ts";

/** What one try of a rung found. `InVain`: trying again changes nothing. */
export type Tried =
  | { State: "ok" | "skipped" | "not-asked"; Detail: string }
  | { State: "waiting"; Detail: string; InVain?: true }
  | { State: "failed"; Problem: Problem };

/** What the rungs below have seen. */
export interface Seen {
  /** Why there is no proxy to ask: the remote answers instead. */
  unproxied?: string;
  tags?: RemoteTags["Tags"];
  list?: string[];
  mod?: Uint8Array;
  sum?: string;
  goModSum?: string;
}

/** What an answer that is not "ok" means to a rung. */
export function refused(answer: Exclude<Answer<unknown>, { State: "ok" }>): Tried {
  if (answer.State === "not-found" || answer.State === "failed") {
    // Without a proxy behind it the setting itself is wrong.
    const inVain = answer.From === undefined && answer.State === "failed";
    return { State: "waiting", Detail: refusalText(answer), ...(inVain && { InVain: true }) };
  }
  if (answer.Asked.length === 0) return { State: "skipped", Detail: answer.Why };
  return { State: "waiting", Detail: answer.Asked.map(refusalText).join("; ") };
}
