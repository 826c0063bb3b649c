/**
 * `deno task npm`: the npm package, in dist/npm. It carries the bundle, and Deno comes as a
 * dependency: `npm pack dist/npm` makes the archive, `npm publish dist/npm` sends it.
 */
import { dirname, join } from "node:path";
import { version } from "../lib/cli/version.ts";
import { bundle, type Files, root, startArguments } from "./bundle.ts";
import { denoVersion } from "./compile/targets.ts";

/** Writes the package into a folder, which is emptied first. */
export async function writePackage(folder: string, app: Files): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const source = (path: string) => Deno.readFile(join(root, path));
  const json = (value: unknown) =>
    new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
  const files: [path: string, bytes: Uint8Array][] = [
    ["package.json", json(settings)],
    ["start.json", json({ Args: startArguments })],
    ["README.md", await source("scripts/npm/README.md")],
    ["LICENSE", await source("LICENSE")],
    ["bin/gorel.cjs", await source("scripts/npm/gorel.cjs")],
    // Below node_modules Deno asks it what kind of JavaScript this is.
    ["app/package.json", json({ type: "module" })],
    ...Array.from(app, ([name, bytes]): [string, Uint8Array] => [`app/${name}`, bytes]),
  ];
  for (const [path, bytes] of files) {
    const to = join(folder, path);
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.writeFile(to, bytes, { mode: path.startsWith("bin/") ? 0o755 : 0o644 });
  }
}

const settings = {
  name: "gorel",
  version,
  description: "Releases Go modules: plans every byte, asks, pushes once, and proves the result",
  keywords: ["go", "golang", "go-module", "release", "retract", "semver"],
  license: "MIT",
  bin: { gorel: "bin/gorel.cjs" },
  files: ["app", "bin", "start.json"],
  engines: { node: ">=18" },
  dependencies: { deno: denoVersion },
};

if (import.meta.main) {
  try {
    const folder = join(root, "dist", "npm");
    const app = await bundle();
    // Half a package would be published without a word.
    await writePackage(`${folder}.new`, app);
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    await Deno.rename(`${folder}.new`, folder);
    const bytes = [...app.values()].reduce((n, { length }) => n + length, 0);
    console.log(
      `dist/npm: gorel ${version} on Deno ${denoVersion}, ${
        (bytes / 1e6).toFixed(1)
      } MB in ${app.size} files`,
    );
    console.log("npm pack ./dist/npm makes the archive");
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
