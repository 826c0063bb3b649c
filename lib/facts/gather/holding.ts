/** The branches that have a commit. */
import { type Config } from "../../git/config.ts";
import { remoteName } from "../../git/remote.ts";
import { gitText, type Repository } from "../../git/repository.ts";

/**
 * Short names of the branches here that have a commit in their history, and of those of the
 * release's remote as they were last fetched.
 */
export async function branchesWith(
  repo: Repository,
  commit: string,
  config: Config,
  wanted: string | undefined,
): Promise<string[]> {
  const listed = await gitText(repo, [
    ...["for-each-ref", "--format=%(refname)", `--contains=${commit}`],
    ...["refs/heads/", "refs/remotes/"],
  ]);
  const remote = remoteName(config, undefined, wanted);
  const folders = ["refs/heads/", ..."Code" in remote ? [] : [`refs/remotes/${remote.Name}/`]];
  const names = listed.split("\n").flatMap((ref) => {
    const folder = folders.find((one) => ref.startsWith(one));
    return folder === undefined ? [] : [ref.slice(folder.length)];
  });
  return [...new Set(names)].filter((name) => name !== "HEAD");
}
