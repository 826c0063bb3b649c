/** What `go mod tidy -diff` would change, as lines that can be read one by one. */
import { clean } from "../text.ts";

/**
 * The lines of go.mod that come and go, each with its directive (`+require example.com/x v1.0.0`),
 * then what comes to and goes from go.sum, without the hashes. Nothing that only holds lines
 * together is among them.
 */
export function changedLines(diff: string): string[] {
  const [goMod, goSum] = [new Set<string>(), new Set<string>()];
  let file = "";
  let verb = "";
  for (const line of diff.split(/\r?\n/)) {
    const header = /^(?:diff|---|\+\+\+) .*\bgo\.(mod|sum)\b/.exec(line);
    if (header) file = header[1]!;
    if (header || line.startsWith("@@")) {
      verb = "";
      continue;
    }
    const [sign, text] = [line.slice(0, 1), clean(line.slice(1))];
    const opened = /^(\w+) \($/.exec(text);
    if (opened) verb = opened[1]!;
    else if (text === ")") verb = "";
    else if (text === "" || !/[+-]/.test(sign)) continue;
    else if (file === "sum") {
      goSum.add(`${sign}${text.replace(/(?:\/go\.mod)? h1:\S+$/, "")} in go.sum`);
    } else goMod.add(sign + withVerb(text, verb, /^\s/.test(line.slice(1))));
  }
  return [...goMod, ...goSum];
}

/** The beginning of a block may lie above what a diff shows: most are of requirements. */
function withVerb(text: string, verb: string, indented: boolean): string {
  if (!indented) return text;
  return `${verb || "require"} ${text}`;
}
