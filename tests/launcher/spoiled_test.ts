/** What a launcher does with an unpacked folder that is not, or not yet, as it left it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { names, needsLauncher, place, probe, start } from "./built.ts";
import { sha256 } from "../../scripts/compile/pack.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import { Folder, tryRun } from "../support/repo.ts";

const started = { code: 0, stdout: "started\n", stderr: "" };
const deno = "deno";
const files = [deno, "app/main.js", "app/001-a.js", "app/002-b.js"];

/** The time that unpacking gives a file that is not hashed at every start. */
function timeOf(bytes: Uint8Array): number {
  return 1_000_000_000 + Math.floor(parseInt(sha256(bytes).slice(0, 8), 16) % (1 << 28) / 2) * 2;
}

/** Changes one bit of a file. */
function flip(path: string, random: Random): void {
  const bytes = Deno.readFileSync(path);
  bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
  Deno.writeFileSync(path, bytes);
}

/** Ways to spoil a folder, and what is then said of it. */
const ways: Record<string, (dir: string, file: string, random: Random) => string> = {
  changed(dir, file, random) {
    const path = join(dir, file);
    const { atime, mtime } = Deno.statSync(path);
    flip(path, random);
    // Of Deno the time is believed, or a start would take a tenth of a second longer.
    if (file !== deno) Deno.utimeSync(path, atime!, mtime!);
    return `${file} has another content`;
  },
  forged(dir, _, random) {
    const file = "app/002-b.js";
    const time = timeOf(Deno.readFileSync(join(dir, file)));
    flip(join(dir, file), random);
    Deno.utimeSync(join(dir, file), time, time);
    return `${file} has another content`;
  },
  cut(dir, file, random) {
    const path = join(dir, file);
    const { size } = Deno.statSync(path);
    const left = random.int(0, size - 1);
    Deno.truncateSync(path, left);
    return `${file}: ${left} bytes instead of ${size}`;
  },
  linked(dir, file) {
    const elsewhere = join(dir, "../../elsewhere");
    Deno.copyFileSync(join(dir, file), elsewhere);
    Deno.removeSync(join(dir, file));
    Deno.symlinkSync(elsewhere, join(dir, file));
    return `${file}: not a regular file`;
  },
  gone(dir, file) {
    Deno.removeSync(join(dir, file));
    return `${file} is missing`;
  },
  writable(dir, file) {
    Deno.chmodSync(join(dir, file), 0o722);
    return `${file}: others may write it (mode 0722)`;
  },
  piped(dir, file) {
    Deno.removeSync(join(dir, file));
    tryRun("mkfifo", [join(dir, file)], {});
    return `${file}: not a regular file`;
  },
  folder(dir, file) {
    Deno.removeSync(join(dir, file));
    Deno.mkdirSync(join(dir, file), { mode: 0o700 });
    return `${file} is missing`;
  },
  added(dir, file) {
    Deno.writeTextFileSync(join(dir, `${file}.json`), "{}");
    return `${file}.json does not belong there`;
  },
  inert(dir) {
    Deno.chmodSync(join(dir, deno), 0o600);
    return `${deno}: may not be run`;
  },
  opened(dir) {
    Deno.chmodSync(join(dir, "app"), 0o777);
    return "app: others may write it (mode 0777)";
  },
  cacheOpened(dir) {
    Deno.chmodSync(join(dir, "cache"), 0o777);
    return "cache: others may write it (mode 0777)";
  },
  all(dir) {
    Deno.removeSync(dir, { recursive: true });
    Deno.writeTextFileSync(dir, "");
    return "not a folder";
  },
  moved(dir) {
    const elsewhere = join(dir, "../../moved");
    Deno.removeSync(elsewhere, { recursive: true });
    Deno.renameSync(dir, elsewhere);
    Deno.symlinkSync(elsewhere, dir);
    return "a symbolic link";
  },
};

/** What unpacking makes: names, kinds, modes and sizes. */
function listing(dir: string): string[] {
  return tryRun("find", [dir, "-printf", "%P %y %m %s\n"], {}).stdout.split("\n")
    .map((line) => line.replace(/ d (\d+) \d+$/, " d $1")).sort();
}

Deno.test({
  ...needsLauncher("whatever is spoiled in the folder, the next start says so once and heals it"),
  async fn() {
    const random = seeded("spoiled folders");
    using folder = new Folder();
    const { Path, ID } = await probe();
    const GOREL_CACHE = place(folder);
    const dir = join(GOREL_CACHE, ID);
    place(folder, "moved");
    assert.deepEqual(start(Path, { GOREL_CACHE }), started);
    const fresh = listing(dir);
    const all = Object.entries(ways);
    const order = random.shuffle(all);
    for (let i = 0; i < cases(all.length + 7, 500); i++) {
      const [name, spoil] = order[i] ?? random.pick(all);
      const file = random.pick(files);
      const why = spoil(dir, file, random);
      const healed = start(Path, { GOREL_CACHE });
      const line = `gorel: unpacked again, for something had changed in ${dir}: ${why}\n`;
      assert.deepEqual(healed, { ...started, stderr: line }, `${name} ${file}`);
      assert.deepEqual(start(Path, { GOREL_CACHE }), started, `${name} ${file}, a second time`);
      assert.deepEqual(listing(dir), fresh);
      assert.deepEqual(names(GOREL_CACHE), [ID, `${ID}.lock`]);
    }
  },
});

Deno.test({
  ...needsLauncher("a Deno that was copied is judged by its content, and what it keeps is its own"),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const GOREL_CACHE = place(folder);
    start(Path, { GOREL_CACHE });
    const copied = join(GOREL_CACHE, ID, deno);
    const unpacked = Deno.statSync(copied).mtime!.getTime() / 1000;
    assert.equal(unpacked, timeOf(Deno.readFileSync(copied)));
    Deno.utimeSync(copied, 1, 1);
    Deno.writeTextFileSync(join(GOREL_CACHE, ID, "cache/anything"), "");
    assert.deepEqual(start(Path, { GOREL_CACHE }), started);
  },
});

Deno.test({
  ...needsLauncher("first starts at the same time unpack once, and all of them start"),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const GOREL_CACHE = join(place(folder), "a/b");
    const env = { PATH: Deno.env.get("PATH")!, GOREL_CACHE, PAYLOAD: "ls -id ${0%/*}" };
    for (let round = 0; round < cases(2, 50); round++) {
      const all = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const child = new Deno.Command(Path, { clearEnv: true, env, stdin: "null" });
          const { code, stdout, stderr } = await child.output();
          const decoder = new TextDecoder();
          return [code, decoder.decode(stdout), decoder.decode(stderr)];
        }),
      );
      // The same folder, not one that took the place of another.
      assert.equal(new Set(all.map(([, stdout]) => stdout)).size, 1);
      assert.deepEqual(all.map(([code, , stderr]) => [code, stderr]), Array(5).fill([0, ""]));
      assert.deepEqual(names(GOREL_CACHE), [ID, `${ID}.lock`]);
      Deno.removeSync(join(GOREL_CACHE, ID), { recursive: true });
    }
  },
});

Deno.test({
  ...needsLauncher("a first start that is killed leaves nothing that a later one trips over"),
  async fn() {
    const random = seeded("killed first starts");
    using folder = new Folder();
    const { Path, ID } = await probe();
    const GOREL_CACHE = place(folder);
    const dir = join(GOREL_CACHE, ID);
    const env = { PATH: Deno.env.get("PATH")!, GOREL_CACHE, PAYLOAD: "exec sleep 9" };
    let inside = 0;
    for (let i = 0; i < cases(20, 500); i++) {
      if (names(dir).includes("app") && random.chance(0.5)) ways.cut!(dir, "app/main.js", random);
      else tryRun("rm", ["-rf", dir], {});
      const child = new Deno.Command(Path, { clearEnv: true, env, stderr: "null" }).spawn();
      const wait = random.int(0, 40);
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill("SIGKILL");
      await child.status;
      if (names(GOREL_CACHE).some((name) => name.endsWith(".tmp"))) inside++;
    }
    console.log(`killed while it unpacked: ${inside}`);
    const { code, stdout } = start(Path, { GOREL_CACHE });
    assert.deepEqual([code, stdout], [0, "started\n"]);
    assert.deepEqual(start(Path, { GOREL_CACHE }), started);
    // Where only the removing of a spoiled folder was cut short, the next unpacking ends it.
    ways.gone!(dir, "app/main.js", random);
    assert.equal(start(Path, { GOREL_CACHE }).stdout, "started\n");
    assert.deepEqual(names(GOREL_CACHE), [ID, `${ID}.lock`]);
  },
});
