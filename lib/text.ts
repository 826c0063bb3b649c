/**
 * Cleaning of foreign text: whatever comes from a repository, a tag, a server
 * or another program passes here before it reaches a terminal.
 */

/** Terminal control sequences: CSI, OSC and the other string controls, two-byte escapes. */
const sequences =
  // deno-lint-ignore no-control-regex
  /(?:\x1b\[|\x9b)[0-?]*[ -\/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -~]?/g;

/** Control, format (bidi marks among them), line and paragraph separators, private use, unpaired surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** One line of foreign text: control sequences and invisible characters removed, line ends and tabs to one space. */
export function clean(text: string): string {
  return text.replace(sequences, "").replace(/[\r\n\t]+/g, " ").replace(
    invisible,
    "",
  ).trim();
}

/** Several lines of foreign text, each cleaned; at most `most` lines, the rest counted. */
export function cleanLines(text: string, most = 20): string[] {
  const lines = text.replace(sequences, "").split(/\r?\n|\r/).map((line) => clean(line));
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most), `… ${lines.length - most} more lines`];
}

/**
 * Removes user name and password from every URL in a text; also a password whose "/" or
 * "@" was not encoded, which git refuses and then repeats in its words.
 */
export function withoutCredentials(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(/([a-z][a-z0-9+.-]{0,40}:\/\/)[^\/\s]*@/gi, "$1")
    .replace(/([a-z][a-z0-9+.-]{0,40}:\/\/)[^\/\s:@[]*:(?!\d+(?:[\/\s'"]|$))[^\s'"]*@/gi, "$1");
}

/**
 * A value as JSON that is safe to show: what would be invisible, or obeyed by a terminal or in the
 * log of a CI system (`##vso[`, `##[`), stands as an escape of the same meaning. `indent` as for
 * JSON.stringify.
 */
export function jsonText(value: unknown, indent?: number): string {
  const units = (text: string) =>
    text.split("").map((unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const json = JSON.stringify(value, null, indent);
  const text = json.includes("##") ? json.replace(/#(?=#[a-z]*\[)/gi, "\\u0023") : json;
  // Nearly all are plain, which is seen much faster.
  if (!/[^\n -~]/.test(text)) return text;
  return text
    .replace(
      /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
      (found) => units(found).join(""),
    );
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes as UTF-8 text; what is not valid becomes U+FFFD. A byte-order mark is kept. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Text as UTF-8 bytes. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Bytes one after the other, as one array of their own. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A text as one word of a POSIX shell, as people would write it: what a terminal would obey is
 * taken out, line ends stay.
 */
export function shellWord(text: string): string {
  const shown = text.split(/\r?\n/).map(clean).join("\n");
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}

/** Foreign text in a sentence: one line, cut, in quotes where it would not look like one word. */
export function shown(text: string): string {
  const short = clean(text.length > 80 ? text.slice(0, 79) + "…" : text);
  return short === "" || /\s/.test(short) ? `"${short}"` : short;
}

/** "1 file", "2 files". */
export function count(n: number, one: string, many = one + "s"): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Several names in a sentence: `a, b, c and 2 more`, each cleaned. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => clean(name)).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Tells the lines of a stream as they end; what is drawn over (a progress) is told as it was last. */
export function lineByLine(
  tell: (line: string) => void,
): { bytes(bytes: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = "";
  const told = (line: string) => {
    const last = line.split("\r").findLast((part) => part.trim() !== "");
    if (last !== undefined) tell(last);
  };
  return {
    bytes: (bytes: Uint8Array) => {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop()!.slice(-10_000);
      lines.forEach(told);
    },
    end: () => told(rest),
  };
}
