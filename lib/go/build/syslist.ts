/** The systems and processors that Go knows by name (internal/syslist, internal/platform). */

/** Every GOOS there is, was or may be: the names that count in file names. */
export const knownOS: ReadonlySet<string> = new Set(
  ("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 " +
    "solaris wasip1 windows zos").split(" "),
);

/** The GOOS values that the tag `unix` stands for. */
export const unixOS: ReadonlySet<string> = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" "),
);

/** Every GOARCH there is, was or may be. */
export const knownArch: ReadonlySet<string> = new Set(
  ("386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 " +
    "mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm").split(" "),
);

/**
 * The platforms for which Go builds programs on any machine, without cgo, another linker or another
 * system's own files (so not ios): for each GOOS its GOARCH values (`go tool dist list`), the one most
 * in use first.
 */
export const ports: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    linux: "amd64 arm64 386 arm loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x",
    darwin: "arm64 amd64",
    windows: "amd64 arm64 386",
    freebsd: "amd64 arm64 386 arm",
    openbsd: "amd64 arm64 386 arm ppc64 riscv64",
    netbsd: "amd64 arm64 386 arm",
    dragonfly: "amd64",
    solaris: "amd64",
    illumos: "amd64",
    aix: "ppc64",
    plan9: "amd64 386 arm",
    js: "wasm",
    wasip1: "wasm",
    android: "arm64",
  }).map(([os, archs]) => [os, archs.split(" ")]),
);
