/** The next version of a module with a long history and very many tags. */
import { Folder } from "../../tests/support/repo.ts";
import type { Comparison } from "../harness.ts";
import { gorel, peer } from "../programs.ts";
import { makeRepository } from "../repository.ts";

export function history(folder: Folder): Comparison[] {
  return [10_000, 50_000].map((tags) => {
    const at = makeRepository(folder, `tags-${tags}`, { commits: 50_003, tags });
    return {
      Work: `next --offline --no-api, ${tags} tags, 50 000 commits`,
      Ours: gorel(["next", "--offline", "--no-api"], at),
      Peer: peer("svu", ["next"], at),
      Target: { Above: 70 },
    };
  });
}
