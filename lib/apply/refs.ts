/** Moving branch and tags: one transaction, forward or back. */
import type { Problem } from "../problem.ts";
import { describe } from "../git/catfile.ts";
import { type Move, updateRefs } from "../git/update-ref.ts";
import type { Repository } from "../git/repository.ts";
import { dropNewest } from "../git/reflog.ts";
import type { Plan } from "../plan/types.ts";
import { some } from "../text.ts";
import type { Made } from "./objects.ts";

/** Every local ref the plan moves, with the ids from `made`. */
export function movesOf(plan: Plan, made: Made): Move[] {
  return plan.Steps.flatMap((step): Move[] => {
    if (step.Do === "branch") {
      return [{
        Ref: `refs/heads/${step.Name}`,
        From: step.From,
        To: made.get(step.To) ?? step.To,
      }];
    }
    if (step.Do === "tag") {
      return [{ Ref: `refs/tags/${step.Name}`, From: null, To: made.get(step.Id)! }];
    }
    return [];
  });
}

/** Where a ref is: as the release leaves it, as it was before, or at something else. */
export interface Standing extends Move {
  Now: string | null;
  Is: "new" | "old" | "other";
}

/** Where each ref is now. */
export async function standing(repo: Repository, moves: readonly Move[]): Promise<Standing[]> {
  const now = await describe(repo, moves.map((m) => m.Ref));
  return moves.map((move, i) => {
    const at = now[i]?.Oid ?? null;
    return { ...move, Now: at, Is: at === move.To ? "new" : at === move.From ? "old" : "other" };
  });
}

/** Moves them all or none. */
export function move(
  repo: Repository,
  moves: readonly Move[],
  tagName: string,
): Promise<Problem | null> {
  return updateRefs(repo, moves, `gorel: release ${tagName}`);
}

/** Takes these back, all or none; the branch's reflog then tells of neither. */
export async function moveBack(
  repo: Repository,
  moves: readonly Move[],
  tagName: string,
): Promise<Problem | null> {
  if (moves.length === 0) return null;
  return await updateRefs(
    repo,
    moves.map((m) => ({ Ref: m.Ref, From: m.To, To: m.From })),
    `gorel: undo ${tagName}`,
  );
}

/** Takes the release and its undoing out of the reflogs of the branches and of HEAD, wherever they are the newest. */
export async function forget(
  repo: Repository,
  moves: readonly Move[],
  tagName: string,
): Promise<void> {
  const own = [`gorel: undo ${tagName}`, `gorel: release ${tagName}`];
  const branches = moves.map((m) => m.Ref).filter((r) => r.startsWith("refs/heads/"));
  for (const ref of [...branches, ...(branches.length > 0 ? ["HEAD"] : [])]) {
    await dropNewest(repo, ref, own);
  }
}

/** A ref as people call it: `refs/tags/v1.0.0` → `v1.0.0`. */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, "");
}

/** Names of refs in a sentence. */
export function listed(names: readonly string[]): string {
  return names.length > 3 ? some(names) : names.join(" and ");
}
