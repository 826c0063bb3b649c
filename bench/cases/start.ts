/** Starting up, in a repository where there is hardly anything to read. */
import { Folder } from "../../tests/support/repo.ts";
import type { Comparison } from "../harness.ts";
import { bareDeno, gorel } from "../programs.ts";
import { makeRepository } from "../repository.ts";

export function start(folder: Folder): Comparison[] {
  const at = makeRepository(folder, "small", { commits: 10, tags: 3 });
  return [
    {
      Work: "--version",
      Ours: gorel(["--version"], at),
      Peer: bareDeno(at),
      Target: { Above: 30 },
    },
    {
      Work: "next --offline, small repository",
      Ours: gorel(["next", "--offline"], at),
      Peer: bareDeno(at),
      Target: { Above: 80 },
    },
  ];
}
