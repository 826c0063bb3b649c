/** The rows of the versions browser: versions newest first, then the tags that Go passes over. */
import { shownVersions, versionsDocument } from "../../../cli/documents.ts";
import type { VersionsDocument } from "../../../cli/answer.ts";
import type { ModuleFacts, VersionFact } from "../../../facts/types.ts";
import type { IgnoredTag } from "../../../go/versions.ts";
import { clean } from "../../../text.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Row } from "../../screen.ts";
import { age } from "../../widgets/bar.ts";

export interface Entry extends Row {
  /** Of a version. */
  readonly Fact?: VersionFact;
  /** Of a tag that is none. */
  readonly Ignored?: IgnoredTag;
  readonly Latest?: true;
  readonly Prerelease?: boolean;
  /** The reasons in force. */
  readonly Retracted?: readonly string[];
}

const cache = new WeakMap<ModuleFacts, readonly Entry[]>();

/** Made once for what was read: a list of a thousand is drawn at every key. */
export function browsed(model: Model): readonly Entry[] {
  const module = moduleOf(model);
  if (!module) return [];
  const found = cache.get(module) ?? entriesOf(module);
  cache.set(module, found);
  return found;
}

function entriesOf(module: ModuleFacts): Entry[] {
  const document = versionsDocument(module, new Map());
  return [
    ...shownVersions(module).map((fact, i) => entryOf(fact, document.Versions[i]!, document.Latest))
      .reverse(),
    ...module.Ignored.map((tag): Entry => ({
      Label: clean(tag.Tag),
      Ignored: tag,
      Off: tag.Reason,
    })),
  ];
}

function entryOf(
  fact: VersionFact,
  { Prerelease, Retracted }: VersionsDocument["Versions"][number],
  latest: string | undefined,
): Entry {
  const parts = [
    ...(fact.Version === latest ? ["@latest"] : []),
    ...(Retracted ? [`retracted: ${Retracted.map(clean).join("; ")}`] : []),
    ...(Prerelease ? ["pre-release"] : []),
  ];
  return {
    Label: fact.Version,
    ...(parts.length > 0 && { Detail: parts.join(", ") }),
    Fact: fact,
    ...(fact.Version === latest && { Latest: true as const }),
    Prerelease,
    ...(Retracted && { Retracted }),
  };
}

/** Reports whether somebody else can get the version; unknown counts as yes. */
export function isOut({ Facts }: Model, fact: VersionFact): boolean {
  return Facts?.Remote.State !== "known" || fact.OnRemote !== undefined || fact.OnProxy;
}

/** Whether a version is here, on the remote, on the proxy; undefined: nobody was asked. */
export function places(model: Model, fact: VersionFact): (boolean | undefined)[] {
  const { Facts } = model;
  const proxied = model.Whole && Facts?.Proxy.State === "known";
  return [
    fact.Here !== undefined,
    Facts?.Remote.State === "known" ? fact.OnRemote !== undefined : undefined,
    fact.OnProxy ? true : proxied ? false : undefined,
  ];
}

/** `9 days`, or "" while it is not known. */
export function ageOf(model: Model, version: string): string {
  const time = model.Times.get(version);
  return time === undefined ? "" : age(time, model.Now / 1000);
}

/** One row as a sentence. */
export function tellVersion(model: Model, { Label, Detail, Fact, Ignored }: Entry): string {
  if (!Fact) return `${Label} is no version: ${Ignored?.Reason ?? ""}`;
  const [here, remote, proxy] = places(model, Fact);
  const where = [
    ...(here ? ["here"] : []),
    ...(remote ? ["on the remote"] : []),
    ...(proxy ? ["on the proxy"] : []),
  ].join(", ");
  const since = ageOf(model, Label);
  const made = since === "" || since === "now" ? since : `${since} ago`;
  return [Label, made, where, Detail ?? ""].filter((part) => part !== "").join("; ");
}
