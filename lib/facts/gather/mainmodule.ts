/** The module that the go command works in: whose go.mod requires, excludes and replaces. */
import { dirname, join } from "node:path";
import { type Problem, problem } from "../../problem.ts";
import { mainModuleErrors } from "../../go/modfile/retract.ts";
import { parse } from "../../go/modfile/rule.ts";
import { errorLine, type ModFile } from "../../go/modfile/types.ts";
import { canonicalVersion } from "../../go/module.ts";
import { compare } from "../../go/semver.ts";
import { maxGoMod } from "../../go/zip.ts";

/**
 * The go.mod as it lies in a folder or the nearest one above it; null where there is none.
 * Problems `go-mod-invalid` where Go refuses it, and then does nothing at all in there.
 */
export async function mainModule(dir: string): Promise<ModFile | null | Problem[]> {
  for (let folder = dir;; folder = dirname(folder)) {
    const file = join(folder, "go.mod");
    const info = await Deno.stat(file).catch(() => null);
    if (info?.isFile) return info.size > maxGoMod ? [tooLarge] : read(await Deno.readFile(file));
    if (dirname(folder) === folder) return null;
  }
}

const tooLarge = problem("go-mod-invalid", `go.mod is larger than ${maxGoMod} bytes.`);

function read(bytes: Uint8Array): ModFile | Problem[] {
  const parsed = parse("go.mod", bytes);
  const errors = mainModuleErrors(parsed);
  if (errors.length === 0) return parsed.Mod;
  return errors.map((error) =>
    problem("go-mod-invalid", errorLine(error), {
      where: { File: "go.mod", Line: error.Line },
      fix: "correct the line, or ask from a folder without a go.mod",
    })
  );
}

/** The version of a module that a go.mod requires; undefined where it requires none. */
export function requiredBy(
  { Module, Require, Exclude }: ModFile,
  path: string,
): string | undefined {
  if (path === Module?.Path) return undefined;
  return Require.filter((r) =>
    r.Path === path && !Exclude.some((x) => x.Path === path && x.Version === r.Version)
  ).map((r) => canonicalVersion(r.Version)).filter((v) => v !== "").sort(compare).at(-1);
}
