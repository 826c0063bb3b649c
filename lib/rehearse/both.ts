/** A program of somebody who uses the old and the new major of a module at once. */
import { join } from "node:path";
import { encode } from "../text.ts";
import { compareGoVersions } from "../go/goversion.ts";
import type { ModFile } from "../go/modfile/types.ts";

/** One of the two. */
export interface Side {
  Path: string;
  Version: string;
  /** Its folder, absolute. */
  Folder: string;
  Mod: ModFile;
  /** The import paths of what it offers. */
  Packages: readonly string[];
}

/** What `go list` is asked to print: the import paths of packages that others can import. */
export const listing = '{{if and (ne .Name "main") (or .GoFiles .CgoFiles)}}{{.ImportPath}}{{end}}';

/** The import paths in a listing; what only the module itself may import is left out. */
export function offeredPackages(listed: string): string[] {
  return listed.split("\n").filter((path) => path !== "" && !/(^|\/)internal(\/|$)/.test(path));
}

/**
 * Writes the program into an empty folder: a module that requires both, each from its tree, and
 * imports every package of both. Of what they require themselves their go.sum files say enough.
 */
export async function writeProgram(folder: string, sides: readonly Side[]): Promise<void> {
  const lines = sides.map(({ Mod }) => Mod.Go?.Version ?? "1.16").sort(compareGoVersions);
  const goMod = [
    "module uses.invalid/both",
    `go ${lines.at(-1)}`,
    ...sides.map(({ Path, Version }) => `require ${Path} ${Version}`),
    ...sides.map(({ Path, Folder }) => `replace ${Path} => ${JSON.stringify(Folder)}`),
  ];
  const imports = sides.flatMap(({ Packages }) => Packages)
    .map((path) => `\t_ ${JSON.stringify(path)}\n`);
  const sums = await Promise.all(
    sides.map(({ Folder }) => Deno.readTextFile(join(Folder, "go.sum")).catch(() => "")),
  );
  const known = new Set(sums.join("\n").split(/\r?\n/).filter((line) => line !== ""));
  await Deno.writeTextFile(join(folder, "go.mod"), goMod.join("\n") + "\n");
  await Deno.writeFile(
    join(folder, "go.sum"),
    encode([...known].map((line) => line + "\n").join("")),
  );
  await Deno.writeTextFile(
    join(folder, "main.go"),
    `package main\n\nimport (\n${imports.join("")})\n\nfunc main() {}\n`,
  );
}
