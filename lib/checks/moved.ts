/** `tag-moved`: a tag that names one commit here and another on the remote. */
import { type Facts, known, type ModuleFacts } from "../facts/types.ts";
import { isMoved } from "../facts/versions.ts";
import { type Problem, problem } from "../problem.ts";
import { shellWord } from "../text.ts";

/** A problem for each version of the module whose tag was moved, ascending. */
export function moved({ Remote }: Pick<Facts, "Remote">, module: ModuleFacts): Problem[] {
  const remote = known(Remote);
  if (!remote) return [];
  return module.Versions.filter(isMoved).map(({ Tag, Here, OnRemote }) => {
    const [here, there] = [Here, OnRemote].map((tag) => tag!.Commit.slice(0, 7));
    return problem(
      "tag-moved",
      `The tag ${Tag} names ${here} here and ${there} on ${remote.Name}: one of them was moved.`,
      {
        fix: `git fetch --force ${shellWord(remote.Name)} ${
          shellWord(`refs/tags/${Tag}:refs/tags/${Tag}`)
        }`,
      },
    );
  });
}
