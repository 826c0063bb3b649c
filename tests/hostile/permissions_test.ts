/** What Deno may do is given up before anything of a repository is read (DESIGN.md §6). */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { commandNames } from "../../lib/cli/commands.ts";
import { startArguments } from "../../scripts/bundle.ts";
import { hasGo } from "../support/go.ts";
import { permissions } from "../support/gorel.ts";
import { Folder, run } from "../support/repo.ts";

const room = (path: string) => new URL(`../../lib/cli/${path}`, import.meta.url).href;

/** Runs a script under the permissions of `deno task release`. */
function probed(folder: Folder, script: string, argument: unknown): string {
  const probe = folder.join("probe.ts");
  Deno.writeTextFileSync(probe, script);
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const args = ["run", "--quiet", "--no-check", "--config", config, ...permissions, probe];
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  return run(Deno.execPath(), [...args, JSON.stringify(argument)], {
    cwd: folder.path,
    env: { PATH, HOME, NO_COLOR: "1", ...(DENO_DIR !== undefined && { DENO_DIR }) },
  }).trim();
}

Deno.test("what is given up can no longer be done; git stays", () => {
  using folder = new Folder();
  const can = (needed: string[]) =>
    probed(
      folder,
      `import { keepOnly } from "${room("permissions.ts")}";
    keepOnly(JSON.parse(Deno.args[0]));
    const can = async (name, what) => {
      try { await what(); return [name]; } catch (e) {
        const { NotCapable, NotFound } = Deno.errors;
        return e instanceof NotCapable || e instanceof NotFound ? [] : [name];
      }
    };
    const starts = (program) => can(program, () => new Deno.Command(program, { args: ["--version"] }).output());
    console.log([
      await starts("git"), await starts("go"), await starts("sh"), await starts("/bin/sh"),
      await can("write", () => Deno.writeTextFile("${folder.join("written")}", "")),
      await can("net", () => fetch("http://127.0.0.1:9999/").then((r) => r.body?.cancel())),
    ].flat().join(" "));`,
      needed,
    );
  assert.equal(can([]), "git");
  const go = hasGo ? " go" : "";
  assert.equal(can(["go", "net"]), `git${go} net`);
  assert.equal(can(["go", "sh", "write", "net"]), `git${go} sh write net`);
});

/** Parses a command line as main.ts does; in place of the command runs what says what is left. */
const dispatched = `import { machine } from "${room("machine.ts")}";
import { run } from "${room("program.ts")}";
const [interactive, ...argv] = JSON.parse(Deno.args[0]);
const left = () => ["git", "go", "sh"].map((command) => [command, { name: "run", command }])
  .concat([["write", { name: "write" }], ["net", { name: "net" }]])
  .filter(([, what]) => Deno.permissions.querySync(what).state === "granted").map(([name]) => name);
const services = machine();
const terminal = { ...services.terminal, interactive };
const load = () => Promise.resolve({
  run: () => Promise.resolve({ Kind: "text", Text: left().join(" ") }),
});
await run(argv, { ...services, terminal }, new AbortController().signal, load);`;

/** What is left, by the command line; the second of two where a person sits at the terminal. */
const table: Record<string, string | [piped: string, terminal: string]> = {
  "status": "git go net",
  "next": "git go net",
  "versions": "git go net",
  "next --offline": "git go",
  "hash": "git write",
  "query m@latest": "git go net",
  "graph": "git go write net",
  "graph --offline": "git go write",
  "explain codes": "git go net",
  "check": "git go write net",
  "check --offline": "git go write",
  "verify": "git go write net",
  "plan patch": "git go write net",
  "plan patch --offline": "git go write",
  "patch --dry-run": "git go write net",
  "patch --yes": "git go write net",
  "undo": ["git write", "git write"],
  "apply plan.json": ["git go sh write net", "git go sh write net"],
  "resume": ["git go sh write net", "git go sh write net"],
  "": ["git go net", "git go sh write net"],
  "patch": ["git go write net", "git go sh write net"],
  "minor": ["git go write net", "git go sh write net"],
  "major": ["git go write net", "git go sh write net"],
  "prerelease": ["git go write net", "git go sh write net"],
  "release": ["git go write net", "git go sh write net"],
  "auto --offline": ["git go write", "git go sh write"],
  "v1.2.3": ["git go write net", "git go sh write net"],
  "retract v1.0.0 --reason x": ["git go write net", "git go sh write net"],
  "unretract v1.0.0": ["git go write net", "git go sh write net"],
  "deprecate --reason x": ["git go write net", "git go sh write net"],
  "undeprecate": ["git go write net", "git go sh write net"],
  "config": "git go",
  "config --agree 0123456789abcdef": "git go write",
  "completion bash": "git",
  "man": "git",
  "demo --offline": ["git go write net", "git go sh write net"],
};

Deno.test("every command keeps only what it needs; the shell only where an editor can be opened, or commands may run", () => {
  using folder = new Folder();
  for (const [line, left] of Object.entries(table)) {
    const argv = line.split(" ").filter((word) => word !== "");
    const [piped, terminal] = typeof left === "string" ? [left] : left;
    assert.equal(probed(folder, dispatched, [false, ...argv]), piped, line);
    if (terminal === undefined) continue;
    assert.equal(probed(folder, dispatched, [true, ...argv]), terminal, `${line}, on a terminal`);
  }
  const words = new Set(Object.keys(table).map((line) => line.split(" ")[0]!));
  const untried = commandNames.filter((name) => name !== "version" && !words.has(name));
  assert.deepEqual(untried, []);
});

Deno.test("a release keeps the shell for commands of the file, and for no other file", () => {
  using folder = new Folder();
  run("git", ["init", "-q", folder.path]);
  const left = (line: string, file: string) => {
    Deno.writeTextFileSync(folder.join(".gorel.toml"), file);
    return probed(folder, dispatched, [false, ...line.split(" ")]);
  };
  const commands = '[before]\npush = "true"\n';
  assert.equal(left("patch --yes", commands), "git go sh write net");
  assert.equal(left("patch --yes", "push = false\n"), "git go write net");
  assert.equal(left("patch --dry-run", commands), "git go write net");
  assert.equal(left("check", commands), "git go write net");
});

Deno.test("every way to start gorel gives Deno the same permissions, those of the task", () => {
  const granted = (words: readonly string[]) =>
    words.filter((word) => word === "--no-prompt" || /^(-A|--allow-.*)$/.test(word));
  const read = (file: string) =>
    Deno.readTextFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)));
  const { tasks } = JSON.parse(read("deno.json"));
  const [line] = read("README.md").match(/deno install -g [^]*?main\.js/)!;
  const lines = [tasks.release.command, tasks.demo.command, line].map((text) => text.split(/\s+/));
  for (const words of [...lines, startArguments]) assert.deepEqual(granted(words), permissions);
});
