/** The modules of a bare repository as the source of a module proxy: what go makes of its tags. */
import { join } from "node:path/posix";
import { archive } from "../git/archive.ts";
import { readTags } from "../git/refs.ts";
import { gitText, openRepository, type Repository } from "../git/repository.ts";
import { snapshot } from "../git/tree.ts";
import { findDir, type Named, namedIn } from "../go/finddir.ts";
import { goVersion, modulePath, parseLax } from "../go/modfile/mod.ts";
import { splitPathVersion } from "../go/module.ts";
import { versionsOfTags } from "../go/versions.ts";
import { checkFiles, zipPrefix } from "../go/zip.ts";
import { Refused } from "../problem.ts";
import type { ProxySource } from "../proxy/server.ts";
import { moduleZip } from "../proxy/zip.ts";
import type { Services } from "../services.ts";

/**
 * A source of every module in the bare repository `dir`, of which `path` is one at its root, read
 * with the services that there are when it is first asked. Tags are read anew for every question.
 */
export function remoteModules(
  services: () => Services,
  dir: string,
  path: string,
): ProxySource {
  const root = splitPathVersion(path).prefix;
  const versionsOf = ({ TagPrefix, PathMajor }: Named, tags: Iterable<string>) =>
    versionsOfTags(tags, { prefix: TagPrefix, pathMajor: PathMajor }).Versions;
  let opened: Promise<Repository> | undefined;
  const open = () =>
    opened ??= openRepository(services(), dir).then((repo) => {
      if ("Code" in repo) throw new Refused([repo]);
      return repo;
    });

  /** What the tag of a version names, or null if the module has no such version. */
  async function tagged(asked: string, version: string) {
    const named = namedIn([root], asked);
    if (!named || versionsOf(named, [named.TagPrefix + version]).length === 0) return null;
    const repo = await open();
    const found = await snapshot(repo, `refs/tags/${named.TagPrefix}${version}`);
    if (found?.Commit === undefined) return null;
    const own = named.TagPrefix.slice(0, -1);
    const folder = join(own, named.PathMajor.slice(1));
    const declared = async (at: string) => {
      const file = await found.readFile(join(at, "go.mod"));
      return file && modulePath(file.Bytes);
    };
    const place = findDir(named.PathMajor, own !== "", {
      own: await declared(own),
      folder: named.PathMajor.startsWith("/") ? await declared(folder) : null,
    });
    if (place === null) return null;
    const files = await archive(repo, found, place === "own" ? own : folder);
    return { repo, commit: found.Commit, files };
  }

  return {
    async list(asked) {
      const named = namedIn([root], asked);
      if (!named) return null;
      const versions = versionsOf(named, (await readTags(await open())).keys());
      return versions.length > 0 || asked === path ? versions : null;
    },

    async info(asked, version) {
      const found = await tagged(asked, version);
      if (!found) return null;
      const args = ["log", "-1", "--no-show-signature", "--format=%ct", found.commit];
      const seconds = Number(await gitText(found.repo, args));
      return { Version: version, Time: new Date(seconds * 1000).toISOString().replace(".000", "") };
    },

    async mod(asked, version) {
      const found = await tagged(asked, version);
      return found && !("Code" in found.files) ? found.files.GoMod : null;
    },

    async zip(asked, version) {
      const found = await tagged(asked, version);
      if (!found || "Code" in found.files || !found.files.GoMod) return null;
      const goLine = goVersion(parseLax("go.mod", found.files.GoMod).Mod);
      const { Valid, Invalid, SizeError } = checkFiles(found.files.Entries, { goVersion: goLine });
      if (Invalid.length > 0 || SizeError !== undefined) return null;
      const contents: [string, Uint8Array][] = [];
      await found.files.visit(Valid, ({ Path }, bytes) => contents.push([Path, bytes.slice()]));
      return await moduleZip(zipPrefix(asked, version), contents);
    },
  };
}
