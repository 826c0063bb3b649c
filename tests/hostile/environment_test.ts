/** Environments that nobody planned for, and programs that lie in wait. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import { assertPlain, evil, on, retract } from "./scene.ts";

Deno.test("an odd environment changes nothing", async (t) => {
  await t.step("LD_LIBRARY_PATH, CI, and no HOME", async () => {
    using repo = released();
    const { HOME: _, ...env } = repo.env;
    const ran = await gorel(["patch", "--yes", "--no-wait", "--json"], {
      cwd: repo.dir,
      env: { ...env, LD_LIBRARY_PATH: "/nowhere", CI: "true", TERM: "dumb" },
    });
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(ran.json.State, "pushed");
  });
  await t.step("what git sets for a hook", async () => {
    using repo = released();
    Deno.mkdirSync(join(repo.dir, "sub"));
    const env = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index", GIT_PREFIX: "" };
    const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"], env);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    assert.equal(repo.git("status", "--porcelain"), "");
    repo.git("fsck", "--strict");
  });
});

Deno.test("variables that hold what a terminal would obey are shown without it, or not at all", async () => {
  using repo = released();
  const table: [string[], Record<string, string>][] = [
    [["check"], { GOPROXY: evil }],
    [["check"], { GOPROXY: `http://127.0.0.1:1/${evil}` }],
    [["verify", "v1.0.0"], { GOPROXY: `${evil}://x`, GOSUMDB: evil }],
    [["check"], { GOPROXY: "off", GOPRIVATE: `example.com/*,${evil}`, GOFLAGS: evil }],
    [["patch", "-n"], { GOREL_WAIT: evil }],
    [["patch", "-n"], { GOREL_REMOTE: evil }],
    [["status"], { GOREL_JSON: evil }],
    [["status"], { GIT_DIR: evil }],
    [["status"], { GIT_CONFIG_COUNT: evil }],
    [["check"], { GIT_AUTHOR_NAME: evil, GIT_AUTHOR_DATE: evil }],
    [["status"], { GIT_CONFIG_GLOBAL: evil }],
  ];
  await Promise.all(table.map(async ([args, env]) => {
    const ran = await on(repo, args, env);
    assertPlain(ran, JSON.stringify([args, Object.keys(env)]));
    assert.ok([0, 1, 2, 3, 8].includes(ran.code));
  }));
});
