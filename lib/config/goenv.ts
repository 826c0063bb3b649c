/**
 * What the go command would use: its own settings, or when it is not here those of the
 * environment and of the file that `go env -w` writes.
 */
import type { Services } from "../services.ts";
import { decode } from "../text.ts";

/** The settings that decide where modules come from; a list is "" when it names nothing. */
export interface GoSettings {
  /** "go": as `go env` says; "environment": go could not be asked, or refused. */
  From: "go" | "environment";
  /** Absent when nobody has set it; gorel has no proxy of its own. */
  GOPROXY?: string;
  GOPRIVATE: string;
  GONOPROXY: string;
  GONOSUMDB: string;
  GOSUMDB?: string;
  GOINSECURE: string;
  GOFLAGS: string;
  /** The folder of the module cache; absent where not even HOME says one, or it is not absolute. */
  GOMODCACHE?: string;
  /** `go1.26.8`; absent without go. */
  GOVERSION?: string;
}

/** The settings by go's own names. */
export const settingNames = [
  "GOPROXY",
  "GOPRIVATE",
  "GONOPROXY",
  "GONOSUMDB",
  "GOSUMDB",
  "GOINSECURE",
  "GOFLAGS",
  "GOMODCACHE",
  "GOVERSION",
] as const;

/** What a settings file may say; HOME and the like are the environment's alone. */
const fromFile: ReadonlySet<string> = new Set([...settingNames, "GOPATH"]);

/** A whole path. node:path, which knows that too, takes longer to load than go to answer. */
const absolute = Deno.build.os === "windows" ? /^([A-Za-z]:)?[\\/]/ : /^\//;

/** The most of a settings file that is read, in bytes. */
const largestFile = 1 << 20;

/**
 * Asks one `go env` in a folder; no toolchain is downloaded for it and no go.work is looked for.
 * Neither a broken go.mod nor flags in GOFLAGS that other go commands refuse stand in its way.
 * Where go cannot be started, or refuses (an unknown GOEXPERIMENT), the environment answers, and
 * what it leaves empty the file that `go env -w` writes: a module that is private there stays so.
 * GONOPROXY and GONOSUMDB default to GOPRIVATE as they do in go (go-rules §6.3). Never throws.
 */
export async function goSettings(services: Services, dir: string): Promise<GoSettings> {
  const asked = await services.processes.run("go", ["env", "-json", ...settingNames], {
    cwd: dir,
    env: { GOTOOLCHAIN: "local", GOWORK: "off" },
    timeout: 15_000,
    maxBytes: 1 << 20,
  });
  const told = asked.Code === 0 && !asked.Killed ? strings(decode(asked.Stdout)) : null;
  return told ? settings("go", told) : settings("environment", await withoutGo(services.env, dir));
}

/** The environment, and where a variable is empty in it what go's own file says. */
async function withoutGo(
  env: Readonly<Record<string, string>>,
  dir: string,
): Promise<Record<string, string>> {
  const { resolve } = await import("node:path");
  const file = await settingsFile(env);
  const written = file === undefined ? {} : await readSettings(resolve(dir, file));
  const set = Object.entries(env).filter(([, value]) => value !== "");
  return { ...written, ...Object.fromEntries(set) };
}

/** The file of `go env -w`: GOENV, else in the user's folder of settings; undefined for none. */
async function settingsFile(env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { isAbsolute, join } = await import("node:path");
  if (env.GOENV) return env.GOENV === "off" ? undefined : env.GOENV;
  const os = Deno.build.os;
  const folder = os === "windows"
    ? env.AppData ?? env.APPDATA
    : os === "darwin"
    ? env.HOME && join(env.HOME, "Library", "Application Support")
    : env.XDG_CONFIG_HOME || (env.HOME && join(env.HOME, ".config"));
  return folder && isAbsolute(folder) ? join(folder, "go", "env") : undefined;
}

/** The settings of a file that matter here: lines `NAME=value`, the last of a name counts. */
async function readSettings(path: string): Promise<Record<string, string>> {
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile || size > largestFile) return {};
    const lines = decode(await Deno.readFile(path)).split("\n");
    const pairs = lines.map((line) => /^([A-Z][^=]*)=(.*)$/s.exec(line))
      .flatMap((found) => found ? [[found[1]!, found[2]!] as const] : []);
    return Object.fromEntries(pairs.filter(([name]) => fromFile.has(name)));
  } catch {
    return {};
  }
}

async function settings(
  from: GoSettings["From"],
  told: Readonly<Record<string, string>>,
): Promise<GoSettings> {
  const set = (name: typeof settingNames[number]) => told[name] || undefined;
  const [proxy, sumdb, version] = [set("GOPROXY"), set("GOSUMDB"), set("GOVERSION")];
  const own = set("GOPRIVATE") ?? "";
  const modules = set("GOMODCACHE") ?? await defaultModuleCache(told);
  return {
    From: from,
    ...(proxy !== undefined && { GOPROXY: proxy }),
    GOPRIVATE: own,
    GONOPROXY: set("GONOPROXY") ?? own,
    GONOSUMDB: set("GONOSUMDB") ?? own,
    ...(sumdb !== undefined && { GOSUMDB: sumdb }),
    GOINSECURE: set("GOINSECURE") ?? "",
    GOFLAGS: set("GOFLAGS") ?? "",
    ...(modules !== undefined && absolute.test(modules) && { GOMODCACHE: modules }),
    ...(from === "go" && version !== undefined && { GOVERSION: version }),
  };
}

/** Where go keeps modules when nobody says so: in the first folder of GOPATH, even an empty one. */
async function defaultModuleCache(
  told: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { join } = await import("node:path");
  const first = told.GOPATH
    ? told.GOPATH.split(Deno.build.os === "windows" ? ";" : ":")[0]
    : told.HOME && join(told.HOME, "go");
  return first ? join(first, "pkg", "mod") : undefined;
}

function strings(json: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(
      Object.entries(value).filter((e): e is [string, string] => typeof e[1] === "string"),
    );
  } catch {
    return null;
  }
}
