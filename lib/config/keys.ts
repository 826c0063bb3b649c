/** What `.gorel.toml` may hold, as data: the reader, its refusals and the schema are made of it. */

/** The name of the file, at the root of a repository. */
export const configName = ".gorel.toml";

/** What a key holds; "duration" is a text like `10m`, or false for no waiting at all. */
export type KeyKind = "boolean" | "text" | "texts" | "duration" | "template";

export interface KeyRow {
  readonly kind: KeyKind;
  readonly help: string;
  /** The only values there are. */
  readonly of?: readonly string[];
}

/**
 * The defaults of flags, by the flag's name without dashes: what may differ from one run to the
 * next and not what a file of a repository must never decide (`yes`, `json`, `-C`; DESIGN.md §2).
 */
export const flagKeys = {
  "remote": { kind: "text", help: "the name of the git remote; never a URL" },
  "events": { kind: "boolean", help: "progress as JSON lines on standard error" },
  "offline": { kind: "boolean", help: "ask no remote and no proxy" },
  "plain": { kind: "boolean", help: "plain lines instead of screens" },
  "ascii": { kind: "boolean", help: "ASCII characters only in gorel's own text" },
  "color": { kind: "boolean", help: "false: no colours" },
  "quiet": { kind: "boolean", help: "no progress, warnings and notes" },
  "verbose": { kind: "boolean", help: "more: evidence, every step" },
  "dry-run": { kind: "boolean", help: "print the plan and change nothing" },
  "pre": { kind: "text", help: "the series of pre-releases of a bump: rc, beta, alpha …" },
  "sign": { kind: "boolean", help: "sign tag and commit, or not, whatever git is set to" },
  "signoff": { kind: "boolean", help: "end the commit's message with your Signed-off-by" },
  "hooks": { kind: "boolean", help: "false: run none of git's hooks" },
  "push": { kind: "boolean", help: "false: stop before the push" },
  "wait": { kind: "duration", help: "how long to wait for the proxy; false: not at all" },
  "api": { kind: "boolean", help: "false: do not compare the exported API" },
  "build": { kind: "boolean", help: "false: do not build and vet before a release" },
  "layout": { kind: "text", of: ["root", "folder"], help: "where a new major lives" },
  "restore-replaces": {
    kind: "boolean",
    help: "a train brings dropped replacements back in a commit behind the release",
  },
  "rewrite": { kind: "texts", help: "classes or paths that a new major rewrites too" },
  "leave": { kind: "texts", help: "classes or paths that a new major leaves as they are" },
} as const satisfies Record<string, KeyRow>;

/** What only the file can say. */
export const fileKeys = {
  "commit-message": {
    kind: "template",
    help: "message of the release commit; {tag}, {version}, {module} stand for the release's own " +
      '(of a train all of them), {reason} for why it retracts or deprecates ("" otherwise)',
  },
  "tag-message": {
    kind: "template",
    help: "message of the tag; {tag}, {version}, {module} stand for the tag's own release, " +
      '{reason} for why it retracts or deprecates ("" otherwise)',
  },
  "branches": { kind: "texts", help: "branches that may be released from; * stands for any text" },
} as const satisfies Record<string, KeyRow>;

/** The words that stand in braces in a template. */
export const templateWords = ["tag", "version", "module", "reason"] as const;

/** The tables of the file, and what their rows are. */
export const tables = {
  "accept": 'problems that are let through, each with its reason: replace-local = "why"',
  "before": 'commands that run before a step: push = "make check", or an array of commands',
  "after": 'commands that run after a step: push = "make announce", or an array of commands',
} as const;

const perRun = "belongs to one command line, and not to every release";

/** What a flag says and the file never does, and why. */
export const refusedKeys: Readonly<Record<string, string>> = {
  "yes": "a file must not agree for the maintainer: --yes, or GOREL_YES, says it",
  "json": "whoever reads the output asks for its form: --json, or GOREL_JSON",
  "C": "the file belongs to one repository and leads to no other",
  "chdir": "the file belongs to one repository and leads to no other",
  "agree": "a file must not agree to its own commands: gorel config --agree DIGEST",
  "module": perRun,
  "include": perRun,
  "from": perRun,
  "reason": perRun,
  "keep-branch": perRun,
};
