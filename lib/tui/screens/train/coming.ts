/** What a train would be: its order, the versions, the requirements that rise, what is dropped. */
import { advise } from "../../../advice/advise.ts";
import { carriages } from "../../../advice/train.ts";
import { type Count, resolveVersion } from "../../../advice/version.ts";
import type { Bump } from "../../../choices.ts";
import type { Facts, ModuleFacts } from "../../../facts/types.ts";
import { inOrder } from "../../../plan/train/order.ts";
import type { Model } from "../../model.ts";
import { type Sibling, siblingsOf, withAllIncluded } from "./due.ts";

/** One module of a coming train. */
export interface Coming {
  readonly Sibling: Sibling;
  /** What its own changes, and those of its siblings, ask for. */
  readonly Advised: Count;
  /** Absent where there is none, and Off says why. */
  readonly Version?: string;
  /** Another path, where the version needs one. */
  readonly NewModule?: string;
  readonly Off?: string;
  /** Its requirements of others in the train: the version now, and the coming one. */
  readonly Raises: readonly { readonly Module: ModuleFacts; From: string; To: string }[];
  /** Replacements of others in the train by folders: users of a version never get them. */
  readonly Drops: readonly { readonly Module: ModuleFacts; readonly By: string }[];
}

/** Every key asks for the trains of all words; they follow from the facts and what is included. */
const made = new WeakMap<Facts, Map<string, readonly Coming[]>>();

/** The train of these folders, dependencies first. `pre` is an identifier of `--pre`. */
export function comingOf(
  model: Model,
  dirs: readonly string[],
  wanted: Bump,
  pre?: string,
): readonly Coming[] {
  const { Facts, Given } = model;
  if (!Facts) return [];
  const all = made.get(Facts) ?? new Map<string, readonly Coming[]>();
  made.set(Facts, all);
  const key = [wanted, pre ?? "", dirs.join("\0"), Given.Include.join("\0")].join("\n");
  const found = all.get(key) ?? work(model, Facts, dirs, wanted, pre);
  all.set(key, found);
  return found;
}

function work(
  model: Model,
  read: Facts,
  dirs: readonly string[],
  wanted: Bump,
  pre: string | undefined,
): Coming[] {
  const facts = withAllIncluded(model, read);
  const choice = { Bump: wanted, ...(pre !== undefined && { Pre: pre }) };
  const Modules = dirs.map((Dir) => ({ Dir, ...choice }));
  const train = carriages(facts, { Modules, Accept: [] });
  const all = ordered(siblingsOf(model).filter((s) => dirs.includes(s.Module.Dir)));
  const versions = new Map(train.map((one) => [one.Module.Dir, one.Coming]));
  return all.map((sibling): Coming => {
    const { Module } = sibling;
    const own = train.find((one) => one.Module.Dir === Module.Dir);
    // What `auto` leaves out has a version all the same: the one that is not released.
    const coming = own?.Coming ?? resolveVersion(Module, choice, "patch");
    const others = all.map((s) => s.Module).filter((m) => m !== Module);
    const { Require, Replace } = Module.GoMod.Mod;
    const follows = others.some((m) => Require.some((r) => r.Path === m.Path));
    const off = "Code" in coming
      ? unstopped(coming.Text)
      : sibling.Nothing !== null && !follows
      ? `nothing to release: ${unstopped(sibling.Nothing)}`
      : refusal(facts, Module.Dir, wanted, own?.Advised, coming.Version);
    return {
      Sibling: sibling,
      Advised: own?.Advised ?? "patch",
      ...(!("Code" in coming) && { Version: coming.Version }),
      ...(!("Code" in coming) && coming.NewModule && { NewModule: coming.NewModule }),
      ...(off !== null && { Off: off }),
      Raises: others.flatMap((m) => {
        const now = Require.find((r) => r.Path === m.Path);
        const next = versions.get(m.Dir);
        return now && next && !("Code" in next) && now.Version !== next.Version
          ? [{ Module: m, From: now.Version, To: next.Version }]
          : [];
      }),
      Drops: others.flatMap((m) =>
        Replace.filter((r) => r.Old.Path === m.Path && r.New.Version === undefined)
          .map((r) => ({ Module: m, By: r.New.Path }))
      ),
    };
  });
}

/** Why a module cannot have this version, whoever goes along; null: it can. */
function refusal(
  facts: Facts,
  dir: string,
  wanted: Bump,
  advised: Count | undefined,
  version: string,
): string | null {
  const module = facts.Modules.find((m) => m.Dir === dir);
  const word = wanted === "auto" ? advised : wanted;
  if (!module || word === undefined) return null;
  const { Allowed, Reason = "", Version } = advise(facts, module).Candidates[word] ?? {};
  // That nothing of its own changed is no reason here: what it requires did.
  if (Allowed !== false || Version !== version || Reason.startsWith("nothing to release")) {
    return null;
  }
  return unstopped(Reason);
}

/** As the plan orders them, as far as go.mod says so before it is written. */
function ordered(siblings: readonly Sibling[]): Sibling[] {
  const sorted = siblings.toSorted((a, b) => a.Module.Dir < b.Module.Dir ? -1 : 1);
  const links = sorted.map(({ Requires }) => {
    const all = new Set(sorted.flatMap((s, i) => Requires.includes(s.Module) ? [i] : []));
    return { Requires: all, Zips: all };
  });
  return inOrder(links).map((i) => sorted[i]!);
}

function unstopped(text: string): string {
  return text.replace(/\.$/, "");
}
