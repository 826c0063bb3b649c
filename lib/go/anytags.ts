/**
 * Build constraints where every tag counts as given and as not given, as `go mod tidy` looks for
 * imports (cmd/go/internal/imports.AnyTags): only what needs the tag `ignore` is left out.
 */

/** Reports whether a Go file's constraint lets its imports count. `text` is its beginning at least. */
export function matchesAnyTags(text: string): boolean {
  const header = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/.exec(
    text.replace(/^\xef\xbb\xbf/, ""),
  );
  const lines = header![0].replace(/\/\*[^]*?\*\//g, "").split("\n").map((line) => line.trim());
  const modern = lines.find((line) => /^\/\/go:build(?:\s|$)/.test(line));
  if (modern !== undefined) return new Expression(modern.slice("//go:build".length)).or(true);
  // The older form must stand above a blank line.
  const above = lines.slice(0, lines.slice(0, -1).findLastIndex((line) => line === "") + 1);
  return above.every((line) => {
    const words = /^\/\/\s*\+build\s+(.*)$/.exec(line)?.[1]?.trim().split(/\s+/);
    return !words || words.some((word) => word.split(",").every((tag) => tag !== "ignore"));
  });
}

/** `a && (b || !c)`. Each rule takes what a tag is wanted to be, which it then is. */
class Expression {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/&&|\|\||[!()]|[^\s&|!()]+/g) ?? [];
  }

  or(wanted: boolean): boolean {
    let value = this.#and(wanted);
    while (this.#tokens[this.#at] === "||") {
      this.#at++;
      value = this.#and(wanted) || value;
    }
    return value;
  }

  #and(wanted: boolean): boolean {
    let value = this.#not(wanted);
    while (this.#tokens[this.#at] === "&&") {
      this.#at++;
      value = this.#not(wanted) && value;
    }
    return value;
  }

  #not(wanted: boolean): boolean {
    const token = this.#tokens[this.#at++];
    if (token === "!") return !this.#not(!wanted);
    if (token !== "(") return token !== "ignore" && wanted;
    const value = this.or(wanted);
    this.#at++;
    return value;
  }
}
