/**
 * The program as JavaScript files that need no source, no package and no network: what the
 * executables and the npm package carry. Sources give the same bytes wherever they lie.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once } from "./compile/cache.ts";
import { licences } from "./licences.ts";
import { run, said } from "./compile/run.ts";

/** The folder of the project. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Names in the bundle and what stands in them: `main.js` first, the licences last. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * What Deno is started with, before the user's own words: nothing but the files of `{dir}` is
 * read as program or settings, and the permissions are those of `deno task release`.
 */
export const startArguments: readonly string[] = [
  "run",
  "--quiet",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--cached-only",
  "--no-prompt",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--allow-run=git,go,sh",
  "{dir}/app/main.js",
];

/**
 * Bundles main.ts of a folder and all that it imports, now or later; throws with the bundler's
 * own words.
 */
export async function bundle(from = root): Promise<Files> {
  const out = await Deno.makeTempDir({ prefix: "gorel-bundle-" });
  try {
    const result = await run("deno", [
      "bundle",
      "--quiet",
      "--minify",
      "--code-splitting",
      // Only to know which packages it holds.
      "--sourcemap=external",
      // Ink imports it for its own developers only, and it is no dependency.
      "--external=react-devtools-core",
      "--outdir",
      out,
      "main.ts",
    ], { cwd: from });
    if (result.Code !== 0) throw new Error(`deno bundle failed:\n${said(result)}`);
    const texts = new Map<string, string>();
    const paths = new Set<string>();
    for await (const { name } of Deno.readDir(out)) {
      const text = await Deno.readTextFile(join(out, name));
      if (!name.endsWith(".map")) texts.set(name, text);
      else for (const source of JSON.parse(text).sources) paths.add(join(out, source));
    }
    return new Map([
      ...renamed(texts),
      ["LICENSES.txt", new TextEncoder().encode(licences(paths))],
    ]);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** The bundle as `bundle` gives it, made once of the same sources and packages, whoever asks. */
export async function cachedBundle(): Promise<Files> {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const path of await bundleSources()) {
    hash.update(`\0${path}\0`).update(await Deno.readFile(join(root, path)));
  }
  const folder = await once(`bundle-${hash.digest("hex")}`, async (folder) => {
    for (const [name, bytes] of await bundle()) await Deno.writeFile(join(folder, name), bytes);
  });
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const place = (name: string) =>
    name === "main.js" ? 0 : name === "LICENSES.txt" ? Infinity : Number.parseInt(name);
  names.sort((a, b) => place(a) - place(b));
  return new Map(names.map((name) => [name, Deno.readFileSync(join(folder, name))]));
}

/** What a bundle is made of, by path from the project's folder. */
export async function bundleSources(): Promise<string[]> {
  const files = ["deno.json", "deno.lock", "main.ts", "scripts/bundle.ts", "scripts/licences.ts"];
  const walk = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      if (isDirectory) await walk(`${folder}/${name}`);
      else files.push(`${folder}/${name}`);
    }
  };
  await walk("commands");
  await walk("lib");
  return files.sort();
}

/**
 * What is imported only when it is needed, as the bundler writes it. Deno would read all of these
 * files before it runs the first line; what it cannot see it does not (main.ts).
 */
const seen = /\bimport\(("\.\/[^"\s]+\.js")\)/g;

/** The bundle with all imports for Deno to see: for `deno compile`, which takes what it sees. */
export function withSeenImports(app: Files): Files {
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];
  const hidden = /\bimport\(String\(("\.\/[^"\s]+\.js")\)\)/g;
  return new Map(Array.from(app, ([name, bytes]) => {
    const text = decoder.decode(bytes).replace(hidden, "import($1)");
    return [name, name.endsWith(".js") ? encoder.encode(text) : bytes];
  }));
}

/**
 * Numbers the files in the order in which they are met from main.js on. The bundler's own names
 * hold a hash of the paths that the sources and the packages have on this machine.
 */
function renamed(texts: ReadonlyMap<string, string>): [name: string, bytes: Uint8Array][] {
  const reference = /"\.\/([^"\s]+\.js)"/g;
  const names = new Map([["main.js", "main.js"]]);
  for (const met of names.keys()) {
    for (const [, name] of texts.get(met)!.matchAll(reference)) {
      if (!texts.has(name!) || names.has(name!)) continue;
      const base = name!.replace(/-[A-Z0-9]{8}\.js$/, "");
      names.set(name!, `${String(names.size).padStart(3, "0")}-${base}.js`);
    }
  }
  const helpers = Array.from(texts).find(([, text]) =>
    text.includes("__deno_internal_createRequire")
  );
  // Files import the bundler's helpers for their effects too, and they have none; but they bring in
  // Deno's node:module, which takes as long to load as an empty program.
  const forNothing = `import"./${names.get(helpers?.[0] ?? "")}";`;
  const encoder = new TextEncoder();
  return Array.from(names, ([old, name]) => {
    const text = texts.get(old)!.replace(
      reference,
      (whole, met) => names.has(met) ? `"./${names.get(met)}"` : whole,
    ).replace(seen, "import(String($1))").replace(forNothing, "");
    return [name, encoder.encode(text)];
  });
}
