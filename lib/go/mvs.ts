/**
 * Minimal version selection (go-rules §10.1): which version of every module a build uses,
 * and what has to be required to change that. The versions are any text: what is higher is
 * the caller's to say, and so are the requirements.
 */

import { type Compare, Graph, keyOf, type PathVersion, type Unknown } from "./mvsgraph.ts";

export { Graph, keyOf, type PathVersion, type Unknown } from "./mvsgraph.ts";

/** Where requirements come from. */
export interface Reqs {
  /** What a module's own go.mod requires. It is asked once for each version, but never for "none". */
  required(m: PathVersion): readonly PathVersion[] | Unknown;
  compare: Compare;
}

/** Requirements of which the newest versions are known too. */
export interface UpgradeReqs extends Reqs {
  /** The version to use instead of m's ("none" if it is not used yet); m itself to keep it. */
  upgrade(m: PathVersion): PathVersion | Unknown;
}

/** Requirements of which the older versions are known too. */
export interface DowngradeReqs extends Reqs {
  /** The version before m's, or "none". */
  previous(m: PathVersion): PathVersion | Unknown;
}

/** Requirements that could not be read: of the last module of the stack, which the target leads to. */
export interface BuildListError extends Unknown {
  Stack: PathVersion[];
}

/** The targets, then every other module by its path. */
export type BuildList = PathVersion[] | BuildListError;

/**
 * The versions a build of the targets uses: of each module the highest that any module
 * version reached from them requires, whether that one is selected itself or not.
 */
export function buildList(targets: readonly PathVersion[], reqs: Reqs): BuildList {
  return build(targets, reqs);
}

/** `upgrade` names a version that whatever requires m requires as well. */
function build(
  targets: readonly PathVersion[],
  reqs: Reqs,
  upgrade?: UpgradeReqs["upgrade"],
): BuildList {
  const graph = new Graph((p, v, w) => reqs.compare(p, v, w), targets);
  const errors = new Map<string, string>();
  const seen = new Set<string>();
  const queue = [...targets];
  for (const m of queue) {
    const key = keyOf(m);
    if (seen.has(key)) continue;
    seen.add(key);
    const own = m.Version === "none" ? [] : reqs.required(m);
    const to = upgrade?.(m) ?? m;
    const error = "Error" in own ? own.Error : "Error" in to ? to.Error : null;
    if (error !== null) errors.set(key, error);
    const required = "Error" in own ? [] : own;
    const all = "Error" in to || keyOf(to) === key ? required : [to, ...required];
    graph.require(m, all);
    queue.push(...all);
  }
  if (errors.size > 0) {
    const stack = graph.findPath((m) => errors.has(keyOf(m)));
    return { Error: errors.get(keyOf(stack.at(-1)!))!, Stack: stack };
  }
  return graph.buildList();
}

/**
 * The fewest requirements that give the main module its build list, by path: those of
 * `base`, which are paths in the list, and what they do not bring with them.
 */
export function req(main: PathVersion, base: readonly string[], reqs: Reqs): BuildList {
  const list = buildList([main], reqs);
  if ("Error" in list) return list;
  const selected = new Map(list.map(({ Path, Version }) => [Path, Version]));
  const required = new Map<string, readonly PathVersion[]>([[keyOf(main), []]]);
  const postorder: PathVersion[] = [];
  for (const root of list) {
    // A deep graph must not exhaust the stack of calls.
    const path: { m: PathVersion; next: number }[] = [];
    const enter = (m: PathVersion) => {
      if (required.has(keyOf(m))) return;
      const found = m.Version === "none" ? [] : reqs.required(m);
      // The build list could not have been made without it.
      required.set(keyOf(m), "Error" in found ? [] : found);
      path.push({ m, next: 0 });
    };
    enter(root);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = required.get(keyOf(at.m))![at.next++];
      if (next) enter(next);
      else postorder.push(path.pop()!.m);
    }
  }
  const have = new Set<string>();
  const cover = (from: PathVersion) => {
    const queue = [from];
    for (const m of queue) {
      if (have.has(keyOf(m))) continue;
      have.add(keyOf(m));
      queue.push(...required.get(keyOf(m)) ?? []);
    }
  };
  const min: PathVersion[] = [];
  const keep = (m: PathVersion) => {
    min.push(m);
    cover(m);
  };
  for (const Path of new Set(base)) keep({ Path, Version: selected.get(Path) ?? "" });
  for (const m of postorder.reverse()) {
    if (selected.get(m.Path) === m.Version && !have.has(keyOf(m))) keep(m);
  }
  return min.sort((a, b) => a.Path < b.Path ? -1 : a.Path > b.Path ? 1 : 0);
}

/** The build list of the target with every other module at the version that `upgrade` gives. */
export function upgradeAll(target: PathVersion, reqs: UpgradeReqs): BuildList {
  return build([target], reqs, (m) => m.Path === target.Path ? target : reqs.upgrade(m));
}

/** The build list of the target with the given modules at the given versions, or higher ones. */
export function upgrade(
  target: PathVersion,
  reqs: Reqs,
  wanted: readonly PathVersion[],
): BuildList {
  const own = reqs.required(target);
  if ("Error" in own) return { ...own, Stack: [target] };
  const list = [...own];
  const paths = new Set(own.map(({ Path }) => Path));
  const to = new Map<string, string>();
  for (const { Path, Version } of wanted) {
    if (!paths.has(Path)) list.push({ Path, Version: "none" });
    const before = to.get(Path);
    if (before === undefined || reqs.compare(Path, before, Version) < 0) to.set(Path, Version);
  }
  return build([target], overriding(reqs, target, list), ({ Path, Version }) => ({
    Path,
    Version: to.get(Path) ?? Version,
  }));
}

function overriding(reqs: Reqs, target: PathVersion, list: readonly PathVersion[]): Reqs {
  const key = keyOf(target);
  return {
    required: (m) => keyOf(m) === key ? list : reqs.required(m),
    compare: (path, v1, v2) => reqs.compare(path, v1, v2),
  };
}

/**
 * The build list of the target with no given module above the given version ("none"
 * removes it). Other modules go down, or away, as far as they require more than that;
 * none goes up.
 */
export function downgrade(
  target: PathVersion,
  reqs: DowngradeReqs,
  wanted: readonly PathVersion[],
): BuildList {
  const whole = buildList([target], reqs);
  if ("Error" in whole) return whole;
  const list = whole.slice(1);
  const above = (path: string, v1: string, v2: string) => reqs.compare(path, v1, v2) > 0;
  const max = new Map(list.map(({ Path, Version }) => [Path, Version]));
  for (const { Path, Version } of wanted) {
    const now = max.get(Path);
    if (now === undefined || above(Path, now, Version)) max.set(Path, Version);
  }
  const acceptable = exclusions(reqs, max);

  const lowered: PathVersion[] = [target];
  for (const from of list) {
    let m = from;
    while (m.Version !== "none" && !acceptable(m)) {
      const before = reqs.previous(m);
      if ("Error" in before) return { ...before, Stack: [m] };
      const limit = max.get(m.Path)!;
      // Pseudo-versions are not among those that come before.
      const skipped = above(m.Path, m.Version, limit) && above(m.Path, limit, before.Version);
      m = { Path: m.Path, Version: skipped ? limit : before.Version };
    }
    if (m.Version !== "none") lowered.push(m);
  }
  // What comes before a version leaves out versions that another module may require. With
  // those the lowered ones are not selected, and must not bring in modules of their own.
  const actual = buildList([target], overriding(reqs, target, lowered));
  if ("Error" in actual) return actual;
  const versions = new Map(actual.map(({ Path, Version }) => [Path, Version]));
  const kept = list.flatMap(({ Path }) => {
    const Version = versions.get(Path);
    return Version === undefined ? [] : [{ Path, Version }];
  });
  return buildList([target], overriding(reqs, target, kept));
}

/**
 * Says of a module version whether nothing that it leads to is above the highest versions
 * allowed, or cannot be read.
 */
function exclusions(
  reqs: Reqs,
  max: ReadonlyMap<string, string>,
): (m: PathVersion) => boolean {
  const added = new Set<string>();
  const excluded = new Set<string>();
  const requiredBy = new Map<string, PathVersion[]>();

  function exclude(m: PathVersion): void {
    const queue = [m];
    for (const one of queue) {
      if (excluded.has(keyOf(one))) continue;
      excluded.add(keyOf(one));
      queue.push(...requiredBy.get(keyOf(one)) ?? []);
    }
  }
  /** What m requires; nothing where that decides already. */
  function open(m: PathVersion): readonly PathVersion[] {
    added.add(keyOf(m));
    const limit = max.get(m.Path);
    const required = limit !== undefined && reqs.compare(m.Path, m.Version, limit) > 0
      ? null
      : m.Version === "none"
      ? []
      : reqs.required(m);
    if (required !== null && !("Error" in required)) return required;
    exclude(m);
    return [];
  }
  return (m) => {
    const path: { m: PathVersion; required: readonly PathVersion[]; next: number }[] = [];
    const enter = (one: PathVersion) => {
      if (!added.has(keyOf(one))) path.push({ m: one, required: open(one), next: 0 });
    };
    enter(m);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const r = at.required[at.next++];
      if (r === undefined || excluded.has(keyOf(at.m))) {
        path.pop();
        continue;
      }
      const users = requiredBy.get(keyOf(r));
      if (users) users.push(at.m);
      else requiredBy.set(keyOf(r), [at.m]);
      enter(r);
      if (excluded.has(keyOf(r))) exclude(at.m);
    }
    return !excluded.has(keyOf(m));
  };
}
