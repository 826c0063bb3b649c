/** What the quick reader of command lines understands, commander understands the same. */
import assert from "node:assert/strict";
import { commandNames } from "../../../lib/cli/commands.ts";
import { flagNames, flags } from "../../../lib/cli/flags.ts";
import { type Line, readLine } from "../../../lib/cli/line.ts";
import { parse } from "../../../lib/cli/parser.ts";
import { UsageError } from "../../../lib/problem.ts";
import { cases, type Random, seeded } from "../../support/random.ts";

/** A line, or the sentence that it is refused with; undefined: not read. */
function told(read: () => Line | undefined): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

const values = [
  "x",
  "rc",
  "5m",
  "1h30m",
  "",
  "-",
  "-x",
  "--json",
  "a=b",
  "v1.0.0",
  "a b",
  "=",
  "é",
];
const operands = [
  "v1.2.3",
  "v1",
  "sub",
  "m@latest",
  "m@<v2",
  "-",
  "--",
  "patch",
  "retract",
  "codes",
];

function randomFlag(random: Random): string[] {
  const { long, letter, value } = flags[random.pick(flagNames)];
  const name = letter !== undefined && (long === undefined || random.chance(0.4))
    ? `-${letter}`
    : `--${random.chance(0.3) ? "no-" : ""}${long}`;
  if (value === undefined || random.chance(0.05)) return [name];
  const text = random.pick(values);
  if (random.chance(0.3)) return [name.startsWith("--") ? `${name}=${text}` : name + text];
  return [name, text];
}

function randomLine(random: Random): string[] {
  const word = random.chance(0.95)
    ? random.pick(commandNames.map((name) => name === "version" ? "v1.2.3" : name))
    : random.pick(["help", "frob", ""]);
  const rest = Array.from(
    { length: random.int(0, 4) },
    () => random.chance(0.6) ? randomFlag(random) : [random.pick(operands)],
  );
  const parts = random.chance(0.8) ? [[word], ...rest] : random.shuffle([[word], ...rest]);
  return parts.flat();
}

Deno.test("a line that is read at once is the line that commander reads, to its errors", () => {
  const random = seeded("command lines");
  let read = 0;
  const all = cases(3000, 60_000);
  for (let i = 0; i < all; i++) {
    const argv = randomLine(random);
    const env = random.chance(0.1) ? { GOREL_WAIT: "10m", GOREL_NO_PUSH: "1" } : {};
    const ours = told(() => readLine(argv, env));
    if (ours === undefined) continue;
    read++;
    assert.deepEqual(ours, told(() => parse(argv, env)), JSON.stringify(argv));
  }
  assert.ok(read > all / 20, `only ${read} of ${all} lines were read`);
});

Deno.test("help, and what is wrong with a flag, is left to the parser that has words for it", () => {
  const left = ["--help", "help", "patch -h", "frob", "patch --frob", "patch --from x", "plan -o"];
  left.push("status --json=1", "status -qx", "status -q-json", "status -C=x", "status --remote -q");
  for (const line of left) assert.equal(readLine(line.split(" "), {}), undefined, line);
  for (const line of ["patch", "", "-C x status --json", "graph --consumers minor --pre rc"]) {
    const argv = line.split(" ").filter((word) => word !== "");
    assert.ok(readLine(argv, {}), line);
  }
});
