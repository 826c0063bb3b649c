/**
 * The GOPROXY client: walks the list as the go command does (go-rules §6.1–6.3) and
 * answers with values. It never asks a version control system: where the list ends in
 * `direct` or `off` the answer says so.
 */
import {
  canonicalVersion,
  check,
  checkEscapeVersion,
  checkPath,
  escapePath,
  escapeVersion,
} from "../go/module.ts";
import { isPseudoVersion, pseudoVersionTime } from "../go/pseudo.ts";
import { goTime } from "../go/rfc3339.ts";
import { isValid, sort } from "../go/semver.ts";
import { maxGoMod, maxZipFile } from "../go/zip.ts";
import { clean, decode } from "../text.ts";
import type { Answer, Info, Refusal } from "./answer.ts";
import { isPrivate, parseProxyList, type ProxySettings, shownUrl } from "./list.ts";
import { get, type Limit, type Network } from "./request.ts";

export interface ProxyClient {
  readonly modulePath: string;
  /** Tagged versions, ascending; pseudo-versions and lines that are no version are left out. */
  list(signal?: AbortSignal): Promise<Answer<string[]>>;
  /** `/@latest`, else the newest entry of the list by time: what go takes when no tag matches. */
  latest(signal?: AbortSignal): Promise<Answer<Info>>;
  /** What a version, or any other revision a proxy understands, stands for. */
  info(version: string, signal?: AbortSignal): Promise<Answer<Info>>;
  /** go.mod of a canonical version. */
  mod(version: string, signal?: AbortSignal): Promise<Answer<Uint8Array>>;
  /** The module zip of a canonical version; not checked in any way. */
  zip(version: string, signal?: AbortSignal): Promise<Answer<Uint8Array>>;
}

/** The kinds of answer, each with a limit of its own. */
export type Limits = Record<"list" | "info" | "mod" | "zip", Limit>;

const short = { Idle: 30_000, Total: 60_000 };

/**
 * A list of 4 MiB holds 60 000 versions of 64 bytes, which are sorted in a second; 16 MiB of
 * go.mod and 500 MiB of zip are Go's own limits (go-rules §4.2).
 */
export const defaultLimits: Limits = {
  list: { Bytes: 4 << 20, ...short },
  info: { Bytes: 1 << 20, ...short },
  mod: { Bytes: maxGoMod, ...short },
  zip: { Bytes: maxZipFile, Idle: 30_000, Total: 600_000 },
};

/** Letters of a version: no tag has a longer name, because no file system gives git a file for it. */
const longestVersion = 255;

type Read<T> = { Value: T } | { Wrong: string };
type Part<T> = { State: "ok"; Value: T } | Refusal;

/**
 * A client for one module. Redirects are followed as the go command follows a proxy's:
 * GOINSECURE does not loosen them (go-rules §6.3).
 */
export function proxyClient(
  network: Network,
  settings: ProxySettings,
  modulePath: string,
  limits: Limits = defaultLimits,
): ProxyClient {
  const escaped = escapePath(modulePath);

  /** One question to one proxy. */
  async function ask<T>(
    base: string,
    kind: keyof Limits,
    suffix: string,
    read: (bytes: Uint8Array) => Read<T>,
    signal?: AbortSignal,
  ): Promise<Part<T>> {
    const url = new URL(base);
    url.pathname = `${url.pathname.replace(/\/+$/, "")}/${pathEscape(`${escaped}/${suffix}`)}`;
    const got = await get(network, url, limits[kind], signal);
    const from = shownUrl(base);
    if (got.State === "failed") return { State: "failed", Words: got.Words, From: from };
    if (got.State === "status") {
      const refusal = { Status: got.Status, Words: got.Words, From: from };
      return got.Status === 404 || got.Status === 410
        ? { State: "not-found", ...refusal }
        : { State: "failed", ...refusal };
    }
    if (isPage(got.Bytes)) {
      return { State: "failed", Words: `answered /${suffix} with an HTML page`, From: from };
    }
    const value = read(got.Bytes);
    return "Wrong" in value
      ? { State: "failed", Words: value.Wrong, From: from }
      : { State: "ok", Value: value.Value };
  }

  /** Asks one proxy after the other, as far as the separators allow. */
  async function walk<T>(
    one: (base: string) => Promise<Part<T>>,
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    if (isPrivate(settings, modulePath)) {
      return { State: "direct", Why: `GONOPROXY covers ${modulePath}`, Asked: [] };
    }
    if (!settings.GOPROXY) return { State: "off", Why: "GOPROXY is not set", Asked: [] };
    const list = parseProxyList(settings.GOPROXY);
    if ("Error" in list) return { State: "failed", Words: list.Error };
    if (escaped === null) {
      return { State: "failed", Words: clean(checkPath(modulePath) ?? "") };
    }
    const asked: Refusal[] = [];
    for (const { Kind, Url, Next } of list.Entries) {
      if (Kind !== "url") return { State: Kind, Why: `GOPROXY says ${Kind}`, Asked: asked };
      const answer = await one(Url!);
      if (answer.State === "ok") return { ...answer, From: shownUrl(Url!) };
      asked.push(answer);
      if (signal?.aborted) break;
      if (answer.State === "failed" && Next !== "|") break;
    }
    // As go: a failure tells more than a "not found", and the last one tells most.
    return asked.findLast((refusal) => refusal.State === "failed") ?? asked.at(-1)!;
  }

  function versioned<T>(
    version: string,
    kind: "info" | "mod" | "zip",
    read: (bytes: Uint8Array) => Read<T>,
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    const name = escapeVersion(version);
    if (name === null) {
      return Promise.resolve({ State: "failed", Words: clean(checkEscapeVersion(version) ?? "") });
    }
    return walk((base) => ask(base, kind, `@v/${name}.${kind}`, read, signal), signal);
  }

  const readInfoOf = (version: string) => (bytes: Uint8Array): Read<Info> => {
    const info = readInfo(bytes);
    if ("Wrong" in info || info.Value.Version === version) return info;
    // A branch or a commit stands for some version; a version stands for itself only.
    const exact = canonicalVersion(version) === version && check(modulePath, version) === null;
    return exact
      ? {
        Wrong: `proxy returned info for version ${
          clean(info.Value.Version)
        } instead of requested version`,
      }
      : info;
  };

  return {
    modulePath,
    list: (signal) =>
      walk((base) => ask(base, "list", "@v/list", (b) => ({ Value: tagged(b) }), signal), signal),
    latest: (signal) =>
      walk(async (base) => {
        const answer = await ask(base, "info", "@latest", readInfo, signal);
        if (answer.State !== "not-found") return answer;
        const list = await ask(base, "list", "@v/list", (b) => ({ Value: newest(b) }), signal);
        if (list.State !== "ok") return list;
        const name = list.Value === null ? null : escapeVersion(list.Value);
        if (name === null) return answer;
        return await ask(base, "info", `@v/${name}.info`, readInfoOf(list.Value!), signal);
      }, signal),
    info: (version, signal) => versioned(version, "info", readInfoOf(version), signal),
    mod: (version, signal) => versioned(version, "mod", (b) => ({ Value: b }), signal),
    zip: (version, signal) => versioned(version, "zip", (b) => ({ Value: b }), signal),
  };
}

/** Go's percent-encoding of a path: `!` becomes %21, `+` and `@` stay. */
function pathEscape(path: string): string {
  return encodeURIComponent(path).replace(/%(2F|40|2B|3D|3A|26|24)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}

/** A login page or a captive portal answers 200 to everything; no file of a module begins so. */
function isPage(bytes: Uint8Array): boolean {
  return /^\s*</.test(decode(bytes.subarray(0, 256)));
}

function readInfo(bytes: Uint8Array): Read<Info> {
  let json: unknown;
  try {
    json = JSON.parse(decode(bytes));
  } catch {
    return { Wrong: "invalid response: not JSON" };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return { Wrong: "invalid response: no JSON object" };
  }
  const version = field(json, "version");
  if (version === undefined) return { Wrong: "invalid response: no Version" };
  if (!isVersion(version)) return { Wrong: "invalid response: its Version is none" };
  const said = raw(json, "time");
  const time = typeof said === "string" ? said : undefined;
  // As go: a proxy whose answer is not of this shape is not believed at all.
  if (said !== undefined && (time === undefined || goTime(time) === null)) {
    return { Wrong: "invalid response: its Time is none" };
  }
  const from = raw(json, "origin") ?? {};
  if (
    typeof from !== "object" || Array.isArray(from) || !texts.every((name) => isText(from, name))
  ) {
    return { Wrong: "invalid response: its Origin is none" };
  }
  const [hash, ref, url] = [field(from, "hash"), field(from, "ref"), field(from, "url")];
  return {
    Value: {
      Version: version,
      ...(time !== undefined && { Time: time }),
      ...((hash ?? ref ?? url) !== undefined && {
        Origin: {
          ...(hash !== undefined && { Hash: hash }),
          ...(ref !== undefined && { Ref: ref }),
          ...(url !== undefined && { URL: url }),
        },
      }),
    },
  };
}

/** What an Origin may hold, none of which may be anything but text. */
const texts = ["vcs", "url", "subdir", "hash", "tagprefix", "tagsum", "ref", "reposum"] as const;

/** As Go reads JSON: a field's case does not matter, null says nothing, the last one counts. */
function raw(json: object, name: string): unknown {
  return Object.entries(json).findLast(([key, value]) =>
    value !== null && key.toLowerCase() === name
  )?.[1];
}

function isText(json: object, name: string): boolean {
  return ["string", "undefined"].includes(typeof raw(json, name));
}

function field(json: object, name: string): string | undefined {
  const value = raw(json, name);
  return typeof value === "string" ? value : undefined;
}

/** First and second field of every line whose first is a version (go-rules §6.1). */
function* lines(bytes: Uint8Array): Generator<[version: string, time: string | undefined]> {
  for (const line of decode(bytes).split("\n")) {
    const [version, time] = line.trim().split(/\s+/);
    if (version && isVersion(version)) yield [version, time];
  }
}

function isVersion(text: string): boolean {
  return text.length <= longestVersion && isValid(text);
}

function tagged(bytes: Uint8Array): string[] {
  const versions = new Set<string>();
  for (const [version] of lines(bytes)) if (!isPseudoVersion(version)) versions.add(version);
  return sort([...versions]);
}

/** The entry with the latest time; one without a time counts only as a pseudo-version. */
function newest(bytes: Uint8Array): string | null {
  let best: string | null = null;
  let bestTime = -Infinity;
  for (const [version, told] of lines(bytes)) {
    const time = told === undefined
      ? pseudoVersionTime(version)?.getTime() ?? NaN
      : Date.parse(goTime(told) ?? "");
    if (time > bestTime) [best, bestTime] = [version, time];
  }
  return best;
}
