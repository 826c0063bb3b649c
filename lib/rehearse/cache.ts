/** A module cache of our own, which coming versions go into instead of the user's. */
import { dirname, join } from "node:path";

/**
 * Shares with it what is not of modules: the toolchains that the user's cache has, and what the
 * checksum database has signed. Else go would have to fetch both again. What cannot be shared is
 * not.
 */
export function shareTools(theirs: string, ours: string): void {
  const toolchains = folders(join(theirs, "golang.org")).filter((name) =>
    name.startsWith("toolchain@")
  );
  const shared = [
    ...toolchains.map((name) => join("golang.org", name)),
    join("cache", "download", "golang.org", "toolchain"),
    join("cache", "download", "sumdb"),
  ];
  for (const path of shared) {
    try {
      const target = Deno.realPathSync(join(theirs, path));
      Deno.mkdirSync(dirname(join(ours, path)), { recursive: true });
      Deno.symlinkSync(target, join(ours, path), { type: "dir" });
    } catch {
      // The user has none, or this system has no links.
    }
  }
}

function folders(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((entry) => entry.isDirectory).map((e) => e.name);
  } catch {
    return [];
  }
}
