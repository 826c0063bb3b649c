/** The way that Deno offers itself: `deno compile`, where its base program can be had. */
import { join } from "node:path";
import { type Files, startArguments, withSeenImports } from "../bundle.ts";
import { run, said } from "./run.ts";
import { hostTarget, type Target } from "./targets.ts";

/**
 * Tries `deno compile` at a path. Throws a sentence when it gives no file. What it gives is good
 * only once it was started: over a wrong base (`DENORT_BIN`) it ends well and the file is useless.
 */
export async function compileByDeno(target: Target, app: Files, out: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "gorel-compile-" });
  try {
    for (const [name, bytes] of withSeenImports(app)) {
      await Deno.writeFile(join(folder, name), bytes);
    }
    const result = await run("deno", [
      "compile",
      "--quiet",
      "--no-check",
      "--no-config",
      "--no-lock",
      ...startArguments.filter((word) => word === "--no-prompt" || word.startsWith("--allow-")),
      ...(target === hostTarget() ? [] : ["--target", target.Triple]),
      "--output",
      out,
      "main.js",
    ], { cwd: folder });
    if (result.Code !== 0) throw new Error(reason(said(result, 100)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The first and the last of the reasons that Deno numbers, without what lies between. */
function reason(text: string): string {
  const [causes = ""] = text.split(/\n\s*Stack backtrace/);
  const [first, ...more] = Array.from(
    causes.matchAll(/^\s+\d+: (.*)$/gm),
    ([, cause]) => cause!.replace(/[.:]$/, ""),
  );
  return [first ?? causes.split("\n")[0], ...more.slice(-1)].join(": ");
}

/** Processor numbers as ELF, Mach-O and PE write them. */
const machines: Readonly<Record<string, readonly number[]>> = {
  "linux-amd64": [0x7f, 0x45, 0x4c, 0x46, 0x3e, 0x00],
  "linux-arm64": [0x7f, 0x45, 0x4c, 0x46, 0xb7, 0x00],
  "darwin-amd64": [0xcf, 0xfa, 0xed, 0xfe, 0x07, 0x00, 0x00, 0x01],
  "darwin-arm64": [0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0x00, 0x00, 0x01],
  "windows-amd64": [0x4d, 0x5a, 0x64, 0x86],
};

/** Reports whether a file begins as a program of the target does: system and processor. */
export async function isProgramOf({ Goos, Goarch }: Target, path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const head = new Uint8Array(4096);
  const read = await file.read(head) ?? 0;
  const view = new DataView(head.buffer, 0, read);
  const wanted = machines[`${Goos}-${Goarch}`] ?? [];
  if (read < 1024) return false;
  const found = Goos === "linux"
    ? [...head.subarray(0, 4), ...head.subarray(18, 20)]
    : Goos === "darwin"
    ? [...head.subarray(0, 8)]
    : [...head.subarray(0, 2), ...peMachine(view)];
  return found.length === wanted.length && found.every((byte, i) => byte === wanted[i]);
}

function peMachine(view: DataView): number[] {
  const at = view.getUint32(0x3c, true) + 4;
  return at + 2 <= view.byteLength ? [view.getUint8(at), view.getUint8(at + 1)] : [];
}
