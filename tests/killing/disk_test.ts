/** A disk that is full, and folders that cannot be written: a clear sentence, nothing half done, and a way on afterwards. */
import assert from "node:assert/strict";
import { gorel } from "../support/gorel.ts";
import { cases, seeded } from "../support/random.ts";
import { Folder, tryRun } from "../support/repo.ts";
import { type Ground, Template } from "./ground.ts";
import { killed } from "./killer.ts";
import { boundaries, end, patch, retract, Tally } from "./matrix.ts";

/** Whether this process may mount: full and read-only file systems are real ones. */
const mounts = (() => {
  using folder = new Folder();
  const { code } = tryRun("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder.path]);
  if (code === 0) tryRun("umount", [folder.path]);
  return code === 0;
})();

function needsMount(name: string): { name: string; ignore: boolean } {
  return { name: mounts ? name : `${name} (skipped: no right to mount)`, ignore: !mounts };
}

class Mount implements Disposable {
  constructor(readonly path: string, ...args: string[]) {
    const { code, stderr } = tryRun("mount", [...args, path]);
    assert.equal(code, 0, stderr);
  }
  [Symbol.dispose](): void {
    tryRun("umount", ["-l", this.path]);
  }
}

/** Makes a folder or file of a ground read-only until it is disposed of. */
function readOnly(path: string): Disposable {
  const mount = new Mount(path, "--bind", path);
  const { code, stderr } = tryRun("mount", ["-o", "remount,bind,ro", path]);
  assert.equal(code, 0, stderr);
  return mount;
}

Deno.test(
  needsMount("a disk that gets full at any step leaves what resume or undo ends"),
  async () => {
    const random = seeded("disk full");
    using disk = new Folder();
    using _ = new Mount(disk.path, "-t", "tmpfs", "-o", "size=8m", "none");
    using template = new Template();
    const { Writing, Others } = await boundaries(template, retract);
    const last = Math.max(...[...Writing, ...Others].map((p) => "Nth" in p ? p.Nth : 0));
    const tally = new Tally();
    const steps = random.shuffle(Array.from({ length: last }, (_, i) => i + 1));
    for (const step of steps.slice(0, cases(4, last))) {
      using ground = template.copy(disk.path);
      const full = `${disk.path}/full`;
      // Git may be asked less often than the last time, and the script never run.
      Deno.createSync(full).close();
      const ran = await killed(ground, retract.Args, {
        At: "do",
        Before: step,
        // The last bytes, too: the small files of git fit into what is left of a page.
        Script:
          `dd if=/dev/zero of=${full} bs=64k; dd if=/dev/zero bs=1 count=4096 >>${full}; true`,
      });
      const said = `full before git ${step} (${ran.gits[step - 1]}): ${ran.stdout}${ran.stderr}`;
      const document = JSON.parse(ran.stdout);
      tally.end(`${ran.gits[step - 1]}: ${document.State ?? document.Error.Code}`);
      if (ran.code !== 0) {
        assert.ok(ran.code === 1 || ran.code === 3, said);
        // Git says of some files no more than that it could not write them.
        assert.match(
          said,
          /disk is full|No space left|couldn't write|unable to write|diskspace/,
          said,
        );
        if (document.State) assert.match(document.Next, /gorel resume v1\.1\.1|gorel undo/, said);
      }
      Deno.removeSync(full);
      await end(ground, retract, random, tally, said);
    }
    console.log(String(tally));
  },
);

Deno.test(needsMount("what cannot be written stops a release with one sentence"), async (t) => {
  using template = new Template();
  const table: [string, (ground: Ground) => string, RegExp][] = [
    [".git", (g) => g.gitDir(), /file system is read-only: .*\.git/],
    ["the objects", (g) => g.gitDir("objects"), /read-only/],
    ["the branches", (g) => g.gitDir("refs", "heads"), /Read-only|read-only/],
    ["the work tree", (g) => g.dir, /read-only/],
    ["go.mod itself", (g) => `${g.dir}/go.mod`, /go\.mod/],
  ];
  for (const [name, path, sentence] of table) {
    await t.step(name, async () => {
      using ground = template.copy();
      {
        using _ = readOnly(path(ground));
        const ran = await gorel([...retract.Args], { cwd: ground.dir, env: ground.env });
        const said = ran.stdout + ran.stderr;
        assert.equal(ran.code, 1, said);
        assert.match(said, sentence);
        assert.ok(!/os error|at (async )?file:/.test(said), said);
        assert.equal(ground.onRemote("tag", "--list", "v1.1.1"), "");
        if (ran.json.State) assert.match(ran.json.Next, /gorel undo/);
        else ground.judgeNone(said);
      }
      await end(ground, retract, seeded(name), new Tally(), `${name} was read-only`);
    });
  }
});

Deno.test("a lock of git's is waited for, then named, and nothing has begun", async (t) => {
  using template = new Template();
  const table: [string, string, typeof retract][] = [
    ["index.lock", "checkMade", retract],
    ["index.lock", "begin", retract],
    ["refs/heads/main.lock", "update-ref", retract],
    ["refs/heads/main.lock", "begin", retract],
    ["refs/tags/v1.1.1.lock", "begin", patch],
    ["HEAD.lock", "begin", retract],
  ];
  for (const [name, when, scenario] of table) {
    await t.step(`${name} from ${when} on`, async () => {
      using ground = template.copy();
      const lock = ground.gitDir(...name.split("/"));
      const touch = `: >'${lock}'`;
      if (when === "begin") Deno.writeTextFileSync(lock, "");
      const Before = when === "begin" ? 0 : when === "checkMade" ? "cat-file tag" : when;
      const ran = await killed(ground, scenario.Args, { At: "do", Before, Script: touch });
      const said = ran.stdout + ran.stderr;
      assert.deepEqual([ran.code, JSON.parse(ran.stdout).Error?.Code], [3, "locked"], said);
      assert.ok(said.includes(name), said);
      Deno.removeSync(lock);
      ground.judgeNone(said);
    });
  }
});

Deno.test("a lock of git's that is gone soon is waited for", async () => {
  using template = new Template();
  using ground = template.copy();
  const lock = ground.gitDir("index.lock");
  const Script = `: >'${lock}'; (sleep 0.3; rm '${lock}') &`;
  const ran = await killed(ground, retract.Args, { At: "do", Before: "cat-file tag", Script });
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  ground.judgeReleased(retract.Version, retract.Wrote, retract.Commits, ran.stdout);
});
