/**
 * gorel: argv → command → exit code. Nothing is imported before it is needed, and `--version`
 * needs nothing. Deno reads every file that it sees an import of before anything runs, also one
 * that is imported later or never; an `import("…" as string)` it does not see, but `deno check`,
 * `deno bundle` and the test of the house do.
 */
import { version } from "./lib/cli/version.ts";
import type { Load } from "./lib/cli/answer.ts";

/** The one place that knows the files of commands/. */
const load: Load = (command) => {
  switch (command) {
    case "retract":
      return import("./commands/retract.ts" as string);
    case "deprecate":
      return import("./commands/deprecate.ts" as string);
    case "unretract":
      return import("./commands/unretract.ts" as string);
    case "undeprecate":
      return import("./commands/undeprecate.ts" as string);
    case "plan":
      return import("./commands/plan.ts" as string);
    case "apply":
      return import("./commands/apply.ts" as string);
    case "resume":
      return import("./commands/resume.ts" as string);
    case "undo":
      return import("./commands/undo.ts" as string);
    case "status":
      return import("./commands/status.ts" as string);
    case "next":
      return import("./commands/next.ts" as string);
    case "check":
      return import("./commands/check.ts" as string);
    case "versions":
      return import("./commands/versions.ts" as string);
    case "hash":
      return import("./commands/hash.ts" as string);
    case "verify":
      return import("./commands/verify.ts" as string);
    case "query":
      return import("./commands/query.ts" as string);
    case "graph":
      return import("./commands/graph.ts" as string);
    case "explain":
      return import("./commands/explain.ts" as string);
    case "demo":
      return import("./commands/demo.ts" as string);
    case "config":
      return import("./commands/config.ts" as string);
    case "completion":
      return import("./commands/completion.ts" as string);
    case "man":
      return import("./commands/man.ts" as string);
    case "home":
      return import("./commands/home.ts" as string);
    default:
      return import("./commands/release.ts" as string);
  }
};

/** Reports whether only the version is asked for; `deno task release` puts a `-C` before every word. */
function asksVersion(argv: readonly string[]): boolean {
  let first = 0;
  while (argv[first] === "-C") first += 2;
  return argv[first] === "--version" && argv.length === first + 1;
}

async function main(): Promise<number> {
  const [{ Interrupted }, { machine }, { run }] = await Promise.all([
    import("./lib/cli/exit.ts" as string) as Promise<typeof import("./lib/cli/exit.ts")>,
    import("./lib/cli/machine.ts" as string) as Promise<typeof import("./lib/cli/machine.ts")>,
    import("./lib/cli/program.ts" as string) as Promise<typeof import("./lib/cli/program.ts")>,
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

/** Reports whether a shell asks how a line may go on (lib/cli/completion). */
function completes(argv: readonly string[]): boolean {
  return argv[0] === "__complete" || (argv[0] === "-C" && argv[2] === "__complete");
}

if (asksVersion(Deno.args)) console.log(`gorel ${version}`);
else if (completes(Deno.args)) {
  const { complete } = await (import("./lib/cli/completion/complete.ts" as string) as Promise<
    typeof import("./lib/cli/completion/complete.ts")
  >);
  await complete(Deno.args);
} else Deno.exit(await main());
