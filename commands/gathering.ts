/** The facts that the screens are about: of all modules, and of those that are meant what the proxy says. */
import type { Options } from "../lib/cli/answer.ts";
import type { Choices } from "../lib/choices.ts";
import type { Flags } from "../lib/cli/flags.ts";
import type { Ask as Named } from "../lib/cli/options.ts";
import { type Ask, gather } from "../lib/facts/gather.ts";
import type { Facts } from "../lib/facts/types.ts";
import type { Problem } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** What a release command has drafted already, and for which modules; nothing at home. */
export interface Origin {
  readonly Draft?: Choices;
  readonly Asked?: Named;
  /** Where `.gorel.toml` was broken: what it says once it was mended, null until then. */
  readonly Mended?: () => Promise<Defaults | null>;
}

/** What counts for every release that is begun at home. */
export interface Defaults {
  readonly Flags: Flags;
  readonly Given: Choices;
  readonly Unsaid: readonly Choices[];
}

/** Whose facts are wanted: the command line, and what it was opened for. */
export interface Opened {
  readonly options: Options;
  readonly services: Services;
  readonly opening: Origin;
}

/** The facts of all modules, and which are meant: one by its folder, or those of a train. */
export interface Found {
  readonly Facts: Facts;
  readonly Dir?: string;
  readonly Dirs?: readonly string[];
}

/**
 * The facts for the module in the folder `Dir` or the train of `Dirs`; without either, for what the
 * command line means; as they are at the revision `From`, where the module may have another path.
 * `offline` says why neither the remote nor the proxy is asked.
 */
export async function factsOf(
  opened: Opened,
  { Dir, Dirs, From }: {
    readonly Dir?: string;
    readonly Dirs?: readonly string[];
    readonly From?: string;
  },
  offline: string | undefined,
): Promise<Found | Problem[]> {
  const { options: { flags, cwd }, services, opening } = opened;
  const ask = {
    Dir: cwd,
    All: true,
    Release: true,
    Status: true,
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.wait === 0 && { NoProxy: "--no-wait" }),
    ...(offline !== undefined && { Offline: offline }),
  };
  if (From !== undefined) return await factsAt(opened, { Dir, From }, ask);
  const all = await gather(services, ask);
  if (Array.isArray(all)) return all;
  const dir = Dir ?? await stands(opened, all, opening.Asked?.Module ?? flags.module, ask);
  if (Array.isArray(dir)) return dir;
  const named = Dirs ? null : await train(opened, ask);
  if (named && "Problems" in named) return named.Problems;
  const dirs = Dirs ?? named?.Dirs;
  const asked = dirs ?? (dir === undefined ? [] : [dir]);
  const facts = asked.length === 0 || all.Modules.length < 2 || offline !== undefined
    ? all
    : await withProxyOf(services, all, asked, ask);
  return { Facts: facts, ...(dir !== undefined && { Dir: dir }), ...(dirs && { Dirs: dirs }) };
}

/** The one module at a revision: that of the folder, or the one that the command line names. */
async function factsAt(
  { services, opening, options: { flags } }: Opened,
  { Dir, From }: { readonly Dir: string | undefined; readonly From: string },
  { All: _, ...ask }: Ask,
): Promise<Found | Problem[]> {
  const named = opening.Asked?.Module ?? flags.module;
  let which: Pick<Ask, "Dir" | "Module"> = {
    Dir: ask.Dir,
    ...(named !== undefined && { Module: named }),
  };
  if (Dir !== undefined) {
    const here = await gather(services, { ...ask, All: true, Offline: "not needed" });
    if (Array.isArray(here)) return here;
    which = { Dir: here.Repo.Root, Module: Dir || "." };
  }
  const facts = await gather(services, { ...ask, ...which, From });
  return Array.isArray(facts) ? facts : { Facts: facts, Dir: facts.Modules[0]!.Dir };
}

/** The module that was named, or whose folder is stood in; undefined where several could be meant. */
async function stands(
  { services }: Opened,
  all: Facts,
  named: string | undefined,
  ask: Ask,
): Promise<string | undefined | Problem[]> {
  if (named !== undefined) {
    const one = await gather(services, { ...ask, Offline: "not needed", Module: named });
    return Array.isArray(one) ? one : one.Modules[0]!.Dir;
  }
  if (all.Modules.length === 1) return all.Modules[0]!.Dir;
  const { Prefix } = all.Repo.Git;
  return all.Modules.map((m) => m.Dir)
    .filter((dir) => Prefix !== "" && (Prefix === dir || Prefix.startsWith(dir + "/")))
    .sort((a, b) => b.length - a.length)[0];
}

/** The train that the command line named; null where it named none. */
async function train(
  { services, opening }: Opened,
  ask: Ask,
): Promise<{ Dirs: string[] } | { Problems: Problem[] } | null> {
  const Modules = opening.Asked?.Modules;
  if (!Modules) return null;
  const all = await gather(services, { ...ask, Offline: "not needed", Modules });
  return Array.isArray(all) ? { Problems: all } : { Dirs: all.Modules.map((m) => m.Dir) };
}

/** The proxy is asked about those modules only that are meant. */
async function withProxyOf(
  services: Services,
  all: Facts,
  dirs: readonly string[],
  ask: Ask,
): Promise<Facts> {
  const names = dirs.map((dir) => dir || ".");
  const which = names.length > 1 ? { Modules: names } : { Module: names[0]! };
  const asked = await gather(services, { ...ask, Dir: all.Repo.Root, ...which });
  if (Array.isArray(asked)) return all;
  const found = new Map(asked.Modules.map((m) => [m.Dir, m]));
  return { ...asked, Modules: all.Modules.map((m) => found.get(m.Dir) ?? m) };
}
