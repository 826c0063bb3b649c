/** The platforms besides the host that a module is judged for. */
import { dirOf } from "../facts/modules.ts";
import type { Snapshot } from "../git/tree.ts";
import { type BuildFile, platformsNamed } from "../go/build.ts";
import { decode } from "../text.ts";
import type { Platform } from "./environment.ts";
import { moduleOf, type Modules, passedOver } from "./modules.ts";

/** The platforms that the files of each module name, by the module's folder. */
export async function platformsOf(
  tree: Snapshot,
  { Mods }: Modules,
  host: Platform,
): Promise<(dir: string) => Platform[]> {
  const files = Map.groupBy(
    (await tree.entries()).filter(({ Path, Mode }) =>
      Mode.startsWith("100") && /\.(go|s)$/.test(Path)
    ),
    ({ Path }) => moduleOf(dirOf(Path), Mods),
  );
  const made = new Map<string, Platform[]>();
  for (const [dir, own] of files) {
    if (dir === null) continue;
    const below = (path: string) => dir === "" ? path : path.slice(dir.length + 1);
    const judged = own.filter(({ Path }) => !passedOver(dirOf(below(Path))));
    const names = Map.groupBy(judged, (entry) => entry.Oid);
    const texts: BuildFile[] = [];
    await tree.visit(judged, (oid, bytes) => {
      // Whatever decides it stands above the package clause.
      const Text = decode(bytes.subarray(0, mostAbove));
      for (const { Path } of names.get(oid) ?? []) texts.push({ Name: Path, Text });
    });
    made.set(
      dir,
      platformsNamed(texts).filter(({ GOOS, GOARCH }) =>
        GOOS !== host.GOOS || GOARCH !== host.GOARCH
      ),
    );
  }
  return (dir) => made.get(dir) ?? [];
}

/** Bytes of a file that are looked through for a constraint. */
const mostAbove = 1 << 16;

/** The platform that go builds for when nobody says another. */
export function hostPlatform(env: Readonly<Record<string, string>>): Platform {
  const arch: Record<string, string> = { x86_64: "amd64", aarch64: "arm64" };
  return {
    GOOS: env.GOOS || Deno.build.os,
    GOARCH: env.GOARCH || (arch[Deno.build.arch] ?? Deno.build.arch),
  };
}
