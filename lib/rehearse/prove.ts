/**
 * The `prove` steps of a plan: the real go command over the planned tree, before anything is
 * written. What failed before as well only warns; what cannot be asked is skipped, with the reason.
 */
import type { MajorChoice } from "../choices.ts";
import { goSettings } from "../config/goenv.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { pathOf } from "../plan/commits.ts";
import type { OutcomeStep, Plan, ProveStep } from "../plan/types.ts";
import type { Acceptance, Problem } from "../problem.ts";
import { shareTools } from "./cache.ts";
import { Workplace } from "./copy.ts";
import { gate } from "./gate.ts";
import { type Offer, serve, sourceOf, write } from "./offer.ts";
import { Proving } from "./proving.ts";
import { hidden } from "./said.ts";
import { notBuilt } from "./words.ts";

/** A step that begins or has ended. */
export type ProofNews = Omit<OutcomeStep, "State"> & { State: OutcomeStep["State"] | "begun" };

export interface ProofOptions {
  signal: AbortSignal;
  /** What the maintainer lets through. */
  accept: readonly Acceptance[];
  /** What was chosen of the mentions of the old path of a new major. */
  classes?: MajorChoice["Classes"];
  /** True: nobody on the network may be asked. */
  offline: boolean;
  /** The versions of a module that are known to be out: these may be asked for. */
  published: (path: string) => readonly string[];
  onStep: (news: ProofNews) => void;
  /** Hears what go says, line by line. */
  heard: (line: string) => void;
}

export interface Proof {
  /** One for each `prove` step; those that were not reached are "not-asked". */
  Steps: OutcomeStep[];
  /** What was found, with what was accepted marked. */
  Problems: Problem[];
  /** True: the signal ended it. */
  Stopped: boolean;
}

/** The trees that are compared. */
export interface Trees {
  /** The one that will be tagged. */
  Planned: Snapshot;
  /** What is tagged and served as the coming versions, where that is another tree. */
  Tagged?: Snapshot;
  /** The one that the plan starts from. */
  Before: Snapshot;
}

/**
 * Carries out the `prove` steps of a plan in a temporary folder, which is gone afterwards however
 * it ends. Problems: `not-tidy`, `build-failed`, `vet-failed` (warnings where the tree before fails
 * as well) and the note `not-built` for what could not be asked.
 */
export async function proveTree(
  repo: Repository,
  plan: Plan,
  trees: Trees,
  options: ProofOptions,
): Promise<Proof> {
  const steps = plan.Steps.filter((step): step is ProveStep => step.Do === "prove");
  if (steps.length === 0) return { Steps: [], Problems: [], Stopped: false };
  await using place = await Workplace.make();
  const { services } = repo;
  const settings = await goSettings(services, place.path);
  if (settings.From !== "go") return unbuilt(steps, options);
  const coming = plan.Releases.map((release) => ({
    Path: pathOf(release),
    Version: release.Version,
    Dir: release.Dir,
  }));
  const { published, offline } = options;
  const source = sourceOf(
    repo,
    trees.Tagged ?? trees.Planned,
    coming,
    published,
    services.clock.now(),
  );
  const served = offline ? null : await serve(source, coming, published, gate(services, settings));
  const offer = served ?? await write(source, coming, place.folder("offer"));
  try {
    const cache = place.folder("modules");
    if (settings.GOMODCACHE) shareTools(settings.GOMODCACHE, cache);
    const proving = await Proving.of({
      Repo: repo,
      Plan: plan,
      Trees: trees,
      Coming: coming,
      Options: options,
      Go: {
        processes: services.processes,
        ground: {
          Settings: settings,
          Offer: offer,
          Paths: coming.map((c) => c.Path),
          Offline: offline,
          Temp: place.folder("tmp"),
          Cache: cache,
        },
        place,
        hidden: [
          ...addresses(offer),
          ...hidden(cache, "the module cache"),
          ...(settings.GOMODCACHE ? hidden(settings.GOMODCACHE, "the module cache") : []),
          ...hidden(place.path, "a temporary folder"),
        ],
        signal: options.signal,
        heard: once(options.heard),
      },
    });
    return await proving.all(steps);
  } finally {
    await offer.stop();
  }
}

/** Of several modules go says the same of a file that all of them use: it is told once. */
function once(heard: (line: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (told.has(line)) return;
    told.add(line);
    heard(line);
  };
}

function addresses({ Url, Gate }: Offer): [string, string][] {
  return [Gate, Url].flatMap((url) => url === undefined ? [] : [[url, "gorel's own proxy"]]);
}

/** Without go nothing can be asked. */
function unbuilt(steps: readonly ProveStep[], options: ProofOptions): Proof {
  const why = "there is no go command here";
  const ended = steps.map(({ Id, Do }): OutcomeStep => ({ Id, Do, State: "skipped", Detail: why }));
  for (const step of ended) options.onStep(step);
  return {
    Steps: ended,
    Problems: [notBuilt("The coming release was not built: there is no go command here.")],
    Stopped: false,
  };
}
