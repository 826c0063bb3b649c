/** One step of a release or of its proof as a row. */
import { clean } from "../../text.ts";
import type { Progress } from "../answer.ts";
import { type Mark, mark, type Style } from "../style.ts";
import { elapsed } from "./layout.ts";

const symbols: Readonly<Record<Progress["State"], Mark>> = {
  "begun": "◐",
  "done": "✓",
  "ok": "✓",
  "undone": "✓",
  "waiting": "◐",
  "failed": "✗",
  "skipped": "·",
  "not-asked": "·",
};

/** What a state is called where the symbol alone does not say it. */
const words: Partial<Record<Progress["State"], string>> = {
  "undone": "taken back",
  "skipped": "skipped",
  "not-asked": "not asked",
  "waiting": "waiting",
};

/** What a step is called. */
const names: Readonly<Record<string, string>> = {
  "ask-proxy": "ask the proxy",
  "info": ".info",
  "mod": ".mod",
  "zip": ".zip",
  "checksum-database": "checksum database",
  "latest": "@latest",
  "old-latest": "old @latest",
};

/** So many of the files that a commit writes are told of one by one; `-v` tells of all. */
export const mostFiles = 8;

/** Milliseconds from which on people are told how long a step took. */
const worthTelling = 100;

/** A command is called by its place: `before push`. */
function nameOf({ Id, Do }: Progress): string {
  if (Do === "command") return clean(Id).replace(/-\d+$/, "").replace("-", " ");
  return names[Do] ?? clean(Do);
}

/** The cells of a step's row: symbol and name; what is known of it, and how long it took. */
export function stepLine(style: Style, step: Progress): [string, string] {
  const name = `${mark(style, symbols[step.State])} ${nameOf(step)}`;
  const detail = step.Detail === undefined ? "" : clean(step.Detail);
  const state = words[step.State] ?? "";
  const is = detail === "" || state === "" ? state + detail : `${state}: ${detail}`;
  const of = clean(step.Of ?? "");
  const said = of === "" || is === "" ? of + is : `${of}: ${is}`;
  const took = (step.Ms ?? 0) < worthTelling ? "" : elapsed(step.Ms);
  return [name, said === "" || took === "" ? said + took : `${said}  ${took}`];
}
