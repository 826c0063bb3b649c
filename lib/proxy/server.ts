/**
 * A small GOPROXY server that behaves like a public mirror: versions it has served stay
 * forever, and one that was asked for too early stays unknown for a while (go-rules §6.5).
 */
import { canonicalVersion, unescapePath, unescapeVersion } from "../go/module.ts";
import { isPseudoVersion } from "../go/pseudo.ts";
import { isValid, prerelease, sort } from "../go/semver.ts";
import type { Clock } from "../services.ts";
import { clean, withoutCredentials } from "../text.ts";

/** Where a server's modules come from; null: there is no such thing. */
export interface ProxySource {
  /** All tagged versions, in any order. */
  list(path: string): Promise<string[] | null>;
  /** `version` may be a revision; the answer's Version is what it stands for. */
  info(path: string, version: string): Promise<{ Version: string; Time: string } | null>;
  mod(path: string, version: string): Promise<Uint8Array | null>;
  zip(path: string, version: string): Promise<Uint8Array | null>;
  /** What `/@latest` answers; without it the highest version of the list. */
  latest?(path: string): Promise<{ Version: string; Time: string } | null>;
}

/** One request: what was asked, when (milliseconds since 1970), and how it was answered. */
export interface Asked {
  At: number;
  /** The path of the request as it was sent. */
  Request: string;
  Module?: string;
  What?: "list" | "latest" | "info" | "mod" | "zip";
  /** For info, mod and zip: the version or revision. */
  Version?: string;
  Status: number;
}

export interface ProxyServer {
  handler(request: Request): Promise<Response>;
  /** Every request so far, oldest first. */
  readonly log: readonly Asked[];
}

interface Kept {
  info: string;
  mod: Uint8Array<ArrayBuffer>;
  zip: Uint8Array<ArrayBuffer>;
}

/** What a client of a module proxy asks for. */
export type Question =
  | { Module: string; What: "list" }
  | { Module: string; What: "latest" }
  | { Module: string; What: "info" | "mod" | "zip"; Version: string };

/**
 * Makes the request handler of a server. `negative`: milliseconds that a version stays
 * unknown after it was asked for in vain; default half an hour, as at the public mirror.
 */
export function proxyServer(
  source: ProxySource,
  options: { clock: Pick<Clock, "now">; negative?: number },
): ProxyServer {
  const { clock, negative = 30 * 60_000 } = options;
  const log: Asked[] = [];
  const kept = new Map<string, Promise<Kept | null>>();
  const unknownUntil = new Map<string, number>();

  /** The three files of a version are taken together, so that a moved tag cannot mix them. */
  async function take(path: string, version: string): Promise<Kept | null> {
    const info = await source.info(path, version);
    if (info?.Version !== version) return null;
    const [mod, zip] = [await source.mod(path, version), await source.zip(path, version)];
    if (!mod || !zip) return null;
    return { info: infoText(info), mod: new Uint8Array(mod), zip: new Uint8Array(zip) };
  }

  async function keep(path: string, version: string): Promise<Kept | null> {
    const key = `${path}@${version}`;
    if (clock.now() < (unknownUntil.get(key) ?? 0)) return null;
    const taking = kept.get(key) ?? take(path, version);
    kept.set(key, taking);
    const got = await taking.catch((error) => {
      kept.delete(key);
      throw error;
    });
    if (!got) {
      kept.delete(key);
      unknownUntil.set(key, clock.now() + negative);
    }
    return got;
  }

  async function list(path: string): Promise<string[] | null> {
    const own: string[] = [];
    for (const [key, value] of kept) {
      const at = key.lastIndexOf("@");
      if (key.slice(0, at) === path && await value.catch(() => null)) own.push(key.slice(at + 1));
    }
    const listed = await source.list(path);
    if (!listed && own.length === 0) return null;
    const all = new Set([...listed ?? [], ...own]);
    return sort([...all].filter((v) => isValid(v) && !isPseudoVersion(v)));
  }

  async function latest(path: string): Promise<string | null> {
    if (source.latest) {
      const info = await source.latest(path);
      return info && infoText(info);
    }
    const versions = await list(path) ?? [];
    const highest = versions.findLast((v) => prerelease(v) === "") ?? versions.at(-1);
    return highest === undefined ? null : (await keep(path, highest))?.info ?? null;
  }

  async function answer(question: Question): Promise<Response> {
    const path = question.Module;
    if (question.What === "list") {
      const versions = await list(path);
      if (!versions) return notFound(`module ${path}: no such module`);
      return text(200, versions.map((v) => v + "\n").join(""));
    }
    if (question.What === "latest") {
      const info = await latest(path);
      return info === null
        ? notFound(`module ${path}: no matching versions for query "latest"`)
        : json(info);
    }
    const version = question.Version;
    if (canonicalVersion(version) !== version) {
      const info = question.What === "info" ? await source.info(path, version) : null;
      return info ? json(infoText(info)) : unknown(path, version);
    }
    const files = await keep(path, version);
    if (!files) return unknown(path, version);
    if (question.What === "info") return json(files.info);
    return question.What === "mod"
      ? new Response(files.mod, { headers: { "content-type": "text/plain; charset=UTF-8" } })
      : new Response(files.zip, { headers: { "content-type": "application/zip" } });
  }

  return {
    log,
    async handler(request) {
      const sent = new URL(request.url).pathname;
      const question = questionOf(sent);
      const entry: Asked = { At: clock.now(), Request: sent, ...question, Status: 0 };
      log.push(entry);
      let response: Response;
      if (request.method !== "GET" && request.method !== "HEAD") {
        response = text(405, "method not allowed\n");
      } else if (!question) {
        response = text(400, "bad request: not a path of the module proxy protocol\n");
      } else response = await answer(question).catch(broken);
      entry.Status = response.status;
      return response;
    },
  };
}

/**
 * What the path of a URL asks a module proxy for; null: nothing that one answers. A client may
 * send `!` as it is or as %21 (go-rules §2.4).
 */
export function questionOf(sent: string): Question | null {
  let path: string;
  try {
    path = decodeURIComponent(sent).slice(1);
  } catch {
    return null;
  }
  const parts = /^(.+?)\/(?:@(latest)|@v\/(?:(list)|([^/]+)\.(info|mod|zip)))$/.exec(path);
  const module = parts ? unescapePath(parts[1]!) : null;
  if (!parts || module === null) return null;
  if (parts[2]) return { Module: module, What: "latest" };
  if (parts[3]) return { Module: module, What: "list" };
  const version = unescapeVersion(parts[4]!);
  return version === null
    ? null
    : { Module: module, What: parts[5] as "info" | "mod" | "zip", Version: version };
}

function infoText(info: { Version: string; Time: string }): string {
  return JSON.stringify({ Version: info.Version, Time: info.Time });
}

function json(body: string): Response {
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function text(status: number, body: string): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain; charset=UTF-8" } });
}

function notFound(words: string): Response {
  return text(404, `not found: ${clean(words)}\n`);
}

/** The source failed; whoever asked may try again. */
function broken(error: unknown): Response {
  const words = error instanceof Error ? error.message : String(error);
  return text(500, `internal error: ${clean(withoutCredentials(words))}\n`);
}

function unknown(path: string, version: string): Response {
  return notFound(`${path}@${version}: invalid version: unknown revision ${version}`);
}
