/** The objects of a release: blobs, trees, the commits and the tags. No ref, index or file is touched. */
import { Failed, problem } from "../problem.ts";
import type { Journal, JournalRecord } from "../journal/journal.ts";
import { identity } from "../git/config.ts";
import { isOid } from "../git/names.ts";
import { gitText, type Repository } from "../git/repository.ts";
import { signCommit, signTag } from "../git/sign.ts";
import { parseTree } from "../git/objects.ts";
import { snapshot } from "../git/tree.ts";
import type { Planned } from "../git/planned.ts";
import { type ObjectWriter, objectWriter } from "../git/write.ts";
import { writesInto } from "../plan/commits.ts";
import type { CommitStep, Plan, TagStep } from "../plan/types.ts";
import { treeOf } from "./bytes.ts";
import { Declined } from "./declined.ts";

/** From so many objects on they are written as a pack, as git keeps what it fetches. */
const worthPacking = 100;

/** Ids of what the steps made, by step Id. */
export type Made = Map<string, string>;

/** What the journal says was made already, as far as git still has it. */
export async function madeBefore(repo: Repository, { Events }: JournalRecord): Promise<Made> {
  const made: Made = new Map();
  for (const event of Events) {
    if (event.Oid === undefined || !isOid(event.Oid)) continue;
    const kind = (await gitText(repo, ["cat-file", "-t", event.Oid]).catch(() => "")).trim();
    if (kind !== "") made.set(event.Step, event.Oid);
  }
  return made;
}

export interface MakeOptions {
  /** True: signing may ask on the terminal. */
  terminal: boolean;
  /** Called for each commit when its tree is there, and before it is made; what it throws stops. */
  agree: (step: CommitStep) => Promise<void>;
}

/**
 * Makes what is missing, and records every id before anything refers to it.
 * Commits and tags get the identity and the time of now. Throws Declined when one cannot be signed.
 */
export async function makeObjects(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  made: Made,
  options: MakeOptions,
): Promise<Made> {
  for (const step of plan.Steps) {
    if (step.Do !== "commit" || made.has(step.Id)) continue;
    const parents = parentsOf(step, made);
    const oid = await makeCommit(repo, plan, step, parents, options);
    made.set(step.Id, oid);
    journal.write({
      Step: step.Id,
      State: "done",
      Did: `made ${parents.length > 1 ? "merge" : "commit"} ${oid.slice(0, 7)}`,
      Oid: oid,
      At: repo.services.clock.now(),
    });
  }
  for (const step of plan.Steps) {
    if (step.Do !== "tag" || made.has(step.Id)) continue;
    const oid = await makeTag(
      repo,
      step,
      made.get(step.Of) ?? step.Of,
      options,
      isByGit(plan),
    );
    made.set(step.Id, oid);
    journal.write({
      Step: step.Id,
      State: "begun",
      Did: `made tag object ${oid.slice(0, 7)}`,
      Oid: oid,
      At: repo.services.clock.now(),
    });
  }
  return made;
}

function parentsOf(step: CommitStep, made: Made): string[] {
  return step.Parents.map((parent) => made.get(parent) ?? parent);
}

async function who(repo: Repository) {
  const ident = await identity(repo);
  if ("Code" in ident) throw new Failed(ident.Text, [ident]);
  return ident;
}

/** Reports whether the plan says that git makes the objects. */
function isByGit({ Problems }: Plan): boolean {
  return Problems.some((p) => p.Code === "written-by-git");
}

async function makeCommit(
  repo: Repository,
  plan: Plan,
  step: CommitStep,
  parents: string[],
  { terminal, agree }: MakeOptions,
): Promise<string> {
  const base = await snapshot(repo, parents[0]!);
  if (!base) throw new Failed(`The commit ${parents[0]} is not here any more.`);
  const tree = await treeOf(repo, base, writesInto(plan, step));
  if (tree.Tree !== step.Tree) {
    throw new Failed(`The plan's files give the tree ${tree.Tree}, not ${step.Tree} as it says.`);
  }
  const writer = await objectWriter(repo, isByGit(plan));
  await writeTree(repo, tree, writer);
  await agree(step);
  const { Author, Committer } = await who(repo);
  const content = {
    Tree: step.Tree,
    Parents: parents,
    Author,
    Committer,
    Message: step.Message,
  };
  return step.Sign
    ? await signed(step, signCommit(repo, content, { terminal }))
    : await writer.commit(content);
}

/** Blobs and trees of a commit: few one by one, many as one pack. */
async function writeTree(
  repo: Repository,
  { Blobs, Trees }: Planned,
  writer: ObjectWriter,
): Promise<void> {
  if (Blobs.length + Trees.length >= worthPacking) {
    const { writePack } = await import("../git/write-pack.ts");
    return await writePack(repo, [...Blobs, ...Trees]);
  }
  for (const blob of Blobs) await expectOid(writer.blob(blob.Bytes), blob.Oid, blob.Path);
  for (const made of Trees) {
    await expectOid(writer.tree(parseTree(made.Bytes, repo.ObjectFormat)), made.Oid, made.Path);
  }
}

/** Whoever signs may say no, and the release can still go without. */
async function signed(step: CommitStep | TagStep, made: Promise<string>): Promise<string> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const text = `The ${step.Do} was not signed: ${error.message.replace(/\.$/, "")}.`;
    const fix = "mend the signing that git's user.signingKey and gpg.format set up, or --no-sign";
    throw new Declined(problem("failed", text, { fix }), step.Id);
  }
}

async function makeTag(
  repo: Repository,
  step: TagStep,
  object: string,
  { terminal }: MakeOptions,
  byGit: boolean,
): Promise<string> {
  const { Committer } = await who(repo);
  const content = { Object: object, Name: step.Name, Tagger: Committer, Message: step.Message };
  if (step.Sign) return await signed(step, signTag(repo, content, { terminal }));
  return await (await objectWriter(repo, byGit)).tag(content);
}

async function expectOid(made: Promise<string>, oid: string, what: string): Promise<void> {
  const got = await made;
  if (got !== oid) throw new Failed(`Writing ${what || "the tree"} gave ${got}, not ${oid}.`);
}

/** Before the refs move: parent, tree and tag are what the plan says, or this is a failure. */
export async function checkMade(repo: Repository, plan: Plan, made: Made): Promise<void> {
  for (const step of plan.Steps) {
    if (step.Do === "commit") {
      const text = await gitText(repo, ["cat-file", "commit", made.get(step.Id)!]);
      const head = text.slice(0, text.indexOf("\n\n"));
      const parents = [...head.matchAll(/^parent (.+)$/gm)].map((m) => m[1]);
      const tree = /^tree (.+)$/m.exec(head)?.[1];
      if (tree !== step.Tree || parents.join() !== parentsOf(step, made).join()) {
        throw new Failed("The commit that was made is not the one that was planned.");
      }
    } else if (step.Do === "tag") {
      const text = await gitText(repo, ["cat-file", "tag", made.get(step.Id)!]);
      if (!text.startsWith(`object ${made.get(step.Of) ?? step.Of}\n`)) {
        throw new Failed(`The tag ${step.Name} that was made does not point at its commit.`);
      }
    }
  }
}
