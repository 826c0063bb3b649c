/**
 * `deno task compile [--all] [--release] [--launcher] [TARGET…]`: gorel as one file for a system,
 * in dist/. What can be started here is started before it counts.
 */
import { join } from "node:path";
import { version } from "../lib/cli/version.ts";
import { bundle, cachedBundle, type Files, root } from "./bundle.ts";
import { once } from "./compile/cache.ts";
import { compileByDeno, isProgramOf } from "./compile/compiled.ts";
import { buildLauncher, launcherSources } from "./compile/launcher.ts";
import { sha256 } from "./compile/pack.ts";
import { type Result, run, said } from "./compile/run.ts";
import { fileName, hostTarget, type Target, targets } from "./compile/targets.ts";
import type { Level } from "./compile/zstd.ts";

const names = targets.map(({ Name }) => Name).join(", ");
const usage = `usage: deno task compile [--all] [--release] [--launcher] [TARGET…]

  --all       every target, not only this machine's
  --release   compressed as far as it goes: smaller by a fifth, and minutes slower
  --launcher  by the Go launcher, without trying deno compile first

Targets: ${names}`;

const dist = join(root, "dist");
/** Files are built and started in here, and leave with their folder: no file that Deno may start may it write. */
const trial = join(dist, ".new");
/** What that folder is called once it was tried; then its files may be moved and removed. */
const tried = join(dist, ".tried");

/** Builds what the words ask for; gives the exit code: 1 when nothing was built, 2 for a wrong word. */
async function main(words: readonly string[]): Promise<number> {
  const flags = words.filter((word) => word.startsWith("-"));
  const named = words.filter((word) => !word.startsWith("-"));
  const wrong = flags.find((flag) =>
    !["--all", "--release", "--launcher", "--help"].includes(flag)
  );
  if (wrong !== undefined || flags.includes("--help")) {
    console.log(wrong === undefined ? usage : `${wrong}: no such flag\n${usage}`);
    return wrong === undefined ? 0 : 2;
  }
  for (const name of named.filter((name) => !targets.some(({ Name }) => Name === name))) {
    console.error(`${name} is no target; there are ${names}`);
  }
  const host = hostTarget();
  const wanted = flags.includes("--all")
    ? targets
    : named.length > 0
    ? targets.filter(({ Name }) => named.includes(Name))
    : targets.filter((target) => target === host);
  if (wanted.length === 0) {
    if (named.length === 0) {
      console.error(`gorel has no target for ${Deno.build.target}: name one of ${names}`);
    }
    return 1;
  }
  const level = flags.includes("--release") ? 19 : 3;
  const app = await bundle();
  const byDeno = flags.includes("--launcher") ? "not tried" : await denoCompiles(app);
  let built = 0;
  for (const target of wanted) {
    console.log(`${target.Name}:`);
    try {
      for (const line of await buildOne(target, app, level, byDeno)) console.log(`  ${line}`);
      built++;
    } catch (error) {
      console.error(`  not built: ${(error as Error).message}`);
    }
  }
  await clearTrial();
  await writeSums();
  return built > 0 ? 0 : 1;
}

/**
 * Why `deno compile` is no way here, or null: it is one when its file for this machine says our
 * version. With a base program that it was only told of, others are not to be had.
 */
async function denoCompiles(app: Files): Promise<string | null> {
  const host = hostTarget();
  if (host === undefined) return "no file of it can be started here";
  try {
    await emptyTrial();
    const path = join(trial, built(host, "by-deno"));
    await compileByDeno(host, app, path);
    await mustStart(path);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Builds one target into dist/, and says how. */
async function buildOne(
  target: Target,
  app: Files,
  level: Level,
  byDeno: string | null,
): Promise<string[]> {
  const lines: string[] = [];
  const own = target === hostTarget();
  await emptyTrial();
  let file = built(target, "by-deno");
  let refused = byDeno;
  if (refused === null) {
    try {
      await compileByDeno(target, app, join(trial, file));
      if (!await isProgramOf(target, join(trial, file))) {
        throw new Error(`its file is no program of ${target.Name}`);
      }
      if (own) await mustStart(join(trial, file));
      lines.push("by deno compile");
    } catch (error) {
      refused = (error as Error).message;
    }
  }
  if (refused !== null) {
    lines.push(`by the Go launcher; deno compile: ${refused}`);
    lines.push(`Deno ${target.Version} from ${target.Package}, zstd level ${level}`);
    file = built(target, "by-go");
    await buildLauncher(target, app, level, join(trial, file));
    if (!await isProgramOf(target, join(trial, file))) {
      throw new Error(`Go gave no program of ${target.Name}`);
    }
    if (own) await mustStart(join(trial, file));
  }
  lines.push(
    own
      ? `started here: gorel ${version}`
      : "never started here: a program of this system and processor, by its first bytes",
  );
  const bytes = await moveOut(file, join(dist, fileName(target)));
  lines.push(`dist/${fileName(target)}  ${megabytes(bytes.length)}  SHA-256 ${sha256(bytes)}`);
  return lines;
}

function built({ Goos }: Target, way: string): string {
  return Goos === "windows" ? `${way}.exe` : way;
}

async function emptyTrial(): Promise<void> {
  await clearTrial();
  await Deno.mkdir(trial, { recursive: true });
}

/** Removes what a build left that failed, or was ended in the middle. */
async function clearTrial(): Promise<void> {
  const remove = () => Deno.remove(tried, { recursive: true }).catch(() => {});
  await remove();
  await Deno.rename(trial, tried).catch(() => {});
  await remove();
}

/** Throws unless the file starts, says our version and finds its other files. */
async function mustStart(path: string): Promise<void> {
  const cache = await Deno.makeTempDir({ prefix: "gorel-trial-" });
  try {
    const start = (word: string) => run(path, [word], { env: { GOREL_CACHE: cache } });
    const asked = await start("--version");
    if (asked.Code !== 0 || asked.Stdout !== `gorel ${version}\n`) {
      throw new Error(`what was built does not start as gorel ${version}: ${firstOf(asked)}`);
    }
    // The version alone needs only the first of its files.
    const help = await start("help");
    if (help.Code !== 0) throw new Error(`what was built gives no help: ${firstOf(help)}`);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

function firstOf(result: Result): string {
  return said(result, 100).split("\n")[0]!;
}

/** Moves a file that was tried to its place, and gives its bytes. */
async function moveOut(file: string, to: string): Promise<Uint8Array> {
  await Deno.rename(trial, tried);
  await Deno.rename(join(tried, file), to);
  await clearTrial();
  return await Deno.readFile(to);
}

/** dist/SHA256SUMS of all executables that lie there, as `sha256sum -c` reads it. */
async function writeSums(): Promise<void> {
  const lines: string[] = [];
  for (const name of targets.map(fileName).sort()) {
    const bytes = await Deno.readFile(join(dist, name)).catch(() => undefined);
    if (bytes) lines.push(`${sha256(bytes)}  ${name}\n`);
  }
  if (lines.length > 0) await Deno.writeTextFile(join(dist, "SHA256SUMS"), lines.join(""));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * Builds this machine's executable by the launcher into a folder and gives its path. Made once of
 * the same sources, whoever asks; throws a sentence where it cannot be built.
 */
export async function compileHost(out: string): Promise<string> {
  const host = hostTarget();
  if (host === undefined) throw new Error(`gorel has no target for ${Deno.build.target}`);
  const app = await cachedBundle();
  const go = await run("go", ["env", "GOVERSION"]);
  const inputs = [go.Stdout, host.Sha256];
  for (const [name, bytes] of [...app, ...await launcherSources()]) {
    inputs.push(name, sha256(bytes));
  }
  const folder = await once(
    `gorel-${sha256(JSON.stringify(inputs))}`,
    (folder) => buildLauncher(host, app, 3, join(folder, fileName(host))),
  );
  const path = join(out, fileName(host));
  await Deno.copyFile(join(folder, fileName(host)), path);
  return path;
}

if (import.meta.main) {
  Deno.exit(
    await main(Deno.args).catch((error: Error) => {
      console.error(error.message);
      return 1;
    }),
  );
}
