/** SIGKILL at single system calls, of gorel and of the gits it runs: one release, or none. Only where strace is. */
import { cases, seeded } from "../support/random.ts";
import { tryRun } from "../support/repo.ts";
import { Template } from "./ground.ts";
import { fromAndSelf, including, killAndEnd, retract, Tally } from "./matrix.ts";

/** Why processes cannot be traced here; null: they can. */
function untraced(): string | null {
  try {
    return tryRun("strace", ["-qq", "-o", "/dev/null", "true"]).code === 0
      ? null
      : "strace may not trace";
  } catch {
    return "no strace on PATH";
  }
}

/** What changes a file system, by the names of either kind of processor. */
const calls = [
  "?rename,?renameat,?renameat2",
  "?link,?linkat,?symlink,?symlinkat",
  "?unlink,?unlinkat,?rmdir",
  "?fsync,?fdatasync",
  "?mkdir,?mkdirat,?chmod,?fchmodat",
  "?copy_file_range,?sendfile,?pwrite64",
];

async function killed(): Promise<void> {
  const random = seeded("system calls");
  const tally = new Tally();
  for (const scenario of [retract, fromAndSelf, including]) {
    using template = new Template(scenario.Prepare);
    for (const Calls of calls) {
      for (let i = 0; i < 5; i++) {
        const All = random.chance(0.5);
        const point = { At: "call", Calls, Nth: random.int(1, All ? 4 : 12), All } as const;
        await killAndEnd(template, scenario, point, random, tally);
      }
    }
  }
  console.log(String(tally));
}

// It takes minutes, so that only a soak has it.
if (cases(0, 1) > 0) {
  const why = untraced();
  const name = "killed at a system call a release ends as one or none";
  Deno.test({ name: why ? `${name} (skipped: ${why})` : name, ignore: why !== null, fn: killed });
}
