/**
 * The coming versions as a module proxy of our own: the go command finds them there before
 * anybody else could know of them, and nobody else is asked about them (DESIGN.md §1).
 */
import { dirname, join } from "node:path";
import { goModOf } from "../facts/modules.ts";
import { archive } from "../git/archive.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { escapePath, escapeVersion } from "../go/module.ts";
import { checkFiles, zipPrefix } from "../go/zip.ts";
import { goLine } from "../plan/seal.ts";
import { proxyServer, type ProxySource, questionOf } from "../proxy/server.ts";
import { moduleZip } from "../proxy/zip.ts";
import { toFileUrl } from "./fileurl.ts";

/** A version that is coming, and the folder of its go.mod in the planned tree. */
export interface Coming {
  Path: string;
  Version: string;
  Dir: string;
}

/** Where the go command finds the coming versions. */
export interface Offer {
  /** What stands first in GOPROXY. */
  Url: string;
  /**
   * What else it asks, in place of the user's own list, where that must not be asked: it answers
   * "not found" for a module that is private, and only then. Absent where nobody may be asked.
   */
  Gate?: string;
  stop(): Promise<void>;
}

/** Answers for modules that are not ours. */
export type Others = (path: string, request: Request) => Promise<Response>;

const address = "127.0.0.1";

/** The coming versions as a proxy serves them, from a tree that no commit has yet. */
export function sourceOf(
  repo: Repository,
  planned: Snapshot,
  coming: readonly Coming[],
  published: (path: string) => readonly string[],
  now: number,
): ProxySource {
  const find = (path: string, version: string) =>
    coming.find((c) => c.Path === path && c.Version === version);
  return {
    list(path) {
      const own = coming.filter((c) => c.Path === path).map((c) => c.Version);
      return Promise.resolve(own.length === 0 ? null : [...published(path), ...own]);
    },
    info(path, version) {
      const Time = new Date(now).toISOString().replace(/\.\d+/, "");
      return Promise.resolve(find(path, version) ? { Version: version, Time } : null);
    },
    async mod(path, version) {
      const found = find(path, version);
      return found ? (await planned.readFile(goModOf(found.Dir)))?.Bytes ?? null : null;
    },
    async zip(path, version) {
      const found = find(path, version);
      if (!found) return null;
      const files = await archive(repo, planned, found.Dir);
      if ("Code" in files) return null;
      const { Valid } = checkFiles(files.Entries, { goVersion: goLine(files.GoMod) });
      const contents: [string, Uint8Array][] = [];
      await files.visit(Valid, ({ Path }, bytes) => contents.push([Path, bytes.slice()]));
      return await moduleZip(zipPrefix(path, version), contents);
    },
  };
}

/**
 * Serves the coming versions on loopback, at a path that only the go command is told. A version
 * of their modules that is neither coming nor published is refused (403), so that nobody is asked
 * about it; everything else is "not found" here. `others` answers at the gate. Null where this
 * machine lets nobody listen.
 */
export async function serve(
  source: ProxySource,
  coming: readonly Coming[],
  published: (path: string) => readonly string[],
  others: Others,
): Promise<Offer | null> {
  const { handler } = proxyServer(source, { clock: Date });
  const key = crypto.randomUUID();
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const [, secret, door, ...rest] = url.pathname.split("/");
    if (secret !== key) return refuse(403, "not for you");
    url.pathname = rest.join("/");
    const question = questionOf(url.pathname);
    if (!question) return refuse(404, "not here");
    const { Module } = question;
    const own = coming.filter((c) => c.Path === Module);
    if (own.length === 0) {
      return door === "others" ? await others(Module, new Request(url)) : refuse(404, "not here");
    }
    if (door === "others") return refuse(404, "not here");
    const version = "Version" in question ? question.Version : undefined;
    if (version === undefined || own.some((c) => c.Version === version)) {
      return await handler(new Request(url));
    }
    return published(Module).includes(version)
      ? refuse(404, "not here")
      : refuse(403, `${Module}@${version} is neither published nor coming`);
  };
  try {
    const server = Deno.serve({ hostname: address, port: 0, onListen: () => {} }, answer);
    const { port } = server.addr;
    const stop = () => server.shutdown();
    try {
      // A container without a network lets a program listen where nobody can connect.
      (await Deno.connect({ hostname: address, port })).close();
    } catch (error) {
      await stop();
      throw error;
    }
    const url = `http://${address}:${port}/${key}`;
    return { Url: `${url}/coming`, Gate: `${url}/others`, stop };
  } catch {
    return null;
  }
}

/** The coming versions as files, for whom nobody may be asked, not even on loopback. */
export async function write(
  source: ProxySource,
  coming: readonly Coming[],
  folder: string,
): Promise<Offer> {
  for (const { Path, Version } of coming) {
    const [path, version] = [escapePath(Path), escapeVersion(Version)];
    const [info, mod, zip, list] = [
      await source.info(Path, Version),
      await source.mod(Path, Version),
      await source.zip(Path, Version),
      await source.list(Path),
    ];
    if (path === null || version === null || !info || !mod || !zip) continue;
    const file = join(folder, path, "@v", version);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(`${file}.info`, JSON.stringify(info));
    await Deno.writeFile(`${file}.mod`, mod);
    await Deno.writeFile(`${file}.zip`, zip);
    await Deno.writeTextFile(join(dirname(file), "list"), (list ?? []).join("\n"));
  }
  return { Url: toFileUrl(folder), stop: () => Promise.resolve() };
}

function refuse(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "content-type": "text/plain" } });
}
