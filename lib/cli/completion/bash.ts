/**
 * A line of bash as far as completion needs it. Bash cuts words at `:`, `=` and `@` too, and tells
 * a completion neither what quotes mean nor where they began; so the line is read here, from its
 * text alone: nothing in it is ever expanded or run.
 */

/** What the cursor stands in. */
type Quote = "" | "'" | '"' | "$'";

/** A line up to the cursor. */
export interface Line {
  /** The words of the command that the cursor stands in, unquoted; the last one is at the cursor. */
  words: string[];
  /** What bash will replace, as it is typed; null where it is not what stands there. */
  replaced: string | null;
  quote: Quote;
  /** The word at the cursor names a file behind `<` or `>`. */
  redirects: boolean;
}

/** What a backslash takes its meaning from between double quotes. */
const special = /[$`"\\]/;

/** A command whose words are being read, and what encloses it: `$(`, `(` or a backquote. */
class Command {
  words: string[] = [];
  word: string | null = null;
  quote: Quote = "";
  redirects = false;
  constructor(readonly opener: "" | "(" | "`") {}

  add(text: string): void {
    this.word = (this.word ?? "") + text;
  }

  endWord(): void {
    if (this.word === null) return;
    // What a redirection names is no word of the command.
    if (this.redirects) this.redirects = false;
    else this.words.push(this.word);
    this.word = null;
  }

  /** Another command begins in the same place. */
  restart(): void {
    this.words = [];
    this.word = null;
    this.redirects = false;
  }
}

/** Reads a line up to the cursor; `replaced` is what bash calls the word there. */
export function readBash(text: string, replaced: string): Line {
  const around: Command[] = [];
  let at = new Command("");
  const enter = (opener: Command["opener"]) => {
    around.push(at);
    at = new Command(opener);
  };
  // What a substitution will give nobody knows before it runs.
  const leave = () => {
    at = around.pop()!;
    at.add("$");
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const next = text[i + 1] ?? "";
    const { quote } = at;
    if (quote === "'" || (quote === "$'" && c !== "\\")) {
      if (c === "'") at.quote = "";
      else at.add(c);
    } else if (quote === '"' && c === '"') at.quote = "";
    else if (c === "\\" && (quote !== '"' || special.test(next) || next === "")) {
      // At the end of the line it has nothing to quote yet.
      if (next !== "" && next !== "\n") at.add(next);
      i++;
    } else if (c === "$" && next === "(") {
      enter("(");
      i++;
    } else if (c === "`") {
      if (at.opener === "`") leave();
      else enter("`");
    } else if (quote !== "") at.add(c);
    else if (c === "$" && next === "'") {
      at.add("");
      at.quote = "$'";
      i++;
    } else if (c === "'" || c === '"') {
      at.add("");
      at.quote = c;
    } else if (c === " " || c === "\t") at.endWord();
    else if (c === "<" || c === ">" || (c === "&" && next === ">")) {
      // The number of a file may stand before the sign.
      if (/^\d+$/.test(at.word ?? "")) at.word = null;
      at.endWord();
      at.redirects = true;
      while (/[<>&|]/.test(text[i + 1] ?? "")) i++;
    } else if (c === ")" && at.opener === "(") leave();
    else if (/[;|&()\n]/.test(c) || (at.word === null && /[{}]/.test(c))) at.restart();
    else at.add(c);
  }
  const { words, word, quote, redirects } = at;
  const first = words.findIndex((one) => !/^[A-Za-z_]\w*\+?=/.test(one));
  return {
    words: [...first < 0 ? [] : words.slice(first), word ?? ""],
    replaced: text.endsWith(replaced) ? replaced : null,
    quote,
    redirects,
  };
}

/**
 * What stands in the line instead of the replaced text when the word at the cursor is to become
 * `value`, which begins as it does. What was typed stays as it was typed; what is added is quoted
 * as its place asks for. Null where no quoting makes it safe.
 */
export function continued({ words, replaced, quote }: Line, value: string): string | null {
  if (replaced === null) return null;
  const rest = value.slice(words.at(-1)!.length);
  // A backslash at the end of the line is waiting for what it quotes.
  const kept = quote === "" && /(?<!\\)(?:\\\\)*\\$/.test(replaced)
    ? replaced.slice(0, -1)
    : replaced;
  switch (quote) {
    case "":
      return kept + rest.replace(/[^\w.,/@%+=:\-\u0080-\uffff]/g, "\\$&");
    case "'":
      return kept + rest.replaceAll("'", `'\\''`);
    case "$'":
      return kept + rest.replace(/['\\]/g, "\\$&");
    case '"':
      // Bash looks for its history behind this one even here, and a backslash would stay.
      return rest.includes("!") ? null : kept + rest.replace(/[$`"\\]/g, "\\$&");
  }
}
