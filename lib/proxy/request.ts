/** One bounded GET: every byte, redirect and second has a limit, and a failure is a value. */
import type { Services } from "../services.ts";
import { clean, cleanLines, joined, withoutCredentials } from "../text.ts";
import { shownUrl } from "./list.ts";

/** Most that one request may take. */
export interface Limit {
  Bytes: number;
  /** Milliseconds until the first answer, and between two pieces of it. */
  Idle: number;
  /** Milliseconds for all of it. */
  Total: number;
}

/** "status" is any answer but 200. */
export type Got =
  | { State: "ok"; Bytes: Uint8Array }
  | { State: "status"; Status: number; Words: string }
  | { State: "failed"; Words: string };

/** Fetching and time; the clock measures the limits. */
export type Network = Pick<Services, "fetch" | "clock">;

const mostRedirects = 10;
const mostWords = 16 << 10;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Gets an http, https or file URL. Credentials in the URL become an Authorization header,
 * for https and the same origin only, as the go command does it. Redirects go to http(s)
 * and never from https to http. Never throws.
 */
export async function get(
  network: Network,
  url: URL,
  limit: Limit,
  signal?: AbortSignal,
): Promise<Got> {
  const stop = new AbortController();
  const stopped = () => stop.abort(new Error("stopped"));
  if (signal?.aborted) stopped();
  signal?.addEventListener("abort", stopped);
  const late = (ms: number) => () =>
    stop.abort(new Error(`no answer within ${Math.round(ms / 100) / 10} s`));
  const idle = watch(network, limit.Idle, late(limit.Idle));
  const total = watch(network, limit.Total, late(limit.Total));
  try {
    if (url.protocol === "file:") return await getFile(url, limit, idle.touch, stop.signal);
    return await getHttp(network, url, limit, idle.touch, stop.signal);
  } catch (error) {
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : error;
    return { State: "failed", Words: transportWords(reason) };
  } finally {
    idle.end();
    total.end();
    signal?.removeEventListener("abort", stopped);
    // Gives up whatever is still under way: an unread body would hold its connection.
    stop.abort();
  }
}

async function getHttp(
  network: Network,
  from: URL,
  limit: Limit,
  touch: () => void,
  signal: AbortSignal,
): Promise<Got> {
  const authorization = credentials(from);
  if (authorization && from.protocol !== "https:") {
    return {
      State: "failed",
      Words: `refusing to pass credentials to insecure URL: ${shownUrl(from.href)}`,
    };
  }
  let url = from;
  for (let hop = 0;; hop++) {
    const bare = new URL(url);
    bare.username = bare.password = "";
    const response = await network.fetch(bare, {
      redirect: "manual",
      signal,
      headers: authorization && url.origin === from.origin ? { Authorization: authorization } : {},
    });
    touch();
    const location = response.headers.get("location");
    if (redirects.has(response.status) && location) {
      const next = redirected(url, location, hop);
      if (typeof next === "string") return { State: "failed", Words: next };
      await response.body?.cancel();
      url = next;
      continue;
    }
    if (response.status !== 200) {
      const words = await serverWords(response, touch);
      return {
        State: "status",
        Status: response.status,
        Words: words || clean(`${response.status} ${response.statusText}`),
      };
    }
    const bytes = await readAll(response.body, limit.Bytes, touch);
    if (bytes === null) return { State: "failed", Words: tooLarge(limit.Bytes) };
    return { State: "ok", Bytes: bytes };
  }
}

/** The next place of a redirect, or why it is not followed. */
function redirected(from: URL, location: string, hop: number): URL | string {
  if (hop >= mostRedirects) return `stopped after ${mostRedirects} redirects`;
  if (!URL.canParse(location, from)) return "redirected to a malformed URL";
  const to = new URL(location, from);
  if (to.protocol !== "https:" && to.protocol !== "http:") {
    return `redirected to ${clean(to.protocol)} URL, which is neither http nor https`;
  }
  if (from.protocol === "https:" && to.protocol !== "https:") {
    return `redirected from secure URL ${shownUrl(from.href)} to insecure URL ${shownUrl(to.href)}`;
  }
  return to;
}

function credentials(url: URL): string | null {
  if (url.username === "" && url.password === "") return null;
  const plain = (part: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  const bytes = new TextEncoder().encode(`${plain(url.username)}:${plain(url.password)}`);
  return "Basic " + btoa(String.fromCharCode(...bytes));
}

/** Reads a file of a proxy that is a folder. A missing one is 404, an unreadable one 403, as in go. */
async function getFile(
  url: URL,
  limit: Limit,
  touch: () => void,
  signal: AbortSignal,
): Promise<Got> {
  try {
    // Opening a pipe would wait for whoever writes to it.
    if (!(await Deno.stat(url)).isFile) return { State: "failed", Words: "not a regular file" };
    const file = await Deno.open(url);
    const bytes = await readAll(file.readable, limit.Bytes, () => {
      touch();
      signal.throwIfAborted();
    });
    if (bytes === null) return { State: "failed", Words: tooLarge(limit.Bytes) };
    return { State: "ok", Bytes: bytes };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { State: "status", Status: 404, Words: "no such file" };
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      return { State: "status", Status: 403, Words: "permission denied" };
    }
    throw error;
  }
}

/** All of a stream, or null as soon as it is longer than allowed. */
async function readAll(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
  touch: () => void,
): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream ?? []) {
    touch();
    length += piece.length;
    if (length > most) return null;
    pieces.push(piece);
  }
  return pieces.length === 1 ? pieces[0]! : joined(pieces);
}

/**
 * The reason a server gives, if it is plain text in UTF-8: what stands before the first
 * blank line, eight lines at most (go-rules §6.2). A proxy puts git's error there.
 */
async function serverWords(response: Response, touch: () => void): Promise<string> {
  const type = response.headers.get("content-type") ?? "";
  const [media, ...parameters] = type.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((p) => p.startsWith("charset="))?.slice(8).replaceAll('"', "");
  if (media !== "text/plain" || !["us-ascii", "utf-8", "", undefined].includes(charset)) return "";
  const pieces: Uint8Array[] = [];
  let room = mostWords;
  for await (const piece of response.body ?? []) {
    touch();
    pieces.push(piece.subarray(0, room));
    room -= piece.length;
    if (room <= 0) break;
  }
  let text: string;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    // The last piece may end inside a character.
    text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("");
  } catch {
    return "";
  }
  const lines = cleanLines(text, Infinity);
  const blank = lines.indexOf("");
  const said = blank < 0 ? lines : lines.slice(0, blank);
  const shown: string[] = [];
  let length = 0;
  for (const line of said) {
    length += line.length;
    if (shown.length >= 8) return [...shown, "[Truncated: too many lines.]"].join("\n");
    if (length > 8 * 81) return [...shown, "[Truncated: too long.]"].join("\n");
    shown.push(line);
  }
  return shown.join("\n");
}

function tooLarge(most: number): string {
  return `the answer is larger than ${most} bytes`;
}

/**
 * The runtime says only that a fetch failed, and what went wrong in its cause, which names the
 * whole URL, with whatever a redirect put into its query.
 */
function transportWords(error: unknown): string {
  const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const text = why instanceof Error ? why.message : String(why);
  const bare = text.replace(/ for url \(\S*\)(?=:|$)/g, "");
  return clean(withoutCredentials(bare)) || "no answer";
}

/** Calls `late` once the time is up, counted from the start or the last `touch`. */
function watch(
  { clock }: Network,
  ms: number,
  late: () => void,
): { touch: () => void; end: () => void } {
  let timer = new AbortController();
  const begin = () => {
    const mine = timer = new AbortController();
    clock.sleep(ms, mine.signal).then(() => {
      if (!mine.signal.aborted) late();
    });
  };
  begin();
  return {
    touch() {
      timer.abort();
      begin();
    },
    end: () => timer.abort(),
  };
}
