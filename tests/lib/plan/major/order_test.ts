import assert from "node:assert/strict";
import { goOccurrences } from "../../../../lib/plan/major/gofile.ts";
import { type ByteEdit, keepImportOrder } from "../../../../lib/plan/major/order.ts";
import { needsGo } from "../../../support/go.ts";
import { Oracle } from "../../../support/oracle.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";
import { goSource, tidyBlock } from "./gosource.ts";
import { bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

function edited(text: string, edits: readonly ByteEdit[]): string {
  let out = "", at = 0;
  for (const { At, Old, New } of edits) {
    assert.ok(At >= at, "ascending, apart from one another");
    assert.equal(text.slice(At, At + Old.length), Old);
    out += text.slice(at, At) + New;
    at = At + Old.length;
  }
  return out + text.slice(at);
}

function importEdits(text: string): ByteEdit[] {
  return goOccurrences("p.go", text, change).filter(({ Class }) => Class === "import");
}

function ordered(text: string): string {
  return edited(text, keepImportOrder(text, importEdits(text)));
}

const orders: Record<string, [before: string, after: string]> = {
  "what was in order is brought into order, comments with it": [
    'import (\n\t"example.com/m" // m\n\ta "example.com/m/nested"  /* n */\n\t"example.com/m/z"\n)\n',
    'import (\n\ta "example.com/m/nested"  /* n */\n\t"example.com/m/v2" // m\n\t"example.com/m/v2/z"\n)\n',
  ],
  "what was not in order stays": [
    'import (\n\t"example.com/m"\n\t"example.com/m/nested"\n\t"example.com/l"\n)\n',
    'import (\n\t"example.com/m/v2"\n\t"example.com/m/nested"\n\t"example.com/l"\n)\n',
  ],
  "blank lines and lines of comment part what is sorted": [
    'import (\n\t"example.com/m"\n\n\t"example.com/m/nested"\n\t// o\n\t"example.com/m/nested/x"\n)\n',
    'import (\n\t"example.com/m/v2"\n\n\t"example.com/m/nested"\n\t// o\n\t"example.com/m/nested/x"\n)\n',
  ],
  "line ends and indentation stay where they are": [
    'import (\r\n  "example.com/m"\r\n\t_ "example.com/m/nested";\n)\r\n',
    'import (\r\n  _ "example.com/m/nested";\r\n\t"example.com/m/v2"\n)\r\n',
  ],
  "imports that share a line stay": [
    'import (\n\t"example.com/m"; "example.com/m/nested"\n\t"fmt")\n',
    'import (\n\t"example.com/m/v2"; "example.com/m/nested"\n\t"fmt")\n',
  ],
  "without anything to rewrite nothing moves": [
    'import (\n\t"b"\n\t"a"\n)\n',
    'import (\n\t"b"\n\t"a"\n)\n',
  ],
};

for (const [name, [before, after]] of Object.entries(orders)) {
  Deno.test(`order of imports: ${name}`, () => assert.equal(ordered(before), after));
}

Deno.test(
  needsGo("random files: go/parser reads the rewritten imports, and no other byte changed"),
  async () => {
    const random = seeded("rewritten imports");
    const sources = Array.from({ length: cases(300, 6000) }, () => bytesOf(goSource(random)));
    const after = sources.map(ordered);
    const read = await imports([...sources, ...after]);
    sources.forEach((source, i) => {
      const [before, parsed] = read[i]!;
      const [rewritten, still] = read[sources.length + i]!;
      assert.equal(parsed && still, true, source);
      const wanted = before.map(({ Name, Path }) => `${Name} ${newPath(Path)}`);
      assert.deepEqual(rewritten.map(({ Name, Path }) => `${Name} ${Path}`).sort(), wanted.sort());
      // Lines may have changed places; apart from that the file is what the edits of the paths say.
      const plain = edited(source, importEdits(source));
      assert.deepEqual(lines(after[i]!), lines(plain), source);
    });
  },
);

Deno.test(
  needsGo("random files: imports that gofmt would leave where they are it leaves there afterwards"),
  async () => {
    const random = seeded("order of imports");
    const runs = Array.from({ length: cases(300, 6000) }, () => tidyBlock(random, tidy(random)));
    const sources = runs.map((run) => bytesOf(`package p\n\nimport (\n\t${run.join("\n\t")}\n)\n`));
    const after = sources.map(ordered);
    const all = [...sources, ...after];
    const oracle = await Oracle.open();
    const formatted = (await oracle.each("format.Source", all.map((text) => [bytes(text)])))
      .map(([base64]) => text(Uint8Array.fromBase64(base64 as string)));
    const read = await imports([...all, ...formatted]);
    const order = (i: number) => read[i]![0].map(({ Name, Path }) => `${Name} ${Path}`);
    let moved = 0;
    sources.forEach((source, i) => {
      const kept = order(i).join() === order(all.length + i).join();
      const plain = edited(source, importEdits(source));
      if (!kept) return assert.equal(after[i], plain, "what was not in order stays");
      const j = sources.length + i;
      assert.deepEqual(order(j), order(all.length + j), source);
      if (after[i] !== plain) moved++;
    });
    assert.ok(moved > 10, `only ${moved} had to move`);
  },
);

function tidy(random: Random): boolean {
  return random.chance(0.8);
}

interface Import {
  Name: string;
  Path: string;
}

async function imports(texts: string[]): Promise<[Import[], boolean][]> {
  const oracle = await Oracle.open();
  return await oracle.each("parser.Imports", texts.map((text) => [bytes(text)])) as [
    Import[],
    boolean,
  ][];
}

function newPath(path: string): string {
  const own = path === change.Old || path.startsWith(change.Old + "/");
  return own && change.owns(path) ? change.New + path.slice(change.Old.length) : path;
}

function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).sort();
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function text(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
