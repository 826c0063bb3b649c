/** This program as a job of a shell: it stops, and lends its terminal to others. */
import type { Services } from "../../services.ts";

/**
 * Stops the whole job, as ^Z on a cooked terminal does, and comes back when the shell continues
 * it. False where no shell would: the system then takes no heed of SIGTSTP, which is tried on a
 * child. The job itself gets SIGSTOP, because `deno task` catches the other and goes on.
 */
export async function stopJob({ processes }: Pick<Services, "processes">): Promise<boolean> {
  const { Killed } = await processes.run("sh", ["-c", "kill -TSTP $$"], { timeout: 200 });
  if (Killed !== "timeout") return false;
  await processes.run("sh", ["-c", "kill -STOP 0"], { terminal: true, timeout: 0 });
  return true;
}

/** Does a work after which the terminal has the modes it had: a killed program leaves echo off. */
export async function keepingModes<T>(
  { processes }: Pick<Services, "processes">,
  work: () => Promise<T>,
): Promise<T> {
  const { Code, Stdout } = await processes.run("sh", ["-c", "stty -g </dev/tty"]);
  try {
    return await work();
  } finally {
    const modes = new TextDecoder().decode(Stdout).trim();
    if (Code === 0) await processes.run("sh", ["-c", 'stty "$1" </dev/tty', "sh", modes]);
  }
}
