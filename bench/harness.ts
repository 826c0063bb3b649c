/** Whole-process measurements: what is compared runs in turns, and medians are compared. */

/** A program to time: from its start to its end, output thrown away. */
export interface Program {
  /** What the table calls it. */
  Label: string;
  Name: string;
  Args: readonly string[];
  Cwd: string;
  Env: Readonly<Record<string, string>>;
  /** Runs before each time, unmeasured. */
  before?: () => void;
}

/** One line of the table. */
export interface Comparison {
  Work: string;
  Ours: Program;
  /** What it is compared with, or why there is nothing; "" where a time stands for itself. */
  Peer: Program | string;
  /** What is aimed at: milliseconds above the peer, or a multiple of its time. */
  Target: { Above: number } | { Times: number };
}

/** A comparison with its medians, in milliseconds. */
export interface Measured {
  Comparison: Comparison;
  Ours: number;
  Peer?: number;
}

function once(program: Program): number {
  program.before?.();
  const [name, ...args] = [program.Name, ...program.Args];
  const command = new Deno.Command(name!, {
    args,
    cwd: program.Cwd,
    clearEnv: true,
    env: { ...program.Env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const start = performance.now();
  const { code, stderr } = command.outputSync();
  const took = performance.now() - start;
  if (code !== 0) {
    const said = new TextDecoder().decode(stderr);
    throw new Error(`${name} ${args.join(" ")}: exit ${code}\n${said}`);
  }
  return took;
}

/** The middle of the times; of an even number of them the lower of the two. */
export function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)]!;
}

/** Rounds of a comparison, unless it takes long: then as many as fit, but no fewer than the least. */
const most = 11;
const least = 3;
const longest = 30_000;

/** Times both programs in turns, after one round that fills caches and does not count. */
export function measure(comparison: Comparison): Measured {
  const { Ours, Peer } = comparison;
  const programs = typeof Peer === "string" ? [Ours] : [Ours, Peer];
  const times = programs.map((): number[] => []);
  const start = performance.now();
  const goesOn = (round: number) =>
    round <= least || (round <= most && performance.now() - start < longest);
  for (let round = 0; goesOn(round); round++) {
    programs.forEach((program, i) => {
      const took = once(program);
      if (round > 0) times[i]!.push(took);
    });
  }
  return {
    Comparison: comparison,
    Ours: median(times[0]!),
    ...(times[1] && { Peer: median(times[1]) }),
  };
}
