/** Releases whose go.mod retracts, for the tables about retractions. */
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
