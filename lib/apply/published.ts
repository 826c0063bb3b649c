/** The proof of every release of a plan, once it is out. */
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import { tagStepOf } from "../plan/commits.ts";
import type { OutcomeStep, Plan } from "../plan/types.ts";
import type { Problem } from "../problem.ts";
import { count } from "../text.ts";
import type { Verification, VerifyStep } from "../verify/ladder.ts";
import type { Made } from "./objects.ts";
import { prove, type ProveOptions } from "./prove.ts";

/** What is known of all releases together. */
export interface Published {
  State: Verification["State"];
  /** How the steps `ask-proxy` and `verify` ended: as the one that is farthest from its end. */
  Asked: Partial<OutcomeStep>;
  Verified: Partial<OutcomeStep>;
  Problems: Problem[];
}

/**
 * Climbs the ladder of every release at the same time: each asks a proxy only when the remote
 * shows its own tag, and none waits for another.
 */
export async function provePublished(
  repo: Repository,
  plan: Plan,
  made: Made,
  options: Pick<ProveOptions, "Remote" | "Wait" | "Next" | "Signal" | "OnStep"> & {
    /** Called once, when the proxy has answered for every release, before the rest is looked at. */
    Between?: () => Promise<void>;
  },
): Promise<Published> {
  const { clock } = repo.services;
  const began = clock.now();
  const several = plan.Releases.length > 1;
  const Look = sharing(() => lsRemote(repo, options.Remote));
  const { Between } = options;
  const Asked = Between && meeting<VerifyStep["State"]>(plan.Releases.length, async (states) => {
    if (states.every((state) => state === "ok" || state === "skipped")) await Between();
  });
  const proofs = await Promise.all(plan.Releases.map((release) => {
    const tag = tagStepOf(plan, release);
    const oid = tag && made.get(tag.Id);
    const OnStep = options.OnStep && several
      ? (step: VerifyStep) => options.OnStep!({ ...step, Of: release.TagName })
      : options.OnStep;
    return prove(repo, release, repo.services, {
      ...options,
      ...(OnStep && { OnStep }),
      ...(Asked && { Asked }),
      Look,
      Commit: tag ? made.get(tag.Of) ?? tag.Of : plan.Base.Commit,
      ...(oid !== undefined && { TagOid: oid }),
    });
  }));
  const State = worst(proofs.map((proof) => proof.State), ["failed", "pending", "published"]);
  const infos = proofs.flatMap((proof) => proof.Steps.filter((step) => step.Do === "info"));
  const asked = worst(infos.map((info) => info.State), [
    "failed",
    "waiting",
    "not-asked",
    "skipped",
    "ok",
  ]);
  const info = infos.find((step) => step.State === asked)!;
  const slowest = Math.max(...infos.map((step) => step.Ms ?? -1));
  const published = proofs.filter((proof) => proof.State === "published").length;
  return {
    State,
    Asked: {
      State: ofRung[asked],
      ...(info.Detail !== undefined && { Detail: info.Detail }),
      ...(slowest >= 0 && { Ms: slowest }),
    },
    Verified: {
      State: ofProof[State],
      Detail: proofs.length === 1
        ? proofs[0]!.Proven.at(-1) ?? ""
        : `${published} of ${count(proofs.length, "release")} proven`,
      Ms: clock.now() - began,
    },
    Problems: proofs.flatMap((proof) => proof.Problems),
  };
}

/** The first of `order` that is among them. */
function worst<S extends string>(states: readonly S[], order: readonly S[]): S {
  return order.find((state) => states.includes(state))!;
}

/** Those who ask while it runs share one answer; the next one asks anew. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => running ??= ask().finally(() => running = undefined);
}

/** Those who come wait until so many are there; then one thing is done, once, and all go on. */
function meeting<T>(of: number, then: (all: readonly T[]) => Promise<void>) {
  const met = Promise.withResolvers<void>();
  const all: T[] = [];
  return (one: T): Promise<void> => {
    if (all.push(one) === of) then(all).then(met.resolve, met.reject);
    return met.promise;
  };
}

/** What a rung of the ladder, and the whole of it, is as a step of the plan. */
const ofRung: Readonly<Record<VerifyStep["State"], OutcomeStep["State"]>> = {
  ok: "done",
  failed: "failed",
  waiting: "waiting",
  skipped: "skipped",
  "not-asked": "not-asked",
};
const ofProof = { published: "done", pending: "waiting", failed: "failed" } as const;
