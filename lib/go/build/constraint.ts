/**
 * Build constraints (go/build/constraint): `//go:build` lines and the older `// +build` lines.
 * Texts may have one character a byte; tags that are not ASCII are then read byte by byte.
 */

/** A build constraint: a tag, or what `!`, `&&` and `||` make of others. */
export type Expr =
  | { Tag: string }
  | { Not: Expr }
  | { And: readonly Expr[] }
  | { Or: readonly Expr[] };

/** More tags than this Go refuses in a `//go:build` line, and more operators in a `// +build` line. */
const maxSize = 1000, maxOldSize = 100;

/**
 * Reports whether a constraint holds where exactly the tags are set that `has` says. It also hears
 * what the tag is wanted to be, for it to hold there: false behind an odd number of `!`.
 */
export function evaluate(
  expr: Expr,
  has: (tag: string, wanted: boolean) => boolean,
  wanted = true,
): boolean {
  if ("Tag" in expr) return has(expr.Tag, wanted);
  if ("Not" in expr) return !evaluate(expr.Not, has, !wanted);
  if ("And" in expr) return expr.And.every((part) => evaluate(part, has, wanted));
  return expr.Or.some((part) => evaluate(part, has, wanted));
}

/** Every tag that a constraint names, negated ones included. */
export function tagsOf(expr: Expr): string[] {
  if ("Tag" in expr) return [expr.Tag];
  if ("Not" in expr) return tagsOf(expr.Not);
  return ("And" in expr ? expr.And : expr.Or).flatMap(tagsOf);
}

/** Removes the white space of ASCII from both ends. */
export function trimSpace(text: string): string {
  let start = 0, end = text.length;
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return text.slice(start, end);
}

function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || (code >= 9 && code <= 13);
}

/** What follows `//go:build` in a line; undefined for any other line. */
export function goBuild(line: string): string | undefined {
  return line.startsWith("//go:build") ? afterWord(line, "//go:build".length) : undefined;
}

/** What follows `// +build` in a line; undefined for any other line. */
export function plusBuild(line: string): string | undefined {
  if (!line.startsWith("//")) return undefined;
  const text = trimSpace(line.slice(2));
  return text.startsWith("+build") ? afterWord(text, "+build".length) : undefined;
}

function afterWord(line: string, length: number): string | undefined {
  const text = trimSpace(line).slice(length);
  return text === "" || isSpace(text, 0) ? trimSpace(text) : undefined;
}

/** The constraint of a line of either form; undefined where Go refuses it or it has none. */
export function parseConstraint(line: string): Expr | undefined {
  const now = goBuild(line);
  if (now !== undefined) return parseExpr(now);
  const old = plusBuild(line);
  return old === undefined ? undefined : parsePlusBuild(old);
}

function parseExpr(text: string): Expr | undefined {
  const tokens = text.match(/\|\||&&|[()!]|[\w.\x80-\uffff]+|[^ \t]/g) ?? [];
  let at = 0, size = 0;
  const fold = (
    operator: string,
    operand: () => Expr | undefined,
    join: (parts: Expr[]) => Expr,
  ): Expr | undefined => {
    const parts: Expr[] = [];
    do {
      const part = operand();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (tokens[at] === operator && ++at > 0);
    return join(parts);
  };
  const or = (): Expr | undefined => fold("||", and, (Or) => ({ Or }));
  const and = (): Expr | undefined => fold("&&", not, (And) => ({ And }));
  const not = (): Expr | undefined => {
    if (++size > maxSize) return undefined;
    if (tokens[at] !== "!") return atom();
    at++;
    const expr = tokens[at] === "!" ? undefined : atom();
    return expr && { Not: expr };
  };
  const atom = (): Expr | undefined => {
    const token = tokens[at++];
    if (token === "(") {
      const expr = or();
      return tokens[at++] === ")" ? expr : undefined;
    }
    return token !== undefined && isTag(token) ? { Tag: token } : undefined;
  };
  const expr = or();
  return at === tokens.length ? expr : undefined;
}

/** Words are alternatives, commas bind closer; what is no tag is a tag that is never set. */
function parsePlusBuild(text: string): Expr | undefined {
  let size = -1;
  const literal = (word: string): Expr => {
    size++;
    const negated = word.startsWith("!");
    const tag = negated ? word.slice(1) : word;
    if (negated && (tag === "" || tag.startsWith("!"))) return { Tag: "ignore" };
    const expr = { Tag: isTag(tag) ? tag : "ignore" };
    return negated ? { Not: expr } : expr;
  };
  const words = text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== "");
  if (words.length === 0) return { Tag: "ignore" };
  const Or = words.map((word) => ({ And: word.split(",").map(literal) }));
  return size > maxOldSize ? undefined : { Or };
}

function isTag(word: string): boolean {
  return /^[\w.\x80-\uffff]+$/.test(word);
}
