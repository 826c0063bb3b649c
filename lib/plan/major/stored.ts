/** Whether git keeps the rewritten files as they are: attributes may change them on their way (spec/git.md). */
import { conversion } from "../../git/conversion.ts";
import { type Entry, type Snapshot } from "../../git/tree.ts";
import type { Repository } from "../../git/repository.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean, shellWord } from "../../text.ts";

/** A file that is rewritten, as it is now. */
export interface Rewritten {
  File: string;
  Bytes: Uint8Array;
}

/**
 * `unsupported-repository` for each file that git would not take as it is stored, by what
 * `convertedFiles` says of it. A filter, or an encoding, is tried with the very file; line ends need
 * that only where the file has some that git would change.
 */
export async function stored(
  repo: Repository,
  base: Snapshot,
  files: readonly Rewritten[],
  attributes: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<Problem[]> {
  if (attributes.size === 0) return [];
  const oids = new Map((await base.entries()).map((entry: Entry) => [entry.Path, entry.Oid]));
  const out: Problem[] = [];
  for (const { File, Bytes } of files) {
    const of = attributes.get(File);
    const oid = oids.get(File);
    if (!of || oid === undefined) continue;
    const changes = ["filter", "working-tree-encoding", "ident"].some((name) => of.has(name));
    if (!changes && !Bytes.includes(0x0d)) continue;
    const { Fault } = await conversion(repo, File, oid);
    if (Fault === null) continue;
    out.push(problem(
      "unsupported-repository",
      `Git's attributes or settings get into the way of ${clean(File)}: ${Fault}.`,
      { where: { File }, fix: `git add --renormalize -- ${shellWord(File)}, and commit it` },
    ));
  }
  return out;
}
