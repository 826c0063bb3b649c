/** Tables of mentions: a text in which `‹class›` stands before each mention that is to be found. */
import assert from "node:assert/strict";
import { latin1 } from "../../../../lib/plan/major/bytes.ts";
import type { Finder, Occurrence, PathChange } from "../../../../lib/plan/major/types.ts";

/** A change of a module's path; modules below it are not its own, nor is another major. */
export function changeOf(Old: string, New: string, nested: string[] = []): PathChange {
  const below = (path: string, root: string) => path === root || path.startsWith(root + "/");
  const owns = (path: string) =>
    below(path, Old) && !nested.some((root) => below(path, root)) &&
    !/^\/v\d+(?:\/|$)/.test(path.slice(Old.length));
  return { Old, New, Version: `v${/\d+$/.exec(New)![0]}.0.0`, owns };
}

/** One character a byte. */
export function bytesOf(text: string): string {
  return latin1(new TextEncoder().encode(text));
}

/** Compares what a finder finds in a marked text with its marks; returns the mentions. */
export function assertMarked(finder: Finder, marked: string, change: PathChange): Occurrence[] {
  const wanted: string[] = [];
  let text = "";
  const parts = marked.split(/‹([a-z-]+)›/);
  for (let i = 0; i < parts.length; i += 2) {
    text += bytesOf(parts[i]!);
    const found = parts[i + 1];
    if (found !== undefined) wanted.push(`${lineOf(text)}: ${found} at ${text.length}`);
  }
  const found = finder("file", text, change);
  assert.deepEqual(
    found.map(({ At, Line, Class }) => `${Line}: ${Class} at ${At}`),
    wanted,
    marked,
  );
  for (const { At, Old } of found) assert.equal(text.slice(At, At + Old.length), Old);
  return found;
}

function lineOf(text: string): number {
  return text.split("\n").length;
}
