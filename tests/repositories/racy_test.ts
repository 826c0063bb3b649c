/** Files that were changed in the same second as the index, which git tells only by their content. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";

const second = new Date(1_700_000_000_000);

/** Two files that differ from the index in nothing but their bytes; the index is as old as they are. */
function racy(): Repo {
  const repo = released();
  repo.commit("more", { "m.txt": "aaaa\n", "sub/go.mod": "module example.com/m/sub\n" });
  repo.git("push", "-q");
  repo.git("config", "core.trustctime", "false");
  for (const path of ["m.txt", "sub/go.mod"]) {
    const at = join(repo.dir, path);
    Deno.utimeSync(at, second, second);
    repo.git("update-index", "--refresh");
    repo.write(path, repo.read(path).replace(/[am]/, "b"));
    Deno.utimeSync(at, second, second);
  }
  Deno.utimeSync(join(repo.dir, ".git/index"), second, second);
  return repo;
}

/** Git's answer, without its writing down what it found. */
const status = (repo: Repo) => repo.git("--no-optional-locks", "status", "--porcelain");

Deno.test("what was changed in the second of the index is included, and is not hidden after it", async () => {
  using repo = racy();
  assert.equal(status(repo), " M m.txt\n M sub/go.mod", "git itself sees it");
  const options = { cwd: repo.dir, env: repo.env };
  const made = await gorel(["patch", "--include", "m.txt", "--yes", "--no-push"], options);
  assert.equal(made.code, 0, made.stderr);
  assert.equal(repo.git("show", "HEAD:m.txt"), "baaa");
  assert.equal(status(repo), " M sub/go.mod");
  const undone = await gorel(["undo"], options);
  assert.equal(undone.code, 0, undone.stderr);
  assert.equal(status(repo), " M m.txt\n M sub/go.mod");
});
