/** `deno install -g` of the repository, by the lines that the README gives. */
import assert from "node:assert/strict";
import { version } from "../../lib/cli/version.ts";
import { cachedBundle, root } from "../../scripts/bundle.ts";
import { writePackage } from "../../scripts/npm.ts";
import { run } from "../../scripts/compile/run.ts";
import { environment, permissions } from "../support/gorel.ts";
import { Folder, tryRun } from "../support/repo.ts";

/** From the sources, and from the bundle, which holds its packages. */
const ways = {
  "the sources": ["--config", "deno.json", "--no-lock", "--node-modules-dir=none"],
  "the bundle": ["--no-config", "--no-lock", "--no-remote", "--cached-only"],
};

for (const [way, settings] of Object.entries(ways)) {
  Deno.test(`deno install of ${way} puts a gorel on PATH that works from another folder`, async () => {
    using folder = new Folder();
    const to = ["-g", "-n", "gorel", "--root", folder.join("in stalled"), "--quiet"];
    const bundled = way === "the bundle";
    if (bundled) await writePackage(folder.join("npm"), await cachedBundle());
    const program = bundled ? folder.join("npm/app/main.js") : "main.ts";
    const installed = await run("deno", ["install", ...to, ...settings, ...permissions, program], {
      cwd: root,
    });
    assert.equal(installed.Code, 0, installed.Stderr);
    const gorel = (...words: string[]) =>
      tryRun(folder.join("in stalled/bin/gorel"), words, {
        cwd: folder.path,
        env: { ...environment(), HOME: folder.path, TMPDIR: folder.path },
      });
    assert.equal(gorel("--version").stdout, `gorel ${version}\n`);
    const help = gorel("help", "retract");
    assert.match(help.stdout, /gorel retract /, help.stderr);
  });
}
