/** What of a module lies in a commit, and what its newest release retracts. */
import { readNamed } from "../../git/named.ts";
import { gitText, type Repository } from "../../git/repository.ts";
import { findDir, foldersOf, type Named } from "../../go/finddir.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import { source } from "../../go/query.ts";
import type { Retract } from "../../go/retract.ts";
import { versionsOfTags } from "../../go/versions.ts";
import { goModOf } from "../modules.ts";
import type { Tagged } from "./stat.ts";

/** What of a module lies in a commit. */
export interface Look {
  Paths: { own: string | null; folder: string | null };
  /** The go.mod in the module's own folder. */
  Own: Uint8Array | null;
  /** That of the module; null where there is none, or Go finds none. */
  GoMod: Uint8Array | null;
  Dir: string;
  /** Reports whether the folder of a major version has a go.mod. */
  hasFolder(major: string): Promise<boolean>;
}

/** Looks for the module in a commit. */
export async function lookIn(repo: Repository, module: Named, commit: string): Promise<Look> {
  const { Own, Folder } = foldersOf(module);
  const asked = [Own, ...(Folder === undefined ? [] : [Folder])];
  const [own = null, folder = null] = await readNamed(
    repo,
    asked.map((dir) => `${commit}:${goModOf(dir)}`),
  );
  const Paths = {
    own: own && modulePath(own.Bytes),
    folder: folder && modulePath(folder.Bytes),
  };
  const is = findDir(module.PathMajor, Own !== "", Paths);
  let folders: Promise<ReadonlySet<string>> | undefined;
  return {
    Paths,
    Own: own && own.Bytes,
    GoMod: (is === "folder" ? folder : is === "own" ? own : null)?.Bytes ?? null,
    Dir: is === "folder" ? Folder! : Own,
    async hasFolder(name) {
      return (await (folders ??= majorFolders(repo, commit))).has(name);
    },
  };
}

/** The folders of major versions at a commit's root that have a go.mod, however many there are. */
async function majorFolders(repo: Repository, commit: string): Promise<ReadonlySet<string>> {
  const listed = await gitText(repo, ["ls-tree", "-z", "--name-only", "--full-tree", commit]);
  const names = listed.split("\0").filter((name) => /^v\d+$/.test(name));
  const found = await readNamed(repo, names.map((name) => `${commit}:${name}/go.mod`));
  return new Set(names.filter((_, i) => found[i] !== null));
}

/**
 * What the newest release says is retracted, as Go takes it when it names commits: nothing where
 * that release is refused or its go.mod cannot be read (cmd/go retractedVersions).
 */
export async function retractsOf(repo: Tagged, module: Named): Promise<readonly Retract[]> {
  const { Versions } = versionsOfTags(repo.Tags.keys(), {
    prefix: module.TagPrefix,
    pathMajor: module.PathMajor,
  });
  const newest = source({ versions: Versions });
  const commit = newest === null ? undefined : repo.Tags.get(module.TagPrefix + newest)?.Commit;
  if (commit === undefined) return [];
  const { GoMod } = await lookIn(repo.Git, module, commit);
  if (!GoMod) return [];
  const { Mod, Errors } = parseLax("go.mod", GoMod);
  return Errors.length > 0 ? [] : Mod.Retract;
}
