import assert from "node:assert/strict";
import { assemblyOccurrences, goOccurrences } from "../../../../lib/plan/major/gofile.ts";
import type { Finder } from "../../../../lib/plan/major/types.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { Go, needsGo } from "../../../support/go.ts";
import { run } from "../../../support/repo.ts";
import { assertMarked, bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

Deno.test("symbols in assembly are found in the assembler's spelling, and comments as in Go", () => {
  const found = assertMarked(
    assemblyOccurrences,
    '#include "textflag.h"\r\n// See ‹prose›example.com/m, [‹doc-link›example.com/m.A] and ‹prose›example·com∕m∕q·B.\r\n' +
      "TEXT ·local(SB), NOSPLIT, $0-8 /* ‹prose›example·com∕m */\r\n" +
      "\tCALL ‹assembly›example·com∕m·hidden(SB)\r\n\tCALL ‹assembly›example·com∕m∕q·hidden<ABIInternal>(SB)\r\n" +
      "\tMOVQ $‹assembly›example·com∕m∕q·x+8(SB), AX\r\n\tCALL example·com∕mod·other(SB)\r\n" +
      "\tCALL example·com∕m∕nested·other(SB)\r\n\tCALL example·com∕m∕v2·other(SB)\r\n\tCALL runtime·morestack(SB)\r\n",
    change,
  );
  const symbol = found.find(({ Class }) => Class === "assembly")!;
  assert.equal(symbol.New, bytesOf("example·com∕m∕v2"));
});

/** A module whose packages reach one another's functions by linker names. */
const files: Record<string, string> = {
  "go.mod": "module MODULE\n\ngo 1.24\n",
  "root.go":
    "package m\n\nvar Set = `no`\n\n//go:noinline\nfunc hidden(a int) int { return a + 1 }\n",
  "sub/sub.go":
    "package sub\n\nimport _ `unsafe`\n\n//go:noinline\nfunc hidden(a int) int { return a + 2 }\n\n" +
    "//go:linkname Called\nfunc Called(a int) int { return a + 3 }\n",
  "cmd/main.go": 'package main\n\nimport (\n\t_ "unsafe"\n\n\tm "MODULE"\n\t_ "MODULE/sub"\n)\n\n' +
    "//go:linkname root SYMBOL.hidden\nfunc root(a int) int\n\n//go:linkname sub MODULE/sub.hidden\n" +
    "func sub(a int) int\n\nfunc jumped(a int) int\n\nfunc main() { println(root(1), sub(1), jumped(1), m.Set) }\n",
  "cmd/jump_amd64.s": "TEXT ·jumped(SB), 4, $16-16\n\tMOVQ a+0(FP), AX\n\tMOVQ AX, 0(SP)\n" +
    "\tCALL ASSEMBLY∕sub·Called(SB)\n\tMOVQ 8(SP), AX\n\tMOVQ AX, ret+8(FP)\n\tRET\n",
};

for (
  const [Old, oldSymbol, New, newSymbol] of [
    ["example.com/m", "example.com/m", "example.com/m/v2", "example.com/m/v2"],
    ["gopkg.in/yaml.v2", "gopkg.in/yaml%2ev2", "gopkg.in/yaml.v3", "gopkg.in/yaml%2ev3"],
    ["example.com/x.go", "example.com/x%2ego", "example.com/x.go/v2", "example.com/x.go/v2"],
  ] as const
) {
  Deno.test(needsGo(`the real linker finds the symbols of ${New} after the rewrite`), () => {
    const change = changeOf(Old, New);
    const filled = (path: string, symbol: string) =>
      Object.entries(files).map(([name, text]) =>
        [
          name,
          text.replaceAll("MODULE", path).replaceAll("SYMBOL", symbol)
            .replaceAll("ASSEMBLY", path.replaceAll(".", "·").replaceAll("/", "∕")),
        ] as const
      );
    const wanted = filled(New, newSymbol);
    const rewritten = filled(Old, oldSymbol).map(([name, text]) => {
      if (name === "go.mod") return text.replace(Old, New);
      const finder: Finder = name.endsWith(".s") ? assemblyOccurrences : goOccurrences;
      const bytes = bytesOf(text);
      let out = "", at = 0;
      for (const { At, Old, New } of finder(name, bytes, change)) {
        out += bytes.slice(at, At) + New;
        at = At + Old.length;
      }
      return new TextDecoder().decode(
        Uint8Array.from(out + bytes.slice(at), (c) => c.charCodeAt(0)),
      );
    });
    assert.deepEqual(rewritten, wanted.map(([, text]) => text));
    if (Deno.build.arch !== "x86_64") return;

    const GOCACHE = run("go", ["env", "GOCACHE"], machine()).trim();
    using go = new Go({ GOCACHE });
    for (const [name, text] of wanted) {
      const file = go.folder.join("tree", name);
      Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
      Deno.writeTextFileSync(file, text);
    }
    const flags = `-ldflags=-X ${New}.Set=yes`;
    const { code, stderr } = go.run(["run", flags, "./cmd"], go.folder.join("tree"));
    assert.deepEqual([code, stderr], [0, "2 3 4 yes\n"]);
  });
}
