/**
 * CI systems: by which variable one is known, and foreign text kept from being obeyed there.
 * What runs in a CI system reads the log: some lines are commands to it, whoever wrote them.
 */
import type { CiSystem, Terminal } from "../services.ts";

/** Variables of systems whose logs have groups that we know how to write. */
const known: Readonly<Record<string, CiSystem>> = {
  // Gitea and Forgejo set it too, and read the same commands.
  GITHUB_ACTIONS: "github",
  GITLAB_CI: "gitlab",
};

/** What others set in every job, by their own documentation. */
const others = [
  ...["CI", "CONTINUOUS_INTEGRATION", "CI_NAME", "BUILDKITE", "CIRCLECI", "TRAVIS", "APPVEYOR"],
  ...["TF_BUILD", "JENKINS_URL", "HUDSON_URL", "TEAMCITY_VERSION", "CIRRUS_CI", "DRONE"],
  ...["SEMAPHORE", "SCREWDRIVER", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "WOODPECKER_CI", "VELA"],
  ...["CODEBUILD_BUILD_ARN", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_COMMIT", "bamboo_planKey"],
  ...["PROW_JOB_ID", "GO_PIPELINE_LABEL", "AGOLA_GIT_REF", "HARNESS_BUILD_ID", "CF_BUILD_ID"],
  ...["CM_BUILD_ID", "BITRISE_IO", "BUDDY_WORKSPACE_ID", "EARTHLY_CI", "CI_XCODE_PROJECT"],
];

/** The CI system that an environment is one of; undefined where somebody may sit. */
export function ciSystem(env: Readonly<Record<string, string>>): CiSystem | undefined {
  const set = (name: string) => !/^(|0|false)$/i.test(env[name] ?? "");
  const found = Object.keys(known).find(set);
  if (found !== undefined) return known[found];
  return others.some(set) ? "other" : undefined;
}

/** A terminal in a CI system: nobody is asked, were it a pseudo-terminal, and no text is obeyed. */
export function inCi(terminal: Terminal): Terminal {
  return {
    ...terminal,
    interactive: false,
    out: (text) => terminal.out(disarmed(text)),
    err: (text) => terminal.err(disarmed(text)),
    command: (text) => terminal.err(text),
  };
}

/**
 * Text in which no CI system finds a command: a space stands where one would begin.
 *
 * GitHub obeys lines that begin with `::` behind white space, and `##[` anywhere
 * (actions/runner, ActionCommand.cs; it compares as people read, so that what nobody sees does
 * not part two characters); Azure `##[` and `##vso[`, TeamCity `##teamcity[`, both anywhere;
 * GitLab a section's mark before a carriage return; Buildkite lines that begin with `---`,
 * `+++`, `~~~` or `^^^`. JSON of jsonText has none of these, and stays as it is.
 */
export function disarmed(text: string): string {
  if (!/::|##|[-+~^]{3}|section_|\p{Default_Ignorable_Code_Point}/u.test(text)) return text;
  return text
    .replace(startsCommand, "$1: ")
    .replace(mark, "# ")
    .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)(?:\s|$))/gm, " ")
    .replace(/section_(?=(?:start|end):\d+:[^\r\n]*\r)/g, "section_ ");
}

/** Unlike `\s`, .NET takes U+0085 for white space; like JavaScript, it ends lines at `\r` too. */
const startsCommand =
  /((?:^|[\r\n])(?:[\s\x85]|\p{Default_Ignorable_Code_Point})*):(?=\p{Default_Ignorable_Code_Point}*:)/gu;

const mark =
  /#(?=\p{Default_Ignorable_Code_Point}*#(?:[a-z]|\p{Default_Ignorable_Code_Point})*\[)/giu;
