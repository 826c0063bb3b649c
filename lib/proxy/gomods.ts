/**
 * The go.mod files of a module graph: from the module cache, from gorel's own, else from the
 * proxies. Many are asked for at once, and nothing is written into Go's cache.
 */
import { escapePath, escapeVersion } from "../go/module.ts";
import type { ModuleVersion } from "../go/modfile/types.ts";
import type { MainModule } from "../go/mainmodule.ts";
import { type Loaded, type ModuleGraph, readGraph } from "../go/modgraph.ts";
import type { BuildListError, PathVersion, Unknown } from "../go/mvs.ts";
import type { Summarize, Summary } from "../go/summary.ts";
import { refusalText } from "./answer.ts";
import type { ProxyClient } from "./client.ts";
import type { ProxySettings } from "./list.ts";
import type { Kept, Pack } from "./pack.ts";
import type { QuickProxy } from "./quick.ts";
import type { Limit, Network } from "./request.ts";
import { Taken } from "./taken.ts";

/** Where go.mod files come from. */
export interface GoMods {
  Network: Network;
  Settings: ProxySettings & { GOMODCACHE?: string };
  Pack: Pack;
  /** Nobody is asked who is not on this machine. */
  Offline: boolean;
  /** The main module's folder, where replacements by folders begin; absent: it has none. */
  Dir?: string;
  /** The hashes that go.sum has for the go.mod of a version, in its order. */
  Sums: (m: PathVersion) => readonly string[];
  /** Hears how many go.mod files were fetched, of those that are known to be needed. */
  fetched?: (done: number, of: number) => void;
}

/** Requests under way at one time. */
const concurrency = 48;

/**
 * Loads the graph of a main module; it is lasting where the Pack keeps every go.mod in it. The
 * error is that of the nearest module whose go.mod cannot be had or used.
 */
export async function loadGraph(
  main: MainModule,
  from: GoMods,
  signal?: AbortSignal,
): Promise<(ModuleGraph & { Lasting: boolean }) | BuildListError> {
  using reader = new Reader(from, signal);
  const reading = readGraph(main);
  let step = reading.next([]);
  while (!step.done) {
    signal?.throwIfAborted();
    const here: Loaded[] = [];
    for (const Module of step.value) {
      const found = reader.here(Module);
      if (found) here.push({ Module, Summary: found });
      else reader.fetch(Module);
    }
    step = reading.next(here.length > 0 ? here : await reader.arrived());
  }
  if (!reader.taken.error) from.Pack.save();
  return "Error" in step.value ? step.value : { ...step.value, Lasting: reader.lasting };
}

class Reader implements Disposable {
  readonly #queue: ModuleVersion[] = [];
  #tools: Tools | undefined;
  #loading: Promise<Tools> | undefined;
  #proxy: QuickProxy | undefined;
  #hasCache: boolean | undefined;
  #running = 0;
  #arrived: Loaded[] = [];
  #wake: (() => void) | undefined;
  readonly taken = new Taken();
  /** Nothing was read yet that may change: a folder, or a proxy that is one. */
  lasting = true;
  #fetched = 0;
  #wanted = 0;

  constructor(readonly from: GoMods, readonly signal: AbortSignal | undefined) {}

  /** A go.mod that is on this machine; null where that is not known yet, or it is not. */
  here(m: ModuleVersion): Summary | Unknown | null {
    this.taken.files++;
    if (this.taken.error) return this.taken.error;
    const tools = this.#tools;
    if (m.Version === undefined) {
      return tools ? this.taken.counted(this.#folder(m.Path, tools)) : null;
    }
    const at: PathVersion = { Path: m.Path, Version: m.Version };
    const kept = this.from.Pack.get(at);
    const checked = kept && this.#checked(at, kept);
    // What go.sum no longer agrees with may have been mended where it came from.
    if (checked && !("Error" in checked)) return this.taken.counted(checked);
    const cached = tools ? this.#cached(at, tools) : null;
    return cached && this.taken.counted(cached);
  }

  /** Begins to fetch a go.mod; it comes with `arrived`. */
  fetch(m: ModuleVersion): void {
    this.#wanted++;
    this.#queue.push(m);
    this.#begin();
  }

  /** What was fetched since the last time, at least one. */
  async arrived(): Promise<Loaded[]> {
    if (this.#arrived.length === 0) await new Promise<void>((wake) => this.#wake = wake);
    return this.#arrived.splice(0);
  }

  #begin(): void {
    while (this.#running < concurrency && this.#queue.length > 0) {
      const m = this.#queue.shift()!;
      this.#running++;
      this.#get(m).catch((error: Error): Unknown => ({ Error: error.message })).then((Summary) => {
        this.#running--;
        this.#arrived.push({ Module: m, Summary: this.taken.counted(Summary) });
        this.from.fetched?.(++this.#fetched, this.#wanted);
        this.#wake?.();
        this.#begin();
      });
    }
  }

  /** The answer for whatever is not fetched yet, where no more will be. */
  get #given(): Unknown | null {
    const { late, hasOthers } = this.#proxy ?? {};
    if (this.taken.error || late === undefined || hasOthers) return this.taken.error;
    return { Error: `reading its go.mod: ${late}` };
  }

  async #get({ Path, Version }: ModuleVersion): Promise<Summary | Unknown> {
    if (this.#given) return this.#given;
    // They take longer to load than a graph that is kept takes to read.
    this.#tools ??= await (this.#loading ??= load());
    if (Version === undefined) return this.#folder(Path, this.#tools);
    const m: PathVersion = { Path, Version };
    const cached = this.#cached(m, this.#tools);
    if (cached) return cached;
    const quick = await this.#quick(m, this.#tools);
    const got = quick ?? this.#given ?? await ask(m, this.from, this.#tools, this.signal);
    if ("Error" in got) return got;
    if (!quick) this.taken.bytes += got.Value.length;
    // What came meanwhile need not be read, which takes longer than to fetch it.
    if (this.taken.error) return this.taken.error;
    // What lies on this machine already is not kept twice.
    return this.#read(m, got.Value, "proxy", this.#tools, !got.From.startsWith("file:"));
  }

  async #quick(m: PathVersion, { QuickProxy, limit }: Tools): Promise<Got | null> {
    const { Network, Settings, Offline } = this.from;
    if (Offline) return null;
    const proxy = this.#proxy ??= new QuickProxy(Network, Settings, limit, this.taken);
    const Value = await proxy.mod(m, this.signal);
    return Value && { Value, From: "" };
  }

  [Symbol.dispose](): void {
    this.#proxy?.[Symbol.dispose]();
  }

  #cached(m: PathVersion, tools: Tools): Summary | Unknown | null {
    this.#hasCache ??= isFolder(`${this.from.Settings.GOMODCACHE}/cache/download`);
    const bytes = this.#hasCache ? inModuleCache(m, this.from) : null;
    return bytes && this.#read(m, bytes, "cache", tools, true);
  }

  #read(
    m: PathVersion,
    bytes: Uint8Array,
    From: Kept["From"],
    { hashGoMod, summarize }: Tools,
    keep: boolean,
  ): Summary | Unknown {
    const found = summarize(bytes);
    if ("Error" in found) return { Error: `parsing go.mod: ${found.Error}` };
    const refused = this.taken.alone(found);
    if (refused) return refused;
    if (!keep) this.lasting = false;
    const kept = { Summary: found, Sum: hashGoMod(bytes), From };
    const checked = this.#checked(m, kept);
    if (keep && !("Error" in checked)) this.from.Pack.add(m, kept);
    return checked;
  }

  /** As in go the first `h1:` of go.sum decides; what go.sum does not have is not checked. */
  #checked(m: PathVersion, { Summary, Sum }: Kept): Summary | Unknown {
    const first = this.from.Sums(m).find((hash) => hash === Sum || hash.startsWith("h1:"));
    return first === undefined || first === Sum ? Summary : {
      Error: `checksum mismatch of its go.mod: what came has ${Sum}, go.sum says ${first}`,
      Fix: "find out which of the two is wrong: either go.sum or the proxy was tampered with",
    };
  }

  #folder(path: string, { summarize, maxGoMod }: Tools): Summary | Unknown {
    this.lasting = false;
    const file = `${path}/go.mod`;
    if (this.from.Dir === undefined) {
      return { Error: `replaced by the folder ${path}, which only the module's author has` };
    }
    try {
      const at = /^(\/|[A-Za-z]:[\\/])/.test(path) ? file : `${this.from.Dir}/${file}`;
      const { isFile, size } = Deno.statSync(at);
      // Opening a pipe would wait for whoever writes to it.
      if (!isFile) return { Error: `reading ${file}: not a regular file` };
      if (size > maxGoMod) return { Error: `reading ${file}: larger than ${maxGoMod} bytes` };
      const found = summarize(Deno.readFileSync(at));
      return "Error" in found ? { Error: `parsing ${file}: ${found.Error}` } : found;
    } catch (error) {
      const missing = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotADirectory;
      return { Error: `reading ${file}: ${missing ? "no such file" : (error as Error).message}` };
    }
  }
}

/** The go.mod of a version as the module cache has it, else as a proxy gives it; go.sum is not asked. */
export async function readGoMod(
  m: PathVersion,
  from: Pick<GoMods, "Network" | "Settings" | "Offline">,
  signal?: AbortSignal,
): Promise<Uint8Array | Unknown> {
  const cached = inModuleCache(m, from);
  if (cached) return cached;
  const got = await ask(m, from, await load(), signal);
  return "Error" in got ? got : got.Value;
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function inModuleCache(m: PathVersion, { Settings }: Pick<GoMods, "Settings">): Uint8Array | null {
  const [path, version] = [escapePath(m.Path), escapeVersion(m.Version)];
  if (path === null || version === null || Settings.GOMODCACHE === undefined) return null;
  try {
    return Deno.readFileSync(`${Settings.GOMODCACHE}/cache/download/${path}/@v/${version}.mod`);
  } catch {
    return null;
  }
}

async function ask(
  m: PathVersion,
  { Network, Settings, Offline }: Pick<GoMods, "Network" | "Settings" | "Offline">,
  { proxyClient }: Tools,
  signal: AbortSignal | undefined,
): Promise<Got | Unknown> {
  const missing = "its go.mod is not in the module cache";
  const download = "go mod download fills the module cache";
  if (Offline) return { Error: `${missing}, and --offline asks no proxy`, Fix: download };
  const answer = await proxyClient(Network, Settings, m.Path).mod(m.Version, signal);
  if (answer.State === "ok") return answer;
  if (answer.State === "direct" || answer.State === "off") {
    const refused = answer.Asked.map(refusalText).join("; ");
    return {
      Error: `${missing}, and ${answer.Why}${refused === "" ? "" : `, after: ${refused}`}`,
      Fix: `${download}, or set GOPROXY to a proxy that has it`,
    };
  }
  return { Error: `reading its go.mod: ${refusalText(answer)}` };
}

/** A file, and the proxy that gave it. */
interface Got {
  Value: Uint8Array;
  From: string;
}

/** What only files that are not kept yet need. */
interface Tools {
  QuickProxy: typeof QuickProxy;
  limit: Limit;
  summarize: Summarize;
  maxGoMod: number;
  hashGoMod: (bytes: Uint8Array) => string;
  proxyClient: (network: Network, settings: ProxySettings, path: string) => ProxyClient;
}

async function load(): Promise<Tools> {
  const [
    { summarizer },
    { maxGoMod },
    { hashGoMod },
    { defaultLimits, proxyClient },
    { QuickProxy },
  ] = await Promise.all([
    import("../go/summary.ts"),
    import("../go/zip.ts"),
    import("../go/dirhash.ts"),
    import("./client.ts"),
    import("./quick.ts"),
  ]);
  const limit = defaultLimits.mod;
  return { summarize: summarizer(), maxGoMod, hashGoMod, proxyClient, QuickProxy, limit };
}
