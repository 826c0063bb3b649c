/** Every preflight rule that needs only facts and choices, nearly in the order of problems.md. */
import { type Problem, stops } from "../problem.ts";
import { branch } from "./branch.ts";
import { commit } from "./commit.ts";
import { effect } from "./effect.ts";
import { from } from "./from.ts";
import { host } from "./host.ts";
import { latest } from "./latest.ts";
import { nothing } from "./nothing.ts";
import { path } from "./path.ts";
import { proxy } from "./proxy.ts";
import { remote } from "./remote.ts";
import { replace } from "./replace.ts";
import { repository } from "./repository.ts";
import { shallow } from "./shallow.ts";
import { tag } from "./tag.ts";
import type { Check, Coming } from "./types.ts";
import { unfinished } from "./unfinished.ts";
import { version } from "./version.ts";
import { worktree } from "./worktree.ts";

// The repository before its files: in the middle of a merge "commit the change" is no way out.
const all: readonly Check[] = [
  repository,
  branch,
  worktree,
  commit,
  shallow,
  remote,
  unfinished,
  from,
  path,
  host,
  version,
  tag,
  nothing,
  effect,
  latest,
  replace,
  proxy,
];

/**
 * Runs them all: a refusal names everything that stops, not only the first. Where a release is
 * unfinished, or a tag was moved, HEAD carries a release only because of it: the way out of that
 * is the one that helps.
 */
export function preflight(coming: Coming): Problem[] {
  const found = all.flatMap((check) => check(coming));
  return found.some((p) => p.Code === "tag-moved" || (p.Code === "unfinished" && stops(p)))
    ? found.filter((p) => p.Code !== "nothing-to-release")
    : found;
}
