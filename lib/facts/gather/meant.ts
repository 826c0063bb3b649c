/** The modules that are asked about, out of those that the commit has. */
import { join } from "node:path";
import { type Problem, problem } from "../../problem.ts";
import { clean, shellWord } from "../../text.ts";
import { choose, chooseAll, foldersMeant, goModOf, isReleasable } from "../modules.ts";
import type { Here } from "./here.ts";
import type { Found } from "./module.ts";

/** How the modules are named. */
interface Named {
  Module?: string;
  Modules?: readonly string[];
  All?: boolean;
  Elsewhere?: boolean;
}

/** The modules that are meant, the chosen one first; or why there is none to speak of. */
export async function meant(
  here: Here,
  found: Found[],
  ask: Named,
): Promise<Found[] | Problem> {
  if (ask.Modules) {
    const several = chooseAll(found, ask.Modules, here.Git.Prefix);
    return "Code" in several ? await uncommitted(several, found, here, ask) : several;
  }
  const chosen = await chooseOf(here, found, ask);
  if ("Code" in chosen && (!ask.All || found.length === 0)) {
    return await uncommitted(chosen, found, here, ask);
  }
  if (!ask.All || ask.Module !== undefined) return "Code" in chosen ? chosen : [chosen];
  const all = found.filter((m) => isReleasable(m.Dir)).sort((a, b) => a.Dir < b.Dir ? -1 : 1);
  return all.length === 0 && "Code" in chosen ? chosen : all;
}

/** The module that is meant; with Elsewhere also one that HEAD does not have, or has in another place than Go. */
async function chooseOf(here: Here, found: Found[], ask: Named): Promise<Found | Problem> {
  const { Module } = ask;
  const chosen = choose(found, Module, here.Git.Prefix);
  if (!ask.Elsewhere || Module === undefined) return chosen;
  if (!("Code" in chosen) && chosen.Path !== Module) return chosen;
  const { asGoLooks, elsewhere } = await import("./elsewhere.ts");
  const moved = "Code" in chosen ? null : asGoLooks(here, chosen);
  return moved === null && !("Code" in chosen)
    ? chosen
    : await elsewhere(here, Module) ?? moved ?? chosen;
}

/**
 * What says more: a go.mod that lies in the work tree only is the usual reason why a commit has
 * none, and the path of an older major is that of an older commit.
 */
async function uncommitted(
  missing: Problem,
  found: readonly Found[],
  { Git: repo, GoMods, Tags }: Here,
  ask: Named,
): Promise<Problem> {
  const inCommit = new Set(GoMods.flatMap(({ File, Blob }) => Blob ? [File] : []));
  const meant = foldersMeant(ask.Module, repo.Prefix).map(goModOf);
  const staged = missing.Code === "no-go-mod" ? GoMods.map((m) => m.File) : [];
  for (const path of [...meant, ...staged]) {
    const file = await Deno.lstat(join(repo.Root, path)).catch(() => null);
    if (!file?.isFile || inCommit.has(path)) continue;
    return problem(
      "no-go-mod",
      `${clean(path)} is not in the commit at HEAD: the tag would hold no module.`,
      {
        where: { File: path },
        fix: `git add -- ${shellWord(repo.Prefix === "" ? path : `:/${path}`)}, then commit it`,
      },
    );
  }
  const names = ask.Modules ?? (ask.Module === undefined ? [] : [ask.Module]);
  if (missing.Code !== "module-not-found" || names.length === 0) return missing;
  const { otherMajor } = await import("./older.ts");
  return otherMajor(found, names, repo.Prefix, Tags) ?? missing;
}
