/** Which page an operand asks for in a repository: version, tag, path or commit, in this order. */
import { goSettings } from "../../config/goenv.ts";
import { gather } from "../../facts/gather.ts";
import { type Facts, known, type ModuleFacts } from "../../facts/types.ts";
import { stat, tagsOn } from "../../facts/gather/stat.ts";
import { describe } from "../../git/catfile.ts";
import { resolve } from "../../git/refs.ts";
import { namedOf } from "../../go/finddir.ts";
import { checkImportPath, tagVersion } from "../../go/module.ts";
import { build, major } from "../../go/semver.ts";
import { atRevision } from "../../plan/revision.ts";
import type { Problem } from "../../problem.ts";
import type { Services } from "../../services.ts";
import { clean, shellWord } from "../../text.ts";
import type { ExplainDocument, Options } from "../answer.ts";
import type { Sibling } from "./around.ts";
import { type AboutTag, explainCommit, explainCommitOfMany, explainOtherTag } from "./commit.ts";
import { siblingsOf } from "./file.ts";
import { generalVersion, looksLikeVersion, meantText, stageOf, whyNoVersion } from "./form.ts";
import {
  containing,
  isOfMajor,
  judge,
  type Judged,
  legacyOf,
  retractedOn,
  tagState,
} from "./look.ts";
import { ofMany, rootVersion } from "./many.ts";
import { doubledPage, whyIgnored } from "./oddtag.ts";
import { explainOwnPackage, explainPath, folderIn, holderOf, otherMajor } from "./path.ts";
import { explainVersion } from "./version.ts";
import type { About } from "./where.ts";

/** Where these are, general words are the answer. */
const outside: readonly string[] = ["not-a-repository", "git-missing", "no-commit", "no-go-mod"];

/** The pages of one repository, or of none. */
export class Pages {
  /** What is wrong around the answer: warnings. */
  readonly problems: Problem[] = [];

  /** All modules here, offline; absent where there is no repository. Asked for once. */
  #looked: Promise<Facts | undefined> | undefined;
  /** Why there are none. */
  #wrong: readonly Problem[] = [];

  constructor(readonly options: Options, readonly services: Services) {}

  #all(): Promise<Facts | undefined> {
    const asked = { Dir: this.options.cwd, All: true, Offline: "not needed", NoHistory: true };
    return this.#looked ??= gather(this.services, asked)
      .then((found) => {
        if (!Array.isArray(found)) return found;
        this.#wrong = found;
      });
  }

  /** Why nothing can be said of a repository that is here. */
  async obstacles(): Promise<readonly Problem[]> {
    await this.#all();
    return this.#wrong.filter(({ Code }) => Code === "no-go-mod" || !outside.includes(Code));
  }

  /** The tags here. */
  async tags(): Promise<string[]> {
    return [...(await this.#all())?.Repo.Tags.keys() ?? []];
  }

  async #modules(): Promise<readonly Sibling[]> {
    return siblingsOf(await this.#all() ?? []);
  }

  /**
   * The page about a word; undefined where it is nothing that is known here. `here`: only about
   * what has that name here, a tag, a path, a branch or a commit.
   */
  async find(word: string, here = false): Promise<ExplainDocument | undefined> {
    const plain = word.replace(/^refs\/tags\//, "");
    const isLike = looksLikeVersion(plain);
    if (isLike && whyNoVersion(plain) === null) return await this.#version(plain, plain, undefined);
    const found = await this.#tag(plain) ?? await this.#path(word) ?? await this.#commit(word);
    if (found || here) return found;
    if (!isLike) return explainOwnPackage(word) ?? doubledPage(plain);
    // Digits alone with a dot are a slip of the pen, and refused as everywhere.
    return /^\d/.test(plain) && meantText(plain).length > 0 ? undefined : generalVersion(plain);
  }

  /** A tag that is here, or the one that a module of this repository would have. */
  async #tag(tag: string): Promise<ExplainDocument | undefined> {
    const slash = tag.lastIndexOf("/");
    const [prefix, name] = [tag.slice(0, slash + 1), tag.slice(slash + 1)];
    const owners = (await this.#modules()).filter((m) => m.TagPrefix === prefix);
    const all = await this.#all();
    const there = all?.Repo.Tags.has(tag) ?? false;
    const isVersion = looksLikeVersion(name) && whyNoVersion(name) === null;
    if (owners.length > 0 && isVersion) {
      if (there || prefix !== "") return await this.#version(tag, name, prefix);
    }
    if (!there || !all) return undefined;
    const state = (await tagState(all.Repo, tag))!;
    const about: AboutTag = { Tag: tag, State: state, ...whyIgnored(tag, all) };
    if (state.Type !== "commit") return explainOtherTag(about);
    const facts = await this.#facts(owners[0]?.Path);
    return facts && await this.#commitPage(tag, facts, `refs/tags/${tag}`, about);
  }

  /** A version of the module with a tag prefix, by default of the one that is meant here. */
  async #version(
    subject: string,
    version: string,
    prefix: string | undefined,
    path?: string,
  ): Promise<ExplainDocument> {
    const owners = prefix === undefined
      ? []
      : (await this.#modules()).filter((m) => m.TagPrefix === prefix);
    const owner = path ??
      (owners.find((m) => isOfMajor(m.Path, version)) ?? owners[0])?.Path;
    const facts = await this.#facts(owner);
    if (!facts) {
      return await this.#atRoot(subject, version) ??
        { ...generalVersion(version), Subject: subject };
    }
    const module = facts.Modules[0]!;
    if (owner === undefined && build(version) === "" && !isOfMajor(module.Path, version)) {
      const other = (await this.#modules()).find((m) =>
        m.TagPrefix === module.TagPrefix && isOfMajor(m.Path, version)
      );
      if (other) return await this.#version(subject, version, undefined, other.Path);
    }
    const judged = await this.#judged(facts, module, version);
    const home = judged.Path === module.Path ? facts : await this.#facts(judged.Path, true);
    const own = home?.Modules[0];
    const tag = module.TagPrefix + tagVersion(judged.Version);
    const state = await tagState(facts.Repo, tag);
    const remote = known(facts.Remote)?.Tags.get(tag)?.Commit;
    const commit = judged.Commit ?? state?.Commit ?? remote;
    const legacy = own ? await legacyOf(facts.Repo, own, version) : [];
    const about: About = {
      Subject: subject,
      Kind: prefix === undefined || prefix === "" ? "version" : "tag",
      Version: judged.Version,
      Path: judged.Path,
      Tag: tag,
      Facts: home ?? facts,
      ...(own && own.Path === judged.Path && { Module: own }),
      ...(legacy.length > 0 && { Legacy: legacy }),
      ...(state && { Here: state }),
      ...(remote !== undefined && { OnRemote: remote }),
      ...(judged.Refused !== undefined && { Refused: judged.Refused }),
      ...(commit !== undefined && { Commit: commit }),
    };
    return explainVersion(about);
  }

  /** A version at the root of a repository whose HEAD has modules in folders only. */
  async #atRoot(subject: string, version: string): Promise<ExplainDocument | undefined> {
    const all = await this.#all();
    const asked = async () => await this.#facts(all!.Modules[0]!.Path, true) ?? all!;
    const about = all && await rootVersion(all, version, asked);
    if (!about) return undefined;
    this.problems.length = 0;
    return explainVersion({ ...about, Subject: subject });
  }

  /** What Go makes of the version, as far as its commit is here. */
  async #judged(
    facts: Facts,
    module: ModuleFacts,
    version: string,
  ): Promise<Omit<Judged, "Refused"> & { Refused?: string | null; Commit?: string }> {
    const named = namedOf(module.Path, module.TagPrefix);
    const same = { Path: module.Path, Version: version };
    if (stageOf(version) === "pseudo") {
      const stated = await stat(facts.Repo, named, version);
      if (!("Is" in stated)) return { ...same, Refused: null, Commit: stated.Commit };
      return stated.Is === "unknown" ? same : { ...same, Refused: stated.Reason };
    }
    return facts.Repo.Tags.has(module.TagPrefix + tagVersion(version))
      ? await judge(facts.Repo, named, version)
      : same;
  }

  /** A module or import path, with or without a version. */
  async #path(word: string): Promise<ExplainDocument | undefined> {
    const at = word.indexOf("@");
    const [path, version] = at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
    const own = (await this.#modules()).some((m) =>
      path === m.Path || path.startsWith(m.Path + "/")
    );
    if (!own && !/^[^/]*\.[^/]*\/./.test(path)) return undefined;
    if (version !== undefined && whyNoVersion(version) === null && looksLikeVersion(version)) {
      const modules = await this.#modules();
      const owner = modules.find((m) => m.Path === path) ?? otherMajor(path, modules);
      const fits = owner?.Path === path || build(version) !== "" || isOfMajor(path, version);
      if (owner && fits) return await this.#version(word, version, undefined, owner.Path);
    }
    const page = explainPath(
      path,
      await this.#modules(),
      await goSettings(this.services, this.options.cwd),
      await this.#hasFolder(path),
    );
    return {
      ...page,
      Subject: word,
      Text: [...page.Text, ...(version === undefined ? [] : this.#behind(path, version))],
    };
  }

  /** Reports whether the package path lies in a module here, and in a folder that HEAD has. */
  async #hasFolder(path: string): Promise<boolean> {
    const all = await this.#all();
    const holder = holderOf(path, await this.#modules());
    const commit = all?.Repo.Head?.Commit;
    if (!all || !holder || commit === undefined || checkImportPath(path) !== null) return false;
    const [found] = await describe(all.Repo.Git, [`${commit}:${folderIn(holder, path)}`]);
    return found?.Type === "tree";
  }

  #behind(path: string, version: string): string[] {
    if (!looksLikeVersion(version)) {
      return [
        `@${clean(version)} is a query: gorel query ${shellWord(`${path}@${version}`)} asks it.`,
      ];
    }
    const why = whyNoVersion(version);
    if (why !== null) return [why];
    return isOfMajor(path, version) || build(version) !== ""
      ? []
      : [`${clean(version)} cannot be a version of this path: ${major(version)} is another major.`];
  }

  /** Any revision that git knows. */
  async #commit(word: string): Promise<ExplainDocument | undefined> {
    const all = await this.#all();
    if (!all || !(await resolve(all.Repo.Git, word))) return undefined;
    const facts = await this.#facts(undefined);
    return facts ? await this.#commitPage(word, facts, word) : await this.#asEach(word, all);
  }

  /** A commit where it is not said which of several modules is meant. */
  async #asEach(word: string, all: Facts): Promise<ExplainDocument> {
    const commit = (await resolve(all.Repo.Git, word))!.Commit;
    this.problems.length = 0;
    return explainCommitOfMany(await ofMany(word, commit, all));
  }

  async #commitPage(
    subject: string,
    facts: Facts,
    rev: string,
    tag?: AboutTag,
  ): Promise<ExplainDocument> {
    const { Repo, Modules } = facts;
    const module = Modules[0]!;
    const commit = (await resolve(Repo.Git, rev))!.Commit;
    const at = await atRevision(Repo, module, commit);
    const path = "Code" in at ? module.Path : at.Path;
    const version = "Code" in at ? undefined : at.Version;
    const Tags = tagsOn(Repo.Tags, commit);
    return explainCommit({
      Subject: subject,
      Commit: commit,
      Path: path,
      ...("Code" in at ? { Refused: at.Text } : { Version: at.Version }),
      Tags,
      Retracted: retractedOn({ TagPrefix: module.TagPrefix, Path: path }, Tags, version),
      Unsent: version !== undefined && Tags.includes(module.TagPrefix + version) &&
        !(known(facts.Remote)?.Tags.has(module.TagPrefix + version) ?? true),
      Untagged: module.Versions.length === 0,
      ...await containing(facts, { TagPrefix: module.TagPrefix, Path: path }, commit),
    }, tag);
  }

  /**
   * The module that is meant, with what remote and proxy say. Undefined where it cannot be told
   * which one; `quietly`: without a warning that says so.
   */
  async #facts(path: string | undefined, quietly = false): Promise<Facts | undefined> {
    const { flags, cwd } = this.options;
    const module = path ?? flags.module;
    const facts = await gather(this.services, {
      Dir: cwd,
      ...(module !== undefined && { Module: module }),
      ...(flags.remote !== undefined && { Remote: flags.remote }),
      ...(flags.offline && { Offline: "--offline" }),
      NoHistory: true,
      ForUsers: true,
    });
    if (!Array.isArray(facts)) return facts;
    const nowhere = facts.some((p) => outside.includes(p.Code));
    if (!quietly && !nowhere) {
      this.problems.push(...facts.map((p) => ({ ...p, Level: "warn" as const })));
    }
    return undefined;
  }
}
