/** How git runs for what only reads: nothing is asked, fetched, started or written by the way. */
import type { Services } from "../services.ts";

/**
 * Git speaks English, whatever the user's language, so that its words can be
 * judged. `LANGUAGE` would win over `LC_ALL` in any locale but plain C, and
 * plain C would break hooks that handle names outside of ASCII.
 */
export const english = { LC_ALL: "C.UTF-8", LANGUAGE: undefined };

/**
 * Neither git, nor ssh, nor a credential helper may stop with a question: an empty
 * GIT_ASKPASS hides the configured one, and ssh is made to ask a program that always
 * refuses instead of the terminal.
 */
const unasked = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "",
  SSH_ASKPASS: "false",
  SSH_ASKPASS_REQUIRE: "force",
  GCM_INTERACTIVE: "never",
};

/** As `silent` begins; in a CI system a program that the job itself set answers, for it asks nobody. */
export function unaskedIn({ ci, env }: Pick<Services, "ci" | "env">): Record<string, string> {
  const { GIT_ASKPASS, SSH_ASKPASS } = ci === undefined ? {} as Services["env"] : env;
  return {
    ...unasked,
    ...(GIT_ASKPASS !== undefined && { GIT_ASKPASS }),
    ...(SSH_ASKPASS !== undefined && { SSH_ASKPASS }),
  };
}

/**
 * Nobody who fetches the repository has its replacements and grafts. A file of grafts that is
 * there, were it empty, makes git say that they are deprecated.
 */
export const asPublished = { GIT_NO_REPLACE_OBJECTS: "1", GIT_GRAFT_FILE: "/dev/null/none" };

/** For what only reads: nothing is asked, nothing is written by the way. */
export const silent = {
  ...unasked,
  GIT_OPTIONAL_LOCKS: "0",
  // Paths are names here, never patterns; the variables exclude each other, so all are set.
  GIT_LITERAL_PATHSPECS: "1",
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined,
  ...asPublished,
};

/** Git before 2.45 does not know the first: no transport, no fetch. */
export const local = { GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };

/**
 * Else every look into the index runs the program that `core.fsmonitor` names, or starts
 * git's own monitor; only what reads the whole work tree is faster for it.
 */
export const unmonitored = ["-c", "core.fsmonitor=false"];
