/** Leaving what only looks where it stands when the maintainer has had enough. */
import { Interrupted, interruption } from "./exit.ts";

/**
 * Waits for work that writes nothing, or throws Interrupted as soon as the signal is aborted:
 * whatever it waits for, a silent server among others, is left behind.
 */
export async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(interruption(signal) ?? new Interrupted("SIGINT"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
