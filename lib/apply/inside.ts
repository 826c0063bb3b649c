/** Paths of the plan's files: none leads out of the work tree, or into git's own folder. */
import { join } from "node:path";
import { Failed } from "../problem.ts";
import type { Repository } from "../git/repository.ts";
import { isLink } from "./disk.ts";

/** The folders that a path leads through, the topmost first. */
export function foldersOf(file: string): string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join("/"));
}

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
  return foldersOf(file).some((folder) => isLinkAt(folder))
    ? `${file} lies behind a symbolic link.`
    : null;
}
