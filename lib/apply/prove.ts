/** The ladder of verify for a planned release, with the doors of this machine. */
import { dirname, join } from "node:path/posix";
import type { Services } from "../services.ts";
import { goSettings } from "../config/goenv.ts";
import { readNamed } from "../git/named.ts";
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import { modulePath } from "../go/modfile/scan.ts";
import { pathOf } from "../plan/commits.ts";
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
  /** Looks at the remote; absent: with a process of its own. */
  Look?: () => ReturnType<typeof lsRemote>;
  Signal?: AbortSignal;
  /** Called when the proxy was asked for the version, before what it gives is looked at. */
  Asked?: (state: VerifyStep["State"]) => Promise<void>;
  /** `Of`: among several releases the tag of the one that it is about. */
  OnStep?: (step: VerifyStep & { Next?: number; Of?: string }) => void;
}

/** Proves that users get exactly this release, or says what is missing. */
export async function prove(
  repo: Repository,
  release: Pick<
    PlannedRelease,
    "Module" | "NewModule" | "Dir" | "Version" | "TagName" | "Expect"
  >,
  services: Services,
  options: ProveOptions,
): Promise<Verification> {
  const settings = await goSettings(services, repo.Root);
  const path = pathOf(release);
  const before = release.Expect.LatestBefore;
  const Old = path === release.Module || before === undefined
    ? null
    : { Module: release.Module, Latest: before };
  /** go.mod of a module at a commit, from the first of these folders that has its path. */
  const goModOf =
    (module: string, dirs: readonly string[]) => async (_: string, commit: string) => {
      const found = await readNamed(repo, dirs.map((dir) => `${commit}:${join(dir, "go.mod")}`));
      const files = found.flatMap((file) => file?.Bytes ?? []);
      return (dirs.length === 1 ? files[0] : files.find((f) => modulePath(f) === module)) ?? null;
    };
  const doors = doorsOf({
    client: proxyClient(services, settings, path),
    clock: services.clock,
    settings,
    remote: options.Look ?? (() => lsRemote(repo, options.Remote)),
    goMod: goModOf(path, [release.Dir]),
    ...(Old && {
      old: {
        client: proxyClient(services, settings, Old.Module),
        // A new major in a folder of its own leaves the old one above it.
        goMod: goModOf(Old.Module, [release.Dir, dirname(`/${release.Dir}`).slice(1)]),
      },
    }),
  });
  return await verify(
    {
      Module: path,
      Version: release.Version,
      TagName: release.TagName,
      Sum: release.Expect.Sum,
      GoModSum: release.Expect.GoModSum,
      ...(release.Expect.Latest !== undefined && { Latest: release.Expect.Latest }),
      ...(Old && { Old }),
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
      ...(options.Asked && { asked: options.Asked }),
    },
  );
}
