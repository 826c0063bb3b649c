/**
 * gorel: argv → command → exit code. Nothing is imported before it is needed,
 * and `--version` needs nothing.
 */
import { version } from "./lib/cli/version.ts";
import type { Load } from "./lib/cli/answer.ts";

/** The one place that knows the files of commands/. */
const load: Load = (command) => {
  switch (command) {
    case "retract":
      return import("./commands/retract.ts");
    case "deprecate":
      return import("./commands/deprecate.ts");
    case "unretract":
      return import("./commands/unretract.ts");
    case "undeprecate":
      return import("./commands/undeprecate.ts");
    case "plan":
      return import("./commands/plan.ts");
    case "apply":
      return import("./commands/apply.ts");
    case "resume":
      return import("./commands/resume.ts");
    case "undo":
      return import("./commands/undo.ts");
    case "status":
      return import("./commands/status.ts");
    case "next":
      return import("./commands/next.ts");
    case "check":
      return import("./commands/check.ts");
    case "versions":
      return import("./commands/versions.ts");
    case "hash":
      return import("./commands/hash.ts");
    case "verify":
      return import("./commands/verify.ts");
    case "query":
      return import("./commands/query.ts");
    case "graph":
      return import("./commands/graph.ts");
    case "explain":
      return import("./commands/explain.ts");
    case "demo":
      return import("./commands/demo.ts");
    case "home":
      return import("./commands/home.ts");
    default:
      return import("./commands/release.ts");
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
