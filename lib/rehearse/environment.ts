/**
 * What the go command runs in before the push: the coming versions come from us, everything else
 * from where the user has it, and the user's module cache never gets a coming version.
 */
import { join } from "node:path";
import type { GoSettings } from "../config/goenv.ts";
import { isPrivate } from "../proxy/list.ts";
import type { Offer } from "./offer.ts";
import { toFileUrl } from "./fileurl.ts";

export interface Ground {
  Settings: GoSettings;
  Offer: Offer;
  /** The modules that are released, by the paths that users require. */
  Paths: readonly string[];
  /** True: nobody on the network may be asked. */
  Offline: boolean;
  /** A folder for what go leaves behind, and one for a module cache of its own. */
  Temp: string;
  Cache: string;
}

/** A system and a processor, as Go names them. */
export interface Platform {
  GOOS: string;
  GOARCH: string;
}

export interface Run {
  /** The go.work file that counts, or "off". */
  Work: string;
  /** True: a coming version may be asked for, and would be kept in the module cache. */
  Asks: boolean;
  /** Absent: the host. */
  Platform?: Platform;
}

/**
 * The variables that differ from the user's. GOPROXY begins with us. Where GONOPROXY covers a
 * released module, go would go past us: then nothing is private to go, and the gate behind us keeps
 * private modules from the proxies. Offline, only we and the module cache answer.
 */
export function goEnvironment(ground: Ground, run: Run): Record<string, string | undefined> {
  const { Settings, Offer, Paths, Temp, Cache } = ground;
  const closed = ground.Offline || Offer.Gate === undefined;
  const mine = Settings.GOMODCACHE;
  const kept = run.Asks && mine !== undefined ? [toFileUrl(join(mine, "cache", "download"))] : [];
  const hidden = run.Asks && Paths.some((path) => isPrivate(Settings, path));
  const behind = closed ? ["off"] : hidden ? [Offer.Gate!, "direct"] : [Settings.GOPROXY ?? "off"];
  // A toolchain that go.mod asks for is always looked up, and was, if it is here.
  const unsummed = closed ? ["*"] : [Settings.GONOSUMDB, ...Paths].filter((globs) => globs !== "");
  const flags = flagsOf(Settings.GOFLAGS);
  return {
    GOPROXY: [Offer.Url, ...kept, ...behind].join(","),
    // An empty one would be GOPRIVATE again.
    GONOPROXY: closed || hidden ? "none" : Settings.GONOPROXY || "none",
    GONOSUMDB: unsummed.join(","),
    ...(run.Asks && { GOMODCACHE: Cache }),
    GOFLAGS: (run.Asks ? [...flags, "-modcacherw"] : flags).join(" "),
    GO111MODULE: "on",
    GOWORK: run.Work,
    TMPDIR: Temp,
    TMP: Temp,
    TEMP: Temp,
    GOTMPDIR: Temp,
    ...(run.Platform && { ...run.Platform, CGO_ENABLED: "0" }),
  };
}

/** GOFLAGS without -mod: whether go.mod may be changed is not the user's choice here. */
function flagsOf(text: string): string[] {
  const words = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.filter((word) => !/^['"]?--?mod=/.test(word));
}
