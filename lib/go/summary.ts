/** What a module graph needs of a dependency's go.mod. */
import { isGoLine } from "./goversion.ts";
import { parseLax } from "./modfile/rule.ts";
import { errorText } from "./modfile/types.ts";
import type { PathVersion, Unknown } from "./mvs.ts";
import { isWord, requirements, scanPlain } from "./plain.ts";

/** A dependency's go.mod. */
export interface Summary {
  /** What it says its module is called; "" if it does not. */
  Path: string;
  /** Its go line; "" without one. */
  Go: string;
  /** In the order of the file. */
  Require: readonly PathVersion[];
}

/** Reads go.mod files as `parseLax` does; the error is Go's own text with file and line. */
export type Summarize = (bytes: Uint8Array) => Summary | Unknown;

/** A reader that remembers the requirements it has judged: modules that belong together share most. */
export function summarizer(): Summarize {
  const requirement = requirements();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return (bytes) => scan(decoder.decode(bytes), requirement) ?? parsed(bytes);
}

function parsed(bytes: Uint8Array): Summary | Unknown {
  const { Mod, Errors } = parseLax("go.mod", bytes);
  if (Errors.length > 0) return { Error: Errors.map(errorText).join("\n") };
  return {
    Path: Mod.Module?.Path ?? "",
    Go: Mod.Go?.Version ?? "",
    Require: Mod.Require.map(({ Path, Version }) => ({ Path, Version })),
  };
}

/** What a plainly written file says; null for any other, broken ones included. */
function scan(text: string, requirement: ReturnType<typeof requirements>): Summary | null {
  let [Path, Go] = ["", ""];
  const Require: PathVersion[] = [];
  const isPlain = scanPlain(text, ({ Verb, Block, Tokens }) => {
    if (Verb === "require") {
      const one = requirement(Tokens);
      return one !== null && Require.push(one) > 0;
    }
    const [word = ""] = Tokens;
    if (Verb === "module") {
      if (Block || Tokens.length !== 1 || Path !== "" || !isWord(word)) return false;
      Path = word;
    } else if (Verb === "go" && !Block) {
      if (Tokens.length !== 1 || Go !== "" || !isGoLine(word)) return false;
      Go = word;
    }
    // Of the others lax parsing judges this one alone; hardly a file has it.
    return Verb !== "ignore";
  });
  return isPlain ? { Path, Go, Require } : null;
}
