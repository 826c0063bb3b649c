/** Signals from outside, for the screens. */
import type { Stopping } from "../../../../lib/cli/exit.ts";

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Tells each signal that asks to stop; what is returned ends that. */
export function signals(tell: (name: Stopping) => void): () => void {
  let last = -Infinity;
  const undo = names.map((name) => {
    const heard = () => {
      // One Ctrl-C arrives twice where a task runner passes on what the terminal sent already.
      if (performance.now() - last < 300) return;
      last = performance.now();
      tell(name);
    };
    try {
      Deno.addSignalListener(name, heard);
      return () => Deno.removeSignalListener(name, heard);
    } catch {
      // This system has no such signal.
      return () => {};
    }
  });
  return () => undo.forEach((end) => end());
}
