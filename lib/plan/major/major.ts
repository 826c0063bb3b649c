/**
 * A new major from v1 on: another module path. Every mention of the old one is found, and what
 * would break or mislead is rewritten, in place or in a copy of the module (DESIGN §3, go-rules
 * §7.9). All or nothing: what cannot be done refuses the release.
 */
import type { Choices } from "../../choices.ts";
import { dirOf, goModOf, owns, within } from "../../facts/modules.ts";
import type { Facts } from "../../facts/types.ts";
import { convertedFiles } from "../../git/conversion.ts";
import { applyEdits } from "../../go/modfile/edit.ts";
import { parse } from "../../go/modfile/rule.ts";
import { errorLine } from "../../go/modfile/types.ts";
import { type Problem, problem, stops } from "../../problem.ts";
import { clean, shellWord, some } from "../../text.ts";
import type { Releasing } from "../build.ts";
import type { Draft } from "../draft.ts";
import type { SealedRelease } from "../prepare.ts";
import { decide, editsOf, nothingChosen } from "./decide.ts";
import { goWorkWithUse } from "./gowork.ts";
import { keepBranch, type Kept } from "./keep.ts";
import { usualLayout } from "./layout.ts";
import { isFile } from "./modules.ts";
import { droppedNotes, leftNotes, unreleasedNotes } from "./notes.ts";
import { type Renaming, search, type Searched, usedBy } from "./search.ts";
import { type Rewritten, stored } from "./stored.ts";
import { stuckIn } from "./stuck.ts";
import { goSumOf, sumInto } from "./sums.ts";
import type { FileMentions } from "./types.ts";

/** What is to be known of the releases that come with a new path. */
export interface MajorPrepared {
  /** Why there is no plan. */
  Refused?: Problem[];
  /** With the folder that each is released from. */
  Releases: Releasing[];
  Problems: Problem[];
  Keep?: Kept;
  /** Called when the hashes of a release are known. */
  sealed: (draft: Draft, release: SealedRelease) => Promise<void>;
}

/** A module that goes along to a new major, and the path it had required. */
interface Follower {
  Dir: string;
  Old: string;
  New: string;
}

/** Makes the draft that of new majors: every release whose path is another one than its module's. */
export async function rewriteMajors(
  draft: Draft,
  facts: Facts,
  choices: Choices,
  releases: readonly Releasing[],
): Promise<MajorPrepared> {
  const out: MajorPrepared = { Releases: [], Problems: [], sealed: () => Promise.resolve() };
  const followers: Follower[] = [];
  // What Go cannot read nobody rewrites; that it cannot is said already.
  if (facts.Problems.some(stops)) return { ...out, Releases: [...releases], Refused: [] };
  for (const release of releases) {
    if (release.Path === release.Module.Path) {
      out.Releases.push(release);
      continue;
    }
    const done = await rewriteMajor(draft, facts, choices, release);
    if ("Refused" in done) return { ...out, Releases: [...releases], Refused: done.Refused };
    out.Releases.push({ ...release, Dir: done.Dir });
    out.Problems.push(...done.Problems);
    followers.push(...done.Followers);
    if (done.Keep && out.Keep && done.Keep.Commit !== out.Keep.Commit) {
      return { ...out, Releases: [...releases], Refused: [twoBranches(done.Keep)] };
    }
    if (done.Keep) out.Keep = done.Keep;
  }
  const unlike = new Set(out.Releases.map((release) => release.Dir));
  const others = followers.filter(({ Dir }) => !unlike.has(Dir));
  out.sealed = async (draft, release) => {
    for (const { Dir, Old, New } of others) {
      if (New === release.Path) await sumInto(draft, Dir, release, Old);
    }
  };
  return out;
}

interface Done {
  Dir: string;
  Problems: Problem[];
  Followers: Follower[];
  Keep?: Kept;
}

async function rewriteMajor(
  draft: Draft,
  facts: Facts,
  choices: Choices,
  release: Releasing,
): Promise<Done | { Refused: Problem[] }> {
  const { Module, Path, Adopted, TagName } = release;
  if (Adopted) return { Refused: [taggedBefore(TagName, Module.Path, Path)] };
  const { Layout, Keep, Classes = nothingChosen } = choices.Major ?? {};
  const searched = await search(draft.empty ? draft.base : await draft.planned(), release, Layout);
  if ("Code" in searched) return { Refused: [searched] };
  const keep = Keep === undefined ? null : await keepBranch(facts, Module, searched.Layout, Keep);
  if (keep && "Code" in keep) return { Refused: [keep] };
  const { Files, Problems: unknown } = decide(searched, Classes);
  if (unknown.length > 0) return { Refused: unknown };

  const goMod = searched.Files.find(({ File }) => File === goModOf(searched.Dir))?.Bytes;
  // Git works while the edits are made.
  const converted = convertedFiles(draft.repo, Files.map(({ File }) => File));
  converted.catch(() => {});
  const written = write(draft, searched, Files, release);
  const works = searched.Layout === "folder" ? await useInWorkspace(draft, release, searched) : [];
  const wrong = await misread(draft, searched, Path);
  if (wrong) return { Refused: [wrong] };
  const followers = followersOf(searched, Files);
  const sums = new Set(followers.map(({ Dir }) => goSumOf(Dir)));
  const left = Files.filter(({ File }) => !sums.has(File));
  const included = new Set(facts.Repo.Included?.Files.map((file) => file.Path));
  const edited = [...written, ...works].filter(({ File }) => !included.has(File));
  return {
    Dir: searched.Dir,
    Problems: [
      ...inTheWay(facts, release, searched, edited),
      ...await stored(draft.repo, draft.base, edited, await converted),
      ...(searched.Layout === "folder" ? unreleasedNotes(Module) : []),
      ...droppedNotes(Module, Path, goModOf(searched.Dir), goMod ?? new Uint8Array()),
      ...leftNotes(left, Module.Path, draft.repo.Prefix, stuckIn(searched, Files)),
    ],
    Followers: followers,
    ...(keep && { Keep: keep }),
  };
}

/** Writes every file that changes, or is copied, into the draft; gives those that were there before. */
function write(
  draft: Draft,
  searched: Searched,
  decided: readonly FileMentions[],
  release: Renaming,
): Rewritten[] {
  const mentions = new Map(decided.map((file) => [file.File, file]));
  const rewritten: Rewritten[] = [];
  for (const file of searched.Files) {
    const edits = isFile(file) ? editsOf(file, mentions.get(file.File), searched, release) : [];
    if (file.From !== undefined) {
      draft.write(file.File, file.Mode, edited(file.Bytes, edits));
    } else if (edits.length > 0) {
      draft.edit(file.File, file.Mode, edited(file.Bytes, edits), edits);
      rewritten.push(file);
    }
  }
  return rewritten;
}

function edited(bytes: Uint8Array, edits: Parameters<typeof applyEdits>[1]): Uint8Array {
  return edits.length === 0 ? bytes : applyEdits(bytes, edits);
}

/** A workspace that has the old major gets the new one too: it is another module. */
async function useInWorkspace(
  draft: Draft,
  { Module }: Renaming,
  { Dir }: Searched,
): Promise<Rewritten[]> {
  const out: Rewritten[] = [];
  for (const { Path, Mode } of await draft.base.entries()) {
    if (!/(?:^|\/)go\.work$/.test(Path) || !isFile({ Mode }) || !within(dirOf(Path), Dir)) {
      continue;
    }
    const found = await draft.read(Path);
    if (!found || !usedBy(Path, found.Bytes).has(Module.Dir)) continue;
    const below = dirOf(Path) === "" ? Dir : Dir.slice(dirOf(Path).length + 1);
    const edits = goWorkWithUse(found.Bytes, below);
    if (edits.length === 0) continue;
    draft.edit(Path, found.Mode, applyEdits(found.Bytes, edits), edits);
    out.push({ File: Path, Bytes: found.Bytes });
  }
  return out;
}

/** What Go would find wrong with the new go.mod; the old one is known to be right. */
async function misread(draft: Draft, { Dir }: Searched, path: string): Promise<Problem | null> {
  const File = goModOf(Dir);
  const { Mod, Errors } = parse("go.mod", (await draft.read(File))?.Bytes ?? new Uint8Array());
  if (Errors.length === 0 && Mod.Module?.Path === path) return null;
  const [error] = Errors;
  const why = error ? errorLine(error) : `its module line says ${clean(Mod.Module?.Path ?? "")}`;
  return problem(
    "go-mod-invalid",
    `${clean(File)} cannot become that of ${clean(path)}: ${clean(why)}.`,
    {
      where: { File, ...(error && { Line: error.Line }) },
      fix: "change the line by hand and commit it",
    },
  );
}

/** What lies in the work tree where the rewrite writes, outside of the module: that in it stops any release. */
function inTheWay(
  { Repo }: Facts,
  { Module }: Pick<Releasing, "Module">,
  { Layout, Dir }: Searched,
  edited: readonly Rewritten[],
): Problem[] {
  const changed = new Set(Repo.Changed);
  const dirty = edited.map(({ File }) => File)
    .filter((file) => changed.has(file) && !owns(Module, file));
  const untracked = Layout === "folder"
    ? Repo.Untracked.filter((path) => within(Dir, path.replace(/\/$/, "")))
    : [];
  return [
    ...(dirty.length === 0 ? [] : [problem(
      "dirty",
      `${some(dirty)} ${
        dirty.length === 1 ? "is" : "are"
      } changed but not committed, and the new module path has to be written there.`,
      { where: { File: dirty[0]! }, fix: "commit the change, or git stash it" },
    )]),
    ...(untracked.length === 0 ? [] : [problem(
      "major-layout",
      `The folder ${clean(Dir)} of the new major holds ${
        some(untracked)
      }, which git does not know.`,
      {
        where: { File: untracked[0]! },
        fix: `move or remove ${clean(Dir)}/ yourself${
          usualLayout(Module) === "root" ? ", or choose --layout root" : ""
        }`,
      },
    )]),
  ];
}

function followersOf({ Files, Change }: Searched, decided: readonly FileMentions[]): Follower[] {
  const goes = new Set(
    decided.filter((file) => file.Occurrences.some((o) => o.Rewritten && o.Class === "nested"))
      .map((file) => file.File),
  );
  return Files.filter(({ File, Other }) => File === Other && goes.has(File)).map(({ File }) => ({
    Dir: dirOf(File),
    Old: Change.Old,
    New: Change.New,
  }));
}

function taggedBefore(tag: string, old: string, path: string): Problem {
  return problem(
    "version-exists",
    `The tag ${clean(tag)} is at HEAD already, whose go.mod says ${clean(old)}: as ${
      clean(path)
    } ` +
      "nobody could get it.",
    { fix: `git tag -d ${shellWord(tag)}, and again` },
  );
}

function twoBranches({ Name }: Kept): Problem {
  return problem(
    "major-layout",
    `The modules have their last releases at different commits, so ${clean(Name)} can keep only ` +
      "one of them.",
    { fix: "release them one after the other, or leave --keep-branch out" },
  );
}
