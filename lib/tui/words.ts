/** The words of commands that mean the chosen module, wherever they are typed. */
import type { Choices } from "../choices.ts";
import { toArgv } from "../cli/options.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";

/** The words behind `gorel` of a release with these choices. */
export function releaseWords(model: Model, choices: Choices): readonly string[] {
  return toArgv({ ...choices, Modules: [{ ...choices.Modules[0], Dir: moduleName(model) }] });
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
  if (!module || all.length < 2) return "";
  const unique = all.filter((m) => m.Path === module.Path).length === 1;
  return unique ? module.Path : module.Dir || ".";
}
