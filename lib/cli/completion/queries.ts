/** `MODULE@QUERY`, `MODULE@VERSION`, and the modules that are required. */
import type { Here, Module } from "./here.ts";
import type { Candidate } from "./reply.ts";
import type { Situation } from "./situation.ts";
import { moduleOf, versionsOf } from "./versions.ts";

const asked: readonly Candidate[] = [
  { Value: "latest", Help: "the highest release that is not retracted" },
  { Value: "upgrade", Help: "latest, or the version in use if that is higher" },
  { Value: "patch", Help: "the highest patch of the version in use" },
];

/** The modules that the go.mod here requires, with the version of each. */
export async function requiredModules(here: Here, at?: Situation): Promise<Candidate[]> {
  const module = at ? await moduleOf(here, at) : await here.module(undefined);
  const required = (await here.goMod(module))?.Require ?? [];
  return required.map(({ Path, Version }) => ({ Value: Path, Help: Version }));
}

/** Modules of the repository and required ones, each with an `@` behind it; and behind that the queries. */
export async function queries(here: Here, at: Situation): Promise<Candidate[]> {
  const [own, required] = await Promise.all([here.modules(), requiredModules(here, at)]);
  const path = pathOf(at);
  if (path === null) return withAt(own, required);
  const current = required.find(({ Value }) => Value === path)?.Help;
  const module = own.find((m) => m.Path === path);
  const versions = module ? await versionsOf(here, at, module) : [];
  const branches = module ? (await here.branches()).filter((name) => !name.includes("/")) : [];
  return under(path, [
    ...asked,
    ...(current === undefined ? [] : [{ Value: current, Help: "the version in use" }]),
    ...versions,
    ...branches.map((Value) => ({ Value, Help: "branch" })),
  ]);
}

/** The same with nothing but versions behind the `@`: those that are known here. */
export async function moduleVersions(
  here: Here,
  at: Situation,
  own = false,
): Promise<Candidate[]> {
  const [modules, required] = await Promise.all([
    here.modules(),
    own ? [] : requiredModules(here, at),
  ]);
  const path = pathOf(at);
  if (path === null) return withAt(modules, required);
  const module = modules.find((m) => m.Path === path);
  if (module) return under(path, await versionsOf(here, at, module));
  const current = required.find(({ Value }) => Value === path)?.Help;
  return current === undefined ? [] : under(path, [{ Value: current, Help: "the version in use" }]);
}

/** The module before the last `@`; null while none is typed. */
function pathOf({ begun }: Situation): string | null {
  const at = begun.lastIndexOf("@");
  return at < 0 ? null : begun.slice(0, at);
}

function under(path: string, versions: readonly Candidate[]): Candidate[] {
  return versions.map(({ Value, ...more }) => ({ ...more, Value: `${path}@${Value}` }));
}

function withAt(own: readonly Module[], required: readonly Candidate[]): Candidate[] {
  return [
    ...own.filter((m) => m.Releasable).map(({ Path }) => ({ Value: Path, Help: "here" })),
    ...required,
  ].map(({ Value, Help }) => ({ Value: `${Value}@`, ...(Help && { Help }) }));
}
