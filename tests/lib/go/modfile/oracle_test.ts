/** Reading random go.mod files, valid and broken, judged by the library of the go command. */
import assert from "node:assert/strict";
import {
  errorText,
  format,
  type ModFile,
  modulePath,
  parse,
  parseLax,
} from "../../../../lib/go/modfile/mod.ts";
import { isPrint, isSpace } from "../../../../lib/go/modfile/strconv.ts";
import { decode } from "../../../../lib/text.ts";
import { needsGo } from "../../../support/go.ts";
import { Oracle } from "../../../support/oracle.ts";
import { cases, seeded } from "../../../support/random.ts";
import { wild } from "./wild.ts";

/** What the oracle says of a file. */
interface View {
  Errors: { Line: number; Col: number; Full: string }[] | null;
  Entries: Record<string, { Line: number; Values: string[] }[]>;
  Format: string | null;
  ModulePath: string;
}

/** The typed view in the oracle's shape. */
function entries(mod: ModFile): View["Entries"] {
  const all = {
    Module: mod.Module ? [[mod.Module, mod.Module.Path, mod.Module.Deprecated ?? ""]] : [],
    Go: mod.Go ? [[mod.Go, mod.Go.Version]] : [],
    Toolchain: mod.Toolchain ? [[mod.Toolchain, mod.Toolchain.Name]] : [],
    Godebug: mod.Godebug.map((x) => [x, x.Key, x.Value]),
    Require: mod.Require.map((x) => [x, x.Path, x.Version, String(x.Indirect)]),
    Exclude: mod.Exclude.map((x) => [x, x.Path, x.Version]),
    Replace: mod.Replace.map((x) => [
      x,
      x.Old.Path,
      x.Old.Version ?? "",
      x.New.Path,
      x.New.Version ?? "",
    ]),
    Retract: mod.Retract.map((x) => [x, x.Low, x.High, x.Rationale]),
    Tool: mod.Tool.map((x) => [x, x.Path]),
    Ignore: mod.Ignore.map((x) => [x, x.Path]),
  } as Record<string, [{ Line: number }, ...string[]][]>;
  return Object.fromEntries(
    Object.entries(all).filter(([, list]) => list.length > 0).map(([verb, list]) => [
      verb,
      list.map(([{ Line }, ...Values]) => ({ Line, Values })),
    ]),
  );
}

function assertRead(
  read: typeof parse,
  bytes: Uint8Array,
  view: View,
  name: string,
): boolean {
  const { Mod, Errors } = read("go.mod", bytes);
  assert.equal(
    Errors.map(errorText).join("\n"),
    (view.Errors ?? []).map(({ Full }) => Full).join("\n"),
    name,
  );
  assert.deepEqual(
    Errors.map(({ Line, Col = 1 }) => [Line, Col]),
    (view.Errors ?? []).map(({ Line, Col }) => [Line, Col]),
    name,
  );
  if (Errors.length > 0) return false;
  assert.deepEqual(entries(Mod), view.Entries, name);
  return true;
}

Deno.test(needsGo("random go.mod files are read and formatted as Go does it"), async () => {
  const random = seeded("parse and format");
  const texts = Array.from({ length: cases(2000, 40_000) }, () => wild(random));
  const oracle = await Oracle.open();
  const answers = await oracle.ask(
    texts.flatMap((text) => [["modfile.Parse", text], ["modfile.ParseLax", text]] as const),
  );
  let [valid, broken] = [0, 0];
  texts.forEach((bytes, i) => {
    const name = `GOREL_SEED=${random.seed}\n${JSON.stringify(decode(bytes))}\n${bytes.toHex()}`;
    const [strict, lax] = [answers[2 * i]!, answers[2 * i + 1]!].map((a) => a.Values[0] as View);
    const accepted = assertRead(parse, bytes, strict!, name);
    accepted ? valid++ : broken++;
    assertRead(parseLax, bytes, lax!, name);
    assert.equal(modulePath(bytes), strict!.ModulePath, name);
    const formatted = accepted ? Uint8Array.fromBase64(strict!.Format ?? "") : bytes;
    assert.equal(decode(format(bytes)), decode(formatted), name);
    assert.deepEqual(format(bytes), formatted, name);
  });
  console.log(`${valid} valid, ${broken} broken`);
  assert.ok(Math.min(valid, broken) > texts.length / 5, `${valid} valid, ${broken} broken`);
});

Deno.test(needsGo("the characters that stand unquoted are those that Go prints"), async () => {
  const oracle = await Oracle.open();
  const [[theirs]] = await oracle.each("modfile.Printable", [[]]) as [[[number, number][]]];
  const ours: [number, number][] = [];
  for (let c = 0; c <= 0x10ffff; c++) {
    // Halves of a pair are no characters, and here stand for bytes that are not UTF-8.
    if (c >= 0xd800 && c <= 0xdfff || !isPrint(c) || isSpace(c)) continue;
    const last = ours.at(-1);
    if (last && last[1] === c - 1) last[1] = c;
    else ours.push([c, c]);
  }
  assert.deepEqual(ours, theirs);
});
