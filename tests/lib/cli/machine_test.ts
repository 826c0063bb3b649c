/** Programs as the machine runs them. */
import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decode, shellWord } from "../../../lib/text.ts";
import { seeded } from "../../support/random.ts";

Deno.test("a program that has ended is not waited for because another one keeps its pipes", async () => {
  const { processes } = machine();
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
  const { processes } = machine();
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
