/** `gorel explain`: what a version, tag, commit, path, code or go.mod means, in plain words. */
import type { Answer, ExplainDocument, Options } from "../lib/cli/answer.ts";
import { type Command, commandOf } from "../lib/cli/commands.ts";
import { fileOperand } from "../lib/cli/explain/file.ts";
import { gather } from "../lib/facts/gather.ts";
import { refusing } from "../lib/git/failure.ts";
import { isCode, type Problem, problem, Refused, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean, shellWord } from "../lib/text.ts";

/**
 * Explains the operand, which is the first of these that it can be: `codes`, a problem code, a
 * topic, `go.mod[:LINE]`, a version, a tag, a module or import path, a revision that git knows.
 * What is here under the name of a topic that is also a command's, or begins like a version
 * (`v2`), comes before that topic; not for `gorel help`, which shows the command below the topic.
 * Refused with `revision-unknown` where it is none of them.
 */
export async function run(options: Options, services: Services): Promise<Answer> {
  const [word = "topics"] = options.args;
  const known = await words(word);
  const command = commandOf(word);
  if (known && options.command === "help") {
    const isWord = command !== undefined && command !== "version";
    return page(known, [], isWord ? await commandHelp(command) : undefined);
  }
  if (known && command !== undefined) {
    return await refusing(named(word, options, services)) ?? page(known);
  }
  if (known) return page(known);
  const file = fileOperand(word);
  if (file) return await goMod(file, options, services);
  return await refusing(inRepository(word, options, services));
}

function page(
  document: ExplainDocument,
  problems: readonly Problem[] = [],
  below?: string,
): Answer {
  return {
    Kind: "explain",
    Document: document,
    Problems: problems,
    ...(below !== undefined && { Below: below }),
  };
}

async function commandHelp(command: Command): Promise<string> {
  // Only here is the library needed that writes help, and Deno is not to read it before.
  const { helpOfCommand } = await (import("../lib/cli/help/pages.ts" as string) as Promise<
    typeof import("../lib/cli/help/pages.ts")
  >);
  return helpOfCommand(command, command);
}

/** What has the name of a topic here; undefined where nothing has. */
async function named(
  word: string,
  options: Options,
  services: Services,
): Promise<Answer | undefined> {
  const { Pages } = await import("../lib/cli/explain/pages.ts");
  const pages = new Pages(options, services);
  const found = await pages.find(word, true);
  return found && page(found, pages.problems);
}

/** What is explained whatever repository this is. */
async function words(word: string): Promise<ExplainDocument | undefined> {
  if (word === "codes") return (await import("../lib/cli/explain/codes.ts")).codesDocument();
  if (isCode(word)) return (await import("../lib/cli/explain/codes.ts")).codeOf(word);
  const { topicOf, topicsDocument } = await import("../lib/cli/explain/topics.ts");
  return word === "topics" ? topicsDocument() : topicOf(word);
}

async function goMod(
  { File, Line }: { File: string; Line?: number },
  { cwd, flags }: Options,
  services: Services,
): Promise<Answer> {
  const { aroundGoMod, askRequired, findGoMod } = await import("../lib/cli/explain/file.ts");
  const { explainGoMod, explainLine, readGoMod } = await import("../lib/cli/explain/gomod.ts");
  const folder = flags.module === undefined ? cwd : await moduleFolder(flags.module, cwd, services);
  const found = await findGoMod(services, folder, File);
  const read = readGoMod(found.Name, found.Bytes);
  if (Array.isArray(read)) throw new Refused(read);
  const { Mod, Problems } = read;
  const path = Mod.Module?.Path ?? "";
  if (Line === undefined) {
    const { toJSON } = await import("../lib/go/modfile/json.ts");
    const around = flags.json ? null : await aroundGoMod(services, flags, found, path);
    return {
      Kind: "gomod",
      Document: toJSON(Mod),
      Problems,
      ...(around && { Explained: explainGoMod(read, around) }),
    };
  }
  const around = await aroundGoMod(services, flags, found, path);
  const folderOfFile = found.Path.replace(/\/go\.mod$/, "");
  const required = flags.offline
    ? undefined
    : await askRequired(services, folderOfFile, Mod, Line, around);
  const document = explainLine(read, Line, { ...around, ...(required && { Required: required }) });
  if (document) {
    return page(document, Problems.filter((p) => p.Where?.Line === Line));
  }
  throw new Refused([problem(
    "revision-unknown",
    `${clean(found.Name)} has no line ${Line}: it has ${read.Lines.length}.`,
    { where: { File: found.Name }, fix: `gorel explain ${shellWord(File)}` },
  )]);
}

/** The folder of the module that --module names. */
async function moduleFolder(module: string, cwd: string, services: Services): Promise<string> {
  const facts = await gather(services, {
    Dir: cwd,
    Module: module,
    Offline: "not needed",
    NoHistory: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const { join } = await import("node:path");
  return join(facts.Repo.Root, facts.Modules[0]!.Dir);
}

/** Versions, tags, paths and commits; without a repository what can be said in general. */
async function inRepository(word: string, options: Options, services: Services): Promise<Answer> {
  const { Pages } = await import("../lib/cli/explain/pages.ts");
  const pages = new Pages(options, services);
  const found = await pages.find(word);
  if (found) return page(found, pages.problems);
  const form = await import("../lib/cli/explain/form.ts");
  const meant = form.looksLikeVersion(word) ? form.versionMeant(word) : undefined;
  if (/^\d/.test(word) && meant !== undefined) {
    throw new UsageError(
      `${clean(word)} is no version to Go; did you mean ${meant}?`,
      "version-invalid",
    );
  }
  throw new Refused([await unknown(word, await pages.tags()), ...await pages.obstacles()]);
}

async function unknown(word: string, tags: readonly string[]): Promise<Problem> {
  const { closest } = await import("../lib/suggest.ts");
  const { topicNames } = await import("../lib/cli/explain/names.ts");
  const { codes } = await import("../lib/problem.ts");
  const meant = closest(word, [...topicNames, ...codes, "codes", "go.mod", ...tags.slice(0, 2000)]);
  return problem(
    "revision-unknown",
    `There is nothing here that is called ${clean(word)}.`,
    {
      fix: (meant === undefined ? "" : `did you mean ${clean(meant)}? Else `) +
        "name a version, a tag, a commit or branch, a module or import path, a problem code, a " +
        "topic, codes, or go.mod[:LINE]",
    },
  );
}
