/** What a GOPROXY list can answer, as values. */

/** One proxy that did not give what was asked for. */
export type Refusal = NotFound | Failure;

/** 404 and 410 alone: what lets a "," list go on. */
export interface NotFound {
  State: "not-found";
  Status: number;
  /** The server's own words, cleaned, else ours; up to nine lines. */
  Words: string;
  /** The proxy, without credentials. */
  From: string;
}

/** Everything else; 403 is a failure, as in go. */
export interface Failure {
  State: "failed";
  /** The HTTP status; absent when there was no answer, or one that cannot be used. */
  Status?: number;
  Words: string;
  /** Absent when nobody could be asked: the list or the name is wrong. */
  From?: string;
}

/** The list ended in `direct` or `off`, after `Asked` had refused; `Why` says what decided it. */
export interface End<State extends "direct" | "off"> {
  State: State;
  Why: string;
  Asked: Refusal[];
}

/** The answer of a whole list. */
export type Answer<T> =
  | { State: "ok"; Value: T; From: string }
  | NotFound
  | Failure
  | End<"direct">
  | End<"off">;

/** `.info` and `@latest`. Fields beyond Version are there when the proxy gives them. */
export interface Info {
  Version: string;
  /** RFC 3339. */
  Time?: string;
  Origin?: { Hash?: string; Ref?: string; URL?: string };
}

/**
 * Reports whether a refusal means "not there yet". The go command takes 404 and 410 for
 * that alone, but real proxies answer 403 too for a version they do not know.
 */
export function notThere(refusal: Refusal): boolean {
  return refusal.State === "not-found" || refusal.Status === 403;
}

/** A refusal in one line: status and words. */
export function refusalText(refusal: Refusal): string {
  const words = refusal.Words.replaceAll("\n", " ");
  const status = refusal.Status === undefined || words.startsWith(String(refusal.Status))
    ? ""
    : `${refusal.Status}: `;
  return status + words + (refusal.From === undefined ? "" : ` (${refusal.From})`);
}
