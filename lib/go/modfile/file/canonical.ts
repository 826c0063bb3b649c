/** Which versions Go writes into `exclude` and `retract` lines (go-rules §3.10). */
import {
  canonicalVersion,
  checkPathMajor,
  pathMajorPrefix,
  splitPathVersion,
} from "../../module.ts";
import { major } from "../../semver.ts";
import { quote } from "../strconv.ts";

/** Why a version is not canonical, or not one of the module; null when all is well. */
export function checkCanonicalVersion(path: string, version: string): string | null {
  const { pathMajor, ok } = splitPathVersion(path);
  const bad = (reason: string) => `version ${quote(version)} invalid: ${reason}`;
  if (version === "" || canonicalVersion(version) !== version) {
    return bad(`must be of the form ${pathMajor === "" ? "v1" : pathMajorPrefix(pathMajor)}.2.3`);
  }
  const wrong = ok ? checkPathMajor(version, pathMajor) : null;
  if (wrong === null || pathMajor !== "") return wrong;
  return bad(`should be ${version}+incompatible (or module ${path}/${major(version)})`);
}
