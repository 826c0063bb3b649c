/** What a query that got no answer is as a problem. */
import type { Wrong } from "../lib/go/modquery.ts";
import { type Code, type Problem, problem } from "../lib/problem.ts";
import { clean, shellWord } from "../lib/text.ts";

interface Asked {
  readonly Path: string;
  readonly Query: string;
}

const codes: Readonly<Record<Wrong["Wrong"], Code>> = {
  "malformed": "query-failed",
  "path": "path-invalid",
  "no-match": "query-no-match",
  "disallowed": "query-no-match",
  "no-current": "query-no-current",
  "unknown": "revision-unknown",
  "no-module": "query-failed",
  "unusable": "proxy-unreachable",
  "refused": "query-failed",
  "off": "proxy-unset",
};

/** A refusal with Go's words, and the way out. */
export function asProblem(asked: Asked, wrong: Wrong): Problem {
  if (wrong.Problem) return wrong.Problem;
  const { text, fix } = said(asked, wrong);
  return problem(codes[wrong.Wrong], text, { fix });
}

function said({ Path, Query }: Asked, wrong: Wrong): { text: string; fix: string } {
  const [path, query] = [clean(Path), clean(Query)];
  const of = `${path}@${query}`;
  const words = clean(wrong.Words);
  switch (wrong.Wrong) {
    case "path":
      return {
        text: `Go does not accept the module path: ${words}.`,
        fix: "name the module as its go.mod does",
      };
    case "no-match":
    case "disallowed":
      return {
        text: `Nothing answers ${of}: ${words}.`,
        fix: `go list -m -versions -retracted ${shellWord(Path)} names every version`,
      };
    case "no-current":
      return {
        text: `Go ${words}.`,
        fix: "--current VERSION, or ask where a go.mod requires the module",
      };
    case "unknown":
      return {
        text: `Nobody has ${of}: ${words}.`,
        fix: `gorel query ${shellWord(`${Path}@latest`)}`,
      };
    case "no-module":
      return {
        text: `Nobody knows the module ${path}: ${words}.`,
        fix: "look at the path, and at GOPROXY",
      };
    case "unusable":
      return {
        text: `There is no usable answer to ${of}: ${words}.`,
        fix: "try again, or look at GOPROXY",
      };
    case "off":
      return {
        text: `Nobody can be asked about ${path}: ${words}.`,
        fix: "set GOPROXY to a module proxy",
      };
    case "malformed":
    case "refused":
      return {
        text: `Go refuses ${of}: ${words}.`,
        fix: `gorel query ${shellWord(`${Path}@latest`)}`,
      };
  }
}

/** A module that GOPROXY=direct takes from a repository that is not this one. */
export function notOurs(path: string, offline: boolean): Wrong {
  const words = offline
    ? "it is no module of this repository, and --offline asks nobody else"
    : "go would fetch its repository, which is not this one";
  const problemOf = problem("proxy-unset", `Nobody can be asked about ${clean(path)}: ${words}.`, {
    fix: offline ? "leave out --offline" : "set GOPROXY to a module proxy that has it",
  });
  return { Wrong: "off", Words: words, Problem: problemOf };
}

/** A version whose retractions cannot be read: go passes over that in silence. */
export function unread({ Path, Query }: Asked, wrong: Wrong): Problem {
  return problem(
    "latest-broken",
    `Whether ${clean(Path)}@${clean(Query)} is retracted is not known, because the newest ` +
      `version's go.mod cannot be read: ${clean(wrong.Problem?.Text ?? wrong.Words)}.`,
    { fix: "try again; a higher release with a go.mod that can be read ends it" },
  );
}
