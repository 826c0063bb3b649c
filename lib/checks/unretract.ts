/** `unretract-unknown`, `unretract-in-range`: the refusals of an unretraction that go.mod itself shows. */
import type { Interval } from "../choices.ts";
import { type Problem, problem } from "../problem.ts";
import { flagOf } from "../facts/modules.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { type Retract, sameInterval } from "../go/modfile/mod.ts";
import { covers } from "../go/retract.ts";
import { compare } from "../go/semver.ts";
import { some } from "../text.ts";
import { elsewhere, existing, fits, showInterval } from "./retract.ts";

/**
 * Checks the intervals whose entries are to go. Go knows no exception to a range (go-rules §3.6):
 * what a range retracts comes back only with the whole range, and what two entries retract only
 * without both.
 */
export function unretractions(module: ModuleFacts, wanted: readonly Interval[]): Problem[] {
  const entries = module.GoMod.Mod.Retract;
  if (wanted.length === 0) {
    return [problem("unretract-unknown", "No version is named that is to be taken back.", {
      fix: entries[0] ? command(module, "unretract", [entries[0]]) : "gorel versions",
    })];
  }
  const left = entries.filter((entry) => !wanted.some((one) => sameInterval(one, entry)));
  const distinct = wanted.filter((one, i) => wanted.findIndex((o) => sameInterval(o, one)) === i);
  return distinct.flatMap((one) => {
    const found = entries.some((entry) => sameInterval(entry, one))
      ? stillRetracted(module, one, left)
      : notAnEntry(module, one);
    return found ? [found] : [];
  });
}

/** Without its own entry an interval may stay retracted by others; then nobody would see a change. */
function stillRetracted(
  module: ModuleFacts,
  wanted: Interval,
  left: readonly Retract[],
): Problem | null {
  const versions = existing(module).filter((v) => covers(wanted, v));
  const others = left.filter((entry) => versions.some((v) => covers(entry, v)));
  const stays = versions.length > 0 &&
    versions.every((v) => others.some((entry) => covers(entry, v)));
  if (!stays) return null;
  return problem(
    "unretract-in-range",
    `${showInterval(wanted)} would stay retracted without its own entry: ${
      list(others)
    } in go.mod also ${others.length === 1 ? "takes" : "take"} it in.`,
    {
      where: { File: module.GoMod.File, Line: others[0]!.Line },
      fix: takenBack(module, [wanted, ...others], wanted),
    },
  );
}

function notAnEntry(module: ModuleFacts, wanted: Interval): Problem {
  const shown = showInterval(wanted);
  const { File, Mod } = module.GoMod;
  const misfit = [wanted.Low, wanted.High].find((v) => !fits(module, v));
  if (misfit !== undefined) {
    return problem(
      "retract-major",
      `${misfit} is another major than ${module.Path}: only its own go.mod can take it back.`,
      {
        where: { File },
        fix: elsewhere(module, "unretract", misfit),
      },
    );
  }
  if (compare(wanted.Low, wanted.High) > 0) {
    return problem(
      "retract-reversed",
      `${shown} ends before it begins, and is no entry of go.mod.`,
      {
        fix: operand({ Low: wanted.High, High: wanted.Low }),
      },
    );
  }
  const near = Mod.Retract.filter((entry) =>
    compare(entry.Low, entry.High) <= 0 && compare(entry.Low, wanted.High) <= 0 &&
    compare(wanted.Low, entry.High) <= 0
  );
  const beyond = near.filter((entry) => reachesBeyond(entry, wanted));
  if (beyond.length > 0) {
    return problem(
      "unretract-in-range",
      `${shown} is retracted only as part of ${list(beyond)}: Go knows no exception to a range.`,
      {
        where: { File, Line: beyond[0]!.Line },
        fix: takenBack(module, near, wanted),
      },
    );
  }
  if (near.length > 0) {
    return problem(
      "unretract-unknown",
      `go.mod has no entry ${shown}: what it retracts there is ${list(near)}.`,
      {
        where: { File, Line: near[0]!.Line },
        fix: command(module, "unretract", near),
      },
    );
  }
  return unknown(module, wanted);
}

/** Nothing in go.mod retracts it; users may still be told so, by the release that they read it from. */
function unknown(module: ModuleFacts, wanted: Interval): Problem {
  const shown = showInterval(wanted);
  const { File } = module.GoMod;
  const latest = known(module.Latest);
  const retracts = (entries: readonly Interval[]) => entries.some((entry) => within(wanted, entry));
  if (retracts(module.HeadGoMod?.Mod.Retract ?? [])) {
    return problem(
      "unretract-unknown",
      `${shown} is not retracted by the go.mod that --from names, only by that of HEAD.`,
      { where: { File }, fix: `${command(module, "unretract", [wanted])}, without --from` },
    );
  }
  if (retracts(latest?.GoMod?.Retract ?? [])) {
    return problem(
      "unretract-unknown",
      `go.mod does not retract ${shown} any more, but ${latest!.Source}, which Go reads ` +
        "retractions from, does: any release above it takes that back.",
      {
        where: { File },
        fix: `gorel patch${flagOf(module)} --accept retraction-dropped`,
      },
    );
  }
  return problem("unretract-unknown", `${shown} is not retracted: there is nothing to take back.`, {
    where: { File },
    fix: "gorel versions shows what is retracted",
  });
}

/** Reports whether an entry takes in more than the interval, at either end. */
function reachesBeyond(entry: Interval, { Low, High }: Interval): boolean {
  return compare(entry.Low, Low) < 0 || compare(entry.High, High) > 0;
}

function within({ Low, High }: Interval, entry: Interval): boolean {
  return covers(entry, Low) && covers(entry, High);
}

/** The way out: all the entries go, then what they retracted but is not meant is retracted again. */
function takenBack(module: ModuleFacts, entries: readonly Interval[], wanted: Interval): string {
  const back = command(module, "unretract", entries);
  const again = remainders(module, entries, wanted);
  return again.length === 0
    ? back
    : `${back}, then ${command(module, "retract", again)} --reason "…" for what stays bad`;
}

/** The versions of some entries that are not in an interval; neighbours of the list as one range. */
function remainders(
  module: ModuleFacts,
  entries: readonly Interval[],
  wanted: Interval,
): Interval[] {
  const runs: Interval[] = [];
  let open = false;
  for (const version of existing(module)) {
    const stays = !covers(wanted, version) && entries.some((entry) => covers(entry, version));
    if (stays && open) runs.at(-1)!.High = version;
    else if (stays) runs.push({ Low: version, High: version });
    open = stays;
  }
  return runs;
}

function list(entries: readonly Interval[]): string {
  return some(entries.map(showInterval));
}

function command(
  module: ModuleFacts,
  word: "retract" | "unretract",
  entries: readonly Interval[],
): string {
  return `gorel ${word} ${entries.map(operand).join(" ")}${flagOf(module)}`;
}

/** An interval as the command line takes it. */
function operand({ Low, High }: Interval): string {
  return Low === High ? Low : `${Low}..${High}`;
}
