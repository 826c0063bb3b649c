import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import { seal, sealLines, seals } from "../../../../lib/tui/widgets/seal.ts";
import { cases, seeded } from "../../../support/random.ts";
import { Folder, run, tryRun } from "../../../support/repo.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };

const hasKeygen = (() => {
  try {
    return tryRun("ssh-keygen", ["-?"]).code !== 127;
  } catch {
    return false;
  }
})();

/** A public key of ed25519 as OpenSSH writes it: two fields, each behind its length. */
function publicKey(bytes: readonly number[]): string {
  const field = (text: string) => String.fromCharCode(0, 0, 0, text.length) + text;
  return btoa(field("ssh-ed25519") + field(String.fromCharCode(...bytes)));
}

Deno.test({
  name: hasKeygen
    ? "the pictures of random hashes are those that ssh-keygen draws"
    : "the pictures are those that ssh-keygen draws (skipped: no ssh-keygen on PATH)",
  ignore: !hasKeygen,
  fn() {
    const random = seeded("seal");
    using folder = new Folder();
    const keys = Array.from(
      { length: cases(300, 3000) },
      (_, i) =>
        `ssh-ed25519 ${publicKey(Array.from({ length: 32 }, () => random.int(0, 255)))} k${i}\n`,
    );
    Deno.writeTextFileSync(folder.join("keys"), keys.join(""));
    const drawn = run("ssh-keygen", ["-lv", "-E", "sha256", "-f", folder.join("keys")]);
    const pictures = [...drawn.matchAll(/SHA256:(\S+) .*\n\+-.*\n((?:\|.{17}\|\n){9})\+-/g)];
    assert.equal(pictures.length, keys.length);
    for (const [, hash, rows] of pictures) {
      const expected = rows!.trimEnd().split("\n").map((row) => row.slice(1, -1));
      assert.deepEqual(seal(`h1:${hash}=`), expected, hash);
    }
  },
});

Deno.test("what is no hash has an empty picture", () => {
  for (const sum of ["", "h1:", "h2:" + "A".repeat(43) + "=", "h1:short="]) {
    assert.deepEqual(seal(sum), Array(9).fill(" ".repeat(17)));
  }
});

/** The hash whose first byte is the given one, the rest zero. */
const sum = (first: number) =>
  "h1:" + btoa(String.fromCharCode(first, ...Array<number>(31).fill(0)));

const text = (style: Style, of: Parameters<typeof seals>[1], columns = 80) =>
  seals(style, of, columns).map(textOf);

Deno.test("seals stand side by side, and the sign between them is about the whole hash", () => {
  const same = text(unicode, [{ From: "here", Sum: sum(1) }, { From: "proxy", Sum: sum(1) }]);
  assert.equal(same.length, sealLines);
  assert.equal(same[0], "  ╭─ here ──────────╮   ╭─ proxy ─────────╮");
  assert.match(same[5]!, /│ = │/);
  const differs = seals(unicode, [{ From: "a", Sum: sum(1) }, { From: "b", Sum: sum(2) }], 80);
  const sign = differs[5]!.find((span) => span.Text === "≠");
  assert.equal(sign?.Role, "bad");
  assert.match(
    text({ ...unicode, ascii: true }, [
      { From: "here", Sum: sum(1) },
      { From: "proxy", Sum: sum(2) },
    ])[5]!,
    /\| != \|/,
  );
});

Deno.test("a hash that is not known yet has its place reserved, and is not judged", () => {
  const drawn = text(unicode, [{ From: "here", Sum: sum(7) }, { From: "proxy" }]);
  const known = text(unicode, [{ From: "here", Sum: sum(7) }, { From: "proxy", Sum: sum(7) }]);
  assert.deepEqual(drawn.map((row) => row.length), known.map((row) => row.length));
  assert.equal(drawn[5]!.slice(20), `│   │${" ".repeat(8)}·${" ".repeat(8)}│`);
});

Deno.test("seals keep to their frame: a long name is cut, and too few columns draw none", () => {
  const of = [{ From: "checksum database of example.com" }, { From: "\x1b[31m日本語日本語日本語" }];
  for (const style of [unicode, { ...unicode, ascii: true }]) {
    const drawn = seals(style, of, 80);
    assert.equal(new Set(drawn.map(width)).size, 1);
  }
  assert.deepEqual(seals(unicode, of, 42), []);
  assert.equal(seals(unicode, of, 43).length, sealLines);
  assert.deepEqual(seals(unicode, [], 80), []);
});
