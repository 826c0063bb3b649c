/** What `retract` lines and the `module` line mean to users (go-rules §3.6, §3.7, §8). */
import { checkPath, escapePath, namesNoHost, splitPathVersion } from "../../go/module.ts";
import type { ModFile, Module, Retract } from "../../go/modfile/mod.ts";
import { checkRationale, covers, shortRationale } from "../../go/retract.ts";
import { compare, majorMinor, prerelease } from "../../go/semver.ts";
import { tagPrefix } from "../../go/versions.ts";
import { clean, some } from "../../text.ts";
import { type Around, intervalText } from "./around.ts";

/** What a `retract` entry means; `brief`: the short answer alone, which comes first. */
export function retractText(
  entry: Retract,
  mod: ModFile,
  around: Around,
  brief: boolean,
): string[] {
  const shown = clean(intervalText(entry));
  if (compare(entry.Low, entry.High) > 0) {
    return [
      `${shown} is reversed: it covers no version, and no go command says so.`,
      `Write it from the lower to the higher one: [${clean(entry.High)}, ${clean(entry.Low)}].`,
    ];
  }
  const covered = around.Own?.All.filter((v) => covers(entry, v)) ?? [];
  const short = [coverage(entry, covered, around), ...force(covered, around)].join(" ");
  if (brief) return [short];
  return [
    short,
    ...queries(entry, mod, around),
    reason(entry),
    "Nothing is deleted: who names such a version gets it with a warning, and builds that require " +
    "it go on with it, silently. @latest, ranges and upgrades pass over it, and go list -m -versions " +
    "hides it.",
    "Go reads retractions from one go.mod only, that of the highest release (of the highest " +
    "pre-release while there is none): keep the line in every later release, or it ends.",
  ];
}

function coverage(entry: Retract, covered: readonly string[], { Own }: Around): string {
  const shown = clean(intervalText(entry));
  if (!Own) return `Retracts ${shown}.`;
  if (covered.length === 0) {
    return `Retracts ${shown}, which is no version there is: a slip, or one that is still to come.`;
  }
  const single = entry.Low === entry.High;
  const pre = covered.filter((v) => prerelease(v) !== "").length;
  return single
    ? `Retracts ${shown}.`
    : `Retracts ${shown}: ${some(covered)}${pre > 0 ? ", pre-releases in between too" : ""}.`;
}

/** Whether users' go reads this entry, or one like it, now. */
function force(covered: readonly string[], { Own }: Around): string[] {
  if (!Own || covered.length === 0) return [];
  const now = covered.filter((v) => Own.Retracts.some((r) => covers(r, v)));
  if (now.length === covered.length) {
    return [`It is in force: the go.mod of ${clean(Own.Source ?? "")} says so.`];
  }
  const pending = covered.filter((v) => !now.includes(v));
  const until = Own.Source === null
    ? "a release carries it"
    : `a release above ${clean(Own.Source)} carries it`;
  return [
    now.length === 0
      ? `It is in force for nobody until ${until}.`
      : `Of these ${some(pending)} will be retracted when ${until}.`,
  ];
}

/**
 * Which queries give something else for it. While it is pending only older minor versions are
 * asked about: in the newest the release that carries it may be what they give.
 */
function queries(entry: Retract, mod: ModFile, { Own }: Around): string[] {
  if (!Own) return [];
  const covered = Own.All.filter((v) => covers(entry, v));
  const lines = new Set(covered.map(majorMinor));
  const inForce = Own.Retracts.some((r) => r.Low === entry.Low && r.High === entry.High);
  const without = Own.Retracts.filter((r) => r.Low !== entry.Low || r.High !== entry.High);
  const newest = Own.Source === null ? "" : majorMinor(Own.Source);
  const asked = inForce ? ["latest", ...lines] : [...lines].filter((line) => line !== newest);
  const [before, after] = inForce ? [without, Own.Retracts] : [Own.Retracts, mod.Retract];
  const changed = asked.flatMap((q) => {
    const [was, is] = [Own.query(q, before), Own.query(q, after)];
    if (was === is) return [];
    const instead = was === null ? "" : ` instead of ${was}`;
    return [`@${q} ${is === null ? "finds no version" : `gives ${is}`}${instead}`];
  });
  if (changed.length === 0) return [];
  const shown = clean(changed.slice(0, 3).join(", "));
  return [inForce ? `For it ${shown}.` : `Then ${shown}.`];
}

function reason({ Rationale }: Retract): string {
  if (Rationale === "") {
    return 'It gives no reason, so go prints "retracted by module author". A comment above or ' +
      "beside the line would be printed instead.";
  }
  const wrong = checkRationale(Rationale);
  if (wrong !== null) return `The reason ${clean(wrong)}.`;
  const first = clean(shortRationale(Rationale));
  const more = Rationale.includes("\n") ? " Only its first line is; go list -json gives all." : "";
  return `The comment is the reason, and users are shown it: "${first}".${more}`;
}

/** What the `module` line means. */
export function moduleText(module: Module, around: Around): string[] {
  const { Path, Deprecated } = module;
  const path = clean(Path);
  const error = checkPath(Path);
  const { pathMajor, ok } = splitPathVersion(Path);
  const dep = deprecation(module, around);
  const first = Path === ""
    ? "There is no module path: nobody can require this module."
    : error === null
    ? `Users import packages whose paths begin with ${path}, and require it by that name.`
    : namesNoHost(Path)
    ? `Nobody can fetch ${path}: its first element has no dot, so it names no host.`
    : `Nobody can fetch this module: ${clean(error)}.`;
  const out = [
    [first, ...(Deprecated === undefined ? [] : dep.slice(0, 1))].join(" "),
    ...dep.slice(1),
  ];
  if (error !== null || !ok) return out;
  out.push(
    pathMajor === ""
      ? "Without a major version at its end the path is that of v0 and v1: v2 is another path, " +
        `${path}/v2, and to Go another module.`
      : `${clean(pathMajor.slice(1))} is part of the name: only versions v${
        pathMajor.replace(/\D/g, "")
      }.x.y belong to this path, and every import has it. A build may have other majors beside it.`,
  );
  if (around.Dir !== undefined) {
    const prefix = tagPrefix(around.Dir, pathMajor);
    const example = `${prefix}${major(pathMajor)}.2.3`;
    out.push(
      prefix === ""
        ? `Its versions are tags such as ${clean(example)}.`
        : `Its versions are tags with the folder in front, such as ${
          clean(example)
        }; a plain tag ` +
          `${major(pathMajor)}.2.3 is not its.`,
    );
  }
  const escaped = escapePath(Path);
  if (escaped !== null && escaped !== Path) {
    out.push(`Capital letters count. A proxy knows it as ${clean(escaped)}.`);
  }
  return out;
}

function major(pathMajor: string): string {
  return pathMajor.replace(/^[/.]|-unstable$/g, "") || "v1";
}

function deprecation({ Deprecated, Path }: Module, { Own }: Around): string[] {
  const now = Own?.Deprecated;
  if (Deprecated === undefined) {
    return now === undefined ? [] : [
      "",
      `The go.mod of ${clean(Own?.Source ?? "")} deprecates the module ("${
        clean(now)
      }"); this one ` +
      "does not: a release above it with this file takes the deprecation back.",
    ];
  }
  const force = Own === undefined
    ? "It counts once the highest release has it."
    : now === Deprecated
    ? `It is in force: the go.mod of ${clean(Own.Source ?? "")} has it.`
    : `It is in force for nobody until a release${
      Own.Source === null ? "" : ` above ${clean(Own.Source)}`
    } carries it.`;
  return [
    `It is deprecated: "${clean(shortRationale(Deprecated))}". ${force}`,
    `go get says so to those who name ${
      clean(Path)
    } or import one of its packages directly, go list ` +
    "-m -u to all who require it. Builds say nothing, and all versions of this path are meant: " +
    "another major has a go.mod of its own.",
  ];
}
