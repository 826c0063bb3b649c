/** The go.mod that `gorel graph` looks at, where only the repository says which it is. */
import type { Options } from "../lib/cli/answer.ts";
import { gather } from "../lib/facts/gather.ts";
import { goModOf } from "../lib/facts/modules.ts";
import { readNamed } from "../lib/git/named.ts";
import type { PathVersion } from "../lib/go/mvs.ts";
import { atRevision } from "../lib/plan/revision.ts";
import { type Problem, problem, Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean } from "../lib/text.ts";
import { goModIn, type Main } from "./graphfiles.ts";

/** The go.mod of a module that is named by its path, or where `nearest` finds none: refused. */
export async function inWorkTree({ flags, cwd }: Options, services: Services): Promise<Main> {
  const facts = await gather(services, {
    Dir: cwd,
    ...(flags.module !== undefined && { Module: flags.module }),
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) {
    const outside = facts.some(({ Code }) => Code === "not-a-repository");
    throw new Refused(outside ? [noGoMod(cwd, flags.module)] : facts);
  }
  const { Dir, GoMod } = facts.Modules[0]!;
  const main = goModIn(`${facts.Repo.Git.Root}/${Dir}`);
  if (main) return main;
  throw new Refused([problem("no-go-mod", `${clean(GoMod.File)} is not in the work tree.`)]);
}

/** Where no repository is, none is needed either. */
function noGoMod(cwd: string, module: string | undefined): Problem {
  const where = module === undefined
    ? `in ${clean(cwd)} or above it`
    : `in ${clean(module)}, and no repository in which to look for that module`;
  return problem("no-go-mod", `There is no go.mod ${where}.`, {
    fix: "start gorel in a module, or name one with -C; or name a version: MODULE@VERSION",
  });
}

/** A version of this repository's own module, from its tag; null where it has none. */
export async function inRepository(
  { cwd }: Options,
  services: Services,
  { Path, Version }: PathVersion,
): Promise<Main | null> {
  const facts = await gather(services, {
    Dir: cwd,
    Module: Path,
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) return null;
  const { Repo, Modules } = facts;
  const module = Modules[0]!;
  if (module.Path !== Path || !Repo.Tags.has(module.TagPrefix + Version)) return null;
  const at = await atRevision(Repo, module, Version);
  if ("Code" in at) return null;
  const [blob] = await readNamed(Repo.Git, [`${at.Commit}:${goModOf(at.Dir)}`]);
  return blob ? { Bytes: blob.Bytes, Name: `go.mod of ${Path}@${Version}` } : null;
}
