/** A go.mod file as Go understands it, and what it refuses in one. */
import type { FileSyntax } from "./syntax.ts";

/** Go's finding at a place of a go.mod file; `errorText` makes the go command's line of it. */
export interface ModError {
  File: string;
  /** From 1. */
  Line: number;
  /** In characters from 1; absent for the first one. */
  Col?: number;
  /** The directive and the module it is about, where the go command names them. */
  Verb?: string;
  ModPath?: string;
  Text: string;
}

/** The go command's text of an error: `go.mod:3: require m: version "x" invalid: …`. */
export function errorText(e: ModError): string {
  const place = e.Col === undefined ? `${e.File}:${e.Line}` : `${e.File}:${e.Line}:${e.Col}`;
  const about = e.Verb === undefined ? "" : e.ModPath ? `${e.Verb} ${e.ModPath}: ` : `${e.Verb}: `;
  return `${place}: ${about}${e.Text}`;
}

/** The same in one line: Go says in two how a replacement is written. */
export function errorLine(e: ModError): string {
  return errorText(e).replace(/\n\s*/g, " ");
}

export interface Module {
  Path: string;
  /** The deprecation message; absent if there is none. */
  Deprecated?: string;
  Line: number;
}

/** A module path and, where one is named, a version. */
export interface ModuleVersion {
  Path: string;
  Version?: string;
}

export interface Require {
  Path: string;
  Version: string;
  Indirect: boolean;
  Line: number;
}

export interface Exclude {
  Path: string;
  Version: string;
  Line: number;
}

export interface Replace {
  Old: ModuleVersion;
  New: ModuleVersion;
  Line: number;
}

/** A closed interval of versions, as written; a single version has Low = High. */
export interface VersionInterval {
  Low: string;
  High: string;
}

export interface Retract extends VersionInterval {
  /** "" if none is given. */
  Rationale: string;
  Line: number;
}

/** The typed view. Each `Line` is that of the entry, from 1; lists are in file order. */
export interface ModFile {
  Module?: Module;
  Go?: { Version: string; Line: number };
  Toolchain?: { Name: string; Line: number };
  Godebug: { Key: string; Value: string; Line: number }[];
  Require: Require[];
  Exclude: Exclude[];
  Replace: Replace[];
  Retract: Retract[];
  Tool: { Path: string; Line: number }[];
  Ignore: { Path: string; Line: number }[];
  /** What the view was read from. */
  Syntax: FileSyntax;
}
