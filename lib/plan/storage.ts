/** `written-by-git`, `unsupported-repository`: who makes the objects, and whether git keeps the edited file as it is. */
import { type Facts, isBeside, type ModuleFacts } from "../facts/types.ts";
import { conversion } from "../git/conversion.ts";
import type { Repository } from "../git/repository.ts";
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";

/**
 * What a release must know of the place that it writes to (spec/git.md). `edits` false: no
 * file is written, only a tag.
 */
export async function storage(
  { Repo }: Facts,
  module: ModuleFacts,
  edits: boolean,
): Promise<Problem[]> {
  const goMod = isBeside(Repo) ? module.HeadGoMod : module.GoMod;
  // One that is included is stored by git itself, as git would add it.
  const included = Repo.Included?.Files.some((file) => file.Path === goMod?.File) ?? false;
  const form = formOf(Repo.Git);
  const converted = edits && goMod && !included
    ? await conversion(Repo.Git, goMod.File, goMod.Oid)
    : null;
  const file = clean(goMod?.File ?? "");
  const out: Problem[] = [];
  if (converted !== null && converted.Fault !== null) {
    out.push(problem(
      "unsupported-repository",
      `Git's attributes or settings get into the way of ${file}: ${converted.Fault}.`,
      { where: { File: goMod!.File }, fix: `git add --renormalize -- ${file}, and commit it` },
    ));
  }
  if (form !== null || converted?.Filtered) {
    const why = form ?? `${file} goes through a filter`;
    out.push(problem("written-by-git", `Git itself makes the objects of this release: ${why}.`));
  }
  return out;
}

function formOf(repo: Repository): string | null {
  if (repo.ObjectFormat !== "sha1") {
    // golang.org/issue/68359, golang.org/issue/69812.
    return `the repository's objects are ${repo.ObjectFormat}; go 1.23 and older cannot fetch ` +
      "such a repository by themselves";
  }
  return repo.RefFormat === "reftable" ? "the repository keeps its refs in a reftable" : null;
}
