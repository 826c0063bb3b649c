/** Where a launcher unpacks, and where it does not. */
import assert from "node:assert/strict";
import { maySeparate, names, needsLauncher, place, probe, start } from "./built.ts";
import { Folder, tryRun } from "../support/repo.ts";

const root = Deno.build.os === "linux" && Deno.uid() === 0;
const started = { code: 0, stdout: "started\n", stderr: "" };

Deno.test({
  ...needsLauncher("it unpacks into GOREL_CACHE alone, else the user's cache, else for a while"),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const at = (name: string) => folder.join(name);
    const own = `gorel-${Deno.uid()}`;
    const settings = { HOME: at("home"), XDG_CACHE_HOME: at("xdg"), TMPDIR: place(folder, "tmp") };

    const both = [ID, `${ID}.lock`];
    assert.deepEqual(start(Path, { ...settings, GOREL_CACHE: at("a/b") }), started);
    assert.deepEqual(names(folder.path), ["a", "tmp"]);
    assert.deepEqual(names(at("a/b")), both);
    assert.deepEqual(start(Path, { ...settings, GOREL_CACHE: "" }), started);
    assert.deepEqual(names(at("xdg/gorel")), both);
    assert.equal(Deno.statSync(at("xdg/gorel")).mode! & 0o777, 0o700);
    // Whatever the user's umask: a folder that they cannot enter would stay in all later starts' way.
    const masked = tryRun("sh", ["-c", 'umask 0777; exec "$0"', Path], {
      env: { GOREL_CACHE: at("masked/cache"), PAYLOAD: "umask" },
    });
    assert.deepEqual(masked, { ...started, stdout: "0777\n" });
    assert.deepEqual([names(at("masked/cache")), Deno.statSync(at("masked")).mode! & 0o777], [
      both,
      0o700,
    ]);
    Deno.removeSync(at("masked"), { recursive: true });
    assert.deepEqual(start(Path, { HOME: at("home"), TMPDIR: at("tmp") }), started);
    assert.deepEqual(names(at("home/.cache/gorel")), both);
    assert.deepEqual(names(at("tmp")), []);
    // No HOME, and one that is no path from the root: nothing is taken from the current folder.
    assert.deepEqual(start(Path, { TMPDIR: at("tmp") }), started);
    assert.deepEqual(names(at(`tmp/${own}`)), both);
    Deno.removeSync(at(`tmp/${own}`), { recursive: true });
    assert.deepEqual(start(Path, { HOME: "home", TMPDIR: at("tmp") }), started);
    assert.deepEqual(names(at(`tmp/${own}`)), both);
  },
});

Deno.test({
  ...needsLauncher("a folder that others can change is no place, and says so"),
  async fn() {
    using folder = new Folder();
    const { Path } = await probe();
    const at = (name: string) => folder.join(name);
    place(folder, "real");
    Deno.symlinkSync(at("real"), at("link"));
    Deno.writeTextFileSync(at("file"), "");
    Deno.mkdirSync(at("open"));
    Deno.chmodSync(at("open"), 0o777);
    Deno.mkdirSync(at("group"));
    Deno.chmodSync(at("group"), 0o770);
    const refused: [path: string, why: string][] = [
      [at("open"), "others may write it (mode 0777)"],
      [at("open/below"), `${at("open")} may be written by everybody`],
      [at("group"), "others may write it (mode 0770)"],
      [at("link"), "a symbolic link"],
      [at("file"), `mkdir ${at("file")}: not a directory`],
      [at("\x1b[31m"), "others may write it (mode 0777)"],
    ];
    Deno.mkdirSync(at("\x1b[31m"));
    Deno.chmodSync(at("\x1b[31m"), 0o777);
    if (root) {
      Deno.mkdirSync(at("theirs"), { mode: 0o700 });
      Deno.chownSync(at("theirs"), 65534, 65534);
      refused.push([at("theirs"), "belongs to user 65534"]);
      // What root makes in a user's folder would be in that user's way.
      refused.push([at("theirs/below/it"), `${at("theirs")} belongs to user 65534`]);
    }
    for (const [path, why] of refused) {
      const { code, stdout, stderr } = start(Path, { GOREL_CACHE: path });
      const [first, second, third, ...more] = stderr.split("\n");
      assert.match(first!, /^gorel: cannot unpack itself \(\d+ MB\) into any of these folders/);
      assert.equal(second, `  ${path.replace("\x1b", "\ufffd")}: ${why}`);
      assert.match(third!, /^GOREL_CACHE=FOLDER names another/);
      assert.deepEqual([code, stdout, more], [1, "", [""]]);
    }
    // Also where the program lies unpacked already.
    assert.deepEqual(start(Path, { GOREL_CACHE: at("kept/cache") }), started);
    Deno.chmodSync(at("kept"), 0o777);
    assert.equal(start(Path, { GOREL_CACHE: at("kept/cache") }).code, 1);
    const relative = start(Path, { GOREL_CACHE: "cache" });
    assert.match(relative.stderr, /\n {2}GOREL_CACHE=cache: not an absolute path\n/);
    assert.deepEqual([names(at("real")), names(at("open"))], [[], []]);

    // Where it was not asked for by name, the next place does.
    Deno.mkdirSync(at("open/gorel"));
    Deno.chmodSync(at("open/gorel"), 0o777);
    assert.deepEqual(start(Path, { XDG_CACHE_HOME: at("open"), TMPDIR: at("real") }), started);
    assert.deepEqual(names(at("open/gorel")), []);
  },
});

/** Each line is one start in a file system made for it; `t` is where it is mounted. */
const mounted = String.raw`
set -eu
gorel=$1 t=$2 tmp=$3 id=$4
export TMPDIR="$tmp" PAYLOAD='echo started'
says() { # LABEL COMMAND…: what it printed, on lines that begin with the label
  label=$1; shift
  { "$@" 2>&1 && code=0 || code=$?; echo "exit $code"; } | sed "s|^|$label: |"
}
filled() { mount -t tmpfs -o "$1" none "$t"; }
filled size=2m
says full env GOREL_CACHE="$t/c" "$gorel"
says full-home env HOME="$t" "$gorel"
umount "$t"; rm -r "$tmp"/*
filled size=40m,nr_inodes=6
says inodes env GOREL_CACHE="$t/c" "$gorel"
ls -A "$t/c" | grep -c 'tmp$' | sed 's|^|inodes-left: |'
umount "$t"
filled size=40m,noexec
says noexec env GOREL_CACHE="$t/c" "$gorel"
umount "$t"
filled size=40m
says first env GOREL_CACHE="$t/c" "$gorel"
mount -o remount,noexec "$t"
says noexec-later env GOREL_CACHE="$t/c" "$gorel"
mount -o remount,ro,exec "$t"
says read-only env GOREL_CACHE="$t/c" "$gorel"
mount -o remount,rw "$t"
echo '// main.jt' > "$t/c/$id/app/main.js"
mount -o remount,ro "$t"
says read-only-changed env GOREL_CACHE="$t/c" "$gorel"
says read-only-empty env GOREL_CACHE="$t/d" "$gorel"
umount "$t"
`;

Deno.test({
  ...needsLauncher("a full, read-only or noexec place is passed over, or named", maySeparate),
  async fn() {
    using folder = new Folder();
    const { Path, ID } = await probe();
    const { stdout, stderr, code } = tryRun("unshare", [
      "-rmn",
      "sh",
      "-c",
      mounted,
      "sh",
      Path,
      place(folder, "t"),
      place(folder, "tmp"),
      ID,
    ], { env: { LC_ALL: "C" } });
    assert.deepEqual([code, stderr], [0, ""]);
    const said = (label: string) =>
      stdout.split("\n").filter((line) => line.startsWith(`${label}: `))
        .map((line) => line.slice(label.length + 2));
    const refusal = (label: string, why: RegExp) => {
      const [, reason, , exit, ...more] = said(label);
      assert.match(reason!, why);
      assert.deepEqual([exit, more], ["exit 1", []]);
    };
    refusal("full", /t\/c: no space: [12] MB free$/);
    assert.deepEqual(said("full-home"), ["started", "exit 0"]);
    refusal("inodes", /no space left on device$/);
    assert.deepEqual(said("inodes-left"), ["0"]);
    refusal("noexec", /t\/c: mounted so that no program can run from it \(noexec\)$/);
    assert.deepEqual(said("first"), ["started", "exit 0"]);
    refusal("noexec-later", /t\/c: the system runs no program from it: permission denied$/);
    assert.deepEqual(said("read-only"), ["started", "exit 0"]);
    refusal(
      "read-only-changed",
      new RegExp(
        `something changed in ${ID} \\(app/main.js: 11 bytes instead of 10\\), ` +
          `and it cannot be unpacked again: .*: read-only file system$`,
      ),
    );
    refusal("read-only-empty", /mkdir .*\/d: read-only file system$/);
  },
});
