/**
 * Facts and choices give a plan, or problems. Nothing is written: the hashes
 * of the coming release are computed from the planned tree (DESIGN.md §1).
 */
import { accept, type Code, type Problem, problem, stops } from "../problem.ts";
import type { Choices } from "../choices.ts";
import { advisedBump, majorReason } from "../advice/advise.ts";
import { resolveVersion } from "../advice/version.ts";
import { preflight } from "../checks/all.ts";
import { nothingDue } from "../checks/nothing.ts";
import type { Coming } from "../checks/types.ts";
import { type Facts, isBeside, known, type ModuleFacts, startOf } from "../facts/types.ts";
import { incomplete } from "../git/failure.ts";
import { clean } from "../text.ts";
import { latestAfter } from "./latest.ts";
import { type Edited, edited as editedGoMod, editedAtHead } from "./edit.ts";
import { seal } from "./seal.ts";
import { storage } from "./storage.ts";
import { type Parts, stepsOf } from "./steps.ts";
import type { Plan } from "./types.ts";
import { written } from "./writes.ts";

/** A plan; or why there is none; or, for `auto`, that there is nothing to do. */
export type Built = { Plan: Plan } | { Problems: Problem[] } | { Nothing: string };

/**
 * Builds the plan of one module's release. The same facts and choices give
 * the same bytes. Refused with every problem that was found, not only the first.
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
  const wanted = choices.Modules[0];
  const module = facts.Modules.find((m) => m.Dir === wanted?.Dir);
  if (!wanted || !module) return { Problems: facts.Problems };
  const elsewhere = notLookedAt(facts, choices);
  if (elsewhere) return { Problems: [elsewhere] };
  const start = startOf(repo);

  const advised = advisedBump(module);
  if (wanted.Bump === "auto" && choices.Do === "release") {
    const why = nothingDue(facts, module);
    if (why !== null && !choices.Accept.some((a) => a.Code === "nothing-to-release")) {
      return { Nothing: why };
    }
  }
  const resolved = resolveVersion(module, wanted, advised);
  if ("Code" in resolved) return { Problems: [...facts.Problems, resolved] };
  if (resolved.NewModule) {
    return {
      Problems: [problem(
        "major-not-built",
        `gorel cannot release ${resolved.Version} yet: ${majorReason(resolved.NewModule)}.`,
        { fix: "gorel minor, if nothing breaks for users" },
      )],
    };
  }
  const version = resolved.Version;
  const tagName = module.TagPrefix + version;

  const included = repo.Included?.Files ?? [];
  const commits = choices.Do !== "release" || included.length > 0;
  const problems: Problem[] = [...repo.Included?.Problems ?? []];
  let edited: Edited | undefined;
  let atHead: Edited | undefined;
  // What Go cannot read says nothing of what stands in it.
  const readable = !facts.Problems.some((p) => p.Code === "go-mod-invalid");
  if (choices.Do !== "release" && readable) {
    const result = editedGoMod(module, choices.Edit ?? {}, version);
    if (Array.isArray(result)) problems.push(...result);
    else edited = result;
  }
  if (edited && isBeside(repo)) {
    const result = editedAtHead(module, choices.Edit ?? {}, version);
    if (Array.isArray(result)) problems.push(...result);
    else atHead = result ?? undefined;
  }
  const after = latestAfter(
    facts,
    module,
    version,
    (edited?.Mod ?? module.GoMod.Mod).Retract,
  );
  const adopted = isAdopted(facts, module, choices, tagName);
  const coming: Coming = {
    Facts: facts,
    Choices: choices,
    Module: module,
    Version: version,
    TagName: tagName,
    Wish: wishOf(wanted),
    Adopted: adopted,
    Commits: commits,
    Pushes: choices.Push,
    GoMod: edited?.Mod ?? module.GoMod.Mod,
    Retracts: edited?.Retracts ?? [],
    LatestAfter: after,
  };
  problems.push(...preflight(coming));
  if (!adopted) problems.push(...await storage(facts, module, edited !== undefined));
  const judged = accept(ofItsNumber(problems), choices.Accept, { writesFiles: commits });
  if (judged.some(stops)) return { Problems: judged };

  const [release, merge] = await Promise.all([
    commits ? written(repo.Git, start, module.GoMod, edited, included) : undefined,
    atHead && written(repo.Git, head, module.HeadGoMod!, atHead),
  ]);
  const sealed = await seal(repo.Git, release?.Planned ?? start, {
    Path: module.Path,
    Version: version,
    Dir: module.Dir,
    Unfetchable: true,
  });
  if ("Problems" in sealed) return { Problems: [...judged, ...sealed.Problems] };

  const before = known(module.Latest)?.Latest;
  const parts: Parts = {
    Facts: facts,
    Choices: choices,
    Module: module,
    Release: { Version: version, TagName: tagName },
    Adopted: adopted,
    ...(release && { Written: release }),
    ...(merge && { WrittenAtHead: merge }),
  };
  const plan: Plan = {
    Format: 1,
    Releases: [{
      Module: module.Path,
      Dir: module.Dir,
      ...(module.Base && { Base: module.Base.Version }),
      Version: version,
      TagName: tagName,
      Tree: (release?.Planned ?? start).Tree,
      Expect: {
        Sum: sealed.Sum,
        GoModSum: sealed.GoModSum,
        ...(before && { LatestBefore: before }),
        ...(after !== null && { Latest: after }),
      },
    }],
    Base: {
      Commit: head.Commit!,
      ...(repo.Branch !== undefined && { Branch: repo.Branch }),
      Tree: head.Tree,
    },
    Problems: judged,
    Steps: stepsOf(parts),
  };
  return { Plan: plan };
}

/**
 * Without what follows from a number that will not come: no range takes in one that is taken,
 * and one that was counted in a part of the history says nothing.
 */
function ofItsNumber(problems: readonly Problem[]): readonly Problem[] {
  const has = (code: Code) => problems.some((p) => p.Code === code);
  const follows: Code[] = [
    ...(has("version-exists") || has("shallow") ? ["retract-covers-itself" as const] : []),
    ...(has("shallow")
      ? [
        "version-exists",
        "backport",
        "latest-lower",
        "retract-ineffective",
        "born-retracted",
      ] as const
      : []),
  ];
  return problems.filter((p) => !follows.includes(p.Code));
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

/** A tag made by hand at HEAD that the remote does not have is sent as it is (DESIGN.md §3). */
function isAdopted(facts: Facts, module: ModuleFacts, choices: Choices, tagName: string): boolean {
  if (choices.Do !== "release" || choices.Modules[0]?.Version === undefined) return false;
  if (choices.Include.length > 0) return false;
  const here = facts.Repo.Tags.get(tagName);
  if (here?.Commit !== facts.Repo.Head?.Commit || here === undefined) return false;
  const onProxy = module.Versions.some((v) => v.Tag === tagName && v.OnProxy);
  return !onProxy && !known(facts.Remote)?.Tags.has(tagName);
}
