/** `gorel query MODULE@QUERY…`: what `go list -m -json MODULE@QUERY` gives, without changing the choice. */
import type { Answer, Options, Queried, QueryRefused } from "../lib/cli/answer.ts";
import { goSettings } from "../lib/config/goenv.ts";
import type { Here } from "../lib/facts/gather/here.ts";
import { mainModule } from "../lib/facts/gather/mainmodule.ts";
import type { Found } from "../lib/facts/gather/queries.ts";
import { together } from "../lib/git/together.ts";
import { type Named, namedIn } from "../lib/go/finddir.ts";
import { isWrong, type ModuleRepo, type Wrong } from "../lib/go/modquery.ts";
import { matchQuery } from "../lib/go/querymatcher.ts";
import { isValid } from "../lib/go/semver.ts";
import { type Problem, problem, Refused, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean } from "../lib/text.ts";
import { asProblem, notOurs, unread } from "./queried.ts";

/** Queries that are asked at a time. */
const atATime = 8;

/** Resolves the queries, in their order. */
export async function run(
  { args, flags, cwd }: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const asked = args.map(operand);
  const { current } = flags;
  if (current !== undefined && !isValid(current)) {
    throw new UsageError(`${clean(current)} is no version: --current takes one like v1.2.3`);
  }
  const offline = flags.offline ?? false;
  const whom = {
    Dir: cwd,
    Offline: offline,
    ...(flags.remote !== undefined && { Remote: flags.remote }),
  };
  const [settings, main, { Queries }] = await together([
    offline ? { GONOPROXY: "" } : goSettings(services, cwd),
    mainModule(cwd),
    import("../lib/facts/gather/queries.ts"),
  ]);
  if (Array.isArray(main)) throw new Refused(main);
  const direct = repository(services, whom);
  const around = { Settings: settings, Main: main, Offline: offline, direct };
  const queries = new Queries(services, around, signal);

  const answers: (Found | Wrong)[] = [];
  const waiting = asked.entries();
  await together(Array.from({ length: atATime }, async () => {
    for (const [i, { Path, Query }] of waiting) {
      answers[i] = await queries.ask(Path, Query, current);
    }
  }));
  signal.throwIfAborted();
  return document(asked, answers, offline);
}

interface Operand {
  Path: string;
  Query: string;
}

/** `MODULE@QUERY`, where the command line alone does not show that go would not take it. */
function operand(text: string): Operand {
  const at = text.indexOf("@");
  const [Path, Query] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  const shown = clean(text);
  if (at < 0 || Path === "" || Query === "") {
    throw new UsageError(`${shown} is not MODULE@QUERY, as in example.com/m@latest`);
  }
  if (text.includes("\\")) throw new UsageError(`${shown}: module paths never use backslash`);
  if (/^\.\.?(\/|$)/.test(Path)) {
    throw new UsageError(`cannot use relative path ${shown} to specify module`);
  }
  if (/^[-/]/.test(Query)) {
    throw new UsageError(`invalid module version ${JSON.stringify(clean(Query))}`);
  }
  const matched = matchQuery(Path, Query, "");
  if (matched.Is === "malformed") throw new UsageError(clean(matched.Words));
  return { Path, Query };
}

/** This repository, looked at once and only where it is asked. */
function repository(
  services: Services,
  whom: { Dir: string; Offline: boolean; Remote?: string },
): (path: string) => Promise<ModuleRepo | Wrong> {
  const begin = async () => {
    const room = await import("../lib/facts/gather/direct.ts");
    return { ...room, Offered: await room.offered(services, whom) };
  };
  let begun: ReturnType<typeof begin> | undefined;
  return async (path) => {
    const { Offered, directRepo } = await (begun ??= begin());
    if (Array.isArray(Offered)) {
      const [first] = Offered;
      const isNone = ["not-a-repository", "no-commit", "unsupported-repository", "git-missing"]
        .includes(first!.Code);
      return isNone
        ? notOurs(path, whom.Offline)
        : { Wrong: "unusable", Words: first!.Text, Problem: first! };
    }
    const module = namedIn(Offered.Roots, path) ?? await inTags(Offered.Here, path);
    return module ? directRepo(Offered, module) : notOurs(path, whom.Offline);
  };
}

/** A module that HEAD's go.mod files do not speak of. */
async function inTags(here: Here, path: string): Promise<Named | null> {
  return await (await import("../lib/facts/gather/elsewhere.ts")).elsewhere(here, path);
}

function document(asked: Operand[], answers: (Found | Wrong)[], offline: boolean): Answer {
  const problems: Problem[] = [];
  if (offline) {
    const text = "Neither a proxy nor the remote was asked (--offline): what is here counts as " +
      "published.";
    problems.push(problem("not-asked", text));
  }
  const rows = asked.map((of, i): Queried | QueryRefused => {
    const answer = answers[i]!;
    if (isWrong(answer)) {
      const refused = asProblem(of, answer);
      return { ...of, Error: { Code: refused.Code, Text: refused.Text, Problems: [refused] } };
    }
    const { Version, Time, Retracted, Deprecated, Unread } = answer;
    if (Unread) problems.push(unread({ ...of, Query: Version }, Unread));
    return {
      Path: of.Path,
      Version,
      ...(Time !== undefined && { Time }),
      Query: of.Query,
      ...(Retracted && { Retracted }),
      ...(Deprecated !== undefined && { Deprecated }),
    };
  });
  const [only] = rows;
  if (rows.length === 1 && "Error" in only!) throw new Refused(only.Error.Problems);
  return {
    Kind: "query",
    Document: rows.length === 1 ? only as Queried : rows,
    Problems: problems,
    Exit: rows.some((row) => "Error" in row) ? 3 : 0,
  };
}
