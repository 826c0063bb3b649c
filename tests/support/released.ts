/** The repository that most tests of a release begin with. */
import { Repo } from "./repo.ts";

export const goMod = "module example.com/m\n\ngo 1.21\n";

/** example.com/m with v1.0.0 on its bare remote, and a fix on main that is not pushed. */
export function released(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n", "LICENSE": "free\n" });
  repo.tag("v1.0.0");
  repo.withRemote();
  repo.commit("fix: a crash", { "m.go": "package m\n\n// fixed\n" });
  return repo;
}
