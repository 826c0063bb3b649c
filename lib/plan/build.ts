/**
 * Facts and choices give a plan, or problems. Nothing is written: the hashes
 * of the coming release are computed from the planned tree (DESIGN.md §1).
 */
import { accept, type Problem, problem, stops } from "../problem.ts";
import type { Choices } from "../choices.ts";
import { preflight } from "../checks/all.ts";
import type { Coming } from "../checks/types.ts";
import { owns } from "../facts/modules.ts";
import { type Facts, isBeside, known, type ModuleFacts, startOf } from "../facts/types.ts";
import { incomplete } from "../git/failure.ts";
import type { Snapshot } from "../git/tree.ts";
import { parse } from "../go/modfile/mod.ts";
import { clean } from "../text.ts";
import { Draft } from "./draft.ts";
import { distinct, ofAll, ofItsNumber } from "./judge.ts";
import { type Releasing, releasing } from "./releasing.ts";
import { latestAfter, latestOfNext } from "./latest.ts";
import { type Edited, edited as editedGoMod, editedAtHead } from "./edit.ts";
import type { Prepared } from "./prepare.ts";
import { seal, type Sealed } from "./seal.ts";
import { storage } from "./storage.ts";
import { type Parts, stepsOf } from "./steps.ts";
import type { Plan, PlannedRelease } from "./types.ts";

export type { Releasing };

/** A plan; or why there is none; or, for `auto`, that there is nothing to do. */
export type Built = { Plan: Plan } | { Problems: Problem[] } | { Nothing: string };

/**
 * Builds the plan of a release. The same facts and choices give the same bytes. Refused with
 * every problem that was found, not only the first.
 */
export async function build(facts: Facts, choices: Choices): Promise<Built> {
  try {
    return await built(facts, choices);
  } catch (error) {
    const problems = incomplete(error);
    if (problems) return { Problems: problems };
    throw error;
  }
}

async function built(facts: Facts, choices: Choices): Promise<Built> {
  const repo = facts.Repo;
  const head = repo.Head;
  if (!head) {
    return { Problems: [problem("no-commit", "HEAD has no commit yet.", { fix: "git commit" })] };
  }
  const elsewhere = notLookedAt(facts, choices);
  if (elsewhere) return { Problems: [elsewhere] };
  const chosen = releasing(facts, choices);
  if (!Array.isArray(chosen)) return chosen;

  const start = startOf(repo);
  const included = repo.Included?.Files ?? [];
  const draft = new Draft(repo.Git, start);
  for (const file of included) draft.include(file);
  const problems: Problem[] = [...repo.Included?.Problems ?? []];

  // Another path, and what modules of one repository require of each other.
  const needsMore = chosen.length > 1 || chosen.some((r) => r.Path !== r.Module.Path) ||
    mayDrop(choices, chosen[0]!);
  const prepared: Prepared | null = needsMore
    ? await (await (import("./prepare.ts" as string) as Promise<typeof import("./prepare.ts")>))
      .prepare(draft, facts, choices, chosen)
    : null;
  if (prepared?.Refused) return { Problems: [...facts.Problems, ...problems, ...prepared.Refused] };
  const releases = prepared?.Releases ?? chosen;
  problems.push(...prepared?.Problems ?? []);

  let edited: Edited | undefined;
  let atHead: Edited | undefined;
  // What Go cannot read says nothing of what stands in it.
  const readable = !facts.Problems.some((p) => p.Code === "go-mod-invalid");
  if (choices.Do !== "release" && readable) {
    const { Module, Version } = releases[0]!;
    const result = editedGoMod(Module, choices.Edit ?? {}, Version);
    if (Array.isArray(result)) problems.push(...result);
    else {
      edited = result;
      const mode = (await draft.read(Module.GoMod.File))?.Mode;
      if (mode) draft.edit(Module.GoMod.File, mode, result.Bytes, result.Edits);
    }
    if (edited && isBeside(repo)) {
      const there = editedAtHead(Module, choices.Edit ?? {}, Version);
      if (Array.isArray(there)) problems.push(...there);
      else atHead = there ?? undefined;
    }
  }
  const commits = choices.Do !== "release" || !draft.empty;

  const comings = await Promise.all(
    releases.map((r) => comingOf(r, prepared?.Releases, facts, choices, draft, edited)),
  );
  problems.push(...ofAll(comings.map((coming) => ({
    Module: coming.Module,
    TagName: coming.TagName,
    Problems: preflight({ ...coming, Commits: commits }),
  }))));
  for (const { Module, Adopted } of releases) {
    if (!Adopted) problems.push(...await storage(facts, Module, edited !== undefined));
  }
  const provable = prepared !== null && commits;
  if (provable && !choices.Build) {
    const text = "With --no-build nothing shows that the coming release builds.";
    problems.push(problem("not-built", text, { fix: "leave --no-build out" }));
  }
  const judged = accept(distinct(ofItsNumber(problems)), choices.Accept, { writesFiles: commits });
  if (judged.some(stops)) return { Problems: judged };

  const sealed = await sealAll(draft, start, releases, prepared);
  if ("Problems" in sealed) return { Problems: [...judged, ...sealed.Problems] };

  const after = await prepared?.behind?.(draft);
  const [written, merge] = await Promise.all([
    commits ? draft.written() : undefined,
    atHead && writtenAtHead(repo.Git, head, releases[0]!.Module, atHead),
  ]);
  const parts: Parts = {
    Facts: facts,
    Choices: choices,
    Releases: releases,
    ...(written && { Written: written }),
    ...(merge && { WrittenAtHead: merge }),
    ...(after && { After: after }),
    ...(prepared?.Keep && { Keep: prepared.Keep }),
    Prove: choices.Build && provable,
  };
  const tree = (written?.Planned ?? start).Tree;
  const commands = facts.Config?.Commands ?? [];
  const plan: Plan = {
    Format: 1,
    Releases: releases.map((release, i) =>
      plannedRelease(release, comings[i]!, tree, sealed.Sealed[i]!)
    ),
    Base: {
      Commit: head.Commit!,
      ...(repo.Branch !== undefined && { Branch: repo.Branch }),
      Tree: head.Tree,
    },
    Problems: judged,
    Steps: stepsOf(parts),
    ...(commands.length > 0 && { Commands: [...commands] }),
  };
  return { Plan: plan };
}

/**
 * Reports whether a release of one module is prepared like a train: `auto` takes siblings along
 * where they are due, and whose replacement has to go does not hang on whether one is.
 */
function mayDrop({ Do, Modules }: Choices, { Module, Adopted }: Releasing): boolean {
  return Do === "release" && Modules.every(({ Bump }) => Bump === "auto") && !Adopted &&
    Module.GoMod.Mod.Replace.some(({ New }) => New.Version === undefined);
}

/** What the checks see of one release: go.mod as the draft has it. */
async function comingOf(
  release: Releasing,
  train: readonly Releasing[] | undefined,
  facts: Facts,
  choices: Choices,
  draft: Draft,
  edited: Edited | undefined,
): Promise<Coming> {
  const { Module, Version, TagName, Path, Dir, Choice, Adopted } = release;
  const moved = Path !== Module.Path || draft.changed.includes(Module.GoMod.File);
  const found = moved && !edited ? await draft.read(Dir === "" ? "go.mod" : `${Dir}/go.mod`) : null;
  const goMod = edited?.Mod ?? (found ? parse("go.mod", found.Bytes).Mod : Module.GoMod.Mod);
  return {
    Facts: Module.Proxy ? { ...facts, Proxy: Module.Proxy } : facts,
    Choices: choices,
    ...(train && {
      Train: train.map((r) => r.Module),
      Changes: draft.changed.some((path) => owns(Module, path)),
    }),
    Module,
    Version,
    TagName,
    Path,
    Wish: wishOf(Choice),
    Adopted,
    Commits: false,
    Pushes: choices.Push,
    GoMod: goMod,
    Retracts: edited?.Retracts ?? [],
    LatestAfter: Path === Module.Path
      ? latestAfter(facts, Module, Version, goMod.Retract)
      : latestOfNext(facts, Module, Path, Version),
  };
}

/** Every release's hashes, the dependencies first: what requires them has their lines in its go.sum. */
async function sealAll(
  draft: Draft,
  start: Snapshot,
  releases: readonly Releasing[],
  prepared: Prepared | null,
): Promise<{ Sealed: Sealed[] } | { Problems: Problem[] }> {
  const out: Sealed[] = [];
  for (const { Path, Version, Dir } of releases) {
    const tree = draft.empty ? start : await draft.planned();
    const sealed = await seal(draft.repo, tree, { Path, Version, Dir, Unfetchable: true });
    if ("Problems" in sealed) return sealed;
    out.push(sealed);
    await prepared?.sealed?.(draft, { Path, Version, ...sealed });
  }
  return { Sealed: out };
}

function plannedRelease(
  { Module, Version, TagName, Path, Dir }: Releasing,
  { LatestAfter }: Coming,
  tree: string,
  sealed: Sealed,
): PlannedRelease {
  const before = known(Module.Latest)?.Latest;
  return {
    Module: Module.Path,
    ...(Path !== Module.Path && { NewModule: Path }),
    Dir,
    ...(Module.Base && { Base: Module.Base.Version }),
    Version,
    TagName,
    Tree: tree,
    Expect: {
      Sum: sealed.Sum,
      GoModSum: sealed.GoModSum,
      ...(before && { LatestBefore: before }),
      ...(LatestAfter !== null && { Latest: LatestAfter }),
    },
  };
}

/** HEAD's go.mod with the edit, for the merge of a release from another revision. */
async function writtenAtHead(
  repo: Draft["repo"],
  head: Snapshot,
  { HeadGoMod }: ModuleFacts,
  edited: Edited,
) {
  const draft = new Draft(repo, head);
  const { File } = HeadGoMod!;
  draft.edit(File, (await draft.read(File))!.Mode, edited.Bytes, edited.Edits);
  return await draft.written();
}

/** Facts of one commit say nothing about a release from another. */
function notLookedAt({ Repo }: Facts, choices: Choices): Problem | null {
  if (choices.Include.length > 0 !== (Repo.Included !== undefined)) {
    return problem("include-unknown", "The files to be included were not looked at.", {
      fix: "gather the facts of those files",
    });
  }
  if (choices.From === Repo.From?.Rev && !(choices.Do === "release" && isBeside(Repo))) return null;
  const text = `The module was not looked at as it is at ${clean(choices.From ?? "HEAD")}.`;
  return problem("revision-unknown", text, { fix: "gather the facts of that revision" });
}

function wishOf(wanted: Choices["Modules"][number]): Coming["Wish"] {
  if (wanted.Version !== undefined) return "named";
  if (wanted.Bump === "release") return "release";
  return wanted.Bump === "prerelease" || wanted.Pre !== undefined ? "prerelease" : "bump";
}
