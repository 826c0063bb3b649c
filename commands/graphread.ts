/** `gorel graph`, where nothing is kept that answers it: reads the whole module graph. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { counting } from "../lib/cli/counting.ts";
import { version as program } from "../lib/cli/version.ts";
import type { GoSettings } from "../lib/config/goenv.ts";
import { compareGoVersions } from "../lib/go/goversion.ts";
import { type MainModule, replacement, shown } from "../lib/go/mainmodule.ts";
import { isStrict, type ModuleGraph, requiredBy, rows } from "../lib/go/modgraph.ts";
import { canonicalVersion, check, checkPath } from "../lib/go/module.ts";
import { type BuildListError, keyOf, type PathVersion } from "../lib/go/mvs.ts";
import { type Problem, problem, Refused, UsageError } from "../lib/problem.ts";
import { keepList, listKey } from "../lib/proxy/finished.ts";
import { type GoMods, loadGraph, readGoMod } from "../lib/proxy/gomods.ts";
import { cacheFolder, Pack } from "../lib/proxy/pack.ts";
import type { Services } from "../lib/services.ts";
import { clean, shellWord } from "../lib/text.ts";
import type { Main } from "./graphfiles.ts";
import { type Contents, contents } from "./graphmain.ts";

/** What is read for every graph. */
type From = Pick<GoMods, "Network" | "Settings" | "Offline">;

/**
 * Reads the graph of the module here, or of a published one, as its own developers would.
 * `asked` comes while the files here are read; `main` is the go.mod that was found already.
 * Refused where the go command could not read it either: `graph-failed`, `go-mod-invalid`.
 */
export async function read(
  options: Options,
  services: Services,
  asked: Promise<GoSettings>,
  main: Main | null,
  signal?: AbortSignal,
): Promise<Answer> {
  const { flags, args } = options;
  const named = args[0] === undefined ? null : version(args[0]);
  const found = main ?? await inRepository(options, services, named);
  const here = found && { Main: found, ...await contents(found) };
  const settings = await asked;
  const from: From = { Network: services, Settings: settings, Offline: flags.offline === true };
  const { Main, Module, Sums } = here ?? await published(named!, from, signal);
  const progress = counting(options, services, "go.mod files");
  const folder = cacheFolder(services.env);
  // What the module cache is before anything is read from it.
  const key = listKey(settings, program);
  const graph = await loadGraph(Module, {
    ...from,
    Pack: new Pack(folder, {
      Main: named === null ? Module.Path : keyOf(named),
      GOPROXY: settings.GOPROXY ?? "",
      GONOPROXY: settings.GONOPROXY,
      GOMODCACHE: settings.GOMODCACHE ?? "",
    }),
    ...(Main.Dir !== undefined && { Dir: Main.Dir }),
    Sums,
    fetched: (done, of) => progress.told(done, of),
  }, signal).finally(() => progress.end());
  if ("Error" in graph) throw failed(Module, graph);
  const Problems = [...misnamed(named, Module), ...warnings(graph, settings)];
  const Rows = rows(graph);
  if (named === null && graph.Lasting) await keepList(folder, Main, key, { Rows, Problems });
  if (flags.why === undefined) return { Kind: "graph", Document: Rows, Problems };
  const Version = graph.Graph.selected(flags.why);
  const listed = Rows.some(({ Path }) => Path === flags.why);
  if (!listed) {
    throw new Refused([
      problem("not-required", `${clean(flags.why)} is not in the build list of ${Module.Path}.`, {
        fix: "gorel graph shows what is",
      }),
    ]);
  }
  return {
    Kind: "why",
    Document: {
      Path: flags.why,
      ...(Version !== "" && { Version }),
      RequiredBy: requiredBy(graph, flags.why),
    },
    Problems,
  };
}

/** What only the repository knows; null for a version that it does not have. */
async function inRepository(
  options: Options,
  services: Services,
  named: PathVersion | null,
): Promise<Main | null> {
  const { inRepository, inWorkTree } = await (import("./graphrepository.ts" as string) as Promise<
    typeof import("./graphrepository.ts")
  >);
  return named ? await inRepository(options, services, named) : await inWorkTree(options, services);
}

/** MODULE@VERSION; the command line alone shows whether it can be one. */
function version(text: string): PathVersion {
  const at = text.indexOf("@");
  const [Path, Version] = [text.slice(0, at), text.slice(at + 1)];
  const wrong = at < 0 ? "it must be MODULE@VERSION, as example.com/m@v1.2.3" : checkPath(Path);
  if (wrong !== null) throw new UsageError(`graph ${clean(text)}: ${clean(wrong)}`);
  if (check(Path, Version) === null && canonicalVersion(Version) === Version) {
    return { Path, Version };
  }
  const ask = `gorel query ${shellWord(text)} tells which version that is`;
  throw new UsageError(`graph ${clean(text)}: the version must be a whole one, as v1.2.3; ${ask}`);
}

/** A version as the module cache or a proxy has it. */
async function published(
  m: PathVersion,
  from: From,
  signal?: AbortSignal,
): Promise<Contents & { Main: Main }> {
  const bytes = await readGoMod(m, from, signal);
  if ("Error" in bytes) throw refused(`${keyOf(m)}: ${bytes.Error}.`, bytes.Fix);
  const main = { Bytes: bytes, Name: `go.mod of ${keyOf(m)}` };
  return { Main: main, ...await contents(main) };
}

/** What declares another path can be built where it lies, but required by nobody. */
function misnamed(named: PathVersion | null, { Path }: MainModule): Problem[] {
  if (named === null || named.Path === Path) return [];
  const text = `${keyOf(named)} declares its path as ${Path}, so nobody can require it as ` +
    `${named.Path}.`;
  return [problem("graph-failed", clean(text), { level: "warn" })];
}

function failed(main: MainModule, error: BuildListError): Refused {
  const at = error.Stack.at(-1)!;
  const by = replacement(main, at);
  const replaced = by ? `, which is replaced by ${shown(by)}` : "";
  const why = error.Error.replace(/\n\s*/g, " ");
  return refused(
    `The module graph cannot be read: ${shown(at)}${replaced}: ${why} (${
      error.Stack.map(shown).join(" requires ")
    }).`,
    error.Fix,
  );
}

function refused(text: string, fix?: string): Refused {
  return new Refused([problem("graph-failed", clean(text), fix === undefined ? {} : { fix })]);
}

function warnings({ Main, Graph, Updates }: ModuleGraph, { GOVERSION }: GoSettings): Problem[] {
  const problems: Problem[] = [];
  if (Updates) {
    problems.push(problem(
      "go-mod-updates",
      "go would refuse this go.mod (updates to go.mod needed); shown is what it would make of it.",
      { fix: "go mod tidy in the module" },
    ));
  }
  const here = /^go(\d\S*)/.exec(GOVERSION ?? "")?.[1];
  const needed = Graph.selected("go");
  if (here !== undefined && isStrict(needed) && compareGoVersions(needed, here) > 0) {
    const by = Main.Go === needed
      ? Main.Path
      : [...Graph.walkBreadthFirst()].find((m) =>
        Graph.requiredBy(m)?.some((r) => r.Path === "go" && r.Version === needed)
      );
    const who = typeof by === "object" ? keyOf(by) : by ?? Main.Path;
    problems.push(problem(
      "go-too-new",
      clean(`${who} needs go ${needed}, and go here is ${here}.`),
      { fix: `GOTOOLCHAIN=auto has go fetch a newer one` },
    ));
  }
  return problems;
}
