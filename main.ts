/**
 * gorel: argv → command → exit code. Nothing is imported before it is needed,
 * and `--version` needs nothing.
 */
import { version } from "./lib/cli/version.ts";
import type { Load } from "./lib/cli/answer.ts";
import { fileOf } from "./lib/cli/file.ts";

/**
 * Imports the file of commands/ that carries a command out. The name is put together here so that
 * Deno does not see it: it reads every file that it sees an import of, screens and their packages
 * included, before anything runs, and that is a third of the time of a short command.
 */
const load: Load = (command) => {
  const file = fileOf(command);
  return import(new URL(`./commands/${file}.${import.meta.url.slice(-2)}`, import.meta.url).href);
};

/** Reports whether only the version is asked for; `deno task release` puts a `-C` before every word. */
function asksVersion(argv: readonly string[]): boolean {
  let first = 0;
  while (argv[first] === "-C") first += 2;
  return argv[first] === "--version" && argv.length === first + 1;
}

async function main(): Promise<number> {
  const [{ Interrupted }, { machine }, { run }] = await Promise.all([
    import("./lib/cli/exit.ts"),
    import("./lib/cli/machine.ts"),
    import("./lib/cli/program.ts"),
  ]);
  const stop = new AbortController();
  let asked = 0;
  let last = -Infinity;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    try {
      Deno.addSignalListener(name, () => {
        const stopped = new Interrupted(name);
        // One Ctrl-C arrives twice where a task runner passes on what the terminal sent already.
        if (performance.now() - last < 300) return;
        last = performance.now();
        // Whoever draws on the terminal counts for itself, and says what it waits for.
        const event = new CustomEvent("signal", { detail: name, cancelable: true });
        if (!stop.signal.dispatchEvent(event)) return;
        asked++;
        if (asked === 1) stop.abort(stopped);
        else if (asked === 2) {
          console.error(
            "gorel: finishing the step that runs; once more ends it, gorel resume goes on",
          );
        } else Deno.exit(stopped.exit);
      });
    } catch {
      // This system has no such signal.
    }
  }
  return await run(Deno.args, machine(), stop.signal, load);
}

if (asksVersion(Deno.args)) console.log(`gorel ${version}`);
else Deno.exit(await main());
