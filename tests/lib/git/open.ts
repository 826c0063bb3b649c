/** Opens test repositories the way gorel does. */
import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import type { RunOptions, Services } from "../../../lib/services.ts";
import type { Repo } from "../../support/repo.ts";

/** Services of the real machine with the environment of a test repository. */
export function servicesFor(
  repo: { env: Record<string, string> },
  env: Record<string, string> = {},
): Services {
  return machine({ PATH: Deno.env.get("PATH") ?? "", ...repo.env, ...env });
}

/** The repository, opened at its work tree or at another folder. */
export async function open(
  repo: Repo,
  dir: string = repo.dir,
  env: Record<string, string> = {},
): Promise<Repository> {
  const opened = await openRepository(servicesFor(repo, env), dir);
  assert.ok(!("Code" in opened), `not opened: ${JSON.stringify(opened)}`);
  return opened;
}

/** The repository with a list that every started program is noted in. */
export function counted(repo: Repository): { repo: Repository; started: string[] } {
  const started: string[] = [];
  const services: Services = {
    ...repo.services,
    processes: {
      run(program, args, options?: RunOptions) {
        started.push(`${program} ${args.join(" ")}`);
        return repo.services.processes.run(program, args, options);
      },
    },
  };
  return { repo: { ...repo, services }, started };
}
