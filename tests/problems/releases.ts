/** Releases that several tables begin with. */
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";

/** The command line of a retraction. */
export function retract(...versions: string[]): string[] {
  return ["retract", ...versions, "--reason", "panics on nil"];
}

/** A release: go.mod with some more lines, and a file that no other has. */
export function release(repo: Repo, version: string, lines = ""): void {
  repo.commit(`for ${version}`, { "go.mod": goMod + lines, "v.go": `package m // ${version}\n` });
  repo.tag(version);
}

/** v1.0.0, v1.1.0 and v1.2.0 on the remote, a fix that is not; `lines` in every go.mod from v1.1.0 on. */
export function three(lines = "", last = lines): () => Repo {
  return () => {
    const repo = new Repo();
    release(repo, "v1.0.0");
    release(repo, "v1.1.0", lines);
    release(repo, "v1.2.0", last);
    repo.withRemote();
    repo.commit("fix: a crash", { "m.go": "package m\n" });
    return repo;
  };
}

export const one = "\nretract v1.0.0 // panics on nil\n";
export const range = "\nretract [v1.0.0, v1.1.0] // panics on nil\n";

/** v1.0.0, then v1.1.0-rc.1 and -rc.2, then one commit more; all of it on the remote. */
export function running(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.commit("feat: a", { "a.go": "package m\n" });
  repo.tag("v1.1.0-rc.1");
  repo.commit("fix: a", { "a.go": "package m // fixed\n" });
  repo.tag("v1.1.0-rc.2");
  repo.commit("fix: b", { "b.go": "package m\n" });
  return repo.withRemote();
}

/** A release of a module on a path, and a fix. */
export function releasedAs(path: string, version: string, dir = ""): () => Repo {
  return () => {
    const repo = new Repo();
    const at = dir === "" ? "" : dir + "/";
    repo.commit("begin", { [`${at}go.mod`]: `module ${path}\n`, [`${at}m.go`]: "package m\n" });
    repo.tag(version);
    repo.commit("fix: a crash", { [`${at}m.go`]: "package m // fixed\n" });
    return repo.withRemote();
  };
}
