/** `go-mod-invalid`, `path-invalid`, `path-not-fetchable`: what go.mod says the module is. */
import { type Problem, problem } from "../problem.ts";
import { checkPath, namesNoHost } from "../go/module.ts";
import type { Coming } from "./types.ts";

/** Rules about the module's own path (go-rules §2.1). */
export function path({ Facts, Module }: Coming): Problem[] {
  const out = [...Facts.Problems];
  // Without a module line there is no path to judge, which is said already.
  const error = Module.Path === "" ? null : checkPath(Module.Path);
  if (error === null) return out;
  const line = Module.GoMod.Mod.Module?.Line;
  const where = { File: Module.GoMod.File, ...(line !== undefined && { Line: line }) };
  if (namesNoHost(Module.Path)) {
    out.push(problem(
      "path-not-fetchable",
      `The first element of ${Module.Path} has no dot, so it names no host: nobody can go get it.`,
      { where, fix: "use a path like example.com/name, or --accept path-not-fetchable" },
    ));
  } else {
    out.push(problem("path-invalid", `Go does not accept the module path: ${error}.`, {
      where,
      fix: "correct the module line of go.mod",
    }));
  }
  return out;
}
