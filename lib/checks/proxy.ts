/** `proxy-unset`, `proxy-unreachable`, `private-module`: will the release be provable. */
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";
import type { Coming } from "./types.ts";

/** Rules about the module proxy; a release that does not wait for it needs none. */
export function proxy({ Facts, Choices, Module, Pushes }: Coming): Problem[] {
  const part = Facts.Proxy;
  const waits = Pushes && Choices.Wait > 0;
  if (part.State === "failed") {
    return [problem(
      "proxy-unreachable",
      `The module proxy does not say which versions it has: ${part.Why}.`,
      {
        level: waits ? "stop" : "note",
        fix: "try again; or --no-wait, which asks no proxy; or --accept proxy-unreachable",
      },
    )];
  }
  if (part.State !== "known") {
    return [problem("not-asked", `The module proxy was not asked (${part.Why}).`)];
  }
  const { Kind, From } = part.Value;
  if (Kind === "none" && waits) {
    return [problem(
      "proxy-unset",
      `No module proxy is known (${clean(From)}), so nothing could prove the release.`,
      { fix: "set GOPROXY, or --no-wait, or --accept proxy-unset" },
    )];
  }
  if (Kind === "private") {
    return [problem(
      "private-module",
      `${Module.Path} is private (GOPRIVATE or GONOPROXY): it is verified at the remote instead of a proxy.`,
    )];
  }
  return [];
}
