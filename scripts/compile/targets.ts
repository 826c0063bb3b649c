/** The systems that gorel is built for, and the Deno that goes into each. */

export type TargetName =
  | "linux-x64"
  | "linux-arm64"
  | "macos-x64"
  | "macos-arm64"
  | "windows-x64";

export interface Target {
  readonly Name: TargetName;
  /** Deno's own name for it: `Deno.build.target`, `deno compile --target`. */
  readonly Triple: string;
  readonly Goos: string;
  readonly Goarch: string;
  /** The npm package that holds Deno for it, with its one version. */
  readonly Package: string;
  readonly Version: string;
  /** SHA-512 of the package as npm gives it. */
  readonly Integrity: string;
  /** SHA-256 of the Deno in the package, in hexadecimal. */
  readonly Sha256: string;
}

/** The Deno that gorel is tested on. */
export const denoVersion = "2.9.6";

/** Not every version of Deno has a package for every system: each target has a version of its own. */
export const targets: readonly Target[] = [
  {
    Name: "linux-x64",
    Triple: "x86_64-unknown-linux-gnu",
    Goos: "linux",
    Goarch: "amd64",
    Package: "@deno/linux-x64-glibc",
    Version: denoVersion,
    Integrity:
      "sha512-3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==",
    Sha256: "bceb5b6a6239b0b010418406d8c77a508f67cf4337d94288f1c19fe71304aab0",
  },
  {
    Name: "linux-arm64",
    Triple: "aarch64-unknown-linux-gnu",
    Goos: "linux",
    Goarch: "arm64",
    Package: "@deno/linux-arm64-glibc",
    Version: "2.9.5",
    Integrity:
      "sha512-IuYjsz9PGl7CJcNXMuN27KNDB8Q40brK3SG3l+TXMDVW61ZKwcn0fQHBHnXFiiygEwI8by/fKnASEluhZB1atw==",
    Sha256: "e1a70c5eb03b0ebaf761077029ef86b9ba22d50e2b54ca45ce5437457f701b63",
  },
  {
    Name: "macos-x64",
    Triple: "x86_64-apple-darwin",
    Goos: "darwin",
    Goarch: "amd64",
    Package: "@deno/darwin-x64",
    Version: "2.9.5",
    Integrity:
      "sha512-gbdlxWZuAZFiJiZtTT00Mv/aC7f/31+pyqJGQKlZr5X33WeTo5B0GG+efcX3P1UZceRKHuPEAQ1B/M2oRt8r9Q==",
    Sha256: "befc4fee79127584c0f5c9f76ca6bb73c8e6ff523c01acd52e9c5db1968a09cb",
  },
  {
    Name: "macos-arm64",
    Triple: "aarch64-apple-darwin",
    Goos: "darwin",
    Goarch: "arm64",
    Package: "@deno/darwin-arm64",
    Version: "2.9.5",
    Integrity:
      "sha512-SX98qSdBT1lw9x6NwGwx2xIayl1kRimdRnFohYlJ6nt3mLKzTKHHKQwQs5D2pEY7mbUGGbYe9brM2kfN75pPkg==",
    Sha256: "b5bd08edab254d42d7b05aa5b6cb4c9b8d4dede4975aff76951ce2cce18866fa",
  },
  {
    Name: "windows-x64",
    Triple: "x86_64-pc-windows-msvc",
    Goos: "windows",
    Goarch: "amd64",
    Package: "@deno/win32-x64",
    Version: "2.9.5",
    Integrity:
      "sha512-LkcERsH0olOgevg9L9eootSr1U8ydyfnX1bS3mFqU+lGBeTYtlec5b/QF473WUOGVgPlWECrkxi4As5kEaFOzg==",
    Sha256: "98f8c2a2d470e4ccb04c935c86ff8050817d877762aec5eaeeb9e409ccb3b9fd",
  },
];

/** The target that this machine is; undefined where gorel is not built for it. */
export function hostTarget(): Target | undefined {
  return targets.find((target) => target.Triple === Deno.build.target);
}

/** What the executable of a target is called in dist/. */
export function fileName({ Name, Goos }: Target): string {
  return `gorel-${Name}${Goos === "windows" ? ".exe" : ""}`;
}

/** What Deno is called on the target. */
export function denoName({ Goos }: Target): "deno" | "deno.exe" {
  return Goos === "windows" ? "deno.exe" : "deno";
}
