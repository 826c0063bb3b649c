/** Versions, revisions and modules as words of a command line. */
import type { Here, Module } from "./here.ts";
import type { Candidate } from "./reply.ts";
import type { Situation } from "./situation.ts";

/** Nobody reads more. */
const most = 300;

/** The module that the line is about. */
export function moduleOf(here: Here, { given }: Situation): Promise<Module | null> {
  return here.module(given.get("module")?.at(-1));
}

/** Versions of the module that have a tag here, the newest first, that begin as the word does. */
export async function versionsOf(
  here: Here,
  at: Situation,
  module?: Module | null,
): Promise<Candidate[]> {
  // Git lists the tags while the module is looked for.
  const [meant] = await Promise.all([module ?? moduleOf(here, at), here.tags()]);
  const begun = at.begun.slice(at.begun.lastIndexOf("@") + 1);
  return (await here.versions(meant, begun)).slice(0, most)
    .map(({ Version }) => ({ Value: Version }));
}

/** The first of these that begin as the word does. */
function begunBy(begun: string, all: readonly string[]): string[] {
  return all.filter((value) => value.startsWith(begun)).slice(0, most);
}

/** The versions that may come next, counted from the highest here. */
export async function comingVersions(here: Here, at: Situation): Promise<Candidate[]> {
  const [module, { bumpRelease, nextPrerelease }, { prerelease }] = await Promise.all([
    moduleOf(here, at),
    import("../../go/bump.ts" as string) as Promise<typeof import("../../go/bump.ts")>,
    import("../../go/semver.ts" as string) as Promise<typeof import("../../go/semver.ts")>,
    here.tags(),
  ]);
  const all = (await here.versions(module)).map(({ Version }) => Version);
  const [newest] = all;
  if (newest === undefined) return [];
  const base = all.find((version) => prerelease(version) === "") ?? newest;
  const coming = new Map<string, string>();
  const next = nextPrerelease(newest);
  if (next !== null) coming.set(next, "the next pre-release");
  for (const bump of ["patch", "minor", "major"] as const) {
    const version = bumpRelease(base, bump);
    if (!coming.has(version)) coming.set(version, `the next ${bump}`);
  }
  return [...coming].map(([Value, Help]) => ({ Value, Help }));
}

/** Tags as they are called, the newest version first, then branches. */
export async function revisions(here: Here, at: Situation): Promise<Candidate[]> {
  const [module, tags, branches] = await Promise.all([
    moduleOf(here, at),
    here.tags(),
    here.branches(),
  ]);
  const own = new Set((await here.versions(module)).map(({ Tag }) => Tag));
  const all = [...own, ...tags.filter((tag) => !own.has(tag))];
  return [
    ...begunBy(at.begun, all).map((Value) => ({ Value, Help: "tag" })),
    ...begunBy(at.begun, branches).map((Value) => ({ Value, Help: "branch" })),
  ];
}

/** Modules of the repository by their folders, and by their paths once one is begun, or where `paths` says so. */
export async function modules(here: Here, at: Situation, paths = false): Promise<Candidate[]> {
  const all = (await here.modules()).filter((m) => m.Releasable);
  const named = new Set(at.operands);
  return [
    ...all.map(({ FromHere, Path }) => ({ Value: FromHere, Help: Path })),
    ...(paths || at.begun !== "" ? all : []).map(({ FromHere, Path }) => ({
      Value: Path,
      Help: FromHere,
    })),
  ].filter(({ Value }) => !named.has(Value));
}
