/**
 * gorel as one file in a root that has glibc, libgcc, git and sh and nothing else: no Deno, no Go,
 * no network but the loopback, and settings of somebody's Deno in the way.
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { compileHost } from "../../scripts/compile.ts";
import { maySeparate, names, needsLauncher } from "./built.ts";
import { Pty } from "../support/pty.ts";
import { Folder, run, tryRun } from "../support/repo.ts";
import { tool } from "../support/tools.ts";
import { version } from "../../lib/cli/version.ts";

/** Where programs lie, also those that only root's shells look for. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The files that a program needs to be started: what `ldd` names. */
function libraries(program: string): string[] {
  const said = run("ldd", [program], { env: { LC_ALL: "C" } });
  return Array.from(said.matchAll(/\/[^ )\n]+/g), ([path]) => path);
}

class BareRoot implements Disposable {
  readonly folder = new Folder();

  /** Without `ip` nothing could raise the loopback; then the network stays. */
  constructor(readonly networked = "Missing" in tool("ip")) {
    const copies = new Map<string, string>();
    for (const [name, to] of [["git", "/usr/bin/git"], ["sh", "/bin/sh"]] as const) {
      const found = tool(name);
      if ("Missing" in found) throw new Error(found.Missing);
      copies.set(to, found.Path);
    }
    for (const program of [...copies.values(), Deno.execPath()]) {
      for (const library of libraries(program)) copies.set(library, library);
    }
    for (const [to, from] of copies) {
      Deno.mkdirSync(dirname(this.folder.join(to)), { recursive: true });
      Deno.copyFileSync(from, this.folder.join(to));
    }
    // What git starts under names of its own is git.
    Deno.mkdirSync(this.folder.join("usr/lib/git-core"), { recursive: true });
    for (const name of ["git-receive-pack", "git-upload-pack"]) {
      Deno.symlinkSync("/usr/bin/git", this.folder.join("usr/lib/git-core", name));
    }
    for (const name of ["dev", "proc", "tmp", "home"]) Deno.mkdirSync(this.folder.join(name));
    const broken = ["deno.json", "deno.jsonc", "package.json", "deno.lock", ".npmrc"];
    for (const name of broken) Deno.writeTextFileSync(this.folder.join("home", name), "{ broken");
    Deno.writeTextFileSync(this.folder.join("package.json"), '{"type": "commonjs"}');
    Deno.writeTextFileSync(this.folder.join("deno.json"), "{ broken");
  }

  /** A root with gorel in it. */
  static async make(): Promise<BareRoot> {
    const root = new BareRoot();
    const path = await compileHost(root.folder.join("usr/bin"));
    Deno.renameSync(path, root.folder.join("usr/bin/gorel"));
    return root;
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  /** The words that run others in this root. `proc` false leaves out /proc. */
  words(args: readonly string[], proc = true): string[] {
    const enter = [
      'root=$1; shift; export PATH="$0"',
      ...(this.networked ? [] : ["ip link set lo up"]),
      ...(proc ? ['mount --rbind /proc "$root/proc"'] : []),
      'mount --rbind /dev "$root/dev"',
      "chroot=$(command -v chroot)",
      'exec env -i PATH=/usr/bin HOME=/home TERM=xterm-256color LC_ALL=C.UTF-8 "$chroot" "$root" "$@"',
    ].join("\n");
    const spaces = this.networked ? "-rm" : "-rmn";
    return ["unshare", spaces, "sh", "-ec", enter, PATH, this.folder.path, ...args];
  }

  /** Runs gorel in this root, to its end. */
  gorel(args: readonly string[], proc = true): { code: number; stdout: string; stderr: string } {
    const [program, ...words] = this.words(["gorel", ...args], proc);
    return tryRun(program!, words, {});
  }
}

Deno.test({
  ...needsLauncher("in a bare root without network the file is all of gorel", maySeparate),
  async fn(t) {
    using root = await BareRoot.make();

    await t.step("without /proc, which Deno needs, it says so and writes nothing", () => {
      const { code, stderr } = root.gorel(["--version"], false);
      assert.match(stderr, /^gorel: Deno needs \/proc, which is not mounted here: .*\n$/);
      assert.deepEqual([code, names(root.folder.join("home/.cache"))], [1, []]);
    });

    await t.step("it starts, the first time and later", () => {
      const said = { code: 0, stdout: `gorel ${version}\n`, stderr: "" };
      assert.deepEqual(root.gorel(["--version"]), said);
      assert.deepEqual(root.gorel(["--version"]), said);
    });

    await t.step("the sandbox's release is published", () => {
      const { code, stdout, stderr } = root.gorel(["demo", "--yes", "--json"]);
      assert.equal(code, 0, stderr);
      const { State, Releases } = JSON.parse(stdout);
      const versions = Releases.map(({ Version }: { Version: string }) => Version);
      assert.deepEqual([State, versions], ["published", ["v1.0.1"]]);
    });

    await t.step("the screens open, and end as they are told to", async () => {
      const ways = [
        { end: (pty: Pty) => pty.type("q"), code: 0 },
        { end: (pty: Pty) => pty.type("\x03"), code: 130 },
        { end: (pty: Pty) => pty.signal("SIGTERM"), code: 143 },
      ];
      for (const { end, code } of ways) {
        await using pty = new Pty(root.words(["gorel", "demo"]));
        await pty.until(/[›>] Patch and retract +a bad version/);
        assert.ok(pty.alternate);
        await end(pty);
        assert.equal((await pty.ended()).code, code);
        assert.ok(!pty.alternate && pty.cursorVisible);
      }
    });

    await t.step("all that was kept lies in the one folder that the file unpacks into", () => {
      const cache = root.folder.join("home/.cache");
      const [id] = names(join(cache, "gorel"));
      assert.deepEqual(names(cache), ["gorel"]);
      assert.deepEqual(names(join(cache, "gorel", id!)), ["app", "cache", "deno"]);
      assert.deepEqual(names(root.folder.join("tmp")), []);
    });

    await t.step("without git it says what to install", () => {
      Deno.removeSync(root.folder.join("usr/bin/git"));
      const { code, stdout } = root.gorel(["status", "--json"]);
      assert.deepEqual([code, JSON.parse(stdout).Error.Code], [3, "git-missing"]);
    });
  },
});
