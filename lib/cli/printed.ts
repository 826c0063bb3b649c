/** Results as people read them: each has a printer of its own, imported when it is needed. */
import type { Problem } from "../problem.ts";
import { jsonText } from "../text.ts";
import type { Answer, NextDocument } from "./answer.ts";
import type { Style } from "./style.ts";

/** A result as people read it. */
export async function printed(answer: Answer, style: Style): Promise<string> {
  switch (answer.Kind) {
    case "outcome":
      return (await import("./print/outcome.ts")).outcome(answer.Outcome, style);
    case "plan":
      return (await import("./print/plan.ts")).plan(answer.Plan, style);
    case "next":
      return (await import("./print/next.ts")).next(answer.Document);
    case "status":
      return (await import("./print/status.ts")).status(answer.Document, style, answer.Notes);
    case "versions":
      return (await import("./print/versions.ts")).versions(
        answer.Document,
        style,
        answer.Moved,
      );
    case "hash":
      return (await import("./print/hash.ts")).hash(answer.Document, style);
    case "query":
      return (await import("./print/query.ts")).query(answer.Document, style);
    case "graph":
      return (await import("./print/graph.ts")).graph(answer.Document, style);
    case "why":
      return (await import("./print/graph.ts")).why(answer.Document, style);
    case "consumers":
      return (await import("./print/consumers.ts")).consumers(answer.Document, style);
    case "explain":
      return (await import("./print/explain.ts")).explain(answer.Document, style, answer.Below);
    case "gomod":
      return (await import("./print/explain.ts")).explain(answer.Explained!, style);
    case "schema":
      return jsonText(answer.Document, 2) + "\n";
    case "config":
      return (await import("./print/config.ts")).config(answer.Document, style);
    case "check":
      return (await import("./print/check.ts")).check(answer.Document, style);
    case "verify":
      return (await import("./print/verify.ts")).verify(answer.Document, style);
    case "text":
      return answer.Text;
  }
}

/** Problems, as standard error gets them. */
export async function problems(list: readonly Problem[], style: Style): Promise<string> {
  return (await import("./print/problems.ts")).problems(list, style);
}

/** Why a version is advised, as `-v` tells it. */
export async function evidence(document: NextDocument, style: Style): Promise<string> {
  return (await import("./print/next.ts")).evidence(document, style);
}
