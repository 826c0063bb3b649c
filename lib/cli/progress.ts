/** What happens while it happens: plain lines, JSON lines, or nothing, on standard error. */
import { clean, count, jsonText, withoutCredentials } from "../text.ts";
import type { Services } from "../services.ts";
import type { Options, Progress } from "./answer.ts";
import { groupOf, inGroup } from "./ci/groups.ts";
import { columns, noReturn, widthOf } from "./print/layout.ts";
import { mostFiles, stepLine } from "./print/steps.ts";
import { glyphs, markWidth, type Style, styleOf } from "./style.ts";

/** Columns of the longest name of a step, and the space before it. */
const nameWidth = 18;

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
  let files = 0;
  const tell = (line: string) => {
    if (line !== last) terminal.err(withoutCredentials(line) + "\n");
    last = line;
  };
  return (news) => {
    // A group would stand empty where nothing else is told.
    if (news.State === "waiting" && news.Detail === undefined) return;
    const group = groupOf(news);
    if (group !== undefined) inGroup(group, { flags }, services);
    if (news.Do === "write" && news.State === "done" && ++files > mostFiles && !flags.verbose) {
      return;
    }
    if (news.Do !== "write" && files > mostFiles && !flags.verbose) {
      tell(glyphs(style, columns([["", `… ${count(files - mostFiles, "more file")}`]]).join("\n")));
      files = 0;
    }
    if (news.State === "begun") return;
    tell(glyphs(style, news.Do === "line" ? noReturn(style) : row(style, told(news))));
  };
}

/** What went wrong is told once, as the problem that the release ends with; a command says which it is. */
function told(news: Progress): Progress {
  if (news.Do === "command") return news;
  const { Detail: _, ...failed } = news;
  return news.State === "failed" ? failed : news;
}

/** The row of a step, with its text where that of the longest name begins. */
function row(style: Style, news: Progress): string {
  const [name, said] = stepLine(style, news);
  const gap = " ".repeat(Math.max(0, nameWidth + markWidth(style) - widthOf(name)));
  return columns([[name + gap, said]]).join("\n");
}

/** Repeats what the user's own hooks say, line by line, while they run; only in plain lines. */
export function wordsOf(
  { flags }: Pick<Options, "flags">,
  { terminal }: Services,
): (line: string) => void {
  if (flags.events || flags.quiet) return () => {};
  return (line) => terminal.err(`  ${clean(line)}\n`);
}
