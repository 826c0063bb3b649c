import assert from "node:assert/strict";
import { commandNames, commands } from "../../../lib/cli/commands.ts";
import { flagNames, flags, variable, written } from "../../../lib/cli/flags.ts";
import { helpOf, program } from "../../../lib/cli/help.ts";
import { escaped, filled, item, literal } from "../../../lib/cli/man/roff.ts";
import { page } from "../../../lib/cli/man/page.ts";
import { glyphs } from "../../../lib/cli/style.ts";
import { fileKeys, flagKeys } from "../../../lib/config/keys.ts";
import { cases, seeded } from "../../support/random.ts";
import { tryRun } from "../../support/repo.ts";
import { needs, tool } from "../../support/tools.ts";

const mandoc = tool("mandoc");

/** A page as somebody reads it, in one line and without bold. */
function read(source: string): string {
  const { stdout, stderr } = tryRun("mandoc", ["-T", "ascii", "-O", "width=400"], {
    stdin: source,
  });
  assert.equal(stderr, "");
  // deno-lint-ignore no-control-regex
  return squeezed(stdout.replace(/.\x08/g, ""));
}

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

/** Our text with the signs that a terminal of ASCII has. */
const inAscii = (text: string) =>
  squeezed(glyphs({ ascii: true, color: false, verbose: false }, text));

Deno.test("the page has its sections, a day of its own, and lines that an editor shows whole", () => {
  const text = page();
  assert.equal(text, page());
  assert.match(text, /^\.TH GOREL 1 \d{4}-\d\d-\d\d "gorel [\d.]+"\n/);
  assert.deepEqual([...text.matchAll(/^\.SH "?(.*?)"?$/gm)].map(([, name]) => name), [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "OPTIONS",
    "CONFIGURATION",
    "ENVIRONMENT",
    "EXIT STATUS",
    "FILES",
    "EXAMPLES",
    "SEE ALSO",
  ]);
  assert.match(text, /^[\n\x20-\x7e]+$/);
});

Deno.test({
  ...needs(mandoc, "mandoc finds nothing to say about the page"),
  fn() {
    const { code, stdout, stderr } = tryRun("mandoc", ["-T", "lint", "-W", "style"], {
      stdin: page(),
    });
    assert.deepEqual([code, stdout, stderr], [0, "", ""]);
  },
});

Deno.test({
  ...needs(mandoc, "every command, flag, key, variable and example can be read in the page"),
  fn() {
    const shown = read(page());
    const has = (text: string) => assert.ok(shown.includes(inAscii(text)), text);
    for (const name of commandNames) {
      const { summary, more, examples } = helpOf(name);
      const word = name === "version" ? "vX.Y.Z[-pre]" : name;
      has(`gorel ${word} ${commands[name].operands}`.trimEnd());
      for (const text of [summary, ...more, ...examples]) has(text);
    }
    for (const text of [program.summary, ...program.examples]) has(text);
    for (const name of flagNames) {
      has(written(name));
      has(flags[name].help.slice(1));
      if (flags[name].env) has(variable(name));
    }
    for (const [key, { help }] of Object.entries({ ...flagKeys, ...fileKeys })) {
      has(`${key} = `);
      has(help.slice(1));
    }
    for (const code of ["0", "1", "2", "3", "8", "130"]) {
      assert.match(
        shown,
        new RegExp(` ${code} (Done|It failed|The command|Refused|Pending|Stopped)`),
      );
    }
  },
});

Deno.test({
  ...needs(mandoc, "any text of a page is read as it was written"),
  fn() {
    const random = seeded("texts of a manual page");
    const pieces = [
      ...[
        ".",
        "'",
        "\\",
        "-",
        '"',
        "`",
        "^",
        "~",
        ".SH",
        "\\fB",
        "\\&",
        "\\n(.x",
        "'\\\"",
        "$",
        "é",
      ],
      ...["--wait", "a.b", "it's", "v1.2.3-rc.1", "%", "{tag}", "[x]", "\\", "...", "C:\\dir", "#"],
    ];
    const texts = Array.from({ length: cases(200, 2000) }, (_, i) => {
      const words = Array.from(
        { length: random.int(1, 14) },
        () => Array.from({ length: random.int(1, 3) }, () => random.pick(pieces)).join(""),
      );
      return `begin${i} ${words.join(" ")} end`;
    });
    const place = [
      (text: string) => [".PP", ...filled(escaped(text))],
      (text: string) => item(escaped("-t"), [text]),
      (text: string) => literal(text.split(/(?<= )/).map((word) => word.trim())),
    ];
    const source = texts.flatMap((text) => random.pick(place)(text));
    const shown = read([".TH X 1 2026-01-01", ".SH NAME", "x", ...source, ""].join("\n"));
    for (const text of texts) assert.ok(shown.includes(text.replaceAll("é", "e")), text);
  },
});
