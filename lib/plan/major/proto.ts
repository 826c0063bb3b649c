/** Mentions in files from which Go packages are generated: Protocol Buffers, and Cap'n Proto. */
import { judged, type Place, plainVerdict, type Verdict } from "./textfile.ts";
import type { Finder } from "./types.ts";

/** Mentions in a .proto or .capnp file: the Go package that it becomes is named in full. */
export const protoOccurrences: Finder = (file, text, change) => judged(file, text, change, verdict);

function verdict(place: Place): Verdict {
  const { Before } = place;
  if (/\bgo_package\s*=\s*["']$/.test(Before) || /\$Go\.import\(\s*"$/.test(Before)) {
    return { Class: "proto" };
  }
  const plain = plainVerdict(place, "install");
  if (plain) return plain;
  return { Class: /^\s*(?:\/\/|\*|\/\*)|\/\/|\/\*/.test(Before) ? "prose" : "string" };
}
