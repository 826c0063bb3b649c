/** What the rows of home mean that release no code: retractions, deprecation, checks, versions. */
import { intervalText } from "../../../cli/values.ts";
import { shortRationale } from "../../../go/retract.ts";
import { bad, modulePath } from "../../../sandbox/sample.ts";
import { count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import { head, type Part, says, step } from "./parts.ts";
import type { Seen } from "./seen.ts";

/** A retraction, and what is retracted already. */
export function retractParts({ Module, Retracted }: Seen): Part[] {
  return [
    says(
      "A retracted version stays downloadable for ever, and builds that use it keep working. " +
        "But @latest and upgrades pass over it, and go get warns with your reason.",
    ),
    { Is: "gap" },
    says(
      "Go reads retractions from the highest release only, so a new one carries it: HEAD with " +
        "what is unreleased, or the last release with nothing but this edit.",
    ),
    ...(Retracted.length > 0 ? head("Retracted already") : []),
    ...Retracted.slice(0, 4).map((r): Part => ({
      Is: "item",
      Sign: "·",
      Text: `${r.Version}  ${r.Rationale}`,
    })),
    ...(Module.Versions.length === 0 ? [says("No version is there yet.")] : []),
  ];
}

/** Taking retractions back. */
export function unretractParts({ Module }: Seen): Part[] {
  const entries = Module.GoMod.Mod.Retract;
  return [
    says(
      "Takes retract lines out of go.mod: @latest, version prefixes and upgrades may choose the " +
        "versions again, and go get no longer warns.",
    ),
    { Is: "gap" },
    says(
      "Go reads retractions from the highest release only, so a patch is released without the " +
        "lines. A range goes as a whole.",
    ),
    ...(entries.length > 0 ? head("Retracted in go.mod") : []),
    ...entries.slice(0, 4).map((entry): Part => ({
      Is: "item",
      Sign: "·",
      Text: `${intervalText(entry)}  ${shortRationale(entry.Rationale)}`,
    })),
  ];
}

/** Taking the deprecation back. */
export function undeprecateParts({ Deprecated, Module }: Seen): Part[] {
  const standing = Module.GoMod.Mod.Module?.Deprecated ?? Deprecated;
  return [
    says(
      "Takes the deprecation out of go.mod. go get, go list -m -u and pkg.go.dev stop showing it, " +
        "to users of every version.",
    ),
    { Is: "gap" },
    says("Go reads it from the highest release only, so a patch is released without it."),
    ...(standing
      ? [...head("Until then they read"), { Is: "item", Sign: "·", Text: standing } as const]
      : []),
  ];
}

/** The story from a bad version to a good one. */
export function guided(model: Model, { Module }: Seen): Part[] {
  const story: Part[] = model.Sandbox && Module.Path === modulePath
    ? [
      says(
        `${bad.Version} of this sample is out, and panics. The fix is on main, with a test, but ` +
          "nobody has it yet.",
      ),
      { Is: "gap" },
    ]
    : [];
  return [
    ...story,
    says("From a bad version to the proof that users get a good one:"),
    step("1", "what is wrong, and with which version"),
    step("2", "is the fix here, or does it come later?"),
    step("3", "the version that carries it"),
    step("4", "the retraction, and what users get then"),
    step("5", "the plan; nothing happens before it"),
    { Is: "gap" },
    says(
      "Never move or delete a tag instead: proxies and the checksum database keep what they " +
        "saw first, and go stops where a tag was moved.",
    ),
  ];
}

/** What a check asks. */
export function check(version?: string): Part[] {
  return [
    says(`Asks what users' go asks for ${version ?? "a release"}, in this order:`),
    step("1", "the tag on the remote"),
    step("2", "the proxy: .info, .mod, .zip"),
    step("3", "is its hash the one of the tag here?"),
    step("4", "the list of versions, and @latest"),
    { Is: "gap" },
    says("Nothing is changed by it. A proxy is asked only what the remote already shows."),
  ];
}

/** The list of all versions. */
export function versions({ Module }: Seen): Part[] {
  const { Ignored } = Module;
  return [
    says("Every version: is it here, on the remote, on the proxy; retracted, and why."),
    ...(Ignored.length > 0 ? head(`${count(Ignored.length, "tag")} that Go passes over`) : []),
    ...Ignored.slice(0, 5).map((t): Part => ({ Is: "item", Sign: "·", Text: t.Tag })),
    ...(Ignored.length > 5 ? [says(`… ${Ignored.length - 5} more`)] : []),
  ];
}
