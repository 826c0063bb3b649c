/** Paths of the plan's files: none leads out of the work tree, or into git's own folder. */
import { join } from "node:path";
import { Failed } from "../problem.ts";
import { foldersAbove } from "../git/paths.ts";
import type { Repository } from "../git/repository.ts";
import { isLink } from "./disk.ts";

/** Gives the paths of files of the plan; a plan that leads out of the repository is a failure. */
export function insideOf(repo: Repository): (file: string) => string {
  const isBehindLink = linksOf(repo);
  return (file) => {
    const away = outside(repo, file, isBehindLink);
    if (away !== null) throw new Failed(away);
    return join(repo.Root, file);
  };
}

/** Tells of folders, from the top of the work tree, whether they are links; each is looked at once. */
function linksOf(repo: Repository): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder) => {
    const is = known.get(folder) ?? isLink(join(repo.Root, folder));
    known.set(folder, is);
    return is;
  };
}

/** Why writing a file would write outside of the work tree, or into git's own folder; null when not. */
export function outside(
  repo: Repository,
  file: string,
  isLinkAt: (folder: string) => boolean = linksOf(repo),
): string | null {
  const elements = file.split("/");
  if (elements.some((e) => e === "" || e === "." || e === ".." || e.toLowerCase() === ".git")) {
    return `The plan names a file outside of the repository: ${file}`;
  }
  return foldersAbove(file).some((folder) => isLinkAt(folder))
    ? `${file} lies behind a symbolic link.`
    : null;
}
