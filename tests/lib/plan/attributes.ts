/** Random `.gitattributes`: everything in them that changes, or looks as if it changed, what git archives. */
import type { Random } from "../../support/random.ts";

const patterns = [
  "*",
  "*.txt",
  "*.go",
  "*.md",
  "*.sh",
  "/a.go",
  "[bc].*",
  "c.txt",
  "u16.txt",
  "id.md",
  "é.txt",
  '"x y.txt"',
  "LICENSE",
  "go.mod",
  "pkg/",
  "pkg/*",
  "sub/**",
  "**/internal/*.txt",
  "!*.go",
];

const attributes = [
  "text",
  "-text",
  "!text",
  "text=auto",
  "text=auto eol=crlf",
  "text eol=crlf",
  "eol=crlf",
  "eol=lf",
  "eol=CRLF",
  "-eol",
  "!eol",
  "crlf",
  "-crlf",
  "crlf=input",
  "binary",
  "ident",
  "-ident",
  "!ident",
  "export-ignore",
  "export-subst",
  "filter=lfs diff=lfs merge=lfs -text",
  "filter=upper",
  "-delta merge=union",
  "windows",
  "-windows",
  "!windows",
  "dos",
  "plain",
  "working-tree-encoding=UTF-8",
  "working-tree-encoding=UTF-16",
  "working-tree-encoding=UTF-16LE-BOM eol=crlf",
  "working-tree-encoding=UTF-32BE",
  "working-tree-encoding=ISO-8859-1",
  "working-tree-encoding=nonsense",
  "-working-tree-encoding",
];

/** Only the attributes of the repository's root may define macros; elsewhere they are passed over. */
const macros = [
  "[attr]windows text eol=crlf",
  "[attr]dos windows ident",
  "[attr]plain -text -ident",
  "[attr]binary ident",
];

const noise = ["", "# words", "  # words", "*.go", "\t*.md\tident", "*.md ident ", "*.go -ident\r"];

/** The text of a `.gitattributes`. */
export function randomAttributes(random: Random): string {
  const lines = [];
  if (random.chance(0.4)) lines.push(random.pick(macros), random.pick(macros));
  for (let n = random.int(1, 4); n > 0; n--) {
    lines.push(
      random.chance(0.15) ? random.pick(noise) : [
        random.pick(patterns),
        random.pick(attributes),
        random.pick(["", random.pick(attributes)]),
      ]
        .join(" ").trimEnd(),
    );
  }
  const text = random.shuffle(lines).join("\n") + random.pick(["\n", "\n", ""]);
  return random.chance(0.05) ? "\ufeff" + text : text;
}
