/** Paths of `--include`: from the root of the repository, and as they are typed where gorel stands. */
import { join } from "node:path/posix";
import { fromHere, owns } from "../facts/modules.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import type { Model } from "./model.ts";

/** A path from the root as the command line writes it: from the caller's folder. */
export function asTyped({ Facts }: Model, path: string): string {
  return fromHere(path, Facts?.Repo.Git.Prefix ?? "");
}

/** The same way back; "" is the root itself. */
export function fromRoot({ Facts }: Model, typed: string): string {
  const { Root, Git } = Facts?.Repo ?? {};
  const below = Root !== undefined && typed.startsWith(`${Root}/`)
    ? typed.slice(Root.length)
    : join("/", Git?.Prefix ?? "", typed);
  return below.replace(/^\/|\/$/g, "");
}

/** Reports whether a path is included: by its own name, or with a folder that it lies in. */
export function isIncluded(included: readonly string[], path: string): boolean {
  return included.some((given) =>
    given === "" || path === given || path.startsWith(given.replace(/\/?$/, "/"))
  );
}

/** Reports whether there is anything that is not committed, and could go into a release. */
export function hasChanges({ Facts, Given }: Model): boolean {
  if (!Facts) return false;
  const { Changed, Untracked } = Facts.Repo;
  return Changed.length + Untracked.length + Given.Include.length > 0;
}

/** Reports whether that can go into the release that is drafted: no revision takes anything in. */
export function canInclude(model: Model): boolean {
  return model.Draft.From === undefined && hasChanges(model);
}

/** Modules with what is included of them, made once for each. */
const made = new WeakMap<ModuleFacts, Map<string, ModuleFacts>>();

/**
 * The module as advice is to see it: what goes in uncommitted is something to release, also
 * where HEAD is a release already.
 */
export function withIncluded(model: Model, module: ModuleFacts): ModuleFacts {
  const paths = model.Given.Include.map((typed) => fromRoot(model, typed))
    .filter((path) => path === "" || owns(module, path));
  if (paths.length === 0) return module;
  const key = paths.join("\0");
  const all = made.get(module) ?? new Map<string, ModuleFacts>();
  made.set(module, all);
  const found = all.get(key) ?? including(module, paths);
  all.set(key, found);
  return found;
}

function including(module: ModuleFacts, paths: readonly string[]): ModuleFacts {
  const commits = known(module.Commits);
  const files = known(module.SinceSeries);
  return {
    ...module,
    AtHead: [],
    ...(commits && {
      Commits: { State: "known", Value: { ...commits, Files: [...commits.Files, ...paths] } },
    }),
    ...(files && { SinceSeries: { State: "known", Value: [...files, ...paths] } }),
  };
}
