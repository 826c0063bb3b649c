/** The directives a file has once: module, go, toolchain; and free comments (go-rules §3.10). */
import { autoQuote, quote } from "../strconv.ts";
import { isGoLine } from "../../goversion.ts";
import { isToolchain } from "../value.ts";
import type { File } from "./file.ts";
import { addLine, markRemoved, newComment, updateLine } from "./line.ts";

/** Sets the module's path; a `module` line that was not there goes to the end of the file. */
export function addModuleStmt(file: File, path: string): void {
  const tokens = ["module", autoQuote(path)];
  if (file.Module) {
    file.Module.Path = path;
    updateLine(file.Module.Syntax, tokens);
  } else file.Module = { Path: path, Syntax: addLine(file.Syntax, "last", tokens) };
}

/** Adds a comment at the end of the file, apart from all else. `text` begins with `//`. */
export function addComment(file: File, text: string): void {
  const at = { Line: 0, LineRune: 0, Byte: 0 };
  const Before = [newComment(text)];
  file.Syntax.Statements.push({ Kind: "comments", Start: at, End: at, Before, Suffix: [] });
}

/** Sets the language version, a new line below `module`. Gives Go's error text, or null. */
export function addGoStmt(file: File, version: string): string | null {
  if (!isGoLine(version)) return `invalid language version ${quote(version)}`;
  const tokens = ["go", version];
  if (file.Go) {
    file.Go.Version = version;
    updateLine(file.Go.Syntax, tokens);
  } else {
    const hint = file.Module?.Syntax ?? "last";
    file.Go = { Version: version, Syntax: addLine(file.Syntax, hint, tokens) };
  }
  return null;
}

/** Drops the `go` line. */
export function dropGoStmt(file: File): void {
  if (file.Go) markRemoved(file.Go.Syntax);
  delete file.Go;
}

/** Sets the toolchain, a new line below `go`, else below `module`. Gives Go's error text, or null. */
export function addToolchainStmt(file: File, name: string): string | null {
  if (!isToolchain(name)) return `invalid toolchain name ${quote(name)}`;
  const tokens = ["toolchain", name];
  if (file.Toolchain) {
    file.Toolchain.Name = name;
    updateLine(file.Toolchain.Syntax, tokens);
  } else {
    const hint = (file.Go ?? file.Module)?.Syntax ?? "last";
    file.Toolchain = { Name: name, Syntax: addLine(file.Syntax, hint, tokens) };
  }
  return null;
}

/** Drops the `toolchain` line. */
export function dropToolchainStmt(file: File): void {
  if (file.Toolchain) markRemoved(file.Toolchain.Syntax);
  delete file.Toolchain;
}
