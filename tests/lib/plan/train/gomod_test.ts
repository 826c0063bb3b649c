import assert from "node:assert/strict";
import { editedGoMod } from "../../../../lib/plan/train/gomod.ts";
import { decode, encode } from "../../../../lib/text.ts";

const coming = new Map([["example.com/m/a", "v1.2.0"], ["example.com/m/b", "v0.4.0"]]);

function edited(text: string, add: Parameters<typeof editedGoMod>[1]["Add"] = []): string {
  return decode(editedGoMod(encode(text), {
    Require: coming,
    Add: add,
    Drops: ({ Old, New }) => New.Version === undefined && coming.has(Old.Path),
  }));
}

const head = "module example.com/m\n\ngo 1.21\n";
const table: Record<string, [before: string, after: string]> = {
  "only the version's bytes change, whatever is beside it": [
    `${head}\nrequire (\n    example.com/m/a   v1.1.0 // why\n  "example.com/m/b"\tv0.0.0\n\texample.net/x v1.0.0\n)\n`,
    `${head}\nrequire (\n    example.com/m/a   v1.2.0 // why\n  "example.com/m/b"\tv0.4.0\n\texample.net/x v1.0.0\n)\n`,
  ],
  "line ends of Windows stay": [
    `${head}require example.com/m/a v1.1.0\nreplace example.com/m/a => ../a\n`.replaceAll(
      "\n",
      "\r\n",
    ),
    `${head}require example.com/m/a v1.2.0\n`.replaceAll("\n", "\r\n"),
  ],
  "a dropped line takes its comments along": [
    `${head}\n// Of old.\nreplace example.net/x => ../x\n\n// While we work.\nreplace example.com/m/a v0.0.0 => ./a // here\n\nexclude example.net/x v1.0.0\n`,
    `${head}\n// Of old.\nreplace example.net/x => ../x\n\nexclude example.net/x v1.0.0\n`,
  ],
  "a block that gets empty goes": [
    `${head}\nreplace (\n\texample.com/m/a => ./a\n\n\t// b\n\texample.com/m/b => ./b\n)\n`,
    head,
  ],
  "a block with one entry left is a line, as go mod tidy has it": [
    `${head}\n// Both.\nreplace (\n\texample.com/m/a => ./a\n\t// fork\n\texample.net/x => ../x\n)\n`,
    `${head}\n// Both.\n// fork\nreplace example.net/x => ../x\n`,
  ],
  "but not in a file that has a form of its own": [
    `${head}replace (\n  example.com/m/a => ./a\n  example.net/x => ../x\n)\n`,
    `${head}replace (\n  example.net/x => ../x\n)\n`,
  ],
  "a replacement by another module's version stays": [
    `${head}\nreplace example.com/m/a => example.net/fork v1.0.0\n`,
    `${head}\nreplace example.com/m/a => example.net/fork v1.0.0\n`,
  ],
};

for (const [name, [before, after]] of Object.entries(table)) {
  Deno.test(name, () => assert.equal(edited(before), after));
}

Deno.test("a new requirement stands where go mod tidy puts it, else at the end", () => {
  const add = [{ Path: "example.com/m/b", Version: "v0.4.0", Indirect: true }];
  assert.equal(
    edited(`${head}\nrequire example.com/m/a v1.1.0\n\ntool example.com/m/a/cmd\n`, add),
    `${head}\nrequire example.com/m/a v1.2.0\n\nrequire example.com/m/b v0.4.0 // indirect\n\n` +
      "tool example.com/m/a/cmd\n",
  );
  assert.equal(
    edited(`${head}require   example.com/m/a v1.1.0\n`, add),
    `${head}require   example.com/m/a v1.2.0\n\nrequire example.com/m/b v0.4.0 // indirect\n`,
  );
});
