/** The ladder of verify for a planned release, with the doors of this machine. */
import { join } from "node:path/posix";
import type { Services } from "../services.ts";
import { goSettings } from "../config/goenv.ts";
import { readNamed } from "../git/named.ts";
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import type { PlannedRelease } from "../plan/types.ts";
import { proxyClient } from "../proxy/client.ts";
import { type Verification, verify, type VerifyStep } from "../verify/ladder.ts";
import { doorsOf } from "../verify/doors.ts";

export interface ProveOptions {
  Remote: string;
  /** Milliseconds. */
  Wait: number;
  Next: string;
  /** The commit and the tag object the remote must show. */
  Commit?: string;
  TagOid?: string;
  /** Versions that users must not be offered any more. */
  Retracted?: string[];
  Signal?: AbortSignal;
  OnStep?: (step: VerifyStep & { Next?: number }) => void;
}

/** Proves that users get exactly this release, or says what is missing. */
export async function prove(
  repo: Repository,
  release: Pick<PlannedRelease, "Module" | "Dir" | "Version" | "TagName" | "Expect">,
  services: Services,
  options: ProveOptions,
): Promise<Verification> {
  const settings = await goSettings(services, repo.Root);
  const doors = doorsOf({
    client: proxyClient(services, settings, release.Module),
    clock: services.clock,
    settings,
    remote: () => lsRemote(repo, options.Remote),
    goMod: async (_, commit) => {
      const [found] = await readNamed(repo, [`${commit}:${join(release.Dir, "go.mod")}`]);
      return found?.Bytes ?? null;
    },
  });
  return await verify(
    {
      Module: release.Module,
      Version: release.Version,
      TagName: release.TagName,
      Sum: release.Expect.Sum,
      GoModSum: release.Expect.GoModSum,
      ...(release.Expect.Latest !== undefined && { Latest: release.Expect.Latest }),
      ...(options.Retracted && { Retracted: options.Retracted }),
      ...(options.Commit !== undefined && { Commit: options.Commit }),
      ...(options.TagOid !== undefined && { TagOid: options.TagOid }),
    },
    doors,
    {
      wait: options.Wait,
      next: options.Next,
      ...(options.OnStep && { onStep: options.OnStep }),
      ...(options.Signal && { signal: options.Signal }),
    },
  );
}
