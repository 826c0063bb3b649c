import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decode } from "../../../lib/text.ts";

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

Deno.test("a program that cannot be started has the exit code 127", async () => {
  const nowhere = machine({ PATH: "/nowhere" }).processes;
  assert.equal((await nowhere.run("git", ["version"])).Code, 127);
});

Deno.test("the time limit holds although a child of the program keeps the pipes open", async () => {
  const ran = await processes.run("sh", ["-c", "echo begun; sleep 30 & wait"], { timeout: 300 });
  assert.equal(ran.Killed, "timeout");
  assert.equal(decode(ran.Stdout), "begun\n");
});

Deno.test("too much output ends the program", async () => {
  const ran = await processes.run("sh", ["-c", "while :; do echo x; done"], { maxBytes: 1000 });
  assert.equal(ran.Killed, "output");
});
