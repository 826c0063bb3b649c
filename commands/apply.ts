/** `gorel apply FILE`: carries out a saved plan; refused if what it was built on has moved. */
import { resolve } from "node:path";
import type { Answer, Options } from "../lib/cli/answer.ts";
import { mayAsk } from "../lib/cli/ask.ts";
import { acceptances, defaultWait } from "../lib/cli/options.ts";
import { giveUp } from "../lib/cli/permissions.ts";
import { progressOf, wordsOf } from "../lib/cli/progress.ts";
import { unlessStopped } from "../lib/cli/stopped.ts";
import { Failed, Refused, stops, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean } from "../lib/text.ts";
import { wholeOf } from "../lib/apply/bytes.ts";
import { parsePlan, planInvalid } from "../lib/apply/parse.ts";
import { gather, type PlannedFile } from "../lib/facts/gather.ts";
import { preapply } from "../lib/apply/preapply.ts";
import { releaseCommit, startedFrom, writesInto } from "../lib/plan/commits.ts";
import type { Plan } from "../lib/plan/types.ts";
import { agreed, agreedTo, show } from "./agree.ts";
import { carryOut, notAgreed } from "./carry.ts";

/** Reads the plan, looks whether its ground is still there, and carries it out. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { flags } = options;
  const name = options.args[0];
  if (name === undefined) {
    throw new UsageError("gorel apply needs the file of a plan, or - for stdin");
  }
  // Nobody types a plan, or waits for one, that is not carried out; a file is judged before that.
  if (name === "-") mayAsk(options, services);
  const plan = parsePlan(await read(name, options.cwd));
  const ask = mayAsk(options, services);
  if (!plan.Commands) giveUp("sh");
  const stopping = plan.Problems.filter(stops);
  if (stopping.length > 0) throw new Refused(stopping);
  const release = plan.Releases[0]!;
  const push = plan.Steps.find((s) => s.Do === "push");
  const from = startedFrom(plan);
  const waits = plan.Steps.some((s) => s.Do === "verify") && flags.wait !== 0;
  const facts = await unlessStopped(
    gather(services, {
      Dir: options.cwd,
      ...(plan.Releases.length > 1
        ? { Modules: plan.Releases.map((r) => r.Module) }
        : { Module: release.Module }),
      Release: true,
      ...(from !== undefined && { From: from }),
      Writes: wholeFiles(plan),
      ...(push ? { Remote: push.Remote } : { Offline: "the plan does not push" }),
      ...(!waits && { NoProxy: "the plan does not wait" }),
    }),
    signal,
  );
  if (Array.isArray(facts)) throw new Refused(facts);
  const problems = await preapply(facts, plan);
  if (problems.some(stops)) throw new Refused(problems);
  const shown = show(plan, options, services, ask);
  const digest = await agreedTo(plan, facts.Repo.CommonDir, options, services, signal, ask);
  if (digest === null || (ask && !(await agreed(plan, services, signal)))) {
    return { Kind: "outcome", Outcome: notAgreed() };
  }
  const outcome = await carryOut(
    waits ? plan : withoutWaiting(plan),
    facts,
    {
      Wait: flags.wait ?? defaultWait,
      Hooks: flags.hooks,
      Accept: acceptances(flags),
      Offline: flags.offline,
      ...(digest !== undefined && { Agree: digest }),
    },
    services,
    signal,
    progressOf(options, services),
    wordsOf(options, services),
  );
  return { Kind: "outcome", Outcome: outcome, Shown: shown };
}

/**
 * The files of the release commit that the plan holds as a whole: a go.mod among them is the
 * module's. Of a new major it is that of the next path, and the module is looked at by the one it has.
 */
function wholeFiles(plan: Plan): PlannedFile[] {
  if (plan.Releases.some((r) => r.NewModule !== undefined)) return [];
  return writesInto(plan, releaseCommit(plan)).filter((write) => write.Edits === undefined)
    .map((write) => ({ Path: write.File, After: write.After, Bytes: wholeOf(write) }));
}

/** `--no-wait` at apply: the steps that ask the proxy are left out. */
function withoutWaiting(plan: Plan): Plan {
  return { ...plan, Steps: plan.Steps.filter((s) => s.Do !== "ask-proxy" && s.Do !== "verify") };
}

async function read(name: string, cwd: string): Promise<unknown> {
  let text: string;
  try {
    text = name === "-"
      ? await new Response(Deno.stdin.readable).text()
      : await Deno.readTextFile(resolve(cwd, name));
  } catch (error) {
    throw new Failed(`The plan ${clean(name)} cannot be read: ${clean((error as Error).message)}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused([planInvalid(`${clean(name)} is not a plan: it is no JSON.`)]);
  }
}
