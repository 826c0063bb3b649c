/**
 * `MODULE@QUERY` as `go list -m` resolves it: who is asked, in which order, and what the go.mod
 * at hand has to say (cmd/go's modload.Query, go-rules §6.3, §8.1, §9).
 */
import type { Services } from "../../services.ts";
import { together } from "../../git/together.ts";
import { decode } from "../../text.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { errorText, type ModFile } from "../../go/modfile/types.ts";
import { canonicalVersion, checkPath } from "../../go/module.ts";
import {
  type Allowed,
  isNotThere,
  isWrong,
  type ModuleRepo,
  queryRepo,
  type RevInfo,
  type Wrong,
} from "../../go/modquery.ts";
import { replacementOf, withReplaced } from "../../go/replaced.ts";
import { coveredBy, covers, type Retract, retractions, shortRationale } from "../../go/retract.ts";
import { madeUpGoMod } from "../../go/versions.ts";
import {
  isPrivate,
  parseProxyList,
  type ProxyEntry,
  type ProxySettings,
} from "../../proxy/list.ts";
import { proxyRepo } from "../../proxy/repo.ts";
import { requiredBy } from "./mainmodule.ts";

/** What a query is asked in. */
export interface Around {
  readonly Settings: ProxySettings;
  /** The go.mod at hand; null: none. */
  readonly Main: ModFile | null;
  /** Nobody is asked but the repository here. */
  readonly Offline: boolean;
  /** This repository as whoever has a module's versions, where it is one of its modules. */
  direct(path: string): Promise<ModuleRepo | Wrong>;
}

/** What a query gives. Retracted and Deprecated are those of the module's newest go.mod. */
export interface Found extends RevInfo {
  readonly Retracted?: string[];
  readonly Deprecated?: string;
  /** Why it is not known whether the version is retracted. */
  readonly Unread?: Wrong;
}

/** The go.mod that says what is retracted; null where all of the module is replaced. */
type Newest = ModFile | null | Wrong;

/** Resolves queries; nobody is asked the same thing twice. */
export class Queries {
  readonly #repos = new Map<string, Promise<ModuleRepo | Wrong>>();
  readonly #newest = new Map<string, Promise<Newest>>();
  readonly #seen = new Map<string, RevInfo>();

  constructor(
    readonly services: Services,
    readonly around: Around,
    readonly signal?: AbortSignal,
  ) {}

  /** What `PATH@QUERY` is. `current`: the version in use, else what the go.mod at hand requires. */
  async ask(path: string, query: string, current?: string): Promise<Found | Wrong> {
    const { Main } = this.around;
    const Current = current ?? (Main ? requiredBy(Main, path) : undefined);
    const choose = async () => {
      const chosen = await this.#query(path, query, Current, () => this.#allowed(path));
      // Go looks the version up once more by its name, and shows what that gives.
      return isWrong(chosen) ? chosen : await this.#query(path, chosen.Version);
    };
    // Nothing goes on behind an answer, a refusal neither.
    const [found, mod] = await together([choose(), this.newest(path)]);
    if (isWrong(found)) return found;
    if (mod === null) return found;
    if (isWrong(mod)) {
      return mod.Wrong === "no-match" || isNotThere(mod) ? found : { ...found, Unread: mod };
    }
    const retracted = retractions(mod.Retract, found.Version);
    const deprecated = mod.Module?.Deprecated;
    return {
      ...found,
      ...(retracted && { Retracted: retracted }),
      ...(deprecated !== undefined && { Deprecated: deprecated }),
    };
  }

  /** The go.mod of the version that `latest` picks when nothing is excluded or retracted (go-rules §8.1). */
  newest(path: string): Promise<Newest> {
    const known = this.#newest.get(path) ?? this.#readNewest(path);
    this.#newest.set(path, known);
    return known;
  }

  async #readNewest(path: string): Promise<Newest> {
    const replaces = this.around.Main?.Replace ?? [];
    if (replaces.some((r) => r.Old.Path === path && r.Old.Version === undefined)) return null;
    const latest = await this.#query(path, "latest");
    if (isWrong(latest)) return latest;
    const instead = replacementOf(replaces, path, latest.Version);
    if (instead && instead.Version === undefined) {
      // A folder that a go.mod names may be anywhere: nothing is read there.
      return { Wrong: "refused", Words: `${path}@${latest.Version} is replaced by a folder` };
    }
    const bytes = instead
      ? await this.#mod(instead.Path, instead.Version!)
      : await this.#mod(path, latest.Version);
    if (isWrong(bytes)) return bytes;
    const { Mod, Errors } = parseLax("go.mod", bytes);
    if (Errors.length === 0) return Mod;
    const words = Errors.map((error) => errorText(error)).join("; ");
    return { Wrong: "refused", Words: `${path}@${latest.Version}: parsing go.mod: ${words}` };
  }

  async #query(
    path: string,
    query: string,
    current?: string,
    allowed?: () => Promise<Allowed>,
  ): Promise<RevInfo | Wrong> {
    return await this.#walk(
      path,
      (repo) =>
        queryRepo(withReplaced(repo, this.around.Main?.Replace ?? [], path), {
          Path: path,
          Query: query,
          ...(current !== undefined && { Current: current }),
          ...(allowed && { allowed }),
          hasGoMod: (version) => this.#hasGoMod(path, version),
        }),
    );
  }

  async #allowed(path: string): Promise<Allowed> {
    const newest = await this.newest(path);
    // What cannot be read retracts nothing: go goes on without it.
    const retracts: readonly Retract[] = newest && !isWrong(newest) ? newest.Retract : [];
    const excluded = new Set(
      this.around.Main?.Exclude.flatMap((x) => x.Path === path ? [x.Version] : []),
    );
    const isRetracted = coveredBy(retracts);
    const why = (version: string): string => {
      if (excluded.has(version)) return "excluded by go.mod";
      const given = retracts.find((r) => r.Rationale !== "" && covers(r, version))?.Rationale;
      const by = "retracted by module author";
      return given === undefined ? by : `${by}: ${shortRationale(given)}`;
    };
    return (version) =>
      !excluded.has(version) && !isRetracted(version) ? null : {
        Wrong: "disallowed",
        // Asked for of one version only, while all are judged.
        get Words() {
          return `${path}@${version}: ${why(version)}`;
        },
      };
  }

  async #hasGoMod(path: string, version: string): Promise<boolean | Wrong> {
    const bytes = await this.#mod(path, version);
    return isWrong(bytes) ? bytes : decode(bytes) !== madeUpGoMod(path);
  }

  #mod(path: string, version: string): Promise<Uint8Array | Wrong> {
    return this.#walk(path, (repo) => repo.mod(version));
  }

  /** Asks one after the other, as far as GOPROXY's separators allow (go-rules §6.3). */
  async #walk<T extends object>(
    path: string,
    one: (repo: ModuleRepo) => Promise<T | Wrong>,
  ): Promise<T | Wrong> {
    const entries = this.#entries(path);
    if (isWrong(entries)) return entries;
    let best: Wrong | undefined;
    for (const entry of entries) {
      const repo = await this.#repo(entry, path);
      const answer = isWrong(repo) ? repo : await one(repo);
      if (!isWrong(answer)) return answer;
      best = better(best, answer, entry);
      if (!isNotThere(answer) && entry.Next !== "|") break;
    }
    return best!;
  }

  #entries(path: string): ProxyEntry[] | Wrong {
    const { Settings, Offline, Main } = this.around;
    if (path === "std" || path === "cmd") {
      return { Wrong: "refused", Words: `${path} is the standard library, which has no versions` };
    }
    const malformed = checkPath(path);
    const isReplaced = Main?.Replace.some((r) => r.Old.Path === path) ?? false;
    if (malformed !== null && !isReplaced) return { Wrong: "path", Words: malformed };
    if (Offline || isPrivate(Settings, path)) return [{ Kind: "direct", Next: null }];
    if (!Settings.GOPROXY) return { Wrong: "off", Words: "GOPROXY is not set" };
    const list = parseProxyList(Settings.GOPROXY);
    return "Error" in list ? { Wrong: "refused", Words: list.Error } : list.Entries;
  }

  #repo(entry: ProxyEntry, path: string): Promise<ModuleRepo | Wrong> {
    const key = `${entry.Url ?? entry.Kind} ${path}`;
    const known = this.#repos.get(key);
    if (known) return known;
    const opened = this.#open(entry, path).then((repo) =>
      isWrong(repo) ? repo : remembering(repo, path, this.#seen)
    );
    this.#repos.set(key, opened);
    return opened;
  }

  async #open({ Kind, Url }: ProxyEntry, path: string): Promise<ModuleRepo | Wrong> {
    const malformed = checkPath(path);
    if (malformed !== null) return empty({ Wrong: "path", Words: malformed });
    if (Kind === "off") return { Wrong: "off", Words: "module lookup disabled by GOPROXY=off" };
    if (Kind === "direct") return await this.around.direct(path);
    return proxyRepo(this.services, Url!, path, this.signal);
  }
}

/**
 * A repository behind what was seen of a module already, there or elsewhere: go keeps every
 * version that somebody had in its module cache, and asks nobody about it again.
 */
function remembering(repo: ModuleRepo, path: string, seen: Map<string, RevInfo>): ModuleRepo {
  const keep = (found: RevInfo | Wrong): RevInfo | Wrong => {
    if (isWrong(found) || canonicalVersion(found.Version) !== found.Version) return found;
    const key = `${path}@${found.Version}`;
    if (!seen.has(key)) seen.set(key, found);
    return found;
  };
  return {
    ...repo,
    stat: async (revision) => seen.get(`${path}@${revision}`) ?? keep(await repo.stat(revision)),
    latest: async () => keep(await repo.latest()),
  };
}

/** Whoever has no versions of a module that is only there because it is replaced. */
function empty(wrong: Wrong): ModuleRepo {
  const none = () => Promise.resolve(wrong);
  return { versions: () => Promise.resolve([]), stat: none, latest: none, mod: none };
}

/** Of two refusals the one that tells more: the repository's, then a failure, then "not there". */
function better(before: Wrong | undefined, now: Wrong, { Kind }: ProxyEntry): Wrong {
  if (before === undefined) return now;
  // That nobody can be asked tells less than that somebody was, and does not have it.
  if (now.Wrong === "off") return before;
  return Kind === "direct" || !isNotThere(now) || isNotThere(before) ? now : before;
}
