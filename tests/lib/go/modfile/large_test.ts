/** go.mod files as large as Go takes them, 16 MiB: read in time, or refused in words. */
import assert from "node:assert/strict";
import {
  checkRetracts,
  deprecateEdit,
  errorText,
  format,
  modulePath,
  parse,
  retractEdit,
} from "../../../../lib/go/modfile/mod.ts";
import { encode } from "../../../../lib/text.ts";

const most = 16 << 20;

const errorsOf = (text: string) => parse("go.mod", encode(text)).Errors.map(errorText);

Deno.test("a million lines are read, one more is refused", () => {
  const lines = "\n".repeat(999_999);
  assert.deepEqual(errorsOf(lines + "module m"), []);
  assert.deepEqual(errorsOf(lines + "module m\n"), []);
  assert.deepEqual(errorsOf(lines + "\nmodule m"), ["go.mod:1000001: more than 1000000 lines"]);
  assert.equal(modulePath(encode(lines + "\nmodule m")), "m");
});

Deno.test("one token, one comment, one string of 16 MiB", () => {
  const path = "x".repeat(most - 20);
  assert.equal(parse("go.mod", encode(`module ${path}\n`)).Mod.Module?.Path, path);
  assert.equal(parse("go.mod", encode(`module "${path}"\n`)).Mod.Module?.Path, path);
  const comment = encode(`module m // ${path}\n`);
  assert.deepEqual(format(comment), comment);
});

Deno.test("one line of many tokens is refused as Go refuses it", () => {
  assert.deepEqual(errorsOf("(".repeat(most / 8)), [
    `go.mod:1:${most / 8 + 1}: syntax error (unterminated block started at go.mod:1:1)`,
  ]);
  assert.deepEqual(errorsOf("require a.b" + " c".repeat(most / 16)), [
    "go.mod:1: usage: require module/path v1.2.3",
  ]);
});

Deno.test("what is done for each of many lines does not look at all of them", () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `\tv1.0.${i}\n`).join("");
  const bytes = encode(`module example.com/m/v2\nretract (\n${lines})\n`);
  assert.equal(checkRetracts(parse("go.mod", bytes).Mod).length, 50_000);
  const same = `module example.com/m\nretract (\n${"\tv1.0.0 // b\n".repeat(20_000)})\n`;
  const once = [{ Low: "v1.0.0", High: "v1.0.0" }];
  assert.equal(retractEdit(encode(same), once, "why").Edits?.length, 40_000);
  const paragraphs = "// Deprecated: x\n//\n".repeat(50_000);
  const { After } = deprecateEdit(encode(`${paragraphs}module m\n`), "");
  assert.deepEqual(After, encode("module m\n"));
});
