/**
 * Many small files of one proxy, without what a single question may cost: the client of
 * client.ts takes four times as long for each. Whatever is not plainly the file is left to
 * that client, which knows why.
 */
import { escapePath, escapeVersion } from "../go/module.ts";
import type { PathVersion } from "../go/mvs.ts";
import { isPrivate, parseProxyList, type ProxySettings, shownUrl } from "./list.ts";
import type { Limit, Network } from "./request.ts";
import type { Taken } from "./taken.ts";

/** Milliseconds between two looks at what takes too long. */
const pause = 1_000;

export class QuickProxy implements Disposable {
  /** The first proxy of the list; null where that cannot be asked in this way. */
  readonly #base: string | null;
  /** Whether another one is asked after a failure of that one, too. */
  readonly hasOthers: boolean;
  readonly #running = new Map<AbortController, number>();
  /** Why it is not asked again: it has let a question pass its time. */
  late: string | undefined;
  #watch: AbortController | undefined;

  /** `limit` holds for each file, to the second: `Idle` until its answer begins, `Total` for all. */
  constructor(
    readonly network: Network,
    readonly settings: ProxySettings,
    readonly limit: Limit,
    /** Counts bytes as soon as they are announced: many files are under way at one time. */
    readonly taken: Pick<Taken, "bytes" | "error">,
  ) {
    const list = parseProxyList(settings.GOPROXY ?? "");
    const entry = "Error" in list ? undefined : list.Entries[0];
    const first = entry?.Url;
    this.hasOthers = entry?.Next === "|";
    // What has credentials, or a query, is put together with more care elsewhere.
    this.#base = first !== undefined && /^https?:\/\/[^@?#]+$/i.test(first)
      ? first.replace(/\/+$/, "")
      : null;
  }

  /** The go.mod of a version; null where the first proxy has not simply given it. */
  async mod(m: PathVersion, signal?: AbortSignal): Promise<Uint8Array | null> {
    const [path, version] = [escapePath(m.Path), escapeVersion(m.Version)];
    if (this.#base === null || path === null || version === null) return null;
    if (isPrivate(this.settings, m.Path)) return null;
    const url = `${this.#base}/${`${path}/@v/${version}.mod`.replaceAll("!", "%21")}`;
    const bytes = await this.#get(url, signal).catch(() => null);
    return bytes === null || isPage(bytes) ? null : bytes;
  }

  async #get(url: string, signal?: AbortSignal): Promise<Uint8Array | null> {
    const stop = new AbortController();
    const stopped = () => stop.abort();
    signal?.addEventListener("abort", stopped);
    const begun = this.network.clock.now();
    this.#running.set(stop, begun + this.limit.Idle);
    this.#look();
    try {
      const response = await this.network.fetch(url, {
        redirect: "manual",
        signal: stop.signal,
        // A length is one of what comes, not of what that would unpack to.
        headers: { "Accept-Encoding": "identity" },
      });
      this.#running.set(stop, begun + this.limit.Total);
      const { headers, status } = response;
      const length = headers.get("content-length");
      const small = length !== null && Number(length) <= this.limit.Bytes;
      if (status === 200 && small) this.taken.bytes += Number(length);
      const fits = small && this.taken.error === null;
      if (status === 200 && fits && !headers.has("content-encoding")) {
        return new Uint8Array(await response.arrayBuffer());
      }
      await response.body?.cancel();
      return null;
    } finally {
      this.#running.delete(stop);
      signal?.removeEventListener("abort", stopped);
    }
  }

  /** One timer for all: one for each would cost more than the request. */
  #look(): void {
    if (this.#watch) return;
    const watch = this.#watch = new AbortController();
    const { clock } = this.network;
    clock.sleep(pause, watch.signal).then(() => {
      if (watch.signal.aborted) return;
      this.#watch = undefined;
      for (const [stop, until] of this.#running) {
        if (clock.now() <= until) continue;
        this.late ??= `${shownUrl(this.#base!)} did not answer within ` +
          `${this.limit.Idle / 1000} s, or not fully within ${this.limit.Total / 1000} s`;
        stop.abort();
      }
      if (this.#running.size > 0) this.#look();
    });
  }

  [Symbol.dispose](): void {
    this.#watch?.abort();
  }
}

/** A login page or a captive portal answers 200 to everything. */
function isPage(bytes: Uint8Array): boolean {
  const space = (byte: number | undefined) => byte === 0x20 || (byte! >= 0x09 && byte! <= 0x0d);
  let at = 0;
  while (space(bytes[at])) at++;
  return bytes[at] === 0x3c;
}
