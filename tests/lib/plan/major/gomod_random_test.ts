/** Random go.mod files: go mod edit reads after the change what was to be read, and nothing else. */
import assert from "node:assert/strict";
import type { ModFileJSON } from "../../../../lib/go/modfile/mod.ts";
import { latin1Bytes } from "../../../../lib/plan/major/bytes.ts";
import { goModOccurrences } from "../../../../lib/plan/major/modcomments.ts";
import { oldMajorLines } from "../../../../lib/plan/major/newgomod.ts";
import type { PathChange } from "../../../../lib/plan/major/types.ts";
import { needsGo } from "../../../support/go.ts";
import { cases, type Random, seeded } from "../../../support/random.ts";
import { each, Judge } from "../../go/modfile/judge.ts";
import { bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

interface Case {
  Name: string;
  File: string;
  Text: string;
  Change: PathChange;
  Own: boolean;
  Imports: boolean;
}

function randomCase(random: Random, i: number): Case {
  const Own = random.chance(0.4);
  const eol = random.pick(["\n", "\n", "\r\n"]);
  const some = <T>(items: readonly T[]) => items.filter(() => random.chance(0.5));
  const word = (text: string) => random.chance(0.2) ? `"${text}"` : text;
  const gap = () => random.pick([" ", " ", "  ", "\t"]);
  const beside = () =>
    random.pick(["", "", "", " // about example.com/m – ünsafe", " //x", "\t// indirect"]);
  const statements = (verb: string, entries: string[]): string[] => {
    if (entries.length === 0) return [];
    if (random.chance(0.5)) return entries.map((entry) => verb + gap() + entry + beside());
    const lines = entries.flatMap((entry) => [
      ...(random.chance(0.2) ? ["\t// see example.com/m"] : []),
      ...(random.chance(0.1) ? [""] : []),
      random.pick(["\t", "  ", ""]) + entry + beside(),
    ]);
    return [`${verb} (`, ...lines, ")"];
  };
  const versions = ["v1.0.0", "v1.4.2", "v0.0.0-20200101000000-abcdefabcdef"];
  const version = random.pick(versions);
  const folder = random.pick(Own ? [".", "./", "../x"] : ["..", "../", "../fork", "./.."]);
  const by = random.chance(0.8) ? word(folder) : word("fork.test/m") + gap() + "v1.0.0";
  const retracts = ["v1.0.0", '"v1.2.0"', "[v1.0.1, v1.3.0]", "[ v0.1.0 , v1.3.1 ]", "v2.0.0"];
  const parts = random.shuffle([
    statements(
      "require",
      random.shuffle(some([
        word("example.com/m") + gap() + word(version),
        ...(Own ? [] : [word("example.com/m/v2") + gap() + random.pick(["v2.0.0-rc.1", "v2.3.0"])]),
        "example.com/m/nested v1.0.0",
        "example.com/mod v1.0.0",
        "xexample.com/m v1.0.0",
      ])),
    ),
    statements(
      "exclude",
      some([word("example.com/m") + gap() + "v1.0.1", "example.com/mod v1.2.0"]),
    ),
    statements(
      "replace",
      some([
        word("example.com/m") + random.pick(["", gap() + random.pick(versions)]) + gap() + "=>" +
        gap() + by,
        "other.test/x => example.com/m v1.0.0",
        "example.com/mod => ../",
      ]),
    ),
    statements(
      "tool",
      some([
        word("example.com/m/cmd/x"),
        word("example.com/m"),
        "example.com/m/nested/x",
        "example.com/mod/x",
      ]),
    ),
    ...(Own ? [statements("retract", some(retracts))] : []),
  ]);
  const deprecated = random.chance(0.4)
    ? ["// Old.", "//", "// Deprecated: not example.com/m,", "// but ünsafe."]
    : [];
  const module = [
    ...(Own ? deprecated : []),
    `module ${word(Own ? "example.com/m" : "example.com/n")}${beside()}`,
  ];
  const lines = [module, ...parts].flatMap((part) => random.chance(0.7) ? [...part, ""] : part);
  const Imports = random.chance(0.5);
  return {
    Name: `case ${i}`,
    File: Own ? "go.mod" : "sub/go.mod",
    Text: bytesOf(lines.join(eol) + eol),
    Change: { ...change, others: () => ({ Imports, Workspace: false }) },
    Own,
    Imports,
  };
}

/** What go should read afterwards, worked out from what it reads before. */
function expected(before: ModFileJSON, { Own, Imports, File }: Case): ModFileJSON {
  const after = structuredClone(before);
  const isModule = (path: string) =>
    (File === "go.mod" ? [".", "./"] : ["..", "../", "./.."]).includes(path);
  const isTool = ({ Path }: { Path: string }) => /^example\.com\/m(?:$|\/cmd)/.test(Path);
  const follows = Own || Imports || (before.Tool ?? []).some(isTool) ||
    (before.Replace ?? []).some(({ Old, New }) =>
      Old.Path === "example.com/m" && isModule(New.Path)
    );
  const required = before.Require?.find((r) => r.Path === "example.com/m");
  for (const tool of after.Tool ?? []) {
    if (isTool(tool)) tool.Path = tool.Path.replace("example.com/m", "example.com/m/v2");
  }
  if (follows && required) {
    const already = after.Require!.find((r) => r.Path === "example.com/m/v2");
    if (already) {
      after.Require = after.Require!.filter((r) => r.Path !== "example.com/m");
      if (already.Version === "v2.0.0-rc.1") already.Version = "v2.0.0";
    } else {
      const one = after.Require!.find((r) => r.Path === "example.com/m")!;
      [one.Path, one.Version] = ["example.com/m/v2", "v2.0.0"];
    }
  }
  for (const { Old, New } of after.Replace ?? []) {
    if (Old.Path !== "example.com/m" || !isModule(New.Path)) continue;
    if (Old.Version !== undefined && required && Old.Version !== required.Version) continue;
    Old.Path = "example.com/m/v2";
    if (Old.Version !== undefined) Old.Version = "v2.0.0";
  }
  if (Own) {
    after.Module = { Path: "example.com/m/v2" };
    const left = (after.Retract ?? []).filter((r) => r.Low === "v2.0.0");
    after.Retract = left.length > 0 ? left : null;
  }
  return after;
}

Deno.test(
  needsGo("random go.mod files say of the new path what they said of the old one"),
  async () => {
    const random = seeded("new majors of random go.mod files");
    const all = Array.from({ length: cases(15, 150) }, (_, i) => randomCase(random, i));
    using judge = new Judge();
    await each(all, async (one) => {
      const { Name, File, Text, Change, Own } = one;
      const bytes = latin1Bytes(Text);
      const lost = Own ? oldMajorLines(bytes, "example.com/m/v2").Edits : [];
      const edits = [
        ...goModOccurrences(File, Text, Change).filter((o) =>
          ["module", "nested", "tool"].includes(o.Class)
        ),
        ...lost.map(({ At, Old, New }) => ({ At, Old: bytesOf(Old), New })),
      ].sort((a, b) => a.At - b.At);
      let [out, back, end] = ["", "", 0];
      for (const { At, Old, New } of edits) {
        assert.ok(At >= end, `${Name}: edits overlap`);
        out += Text.slice(end, At) + New;
        back += Text.slice(end, At) + Old;
        end = At + Old.length;
      }
      assert.equal(back + Text.slice(end), Text, Name);
      out += Text.slice(end);
      const [before, after] = [
        await judge.read(bytes, Name),
        await judge.read(latin1Bytes(out), Name),
      ];
      assert.deepEqual(after, expected(before, one), `${Name}\n${Text}\n→\n${out}`);
    });
  },
);
