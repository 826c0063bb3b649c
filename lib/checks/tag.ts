/** `unsupported-repository`: a tag that git cannot make, here or on the remote. */
import { known } from "../facts/types.ts";
import { isRefName } from "../git/names.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, shellWord } from "../text.ts";
import type { Coming } from "./types.ts";

/** The new tag's name must be one that git takes, and no other tag may stand in its way. */
export function tag({ Facts, Module, TagName, Adopted, Pushes }: Coming): Problem[] {
  if (Adopted) return [];
  if (!isRefName(`refs/tags/${TagName}`) || TagName.startsWith("-")) {
    return [problem(
      "unsupported-repository",
      `Git accepts no tag ${clean(TagName)}, which is what Go looks for: the folder ` +
        `${clean(Module.Dir)} is in its name.`,
      { fix: "move the module into a folder whose name needs no quoting" },
    )];
  }
  const here = [...Facts.Repo.Tags.keys()].find((name) => blocks(name, TagName));
  const remote = Pushes ? known(Facts.Remote) : undefined;
  const there = [...remote?.Tags.keys() ?? []].find((name) => blocks(name, TagName));
  const name = here ?? there;
  if (name === undefined) return [];
  const where = here === undefined ? ` on ${clean(remote!.Name)}` : "";
  return [problem(
    "unsupported-repository",
    `The tag ${clean(name)}${where} is in the way of ${clean(TagName)}: git cannot hold both.`,
    {
      fix: here === undefined
        ? `git push ${shellWord(remote!.Name)} --delete ${shellWord(`refs/tags/${name}`)}`
        : `git tag -d ${shellWord(name)}`,
    },
  )];
}

/** Names of refs are paths: none can lie below another. */
function blocks(name: string, wanted: string): boolean {
  return wanted.startsWith(`${name}/`) || name.startsWith(`${wanted}/`);
}
