/** The rungs of the proof, in words, as far as they were climbed. */
import type { VerifyStep } from "../../../verify/ladder.ts";
import type { Model, Run } from "../../model.ts";
import { runName } from "../../parting.ts";
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
}

const order: readonly VerifyStep["Do"][] = [
  "tag",
  "info",
  "mod",
  "zip",
  "checksum-database",
  "list",
  "latest",
];

/** All rungs in the order they are climbed; those that were not heard of are still to come. */
export function rungRows(model: Model, run: Run): RungRow[] {
  const { Version } = runName(model);
  const latest = run.Plan?.Releases[0]?.Expect.Latest;
  const names: Readonly<Record<VerifyStep["Do"], string>> = {
    "tag": `${Version} is on the remote`,
    "info": ".info from the proxy",
    "mod": "go.mod from the proxy",
    "zip": "zip from the proxy",
    "checksum-database": "checksum log",
    "list": `the list names ${Version}`,
    "latest": latest === undefined ? "@latest" : `@latest is ${latest}`,
  };
  const heard = run.Verified?.Steps ?? run.Steps.filter(isRung);
  return order.map((Do): RungRow => {
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

/** The rung that is being climbed. */
export function climbing(rows: readonly RungRow[], run: Run): RungRow | undefined {
  return run.Ended === undefined ? rows.find((r) => r.State === "waiting") : undefined;
}

/** Reports whether a rung was climbed. */
export function isOk(rows: readonly RungRow[], rung: RungRow["Do"]): boolean {
  return rows.some((r) => r.Do === rung && r.State === "ok");
}

/** Whose hashes are known: only what is proven, or what proves the contrary. */
export function sealsOf(run: Run, rows: readonly RungRow[]): SealOf[] {
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
