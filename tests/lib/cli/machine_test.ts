import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decode, shellWord } from "../../../lib/text.ts";
import { seeded } from "../../support/random.ts";

const { processes, env } = machine({
  ...Deno.env.toObject(),
  LD_PRELOAD: "/nowhere.so",
  DYLD_X: "1",
});

Deno.test("a program gets its input and leaves its output and exit code", async () => {
  const ran = await processes.run("sh", ["-c", "cat; echo oops >&2; exit 3"], { stdin: "hello" });
  assert.equal(decode(ran.Stdout), "hello");
  assert.equal(decode(ran.Stderr), "oops\n");
  assert.equal(ran.Code, 3);
  assert.equal(ran.Killed, undefined);
});

Deno.test("children get no LD_ and DYLD_ variables, and what is undefined is removed", async () => {
  assert.equal("LD_PRELOAD" in env || "DYLD_X" in env, false);
  const ran = await processes.run("sh", ["-c", 'echo "$LD_PRELOAD$DYLD_X$HOME-$ADDED"'], {
    env: { HOME: undefined, ADDED: "x" },
  });
  assert.equal(decode(ran.Stdout), "-x\n");
});

Deno.test("children get the variables that a launcher changed for Deno as the user had them", () => {
  const launcher = { DENO_DIR: "/ours", DENO_NO_UPDATE_CHECK: "1", DENO_NO_PACKAGE_JSON: "1" };
  const HOME = "/home/ada";
  assert.deepEqual(machine({ HOME, ...launcher }).env, { HOME, ...launcher });
  const started = { HOME, GOREL_EXECUTABLE: "/bin/gorel" };
  assert.deepEqual(machine({ ...started, ...launcher }).env, started);
  assert.deepEqual(
    machine({ ...started, ...launcher, GOREL_OUTER_DENO_DIR: "/theirs", GOREL_OUTER_LD_X: "" }).env,
    { ...started, DENO_DIR: "/theirs" },
  );
  assert.deepEqual(
    machine({ ...started, GOREL_OUTER_NODE_OPTIONS: "-r x", DENO_CERT: "ca" }).env,
    { ...started, NODE_OPTIONS: "-r x", DENO_CERT: "ca" },
  );
});

Deno.test("programs are looked for in absolute folders only", () => {
  const table: [string, string | undefined][] = [
    [".:/usr/bin::bin:/bin:", "/usr/bin:/bin"],
    ["/usr/bin", "/usr/bin"],
    [".", undefined],
    ["", undefined],
  ];
  for (const [PATH, kept] of table) assert.equal(machine({ PATH }).env.PATH, kept, PATH);
});

Deno.test("a program that cannot be started has the exit code 127", async () => {
  const nowhere = machine({ PATH: "/nowhere" }).processes;
  assert.equal((await nowhere.run("git", ["version"])).Code, 127);
});

Deno.test("the time limit holds although a child of the program keeps the pipes open", async () => {
  const ran = await processes.run("sh", ["-c", "echo begun; sleep 30 & wait"], { timeout: 300 });
  assert.equal(ran.Killed, "timeout");
  assert.equal(decode(ran.Stdout), "begun\n");
});

Deno.test("a program ends with the signal, also one that came before it", async () => {
  const stop = new AbortController();
  const running = processes.run("sh", ["-c", "echo begun; exec sleep 60"], {
    shielded: true,
    timeout: 0,
    signal: stop.signal,
  });
  stop.abort();
  assert.equal((await running).Killed, "signal");
  const late = await processes.run("sh", ["-c", "exec sleep 60"], { signal: stop.signal });
  assert.equal(late.Killed, "signal");
});

Deno.test("too much output ends the program", async () => {
  const ran = await processes.run("sh", ["-c", "while :; do echo x; done"], { maxBytes: 1000 });
  assert.equal(ran.Killed, "output");
});

Deno.test("a program that has ended is not waited for because another one keeps its pipes", async () => {
  const heard: string[] = [];
  const { Code, Stdout, Stderr } = await processes.run(
    "sh",
    ["-c", "sleep 60 & echo $!; echo words >&2"],
    { heard: (bytes) => heard.push(decode(bytes)) },
  );
  const left = Number(decode(Stdout));
  // It runs still, or this throws: so nobody waited for it.
  Deno.kill(left, "SIGKILL");
  assert.deepEqual([Code, decode(Stderr), heard.join("")], [0, "words\n", "words\n"]);
});

Deno.test("a word that is quoted for a shell is one word of it, whatever it holds", async () => {
  const random = seeded("shell words");
  const letters = [..."ab'\"$`\\ !*?;&|<>(){}[]~#=%-,\n日é"];
  const words = [
    "",
    "-n",
    "a'b",
    ...Array.from(
      { length: 60 },
      () => Array.from({ length: random.int(0, 12) }, () => random.pick(letters)).join(""),
    ),
  ];
  // What stands at the ends of a line is no part of a word that people type.
  const typed = words.map((w) => w.split("\n").map((line) => line.trim()).join("\n"));
  const script = `printf '%s\\0' ${typed.map(shellWord).join(" ")}`;
  const { Stdout } = await processes.run("sh", ["-c", script]);
  assert.deepEqual(decode(Stdout).split("\0").slice(0, -1), typed);
});
