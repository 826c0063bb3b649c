/**
 * How the linker spells the path of a package in a symbol (cmd/internal/objabi, PathToPrefix): the
 * dots of the last element, and what no path has, are written `%xx`. So `//go:linkname` must say
 * `gopkg.in/yaml%2ev3.f`, but `gopkg.in/yaml.v3/sub.f`.
 */

/** The path as symbols begin with it; one character a byte. */
export function pathToPrefix(path: string): string {
  const last = path.lastIndexOf("/") + 1;
  return path.slice(0, last).replace(/[^!#-$&-~]/g, hex) +
    path.slice(last).replace(/[^!#-$&-\-/-~]/g, hex);
}

/** The path that symbols begin with a prefix for. */
export function prefixToPath(prefix: string): string {
  return prefix.replace(/%([0-9a-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}

/** The path of the package that a symbol is of: what stands before the first dot of its last element. */
export function symbolPackage(symbol: string): string {
  // A method's receiver and type arguments may hold paths of their own.
  const end = symbol.search(/[([]/);
  const head = end < 0 ? symbol : symbol.slice(0, end);
  const dot = head.indexOf(".", head.lastIndexOf("/") + 1);
  return prefixToPath(dot < 0 ? head : head.slice(0, dot));
}

/**
 * A path as Go's assembler takes it: a middle dot (U+00B7) for each dot and a division slash (U+2215)
 * for each slash, in the bytes of UTF-8, one character each.
 */
export function assemblyPath(path: string): string {
  return path.replaceAll(".", "\xc2\xb7").replaceAll("/", "\xe2\x88\x95");
}

/** What the assembler makes of such a spelling. */
export function assembledName(word: string): string {
  return word.replaceAll("\xc2\xb7", ".").replaceAll("\xe2\x88\x95", "/");
}

function hex(char: string): string {
  return "%" + char.charCodeAt(0).toString(16).padStart(2, "0");
}
