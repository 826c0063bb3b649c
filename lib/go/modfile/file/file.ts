/**
 * A go.mod file while it is edited: the directives, each with its line in the
 * syntax tree, as golang.org/x/mod/modfile's File. The edits of this folder
 * are that type's methods (go-rules §3.10); unlike the edits of text beside
 * it, what they give is printed anew, as `go mod edit` and `go mod tidy` do.
 */
import { entriesOf } from "../edit.ts";
import { formatSyntax } from "../format.ts";
import type { FileSyntax, Line } from "../syntax.ts";
import type { Exclude, ModFile, Module, Replace, Require, Retract } from "../types.ts";
import { encodeText } from "../utf8.ts";
import { newLine } from "./line.ts";

/** What a directive says, and the line that says it. */
export type Directive<T> = Omit<T, "Line"> & { Syntax: Line };

/** The directives of a file in file order, those added later at the end. Edits change it in place. */
export interface File {
  Module?: Directive<Module>;
  Go?: Directive<NonNullable<ModFile["Go"]>>;
  Toolchain?: Directive<NonNullable<ModFile["Toolchain"]>>;
  Godebug: Directive<ModFile["Godebug"][number]>[];
  Require: Directive<Require>[];
  Exclude: Directive<Exclude>[];
  Replace: Directive<Replace>[];
  Retract: Directive<Retract>[];
  Tool: Directive<{ Path: string }>[];
  Ignore: Directive<{ Path: string }>[];
  Syntax: FileSyntax;
}

/**
 * Opens what `parse` read without an error for edits. The tree is taken over:
 * edits change that of `mod` too, but not its lists. Bytes of a path that are
 * not UTF-8 are U+FFFD in the lists, and stay as they are in the tree. What
 * was put into the lists without a line of the file gets an empty one.
 */
export function edit(mod: ModFile): File {
  const lines = entriesOf(mod.Syntax);
  const directive = <T extends { Line: number }>({ Line, ...rest }: T) => ({
    ...rest,
    Syntax: lines.get(Line)?.Line ?? newLine([], false),
  });
  return {
    ...(mod.Module && { Module: directive(mod.Module) }),
    ...(mod.Go && { Go: directive(mod.Go) }),
    ...(mod.Toolchain && { Toolchain: directive(mod.Toolchain) }),
    Godebug: mod.Godebug.map(directive),
    Require: mod.Require.map(directive),
    Exclude: mod.Exclude.map(directive),
    Replace: mod.Replace.map(directive),
    Retract: mod.Retract.map(directive),
    Tool: mod.Tool.map(directive),
    Ignore: mod.Ignore.map(directive),
    Syntax: mod.Syntax,
  };
}

/** The file's bytes in standard style. Before it, `cleanup` must have taken dropped lines out. */
export function formatFile(file: File): Uint8Array<ArrayBuffer> {
  return encodeText(formatSyntax(file.Syntax));
}
