/** Reading and formatting go.mod files: Go's answers for more than a hundred, and any bytes. */
import assert from "node:assert/strict";
import {
  errorText,
  format,
  goVersion,
  type ModFile,
  modulePath,
  type ModuleVersion,
  parse,
  parseLax,
} from "../../../../lib/go/modfile/mod.ts";
import { decodeText, encodeText } from "../../../../lib/go/modfile/utf8.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { cases, seeded } from "../../../support/random.ts";

interface Vector {
  name: string;
  in: string;
  strict?: unknown;
  strictErr: string | null;
  lax?: unknown;
  laxErr: string | null;
  format?: string;
  modulePath: string;
}

const vectors: Vector[] = JSON.parse(
  Deno.readTextFileSync(new URL("../../../vectors/modfile_parse.json", import.meta.url)),
);

/** The vectors' own shape of a file: absent where empty, a version joined to its path by `@`. */
function summary(mod: ModFile): unknown {
  const joined = ({ Path, Version }: ModuleVersion) => Version ? `${Path}@${Version}` : Path;
  const all = {
    module: mod.Module?.Path,
    deprecated: mod.Module?.Deprecated,
    go: mod.Go?.Version,
    toolchain: mod.Toolchain?.Name,
    godebug: mod.Godebug.map(({ Key, Value }) => `${Key}=${Value}`),
    require: mod.Require.map(({ Path, Version, Indirect }) => ({
      path: Path,
      version: Version,
      indirect: Indirect,
    })),
    exclude: mod.Exclude.map(joined),
    replace: mod.Replace.map(({ Old, New }) => ({ old: joined(Old), new: joined(New) })),
    retract: mod.Retract.map(({ Low, High, Rationale }) => ({
      low: Low,
      high: High,
      rationale: Rationale,
    })),
    tool: mod.Tool.map(({ Path }) => Path),
    ignore: mod.Ignore.map(({ Path }) => Path),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value.length > 0),
  );
}

Deno.test("go.mod files are read, judged and formatted as Go does it", () => {
  assert.ok(vectors.length > 100);
  for (const vector of vectors) {
    const bytes = encode(vector.in);
    for (
      const [read, wanted, error] of [
        [parse, vector.strict, vector.strictErr],
        [parseLax, vector.lax, vector.laxErr],
      ] as const
    ) {
      const { Mod, Errors } = read("go.mod", bytes);
      assert.equal(Errors.map(errorText).join("\n") || null, error, vector.name);
      if (error === null) assert.deepEqual(summary(Mod), wanted ?? {}, vector.name);
    }
    assert.equal(modulePath(bytes), vector.modulePath, vector.name);
    if (vector.strictErr === null) {
      assert.equal(decode(format(bytes)), vector.format ?? "", vector.name);
    }
  }
});

Deno.test("an error names its file, place, directive and module", () => {
  const { Errors } = parse("sub/go.mod", encode("require (\n\ta.b/c v2.0.0\n)\nreplace x\n"));
  assert.deepEqual(Errors[0], {
    File: "sub/go.mod",
    Line: 2,
    Col: 2,
    Verb: "require",
    ModPath: "a.b/c",
    Text: 'version "v2.0.0" invalid: should be v0 or v1, not v2',
  });
  assert.equal(
    errorText(Errors[0]!),
    'sub/go.mod:2:2: require a.b/c: version "v2.0.0" invalid: should be v0 or v1, not v2',
  );
  assert.equal(Errors[1]?.Line, 4);
});

Deno.test("every entry knows its line", () => {
  const { Mod } = parse(
    "go.mod",
    encode("// c\nmodule m\ngo 1.21\nretract (\n\n\tv1.0.0\n\t// c\n\tv1.1.0\n)\ntool a.b/c\n"),
  );
  assert.deepEqual(
    [Mod.Module, Mod.Go, ...Mod.Retract, ...Mod.Tool].map((entry) => entry?.Line),
    [2, 3, 6, 8, 10],
  );
  assert.equal(goVersion(Mod), "1.21");
  assert.equal(goVersion(parse("go.mod", encode("module m\n")).Mod), "1.16");
});

/** Pieces of syntax and of broken syntax; joined at random they are rarely a go.mod file. */
const pieces = [
  ..."module|go 1.21|require a.b/c v1.0.0|retract|[v1.0.0, v1.1.0]|v1.0.0|(|)|(\n|\n)\n|// c|/*|=>"
    .split("|"),
  ...'"q"|"\\x41\\xff"|"\\q"|"a\\|`r`|\'s\'|\n|\n|\r\n|\r|\t| | |\u{1f600}|\ufeff|\0|\u00a0|\ufffd'
    .split("|"),
].map(encode);
const broken = [[0xff], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]];

Deno.test("any bytes can be read; what formatting gives is read alike and stays", () => {
  const random = seeded("parse any bytes");
  let accepted = 0;
  for (let i = 0; i < cases(3000, 100_000); i++) {
    const parts = Array.from(
      { length: random.int(0, 10) },
      () => random.chance(0.1) ? random.pick(broken) : [...random.pick(pieces)],
    );
    const bytes = new Uint8Array(parts.flat());
    const name = `GOREL_SEED=${random.seed}\n${JSON.stringify(decode(bytes))}`;
    parseLax("go.mod", bytes);
    modulePath(bytes);
    const { Mod, Errors } = parse("go.mod", bytes);
    assert.ok(
      Errors.every((e) => e.Line > 0 && e.Text !== "" && errorText(e).isWellFormed()),
      name,
    );
    if (Errors.length > 0) continue;
    accepted++;
    const once = format(bytes);
    assert.deepEqual(summary(parse("go.mod", once).Mod), summary(Mod), name);
    assert.deepEqual(format(once), once, name);
  }
  assert.ok(accepted > 20);
});

Deno.test("text that is not UTF-8 gives its bytes back", () => {
  const random = seeded("bytes as text");
  for (let i = 0; i < 2000; i++) {
    const bytes = Uint8Array.from(
      { length: random.int(0, 12) },
      () => random.pick([0x41, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xac, 0xed, 0xf0, 0x9f, 0x98, 0xff]),
    );
    const text = decodeText(bytes);
    assert.deepEqual(encodeText(text), bytes, `GOREL_SEED=${random.seed}`);
    const valid = decode(bytes);
    if (!valid.includes("\ufffd")) assert.equal(text, valid);
    else assert.ok(!text.isWellFormed());
  }
});
