/** What the program that a launcher carries gets to see: arguments, variables, signals. */
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { needsLauncher, place, probe, start } from "./built.ts";
import { Folder, tryRun } from "../support/repo.ts";
import { startArguments } from "../../scripts/bundle.ts";

Deno.test({
  ...needsLauncher("arguments arrive byte for byte, behind those of Deno"),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const odd = [
      "",
      " ",
      "--help",
      "-A",
      "--",
      "a\nb\r",
      "'\"`$x\\",
      "{dir}",
      "*",
      "é漢🙂\u202e",
      "\x01\x7f\x1b[31m",
    ];
    const env = { GOREL_CACHE: place(folder), PAYLOAD: `printf '%s\\0' "$0" "$@"` };
    const { code, stdout, stderr } = start(Path, env, odd);
    const dir = `${env.GOREL_CACHE}/${ID}`;
    const words = [...startArguments.map((word) => word.replace("{dir}", dir)), ...odd];
    assert.deepEqual(stdout.split("\0"), [`${dir}/deno`, ...words, ""]);
    assert.deepEqual([code, stderr], [0, ""]);
  },
});

Deno.test({
  ...needsLauncher("an argument that Deno would change is refused"),
  async fn() {
    using folder = new Folder();
    const { Path } = await probe();
    const { code, stdout, stderr } = tryRun("sh", [
      "-c",
      `exec "$0" next "$(printf 'caf\\351')"`,
      Path,
    ], { env: { GOREL_CACHE: folder.join("cache") } });
    assert.deepEqual([code, stdout, stderr], [
      2,
      "",
      "gorel: argument 2 is not UTF-8: caf\ufffd\n",
    ]);
  },
});

Deno.test({
  ...needsLauncher("the environment is the user's, but for what Deno is told, once each"),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const cache = place(folder);
    const env = {
      HOME: folder.path,
      ODD: "a\nb=c é",
      DENO_DIR: folder.join("deno"),
      DENO_CERT: "ca.pem",
      GOREL_EXECUTABLE: "/bin/false",
      GOREL_CACHE: cache,
      PAYLOAD: "cat /proc/$$/environ",
    };
    // From an outer gorel or Node, and not for this one's programs.
    const stale = { GOREL_OUTER_DENO_NO_UPDATE_CHECK: "2", NODE_CHANNEL_FD: "3" };
    // For the user's own Deno and Node: with these, Deno would load a module of theirs first, or none.
    const theirs = {
      NODE_OPTIONS: "-r x",
      DENO_V8_FLAGS: "--no-such",
      DENO_SERVE_ADDRESS: "tcp:[::]:80",
    };
    const pairs = start(Path, { ...env, ...stale, ...theirs }).stdout.split("\0").slice(0, -1);
    const expected = {
      PATH: Deno.env.get("PATH"),
      ...env,
      DENO_DIR: `${cache}/${ID}/cache`,
      DENO_NO_UPDATE_CHECK: "1",
      DENO_NO_PACKAGE_JSON: "1",
      GOREL_OUTER_DENO_DIR: env.DENO_DIR,
      ...Object.fromEntries(
        Object.entries(theirs).map(([name, value]) => [`GOREL_OUTER_${name}`, value]),
      ),
      GOREL_EXECUTABLE: Deno.realPathSync(Path),
    };
    assert.deepEqual(
      pairs.sort(),
      Object.entries(expected).map(([name, value]) => `${name}=${value}`).sort(),
    );
  },
});

Deno.test({
  ...needsLauncher(
    "the program is the same process, with its input, its exit code and its signals",
  ),
  async fn() {
    using folder = new Folder();
    const { Path } = await probe();
    const GOREL_CACHE = place(folder);
    const child = new Deno.Command(Path, {
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH")!, GOREL_CACHE, PAYLOAD: "echo $$; exec cat" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode("heard"));
    await writer.close();
    const { stdout, code } = await child.output();
    assert.deepEqual([new TextDecoder().decode(stdout), code], [`${child.pid}\nheard`, 0]);

    assert.equal(start(Path, { GOREL_CACHE, PAYLOAD: "exit 8" }).code, 8);
    assert.equal(start(Path, { GOREL_CACHE, PAYLOAD: "kill -TERM $$" }).code, 143);
    assert.equal(start(Path, { GOREL_CACHE, PAYLOAD: "kill -INT $$" }).code, 130);
    // What a caller has said not to listen to stays so, and the number of open files too.
    const caller = `trap '' HUP; ulimit -S -n 200; exec "$0"`;
    const env = { GOREL_CACHE, PAYLOAD: "kill -HUP $$; ulimit -S -n" };
    assert.equal(tryRun("sh", ["-c", caller, Path], { env }).stdout, "200\n");
  },
});

Deno.test({
  ...needsLauncher("a launcher is found through PATH and through links"),
  async fn() {
    using folder = new Folder();
    const { Path } = await probe();
    Deno.symlinkSync(Path, folder.join("gorel"));
    const env = {
      PATH: `${folder.path}:${Deno.env.get("PATH")}`,
      GOREL_CACHE: place(folder),
      PAYLOAD: 'echo "$GOREL_EXECUTABLE"',
    };
    const { stdout } = tryRun("sh", ["-c", "gorel"], { env, cwd: dirname(Path) });
    assert.equal(stdout, `${Deno.realPathSync(Path)}\n`);
  },
});
