/** What the screens show of the work tree: the files that are not as HEAD has them. */
import { join } from "node:path";
import { wholeOf } from "../lib/apply/bytes.ts";
import { isSavedPlan } from "../lib/facts/modules.ts";
import { describe, visitObjects } from "../lib/git/catfile.ts";
import { pathTexts } from "../lib/git/paths.ts";
import { git, type Repository } from "../lib/git/repository.ts";
import { status } from "../lib/git/status.ts";
import { applyEdits } from "../lib/go/modfile/mod.ts";
import type { Plan, WriteStep } from "../lib/plan/types.ts";
import type { Blobs, ChangedFile } from "../lib/tui/model.ts";

/** Files that git does not know whose bytes are looked at: are they text? */
const mostLooked = 500;

/** Every file that differs from HEAD, in git's order, saved plans left out; nothing is written. */
export async function changedFiles(repo: Repository): Promise<ChangedFile[]> {
  const [{ Changed, Untracked }, lines] = await Promise.all([status(repo), numbers(repo)]);
  const fresh = new Set(Untracked.filter((path) => !isSavedPlan(path)));
  const known = Changed.flatMap(({ Path, Index, Worktree }): ChangedFile[] => {
    if (fresh.delete(Path)) return [{ Path, How: "forgotten" }];
    const there = Index !== "D" && Worktree !== "D";
    const here = Index !== "A";
    if (!there && !here) return [];
    return [{ Path, How: !there ? "deleted" : here ? "modified" : "added", ...lines.get(Path) }];
  });
  const untracked = await Promise.all(
    [...fresh].map(async (Path, i): Promise<ChangedFile> => {
      if (Path.endsWith("/")) return { Path, How: "repository" };
      const binary = i < mostLooked && await isBinary(join(repo.Root, Path));
      return { Path, How: "new", ...(binary && { Binary: true }) };
    }),
  );
  return [...known, ...untracked];
}

/** Lines that came and went, as git counts them; a binary file has none. */
async function numbers(
  repo: Repository,
): Promise<Map<string, Pick<ChangedFile, "Binary" | "Plus" | "Minus">>> {
  const { Stdout, Code } = await git(repo, [
    ...["diff", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"],
    ...["--no-relative", "--ignore-submodules=dirty", "HEAD", "--"],
  ]);
  return new Map((Code === 0 ? pathTexts(Stdout) : []).flatMap((record) => {
    const [plus = "", minus = "", ...path] = record.split("\t");
    const of = plus === "-"
      ? { Binary: true as const }
      : { Plus: Number(plus), Minus: Number(minus) };
    return path.length === 0 ? [] : [[path.join("\t"), of] as const];
  }));
}

/** As git guesses: a zero byte among the first 8000. What cannot be read is no text either way. */
async function isBinary(path: string): Promise<boolean> {
  try {
    if (!(await Deno.lstat(path)).isFile) return false;
    using file = await Deno.open(path);
    const bytes = new Uint8Array(8000);
    return bytes.subarray(0, await file.read(bytes) ?? 0).includes(0);
  } catch {
    return false;
  }
}

/** Longest file whose diff is shown, in bytes, and how many such files of a plan are read. */
const longest = 1 << 20, mostFiles = 200;

/**
 * The files that a plan writes anew, as they are before it does: what its diffs are made of. A
 * commit behind another one begins with what that one writes, which is in no repository yet.
 */
export async function filesBefore(repo: Repository, { Steps }: Plan): Promise<Blobs> {
  const ids = Steps.flatMap((step) => step.Do === "write" && step.Before ? [step.Before] : []);
  const found = await describe(repo, [...new Set(ids)].slice(0, mostFiles));
  const short = found.flatMap((of) => of && of.Size <= longest ? [of] : []);
  const out = new Map<string, Uint8Array>();
  await visitObjects(repo, short, (oid, bytes) => out.set(oid, bytes));
  const wanted = new Set(ids);
  for (const step of Steps) {
    if (step.Do !== "write" || step.After === null || !wanted.has(step.After)) continue;
    const bytes = wholeOf(step) ?? edited(step, out);
    if (bytes && bytes.length <= longest) out.set(step.After, bytes);
  }
  return out;
}

function edited({ Before, Edits }: WriteStep, known: Blobs): Uint8Array | null {
  const before = Before === null ? undefined : known.get(Before);
  return before && Edits ? applyEdits(before, Edits) : null;
}
