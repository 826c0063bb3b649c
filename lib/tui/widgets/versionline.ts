/** The version line: `v1.3.0 ✗ ── v1.4.2 ● ┄┄ v1.5.0 ○` (look.md, Three pictures). */
import { glyphs, type Mark, markRole, type Style } from "../../cli/style.ts";
import { known } from "../../facts/types.ts";
import { isRelease, published } from "../../facts/versions.ts";
import { matchPathMajor, splitPathVersion } from "../../go/module.ts";
import { covers } from "../../go/retract.ts";
import { compare } from "../../go/semver.ts";
import { cells } from "../cells.ts";
import { cut, foreign, type Line, own, type Span, width } from "../line.ts";
import type { Model } from "../model.ts";
import { moduleOf } from "../module.ts";

export interface LineVersion {
  readonly Version: string;
  readonly State: "retracted" | "latest" | "planned" | "plain";
  /** Words below it: "@latest", "advised", "bad". */
  readonly Below?: string;
}

const symbols: Readonly<Record<LineVersion["State"], Mark | "">> = {
  retracted: "✗",
  latest: "●",
  planned: "○",
  plain: "",
};

/**
 * Two lines, indented by two: the versions, and the words below them. Too long: the oldest
 * fall off at the left (`…`), but never `@latest`, which is what the line is about.
 */
export function versionLine(
  style: Style,
  versions: readonly LineVersion[],
  columns: number,
): readonly [Line, Line] {
  if (versions.length === 0) return [[], []];
  const latest = versions.findIndex((v) => v.State === "latest");
  for (let from = 0; from < versions.length; from++) {
    const drawn = drawnFrom(style, versions, from, latest);
    if (width(drawn[0]) <= columns && width(drawn[1]) <= columns) return drawn;
  }
  const [above, below] = drawnFrom(style, versions, versions.length - 1, -1);
  return [cut(style, above, columns), cut(style, below, columns)];
}

/** The line without what is older than `from`, except for `@latest`. */
function drawnFrom(
  style: Style,
  versions: readonly LineVersion[],
  from: number,
  latest: number,
): [Line, Line] {
  const above: Span[] = [{ Text: "  " }];
  let below = "  ";
  let before: LineVersion | undefined;
  const put = (version: LineVersion) => {
    const words = foreign(style, version.Below ?? "").Text;
    if (before) {
      // The dashes stretch where the words below would run into each other.
      const missing = words === "" ? 0 : cells(below) + 1 - (width(above) + 4);
      above.push(link(style, before, version, 2 + Math.max(0, missing)));
    }
    if (words !== "") below += " ".repeat(Math.max(0, width(above) - cells(below))) + words;
    above.push(...shown(style, version, versions.at(-1) === version));
    before = version;
  };
  if (latest >= 0 && latest < from) put(versions[latest]!);
  if (from > (latest < from ? latest + 1 : 0)) {
    above.push(own(style, before ? " … " : "… ", "quiet"));
    before = undefined;
  }
  for (const version of versions.slice(from)) put(version);
  return [above, below.trim() === "" ? [] : [{ Text: below }]];
}

/** What is planned hangs on dots, what is out on a line. */
function link(style: Style, left: LineVersion, right: LineVersion, dashes: number): Span {
  const planned = left.State === "planned" || right.State === "planned";
  return own(style, ` ${(planned ? "┄" : "─").repeat(dashes)} `, "quiet");
}

function shown(style: Style, { Version, State }: LineVersion, weighty: boolean): Span[] {
  const name = foreign(style, Version, weighty ? "weight" : undefined);
  const mark = symbols[State];
  return mark === "" ? [name] : [name, { Text: " " }, {
    Text: glyphs(style, mark),
    Role: markRole(mark),
  }];
}

/** More than fit on any line. */
const most = 30;

/**
 * The line's versions from the model: the newest published releases, and the pre-releases
 * above them. Retracted and `@latest` are as they will be after `coming` (a planned version
 * with the retractions that it adds and takes back); without it as they are. `Word` is said below the planned
 * version unless it becomes `@latest`; default "planned".
 */
export function lineOf(
  model: Model,
  coming?: {
    readonly Version: string;
    readonly Retracts: readonly string[];
    readonly Unretracts?: readonly string[];
    readonly Latest: string | null;
    readonly Word?: string;
  },
): LineVersion[] {
  const module = moduleOf(model);
  const facts = model.Facts;
  if (!module || !facts) return [];
  const now = known(module.Latest);
  const latest = coming ? coming.Latest : now?.Latest ?? null;
  const retracted = (v: string) =>
    (now?.GoMod?.Retract ?? []).some((r) => covers(r, v)) &&
      !(coming?.Unretracts?.includes(v) ?? false) ||
    (coming?.Retracts.includes(v) ?? false);
  const all = published(module.Versions, facts.Remote.State === "known").map((v) => v.Version);
  const highest = all.findLast(isRelease);
  const out = all.filter((v) =>
    v !== coming?.Version &&
    (isRelease(v) || v === latest || highest === undefined || compare(v, highest) > 0)
  ).map((v): LineVersion =>
    v === latest
      ? { Version: v, State: "latest", Below: "@latest" }
      : { Version: v, State: retracted(v) ? "retracted" : "plain" }
  );
  if (coming) {
    const { Version, Word = "planned" } = coming;
    // Another major is another module: the retractions of this one say nothing of it.
    const ours = matchPathMajor(Version, splitPathVersion(module.Path).pathMajor);
    const gone = coming.Retracts.includes(Version) || ours && retracted(Version);
    const Below = latest === Version ? "@latest" : gone ? "retracted" : Word;
    const at = out.findIndex((v) => compare(v.Version, Version) > 0);
    out.splice(at < 0 ? out.length : at, 0, { Version, State: "planned", Below });
  }
  const newest = Math.max(0, out.length - most);
  return out.filter((v, i) => i >= newest || v.State === "latest" || v.State === "planned");
}
