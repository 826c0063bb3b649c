/** Random modules get their next major: they build, nothing is forgotten, and the way back is exact. */
import assert from "node:assert/strict";
import { gorel } from "../../../support/gorel.ts";
import { buildCache, hasGo, needsGo } from "../../../support/go.ts";
import { cases, seeded } from "../../../support/random.ts";
import { Folder, Repo, tryRun } from "../../../support/repo.ts";
import { type RandomModule, randomModule } from "./random.ts";

/** Every file of a work tree, one character a byte. */
function filesOf(repo: Repo): Map<string, string> {
  const paths = repo.git("ls-files", "-z").split("\0").filter((path) => path !== "");
  const decoder = new TextDecoder("latin1");
  return new Map(
    paths.map((path) => [path, decoder.decode(Deno.readFileSync(`${repo.dir}/${path}`))]),
  );
}

/** Lines that name the old path as whole elements, and not the new one: `file:line`. */
function leftIn(files: ReadonlyMap<string, string>, { Path, Next }: RandomModule): string[] {
  const escaped = Path.replace(/[.]/g, "\\.");
  const named = new RegExp(`(?<![\\w.~-])(?<!\\w/)${escaped}(?![\\w~-]|\\.\\w)`, "g");
  return [...files].flatMap(([file, text]) =>
    text.split("\n").flatMap((line, i) =>
      [...line.matchAll(named)].some((m) => !line.startsWith(Next, m.index))
        ? [`${file}:${i + 1}`]
        : []
    )
  );
}

interface Written {
  Do: string;
  File: string;
  Edits?: { At: number; Old: string; New: string }[];
}

Deno.test(
  needsGo("random modules build under their next major, and every byte can be taken back"),
  async () => {
    const r = seeded("random majors");
    using cache = new Folder();
    const env = {
      HOME: cache.path,
      GOCACHE: buildCache,
      GOPATH: cache.join("path"),
      GOPROXY: "off",
      GOFLAGS: "-mod=readonly",
      GOENV: "off",
      GOTOOLCHAIN: "local",
      GOWORK: "off",
    };
    for (let n = 0; n < cases(2, 60); n++) {
      const made = randomModule(r);
      const about = `module ${n}, ${made.Path}`;
      using repo = new Repo();
      const before = new Map(Object.entries(made.Files));
      repo.commit("begin", made.Files);
      repo.git("tag", made.Base);
      repo.commit("fix: one", { "fix.go": "package root\n" });
      const builds = (goos: string) =>
        made.Modules.map((dir) =>
          ["build", "vet"].map((what) =>
            tryRun("go", [what, "./..."], {
              cwd: `${repo.dir}/${dir}`,
              env: { ...env, GOOS: goos, CGO_ENABLED: "0" },
            }).stderr
          ).join("")
        ).join("");
      const goos = r.pick(["linux", "windows"]);
      if (n === 0) assert.equal(builds(goos), "", `${about}: does not build as it is`);

      const { code, stdout, stderr } = await gorel(
        ["major", "--yes", "--offline", "--no-build", "--json"],
        { cwd: repo.dir, env: repo.env },
      );
      assert.equal(code, 0, `${about}: ${stdout}${stderr}`);
      assert.equal(repo.git("status", "--porcelain"), "", about);
      assert.equal(builds(goos), "", about);

      // What still names the old path is what the plan lists.
      const after = filesOf(repo);
      const undone = await gorel(["undo", "--yes"], { cwd: repo.dir, env: repo.env });
      assert.equal(undone.code, 0, `${about}: ${undone.stderr}`);
      for (const [file, text] of before) assert.equal(filesOf(repo).get(file), text, about);
      const planned = await gorel(["major", "--dry-run", "--offline", "--json"], {
        cwd: repo.dir,
        env: repo.env,
      });
      const { Problems, Steps } = planned.json;
      const listed = new Set(
        Problems.filter((p: { Code: string }) => p.Code === "old-path-left")
          .map((p: { Where: { File: string } }) => p.Where.File),
      );
      const forgotten = leftIn(after, made).filter((at) => !listed.has(at.replace(/:\d+$/, "")));
      assert.deepEqual(forgotten, [], about);

      // Back again: only what the edits say was changed.
      for (const { File, Edits } of (Steps as Written[]).filter((s) => s.Do === "write")) {
        if (!Edits) continue;
        let text = after.get(File)!;
        for (const { At, Old, New } of Edits.toReversed()) {
          const at: number = At + Edits.filter((e) => e.At < At)
            .reduce((sum, e) => sum + e.New.length - e.Old.length, 0);
          assert.equal(text.slice(at, at + New.length), New, `${about}: ${File}`);
          text = text.slice(0, at) + Old + text.slice(at + New.length);
        }
        assert.equal(text, before.get(File), `${about}: ${File}`);
      }
    }
    assert.ok(hasGo);
  },
);
