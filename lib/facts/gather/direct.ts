/**
 * This repository's remote as whoever has the versions of a module: what the go command sees
 * there with GOPROXY=direct, from `ls-remote` and the objects that are here.
 */
import { type Problem, problem } from "../../problem.ts";
import type { Services } from "../../services.ts";
import { describe } from "../../git/catfile.ts";
import { readNamed } from "../../git/named.ts";
import { lsRemote, remoteName } from "../../git/remote.ts";
import { git, gitText, type Repository } from "../../git/repository.ts";
import { goTimeOf } from "../../go/rfc3339.ts";
import { folderByPath, type Named, repositoryPath } from "../../go/finddir.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import type { ModuleRepo, RevInfo, Wrong } from "../../go/modquery.ts";
import { splitPathVersion } from "../../go/module.ts";
import { isPseudoVersion } from "../../go/pseudo.ts";
import { listed } from "../../go/query.ts";
import { isValid } from "../../go/semver.ts";
import { highestOfMajors, madeUpGoMod, tagPrefix, versionsOfTags } from "../../go/versions.ts";
import { clean, encode, shellWord } from "../../text.ts";
import { dirOf, goModOf, isReleasable } from "../modules.ts";
import type { TagFact } from "../types.ts";
import { type Here, look } from "./here.ts";
import {
  find,
  isId,
  noCommit,
  type Revision,
  revToRev,
  type Stat,
  statCommit,
  statFound,
  type StatRefused,
} from "./stat.ts";

/** What a repository offers to users of its modules. */
export interface Offered {
  readonly Git: Repository;
  readonly Tags: ReadonlyMap<string, TagFact>;
  /** Short names of branches to their commits. */
  readonly Branches: ReadonlyMap<string, string>;
  /** The commit of HEAD; absent in an empty repository. */
  readonly Head?: string;
  /** The remote's name; absent where what is here was looked at. */
  readonly Remote?: string;
  /** The module paths that lie in it, as its go.mod files at HEAD say. */
  readonly Roots: readonly string[];
  /** What is here. */
  readonly Here: Here;
}

/** What is asked for. */
export interface Whom {
  /** Absolute; where the caller stands. */
  readonly Dir: string;
  readonly Remote?: string;
  /** The tags and branches here are looked at, and no remote. */
  readonly Offline?: boolean;
}

/** Looks at what the configured remote offers, or with Offline at what is here. */
export async function offered(services: Services, whom: Whom): Promise<Offered | Problem[]> {
  const here = await look(services, whom.Dir);
  if (Array.isArray(here)) return here;
  const Roots = rootsOf(here);
  if (whom.Offline) {
    const branches = await localBranches(here.Git);
    return {
      Git: here.Git,
      Tags: here.Tags,
      Branches: branches,
      Head: here.Head.Commit,
      Roots,
      Here: here,
    };
  }
  const named = remoteName(here.Config, here.Head.Branch, whom.Remote);
  if ("Code" in named) return [named];
  const refs = await lsRemote(here.Git, named.Name, { config: here.Config });
  if ("Code" in refs) return [refs];
  const tags = new Map<string, TagFact>(), branches = new Map<string, string>();
  for (const [ref, oid] of refs.Refs) {
    if (ref.startsWith("refs/tags/")) {
      tags.set(ref.slice("refs/tags/".length), { Oid: oid, Commit: refs.Peeled.get(ref) ?? oid });
    } else if (ref.startsWith("refs/heads/")) branches.set(ref.slice("refs/heads/".length), oid);
  }
  return {
    Git: here.Git,
    Tags: tags,
    Branches: branches,
    ...(refs.Head !== undefined && { Head: refs.Head }),
    Remote: named.Name,
    Roots,
    Here: here,
  };
}

async function localBranches(repo: Repository): Promise<Map<string, string>> {
  const text = await gitText(repo, [
    "for-each-ref",
    "--format=%(objectname) %(refname:lstrip=2)",
    "refs/heads",
  ]);
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(line.indexOf(" ") + 1), line.split(" ")[0]!]));
}

/** The paths of the repository that its modules' paths and folders agree on, the likeliest first. */
export function rootsOf({ GoMods }: Pick<Here, "GoMods">): string[] {
  const roots = new Set<string>();
  for (const { File, Blob } of GoMods) {
    const path = Blob ? modulePath(Blob.Bytes) : "";
    const { prefix, pathMajor, ok } = splitPathVersion(path);
    if (path === "" || !ok || !isReleasable(dirOf(File))) continue;
    const folder = folderByPath(path);
    if (folder !== null) {
      // On some hosts the path alone says it, wherever the go.mod lies.
      roots.add(folder === "" ? prefix : prefix.slice(0, -folder.length - 1));
      continue;
    }
    const tags = tagPrefix(dirOf(File), pathMajor);
    const root = repositoryPath(prefix, tags);
    if (tags === "" || root !== prefix) roots.add(root);
  }
  return [...roots];
}

/** The repository as whoever has the versions of one module. */
export function directRepo(repo: Offered, module: Named): ModuleRepo {
  const { TagPrefix, PathMajor } = module;
  const known = new Map<string, Promise<Stat | Wrong>>();

  /** A commit that a ref of the remote names: it may not be here, or be no commit. */
  const commitAt = async (oid: string, rev: string): Promise<Revision | Wrong> => {
    const found = await find(repo, module, oid);
    if (!("Is" in found)) return found;
    const [object] = await describe(repo.Git, [oid]);
    return object
      ? { Wrong: "refused", Words: `${invalid(module.Path, rev)}: ${noCommit}` }
      : notHere(repo, module.Path, rev, oid);
  };

  const look = async (rev: string): Promise<Stat | Wrong> => {
    const name = revToRev(module, rev);
    const isPseudo = isValid(rev) && isPseudoVersion(rev);
    const tag = isPseudo ? undefined : repo.Tags.get(name)?.Commit;
    const oid = tag ?? (isPseudo ? undefined : repo.Branches.get(name)) ??
      (rev === "HEAD" ? repo.Head : undefined);
    if (oid !== undefined) {
      const found = await commitAt(oid, rev);
      if ("Wrong" in found) return found;
      const named = tag === undefined ? found : { ...found, Tag: name };
      return stated(module, rev, await statFound(repo, module, named, rev));
    }
    // Any other name is nobody's but this clone's: users have only ids.
    if (!isId.test(name)) return unknown(module.Path, rev, name);
    const found = await find(repo, module, rev);
    if ("Is" in found) return unknown(module.Path, rev, name);
    if (!await isOffered(repo, found.Commit)) return unknown(module.Path, rev, name);
    return stated(module, rev, await statFound(repo, module, found, rev));
  };

  const stat = (rev: string): Promise<Stat | Wrong> => {
    const found = known.get(rev) ?? look(rev);
    known.set(rev, found);
    return found;
  };

  return {
    async versions(prefix) {
      const names = [...repo.Tags.keys()].filter((tag) => tag.startsWith(TagPrefix + prefix));
      const tags = versionsOfTags(names, { prefix: TagPrefix, pathMajor: PathMajor });
      if (tags.Incompatible.length === 0) return tags.Versions;
      const asked = [tags.Versions.at(-1), ...highestOfMajors(tags.Incompatible)]
        .filter((v) => v !== undefined);
      const commits = asked.map((v) => repo.Tags.get(v)!.Commit);
      const found = await describe(repo.Git, [...commits, ...commits.map((c) => `${c}:go.mod`)]);
      // With a go.mod in the highest of all go looks no further (go-rules §7.2-4).
      const modern = tags.Versions.length > 0 && found[0]?.Type === "commit";
      if (modern && found[commits.length] !== null) return tags.Versions;
      const missing = commits.findIndex((_, i) => found[i] === null);
      if (missing >= 0) return notHere(repo, module.Path, asked[missing]!, commits[missing]!);
      if (commits.some((_, i) => found[i]!.Type !== "commit")) {
        return { Wrong: "refused", Words: noCommit };
      }
      const has = new Set(asked.filter((_, i) => found[commits.length + i] !== null));
      return listed({
        versions: tags.Versions,
        incompatible: tags.Incompatible,
        hasGoMod: (v) => has.has(v),
      });
    },
    async stat(revision) {
      return infoOf(await stat(revision));
    },
    async latest() {
      if (repo.Head === undefined) return { Wrong: "unknown", Words: "no commits" };
      const found = await commitAt(repo.Head, "latest");
      if ("Wrong" in found) return found;
      return infoOf(stated(module, "latest", await statCommit(repo, module, repo.Head)));
    },
    async mod(version) {
      const at = await stat(version);
      if ("Wrong" in at) return at;
      const [blob] = await readNamed(repo.Git, [`${at.Commit}:${goModOf(at.Dir)}`]);
      return blob?.Bytes ?? encode(madeUpGoMod(module.Path));
    },
  };
}

function infoOf(stat: Stat | Wrong): RevInfo | Wrong {
  return "Wrong" in stat ? stat : { Version: stat.Version, Time: goTimeOf(stat.Time) };
}

/** Reports whether users get a commit at all: some branch or tag has it in its history. */
async function isOffered(repo: Offered, commit: string): Promise<boolean> {
  const tips = [
    ...new Set([...repo.Branches.values(), ...[...repo.Tags.values()].map((t) => t.Commit)]),
  ];
  if (tips.includes(commit)) return true;
  const there = (await describe(repo.Git, tips)).flatMap((o) =>
    o?.Type === "commit" ? [o.Oid] : []
  );
  const stdin = [commit, ...there.map((oid) => `^${oid}`), ""].join("\n");
  const left = await git(repo.Git, ["rev-list", "--max-count=1", "--stdin"], { stdin });
  return left.Code === 0 && left.Stdout.length === 0;
}

const notThere: readonly StatRefused["Is"][] = ["missing", "twice", "no-path", "other-major"];

function stated(module: Named, rev: string, found: Stat | StatRefused): Stat | Wrong {
  if (!("Is" in found)) return found;
  if (found.Is === "unknown") return unknown(module.Path, rev, rev);
  return {
    Wrong: notThere.includes(found.Is) ? "unknown" : "refused",
    Words: `${invalid(module.Path, found.Version)}: ${found.Reason}`,
  };
}

function invalid(path: string, version: string): string {
  return `${path}@${version}: invalid version`;
}

function unknown(path: string, rev: string, name: string): Wrong {
  return { Wrong: "unknown", Words: `${invalid(path, rev)}: unknown revision ${name}` };
}

function notHere(repo: Offered, path: string, rev: string, oid: string): Wrong {
  const from = repo.Remote ?? "the remote";
  const text =
    `The commit of ${clean(path)}@${clean(rev)} on ${clean(from)}, ${oid.slice(0, 12)}, ` +
    "is not here, so what its go.mod says is unknown.";
  const fix = `git fetch --tags ${shellWord(repo.Remote ?? "origin")}`;
  return {
    Wrong: "unusable",
    Words: "the commit is not here",
    Problem: problem("revision-unknown", text, { fix }),
  };
}
