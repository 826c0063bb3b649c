/** The parts of a pseudo-version in words (go-rules §2.6). */
import { build, major } from "../../go/semver.ts";
import {
  checkPseudoVersionBase,
  checkPseudoVersionTime,
  pseudoVersionBase,
  pseudoVersionRev,
  pseudoVersionTime,
} from "../../go/pseudo.ts";
import { clean } from "../../text.ts";

/** `2026-01-02 03:04:05 UTC`. */
function timeText(time: Date): string {
  return time.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");
}

/** Base, time and commit of a pseudo-version in a sentence, or what is wrong with it. */
export function pseudoText(version: string): string {
  const wrong = checkPseudoVersionBase(version) ?? checkPseudoVersionTime(version);
  if (wrong !== null) return `Go refuses it: ${clean(wrong)}.`;
  const base = pseudoVersionBase(version)!;
  const time = timeText(pseudoVersionTime(version)!);
  const commit = `commit ${clean(pseudoVersionRev(version)!)} of ${time}`;
  return base === ""
    ? `The name says: ${commit}, with no version before it.`
    : `The name says: ${commit}, after ${clean(base)}.`;
}

/** How a pseudo-version sorts, which is why it looks as it does. */
export function orderText(version: string): string {
  const base = pseudoVersionBase(version);
  if (base === null) return "";
  if (base === "") {
    return `It sorts below ${major(version)}.0.0: any release that is tagged later is an upgrade.`;
  }
  const plain = base.replace(build(base), "");
  const kind = plain.includes("-")
    ? `above ${clean(plain)} and below its next pre-release`
    : `above ${clean(plain)} and below the patch release that comes next, and its pre-releases`;
  return `It sorts ${kind}, so an upgrade to a tagged version is never a step back.`;
}
