/** Plans of several releases, of new majors and of two commits, made from the bytes that they are to write. */
import { Draft } from "../../lib/plan/draft.ts";
import { seal } from "../../lib/plan/seal.ts";
import { stepsOf } from "../../lib/plan/steps.ts";
import type { Releasing } from "../../lib/plan/build.ts";
import type { Plan } from "../../lib/plan/types.ts";
import type { Choices } from "../../lib/choices.ts";
import { machine } from "../../lib/cli/machine.ts";
import { gather } from "../../lib/facts/gather.ts";
import { environment } from "./gorel.ts";
import type { Repo } from "./repo.ts";

export interface WantedRelease {
  Path: string;
  NewPath?: string;
  /** The folder in the tagged commit; absent: where it is. */
  Dir?: string;
  Version: string;
}

/** Files from the root; null deletes. */
export type Wanted = Record<string, string | null>;

export interface WantedPlan {
  /** Dependencies first. */
  Releases: readonly WantedRelease[];
  Files: Wanted;
  /** What the commit behind the tagged one writes. */
  After?: Wanted;
  /** The branch that is made at HEAD. */
  Keep?: string;
  Push?: boolean;
  /** True: the plan ends with the proof. */
  Wait?: boolean;
  Prove?: boolean;
}

const choices: Choices = {
  Do: "release",
  Modules: [],
  RestoreReplaces: false,
  Include: [],
  Push: true,
  Messages: {},
  Signoff: false,
  Hooks: true,
  Build: false,
  Wait: 0,
  Offline: false,
  Accept: [],
};

/** Makes the plan of a repository whose branch has an upstream. */
export async function planOf(
  repo: Pick<Repo, "dir" | "env">,
  wanted: WantedPlan,
): Promise<Plan> {
  const facts = await gather(machine({ ...environment(), ...repo.env }), {
    Dir: repo.dir,
    All: true,
    Release: true,
    NoProxy: "not needed",
  });
  if (Array.isArray(facts)) throw new Error(JSON.stringify(facts));
  const head = facts.Repo.Head!;
  const draft = new Draft(facts.Repo.Git, head);
  await change(draft, wanted.Files);
  const releases = wanted.Releases.map(({ Path, NewPath, Dir, Version }): Releasing => {
    const module = facts.Modules.find((m) => m.Path === Path);
    if (!module) throw new Error(`no module ${Path}`);
    const TagName = module.TagPrefix + Version;
    const now = { Path: NewPath ?? Path, Dir: Dir ?? module.Dir, Adopted: false };
    return { Choice: { Dir: module.Dir, Version }, Module: module, Version, TagName, ...now };
  });
  const commits = !draft.empty;
  const tree = commits ? await draft.planned() : head;
  const planned: Plan["Releases"] = [];
  for (const { Module, Path, Dir, Version, TagName } of releases) {
    const sealed = await seal(facts.Repo.Git, tree, { Path, Dir, Version });
    if ("Problems" in sealed) throw new Error(JSON.stringify(sealed));
    planned.push({
      Module: Module.Path,
      ...(Path !== Module.Path && { NewModule: Path }),
      Dir,
      ...(Module.Base && { Base: Module.Base.Version }),
      Version,
      TagName,
      Tree: tree.Tree,
      Expect: { Sum: sealed.Sum, GoModSum: sealed.GoModSum, Latest: Version },
    });
  }
  const behind = wanted.After && new Draft(facts.Repo.Git, tree);
  if (behind) await change(behind, wanted.After!);
  const after = behind && { Written: await behind.written(), Message: "Behind the release\n" };
  return {
    Format: 1,
    Releases: planned,
    Base: { Commit: head.Commit!, Branch: facts.Repo.Branch!, Tree: head.Tree },
    Problems: [],
    Steps: stepsOf({
      Facts: facts,
      Choices: { ...choices, Push: wanted.Push ?? true, Wait: wanted.Wait ? 60_000 : 0 },
      Releases: releases,
      ...(commits && { Written: await draft.written() }),
      ...(after && { After: after }),
      ...(wanted.Keep !== undefined && { Keep: { Name: wanted.Keep, Commit: head.Commit! } }),
      Prove: wanted.Prove ?? false,
    }),
  };
}

async function change(draft: Draft, files: Wanted): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const before = await draft.read(path);
    if (text === null) draft.remove(path, before!.Mode);
    else draft.edit(path, before?.Mode ?? "100644", new TextEncoder().encode(text));
  }
}
