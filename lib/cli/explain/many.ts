/** Versions and commits of a repository that has several modules, of which none is meant. */
import { type Facts, known } from "../../facts/types.ts";
import { tagsOn } from "../../facts/gather/stat.ts";
import { namedOf } from "../../go/finddir.ts";
import { splitPathVersion, tagVersion } from "../../go/module.ts";
import { atRevision } from "../../plan/revision.ts";
import type { CommitOfMany } from "./commit.ts";
import { judge, tagState } from "./look.ts";
import type { About } from "./where.ts";

/** Of more modules than these nobody wants to be told at once. */
const mostModules = 20;

/** What Go calls a commit as each module of the repository. */
export async function ofMany(
  subject: string,
  commit: string,
  { Repo, Modules }: Facts,
): Promise<CommitOfMany> {
  const names: CommitOfMany["Modules"][number][] = [];
  for (const module of Modules.slice(0, mostModules)) {
    const at = await atRevision(Repo, module, commit);
    names.push(
      "Code" in at
        ? { Path: module.Path, Refused: at.Text }
        : { Path: at.Path, Version: at.Version },
    );
  }
  return {
    Subject: subject,
    Commit: commit,
    Tags: tagsOn(Repo.Tags, commit),
    Modules: names,
    All: Modules.length,
  };
}

/**
 * A version whose tag is here, of the module that was once at the root: HEAD has modules in
 * folders only. `asked` gives facts with what the remote says. Undefined where it is none such.
 */
export async function rootVersion(
  all: Facts,
  version: string,
  asked: () => Promise<Facts>,
): Promise<Omit<About, "Subject"> | undefined> {
  const tag = tagVersion(version);
  const path = rootPath(all.Modules);
  if (path === undefined || all.Modules.some((m) => m.TagPrefix === "")) return undefined;
  const state = await tagState(all.Repo, tag);
  if (!state) return undefined;
  const judged = await judge(all.Repo, namedOf(path, ""), version);
  const facts = await asked();
  const remote = known(facts.Remote)?.Tags.get(tag)?.Commit;
  return {
    ...judged,
    Kind: "version",
    Tag: tag,
    Facts: facts,
    Here: state,
    Commit: state.Commit,
    ...(remote !== undefined && { OnRemote: remote }),
  };
}

/** The path of the module that a repository would have at its root, as those in its folders say. */
function rootPath(modules: Facts["Modules"]): string | undefined {
  for (const { Path, TagPrefix } of modules) {
    const end = `/${TagPrefix.slice(0, -1)}`;
    const { prefix } = splitPathVersion(Path);
    if (prefix.endsWith(end)) return prefix.slice(0, -end.length);
  }
}
