/** The push: one atomic request, and after any doubt the remote is asked what happened. */
import { type Problem, problem } from "../problem.ts";
import { push } from "../git/push.ts";
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";

export interface Pushed {
  /** Absent when everything is on the remote. */
  Problem?: Problem;
  /** Said instead of the usual when the push was found to be done already. */
  Words?: string;
}

interface Ref {
  Name: string;
  From: string | null;
  To: string;
}

/**
 * Pushes, or finds that an earlier try came through. A refusal keeps the
 * remote's own words; a broken connection is no refusal: the remote decides.
 */
export async function pushRefs(
  repo: Repository,
  remote: string,
  refs: readonly Ref[],
  options: { hooks: boolean; terminal: boolean; tried: boolean },
): Promise<Pushed> {
  if (options.tried && await isThere(repo, remote, refs) === true) {
    return { Words: "it had come through before" };
  }
  const result = await push(repo, remote, [...refs], {
    hooks: options.hooks,
    terminal: options.terminal,
  });
  if (result.State === "pushed") return {};
  const words = result.Words.join("; ") || "git was stopped";
  const there = await isThere(repo, remote, refs);
  if (there === true) return { Words: "the connection broke, but the remote has it" };
  if (result.State === "refused") {
    const reasons = result.Refs.flatMap((r) => r.Reason ? [`${r.Name}: ${r.Reason}`] : []);
    const said = [...new Set([...result.Words, ...reasons])].join("; ") || "without a reason";
    return {
      Problem: problem(
        "push-refused",
        `${remote} refused the push (${said}); nothing moved there.`,
        {
          fix: "mend what it says and gorel resume, or take the local steps back with gorel undo",
        },
      ),
    };
  }
  return {
    Problem: problem(
      "remote-unreachable",
      there === false
        ? `The push to ${remote} did not come through (${words}); nothing moved there.`
        : `The push to ${remote} broke off (${words}), and the remote does not say whether it came through.`,
      { fix: "gorel resume asks again and goes on" },
    ),
  };
}

/** Reports whether the remote has every ref as pushed; null when it does not answer. */
async function isThere(
  repo: Repository,
  remote: string,
  refs: readonly Ref[],
): Promise<boolean | null> {
  const listed = await lsRemote(repo, remote);
  if ("Code" in listed) return null;
  return refs.every((r) => listed.Refs.get(r.Name) === r.To);
}
