/** Signals of the system, as far as it has them. */

/** Does something at a signal; what is returned ends that. */
export function onSignal(name: Deno.Signal, act: () => void): () => void {
  try {
    Deno.addSignalListener(name, act);
    return () => Deno.removeSignalListener(name, act);
  } catch {
    // This system has no such signal.
    return () => {};
  }
}
