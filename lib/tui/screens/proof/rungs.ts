/** The rungs of the proof, in words, as far as they were climbed. */
import type { VerifyStep } from "../../../verify/ladder.ts";
import type { Model, Run } from "../../model.ts";
import { runName } from "../../parting.ts";
import { isTrain, type Release, releasesOf } from "../../releases.ts";
import { isRung } from "../applying/steps.ts";
import type { SealOf } from "../../widgets/seal.ts";

export interface RungRow {
  readonly Do: VerifyStep["Do"];
  readonly Name: string;
  readonly State: VerifyStep["State"] | "to come";
  /** What was found, or what the server said; not clean. */
  readonly Detail: string;
  readonly Ms?: number;
  /** Whether it is one of those that are counted. */
  readonly Counts: boolean;
  /** The rungs of one release, where several are proven: the row is about all of them. */
  readonly Of?: readonly RungRow[];
}

const order: readonly VerifyStep["Do"][] = [
  "tag",
  "info",
  "mod",
  "zip",
  "checksum-database",
  "list",
  "latest",
  "old-latest",
];

/**
 * All rungs in the order they are climbed; those that were not heard of are still to come. Of a
 * train one row for each release.
 */
export function rungRows(model: Model, run: Run): RungRow[] {
  if (isTrain(run)) return releasesOf(run).map((release, i) => trainRow(run, release, i));
  const heard = run.Verified?.Steps ?? run.Steps.filter(isRung);
  return rungsOf(runName(model).Version, run.Plan?.Releases[0]?.Expect.Latest, heard);
}

type Heard = { readonly Do: string; readonly State: string; Detail?: string; Ms?: number };

function rungsOf(
  Version: string,
  latest: string | undefined,
  heard: readonly Heard[],
): RungRow[] {
  const names: Readonly<Record<VerifyStep["Do"], string>> = {
    "tag": `${Version} is on the remote`,
    "info": ".info from the proxy",
    "mod": "go.mod from the proxy",
    "zip": "zip from the proxy",
    "checksum-database": "checksum log",
    "list": `the list names ${Version}`,
    "latest": latest === undefined ? "@latest" : `@latest is ${latest}`,
    "old-latest": "@latest of the old path",
  };
  // Only a new major has an old path.
  const climbed = order.filter((Do) => Do !== "old-latest" || heard.some((s) => s.Do === Do));
  return climbed.map((Do): RungRow => {
    const news = heard.find((s) => s.Do === Do);
    const State = (news?.State ?? "to come") as RungRow["State"];
    const left = State === "not-asked" && news?.Detail === "not reached";
    return {
      Do,
      Name: names[Do],
      State,
      Detail: news?.Detail ?? "",
      ...(news?.Ms !== undefined && { Ms: news.Ms }),
      Counts: State !== "skipped" && (left || State !== "not-asked") &&
        (Do !== "checksum-database" || State === "ok" || State === "failed"),
    };
  });
}

/** Where one release of a train stands: at the rung that failed or is climbed, else at the last one. */
function trainRow(run: Run, { Version, TagName }: Release, i: number): RungRow {
  const expect = run.Plan?.Releases[i]?.Expect;
  const heard = run.Steps.filter((s) => isRung(s) && s.Id === `${TagName}:${s.Do}`);
  const Of = rungsOf(Version, expect?.Latest, heard);
  const at = Of.find((r) => r.State === "failed") ?? Of.find((r) => r.State === "waiting") ??
    Of.find((r) => r.State === "not-asked" && r.Counts);
  const begun = Of.some((r) => r.State !== "to come");
  const Ms = Of.reduce((sum, r) => sum + (r.Ms ?? 0), 0);
  const ended = Of.at(-1)!.State !== "to come";
  return {
    Do: at?.Do ?? "latest",
    Name: TagName,
    State: at?.State ?? (begun && ended ? "ok" : begun ? "waiting" : "to come"),
    Detail: at
      ? `${at.Name}${at.Detail === "" ? "" : `: ${at.Detail}`}`
      : ended && expect
      ? expect.Sum
      : "",
    ...(Ms > 0 && { Ms }),
    Counts: true,
    Of,
  };
}

/** The rung that is being climbed. */
export function climbing(rows: readonly RungRow[], run: Run): RungRow | undefined {
  return run.Ended === undefined ? rows.find((r) => r.State === "waiting") : undefined;
}

/** Reports whether a rung was climbed; of a train, by all of its releases. */
export function isOk(rows: readonly RungRow[], rung: RungRow["Do"]): boolean {
  if (rows[0]?.Of) return rows.every((r) => isOk(r.Of ?? [], rung));
  return rows.some((r) => r.Do === rung && r.State === "ok");
}

/** Reports whether a rung does not apply, as where no proxy is asked. */
export function isSkipped(rows: readonly RungRow[], rung: RungRow["Do"]): boolean {
  return rows.flatMap((r) => r.Of ?? r).find((r) => r.Do === rung)?.State === "skipped";
}

/** Whose hashes are known: only what is proven, or what proves the contrary. A train has no one hash. */
export function sealsOf(run: Run, rows: readonly RungRow[]): SealOf[] {
  if (isTrain(run)) return [];
  const here = run.Plan?.Releases[0]?.Expect.Sum ?? run.Verified?.Sum ??
    run.Outcome?.Releases[0]?.Sum;
  const zip = rows.find((r) => r.Do === "zip");
  const other = zip?.State === "failed" ? /has the hash (h1:\S{44})/.exec(zip.Detail)?.[1] : here;
  const proxy = zip?.State === "ok" || zip?.State === "failed" ? other : undefined;
  const log = isOk(rows, "checksum-database") ? here : undefined;
  const of = (From: string, Sum: string | undefined): SealOf => ({
    From,
    ...(Sum !== undefined && { Sum }),
  });
  return [
    of("here", here),
    ...(zip?.State === "skipped" ? [] : [of("proxy", proxy)]),
    ...(log === undefined ? [] : [of("checksum log", log)]),
  ];
}
