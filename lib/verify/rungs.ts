/** The rungs of the ladder: each asks one door one question and judges the answer. */
import { hashGoMod } from "../go/dirhash.ts";
import { matchPrefixPatterns, tagVersion } from "../go/module.ts";
import { zipPrefix } from "../go/zip.ts";
import { problem } from "../problem.ts";
import { zipHash } from "../proxy/zip.ts";
import { clean, count } from "../text.ts";
import type { Doors, Expectation } from "./doors.ts";
import { offered, tagsAsList } from "./offered.ts";
import { refused, type Seen, type Tried } from "./tried.ts";

export type Rung = (
  expect: Expectation,
  doors: Doors,
  seen: Seen,
  signal?: AbortSignal,
) => Promise<Tried>;

/** The remote shows the tag, and it names the commit that was released. */
export const tagRung: Rung = async (expect, doors, seen) => {
  const remote = await doors.remote();
  if ("Code" in remote) return { State: "waiting", Detail: remote.Text };
  const tag = remote.Tags.get(expect.TagName);
  if (!tag) return { State: "waiting", Detail: `the remote has no tag ${expect.TagName}` };
  seen.tags = remote.Tags;
  const [is, wanted] = expect.Commit === undefined
    ? [tag.Oid, expect.TagOid]
    : [tag.Commit, expect.Commit];
  if (wanted !== undefined && is !== wanted) {
    return {
      State: "failed",
      Problem: problem(
        "tag-moved",
        `The tag ${expect.TagName} of the remote names ${is}, not the released ${wanted}.`,
        { fix: "git ls-remote --tags; leave both tags as they are and release the next version" },
      ),
    };
  }
  return { State: "ok", Detail: `the remote shows ${expect.TagName} at ${tag.Commit}` };
};

/** The proxy knows the version, taken from the same commit if it says from which. */
export const infoRung: Rung = async (expect, { client }, seen, signal) => {
  const answer = await client.info(expect.Version, signal);
  if (answer.State !== "ok") {
    if ((answer.State === "direct" || answer.State === "off") && answer.Asked.length === 0) {
      seen.unproxied = answer.Why;
    }
    return refused(answer);
  }
  const { Hash } = answer.Value.Origin ?? {};
  if (
    Hash !== undefined && expect.Commit !== undefined && Hash !== expect.Commit &&
    Hash !== expect.TagOid
  ) {
    return mismatch(
      `The proxy took ${expect.Module}@${expect.Version} from the commit ${clean(Hash)}, ` +
        `but ${expect.Commit} was released`,
      answer.From,
    );
  }
  const from = Hash === undefined ? "" : `, from commit ${clean(Hash)}`;
  return { State: "ok", Detail: `${answer.From} knows ${expect.Version}${from}` };
};

/** The proxy's go.mod is the planned one. */
export const modRung: Rung = async (expect, { client }, seen, signal) => {
  const answer = await client.mod(expect.Version, signal);
  if (answer.State !== "ok") return refused(answer);
  seen.mod = answer.Value;
  seen.goModSum = hashGoMod(answer.Value);
  if (seen.goModSum !== expect.GoModSum) {
    return mismatch(
      `The go.mod of ${expect.Module}@${expect.Version} at the proxy has the hash ` +
        `${seen.goModSum}, but ${expect.GoModSum} was released`,
      answer.From,
    );
  }
  return { State: "ok", Detail: `its go.mod is ${seen.goModSum}` };
};

/** The proxy's zip is the planned one. */
export const zipRung: Rung = async (expect, { client }, seen, signal) => {
  const answer = await client.zip(expect.Version, signal);
  if (answer.State !== "ok") return refused(answer);
  const hash = await zipHash(answer.Value, zipPrefix(expect.Module, expect.Version));
  const about = `The zip of ${expect.Module}@${expect.Version} at the proxy`;
  if ("Error" in hash) {
    return mismatch(
      `${about} cannot be used (${hash.Error}); ${expect.Sum} was released`,
      answer.From,
    );
  }
  seen.sum = hash.Sum;
  if (hash.Sum !== expect.Sum) {
    return mismatch(
      `${about} has the hash ${hash.Sum}, but ${expect.Sum} was released`,
      answer.From,
    );
  }
  return { State: "ok", Detail: `its zip is ${hash.Sum} (${count(hash.Files, "file")})` };
};

/** Shown only: the checksum database is not asked yet. */
export const checksumRung: Rung = ({ Module }, { settings: { GONOSUMDB, GOSUMDB } }) =>
  Promise.resolve({
    State: "not-asked",
    Detail: matchPrefixPatterns(GONOSUMDB, Module)
      ? `GONOSUMDB covers ${Module}`
      : GOSUMDB === "off"
      ? "GOSUMDB is off"
      : "gorel does not ask it yet",
  });

/** The list that version queries choose from has the version. */
export const listRung: Rung = async (expect, { client }, seen, signal) => {
  if (seen.unproxied !== undefined) {
    seen.list = tagsAsList(expect, seen.tags?.keys() ?? []);
    return seen.list.includes(expect.Version)
      ? { State: "ok", Detail: `the tags of the remote have it (${listing(seen.list)})` }
      : {
        State: "waiting",
        Detail: `Go takes no version ${expect.Version} from the tags of the remote`,
        InVain: true,
      };
  }
  const answer = await client.list(signal);
  if (answer.State !== "ok") return refused(answer);
  seen.list = answer.Value;
  return answer.Value.includes(expect.Version)
    ? { State: "ok", Detail: `the list has it (${listing(answer.Value)})` }
    : {
      State: "waiting",
      Detail: `the list at ${answer.From} does not have ${expect.Version} (${
        listing(answer.Value)
      })`,
    };
};

/** `@latest`, worked out as the go command does, is what the plan said it would be. */
export const latestRung: Rung = async (expect, doors, seen, signal) => {
  if (seen.unproxied === undefined && !seen.list) {
    const answer = await doors.client.list(signal);
    if (answer.State !== "ok") return refused(answer);
    seen.list = answer.Value;
  }
  const tried = await judgeLatest(expect, doors, seen, signal);
  // What lags may be the list, so the next try asks for a new one.
  if (tried.State === "waiting" && seen.unproxied === undefined) delete seen.list;
  return tried;
};

const judgeLatest: Rung = async (expect, doors, seen, signal) => {
  const found = await offered(expect, doors, seen, signal);
  if ("State" in found) return found;
  const { Latest, retracted } = found;
  const is = Latest === null ? "no version is offered as @latest" : `@latest is ${clean(Latest)}`;
  if (expect.Latest !== undefined && Latest !== expect.Latest) {
    return { State: "waiting", Detail: `${is}, ${expect.Latest ?? "none"} is expected` };
  }
  const open = expect.Retracted?.filter((v) => seen.list?.includes(v) && !retracted(v)) ?? [];
  if (open.length > 0) {
    return { State: "waiting", Detail: `${is}, but ${open.join(", ")} is not retracted` };
  }
  const hidden = expect.Retracted?.length ? `, ${expect.Retracted.join(", ")} is retracted` : "";
  return { State: "ok", Detail: is + hidden };
};

/** `@latest` of the path that the module had before is what it was: nobody is moved to the new major. */
export const oldLatestRung: Rung = async (expect, doors, seen, signal) => {
  const { Old, TagName, Version } = expect;
  if (!Old || !doors.old) return { State: "skipped", Detail: "the path is the one it was" };
  const old: Expectation = {
    Module: Old.Module,
    Version: Old.Latest,
    TagName: TagName.slice(0, TagName.length - tagVersion(Version).length) + tagVersion(Old.Latest),
    Sum: "",
    GoModSum: "",
    Latest: Old.Latest,
  };
  const { client, goMod } = doors.old;
  const itsDoors: Doors = {
    remote: doors.remote,
    client,
    clock: doors.clock,
    settings: doors.settings,
    ...(goMod && { goMod }),
  };
  const its: Seen = seen.unproxied === undefined || !seen.tags ? {} : {
    unproxied: seen.unproxied,
    tags: seen.tags,
    list: tagsAsList(old, seen.tags.keys()),
  };
  const tried = await latestRung(old, itsDoors, its, signal);
  return tried.State === "ok"
    ? { ...tried, Detail: `${clean(Old.Module)} is as before: ${tried.Detail}` }
    : tried;
};

function mismatch(text: string, from: string): Tried {
  return {
    State: "failed",
    Problem: problem("hash-mismatch", `${text} (${from}).`, {
      fix: "compare both; a version that is out never changes, so release the next one",
    }),
  };
}

function listing(versions: readonly string[]): string {
  return count(versions.length, "version");
}
