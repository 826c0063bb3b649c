/** The launcher built for tests, with a small program of their own in the place of Deno. */
import { join } from "node:path";
import { once } from "../../scripts/compile/cache.ts";
import { launcherSources } from "../../scripts/compile/launcher.ts";
import { denoArchive, pack, sha256 } from "../../scripts/compile/pack.ts";
import { run, said } from "../../scripts/compile/run.ts";
import { hostTarget, type Target } from "../../scripts/compile/targets.ts";
import { compress } from "../../scripts/compile/zstd.ts";
import { hasGo } from "../support/go.ts";
import { Random } from "../support/random.ts";
import { type Folder, tryRun } from "../support/repo.ts";

const host = hostTarget();

/** Options for a test of the launcher on Linux: where it cannot be judged, its name says why. */
export function needsLauncher(
  name: string,
  may?: () => boolean,
): { name: string; ignore: boolean } {
  const missing = Deno.build.os !== "linux" || host === undefined
    ? `not on ${Deno.build.target}`
    : !hasGo
    ? "no go command on PATH"
    : may && !may()
    ? "no mounts of its own are allowed here"
    : null;
  return {
    name: missing === null ? name : `${name} (skipped: ${missing})`,
    ignore: missing !== null,
  };
}

/** What stands in Deno's place: it runs what the variable PAYLOAD says. */
const script = '#!/bin/sh\neval "$PAYLOAD"\nexit\n';

/** Large enough for its unpacking to be met in the middle; Deno is thirty times this. */
function program(): Uint8Array {
  const head = new TextEncoder().encode(script);
  const bytes = new Uint8Array(3_000_000);
  const random = new Random(1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.int(32, 126);
  bytes.set(head);
  return bytes;
}

/** The files of the program beside Deno. */
const app = new Map(
  ["main.js", "001-a.js", "002-b.js"].map((name) => [name, new TextEncoder().encode(`// ${name}`)]),
);

interface Probe {
  readonly Path: string;
  /** The name of the folder that it unpacks into. */
  readonly ID: string;
}

let probed: Promise<Probe> | undefined;

/** A launcher that carries `script` as its Deno. */
export function probe(): Promise<Probe> {
  return probed ??= build();
}

async function build(): Promise<Probe> {
  const target = host as Target;
  const bytes = program();
  const archive = compress(denoArchive(target, bytes), 3);
  const deno = { Size: bytes.length, Sum: sha256(bytes), Archive: archive };
  const packed = pack(target, deno, app, 3);
  const sources = await launcherSources();
  const inputs = [...sources, ...packed].map(([name, bytes]) => [name, sha256(bytes)]);
  const folder = await once(`probe-${sha256(JSON.stringify(inputs))}`, async (folder) => {
    const source = join(folder, "source");
    await Deno.mkdir(join(source, "pack"), { recursive: true });
    for (const [name, bytes] of sources) await Deno.writeFile(join(source, name), bytes);
    for (const [name, bytes] of packed) await Deno.writeFile(join(source, "pack", name), bytes);
    // The flags of a real build, whose compiled packages then serve both.
    const flags = ["-trimpath", "-buildvcs=false", "-o", join(folder, "probe"), "."];
    const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
    const result = await run("go", ["build", ...flags], { cwd: source, env });
    if (result.Code !== 0) throw new Error(`go build of the launcher failed:\n${said(result)}`);
  });
  const { ID } = JSON.parse(new TextDecoder().decode(packed.get("pack.json")));
  return { Path: join(folder, "probe"), ID };
}

/** Starts the probe in an environment of just these variables, to its end. */
export function start(
  path: string,
  env: Record<string, string>,
  args: string[] = [],
): { code: number; stdout: string; stderr: string } {
  return tryRun(path, args, { env: { PAYLOAD: "echo started", ...env } });
}

/** Names in a folder, sorted; [] where there is none. */
export function names(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  } catch {
    return [];
  }
}

/** A new folder in a test's folder that is a place for a launcher: this user's alone. */
export function place(folder: Folder, name = "cache"): string {
  Deno.mkdirSync(folder.join(name), { mode: 0o700 });
  return folder.join(name);
}

/** Reports whether this user may make name spaces with mounts of their own. */
export function maySeparate(): boolean {
  try {
    return tryRun("unshare", ["-rmn", "sh", "-c", "mount -t tmpfs none /tmp"], {}).code === 0;
  } catch {
    return false;
  }
}
