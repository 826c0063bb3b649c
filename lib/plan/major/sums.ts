/** go.sum of the modules that go along to a new major without being released themselves. */
import { goModOf } from "../../facts/modules.ts";
import { formatGoSum, goSumLines, parseGoSum } from "../../go/gosum.ts";
import { parse } from "../../go/modfile/rule.ts";
import type { Draft } from "../draft.ts";
import type { SealedRelease } from "../prepare.ts";

/** The go.sum of a folder, from the repository's root. */
export function goSumOf(dir: string): string {
  return goModOf(dir).replace(/mod$/, "sum");
}

/**
 * Puts the hashes of the new major into the go.sum of a module that requires it and takes it from
 * nowhere else, and takes out those of the old path, if that is not required any more. So the
 * module builds as soon as the new major is out.
 */
export async function sumInto(
  draft: Draft,
  dir: string,
  release: SealedRelease,
  old: string,
): Promise<void> {
  const goMod = await draft.read(goModOf(dir));
  if (!goMod) return;
  const { Mod } = parse("go.mod", goMod.Bytes);
  const file = goSumOf(dir);
  const before = await draft.read(file);
  const { Lines, Errors } = parseGoSum(file, before?.Bytes ?? "");
  if (Errors.length > 0) return;
  const { Path, Version } = release;
  const needed = Mod.Require.some((r) => r.Path === Path && r.Version === Version) &&
    !Mod.Replace.some(({ Old }) => Old.Path === Path && (Old.Version ?? Version) === Version);
  const gone = !Mod.Require.some((r) => r.Path === old);
  const kept = Lines.filter((line) => !(gone && line.Path === old));
  const now = needed ? [...kept, ...goSumLines(release, release)] : kept;
  if (!needed && kept.length === Lines.length) return;
  const bytes = formatGoSum(now);
  if (before && bytes.length === 0) draft.remove(file, before.Mode);
  else draft.edit(file, before?.Mode ?? "100644", bytes);
}
