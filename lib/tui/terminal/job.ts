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

/** The modes of the terminal now; what is given back sets them again. */
export async function terminalModes(
  { processes }: Pick<Services, "processes">,
): Promise<() => Promise<void>> {
  const { Code, Stdout } = await processes.run("sh", ["-c", "stty -g </dev/tty"]);
  const modes = new TextDecoder().decode(Stdout).trim();
  return async () => {
    if (Code === 0) await processes.run("sh", ["-c", 'stty "$1" </dev/tty', "sh", modes]);
  };
}

/** Does a work after which the terminal has the modes it had: a killed program leaves echo off. */
export async function keepingModes<T>(
  services: Pick<Services, "processes">,
  work: () => Promise<T>,
): Promise<T> {
  const restore = await terminalModes(services);
  try {
    return await work();
  } finally {
    await restore();
  }
}

/** Written before a program may ask: who it is, with room below; and where the cursor was. */
export function asking(program: string): string {
  return `\n\n\n\x1b[3A\x1b7gorel: ${program} runs now; a passphrase, a host key or a hook may speak here.\r\n`;
}

/** Written afterwards: the cursor is where it was, and nothing of the questions stays. */
export const asked = "\x1b8\x1b[J";
