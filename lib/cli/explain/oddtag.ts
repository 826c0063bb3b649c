/** Tags that look like versions and are none of any module (go-rules §7.1, §7.2). */
import type { Facts } from "../../facts/types.ts";
import { isValid } from "../../go/semver.ts";
import { clean } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import type { AboutTag } from "./commit.ts";

/** Why a tag is no version, and whose it would be. */
export function whyIgnored(tag: string, all: Facts): Pick<AboutTag, "Reason" | "Module"> {
  for (const module of all.Modules) {
    const found = module.Ignored.find((i) => i.Tag === tag);
    if (found) return { Reason: found.Reason, Module: module.Path };
  }
  const Reason = doubled(tag);
  if (Reason !== undefined) return { Reason };
  const folder = /^(.*\/)?(v\d[^/]*)$/.exec(tag);
  if (folder?.[1] !== undefined && isValid(folder[2]!)) {
    return {
      Reason:
        `Go takes what stands before the last slash for the folder of a module, and HEAD has ` +
        `no go.mod in ${folder[1].slice(0, -1)}.`,
    };
  }
  return {};
}

/** Why a tag that names the folder of its major version is none; undefined for others. */
function doubled(tag: string): string | undefined {
  const found = /^(?:(.*)\/)?(v(\d+))\/(v\3\..*)$/.exec(tag);
  if (!found) return undefined;
  const [, dir, major, , version] = found;
  const folder = dir === undefined ? "" : dir + "/";
  return "Go never takes it for one: the folder of a major version is left out of tag names. " +
    `The version ${version} of the module in ${folder}${major} has the tag ${folder}${version}.`;
}

/** Such a tag that is not here. */
export function doubledPage(tag: string): ExplainDocument | undefined {
  const reason = doubled(tag);
  return reason === undefined ? undefined : {
    Subject: tag,
    Kind: "tag",
    Text: [`A tag ${clean(tag)} would be no version. ${reason}`],
  };
}
