/** GOPROXY: which servers are asked for a module, in which order (go-rules §6.3). */
import { matchPrefixPatterns } from "../go/module.ts";
import { clean } from "../text.ts";

/** The part of go's settings that decides whom to ask. */
export interface ProxySettings {
  GOPROXY?: string;
  GONOPROXY: string;
}

/** One item of the list. `Next` is what stands before the item that follows: when to go on to it. */
export interface ProxyEntry {
  Kind: "url" | "direct" | "off";
  /** Of kind "url", credentials included: never shown. */
  Url?: string;
  /** "," goes on after "not found" only, "|" after any failure; null: this is the last. */
  Next: "," | "|" | null;
}

/** Reports whether a module is fetched from its repository, whatever GOPROXY says. */
export function isPrivate(settings: ProxySettings, modulePath: string): boolean {
  return matchPrefixPatterns(settings.GONOPROXY, modulePath);
}

/**
 * Parses a GOPROXY list as the go command does; errors are go's texts, without credentials.
 * `off` and `direct` end the list.
 */
export function parseProxyList(list: string): { Entries: ProxyEntry[] } | { Error: string } {
  const entries: ProxyEntry[] = [];
  for (const [, text, separator] of list.matchAll(/([^,|]*)([,|]|$)/g)) {
    const item = text!.trim();
    if (item === "") continue;
    if (item === "off" || item === "direct") {
      entries.push({ Kind: item, Next: null });
      return { Entries: entries };
    }
    const url = withScheme(item);
    const wrong = refuse(url);
    if (wrong) return { Error: wrong };
    entries.push({ Kind: "url", Url: url, Next: separator === "|" ? "|" : "," });
  }
  const last = entries.at(-1);
  if (!last) return { Error: "GOPROXY list is not the empty string, but contains no entries" };
  last.Next = null;
  return { Entries: entries };
}

/** Bare words are reserved for what go builds in, and an absolute path needs its own scheme. */
function withScheme(item: string): string {
  const host = /[.:/]/.test(item) && !item.includes(":/") && !item.startsWith("/");
  return host ? "https://" + item : item;
}

function refuse(url: string): string | null {
  const shown = shownUrl(url);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return `invalid proxy URL missing scheme: ${shown}`;
  if (scheme !== "http" && scheme !== "https" && scheme !== "file") {
    return `invalid proxy URL scheme (must be https, http, file): ${shown}`;
  }
  // The URL parser of the web would take the first folder of http:/a/b for the host.
  if (scheme !== "file" && !/^[a-z]+:\/\/[^/?#]/i.test(url)) {
    return `invalid proxy URL missing host: ${shown}`;
  }
  if (scheme === "file" && !/^file:(?:\/\/\/|\/(?!\/))[^?#]*$/i.test(url)) {
    return `invalid file:// proxy URL with non-path elements: ${shown}`;
  }
  return URL.canParse(url) ? null : `invalid proxy URL: ${shown}`;
}

/** A URL for people: without credentials and without a query, which may hold a key too. */
export function shownUrl(url: string): string {
  return clean(url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, "$1").replace(/[?#].*$/s, ""));
}
