/** HEAD: where the repository stands. */
import { join } from "node:path";
import { decode } from "../text.ts";
import { isOid } from "./names.ts";
import { failed, git, type Repository } from "./repository.ts";
import { together } from "./together.ts";

/** `Commit` and `Tree` are absent before the first commit, `Branch` when HEAD is detached. */
export interface Head {
  Commit?: string;
  Tree?: string;
  /** The short name, "main" for refs/heads/main. */
  Branch?: string;
}

/** Reads HEAD; throws Failed when it points at what is not there. */
export async function readHead(repo: Repository): Promise<Head> {
  const args = ["rev-parse", "--quiet", "HEAD", "HEAD^{tree}", "--"];
  const [ids, branch] = await together([git(repo, args), currentBranch(repo)]);
  const found = decode(ids.Stdout).split("\n").filter(isOid);
  if (ids.Code !== 0 && (found.length > 0 || branch === undefined)) throw failed(args, ids);
  return {
    ...(ids.Code === 0 && { Commit: found[0]!, Tree: found[1]! }),
    ...(branch !== undefined && { Branch: branch }),
  };
}

/**
 * The branch that HEAD names. The file is read directly, which saves a process; git
 * is asked where HEAD is no plain file (reftable, a symbolic link).
 */
async function currentBranch(repo: Repository): Promise<string | undefined> {
  const file = join(repo.GitDir, "HEAD");
  const plain = repo.RefFormat === "files" && (await Deno.lstat(file)).isFile;
  const ref = plain
    ? /^ref:\s*(\S.*?)\s*$/.exec(await Deno.readTextFile(file))?.[1] ?? ""
    : decode((await git(repo, ["symbolic-ref", "--quiet", "HEAD"])).Stdout).trim();
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
}
