/** History: which commits, which of them carry what, and what they changed. */
import { decode } from "../text.ts";
import { isOid } from "./names.ts";
import { pathTexts } from "./paths.ts";
import { failed, git, gitBytes, gitText, type Repository } from "./repository.ts";

export interface Commit {
  Oid: string;
  Parents: string[];
  /** When it was committed, in seconds since 1970. */
  Time: number;
  AuthorName: string;
  /** The first paragraph of the message in one line. */
  Subject: string;
  /** The rest of the message. */
  Body: string;
}

/** Commits that `to` reaches and `from` does not. Both are ids, or full names of refs. */
export interface Range {
  from?: string;
  to: string;
}

/** Which files count: those below `paths` ("" is everything) and not below `except`. */
export interface Paths {
  paths?: readonly string[];
  except?: readonly string[];
}

/**
 * The commits of a range that touched the paths, newest first, in git's order. A
 * merge is among them only where it differs from each of its parents.
 */
export async function commits(
  repo: Repository,
  range: Range & Paths,
): Promise<Commit[]> {
  const text = await gitText(repo, [
    "log",
    "-z",
    "--no-show-signature",
    "--no-color",
    "--no-notes",
    "--no-follow",
    "--encoding=UTF-8",
    "--format=%H%x00%P%x00%ct%x00%an%x00%s%x00%b",
    ...revisions(range),
    ...pathspecs(range),
  ], magic);
  const fields = text.split("\0");
  const found: Commit[] = [];
  for (let i = 0; i + 6 <= fields.length; i += 6) {
    const [oid, parents, time, author, subject, body] = fields.slice(i, i + 6);
    found.push({
      Oid: oid!,
      Parents: parents ? parents.split(" ") : [],
      Time: Number(time),
      AuthorName: author!,
      Subject: subject!,
      Body: body!.trimEnd(),
    });
  }
  return found;
}

function revisions(range: Range): string[] {
  return ["--end-of-options", range.to, ...(range.from === undefined ? [] : ["^" + range.from])];
}

/** Paths with git's own marks for "from the top, as written", since exclusion needs them. */
function pathspecs({ paths = [], except = [] }: Paths): string[] {
  if (paths.length === 0 && except.length === 0) return ["--"];
  const wanted = paths.length === 0 ? [""] : paths;
  return [
    "--",
    ...wanted.map((path) => path === "" ? ":(top)" : `:(top,literal)${path}`),
    ...except.map((path) => `:(top,exclude,literal)${path}`),
  ];
}

/** Lets the marks of pathspecs be read as such. */
const magic = { env: { GIT_LITERAL_PATHSPECS: undefined } };

/** Reports whether b is a, or has it in its history; null when one of them is not here. */
export async function isAncestor(
  repo: Repository,
  a: string,
  b: string,
): Promise<boolean | null> {
  const args = ["merge-base", "--is-ancestor", "--end-of-options", a, b];
  const result = await git(repo, args);
  if (result.Killed) throw failed(args, result);
  return result.Code === 0 ? true : result.Code === 1 ? false : null;
}

/** As many ids are tried one by one before the whole history is listed. */
const triedAlone = 2;

/** The whole histories that were listed, by their tips' ids: a commit's never changes. */
const histories = new WeakMap<Repository, Map<string, Promise<string>>>();

function listHistory(repo: Repository, tip: string): Promise<string> {
  const listed = histories.get(repo) ?? new Map<string, Promise<string>>();
  histories.set(repo, listed);
  const known = listed.get(tip);
  if (known) return known;
  const walked = gitBytes(repo, ["rev-list", "--end-of-options", tip, "--"]).then(decode);
  if (isOid(tip)) listed.set(tip, walked);
  return walked;
}

/**
 * The first of `ids`, which come in order of preference, that is `tip` or in its
 * history; null if none is. Ids of commits that are not here are passed over. Usually
 * that is one process, at worst one walk over the whole history, and never two from
 * the same id.
 */
export async function reachable(
  repo: Repository,
  tip: string,
  ids: readonly string[],
): Promise<string | null> {
  const alone = histories.get(repo)?.has(tip) ? 0 : triedAlone;
  for (const id of ids.slice(0, alone)) {
    if (id === tip || await isAncestor(repo, id, tip)) return id;
  }
  const rest = ids.slice(alone);
  if (rest.length === 0) return null;
  const rank = new Map<string, number>();
  rest.forEach((id, i) => rank.has(id) || rank.set(id, i));
  const walked = await listHistory(repo, tip);
  let best = rest.length;
  for (let at = 0, end; best > 0 && (end = walked.indexOf("\n", at)) >= 0; at = end + 1) {
    const found = rank.get(walked.slice(at, end));
    if (found !== undefined && found < best) best = found;
  }
  return rest[best] ?? null;
}

/** The files that differ between two commits or trees, sorted as git does; a rename is two of them. */
export async function changedFiles(
  repo: Repository,
  from: string,
  to: string,
  paths: Paths = {},
): Promise<string[]> {
  return pathTexts(
    await gitBytes(repo, [
      "diff-tree",
      "-r",
      "-z",
      "--name-only",
      "--no-renames",
      "--ignore-submodules=none",
      "--end-of-options",
      from,
      to,
      ...pathspecs(paths),
    ], magic),
  );
}

/** The files that a commit or tree has below some folders, which are named from the top. */
export async function filesBelow(
  repo: Repository,
  tree: string,
  folders: readonly string[],
): Promise<string[]> {
  const args = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", tree];
  return pathTexts(await gitBytes(repo, [...args, "--", ...folders]));
}

/** When commits were committed, in seconds since 1970; those that are not here are left out. */
export async function commitTimes(
  repo: Repository,
  oids: readonly string[],
): Promise<Map<string, number>> {
  if (oids.length === 0) return new Map();
  const text = await gitText(repo, [
    "log",
    "--no-walk=unsorted",
    "--ignore-missing",
    "--no-show-signature",
    "--no-color",
    "--format=%H %ct",
    "--stdin",
  ], { stdin: oids.map((oid) => oid + "\n").join("") });
  const times = new Map<string, number>();
  for (const [, oid, time] of text.matchAll(/^([0-9a-f]+) (\d+)$/gm)) times.set(oid!, Number(time));
  return times;
}
