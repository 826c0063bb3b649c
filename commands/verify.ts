/** `gorel verify [VERSION|MODULE@VERSION]`: proves that users get exactly the tag. */
import type { Answer, Options, Progress, VerifyDocument } from "../lib/cli/answer.ts";
import { versionOperand } from "../lib/cli/options.ts";
import { progressOf } from "../lib/cli/progress.ts";
import { unlessStopped } from "../lib/cli/stopped.ts";
import { type Problem, problem, Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { prove } from "../lib/apply/prove.ts";
import { gather } from "../lib/facts/gather.ts";
import { known, type ModuleFacts } from "../lib/facts/types.ts";
import { refusing } from "../lib/git/failure.ts";
import { snapshot } from "../lib/git/tree.ts";
import { matchPathMajor, pathMajorPrefix } from "../lib/go/module.ts";
import { build, canonical, major } from "../lib/go/semver.ts";
import { atRevision } from "../lib/plan/revision.ts";
import { seal } from "../lib/plan/seal.ts";
import { clean, shellWord } from "../lib/text.ts";

/** Verifies a published version (default: the highest release) against the tag that is here. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  // The result tells every step; on the way only what it waits for is news.
  const tell = progressOf(options, services);
  const document = await verified(
    options,
    services,
    signal,
    (step) => (options.flags.events || step.State === "waiting") && tell(step),
  );
  return { Kind: "verify", Document: document };
}

/** The proof itself, rung by rung. */
export function verified(...of: Parameters<typeof proven>): Promise<VerifyDocument> {
  return refusing(proven(...of));
}

async function proven(
  options: Pick<Options, "args" | "flags" | "cwd">,
  services: Services,
  signal: AbortSignal,
  onStep: (step: Progress) => void,
): Promise<VerifyDocument> {
  const { flags } = options;
  const named = options.args[0] === undefined ? undefined : versionOperand(options.args[0]);
  const module = named?.Module ?? flags.module;
  const ask = { Dir: options.cwd, ...(module !== undefined && { Module: module }) };
  if (named) {
    // What no server can have is not asked for: it would remember that it did not find it.
    const here = await gather(services, { ...ask, Offline: "not needed", NoHistory: true });
    if (Array.isArray(here)) throw new Refused(here);
    const wrong = misfit(here.Modules[0]!, named.Version);
    if (wrong) throw new Refused([wrong]);
  }
  const facts = await unlessStopped(
    gather(services, {
      ...ask,
      ...(flags.remote !== undefined && { Remote: flags.remote }),
    }),
    signal,
  );
  if (Array.isArray(facts)) throw new Refused(facts);
  const chosen = facts.Modules[0]!;
  const remote = known(facts.Remote);
  if (!remote) {
    const part = facts.Remote;
    const why = part.State === "failed" ? part.Problem : undefined;
    throw new Refused([why ?? problem("no-remote", "There is no remote to look at.")]);
  }
  const version = named?.Version ?? chosen.Highest?.Version;
  if (version === undefined) {
    throw new Refused([problem("nothing-to-verify", "No version of this module is published yet.", {
      fix: "gorel patch, minor or major makes one",
    })]);
  }
  const tagName = chosen.TagPrefix + canonical(version);
  const at = facts.Repo.Tags.has(tagName) ? await atRevision(facts.Repo, chosen, tagName) : problem(
    "revision-unknown",
    `The tag ${tagName} is not here, so there is nothing to compare with.`,
    {
      fix: `git fetch ${shellWord(remote.Name)} tag ${shellWord(tagName)}`,
    },
  );
  const unfit = "Code" in at ? at.Code === "path-version-mismatch" : at.Version !== version;
  if (isIncompatible(version) && unfit) {
    throw new Refused([mismatch(
      `The commit of ${tagName} has a go.mod without /${major(version)} in its path, so Go takes ` +
        `it for no version of ${clean(chosen.Path)}.`,
    )]);
  }
  if ("Code" in at) throw new Refused([at]);
  const tree = (await snapshot(facts.Repo.Git, at.Commit))!;
  const sealed = await seal(facts.Repo.Git, tree, { Path: at.Path, Version: version, Dir: at.Dir });
  if ("Problems" in sealed) throw new Refused(sealed.Problems);
  const latest = known(chosen.Latest)?.Latest;
  const result = await prove(
    facts.Repo.Git,
    {
      Module: chosen.Path,
      Version: version,
      TagName: tagName,
      Dir: at.Dir,
      Expect: { ...sealed, ...(latest && { Latest: latest }) },
    },
    services,
    {
      Remote: remote.Name,
      Wait: flags.wait ?? 0,
      Next: `gorel verify ${version} --wait 10m`,
      Commit: at.Commit,
      Signal: signal,
      OnStep: onStep,
    },
  );
  return {
    Module: chosen.Path,
    Version: version,
    State: result.State,
    Steps: result.Steps,
    Sum: sealed.Sum,
    GoModSum: sealed.GoModSum,
    Problems: result.Problems,
  };
}

/** Go adds it to a version above v1 of a module whose path does not say its major. */
function isIncompatible(version: string): boolean {
  return build(version) === "+incompatible";
}

/** Why no version of that name can be one of the module; null where it can (go-rules §2.3, §7.4). */
function misfit(module: ModuleFacts, version: string): Problem | null {
  const { Path, PathMajor, TagPrefix, Incompatible } = module;
  const legacy = PathMajor === "" && TagPrefix === "";
  const plain = canonical(version);
  const above = !matchPathMajor(plain, "");
  if (isIncompatible(version) ? legacy && above : matchPathMajor(version, PathMajor)) return null;
  const wanted = pathMajorPrefix(PathMajor);
  return mismatch(
    `${version} is no version of ${clean(Path)}: ${
      wanted === "" ? "its path has no major, so it has v0 and v1" : `its path takes only ${wanted}`
    }.`,
    legacy && above && Incompatible.includes(plain)
      ? `gorel verify ${plain}+incompatible, as Go calls it`
      : undefined,
  );
}

function mismatch(text: string, fix = "gorel versions shows those that there are"): Problem {
  return problem("path-version-mismatch", text, { fix });
}
