/** What git said when it failed, and the few failures that refuse a release instead of breaking it. */
import { Failed, type Problem, problem, Refused } from "../problem.ts";
import type { RunResult } from "../services.ts";
import { cleanLines, decode, withoutCredentials } from "../text.ts";

/** The failure of a git process as an error that names the command and git's reason. */
export function failed(args: readonly string[], result: RunResult): Failed {
  const command = args.find((arg, i) => !arg.startsWith("-") && args[i - 1] !== "-c");
  const said = words(result);
  if (/(clean|smudge|process) filter .*failed|external filter/.test(said)) {
    const text = `git ${command ?? ""}: ${said}`;
    return new Failed(text, [problem("unsupported-repository", `A filter of git fails: ${said}.`, {
      fix: "install the program that the attribute filter asks for, or mend its settings",
    })]);
  }
  return /promisor remote|unable to read (tree|sha1|object)|bad tree object/.test(said)
    ? notHere(/\b[0-9a-f]{40,64}\b/.exec(said)?.[0] ?? "")
    : new Failed(`git ${command ?? ""}: ${said}`);
}

/**
 * The failure that an object is not here, with the problem that refuses a release: a
 * partial clone is not completed by the way, because reading asks no server.
 */
export function notHere(name: string): Failed {
  const shown = JSON.stringify(name).slice(1, -1);
  const text = `Git has no object ${shown} here: this is a partial clone, or a damaged one.`;
  return new Failed(text, [
    problem("unsupported-repository", text, { fix: "git fetch --refetch --no-filter" }),
  ]);
}

/** What refuses a release because files cannot be read as they are; null for every other error. */
export function incomplete(error: unknown): Problem[] | null {
  const problems = error instanceof Failed ? [...error.problems] : [];
  return problems.some((p) => p.Code === "unsupported-repository") ? problems : null;
}

/** What a work gives; where files cannot be read as they are, that is thrown as a refusal. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const problems = incomplete(error);
    throw problems ? new Refused(problems) : error;
  }
}

/**
 * Git's own words for a failure in one line: what it calls fatal or an error, without
 * hints, control characters and credentials, and without a full stop at the end.
 */
export function words(result: RunResult): string {
  if (result.Killed === "timeout") return "no answer within the time limit";
  if (result.Killed === "output") return "too much output";
  const lines = cleanLines(withoutCredentials(decode(result.Stderr)), 50)
    .filter((line) => line !== "" && !/^(hint|warning):/.test(line));
  const marked = lines.flatMap((line, i) =>
    /^(fatal|error):/.test(line)
      // What a colon announces stands in the next line.
      ? [line.endsWith(":") ? `${line} ${lines[i + 1] ?? ""}`.trim() : line]
      : []
  );
  const text = (marked.length > 0 ? marked : lines).slice(0, 4)
    .map((line) => line.replace(/^((fatal|error): )+/, "")).join("; ");
  return text.replace(/\.$/, "") || `exit code ${result.Code}`;
}
