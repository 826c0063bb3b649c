/** The platforms that a module's files are written for: those a proof has to build. */
import { type Expr, tagsOf } from "./build/constraint.ts";
import { matchFile, nameTags, type Platform, textConstraint } from "./build/match.ts";
import { knownArch, knownOS, ports } from "./build/syslist.ts";

export type { Platform };

/** A .go or .s file: its name (a path is fine) and its text, of which the part above `package` is enough. */
export interface BuildFile {
  Name: string;
  Text: string;
}

/**
 * A small set of platforms that Go can build for on any machine: every GOOS that a file name or a
 * constraint names, with its usual GOARCH; every GOARCH named, with linux where it has that; and what
 * else is needed so that every file is built for one of them that is built for any (without tags of
 * one's own). Nothing named: none. In the order of `ports`.
 */
export function platformsNamed(files: Iterable<BuildFile>): Platform[] {
  const named = new Set<string>();
  const constrained: { Name: string; Constraint: Expr | undefined }[] = [];
  for (const { Name, Text } of files) {
    const Constraint = textConstraint(Text);
    const tags = [...nameTags(Name), ...(Constraint ? tagsOf(Constraint) : [])]
      .filter((tag) => tag === "unix" || knownOS.has(tag) || knownArch.has(tag));
    if (tags.length === 0) continue;
    for (const tag of tags) named.add(tag);
    constrained.push({ Name, Constraint });
  }
  const all = [...ports].flatMap(([GOOS, archs]) => archs.map((GOARCH) => ({ GOOS, GOARCH })));
  const chosen = new Set<Platform>();
  for (const tag of named) {
    const platform = all.find(({ GOOS, GOARCH }) =>
      knownOS.has(tag) ? GOOS === tag : GOARCH === tag
    );
    if (platform) chosen.add(platform);
  }
  for (const { Name, Constraint } of constrained) {
    const built = (platform: Platform) =>
      matchFile(Name, Constraint, platform) || matchFile(Name, Constraint, platform, true);
    if ([...chosen].some(built)) continue;
    const platform = all.find(built);
    if (platform) chosen.add(platform);
  }
  return all.filter((platform) => chosen.has(platform));
}
