/** The version that the draft comes to, and the path it needs. */
import { advisedBump } from "../advice/advise.ts";
import { type Coming, resolveVersion } from "../advice/version.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";

/** What the draft's wish comes to; undefined while that is not known, or comes to nothing. */
export function comingOf(model: Model): Coming | undefined {
  const module = moduleOf(model);
  const [wanted, more] = model.Draft.Modules;
  if (!module || !wanted || more) return undefined;
  const coming = resolveVersion(module, wanted, advisedBump(module));
  return "Code" in coming ? undefined : coming;
}
