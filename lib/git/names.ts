/** What git accepts as the name of a ref, and what an object id looks like. */

// deno-lint-ignore no-control-regex
const forbidden = /[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|\/\/|\/\.|^\.|\.lock(?:\/|$)|[\/.]$|^\//;

/**
 * Reports whether a full name ("refs/tags/v1.2.3") is one that git accepts: the
 * rules of `git check-ref-format`. A name that begins with "-" is accepted there
 * too, which is why only full names are handed to git.
 */
export function isRefName(name: string): boolean {
  return name.startsWith("refs/") && !forbidden.test(name);
}

/**
 * Reports whether a short name is one that `git branch` makes: HEAD is none, nor what begins like
 * a flag; one that is a whole ref already would lie in a folder of that name.
 */
export function isBranchName(name: string): boolean {
  return !/^(?:-|refs\/|HEAD$)/.test(name) && isRefName(`refs/heads/${name}`);
}

/** Reports whether a text is a whole object id, of either object format. */
export function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The id that means "no object" to git, as long as the ids beside it. */
export function noOid(format: "sha1" | "sha256"): string {
  return "0".repeat(format === "sha256" ? 64 : 40);
}
