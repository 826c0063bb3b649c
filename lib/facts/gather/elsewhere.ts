/**
 * A module that HEAD does not have and that the repository has all the same: another major, one
 * that was moved or removed, one of another branch. Its path says where Go looks for it.
 */
import { readNamed } from "../../git/named.ts";
import { gitText, type Repository } from "../../git/repository.ts";
import {
  findDir,
  folderByPath,
  foldersOf,
  type Named,
  namedIn,
  namedOf,
  repositoryPath,
} from "../../go/finddir.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import { splitPathVersion } from "../../go/module.ts";
import { checkPath } from "../../go/paths.ts";
import { madeUpGoMod, versionsOfTags } from "../../go/versions.ts";
import { encode } from "../../text.ts";
import { goModOf } from "../modules.ts";
import { rootsOf } from "./direct.ts";
import type { Here } from "./here.ts";
import type { Found } from "./module.ts";

/** As many tags and branches are looked into, the highest first. */
const mostCommits = 200;

/** What of a module tags and branches have. */
interface Seen {
  /** True where some tag is a version of it by its name. */
  Tagged: boolean;
  /** True where a go.mod names the repository that the path is of. */
  Named: boolean;
  /** Where a go.mod that Go takes for its own is, and whether that says the very path. */
  GoMod?: { Dir: string; Oid: string; Bytes: Uint8Array; Own: boolean };
}

/** The module of this path as the repository's tags and branches have it; null where they do not. */
export async function elsewhere(here: Here, path: string): Promise<Found | null> {
  if (checkPath(path) !== null) return null;
  const roots = rootsOf(here);
  const own = namedIn(roots, path);
  for (const named of own ? [own, ...guesses(path)] : guesses(path)) {
    const seen = await lookFor(here, named);
    // A stranger's name must be found written down, unless nothing here has any.
    const sure = seen.GoMod?.Own || (seen.GoMod || seen.Tagged) &&
        (named === own || seen.Named || roots.length === 0);
    if (sure) return foundAs(named, seen);
  }
  return null;
}

/** A module whose go.mod at HEAD is not where Go looks for its path, as it is there; null for any other. */
export function asGoLooks(here: Here, found: Found): Found | null {
  const folder = folderByPath(found.Path);
  const named = namedIn(rootsOf(here), found.Path);
  const TagPrefix = folder === null ? named?.TagPrefix : folder === "" ? "" : `${folder}/`;
  return TagPrefix === undefined || TagPrefix === found.TagPrefix
    ? null
    : { ...found, TagPrefix, Dir: TagPrefix.slice(0, -1) };
}

/** Where a path may lie in a repository whose own path is not known. */
function guesses(path: string): Named[] {
  const { prefix, ok } = splitPathVersion(path);
  if (!ok) return [];
  const folder = folderByPath(path);
  const elements = prefix.split("/").slice(1);
  const dirs = folder === null ? elements.map((_, i) => elements.slice(i + 1).join("/")) : [folder];
  // The whole path is the repository's in most cases.
  return dirs.reverse().map((dir) => namedOf(path, dir === "" ? "" : `${dir}/`));
}

async function lookFor({ Git, Tags }: Here, named: Named): Promise<Seen> {
  const { Path, TagPrefix, PathMajor } = named;
  const { Versions, Incompatible } = versionsOfTags(Tags.keys(), {
    prefix: TagPrefix,
    pathMajor: PathMajor,
  });
  const tagged = Versions.toReversed().map((v) => Tags.get(TagPrefix + v)!.Commit);
  const own = [...new Set([...tagged.slice(0, mostCommits), ...await branches(Git)])];
  // What other tags hold is not of this module; it may name the repository all the same.
  const others = [...new Set([...Tags.values()].map((tag) => tag.Commit))].slice(-mostCommits);
  const commits = [...new Set([...own, ...others])];
  const { Own, Folder } = foldersOf(named);
  // The root's go.mod mostly says how the repository is called.
  const places = Folder === undefined ? [Own, ""] : [Own, "", Folder];
  const names = commits.flatMap((commit) => places.map((dir) => `${commit}^0:${goModOf(dir)}`));
  const blobs = await readNamed(Git, names);
  const out: Seen = { Tagged: Versions.length + Incompatible.length > 0, Named: false };
  const root = repositoryPath(splitPathVersion(Path).prefix, TagPrefix);
  for (let i = 0; i < blobs.length && !out.GoMod?.Own; i += places.length) {
    const [ours = null, top = null, folder = null] = blobs.slice(i, i + places.length);
    const paths = {
      own: ours && modulePath(ours.Bytes),
      folder: folder && modulePath(folder.Bytes),
    };
    const said = [top && modulePath(top.Bytes), paths.own, paths.folder];
    if (said.some((path) => path === Path || `${path}/`.startsWith(`${root}/`))) out.Named = true;
    if (i >= own.length * places.length) continue;
    const is = findDir(PathMajor, Own !== "", paths);
    const blob = is === "folder" ? folder : is === "own" ? ours : null;
    if (!is || !blob) continue;
    const Dir = is === "folder" ? Folder! : Own;
    const of = is === "folder" ? paths.folder : paths.own;
    if (of === Path || !out.GoMod) out.GoMod = { ...blob, Dir, Own: of === Path };
  }
  return out;
}

async function branches(repo: Repository): Promise<string[]> {
  const args = ["--format=%(objectname)", `--count=${mostCommits}`, "refs/heads", "refs/remotes"];
  const text = await gitText(repo, ["for-each-ref", ...args]);
  return text.split("\n").filter((line) => line !== "");
}

function foundAs(named: Named, { GoMod }: Seen): Found {
  const Dir = GoMod?.Dir ?? foldersOf(named).Own;
  const Bytes = GoMod?.Bytes ?? encode(madeUpGoMod(named.Path));
  const { Mod } = parseLax("go.mod", Bytes);
  return {
    ...named,
    Dir,
    GoMod: { File: goModOf(Dir), Oid: GoMod?.Oid ?? "", Bytes, Mod },
    Problems: [],
  };
}
