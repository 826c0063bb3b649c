/**
 * `retract` lines: what Go refuses in those of the main module, and edits that
 * add, re-reason and remove them (go-rules §3.6, §3.10).
 */
import { canonicalVersion, checkPathMajor, pathMajorPrefix, splitPathVersion } from "../module.ts";
import { directiveText } from "./comment.ts";
import { commentStart, type Edit, entriesOf, type Entry, inOrder, Original } from "./edit.ts";
import { parse, type Parsed } from "./rule.ts";
import { autoQuote, quote } from "./strconv.ts";
import type { ModError, ModFile, VersionInterval } from "./types.ts";
import { badVersion } from "./value.ts";

/** Reports whether two intervals have the same two ends, as written. */
export function sameInterval(a: VersionInterval, b: VersionInterval): boolean {
  return a.Low === b.Low && a.High === b.High;
}

/**
 * What every go command refuses in a module's own `retract` lines, though
 * `go mod edit` takes them: no module path, versions that are not canonical or
 * of another major. A reversed interval is not among it.
 */
export function checkRetracts(mod: ModFile): ModError[] {
  const path = mod.Module?.Path ?? "";
  const errors: ModError[] = [];
  const entries = entriesOf(mod.Syntax);
  for (const retract of mod.Retract) {
    const rune = entries.get(retract.Line)?.Line.Start.LineRune ?? 1;
    const place = {
      File: mod.Syntax.Name,
      Line: retract.Line,
      ...(rune > 1 && { Col: rune }),
    };
    if (path === "") {
      return [{ ...place, Text: "no module directive found, so retract cannot be used" }];
    }
    const wrong = versionError(path, retract.Low) ?? versionError(path, retract.High);
    if (wrong !== null) errors.push({ ...place, Verb: "retract", ModPath: path, Text: wrong });
  }
  return errors;
}

/** Why every go command refuses a main module's go.mod that was parsed: its errors, else those of its `retract` lines. */
export function mainModuleErrors({ Mod, Errors }: Parsed): ModError[] {
  return Errors.length > 0 ? Errors : checkRetracts(Mod);
}

function versionError(path: string, version: string): string | null {
  const bad = (reason: string) => badVersion("retract", path, version, reason).Text;
  const { ok, pathMajor } = splitPathVersion(path);
  if (!ok) return bad(`malformed module path ${quote(path)}`);
  // Go would ask the proxy which version such a one means.
  if (version === "" || canonicalVersion(version) !== version) {
    return bad(`must be of the form ${pathMajorPrefix(pathMajor) || "v1"}.2.3`);
  }
  return checkPathMajor(version, pathMajor);
}

/**
 * The edits that retract intervals for a reason; at the end of the file one
 * new statement, or one block if there are several. An interval that is there
 * already, with exactly these ends, gets the reason instead of its own. A file
 * that `parse` refuses is not edited. Whether the result reads back is for
 * `retractEdit` to say.
 */
export function addRetract(
  bytes: Uint8Array,
  intervals: readonly VersionInterval[],
  rationale: string,
): Edit[] {
  const { Mod, Errors } = parse("go.mod", bytes);
  if (Errors.length > 0) return [];
  const original = new Original(bytes);
  const entries = entriesOf(Mod.Syntax);
  const wanted = intervals.filter((interval, i) =>
    intervals.findIndex((other) => sameInterval(other, interval)) === i
  );
  const edits = Mod.Retract
    .filter((retract) => retract.Rationale !== rationale)
    .filter((retract) => wanted.some((interval) => sameInterval(interval, retract)))
    .flatMap((retract) => setRationale(original, entries.get(retract.Line)!, rationale));
  const fresh = wanted.filter((interval) =>
    !Mod.Retract.some((retract) => sameInterval(interval, retract))
  );
  if (fresh.length > 0) {
    edits.push({
      At: bytes.length,
      Old: "",
      New: original.gap() + statement(original, fresh, rationale),
    });
  }
  return inOrder(edits);
}

function statement(
  original: Original,
  intervals: readonly VersionInterval[],
  rationale: string,
): string {
  const { eol } = original;
  const [first, ...more] = intervals.map(intervalText);
  const reason = original.comment(reasonLines(rationale), 0);
  if (more.length === 0) return `${reason}retract ${first}${eol}`;
  const entries = [first, ...more].map((entry) => `\t${entry}${eol}`).join("");
  return `${reason}retract (${eol}${entries})${eol}`;
}

function intervalText({ Low, High }: VersionInterval): string {
  return Low === High ? autoQuote(Low) : `[${autoQuote(Low)}, ${autoQuote(High)}]`;
}

function reasonLines(rationale: string): string[] {
  return rationale === "" ? [] : rationale.split("\n");
}

/** Comments above and beside an entry go, the new reason comes directly above it. */
function setRationale(
  original: Original,
  { Line: line, Block: block }: Entry,
  rationale: string,
): (Edit | null)[] {
  const start = original.lineStart(line.Start.Byte);
  const end = line.Suffix.at(-1)?.End ?? line.End.Byte;
  const lines = reasonLines(rationale);
  // Without any comment the entry would take over that of its block.
  const bare = lines.length === 0 && block !== undefined && directiveText(undefined, block) !== "";
  return [
    original.replace(
      commentStart(original, line.Before) ?? start,
      start,
      original.comment(bare ? [""] : lines, line.Start.Byte),
    ),
    original.replace(line.End.Byte, end, ""),
  ];
}
