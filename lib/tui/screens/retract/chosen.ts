/** What the editor's state means: which retraction is wanted, and what can carry it. */
import type { Interval } from "../../../choices.ts";
import { covers } from "../../../go/retract.ts";
import { draftRetract, type Retraction } from "../../draft.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { RetractScreen } from "../retract.ts";
import { type CarrierRow, plainCarriers } from "./carriers.ts";
import { comingVersion, coveredBy, rangesOf } from "./parts.ts";

/** The intervals that are to be retracted. */
export function intervalsOf(model: Model, screen: RetractScreen): readonly Interval[] {
  if (screen.Given) return screen.Given;
  const module = moduleOf(model);
  return module ? rangesOf(module.Versions.map((v) => v.Version), screen.Marked) : [];
}

/** The revision that the release is made from, if it is not HEAD. */
export function fromOf(model: Model, screen: RetractScreen): string | undefined {
  return screen.Carrier === "head" ? undefined : screen.From ?? moduleOf(model)?.Base?.Version;
}

/** The retraction that is chosen so far. What carries it is open while there is nothing to carry. */
export function wantedOf(model: Model, screen: RetractScreen): Retraction {
  const Retract = intervalsOf(model, screen);
  const from = fromOf(model, screen);
  const open = Retract.length === 0 && !screen.Settled;
  return {
    Retract,
    Reason: screen.Reason.Text,
    Self: screen.Self,
    ...(from !== undefined && !open && { From: from }),
  };
}

/** What can carry the retraction; a single row is no question. */
export function carriers(model: Model, screen: RetractScreen): CarrierRow[] {
  const [head, from] = plainCarriers(model, screen.From);
  const base = screen.From ?? moduleOf(model)?.Base?.Version;
  if (!head) return [];
  if (base === undefined) return [head];
  const bad = intervalsOf(model, screen).some((i) => covers(i, base));
  const same = { Off: `it has the code of ${base}, which is retracted` };
  const only = bad && model.Given.Include.length === 0;
  const version = comingVersion(model, base) ?? "it";
  if (!from) {
    const self: CarrierRow = {
      Label: `the same, ${version} retracted too`,
      Detail: "--self",
      Carrier: "head",
      Self: true,
    };
    return bad || screen.Self ? [{ ...head, ...(only && same) }, self] : [head];
  }
  const rows: CarrierRow[] = [
    head,
    { ...from, ...(bad && same) },
    {
      Label: `the same, ${version} retracted too`,
      Detail: "--self",
      Carrier: "from",
      Self: true,
    },
  ];
  if (screen.Carrier !== "head" || !screen.Self) return rows;
  const self: CarrierRow = {
    Label: "HEAD, the new version retracted too",
    Detail: "--self",
    Carrier: "head",
    Self: true,
  };
  return [...rows, self];
}

/** The row of the carrier that the state says. */
export function carrierAt(model: Model, screen: RetractScreen): number {
  return Math.max(
    0,
    carriers(model, screen).findIndex((row) =>
      row.Carrier === screen.Carrier && row.Self === screen.Self
    ),
  );
}

/** Reports whether there is a choice of what carries the retraction. */
export function isAsked(model: Model, screen: RetractScreen): boolean {
  return carriers(model, screen).length > 1;
}

/**
 * The carrier that is proposed while nobody has chosen one: nothing more than the retraction
 * ships, unless the last release itself is bad; then what is on HEAD is the fix.
 */
function proposed(model: Model, screen: RetractScreen): Pick<RetractScreen, "Carrier" | "Self"> {
  const rows = carriers(model, { ...screen, Carrier: "head", Self: false });
  const [head, from] = rows;
  // What is to be included only HEAD can carry.
  if (model.Given.Include.length > 0) return { Carrier: "head", Self: false };
  if (rows.length === 2) return { Carrier: "head", Self: head?.Off !== undefined };
  return { Carrier: from && from.Off === undefined ? "from" : "head", Self: false };
}

/** The state after facts, marks or the carrier changed, with what follows from it. */
export function settled(model: Model, screen: RetractScreen): RetractScreen {
  const module = moduleOf(model);
  const marked = screen.Given && module
    ? { ...screen, Marked: coveredBy(module, screen.Given) }
    : screen;
  return marked.Settled || !module ? marked : { ...marked, ...proposed(model, marked) };
}

/** The model whose draft is what flags would give for this state. */
export function drafted(model: Model, screen: RetractScreen): Model {
  const wanted = wantedOf(model, screen);
  const next = draftRetract(model, wanted);
  if (wanted.Reason !== "" || !next.Draft.Edit) return next;
  const { Reason: _, ...Edit } = next.Draft.Edit;
  return { ...next, Draft: { ...next.Draft, Edit } };
}
