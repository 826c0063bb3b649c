/** What happens while it happens: plain lines, JSON lines, or nothing, on standard error. */
import { jsonText, withoutCredentials } from "../text.ts";
import type { Services } from "../services.ts";
import type { Options, Progress } from "./answer.ts";
import { stepLine } from "./print/steps.ts";
import { styleOf } from "./style.ts";

/**
 * Tells of every step that began or ended. With `--events` each is one JSON
 * line; otherwise a line when a step ends, and when what it waits for changes.
 */
export function progressOf(
  { flags }: Pick<Options, "flags">,
  services: Services,
): (news: Progress) => void {
  const { terminal, clock, env } = services;
  if (flags.events) {
    return ({ Detail, ...news }) => {
      const At = new Date(clock.now()).toISOString();
      const said = Detail === undefined ? {} : { Detail: withoutCredentials(Detail) };
      terminal.err(jsonText({ At, ...news, ...said }) + "\n");
    };
  }
  if (flags.quiet) return () => {};
  const style = styleOf(flags, env, terminal.interactive && Deno.stderr.isTerminal());
  let last = "";
  return (news) => {
    if (news.State === "begun" || (news.State === "waiting" && news.Detail === undefined)) return;
    const [name = "", said = "", took = ""] = stepLine(style, news);
    const line = `  ${name.padEnd(20)} ${said}${took === "" ? "" : `  ${took}`}`.trimEnd();
    if (line === last) return;
    last = line;
    terminal.err(withoutCredentials(line) + "\n");
  };
}
