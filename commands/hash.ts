/** `gorel hash [REV]`: the two hashes of a module at a revision, worked out here and offline. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { gather } from "../lib/facts/gather.ts";
import { refusing } from "../lib/git/failure.ts";
import { snapshot } from "../lib/git/tree.ts";
import { atRevision } from "../lib/plan/revision.ts";
import { seal } from "../lib/plan/seal.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Hashes as `go mod download` would report them; refused where Go refuses the version. */
export async function run(options: Options, services: Services): Promise<Answer> {
  return await refusing(hashed(options, services));
}

async function hashed({ flags, cwd, args }: Options, services: Services): Promise<Answer> {
  const facts = await gather(services, {
    Dir: cwd,
    ...(flags.module !== undefined && { Module: flags.module }),
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const module = facts.Modules[0]!;
  const at = await atRevision(facts.Repo, module, args[0] ?? "HEAD");
  if ("Code" in at) throw new Refused([at]);
  const tree = (await snapshot(facts.Repo.Git, at.Commit))!;
  const sealed = await seal(facts.Repo.Git, tree, at);
  if ("Problems" in sealed) throw new Refused(sealed.Problems);
  return {
    Kind: "hash",
    Document: {
      Path: at.Path,
      Version: at.Version,
      Sum: sealed.Sum,
      GoModSum: sealed.GoModSum,
      Files: sealed.Files,
      Bytes: sealed.Bytes,
    },
  };
}
