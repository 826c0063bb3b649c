/**
 * Go's own version numbers, as they stand in `go` and `toolchain` lines:
 * `1.21`, `1.21rc2`, `1.21.0` (go-rules §12).
 */

interface Parts {
  major: number;
  minor: number;
  /** -1 where none is written: below `.0`, but before 1.21 a bare `1.20` is `1.20.0`. */
  patch: number;
  kind: string;
  pre: number;
}

function parts(version: string): Parts | null {
  const m = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(alpha|beta|rc)(\d+))?(?:-.*)?$/.exec(version);
  if (!m) return null;
  const minor = Number(m[2] ?? 0);
  const unwritten = m[4] === undefined && minor < 21 ? 0 : -1;
  return {
    major: Number(m[1]),
    minor,
    patch: m[3] === undefined ? unwritten : Number(m[3]),
    kind: m[4] ?? "",
    pre: Number(m[5] ?? 0),
  };
}

/**
 * Compares two Go versions: `1.21 < 1.21rc1 < 1.21.0 < 1.21.1`, and before
 * 1.21 `1.20rc1 < 1.20`. A malformed one is below every other.
 */
export function compareGoVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  if (!x || !y) return x ? 1 : y ? -1 : 0;
  if (x.major !== y.major) return Math.sign(x.major - y.major);
  if (x.minor !== y.minor) return Math.sign(x.minor - y.minor);
  if (x.patch !== y.patch) return Math.sign(x.patch - y.patch);
  if (x.kind !== y.kind) return x.kind < y.kind ? -1 : 1;
  return Math.sign(x.pre - y.pre);
}
