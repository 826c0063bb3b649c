/** Where gorel works: the caller's folder, and every `-C` after it. */
import { UsageError } from "../problem.ts";
import { shown } from "./values.ts";

/** The folder that gorel was started in. Throws UsageError where it is gone, or its name is no text. */
export function currentFolder(): string {
  try {
    return Deno.cwd();
  } catch (error) {
    const why = error instanceof Deno.errors.InvalidData
      ? "has a name that is not UTF-8: rename it, or start gorel elsewhere with -C"
      : "is not there any more: start gorel in another";
    throw new UsageError(`the current folder ${why}`);
  }
}

/**
 * The folder that several `-C` lead to, each from the one before, as git takes
 * them: an empty one changes nothing, and `..` goes up from where a link leads.
 */
export async function folderAfter(start: string, dirs: readonly string[]): Promise<string> {
  const steps = dirs.filter((dir) => dir !== "");
  if (steps.length === 0) return start;
  const { dirname, isAbsolute, join, parse, sep } = await import("node:path");
  let folder = start;
  for (const dir of steps) {
    try {
      if (isAbsolute(dir)) folder = parse(dir).root;
      const between = sep === "/" ? sep : /[\\/]/;
      for (const element of dir.slice(parse(dir).root.length).split(between)) {
        // Joined by text alone, `link/..` would not be where the link leads.
        folder = element === ".." ? dirname(Deno.realPathSync(folder)) : join(folder, element);
      }
      if (Deno.statSync(folder).isDirectory) continue;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
        throw error;
      }
    }
    throw new UsageError(`-C ${shown(dir)}: there is no such folder`);
  }
  return folder;
}
