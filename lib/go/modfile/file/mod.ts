/**
 * Go's own edits of a go.mod file: the methods of golang.org/x/mod/modfile's
 * File, as functions. After them `sortBlocks` (as `go mod edit` does), then
 * `cleanup`, then `formatFile`.
 */
export { checkCanonicalVersion } from "./canonical.ts";
export { cleanup } from "./cleanup.ts";
export { addExclude, dropExclude } from "./exclude.ts";
export { type Directive, edit, type File, formatFile } from "./file.ts";
export { fileJSON } from "../json.ts";
export { addGodebug, dropGodebug } from "./godebug.ts";
export { addIgnore, addTool, dropIgnore, dropTool } from "./pattern.ts";
export { addReplace, dropReplace } from "./replace.ts";
export {
  addNewRequire,
  addRequire,
  dropRequire,
  type Requirement,
  setIndirect,
  setRequire,
  setVersion,
} from "./require.ts";
export { addRetract, dropRetract } from "./retract.ts";
export { setRequireSeparateIndirect } from "./separate.ts";
export { sortBlocks } from "./sort.ts";
export {
  addComment,
  addGoStmt,
  addModuleStmt,
  addToolchainStmt,
  dropGoStmt,
  dropToolchainStmt,
} from "./stmt.ts";
