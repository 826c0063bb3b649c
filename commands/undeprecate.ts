/** `gorel undeprecate`: a release that takes the deprecation back. */
export { run } from "./release.ts";
