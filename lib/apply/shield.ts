/** Keeping git out of reach of the terminal's Ctrl-C, so that the step that runs is finished. */
import type { Repository } from "../git/repository.ts";
import type { Processes } from "../services.ts";

/** The repository with every process shielded that does not say otherwise: one that may ask on the terminal does. */
export function shielded(repo: Repository): Repository {
  const processes: Processes = {
    run: (program, args, options = {}) =>
      repo.services.processes.run(program, args, { shielded: true, ...options }),
  };
  return { ...repo, services: { ...repo.services, processes } };
}
