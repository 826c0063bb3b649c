/**
 * Edits that are proved before anyone writes them: the edited file is read
 * again, and must say what was asked for and nothing else.
 */
import { dropDeprecated, setDeprecated } from "./deprecate.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { formatSyntax } from "./format.ts";
import { toJSON } from "./json.ts";
import { addRetract, sameInterval } from "./retract.ts";
import { parse } from "./rule.ts";
import { trimSpace } from "./strconv.ts";
import { errorText, type ModFile, type VersionInterval } from "./types.ts";
import { removeRetract } from "./unretract.ts";

/** Edits and the bytes they give (no edits: nothing to do), or in words, without a period, why it cannot be done. */
export type Change =
  | { Edits: Edit[]; After: Uint8Array; Error?: never }
  | { Edits?: never; After?: never; Error: string };

/**
 * Retracts intervals for a reason, as `addRetract`. Afterwards the file has its
 * old retractions and the new ones, in this order; the reason reads back
 * exactly as given; every other rationale, directive and comment is as before.
 */
export function retractEdit(
  bytes: Uint8Array,
  intervals: readonly VersionInterval[],
  rationale: string,
): Change {
  if (rationale.split("\n").some((line) => trimSpace(line) !== line)) {
    return {
      Error: "go.mod cannot keep this reason: a line of it begins or ends with white space",
    };
  }
  const edits = addRetract(bytes, intervals, rationale);
  return prove(bytes, edits, "retract", (mod) => {
    const old = mod.Retract.map((retract) =>
      intervals.some((interval) => sameInterval(interval, retract))
        ? { ...retract, Rationale: rationale }
        : retract
    );
    for (const interval of intervals) {
      if (old.some((retract) => sameInterval(interval, retract))) continue;
      old.push({ ...interval, Rationale: rationale, Line: 0 });
    }
    return { ...mod, Retract: old };
  });
}

/** Takes out all entries with exactly these ends, as `removeRetract`; all else stays. */
export function unretractEdit(bytes: Uint8Array, intervals: readonly VersionInterval[]): Change {
  return prove(bytes, removeRetract(bytes, intervals), "retract", (mod) => {
    const left = mod.Retract.filter((retract) =>
      !intervals.some((interval) => sameInterval(interval, retract))
    );
    return { ...mod, Retract: left };
  });
}

/** Deprecates the module with exactly this message, as `setDeprecated`; "" takes a deprecation out. */
export function deprecateEdit(bytes: Uint8Array, message: string): Change {
  const edits = message === "" ? dropDeprecated(bytes) : setDeprecated(bytes, message);
  return prove(bytes, edits, "module", (mod) => {
    const { Path, Line } = mod.Module ?? { Path: "", Line: 0 };
    return { ...mod, Module: { Path, Line, Deprecated: message } };
  });
}

/** A reason as a go.mod comment keeps it: lines trimmed, no empty ones at its ends, LF between them. */
export function trimRationale(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n").map(trimSpace);
  while (lines.at(-1) === "") lines.pop();
  while (lines[0] === "") lines.shift();
  return lines.join("\n");
}

function prove(
  bytes: Uint8Array,
  edits: Edit[],
  verb: string,
  wanted: (mod: ModFile) => ModFile,
): Change {
  const before = parse("go.mod", bytes);
  if (before.Errors[0]) return { Error: errorText(before.Errors[0]) };
  if (edits.some((edit) => !edit.Old.isWellFormed())) {
    return { Error: "go.mod cannot be edited: the comment to be replaced is not UTF-8" };
  }
  const bytesAfter = applyEdits(bytes, edits);
  const after = parse("go.mod", bytesAfter);
  if (after.Errors[0]) {
    return { Error: `go.mod would not be valid afterwards: ${errorText(after.Errors[0])}` };
  }
  if (meaning(after.Mod) !== meaning(wanted(before.Mod))) {
    return { Error: "go.mod cannot say this: Go would read something else from it" };
  }
  if (others(before.Mod, verb) !== others(after.Mod, verb)) {
    return { Error: "go.mod cannot be edited: comments elsewhere would get another meaning" };
  }
  return { Edits: edits, After: bytesAfter };
}

/** What Go reads in a file; of `retract` every entry, whatever it says. */
function meaning(mod: ModFile): string {
  const retractions = mod.Retract.map(({ Low, High, Rationale }) => [Low, High, Rationale]);
  return JSON.stringify([toJSON(mod), retractions]);
}

/** All statements but those of a verb, in standard style: comments as Go assigns them included. */
function others({ Syntax }: ModFile, verb: string): string {
  const Statements = Syntax.Statements.filter((statement) =>
    statement.Kind === "comments" || statement.Tokens[0] !== verb
  );
  return formatSyntax({ ...Syntax, Statements });
}
