/** `gorel deprecate --reason TEXT`: a release that deprecates its module. */
export { run } from "./release.ts";
