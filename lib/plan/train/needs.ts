/** What a module of a train needs: in its go.mod, and of its siblings in its go.sum. */
import { compareGoVersions, goLang } from "../../go/goversion.ts";
import { isStrict, type Loaded as LoadedGoMod, readGraph } from "../../go/modgraph.ts";
import { type MainModule, mainModule, replacement } from "../../go/mainmodule.ts";
import type { ModFile, ModuleVersion } from "../../go/modfile/mod.ts";
import type { Requirement } from "../../go/modfile/file/mod.ts";
import { type Graph, keyOf, type PathVersion } from "../../go/mvs.ts";
import type { Summary } from "../../go/summary.ts";
import { load, type Loaded, type Provider } from "./loading.ts";
import type { Packages } from "./packages.ts";

/** What is known of the repository and of what it requires. */
export interface Known {
  Packages: Packages;
  /** Paths of the repository's modules. */
  Paths: ReadonlySet<string>;
  /** The coming versions by path. */
  Coming: ReadonlyMap<string, string>;
  /** The version that go would take of a module that nobody requires yet: coming, or the highest that is out. */
  latest(path: string): string | null;
  /** The packages of a version that is out; null where it is the one that the tree has, or is not here. */
  published(module: PathVersion): Promise<Packages | null>;
  /** What a go.mod says, `dir` being the main module's folder; null where only a server knows. */
  summary(module: ModuleVersion, dir: string): Promise<Summary | null>;
}

export interface Needs {
  /** Requirements that go.mod lacks. */
  Add: Requirement[];
  /** Siblings that are required and whose `// indirect` is wrong: what it is to be; null: not needed. */
  Indirect: Map<string, boolean | null>;
  /** Versions of requirements that others of the graph raise, by path. */
  Raise: Map<string, string>;
  /** The go line, where what is required raises it. */
  Go?: string;
  /** Module versions whose zip, and whose go.mod, go.sum must have a hash of. */
  Zips: PathVersion[];
  GoMods: PathVersion[];
  /** Every module version of the graph, needed or not. */
  Nodes: PathVersion[];
  /** True: packages are loaded whose sources only a server has. */
  Strangers: boolean;
}

/** What is required like a module and is none. */
const toolchains = ["go", "toolchain"];

/** Works out what `go mod tidy` would want of a module whose go.mod says this. */
export async function needsOf(mod: ModFile, dir: string, known: Known): Promise<Needs | null> {
  const main = mainModule(mod);
  if ("Error" in main) return null;
  const first = await needsIn(main, mod, dir, known);
  // What go 1.16 would load has to be in go.sum as well: it takes in the whole graph.
  if (!first || goLang(main.Go) !== "1.17") return first;
  const older = await needsIn({ ...main, Go: "1.16" }, mod, dir, known);
  return older && {
    ...first,
    Zips: once([...first.Zips, ...older.Zips]),
    GoMods: once([...first.GoMods, ...older.GoMods]),
    Nodes: once([...first.Nodes, ...older.Nodes]),
  };
}

async function needsIn(
  main: MainModule,
  mod: ModFile,
  dir: string,
  known: Known,
): Promise<Needs | null> {
  const graph = await graphOf(main, dir, known);
  if (!graph) return null;
  const pruned = main.Go !== "" && compareGoVersions(main.Go, "1.17") >= 0;
  const roots = new Map(main.Require.map(({ Path }) => [Path, graph.selected(Path)]));
  const selected = (path: string) =>
    path === main.Path ? "" : toolchains.includes(path) ? "none" : graph.selected(path);
  const published = await publishedIn(main, selected, known);
  const provider = (path: string): Provider | null => {
    const here = known.Packages.get(path);
    if (here && here.Module.Path === main.Path) return { Path: main.Path, Package: here };
    for (const prefix of prefixes(path)) {
      if (prefix !== main.Path && selected(prefix) !== "none") {
        if (!known.Paths.has(prefix)) return { Path: prefix };
        const out = published.get(prefix);
        const Package = out?.get(path);
        if (Package) return { Path: prefix, Package };
        if (out) continue;
        if (here?.Module.Path === prefix) return { Path: prefix, Package: here };
      }
    }
    // Whoever works in a workspace may not have required it yet.
    const other = here && !main.Replace.has(here.Module.Path) &&
      known.latest(here.Module.Path) !== null;
    return other ? { Path: here.Module.Path, Package: here } : null;
  };
  const packages = load({
    Roots: [
      ...[...known.Packages].filter(([, p]) => p.Module.Path === main.Path && p.Matched)
        .map(([path]) => path),
      ...mod.Tool.map(({ Path }) => Path),
    ],
    Main: main.Path,
    ClosesOverTests: main.Go !== "" && compareGoVersions(main.Go, "1.16") < 0,
    provider,
  });
  const go = graph.selected("go");
  const raised = isStrict(go) && compareGoVersions(go, main.Go) > 0;
  const versionOf = (path: string) => {
    const version = selected(path);
    return version === "none" ? known.latest(path) ?? "none" : version;
  };
  return {
    Add: missing(packages, main, roots, pruned, versionOf),
    Indirect: await misnamed(packages, main, mod, pruned, dir, known),
    Raise: new Map(
      main.Require.flatMap(({ Path, Version }) => {
        const now = graph.selected(Path);
        return now === Version || now === "none" || Path === main.Path ? [] : [[Path, now]];
      }),
    ),
    ...(raised && { Go: go }),
    Zips: withoutReplaced(zips(packages, main, roots, pruned, selected), main),
    GoMods: withoutReplaced(goMods(packages, main, graph, selected), main),
    Nodes: [...graph.walkBreadthFirst()].filter((m) => m.Version !== ""),
    Strangers: packages.some(({ Provider }) => !Provider.Package),
  };
}

/** The packages of the siblings that are required as they came out, not as they are in the tree. */
async function publishedIn(
  main: MainModule,
  selected: (path: string) => string,
  known: Known,
): Promise<Map<string, Packages>> {
  const out = new Map<string, Packages>();
  for (const Path of known.Paths) {
    const module = { Path, Version: selected(Path) };
    if (Path === main.Path || module.Version === "none" || replacement(main, module)) continue;
    const packages = await known.published(module);
    if (packages) out.set(Path, packages);
  }
  return out;
}

/** The module graph, as far as go.mod files are known: what only a server knows requires nothing. */
async function graphOf(main: MainModule, dir: string, known: Known): Promise<Graph | null> {
  const reading = readGraph(main);
  for (let step = reading.next();;) {
    if (step.done) return "Error" in step.value ? null : step.value.Graph;
    const loaded = await Promise.all(step.value.map(async (Module): Promise<LoadedGoMod> => ({
      Module,
      Summary: await known.summary(Module, dir) ?? { Path: Module.Path, Go: "", Require: [] },
    })));
    step = reading.next(loaded);
  }
}

/** The modules that must be required and are not: every one that a package of "all" comes from. */
function missing(
  packages: readonly Loaded[],
  main: MainModule,
  roots: ReadonlyMap<string, string>,
  pruned: boolean,
  versionOf: (path: string) => string,
): Requirement[] {
  const add = new Map<string, Requirement>();
  for (const { Provider: { Path, Package }, InAll, Direct } of packages) {
    if (!InAll || Path === main.Path || roots.has(Path)) continue;
    // What the module imports of others and does not require is its maintainer's to choose.
    if (!Package && Direct) continue;
    const Version = versionOf(Path);
    if (Version === "none" || !pruned && !Direct) continue;
    const Indirect = !Direct && add.get(Path)?.Indirect !== false;
    add.set(Path, { Path, Version, Indirect });
  }
  return [...add.values()];
}

/** The siblings that go.mod calls indirect, or not, against what the packages import. */
async function misnamed(
  packages: readonly Loaded[],
  main: MainModule,
  mod: ModFile,
  pruned: boolean,
  dir: string,
  known: Known,
): Promise<Needs["Indirect"]> {
  const out: Needs["Indirect"] = new Map();
  for (const { Path, Version, Indirect } of mod.Require) {
    if (Path === main.Path || !known.Paths.has(Path)) continue;
    const from = packages.filter(({ Provider }) => Provider.Path === Path);
    const direct = from.some((one) => one.Direct);
    const needed = direct || pruned && from.some((one) => one.InAll);
    if (needed && direct === Indirect) out.set(Path, !direct);
    if (needed || !Indirect) continue;
    // Tests of others may hold the version up, and so does whatever is not pruned.
    const Require = main.Require.filter((r) => r.Path !== Path);
    const without = from.length > 0 ? await graphOf({ ...main, Require }, dir, known) : null;
    if (from.length === 0 || without?.selected(Path) === Version) out.set(Path, null);
  }
  return out;
}

/** Whose zips the packages may come from, their own module's and those of shorter paths (keepSums). */
function zips(
  packages: readonly Loaded[],
  main: MainModule,
  roots: ReadonlyMap<string, string>,
  pruned: boolean,
  selected: (path: string) => string,
): PathVersion[] {
  const found = packages.flatMap(({ Path, Provider }) => {
    const fromRoot = pruned && (roots.has(Provider.Path) || Provider.Path === main.Path);
    return prefixes(Path).filter((p) => p !== main.Path).map((p) => ({
      Path: p,
      Version: fromRoot ? roots.get(p) ?? "none" : selected(p),
    }));
  });
  return once(found.filter(({ Version }) => Version !== "none"));
}

/** Whose go.mod files are read: those of the graph, and from go 1.21 on those of all packages. */
function goMods(
  packages: readonly Loaded[],
  main: MainModule,
  graph: Graph,
  selected: (path: string) => string,
): PathVersion[] {
  const read = [...graph.walkBreadthFirst()].filter((m) => graph.requiredBy(m) !== undefined);
  const used = isStrict(main.Go)
    ? packages.map(({ Provider: { Path } }) => ({ Path, Version: selected(Path) }))
    : [];
  return once(
    [...read, ...used].filter(({ Path, Version }) =>
      Version !== "" && Version !== "none" && !toolchains.includes(Path)
    ),
  );
}

/** What is replaced by a folder has no hash. */
function withoutReplaced(modules: readonly PathVersion[], main: MainModule): PathVersion[] {
  return once(modules.flatMap((m) => {
    const by = replacement(main, m);
    if (!by) return [m];
    return by.Version === undefined ? [] : [{ Path: by.Path, Version: by.Version }];
  }));
}

function once(modules: readonly PathVersion[]): PathVersion[] {
  return [...new Map(modules.map((m) => [keyOf(m), m])).values()];
}

/** `a/b/c`, `a/b`, `a`. */
function prefixes(path: string): string[] {
  const elements = path.split("/");
  return elements.map((_, i) => elements.slice(0, elements.length - i).join("/"));
}
