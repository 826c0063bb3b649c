/**
 * go.mod files: read, judged, formatted and edited as the go command does
 * (go-rules §3), without it.
 */
export { type Change, deprecateEdit, retractEdit, trimRationale, unretractEdit } from "./change.ts";
export { dropDeprecated, setDeprecated } from "./deprecate.ts";
export { applyEdits, type Edit } from "./edit.ts";
export { format } from "./format.ts";
export { type ModFileJSON, type RetractJSON, toJSON } from "./json.ts";
export { addRetract, checkRetracts, mainModuleErrors, sameInterval } from "./retract.ts";
export { goVersion, parse, type Parsed, parseLax } from "./rule.ts";
export { modulePath } from "./scan.ts";
export * from "./types.ts";
export { removeRetract } from "./unretract.ts";
