/** Git's configuration as git resolves it, and the identity it would commit with. */
import { Failed, type Problem, problem } from "../problem.ts";
import { clean, decode } from "../text.ts";
import { git, gitText, type Repository, words } from "./repository.ts";

/** Where a setting comes from. */
export type Scope = "system" | "global" | "local" | "worktree" | "command" | "unknown";

/** One setting. `Value` is null for a name without "=", which git takes as true. */
export interface Setting {
  /** Section and last part in lower case, what is between them as written. */
  Name: string;
  Value: string | null;
  Scope: Scope;
}

/** The configuration in force. Where a name occurs more than once, the last one wins. */
export class Config {
  readonly #byName = new Map<string, Setting[]>();

  /** `Settings` in the order in which git reads them. */
  constructor(readonly Settings: readonly Setting[]) {
    for (const setting of Settings) {
      const same = this.#byName.get(setting.Name);
      if (same) same.push(setting);
      else this.#byName.set(setting.Name, [setting]);
    }
  }

  /** The value of a setting; "" for one without "=". */
  get(name: string): string | undefined {
    return this.all(name).at(-1);
  }

  /** Every value of a setting, in order. */
  all(name: string): string[] {
    return this.#find(name).map((setting) => setting.Value ?? "");
  }

  /** A setting as git's boolean. Throws Failed for a value that git refuses. */
  bool(name: string): boolean | undefined {
    const setting = this.#find(name).at(-1);
    if (!setting) return undefined;
    if (setting.Value === null) return true;
    const value = setting.Value.toLowerCase();
    if (["true", "yes", "on"].includes(value)) return true;
    if (["false", "no", "off", ""].includes(value)) return false;
    const number = parseInteger(setting.Value);
    // Here, and only here, git's numbers have 32 bits.
    if (number !== null && Math.abs(number) < 2 ** 31) return number !== 0;
    throw new Failed(`git config: ${clean(setting.Value)} is no boolean for ${clean(name)}`);
  }

  /** A setting as git's number: k, m and g multiply by powers of 1024. Throws Failed for none. */
  int(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const number = parseInteger(value);
    if (number !== null) return number;
    throw new Failed(`git config: ${clean(value)} is no number for ${clean(name)}`);
  }

  /** The middle parts of the names of a section: the remotes of "remote", in order. */
  subsections(section: string): string[] {
    const found = new Set<string>();
    for (const name of this.#byName.keys()) {
      const last = name.lastIndexOf(".");
      if (name.startsWith(section + ".") && last > section.length) {
        found.add(name.slice(section.length + 1, last));
      }
    }
    return [...found];
  }

  #find(name: string): Setting[] {
    return this.#byName.get(canonical(name)) ?? [];
  }
}

/** The form in which git prints a name: only what is between first and last dot keeps its case. */
function canonical(name: string): string {
  const first = name.indexOf(".");
  const last = name.lastIndexOf(".");
  return name.slice(0, first).toLowerCase() + name.slice(first, last) +
    name.slice(last).toLowerCase();
}

/** A whole number in git's notation, that of C (0x10, 010) with an optional unit; null for none. */
function parseInteger(text: string): number | null {
  const match = /^\s*([+-]?)(0x[0-9a-f]+|[0-9]+)([kmg]?)$/i.exec(text);
  if (!match) return null;
  const [, sign, digits, unit] = match;
  const octal = /^0[0-9]/.test(digits!);
  if (octal && /[89]/.test(digits!)) return null;
  const value = Number(octal ? "0o" + digits!.slice(1) : digits!);
  const factor = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit!.toLowerCase()]!;
  return (sign === "-" ? -value : value) * factor;
}

/** Reads the whole configuration, includes and the command line of a calling git among it. */
export async function readConfig(repo: Repository): Promise<Config> {
  const text = await gitText(repo, ["config", "--list", "-z", "--show-scope"]);
  const parts = text.split("\0");
  const settings: Setting[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const entry = parts[i + 1]!;
    const end = entry.indexOf("\n");
    settings.push({
      Name: end < 0 ? entry : entry.slice(0, end),
      Value: end < 0 ? null : entry.slice(end + 1),
      Scope: parts[i] as Scope,
    });
  }
  return new Config(settings);
}

/** Who, and when: `Time` in seconds since 1970, `Offset` as git writes it ("+0530"). */
export interface Ident {
  Name: string;
  Email: string;
  Time: number;
  Offset: string;
}

/** Author and committer as git itself would use them now; `no-identity` when it refuses to guess. */
export async function identity(
  repo: Repository,
): Promise<{ Author: Ident; Committer: Ident } | Problem> {
  const [author, committer] = await Promise.all([
    git(repo, ["var", "GIT_AUTHOR_IDENT"]),
    git(repo, ["var", "GIT_COMMITTER_IDENT"]),
  ]);
  const found = [author, committer].map((result) =>
    result.Code === 0 ? parseIdent(decode(result.Stdout)) : null
  );
  if (found[0] && found[1]) return { Author: found[0], Committer: found[1] };
  const refused = words(author.Code === 0 ? committer : author);
  return problem("no-identity", `Git does not know who makes the commit: ${refused}.`, {
    fix: 'git config --global user.name "Your Name"; ' +
      "git config --global user.email you@example.com",
  });
}

/** Reads an identity as it stands in a commit: `Name <email> seconds offset`. */
export function parseIdent(text: string): Ident | null {
  const match = /^(.*) <([^<>\n]*)> (\d+) ([+-]\d{4})\s*$/.exec(text);
  if (!match) return null;
  return { Name: match[1]!, Email: match[2]!, Time: Number(match[3]), Offset: match[4]! };
}
