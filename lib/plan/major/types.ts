/** What a new major's rewrite finds and changes: mentions of the old module path, each with its class. */

/** A module path that becomes another one. */
export interface PathChange {
  Old: string;
  New: string;
  /** The version that is coming under the new path. */
  Version: string;
  /**
   * Reports whether an import path that is Old or lies below it is one of this module: not of a
   * module nested in it, of another one that go.mod requires, or of another major.
   */
  owns: (path: string) => boolean;
  /** The module's folder, from the repository's root; "" is the root. Absent: the root. */
  Dir?: string;
  /** What is known of another module of the repository, by the file of its go.mod. */
  others?: (goMod: string) => OtherModule;
}

/** What the go.mod of another module does not say, and what decides whether it follows. */
export interface OtherModule {
  /** Go files of it import packages of the module. */
  Imports: boolean;
  /** A go.work uses both. */
  Workspace: boolean;
}

/** What kind of mention it is: what is chosen together. classes.ts says what each is. */
export type Class =
  | "module"
  | "import"
  | "import-comment"
  | "linkname"
  | "assembly"
  | "generate"
  | "tool"
  | "nested"
  | "ldflags"
  | "proto"
  | "build"
  | "install"
  | "doc-link"
  | "example"
  | "pinned"
  | "url"
  | "generated"
  | "string"
  | "prose"
  | "vendored";

/** One mention of the old path in a file. */
export interface Occurrence {
  /** Counts bytes of the file. */
  At: number;
  /** The line it is on, from 1. */
  Line: number;
  Class: Class;
  /**
   * The bytes of the path as the file writes it, and what would take their place; one character
   * a byte. A version that has to change with the path belongs to it. The same twice: nothing can
   * take its place. New is "" where a line has to go.
   */
  Old: string;
  New: string;
  /** Why it stays, or is to be looked at; absent where the class says all there is to say. */
  Reason?: string;
}

/** A mention, and what becomes of it. One that stays has a Reason: the end of a sentence that begins with the place. */
export interface DecidedOccurrence extends Occurrence {
  Rewritten: boolean;
}

/** The mentions in one file, in their order. */
export interface FileMentions {
  /** As the file will be called, from the repository's root. */
  File: string;
  /** The file that it is a copy of, in the layout "folder". */
  From?: string;
  Occurrences: DecidedOccurrence[];
}

/** What finds the mentions in one kind of file. `text` has one character a byte (latin1). */
export type Finder = (file: string, text: string, change: PathChange) => Occurrence[];
