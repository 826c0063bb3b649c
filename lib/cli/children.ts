/** What the programs that gorel starts get of its own environment. */

/** What a launcher sets for the Deno under it (spec/standalone.md); it is no business of others. */
const launchers = ["DENO_DIR", "DENO_NO_UPDATE_CHECK", "DENO_NO_PACKAGE_JSON"];

/** Before the name of a variable that a launcher keeps from Deno: the user's, meant for theirs. */
const outer = "GOREL_OUTER_";

/**
 * The environment for children. LD_* and DYLD_* would make Deno refuse every spawn. A folder of
 * PATH that is not absolute (an empty one is the current folder) would have programs taken from
 * the very repository that is looked at; Go refuses those too. A Deno in a hook gets the cache
 * and the settings that it has without gorel.
 */
export function childEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const launched = env.GOREL_EXECUTABLE !== undefined;
  const all = Object.entries(env);
  const users = all.filter(([name]) => !name.startsWith(outer))
    .filter(([name]) => !launched || !launchers.includes(name));
  const before = launched ? all.filter(([name]) => name.startsWith(outer)) : [];
  return Object.fromEntries(
    [
      ...users,
      ...before.map(([name, value]): [string, string] => [name.slice(outer.length), value]),
    ].flatMap(([name, value]) => {
      if (/^(LD_|DYLD_)/.test(name)) return [];
      if (name.toUpperCase() !== "PATH") return [[name, value]];
      const path = absolute(value);
      // An empty PATH is the current folder again; without one the system has its own.
      return path === "" ? [] : [[name, path]];
    }),
  );
}

function absolute(path: string): string {
  const separator = Deno.build.os === "windows" ? ";" : ":";
  return path.split(separator).filter((folder) => /^(\/|[a-z]:[\\/]|\\\\)/i.test(folder))
    .join(separator);
}
