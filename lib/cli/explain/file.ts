/** Which go.mod `gorel explain go.mod[:LINE]` means, and what is known around it. */
import { dirname, join, relative } from "node:path";
import { type GoSettings, goSettings } from "../../config/goenv.ts";
import { gather } from "../../facts/gather.ts";
import type { Facts } from "../../facts/types.ts";
import { openRepository } from "../../git/repository.ts";
import type { ModFile } from "../../go/modfile/mod.ts";
import { maxGoMod } from "../../go/zip.ts";
import { type Problem, problem, Refused } from "../../problem.ts";
import type { Services } from "../../services.ts";
import { clean } from "../../text.ts";
import type { Flags } from "../flags.ts";
import type { Around, Required } from "./around.ts";
import { ownVersions } from "./version.ts";

/** `go.mod`, `sub/go.mod:12`: the file as it was named, and the line from 1. */
export function fileOperand(word: string): { File: string; Line?: number } | null {
  const found = /^((?:.*[\/])?go\.mod)(?::(\d{1,9}))?$/s.exec(word);
  if (!found) return null;
  const [, File, line] = found;
  return { File: File!, ...(line !== undefined && { Line: Number(line) }) };
}

/** A go.mod of the work tree. */
export interface Found {
  /** Absolute. */
  Path: string;
  /** From the repository's root where there is one, else as it was named. */
  Name: string;
  /** The module's folder from the root; absent without a repository. */
  Dir?: string;
  Bytes: Uint8Array;
}

/**
 * Finds the file that is meant: as it is named from `cwd`; plain `go.mod`, as go does it, in
 * `cwd` or the nearest folder above. Throws Refused where there is none.
 */
export async function findGoMod(services: Services, cwd: string, file: string): Promise<Found> {
  const repo = await openRepository(services, cwd);
  const root = "Code" in repo || repo.Bare ? undefined : repo.Root;
  const real = await Deno.realPath(cwd).catch(() => cwd);
  for (let dir = real;; dir = dirname(dir)) {
    const path = join(dir, file);
    const info = await Deno.stat(path).catch(() => null);
    if (info?.isFile) {
      if (info.size > maxGoMod) {
        throw refused(file, `${clean(file)} is larger than ${maxGoMod} bytes, which Go refuses.`);
      }
      const Bytes = await Deno.readFile(path);
      const from = root === undefined ? undefined : relative(root, path);
      if (from === undefined || from.startsWith("..")) return { Path: path, Name: file, Bytes };
      return { Path: path, Name: from, Dir: from === "go.mod" ? "" : dirname(from), Bytes };
    }
    if (file !== "go.mod" || dirname(dir) === dir || dir === root) break;
  }
  throw refused(file, `There is no file ${clean(file)} here.`, "no-go-mod");
}

function refused(file: string, text: string, code: Problem["Code"] = "go-mod-invalid"): Refused {
  return new Refused([problem(code, text, {
    where: { File: file },
    ...(code === "no-go-mod" &&
      { fix: "name it from this folder, or start in the module's with -C" }),
  })]);
}

/**
 * What is known around the file; without a repository that has the module, little. `modulePath`
 * is the one in the file, which may not be committed yet.
 */
export async function aroundGoMod(
  services: Services,
  flags: Flags,
  { Path, Name, Dir }: Found,
  modulePath: string,
): Promise<Around> {
  const dir = dirname(Path);
  const plain = async (): Promise<Around> => ({
    File: Name,
    ...(Dir !== undefined && { Dir }),
    Siblings: [],
    Tags: new Set(),
    ...goOf(await goSettings(services, dir)),
  });
  if (Dir === undefined) return await plain();
  const ask = { Dir: dir, NoHistory: true } as const;
  const facts = await gather(services, {
    ...ask,
    Module: ".",
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.offline && { Offline: "--offline" }),
  });
  if (Array.isArray(facts)) return await plain();
  const all = await gather(services, { ...ask, All: true, Offline: "not needed" });
  const module = facts.Modules[0]!;
  const own = module.Dir === Dir && module.Path === modulePath
    ? ownVersions(facts, module)
    : undefined;
  const settings = facts.Go.State === "known" ? facts.Go.Value : await goSettings(services, dir);
  return {
    File: Name,
    Dir,
    Siblings: siblingsOf(all).filter((s) => s.Dir !== Dir),
    Tags: new Set(facts.Repo.Tags.keys()),
    ...(own && { Own: own }),
    ...goOf(settings),
  };
}

function goOf({ GOVERSION }: GoSettings): { GoVersion?: string } {
  return GOVERSION === undefined ? {} : { GoVersion: GOVERSION.replace(/^go/, "").split(" ")[0]! };
}

/** The modules of a repository, by path and place. */
export function siblingsOf(facts: Facts | Problem[]): Around["Siblings"] {
  return Array.isArray(facts)
    ? []
    : facts.Modules.map(({ Path, Dir, TagPrefix }) => ({ Path, Dir, TagPrefix }));
}

/** Milliseconds: the answer is worth a remark, not a long wait. */
const longestWait = 10_000;

/**
 * What the proxy says of the module that a line requires: its list and the go.mod of its latest,
 * which leave no trace of versions that are still to come. Undefined where nobody could be asked.
 */
export async function askRequired(
  services: Services,
  dir: string,
  mod: ModFile,
  line: number,
  around: Around,
): Promise<Required | undefined> {
  const required = mod.Require.find((r) => r.Line === line);
  if (!required || around.Siblings.some((s) => s.Path === required.Path)) return undefined;
  const { proxyClient } = await import("../../proxy/client.ts");
  const { latest, source } = await import("../../go/query.ts");
  const { parseLax } = await import("../../go/modfile/rule.ts");
  const { retractions } = await import("../../go/retract.ts");
  const client = proxyClient(services, await goSettings(services, dir), required.Path);
  const patience = AbortSignal.timeout(longestWait);
  const list = await client.list(patience);
  if (list.State !== "ok") return undefined;
  const from = source({ versions: list.Value });
  if (from === null) return undefined;
  const answer = await client.mod(from, patience);
  if (answer.State !== "ok") return undefined;
  const { Mod } = parseLax("go.mod", answer.Value);
  const deprecated = Mod.Module?.Deprecated;
  return {
    Retracted: retractions(Mod.Retract, required.Version),
    Latest: latest({ versions: list.Value, retracts: Mod.Retract }),
    ...(deprecated !== undefined && { Deprecated: deprecated }),
  };
}
