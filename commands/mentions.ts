/** What a new major finds of the old path, in the tree that would be released. */
import { advisedBump } from "../lib/advice/advise.ts";
import { resolveVersion } from "../lib/advice/version.ts";
import type { Choices } from "../lib/choices.ts";
import { gather } from "../lib/facts/gather.ts";
import type { Facts, ModuleFacts } from "../lib/facts/types.ts";
import type { Snapshot } from "../lib/git/tree.ts";
import { Draft } from "../lib/plan/draft.ts";
import { search } from "../lib/plan/major/search.ts";
import { type Problem, problem } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import type { Found } from "../lib/tui/screens/major/found.ts";

/** Searches HEAD, with the changed files that are included; why there can be no such major. */
export async function mentionsFor(
  facts: Facts,
  module: ModuleFacts,
  choices: Choices,
  services: Services,
): Promise<Found> {
  const coming = resolveVersion(module, choices.Modules[0]!, advisedBump(module));
  if ("Code" in coming) return { Searched: null, Problems: [coming] };
  const { Version, NewModule: Path } = coming;
  const tree = await treeOf(facts, module, choices, services);
  if (Array.isArray(tree)) return { Searched: null, Problems: tree };
  if (!tree || Path === undefined) return { Searched: null, Problems: [] };
  const renaming = { Module: module, Path, Version };
  const found = await search(tree, renaming, choices.Major?.Layout);
  return "Code" in found
    ? { Searched: null, Problems: [found] }
    : { Searched: found, Problems: [] };
}

async function treeOf(
  { Repo }: Facts,
  { Dir }: ModuleFacts,
  { Include }: Choices,
  services: Services,
): Promise<Snapshot | null | Problem[]> {
  if (!Repo.Head) return [problem("no-commit", "HEAD has no commit yet.", { fix: "git commit" })];
  if (Include.length === 0) return Repo.Head;
  const Offline = "not needed";
  const ask = { Dir: Repo.Root, Module: Dir || ".", Release: true, Offline, Include };
  const facts = await gather(services, ask);
  if (Array.isArray(facts)) return facts;
  const draft = new Draft(Repo.Git, Repo.Head);
  for (const file of facts.Repo.Included?.Files ?? []) draft.include(file);
  return draft.empty ? Repo.Head : await draft.planned();
}
