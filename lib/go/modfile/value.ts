/** The values of a go.mod line: strings, versions, intervals (go-rules §3.3, §3.5, §3.6). */
import { canonicalVersion } from "../module.ts";
import { autoQuote, quote, unquote } from "./strconv.ts";
import type { VersionInterval } from "./types.ts";

/** What is wrong with a value, and the directive and module Go names with it. */
export interface BadValue {
  Verb?: string;
  ModPath?: string;
  Text: string;
}

/** A value, or why there is none. */
export type Value<T> = { Value: T; Bad?: never } | { Value?: never; Bad: BadValue };

/**
 * The tokens of a line after the verb, or of a block's entry. Reading a value
 * puts its shortest spelling in the token's place, as Go does before it formats.
 */
export class Arguments {
  readonly #tokens: string[];
  readonly #first: number;

  constructor(tokens: string[], first: number) {
    this.#tokens = tokens;
    this.#first = first;
  }

  get length(): number {
    return this.#tokens.length - this.#first;
  }

  /** The token as written; "" behind the last one. */
  at(i: number): string {
    return this.#tokens[this.#first + i] ?? "";
  }

  set(i: number, token: string): void {
    this.#tokens[this.#first + i] = token;
  }

  /** A string, quoted or not. */
  string(i: number): Value<string> {
    const token = this.at(i);
    const quoted = token.startsWith('"');
    if (!quoted && /["'`]/.test(token)) return bad("unquoted string cannot contain quote");
    const text = quoted ? unquote(token) : token;
    if (text === null) return bad("invalid syntax");
    this.set(i, autoQuote(text));
    return { Value: text };
  }

  /** A version as it is written. Bad ones are named with the directive and, if given, the module. */
  rawVersion(i: number, verb: string, path = ""): Value<string> {
    const read = this.string(i);
    if (read.Bad) return { Bad: badVersion(verb, path, this.at(i), read.Bad.Text) };
    this.set(i, read.Value);
    return read;
  }

  /** A version of a module in its canonical form. */
  version(i: number, verb: string, path: string): Value<string> {
    const read = this.rawVersion(i, verb, path);
    if (read.Bad) return read;
    const version = canonicalVersion(read.Value);
    if (version === "") {
      return { Bad: badVersion(verb, path, read.Value, "must be of the form v1.2.3") };
    }
    this.set(i, version);
    return { Value: version };
  }

  /** An interval, its versions as they are written, and how many tokens it takes. */
  interval(verb: string): Value<VersionInterval & { Taken: number }> {
    if (this.length === 0 || this.at(0) === "(") return bad("expected '[' or version");
    if (this.at(0) !== "[") {
      const only = this.rawVersion(0, verb);
      return only.Bad ? only : { Value: { Low: only.Value, High: only.Value, Taken: 1 } };
    }
    if (this.length === 1) return bad("expected version after '['");
    const low = this.rawVersion(1, verb);
    if (low.Bad) return low;
    if (this.at(2) !== ",") return bad("expected ',' after version");
    if (this.length === 3) return bad("expected version after ','");
    const high = this.rawVersion(3, verb);
    if (high.Bad) return high;
    if (this.at(4) !== "]") return bad("expected ']' after version");
    return { Value: { Low: low.Value, High: high.Value, Taken: 5 } };
  }
}

/** A version that Go refuses, in its words. */
export function badVersion(verb: string, path: string, version: string, reason: string): BadValue {
  return { Verb: verb, ModPath: path, Text: `version ${quote(version)} invalid: ${reason}` };
}

function bad(text: string): { Bad: BadValue } {
  return { Bad: { Text: text } };
}

/** Reports whether a replacement is a directory, in the spelling of any system. */
export function isDirectoryPath(path: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(path);
}

/** Reports whether text is a name of a `toolchain` line; what follows `go1.` a later Go may know. */
export function isToolchain(text: string): boolean {
  return /^default$|^go1(?:$|\.)/.test(text);
}
