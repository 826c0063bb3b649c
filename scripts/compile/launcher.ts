/** The way that works offline: launcher/, a Go program that carries Deno and the bundle. */
import { join } from "node:path";
import { type Files, root } from "../bundle.ts";
import { packedDeno } from "./deno.ts";
import { pack } from "./pack.ts";
import { run, said } from "./run.ts";
import type { Target } from "./targets.ts";
import type { Level } from "./zstd.ts";

/** The launcher's own files, by name: no tests, and no pack/ that lies there from elsewhere. */
export async function launcherSources(): Promise<Files> {
  const files: [string, Uint8Array][] = [];
  for await (const { name, isFile } of Deno.readDir(join(root, "launcher"))) {
    if (!isFile || !/\.go$|^go\.(mod|sum)$/.test(name) || name.endsWith("_test.go")) continue;
    files.push([name, await Deno.readFile(join(root, "launcher", name))]);
  }
  return new Map(files.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Builds the executable of a target at a path. Throws a sentence when it cannot be built. */
export async function buildLauncher(
  target: Target,
  app: Files,
  level: Level,
  out: string,
): Promise<void> {
  if ((await run("go", ["version"])).Code === 127) {
    throw new Error("Go, which builds the launcher, does not start here");
  }
  const deno = await packedDeno(target, level);
  const folder = await Deno.makeTempDir({ prefix: "gorel-launcher-" });
  try {
    for (const [name, bytes] of await launcherSources()) {
      await Deno.writeFile(join(folder, name), bytes);
    }
    await Deno.mkdir(join(folder, "pack"));
    for (const [name, bytes] of pack(target, deno, app, level)) {
      await Deno.writeFile(join(folder, "pack", name), bytes);
    }
    const result = await run("go", [
      "build",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags=-s -w -buildid=",
      "-o",
      out,
      ".",
    ], { cwd: folder, env: goEnvironment(target) });
    if (result.Code !== 0) throw new Error(`go build of the launcher failed:\n${said(result)}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What decides about the bytes of a build is the same for everybody. */
function goEnvironment({ Goos, Goarch }: Target): Record<string, string> {
  return {
    CGO_ENABLED: "0",
    GOOS: Goos,
    GOARCH: Goarch,
    GOAMD64: "v1",
    GOARM64: "v8.0",
    GOEXPERIMENT: "",
    GOFIPS140: "off",
    GOFLAGS: "",
    GOWORK: "off",
  };
}
