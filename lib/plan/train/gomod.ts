/** The go.mod of a train's module: raised requirements, and replacements that are dropped. */
import {
  cleanup,
  edit,
  formatFile,
  type Requirement,
  setRequireSeparateIndirect,
} from "../../go/modfile/file/mod.ts";
import { applyEdits, inOrder, Original } from "../../go/modfile/edit.ts";
import { type ModFile, parse, type Replace } from "../../go/modfile/mod.ts";
import { removeLines } from "../../go/modfile/remove.ts";
import { encodeText } from "../../go/modfile/utf8.ts";
import { directiveWords } from "../../go/modfile/words.ts";

/** What becomes of a go.mod. */
export interface Wanted {
  /** The version that is required of a path, wherever it is required. */
  Require: ReadonlyMap<string, string>;
  /** Requirements that are not there yet. */
  Add: readonly Requirement[];
  /** Whether a requirement is `// indirect`, by path, where that changes; null: it goes. */
  Indirect?: ReadonlyMap<string, boolean | null>;
  /** The go line, where it rises. */
  Go?: string;
  /** Replacements that are dropped. */
  Drops(line: Replace): boolean;
}

/**
 * The go.mod with the changes made to single words and lines; where it was in the form that
 * `go mod tidy` gives, it is in that form again.
 */
export function editedGoMod(bytes: Uint8Array, wanted: Wanted): Uint8Array {
  const { Mod } = parse("go.mod", bytes);
  const gone = new Set(Mod.Replace.filter((line) => wanted.Drops(line)).map(({ Line }) => Line));
  const text = applyEdits(
    bytes,
    inOrder([
      ...words(bytes, Mod, wanted),
      ...removeLines(new Original(bytes), Mod.Syntax, gone),
    ]),
  );
  const moves = wanted.Add.length + (wanted.Indirect?.size ?? 0) > 0;
  if (same(text, bytes) && !moves) return bytes;
  return same(tidied(bytes, null), bytes)
    ? tidied(text, moves ? wanted : null)
    : added(text, wanted.Add);
}

function words(bytes: Uint8Array, Mod: ModFile, { Require, Go }: Wanted) {
  return directiveWords(bytes, Mod.Syntax).flatMap(({ Verb, Args: [first, second] }) => {
    if (Verb === "go" && first && Go !== undefined) {
      return [{ At: first.Start, Old: first.Raw, New: Go }];
    }
    const version = Verb === "require" && first && Require.get(first.Value);
    return version && second && second.Value !== version
      ? [{ At: second.Start, Old: second.Raw, New: version }]
      : [];
  });
}

/** As `go mod tidy` writes the file, with what is wanted of its requirements. */
function tidied(bytes: Uint8Array, wanted: Wanted | null): Uint8Array {
  const file = edit(parse("go.mod", bytes).Mod);
  if (wanted) {
    const now = file.Require.flatMap(({ Path, Version, Indirect }) => {
      const is = wanted.Indirect?.get(Path);
      return is === null ? [] : [{ Path, Version, Indirect: is ?? Indirect }];
    });
    setRequireSeparateIndirect(file, [...now, ...wanted.Add]);
  }
  cleanup(file);
  return formatFile(file);
}

/** With lines of their own at the end, all else as it is. */
function added(bytes: Uint8Array, more: readonly Requirement[]): Uint8Array {
  if (more.length === 0) return bytes;
  const original = new Original(bytes);
  const { eol } = original;
  const lines = more.map(({ Path, Version, Indirect }) =>
    `require ${Path} ${Version}${Indirect ? " // indirect" : ""}${eol}`
  );
  return new Uint8Array([...bytes, ...encodeText(original.gap() + lines.join(""))]);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
