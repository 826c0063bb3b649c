/** What attributes and settings do to a file between the repository and the work tree. */
import { decode } from "../text.ts";
import { encodeText } from "../go/modfile/utf8.ts";
import { pathTexts } from "./paths.ts";
import { git, type Repository, words } from "./repository.ts";

/** How a stored file fares on its way out of the repository and in again. */
export interface Conversion {
  /** True where a filter driver has a part in it (LFS, for one). */
  Filtered: boolean;
  /** Why a checkout of it fails, or does not come back as what was stored; null when it does. */
  Fault: string | null;
}

/**
 * Takes a stored file through a checkout and back, as git will when the release has
 * written it. `path` is from the root, `oid` the blob that stands there.
 */
export async function conversion(
  repo: Repository,
  path: string,
  oid: string,
): Promise<Conversion> {
  const attributes = await attributesOf(repo, path);
  const filter = attributes.get("filter") ?? "unspecified";
  const Filtered = !["unspecified", "unset", "set"].includes(filter);
  const out = await git(repo, ["cat-file", "--filters", `--path=${path}`, oid], { network: true });
  if (out.Code !== 0 || out.Killed) {
    return { Filtered, Fault: `git cannot check it out: ${words(out)}` };
  }
  // A file that is stored with CRLF stays as it is where git only guesses that it is text.
  if (!Filtered && guessed(attributes) && out.Stdout.includes(0x0d)) {
    return { Filtered, Fault: null };
  }
  const back = await git(repo, ["hash-object", `--path=${path}`, "--stdin"], {
    stdin: out.Stdout,
    network: true,
  });
  if (back.Code !== 0 || back.Killed) {
    return { Filtered, Fault: `git cannot add it: ${words(back)}` };
  }
  const same = decode(back.Stdout).trim() === oid;
  return { Filtered, Fault: same ? null : "git would not add it as it is stored" };
}

const asked = ["filter", "text", "eol", "crlf"];

/** The attributes of a path that have a part in its conversion. */
async function attributesOf(repo: Repository, path: string): Promise<Map<string, string>> {
  const result = await git(repo, ["check-attr", "-z", ...asked, "--", path]);
  const fields = decode(result.Stdout).split("\0");
  const found = new Map<string, string>();
  for (let i = 0; i + 2 < fields.length; i += 3) found.set(fields[i + 1]!, fields[i + 2]!);
  return found;
}

/** Reports whether no attribute says outright that the file is text. */
function guessed(attributes: ReadonlyMap<string, string>): boolean {
  const is = (name: string) => attributes.get(name) ?? "unspecified";
  if (is("text") === "auto") return true;
  return ["text", "eol", "crlf"].every((name) => ["unspecified", "unset"].includes(is(name)));
}

/** Attributes that change a file's bytes between the repository and the work tree. */
const converting = ["filter", "text", "eol", "crlf", "working-tree-encoding", "ident"];

/**
 * The attributes of many files that have a part in their conversion, by path; files that have
 * none are left out. One process.
 */
export async function convertedFiles(
  repo: Repository,
  paths: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (paths.length === 0) return found;
  const result = await git(repo, ["check-attr", "-z", "--stdin", ...converting], {
    stdin: encodeText(paths.map((path) => path + "\0").join("")),
  });
  const fields = pathTexts(result.Stdout);
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [path, name, value] = [fields[i]!, fields[i + 1]!, fields[i + 2]!];
    if (value === "unspecified" || value === "unset") continue;
    const attributes = found.get(path) ?? new Map<string, string>();
    found.set(path, attributes.set(name, value));
  }
  return found;
}
