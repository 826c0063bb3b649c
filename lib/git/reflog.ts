/** Taking one's own newest entries out of reflogs. */
import { decode } from "../text.ts";
import { git, type Repository } from "./repository.ts";

/**
 * Deletes the newest entries of a ref's reflog if their messages are these, newest
 * first; one that is not there is passed over.
 */
export async function dropNewest(
  repo: Repository,
  ref: string,
  messages: readonly string[],
): Promise<void> {
  for (const message of messages) {
    const newest = await git(repo, [
      "reflog",
      "show",
      "-n1",
      "--format=%gs",
      "--end-of-options",
      ref,
      "--",
    ]);
    if (newest.Code !== 0) return;
    if (decode(newest.Stdout).trim() !== message) continue;
    const dropped = await git(repo, ["reflog", "delete", "--", `${ref}@{0}`]);
    if (dropped.Code !== 0) return;
  }
}
