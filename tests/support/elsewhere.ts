/** Repositories whose releases are not in the history of HEAD. */
import { Folder, Repo, run } from "./repo.ts";

/**
 * A series runs on main, above what is released on the branch `stable`: v3.0.0 and v3.7.1 of
 * example.com/m/v3, or as `versions` says.
 */
export function elsewhere(
  path = "example.com/m/v3",
  versions = ["v3.0.0", "v3.7.1"],
  series = "v3.8.0-alpha.0",
): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": `module ${path}\n\ngo 1.21\n`, "LICENSE": "free\n" });
  repo.git("switch", "-q", "-c", "stable");
  for (const version of versions) {
    repo.commit(`fix: ${version}`, { "m.go": `package m // ${version}\n` });
    repo.tag(version);
  }
  repo.git("switch", "-q", "main");
  repo.commit("feat: next", { "next.go": "package m\n" });
  repo.tag(series);
  repo.commit("feat: more", { "more.go": "package m\n" });
  repo.withRemote();
  repo.git("push", "-q", "origin", "stable");
  return repo;
}

/** A clone of its remote with the last commit alone; the tags are those of the remote. */
export function shallowClone(repo: Repo): Disposable & Pick<Repo, "dir" | "env"> {
  const folder = new Folder();
  const dir = folder.join("shallow");
  run("git", ["clone", "-q", "--depth", "1", `file://${repo.remote}`, dir], { env: repo.env });
  return { dir, env: repo.env, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
