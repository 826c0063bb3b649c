/**
 * The hooks of `git commit` and `git merge`, for commits that are made without either: they see
 * the planned tree as an index of its own, and may refuse. What they change is not what was
 * planned, and stops the release too.
 */
import { join } from "node:path";
import { Failed, problem } from "../problem.ts";
import { identity, readConfig } from "../git/config.ts";
import { type CommitHook, findHooks, runHook } from "../git/hooks.ts";
import { copyIndex, indexFile } from "../git/index.ts";
import { pathTexts } from "../git/paths.ts";
import { gitBytes, gitText, type Repository } from "../git/repository.ts";
import { mergeCommit, startedFrom } from "../plan/commits.ts";
import { cleanedUp } from "../plan/message.ts";
import type { CommitStep, Plan } from "../plan/types.ts";
import { clean } from "../text.ts";
import { Declined } from "./declined.ts";
import { lastWords } from "./lastwords.ts";
import { changedSince, looked, shownPaths } from "./looked.ts";

export class CommitHooks {
  private constructor(
    readonly repo: Repository,
    readonly names: ReadonlySet<CommitHook>,
    readonly heard: (line: string) => void,
  ) {}

  /** The hooks that the repository has now. `heard` gets every line they say. */
  static async of(repo: Repository, heard: (line: string) => void): Promise<CommitHooks> {
    const names = await findHooks(repo, await readConfig(repo));
    return new CommitHooks(repo, new Set(names), heard);
  }

  /**
   * Asks the hooks that come before a commit, whose tree is there already. Throws Declined
   * (`hook-refused`) when one says no, or changes the tree, the work tree or the message.
   */
  async agree(plan: Plan, step: CommitStep): Promise<void> {
    const merges = step === mergeCommit(plan);
    // Neither HEAD nor the work tree is what a release from another revision starts from.
    const first = merges ? "pre-merge-commit" : startedFrom(plan) ? null : "pre-commit";
    const asked = ([first, "prepare-commit-msg", "commit-msg"] as const)
      .filter((name) => name !== null && this.names.has(name));
    if (asked.length === 0) return;
    const folder = await Deno.makeTempDir({ prefix: "gorel-hooks-" });
    try {
      const file = join(folder, merges ? "MERGE_MSG" : "COMMIT_EDITMSG");
      await Deno.writeTextFile(file, step.Message);
      const index = await plannedIndex(this.repo, step.Tree, join(folder, "index"));
      const before = await looked(this.repo, plan);
      for (const name of asked) {
        const args = name === "prepare-commit-msg"
          ? [file, merges ? "merge" : "message"]
          : name === "commit-msg"
          ? [file]
          : [];
        await this.#ask(name!, args, index, step);
        await this.#unchanged(name!, plan, step, { file, index, before });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  /** Tells the hook that comes after, if there is one; what it answers changes nothing. */
  async after(plan: Plan): Promise<boolean> {
    const name = mergeCommit(plan) ? "post-merge" : "post-commit";
    if (!this.names.has(name)) return false;
    await this.#run(name, name === "post-merge" ? ["0"] : [], indexFile(this.repo));
    return true;
  }

  async #run(name: CommitHook, args: readonly string[], index: string) {
    const ident = await identity(this.repo);
    if ("Code" in ident) throw new Failed(ident.Text, [ident]);
    const { Author: author } = ident;
    return await runHook(this.repo, name, { args, index, author, heard: this.heard });
  }

  async #ask(
    name: CommitHook,
    args: readonly string[],
    index: string,
    step: CommitStep,
  ): Promise<void> {
    const { Code, Words } = await this.#run(name, args, index);
    if (Code === 0) return;
    throw declined(step, `The ${name} hook refused (exit ${Code}): ${lastWords(Words)}.`, [
      "mend what it says",
      "--no-hooks goes without it",
    ]);
  }

  async #unchanged(
    name: CommitHook,
    plan: Plan,
    step: CommitStep,
    seen: { file: string; index: string; before: Map<string, string> },
  ): Promise<void> {
    const env = { GIT_INDEX_FILE: seen.index };
    const tree = (await gitText(this.repo, ["write-tree"], { env })).trim();
    const now = await looked(this.repo, plan);
    const changed = changedSince(seen.before, now);
    if (changed.length > 0) {
      throw declined(
        step,
        `The ${name} hook changed ${
          shownPaths(changed)
        }: the release would not be what was planned.`,
        ["look at what it changed, commit that and release again", "--no-hooks goes without it"],
      );
    }
    if (tree !== step.Tree) {
      const names = shownPaths(await differing(this.repo, step.Tree, tree));
      throw declined(step, `The ${name} hook staged ${names} otherwise than was planned.`, [
        "--no-hooks goes without it: the work tree, which it stages from, gets the release's " +
        "own edit only after the hooks",
      ]);
    }
    const message = await Deno.readTextFile(seen.file).catch(() => "");
    if (spoken(message) === spoken(step.Message)) return;
    const old = new Set(spoken(step.Message).split("\n"));
    const line = spoken(message).split("\n").find((text) => text !== "" && !old.has(text));
    throw declined(
      step,
      `The ${name} hook changed the message of the commit${
        line === undefined ? "" : `: it wants ${JSON.stringify(clean(line))} in it`
      }.`,
      ["--commit-message TEXT with what it wants", "--no-hooks goes without it"],
    );
  }
}

function declined(step: CommitStep, text: string, fixes: readonly string[]): Declined {
  return new Declined(problem("hook-refused", text, { fix: fixes.join("; ") }), step.Id);
}

/** What a message says: comments in it are for whoever edits it. */
function spoken(message: string): string {
  return cleanedUp(message.split("\n").filter((line) => !line.startsWith("#")).join("\n"));
}

/** The planned tree as an index, made of the real one: what is the same need not be read again. */
async function plannedIndex(repo: Repository, tree: string, index: string): Promise<string> {
  copyIndex(indexFile(repo), index);
  const own = ["core.splitIndex=false", "core.fsmonitor=false", "core.hooksPath=/dev/null"]
    .flatMap((setting) => ["-c", setting]);
  const env = { GIT_INDEX_FILE: index };
  await gitText(repo, [...own, "read-tree", "--reset", "--no-sparse-checkout", tree], { env });
  // The exit code only tells whether files differ.
  await gitText(repo, [...own, "update-index", "-q", "--refresh"], { env }).catch(() => {});
  return index;
}

async function differing(repo: Repository, before: string, after: string): Promise<string[]> {
  const args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", before, after];
  return pathTexts(await gitBytes(repo, args));
}
