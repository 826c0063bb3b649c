/** The words of commands that mean the chosen module, wherever they are typed. */
import type { Choices } from "../choices.ts";
import { toArgv } from "../cli/back.ts";
import { fromHere } from "../facts/modules.ts";
import type { ModuleFacts } from "../facts/types.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";

/** The words behind `gorel` of a release with these choices. */
export function releaseWords(model: Model, choices: Choices): readonly string[] {
  const [first, ...more] = choices.Modules;
  // Until there are facts, a train's modules have no names but those of the command line.
  const unnamed = more.every(({ Dir }) => Dir === first?.Dir);
  const Modules = more.length === 0 || unnamed
    ? [{ ...first, Dir: more.length === 0 ? moduleName(model) : "" }]
    : choices.Modules.map((one) => ({ ...one, Dir: operand(model, one.Dir) }));
  return toArgv({ ...choices, Modules }, model.Unsaid);
}

/** A module's folder as an operand: what would be read as a flag or a version begins with `./`. */
function operand(model: Model, dir: string): string {
  const name = folder(model, dir);
  return /^(?:-|v\d)/.test(name) ? `./${name}` : name;
}

/** `--module NAME`, where it is needed. */
export function moduleFlag(model: Model): readonly string[] {
  const name = moduleName(model);
  return name === "" ? [] : ["--module", name];
}

/**
 * What `--module` needs to mean the chosen one: its path, wherever the command is typed; its
 * folder where several have that path; "" where there is only one module.
 */
function moduleName(model: Model): string {
  const all = model.Facts?.Modules ?? [];
  const module = moduleOf(model);
  if (module && isElsewhere(model, module)) return module.Path;
  // While none is chosen, the command line says which is meant.
  if (!module || all.length < 2 || model.Dir === undefined) return "";
  return isOnly(model, module.Path) ? module.Path : folder(model, module.Dir);
}

/** Reports whether another revision was looked at, and HEAD has no module of that path there. */
function isElsewhere({ Facts }: Model, { HeadGoMod }: ModuleFacts): boolean {
  const { From, Head } = Facts?.Repo ?? {};
  return From !== undefined && From.Snapshot.Commit !== Head?.Commit && HeadGoMod === undefined;
}

function isOnly({ Facts }: Model, path: string): boolean {
  return (Facts?.Modules ?? []).filter((m) => m.Path === path).length < 2;
}

/** A folder as it is written where the maintainer stands. */
function folder({ Facts }: Model, dir: string): string {
  return fromHere(dir, Facts?.Repo.Git.Prefix ?? "");
}

/** The operands that mean a release of this repository: `v1.2.3`, or with its module. */
export function releaseName(
  model: Model,
  { Module, Version }: { readonly Module: string; readonly Version: string },
): readonly string[] {
  if ((model.Facts?.Modules.length ?? 0) < 2) return [Version];
  if (isOnly(model, Module)) return [`${Module}@${Version}`];
  return [Version, "--module", folder(model, moduleOf(model)?.Dir ?? "")];
}
