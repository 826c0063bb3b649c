/** `gorel retract VERSION|RANGE… --reason TEXT`: a release that retracts. */
export { run } from "./release.ts";
