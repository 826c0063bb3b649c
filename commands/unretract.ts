/** `gorel unretract VERSION|RANGE…`: a release that takes retractions back. */
export { run } from "./release.ts";
