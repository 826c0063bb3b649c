/** The facts that home shows, a row each; every row has its place before its value comes. */
import { foreign, type Line, line, mark, own, type Span, width } from "../../line.ts";
import type { Model } from "../../model.ts";
import { age, spinner } from "../../widgets/bar.ts";
import { count } from "../../../text.ts";
import { isRelease } from "../../../facts/versions.ts";
import type { RequirementChange } from "../../../advice/requirements.ts";
import type { Facts, VersionFact } from "../../../facts/types.ts";
import { type Seen, seen } from "./seen.ts";

export interface FactRow {
  readonly Name: string;
  readonly Value: Line;
}

/** Latest release, since then, requirements, retracted: always these four, in this order. Values of at most `columns` cells where there is a choice. */
export function factRows(model: Model, columns = Infinity): FactRow[] {
  const { Style } = model;
  const known = seen(model);
  if (!known) {
    const wait = line(Style, own(Style, "·", "quiet"));
    const first = model.Asking === undefined ? wait : [
      spinner(model, model.Asking),
      own(Style, " reading the repository"),
    ];
    return [
      { Name: "Latest release", Value: first },
      { Name: "Since then", Value: wait },
      { Name: "Requirements", Value: wait },
      { Name: "Retracted", Value: wait },
    ];
  }
  return [
    { Name: "Latest release", Value: latestValue(model, known, columns) },
    { Name: sinceName(known), Value: sinceValue(model, known) },
    { Name: "Requirements", Value: requirementsValue(model, known) },
    { Name: "Retracted", Value: retractedValue(model, known) },
  ];
}

function latestValue(model: Model, known: Seen, columns: number): Line {
  const { Style } = model;
  const { Newest, Latest } = known;
  if (!Newest) return [own(Style, "none yet"), ...asking(model)];
  const name = foreign(Style, Newest.Version, "weight");
  const words = Latest === null
    ? "@latest gives nothing: all are retracted"
    : isRelease(Newest.Version)
    ? ago(model, Newest.Version)
    : "a pre-release, and all there is";
  const marks = whereMarks(model, Newest);
  const put = (said: string): Line => [
    name,
    own(Style, said === "" ? "  " : `  ${said}  `),
    ...marks,
  ];
  const long = put(words);
  return width(long) <= columns ? long : put(words.replace(/ ago$/, ""));
}

/** `9 days ago`; "" while nobody knows. */
export function ago(model: Model, version: string): string {
  const time = model.Times.get(version);
  const since = time === undefined ? "" : age(time, model.Now / 1000);
  return since === "" ? "" : since === "now" ? "just now" : `${since} ago`;
}

function asking(model: Model): Line {
  if (model.Whole || model.Asking === undefined) return [];
  return [own(model.Style, "  "), spinner(model, model.Asking), own(model.Style, " asking")];
}

/** Who has a version: what was not asked says so, and what asks has its place. */
function whereMarks(model: Model, version: VersionFact): Line {
  const { Style, Facts, Whole } = model;
  const { Remote } = Facts!;
  if (!Whole) {
    if (model.Asking === undefined) return line(Style, mark(Style, "·"), " not asked");
    return [spinner(model, model.Asking), own(Style, " asking remote and proxy")];
  }
  const said = (symbol: "✓" | "!" | "·", words: string): Span[] => [
    mark(Style, symbol),
    own(Style, ` ${words}`),
  ];
  if (Remote.State === "skipped") return said("·", "not asked: offline");
  const remote = Remote.State === "known"
    ? version.OnRemote ? said("✓", "remote") : said("!", "not on the remote")
    : said("!", isMissing(Remote) ? "no remote to ask" : "the remote did not answer");
  const proxy = proxyMark(model, version, said);
  return [...proxy, ...(proxy.length > 0 ? [own(Style, " ")] : []), ...remote];
}

/** The repository names no remote at all: nobody was asked, so nobody failed to answer. */
export function isMissing(remote: Facts["Remote"]): boolean {
  return remote.State === "failed" && remote.Problem?.Code === "no-remote";
}

function proxyMark(
  { Facts }: Model,
  version: VersionFact,
  said: (symbol: "✓" | "!" | "·", words: string) => Span[],
): Span[] {
  const { Proxy } = Facts!;
  if (version.OnProxy) return said("✓", "proxy");
  if (Proxy.State === "failed") return said("!", "the proxy did not answer");
  if (Proxy.State !== "known") return said("·", "proxy not asked");
  if (Proxy.Value.Kind === "list") return said("!", "not on the proxy");
  return said("·", Proxy.Value.Kind === "private" ? "private" : "no proxy");
}

function sinceName({ Module, Newest }: Seen): string {
  const base = Module.Base?.Version;
  if (base === undefined) return "Unreleased";
  return base === Newest?.Version ? "Since then" : `Since ${base}`;
}

function sinceValue({ Style, Given }: Model, { Module, Advice }: Seen): Line {
  const { Commits } = Module;
  if (Commits.State !== "known") return [own(Style, `not known: ${Commits.Why}`)];
  const { Commits: list, Files } = Commits.Value;
  if (Advice.Advised === null && list.length === 0) {
    const at = Module.AtHead.findLast((v) => isRelease(v.Version));
    return [own(Style, at ? `nothing: HEAD is ${at.Version}` : "nothing")];
  }
  if (list.length === 0 && Given.Include.length > 0) {
    const n = Given.Include.length;
    return [own(Style, `no commit · ${count(n, "changed file")} ${n === 1 ? "goes" : "go"} in`)];
  }
  const authors = new Set(list.map((c) => c.AuthorName)).size;
  return line(
    Style,
    [count(list.length, "commit"), count(Files.length, "file"), count(authors, "author")]
      .join(" · "),
  );
}

/** Most changes that are named. */
const named = 2;

function requirementsValue({ Style }: Model, { Module, Requirements }: Seen): Line {
  const { Go, Require } = Module.GoMod.Mod;
  if (!Module.BaseGoMod) {
    const required = count(Require.length, "requirement");
    return Go
      ? line(Style, foreign(Style, `go ${Go.Version}`), ` · ${required}`)
      : line(Style, required);
  }
  if (Requirements.length === 0) {
    return Go
      ? line(Style, "unchanged · ", foreign(Style, `go ${Go.Version}`))
      : line(Style, "unchanged");
  }
  const shown = Requirements.slice(0, named).flatMap((change, i) => [
    ...(i > 0 ? [own(Style, " · ")] : []),
    ...requirement(Style, change),
  ]);
  const rest = Requirements.length - named;
  return rest > 0 ? [...shown, own(Style, ` · ${rest} more`)] : shown;
}

/** `go 1.22 → 1.23`, `x/text v0.22.0 new`, `x/text v0.22.0 gone`. */
export function requirement(
  style: Model["Style"],
  { Path, Before, After }: RequirementChange,
): Span[] {
  // The host of a long path says least.
  const short = Path.split("/").length > 2 ? Path.slice(Path.indexOf("/") + 1) : Path;
  const name = foreign(style, `${short} ${Before ?? After}`);
  if (Before === undefined) return [name, own(style, " new")];
  if (After === undefined) return [name, own(style, " gone")];
  return [name, own(style, " → "), foreign(style, After)];
}

function retractedValue({ Style }: Model, { Retracted }: Seen): Line {
  const [first, ...more] = Retracted;
  if (!first) return line(Style, "none");
  return [
    foreign(Style, first.Version),
    own(Style, more.length > 0 ? ` and ${more.length} more` : ""),
    own(Style, "  "),
    foreign(Style, first.Rationale),
  ];
}
