/** What the go command would use: its own settings, or the environment's when it is not here. */
import type { Services } from "../services.ts";
import { decode } from "../text.ts";

/** The settings that decide where modules come from; a list is "" when it names nothing. */
export interface GoSettings {
  /** "go": as `go env` says; "environment": go could not be asked. */
  From: "go" | "environment";
  /** Absent when nobody has set it; gorel has no proxy of its own. */
  GOPROXY?: string;
  GOPRIVATE: string;
  GONOPROXY: string;
  GONOSUMDB: string;
  GOSUMDB?: string;
  GOINSECURE: string;
  GOFLAGS: string;
  /** `go1.26.8`; absent without go. */
  GOVERSION?: string;
}

const names = [
  "GOPROXY",
  "GOPRIVATE",
  "GONOPROXY",
  "GONOSUMDB",
  "GOSUMDB",
  "GOINSECURE",
  "GOFLAGS",
  "GOVERSION",
] as const;

/**
 * Asks one `go env` in a folder; no toolchain is downloaded for it and no go.work is
 * looked for. Where go cannot be started, or refuses, the environment answers:
 * GONOPROXY and GONOSUMDB then default to GOPRIVATE as they do in go (go-rules §6.3).
 * Never throws.
 */
export async function goSettings(services: Services, dir: string): Promise<GoSettings> {
  const asked = await services.processes.run("go", ["env", "-json", ...names], {
    cwd: dir,
    env: { GOTOOLCHAIN: "local", GOWORK: "off" },
    timeout: 15_000,
    maxBytes: 1 << 20,
  });
  const told = asked.Code === 0 && !asked.Killed ? strings(decode(asked.Stdout)) : null;
  return told ? settings("go", told) : settings("environment", services.env);
}

function settings(from: GoSettings["From"], told: Readonly<Record<string, string>>): GoSettings {
  const set = (name: typeof names[number]) => told[name] || undefined;
  const [proxy, sumdb, version] = [set("GOPROXY"), set("GOSUMDB"), set("GOVERSION")];
  const own = set("GOPRIVATE") ?? "";
  return {
    From: from,
    ...(proxy !== undefined && { GOPROXY: proxy }),
    GOPRIVATE: own,
    GONOPROXY: set("GONOPROXY") ?? own,
    GONOSUMDB: set("GONOSUMDB") ?? own,
    ...(sumdb !== undefined && { GOSUMDB: sumdb }),
    GOINSECURE: set("GOINSECURE") ?? "",
    GOFLAGS: set("GOFLAGS") ?? "",
    ...(from === "go" && version !== undefined && { GOVERSION: version }),
  };
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
