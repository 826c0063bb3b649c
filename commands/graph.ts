/** `gorel graph [MODULE@VERSION]`: the build list, and who requires a module. */
import type { Answer, GraphRow, Options } from "../lib/cli/answer.ts";
import { version } from "../lib/cli/version.ts";
import { type GoSettings, goSettings } from "../lib/config/goenv.ts";
import { together } from "../lib/git/together.ts";
import { type Problem, UsageError } from "../lib/problem.ts";
import { keptList, listKey } from "../lib/proxy/finished.ts";
import { cacheFolder } from "../lib/proxy/pack.ts";
import type { Services } from "../lib/services.ts";
import { nearest } from "./graphfiles.ts";

/** What is kept of an answer. */
interface Kept {
  Rows: GraphRow[];
  Problems: Problem[];
}

/**
 * The build list that was worked out before, while nothing has changed that it follows from;
 * else the graph is read (graphread.ts), which takes longer to load than this to answer.
 */
export async function run(
  options: Options,
  services: Services,
  signal?: AbortSignal,
): Promise<Answer> {
  const { flags, args } = options;
  if (flags.consumers) {
    const consumers = import("./consumers.ts" as string) as Promise<
      typeof import("./consumers.ts")
    >;
    return (await consumers).run(options, services);
  }
  if (args.length > 1) throw new UsageError("graph takes one MODULE@VERSION");
  // go tells its settings while the files here are read.
  const asked = goSettings(services, options.cwd);
  const [, answer] = await together([asked, answered(options, services, asked, signal)]);
  return answer;
}

async function answered(
  options: Options,
  services: Services,
  asked: Promise<GoSettings>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { flags, args } = options;
  const main = args.length === 0 ? nearest(options) : null;
  const kept = main && flags.why === undefined
    ? await keptList<Kept>(cacheFolder(services.env), main)
    : null;
  if (kept && kept.Key === listKey(await asked, version)) {
    const { Rows, Problems } = kept.Value;
    return { Kind: "graph", Document: Rows, Problems };
  }
  const slow = import("./graphread.ts" as string) as Promise<typeof import("./graphread.ts")>;
  return await (await slow).read(options, services, asked, main, signal);
}
