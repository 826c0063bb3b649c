/** Programs that a build runs. */

export interface Result {
  /** 127 when it could not be started. */
  readonly Code: number;
  readonly Stdout: string;
  readonly Stderr: string;
}

export interface Setting {
  readonly cwd?: string;
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end. `deno` is the Deno that runs this, as far as it may be started. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: Setting = {},
): Promise<Result> {
  const decoder = new TextDecoder();
  try {
    const { code, stdout, stderr } = await new Deno.Command(
      program === "deno" ? ownDeno() : program,
      {
        args: [...args],
        ...(cwd !== undefined && { cwd }),
        clearEnv: true,
        env: environment(env),
        stdin: "null",
      },
    ).output();
    return { Code: code, Stdout: decoder.decode(stdout), Stderr: decoder.decode(stderr) };
  } catch (error) {
    return { Code: 127, Stdout: "", Stderr: `${program}: ${(error as Error).message}` };
  }
}

/** Deno's own path where everything may be run, else the name that the task has leave for. */
function ownDeno(): string {
  const { state } = Deno.permissions.querySync({ name: "run", command: Deno.execPath() });
  return state === "granted" ? Deno.execPath() : "deno";
}

/** With LD_* or DYLD_* in it Deno would refuse to start anything. */
function environment(changes: Setting["env"] & object): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...Deno.env.toObject(), ...changes }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !/^(LD_|DYLD_)/.test(pair[0]),
    ),
  );
}

/** The last lines that a failed program said: errors, or else output. */
export function said({ Code, Stdout, Stderr }: Result, lines = 12): string {
  const words = Stderr.trim() || Stdout.trim() || `exit code ${Code}`;
  // deno-lint-ignore no-control-regex
  return words.replace(/\x1b\[[\d;]*m/g, "").split("\n").slice(-lines).join("\n");
}
