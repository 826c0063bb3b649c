/** What is known around a go.mod when its lines are explained; what is absent was not asked or is not there. */
import type { VersionInterval } from "../../go/modfile/mod.ts";
import type { Retract } from "../../go/retract.ts";

/** A module of the same repository. */
export interface Sibling {
  Path: string;
  /** Folder from the repository's root. */
  Dir: string;
  TagPrefix: string;
}

/** The versions of the explained module, as its users can get them. */
export interface OwnVersions {
  /** Ascending. */
  All: readonly string[];
  /** What go list -versions has of them, +incompatible ones too, retracted or not. */
  Listed: readonly string[];
  /** What `@latest` gives; null when nothing matches. */
  Latest: string | null;
  /** The version whose go.mod retractions and deprecation are read from. */
  Source: string | null;
  /** What that go.mod retracts: in force now. */
  Retracts: readonly Retract[];
  /** The deprecation in force. */
  Deprecated?: string;
  /** Which versions `@latest` and the like choose from, with these retractions. */
  query(q: string, retracts: readonly Retract[]): string | null;
}

/** What the proxy says of a required module. */
export interface Required {
  Retracted: string[] | null;
  Deprecated?: string;
  /** The highest version there that is not retracted. */
  Latest: string | null;
}

/** What the lines of a go.mod are explained with. */
export interface Around {
  /** As the file is called here: `go.mod`, `sub/go.mod`. */
  File: string;
  /** The module's folder from the repository's root; absent without a repository. */
  Dir?: string;
  Siblings: readonly Sibling[];
  /** Tags of the repository by name. */
  Tags: ReadonlySet<string>;
  Own?: OwnVersions;
  /** The Go here: `1.26.8`. */
  GoVersion?: string;
  /** Asked for single lines only. */
  Required?: Required;
}

/** An interval as go.mod writes it. */
export function intervalText({ Low, High }: VersionInterval): string {
  return Low === High ? Low : `[${Low}, ${High}]`;
}
