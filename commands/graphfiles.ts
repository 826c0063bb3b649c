/** The go.mod that go would read in a folder, and the go.sum beside it. */
import type { Options } from "../lib/cli/answer.ts";
import { Failed } from "../lib/problem.ts";
import { clean } from "../lib/text.ts";

/** A go.mod that is looked at as the main module's. */
export interface Main {
  Bytes: Uint8Array;
  /** The go.sum beside it; absent where there is none. */
  Sum?: Uint8Array;
  /** Its folder; absent for a version that is published. */
  Dir?: string;
  /** What an error names. */
  Name: string;
}

/** The go.mod of the folder that is named with `--module`, or of the nearest one; null: none. */
export function nearest({ flags, cwd }: Pick<Options, "flags" | "cwd">): Main | null {
  if (flags.module !== undefined) {
    return goModIn(flags.module.startsWith("/") ? flags.module : `${cwd}/${flags.module}`);
  }
  for (let dir = cwd;;) {
    const main = goModIn(dir);
    if (main) return main;
    const above = dir.replace(/[\\/][^\\/]*$/, "");
    if (above === dir || above === "") return null;
    dir = above;
  }
}

/** The go.mod in a folder, committed or not; null where there is none. */
export function goModIn(dir: string): Main | null {
  const Bytes = readIfThere(`${dir}/go.mod`);
  if (!Bytes) return null;
  const Sum = readIfThere(`${dir}/go.sum`);
  return { Bytes, Dir: dir, Name: "go.mod", ...(Sum && { Sum }) };
}

/** As much as Go lets a published go.mod have; a go.sum of that size lists tens of thousands of modules. */
const most = 16 << 20;

/** What a regular file holds; undefined where there is none. */
function readIfThere(path: string): Uint8Array | undefined {
  try {
    const { isFile, size } = Deno.statSync(path);
    if (!isFile) return undefined;
    if (size > most) throw new Failed(`${clean(path)} is larger than ${most} bytes.`);
    return Deno.readFileSync(path);
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (missing) return undefined;
    throw error;
  }
}
