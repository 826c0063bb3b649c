/** Moving refs: all of them, or none. */
import { Failed, type Problem, problem } from "../problem.ts";
import { clean, cleanLines, decode, withoutCredentials } from "../text.ts";
import { isOid, isRefName, noOid } from "./names.ts";
import { failed, git, type Repository, words } from "./repository.ts";

/** One ref by its full name. `From` null: it must not exist yet; `To` null: it is deleted. */
export interface Move {
  /** "HEAD" is allowed too, for a detached one. */
  Ref: string;
  From: string | null;
  To: string | null;
}

/**
 * Moves refs in one transaction of `git update-ref`, with `reason` in their reflogs.
 * Problems, after which nothing has moved: `moved` when a ref is not where it was
 * expected, `locked` when another git holds one, `hook-refused`.
 * Throws Failed for every other refusal.
 */
export async function updateRefs(
  repo: Repository,
  moves: readonly Move[],
  reason: string,
): Promise<Problem | null> {
  const none = noOid(repo.ObjectFormat);
  const commands = moves.map(({ Ref, From, To }) => {
    const ids = [From, To].every((oid) => oid === null || isOid(oid));
    if (!(Ref === "HEAD" || isRefName(Ref)) || !ids) {
      throw new Failed(`Not a move of a ref: ${clean(JSON.stringify({ Ref, From, To }))}`);
    }
    // The same command for creating: an id of zeros as old value means "not there".
    return To === null
      ? `delete ${Ref}\0${From ?? ""}\0`
      : `update ${Ref}\0${To}\0${From ?? none}\0`;
  });
  const args = ["update-ref", "-m", clean(reason), "--stdin", "-z"];
  const result = await git(repo, args, {
    asUser: true,
    shielded: true,
    stdin: ["start\0", ...commands, "prepare\0", "commit\0"].join(""),
  });
  if (result.Code === 0 && !result.Killed) return null;

  const said = words(result).replace(/^prepare: /, "");
  if (/\.lock': File exists/.test(said)) {
    return problem("locked", `Another git holds a lock: ${said}.`, {
      fix: "wait for it to end; remove the lock file if it was killed",
    });
  }
  if (/but expected|already exists|unable to resolve reference/.test(said)) {
    return problem("moved", `A ref moved in the meantime: ${said}.`, {
      fix: "plan again: the release was worked out from what was there before",
    });
  }
  if (/aborted by hook/.test(said)) {
    // It is called again to hear that nothing came of it, and often says the same then.
    const own = cleanLines(withoutCredentials(decode(result.Stderr)), 1000)
      .filter((line) => line !== "" && !line.startsWith("fatal: "));
    const why = [...new Set(own)].slice(-6).join("; ") || "without a word";
    return problem("hook-refused", `The reference-transaction hook refused: ${why}.`, {
      fix: "mend what it says; --no-hooks goes without it",
    });
  }
  throw failed(args, result);
}
