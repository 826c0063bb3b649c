/** Repositories that nobody planned, judged by the go command: versions, queries, commits. */
import assert from "node:assert/strict";
import { gather } from "../../lib/facts/gather.ts";
import { atRevision, versionAt } from "../../lib/plan/revision.ts";
import { readTags } from "../../lib/git/refs.ts";
import { openRepository } from "../../lib/git/repository.ts";
import type { Named } from "../../lib/go/finddir.ts";
import { pseudoVersion } from "../../lib/go/pseudo.ts";
import { canonicalVersion, splitPathVersion } from "../../lib/go/module.ts";
import { isValid } from "../../lib/go/semver.ts";
import { goTimeOf } from "../../lib/go/rfc3339.ts";
import type { Listed } from "../lib/go/golist.ts";
import { needsGo } from "../support/go.ts";
import { cases, type Random, seeded } from "../support/random.ts";
import {
  named,
  queried,
  servicesOf,
  type Told,
  versionsOf,
  Wilderness,
  type Written,
} from "./wild.ts";

/** Repositories at a time: one go process answers for all of them. */
const atATime = 30;

/** How much is asked of each. */
const [paths, revisions, commits, queries] = cases(0, 1) === 1 ? [9, 16, 8, 10] : [1, 3, 1, 2];

/** What go is asked too, and what is to be said of its answers. */
interface Asked {
  what: string;
  queries: string[];
  judge(theirs: Listed[]): void;
}

Deno.test(
  needsGo("wild repositories have the versions, revisions and queries that go finds in them"),
  async (t) => {
    const random = seeded("wild repositories");
    for (let left = cases(30, 300); left > 0; left -= atATime) {
      using wild = new Wilderness(random, Math.min(left, atATime));
      const asked = [
        await ofVersions(wild),
        await ofRevisions(wild, random),
        await ofCommits(wild, random),
        await ofQueries(wild, random),
      ];
      const theirs = wild.list([], asked.flatMap((a) => a.queries));
      for (const { what, queries, judge } of asked) {
        await t.step(what, () => judge(theirs.splice(0, queries.length)));
      }
    }
  },
);

/** Where Go gives no answer because it cannot tell what is retracted: that is not asked here. */
const unasked = /loading module retractions/;

async function ofVersions(wild: Wilderness): Promise<Asked> {
  const told: (readonly [path: string, Told])[] = [];
  for (const of of wild.all) {
    for (const path of wild.random.shuffle(of.paths).slice(0, paths)) {
      told.push([path, await versionsOf(of, path)]);
    }
  }
  const listed = wild.list(["-versions", "-retracted"], told.map(([path]) => path));
  const judge = (latest: Listed[]) => {
    const named = [
      ...listed.flatMap(({ Path, Versions = [] }) => Versions.map((v) => `${Path}@${v}`)),
      ...latest.flatMap((l) => l.Error ? [] : [`${l.Path}@${l.Version}`]),
    ];
    const details = wild.list(["-u", "-retracted"], named);
    const of = new Map(named.map((name, i) => [name, details[i]!]));
    for (const [i, [path, { Document, Problems }]] of told.entries()) {
      const { Versions = [], Error: unlisted } = listed[i]!;
      const best = latest[i]!;
      const all = [...Versions, ...best.Error ? [] : [best.Version!]].map((v) =>
        of.get(`${path}@${v}`)!
      );
      const none = Versions.length === 0 && best.Error !== undefined;
      if (!Document) assert.ok(none, path);
      if (!Document || unlisted || none) continue;
      assert.deepEqual({
        Versions: Document.Versions.map((v) => v.Version),
        Retracted: Document.Versions.map((v) => v.Retracted),
        Deprecated: Document.Deprecated,
        Latest: Document.Latest,
      }, {
        Versions,
        Retracted: Versions.map((v) => of.get(`${path}@${v}`)!.Retracted),
        Deprecated: all.find((v) => v.Deprecated)?.Deprecated,
        Latest: best.Error ? undefined : best.Version,
      }, path);
      const broken = Problems.find((p) => p.Code === "latest-broken");
      const isBroken = best.Error !== undefined && !/no matching versions/.test(best.Error.Err);
      assert.equal(broken !== undefined, isBroken, `${path}: ${best.Error?.Err}`);
    }
  };
  return {
    what: "versions, what is retracted and deprecated, latest",
    queries: told.map(([path]) => `${path}@latest`),
    judge,
  };
}

/** A revision that somebody may ask for: names, ids, versions that are there or not. */
function revision(random: Random, of: Written, { Path, TagPrefix }: Named): string {
  const commit = random.pick(of.commits);
  const tag = of.tags.length > 0 ? random.pick(of.tags) : "v1.0.0";
  const own = tag.startsWith(TagPrefix) ? tag.slice(TagPrefix.length) : tag;
  const number = () => `v${random.int(0, 3)}.${random.int(0, 3)}.${random.int(0, 2)}`;
  switch (random.int(0, 9)) {
    case 0:
    case 1:
      return commit;
    case 2:
      return commit.slice(0, random.pick([7, 10, 12]));
    case 3:
      return random.pick([...of.branches, "HEAD"]);
    case 4:
    case 5:
      return own;
    case 6:
      return `${own.startsWith("v") ? own : number()}+incompatible`;
    case 7:
      return number();
    default: {
      const base = random.pick(["", "", own, number()]);
      const major = random.pick([splitPathVersion(Path).pathMajor.slice(1), "v0", "v1"]);
      const rev = random.pick([commit.slice(0, 12), commit.slice(0, 12), commit.slice(0, 11)]);
      const seconds = of.times.get(commit)! + (random.chance(0.1) ? 1 : 0);
      return pseudoVersion(major, isValid(base) ? base : "", new Date(seconds * 1000), rev);
    }
  }
}

async function ofRevisions(wild: Wilderness, random: Random): Promise<Asked> {
  const asked: { query: string; ours: string; why: string }[] = [];
  for (const of of wild.all) {
    const Git = await openRepository(servicesOf(of), of.dir);
    assert.ok(!("Code" in Git));
    const repo = { Git, Tags: await readTags(Git) };
    for (let n = 0; n < revisions; n++) {
      const module = named(of, random.pick(of.paths));
      const rev = revision(random, of, module);
      // What begins a version is no revision, and what git knows besides is not asked for.
      if (isValid(rev) && canonicalVersion(rev) !== rev) continue;
      const found = await versionAt(repo, module, rev);
      const query = `${module.Path}@${rev}`;
      asked.push(
        "Code" in found
          ? { query, ours: "refused", why: found.Text }
          : { query, ours: `${found.Version} ${goTimeOf(found.Time)}`, why: "" },
      );
    }
  }
  return {
    what: "a revision by its name, or why it is none",
    queries: asked.map((a) => a.query),
    judge(theirs) {
      for (const [i, { query, ours, why }] of asked.entries()) {
        const { Error: refused, Version, Time } = theirs[i]! as Listed & { Time?: string };
        if (refused && unasked.test(refused.Err)) continue;
        assert.equal(ours, refused ? "refused" : `${Version} ${Time}`, `${query}: ${why}`);
        // What git itself says of a tag that holds no commit is not what we say.
        if (!refused || refused.Err.includes("exit status")) continue;
        const words = refused.Err.replace(/^.*?: invalid (?:pseudo-)?version: (?:unknown )?/s, "");
        assert.ok(why.includes(words), `${query}\nours: ${why}\ngo: ${refused.Err}`);
      }
    },
  };
}

async function ofCommits(wild: Wilderness, random: Random): Promise<Asked> {
  const asked: { query: string; ours: string }[] = [];
  for (const of of wild.all) {
    const facts = await gather(servicesOf(of), {
      Dir: of.dir,
      All: true,
      Offline: "a test",
      NoHistory: true,
    });
    if (Array.isArray(facts)) continue;
    const usable = facts.Modules.filter((m) =>
      `${m.Path}/`.startsWith(`${of.root}/`) && named(of, m.Path).TagPrefix === m.TagPrefix
    );
    for (let n = 0; n < commits && usable.length > 0; n++) {
      const module = random.pick(usable);
      const commit = random.pick(of.commits);
      const found = await atRevision(facts.Repo, module, commit);
      if (!("Code" in found)) {
        if (!`${found.Path}/`.startsWith(`${of.root}/`)) continue;
        if (named(of, found.Path).TagPrefix !== module.TagPrefix) continue;
      }
      const refused = "Code" in found;
      asked.push({
        query: `${refused ? module.Path : found.Path}@${commit}`,
        ours: refused ? "refused" : found.Version,
      });
    }
  }
  return {
    what: "a commit by the path that it has there",
    queries: asked.map((a) => a.query),
    judge(theirs) {
      for (const [i, { query, ours }] of asked.entries()) {
        const { Error: refused, Version } = theirs[i]!;
        if (refused && unasked.test(refused.Err)) continue;
        assert.equal(ours, refused ? "refused" : Version, `${query}: ${refused?.Err}`);
      }
    },
  };
}

async function ofQueries(wild: Wilderness, random: Random): Promise<Asked> {
  const ours: string[] = [], asked: string[] = [];
  for (const of of wild.all) {
    const own: string[] = [];
    for (let n = 0; n < queries; n++) {
      const module = named(of, random.pick(of.paths));
      const number = `v${random.int(0, 3)}.${random.int(0, 3)}`;
      const form = random.pick([
        "latest",
        "latest",
        number,
        number.slice(0, 2),
        `${random.pick(["<", ">="])}${number}`,
        `${random.pick(["<", "<=", ">", ">="])}${number}.${random.int(0, 2)}`,
        revision(random, of, module),
      ]);
      own.push(`${module.Path}@${form}`);
    }
    const answers = await queried(of, own);
    // Nothing can be asked where the go.mod that is stood in cannot be read.
    if (answers === null) continue;
    asked.push(...own);
    ours.push(...answers);
  }
  return {
    what: "every form of query",
    queries: asked,
    judge(theirs) {
      for (const [i, query] of asked.entries()) {
        const { Error: refused, Version, Time } = theirs[i]! as Listed & { Time?: string };
        const go = refused ? "refused" : `${Version} ${Time}`;
        const said = refused ? ours[i]!.replace(/^refused:[^]*/, "refused") : ours[i]!;
        assert.equal(said, go, `${query}: ${refused?.Err ?? ours[i]}`);
      }
    },
  };
}
