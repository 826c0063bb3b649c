/** What can be taken back: the `retract` entries of go.mod, as they stand there. */
import type { Interval } from "../../../choices.ts";
import { intervalText } from "../../../cli/values.ts";
import { known, type ModuleFacts } from "../../../facts/types.ts";
import { published } from "../../../facts/versions.ts";
import { sameInterval } from "../../../go/modfile/mod.ts";
import { covers, type Retract, shortRationale } from "../../../go/retract.ts";
import { compare } from "../../../go/semver.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { carrierModule } from "../retract/parts.ts";

/** One entry of go.mod. */
export interface Entry {
  /** As the command names it: `v1.0.0`, or `v1.0.0..v1.0.2`. */
  readonly Name: string;
  readonly Interval: Interval;
  readonly Reason: string;
  /** The published versions that it takes in, ascending. */
  readonly Versions: readonly string[];
  /** Why it cannot be taken out here. */
  readonly Off?: string;
}

/** Of the highest release's go.mod and HEAD's, the newest first; an interval is one entry. */
export function entriesOf(model: Model): readonly Entry[] {
  const module = carrierModule(model);
  if (!module || !model.Facts) return [];
  const here = module.GoMod.Mod.Retract;
  const latest = known(module.Latest);
  const gone = (latest?.GoMod?.Retract ?? []).filter((r) => !here.some((h) => sameInterval(h, r)));
  const Off = `go.mod here is without it: any release above ${latest?.Source} takes it back`;
  const all = [
    ...here.map((r) => entryOf(model, module, r)),
    ...gone.map((r) => ({ ...entryOf(model, module, r), Off })),
  ];
  return all.filter((entry, i) => all.findIndex((e) => e.Name === entry.Name) === i)
    .sort((a, b) => compare(b.Interval.High, a.Interval.High));
}

function entryOf(
  { Facts }: Model,
  module: ModuleFacts,
  { Low, High, Rationale }: Retract,
): Entry {
  const interval = { Low, High };
  return {
    Name: intervalText(interval),
    Interval: interval,
    Reason: shortRationale(Rationale),
    Versions: published(module.Versions, Facts!.Remote.State === "known").map((v) => v.Version)
      .filter((v) => covers(interval, v)),
  };
}

/** Reports whether the go.mod of the carrier has the entry. */
export function isIn(model: Model, from: string | undefined, { Interval }: Entry): boolean {
  const Mod = from === undefined || from !== moduleOf(model)?.Base?.Version
    ? carrierModule(model, from)?.GoMod.Mod
    : moduleOf(model)?.BaseGoMod;
  return Mod?.Retract.some((r) => sameInterval(r, Interval)) ?? false;
}
