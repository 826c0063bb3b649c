/** The npm package: packed, installed from its archive below a path with a space, and started. */
import assert from "node:assert/strict";
import { basename } from "node:path";
import { version } from "../../lib/cli/version.ts";
import { cachedBundle } from "../../scripts/bundle.ts";
import { run } from "../../scripts/compile/run.ts";
import { writePackage } from "../../scripts/npm.ts";
import { environment } from "../support/gorel.ts";
import { Pty } from "../support/pty.ts";
import { Folder, tryRun } from "../support/repo.ts";
import { key } from "../support/screens.ts";
import { needs, tool } from "../support/tools.ts";
import { wire } from "../support/wire.ts";

const npm = tool("npm");

Deno.test({
  ...needs(npm, "the package is packed, installed without scripts and started, in a terminal too"),
  async fn(t) {
    using folder = new Folder();
    await writePackage(folder.join("npm"), await cachedBundle());
    const packed = await run("npm", ["pack", "--silent", "./npm"], { cwd: folder.path });
    assert.equal(packed.Code, 0, packed.Stderr);
    const archive = folder.join(packed.Stdout.trim());
    assert.equal(basename(archive), `gorel-${version}.tgz`);

    const project = folder.join("my project");
    Deno.mkdirSync(project);
    const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
    const installed = await run("npm", ["install", ...flags, archive], { cwd: project });
    assert.equal(installed.Code, 0, installed.Stderr);
    const bin = `${project}/node_modules/.bin/gorel`;
    const env = { ...environment(), HOME: folder.path, DENO_DIR: folder.join("users") };

    await t.step("npx starts it", async () => {
      const cache = { GOREL_CACHE: folder.join("named") };
      const ran = await run("npx", ["--no", "--", "gorel", "--version"], {
        cwd: project,
        env: cache,
      });
      assert.equal(ran.Stdout, `gorel ${version}\n`, ran.Stderr);
      assert.equal(Deno.statSync(folder.join("named", `npm-${version}`)).mode! & 0o777, 0o700);
    });

    await t.step("arguments arrive as they are, and the exit code is gorel's", () => {
      const ran = tryRun(bin, ["explain", "a 'b' $(c)\n\"d\""], { cwd: project, env });
      assert.match(ran.stderr + ran.stdout, /a 'b' \$\(c\).*"d"/s);
      assert.equal(tryRun(bin, ["patch", "--no-such"], { cwd: project, env }).code, 2);
    });

    await t.step("compiled code goes to gorel's own cache, not to that of the user's Deno", () => {
      assert.ok(Deno.statSync(folder.join(".cache/gorel", `npm-${version}`)).isDirectory);
      assert.throws(() => Deno.statSync(env.DENO_DIR), Deno.errors.NotFound);
    });

    await t.step("settings of the user's own Deno and a relative folder do not get in", () => {
      const work = folder.join("work");
      Deno.mkdirSync(work);
      const ran = tryRun(bin, ["--version"], {
        cwd: work,
        env: { ...env, GOREL_CACHE: "rel", DENO_V8_FLAGS: "--no-such" },
      });
      assert.deepEqual(ran, { code: 0, stdout: `gorel ${version}\n`, stderr: "" });
      assert.deepEqual([...Deno.readDirSync(work)], []);
    });

    await t.step("where Deno's package is missing it says which one", () => {
      const modules = `${project}/node_modules`;
      for (const name of ["deno", "@deno"]) {
        Deno.renameSync(`${modules}/${name}`, `${modules}/aside`);
        const { code, stderr } = tryRun(bin, ["--version"], { cwd: project, env });
        Deno.renameSync(`${modules}/aside`, `${modules}/${name}`);
        assert.match(stderr, /^gorel: the package @deno\/\S+ is missing, .*\n$/);
        assert.equal(code, 1);
      }
    });

    await t.step("the screens open and close, by Ctrl-C and by a signal to node", async () => {
      using repo = wire();
      const ends: [(pty: Pty) => Promise<void>, code: number][] = [
        [(pty) => pty.type(key.ctrl("c")), 130],
        [(pty) => pty.signal("SIGTERM"), 143],
      ];
      for (const [end, code] of ends) {
        await using pty = new Pty([bin], {
          cwd: repo.dir,
          env: { ...repo.env, GOPROXY: "direct", HOME: folder.path },
        });
        await pty.until("Retract a version");
        assert.ok(pty.alternate);
        await end(pty);
        assert.equal((await pty.ended()).code, code);
        assert.equal(pty.alternate, false);
        assert.ok(pty.cursorVisible);
      }
    });
  },
});
