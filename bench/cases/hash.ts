/** The hash of a module of 5 000 files, against the go command that downloads and hashes it. */
import { pathToFileURL } from "node:url";
import { machine } from "../../lib/cli/machine.ts";
import { remoteModules } from "../../lib/sandbox/modules.ts";
import { writeFiles } from "../../lib/sandbox/proxy.ts";
import { Folder } from "../../tests/support/repo.ts";
import type { Comparison } from "../harness.ts";
import { gorel, peer } from "../programs.ts";
import { makeRepository, modulePath } from "../repository.ts";

export async function hash(folder: Folder): Promise<Comparison[]> {
  const at = makeRepository(folder, "files", { commits: 3, tags: 1, files: 5_000 });
  const proxy = folder.join("proxy");
  const source = remoteModules(() => machine(), at.Cwd, modulePath);
  await writeFiles(source, modulePath, proxy);
  const cache = folder.join("modcache");
  const go = peer("go", ["mod", "download", "-modcacherw", `${modulePath}@v0.0.0`], at, {
    GOPROXY: pathToFileURL(proxy).href,
    GOMODCACHE: cache,
    GOFLAGS: "-mod=mod",
  });
  return [{
    Work: "hash, 5 000 files",
    Ours: gorel(["hash", "v0.0.0"], at),
    Peer: typeof go === "string" ? go : { ...go, before: () => forget(cache) },
    Target: { Times: 0.3 },
  }];
}

function forget(cache: string): void {
  try {
    Deno.removeSync(cache, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
