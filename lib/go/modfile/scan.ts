/** The quick scanner for a module path (go-rules §3.8). */
import { trimSpace, unquote } from "./strconv.ts";
import { decodeText } from "./utf8.ts";

/**
 * The path of the first line that looks like a `module` directive, whatever
 * else the file holds; "" if there is none. Go reads a fetched go.mod this way
 * to see which path it declares.
 */
export function modulePath(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 ? text.length : newline;
    const path = pathIn(text.slice(from, end));
    if (path !== null) return path.toWellFormed();
    from = end + 1;
  }
  return "";
}

function pathIn(line: string): string | null {
  const comment = line.indexOf("//");
  const text = trimSpace(comment < 0 ? line : line.slice(0, comment));
  if (!text.startsWith("module")) return null;
  const rest = text.slice("module".length);
  const path = trimSpace(rest);
  if (path === "" || path === rest) return null;
  return /^["`]/.test(path) ? unquote(path) ?? "" : path;
}
