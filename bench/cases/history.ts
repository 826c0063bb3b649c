/** The next version of a module with a long history and very many tags, and the list of all of them. */
import { Folder } from "../../tests/support/repo.ts";
import type { Comparison } from "../harness.ts";
import { gorel, peer } from "../programs.ts";
import { makeRepository } from "../repository.ts";

export function history(folder: Folder): Comparison[] {
  return [10_000, 50_000].flatMap((tags): Comparison[] => {
    const at = makeRepository(folder, `tags-${tags}`, { commits: 50_003, tags });
    // What a script would ask git for: each tag with the commit that it names and its time.
    const format = "%(refname) %(*objectname) %(*committerdate:unix)";
    return [
      {
        Work: `next --offline --no-api, ${tags} tags, 50 000 commits`,
        Ours: gorel(["next", "--offline", "--no-api"], at),
        Peer: peer("svu", ["next"], at),
        Target: { Above: 70 },
      },
      {
        Work: `versions --offline, ${tags} tags, 50 000 commits`,
        Ours: gorel(["versions", "--offline", "--json"], at),
        Peer: peer("git", ["for-each-ref", `--format=${format}`, "refs/tags"], at),
        Target: { Above: 150 },
      },
    ];
  });
}
