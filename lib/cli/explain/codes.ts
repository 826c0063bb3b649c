/** `gorel explain CODE` and `gorel explain codes`: what a problem means, and the way out. */
import { type Code, codes, type Kind, kindOf } from "../../problem.ts";
import type { ExplainDocument } from "../answer.ts";
import { config } from "./codes/config.ts";
import { major } from "./codes/major.ts";
import { module } from "./codes/module.ts";
import { publishing } from "./codes/publishing.ts";
import { repository } from "./codes/repository.ts";
import { retraction } from "./codes/retraction.ts";
import type { CodeText } from "./topic.ts";

const texts: Readonly<Record<Code, CodeText>> = {
  ...repository,
  ...config,
  ...module,
  ...major,
  ...retraction,
  ...publishing,
};

/** What there is to say about a problem code; it always begins with the sentence of the list. */
export function codeOf(code: Code): ExplainDocument {
  const { short, text, example } = texts[code];
  return {
    Subject: code,
    Kind: "code",
    Text: [short, text, levelSentence(code, kindOf(code))],
    Example: [...example],
  };
}

/** Every code with its level, whether it can be accepted, and one sentence. */
export function codesDocument(): ExplainDocument {
  return {
    Subject: "codes",
    Kind: "codes",
    Text: [
      "A stop refuses the release before anything is written, with exit 3; a warning and a note " +
      "never do. --accept CODE=REASON lets through what is marked so. gorel explain CODE says more.",
    ],
    List: codes.map((code) => ({
      Name: code,
      Text: `${levelWord(kindOf(code))}: ${texts[code].short}`,
    })),
  };
}

function levelWord({ level, accept }: Kind): string {
  switch (accept) {
    case "always":
      return `${level}, --accept`;
    case "writes-nothing":
      return `${level}, --accept if no file is written`;
    case "never":
      return level;
  }
}

function levelSentence(code: Code, { level, accept }: Kind): string {
  if (level === "warn") return "A warning: it never stops a release.";
  if (level === "note") return "A note: it never stops a release.";
  switch (accept) {
    case "always":
      return `It stops, unless it is let through with --accept ${code}=REASON; the plan keeps the reason.`;
    case "writes-nothing":
      return `It stops; --accept ${code}=REASON lets it through if the plan writes no file.`;
    case "never":
      return "It stops; nothing lets it through.";
  }
}
