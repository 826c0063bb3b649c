/** How git runs while a release is carried out: out of reach of Ctrl-C, and without hooks where that is wished. */
import type { Repository } from "../git/repository.ts";
import type { Processes } from "../services.ts";

/**
 * The repository with every process shielded that does not say otherwise: one that may ask on the
 * terminal does. Without a terminal no Ctrl-C reaches what only reads; what writes shields itself.
 * Starting a program out of reach copies the memory map of this process, which costs more than most
 * of what git does in it.
 */
export function shielded(repo: Repository): Repository {
  if (![Deno.stdin, Deno.stdout, Deno.stderr].some((stream) => stream.isTerminal())) return repo;
  const processes: Processes = {
    run: (program, args, options = {}) =>
      repo.services.processes.run(program, args, { shielded: true, ...options }),
  };
  return { ...repo, services: { ...repo.services, processes } };
}

/** The repository with git running no hook at all, whatever the command. */
export function hookless(repo: Repository): Repository {
  const processes: Processes = {
    run: (program, args, options) =>
      repo.services.processes.run(
        program,
        program === "git" ? ["-c", "core.hooksPath=/dev/null", ...args] : args,
        options,
      ),
  };
  return { ...repo, services: { ...repo.services, processes } };
}
