/** What a retraction does and does not do, in the words of the editor (go-rules §8.2). */
import { advisedBump } from "../../../advice/advise.ts";
import { evidence } from "../../../advice/evidence.ts";
import { known, type ModuleFacts } from "../../../facts/types.ts";
import { covers } from "../../../go/retract.ts";
import type { Interval } from "../../../choices.ts";
import { count } from "../../../text.ts";
import { foreignText } from "../../cells.ts";
import type { Model } from "../../model.ts";
import { coveredBy, type Outlook, unreleased } from "./parts.ts";

/** What can be wrong with a version, and what a retraction does about it. */
export interface Trouble {
  readonly Name: string;
  readonly Does: string;
}

/** By the kinds that the guided screen asks for. */
export const troubles: Readonly<Record<"secret" | "build" | "behaviour", Trouble>> = {
  secret: {
    Name: "A leaked secret",
    Does: "Revoke it first. Proxies keep the version for ever; a retraction deletes nothing.",
  },
  build: {
    Name: "A broken build",
    Does: "New users and upgrades pass it over. Who requires it stays on it until they upgrade.",
  },
  behaviour: {
    Name: "Wrong behaviour",
    Does: "Builds that use it go on, silently. Say in the reason which version to use instead.",
  },
};

/** What every retraction does, and what it does not do. */
export const nature = [
  "Nothing is deleted: builds that use it keep working, and go get of it works, with a warning " +
  "that gives the reason. Only @latest, version prefixes and upgrades pass it over.",
  "Go reads retractions from the highest release only, so a new one must carry it.",
];

/** What carries an edit of go.mod. */
export interface Carrier {
  readonly From?: string;
  readonly Self: boolean;
}

/** What a carrier ships besides the edit, and what that means: sentences, the chief ones first. */
export function carrierWords(
  { Given }: Model,
  module: ModuleFacts,
  { Version: version, Latest: latest }: Pick<Outlook, "Version" | "Latest">,
  { From, Self }: Carrier,
): string[] {
  const files = count(Given.Include.length, "changed file");
  const included = From === undefined
    ? `Of what nobody committed, ${files} ${Given.Include.length === 1 ? "goes" : "go"} in.`
    : "What is not committed does not go in.";
  const self = latest === null
    ? "It is retracted too, and no version is left for @latest."
    : `It is retracted too: @latest becomes ${latest}.`;
  return [
    From === undefined
      ? fromHead(module, version)
      : `${version} = ${From} + this go.mod, nothing else.`,
    ...(Given.Include.length > 0 ? [included] : []),
    ...(Self ? [self] : []),
    ...(From === undefined ? [] : [
      "The branch gets a merge of it with the same edit, so that the next release counts from it.",
    ]),
  ];
}

function fromHead(module: ModuleFacts, version: string): string {
  const commits = unreleased(module);
  const base = module.Base?.Version;
  if (base === undefined) return `${version} = HEAD + this go.mod: no release is in its history.`;
  if (commits === undefined) return `${version} = HEAD + this go.mod.`;
  if (commits === 0) return `${version} = ${base} + this go.mod: nothing else is unreleased.`;
  const what = commits === 1 ? "the commit" : `the ${commits} commits`;
  const ships = `${version} = HEAD + this go.mod: it also ships ${what} since ${base}, as a patch.`;
  if (advisedBump(module) === "patch") return ships;
  const more = evidence(module).find((e) => e.Weight !== "fix");
  return `${ships} That is more than a fix: ${foreignText(more?.Text ?? "", false)}.`;
}

/** What becomes of reasons that stand in go.mod already; absent when none is concerned. */
export function alreadyWords(
  module: ModuleFacts,
  wanted: readonly Interval[],
): string | undefined {
  const old = module.GoMod.Mod.Retract;
  const replaced = wanted.find((i) => old.some((r) => r.Low === i.Low && r.High === i.High));
  if (replaced) {
    const { Low, High } = replaced;
    return `${Low === High ? Low : `${Low}..${High}`}: this reason replaces the old one.`;
  }
  const older = coveredBy(module, wanted).find((v) => old.some((r) => covers(r, v)));
  return older === undefined ? undefined : `${older} was retracted before: go prints that reason.`;
}

/** Why the list may be incomplete; absent when everybody has answered. */
export function unanswered({ Facts, Whole }: Model): string | undefined {
  if (!Facts || Whole && known(Facts.Remote) && known(Facts.Proxy)) return undefined;
  if (!Whole) {
    return "Remote and proxy have not answered yet: these are the tags here.";
  }
  const { Remote, Proxy } = Facts;
  if (Remote.State !== "known") return `The remote was not asked: ${Remote.Why}.`;
  return Proxy.State === "known" ? undefined : `The proxy was not asked: ${Proxy.Why}.`;
}
