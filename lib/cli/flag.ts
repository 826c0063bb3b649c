/** One flag: how it is written, and what it is worth to a command. */
import type { Command } from "./commands.ts";

/**
 * How a flag is written: `--x` (switch), `--no-x` (off), both (either),
 * `--x VALUE` (text), the same several times (list), `--x 5m` and `--no-x` (duration).
 */
export type FlagKind = "switch" | "off" | "either" | "text" | "list" | "duration";

export interface FlagRow {
  readonly kind: FlagKind;
  /** The name after `--`, without `no-`; absent: only the letter exists. */
  readonly long?: string;
  readonly letter?: string;
  /** The name of the value in help. */
  readonly value?: string;
  readonly on: "everywhere" | readonly Command[];
  /** `GOREL_…` is its default. */
  readonly env?: true;
  readonly help: string;
}

/** Reports whether a flag of this kind has a `--no-x` of its own, whatever its default. */
export function hasNegative(kind: FlagKind): boolean {
  return kind === "off" || kind === "either" || kind === "duration";
}

/** What a command gets for a flag of each kind. */
export interface ValueOf {
  switch: boolean;
  /** True unless `--no-x` was given. */
  off: boolean;
  either: boolean | undefined;
  text: string | undefined;
  list: readonly string[];
  /** Milliseconds; 0 for `--no-x`. */
  duration: number | undefined;
}

/** The value of a flag about which nobody said anything. */
export const unsaid: Readonly<ValueOf> = {
  switch: false,
  off: true,
  either: undefined,
  text: undefined,
  list: [],
  duration: undefined,
};
