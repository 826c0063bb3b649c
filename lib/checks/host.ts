/** `path-remote-mismatch`: does Go look for the module where this release goes. */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { splitPathVersion } from "../go/module.ts";
import { clean, shellWord } from "../text.ts";
import type { Coming } from "./types.ts";

/**
 * A fork, a renamed repository or a page that was never set up: the push goes well, and users
 * get nothing of it. Says nothing of remotes without a host that the internet knows (a folder,
 * an address, a name of the ssh configuration).
 */
export function host({ Facts, Module, Pushes }: Coming): Problem[] {
  const remote = known(Facts.Remote);
  const there = remote && placeOf(remote.Url);
  if (!Pushes || !there || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostOf(Module.Path))) return [];
  if (isPlaceOf(Module, there)) return [];
  const { Config } = Facts.Repo;
  const other = Config.subsections("remote").find((name) => {
    const place = placeOf(Config.get(`remote.${name}.url`) ?? "");
    return name !== remote.Name && place !== null && isPlaceOf(Module, place);
  });
  const line = Module.GoMod.Mod.Module?.Line;
  const where = { File: Module.GoMod.File, ...(line !== undefined && { Line: line }) };
  const path = clean(Module.Path);
  const goes = `${clean(there)} (${clean(remote.Name)})`;
  const fixed = fixedPlace(Module.Path);
  const page = `https://${clean(splitPathVersion(Module.Path).prefix)}?go-get=1`;
  const [text, fix] = fixed !== null
    ? [
      `Go looks for ${path} in the repository ${clean(fixed)}, but this release goes to ${goes}.`,
      "release from a clone of that repository, or change the module path",
    ]
    : [
      `Go asks ${page} where ${path} lives, and this release goes to ${goes}: the page has to ` +
      "name that repository.",
      `look whether the go-import line of ${page} names it`,
    ];
  return [problem("path-remote-mismatch", text, {
    where,
    fix: other === undefined ? fix : `--remote ${shellWord(other)}; or ${fix}`,
  })];
}

function hostOf(path: string): string {
  return path.split("/", 1)[0]!;
}

/** Where ssh is offered on the port of the web, under another name. */
const otherNames: Readonly<Record<string, string>> = {
  "ssh.github.com": "github.com",
  "altssh.bitbucket.org": "bitbucket.org",
  "altssh.gitlab.com": "gitlab.com",
};

/**
 * The repository that a git URL names, as `host/path`, whatever the way to it: https, ssh or
 * git's short form of it, with or without user, port and `.git`. Null where the URL names no
 * host of the internet.
 */
export function placeOf(url: string): string | null {
  const long = /^(?:https?|ssh|git|git\+ssh|ssh\+git):\/\/(?:[^\/]*@)?([^\/:@]+)(?::\d*)?\/(.*)$/i
    .exec(url);
  const short = url.includes("://") ? null : /^(?:[^\/:]*@)?([^\/:@]+):(?!\\)(.*)$/.exec(url);
  const [, name = "", path = ""] = long ?? short ?? [];
  const host = otherNames[name.toLowerCase()] ?? name.toLowerCase();
  // Neither an address nor a name that only this machine or its ssh configuration knows.
  if (!/\.[a-z][a-z0-9-]*$/.test(host)) return null;
  const plain = path.replace(/^\/+|\/+$/g, "").replace(/\.git$/i, "");
  if (plain === "") return null;
  // Azure's ssh leaves out what its web address, which a module path has, puts in.
  const azure = host === "ssh.dev.azure.com" && /^v3\/([^\/]+)\/([^\/]+)\/([^\/]+)$/.exec(plain);
  return azure ? `dev.azure.com/${azure[1]}/${azure[2]}/_git/${azure[3]}` : `${host}/${plain}`;
}

/**
 * The repository that Go takes for a path without asking anybody (go-rules §7.6), and
 * gopkg.in's, which its own rule fixes; null where a page on the path's host says it.
 */
function fixedPlace(path: string): string | null {
  const { prefix } = splitPathVersion(path);
  const [host, first, second] = prefix.split("/");
  if (first === undefined) return null;
  if (host === "gopkg.in") {
    return second === undefined
      ? `github.com/go-${first}/${first}`
      : `github.com/${first}/${second}`;
  }
  const elements = prefix.split("/");
  const marked = elements.findIndex((element) => /.\.git$/.test(element));
  if (marked > 0) return elements.slice(0, marked + 1).join("/").replace(/\.git$/, "");
  const known = host === "github.com" || host === "bitbucket.org";
  return known && second !== undefined ? `${host}/${first}/${second}` : null;
}

/** Reports whether Go looks for a module in a repository, as far as the path alone says. */
function isPlaceOf({ Path, Dir }: Pick<ModuleFacts, "Path" | "Dir">, place: string): boolean {
  const fixed = fixedPlace(Path);
  // These hosts do not tell capital letters from small ones.
  if (fixed !== null) return fixed.toLowerCase() === place.toLowerCase();
  const { prefix, pathMajor } = splitPathVersion(Path);
  const root = place.toLowerCase();
  const inFolder = pathMajor !== "" && `/${Dir}`.endsWith(pathMajor);
  const folders = [Dir, ...(inFolder ? [Dir.slice(0, -pathMajor.length)] : [])];
  return folders.some((dir) => prefix.toLowerCase() === join(root, dir.toLowerCase()));
}

function join(root: string, dir: string): string {
  return dir === "" ? root : `${root}/${dir}`;
}
