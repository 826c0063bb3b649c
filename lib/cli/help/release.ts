/** The help of the words that release the next version, or a named one. */
import { classNames } from "../../plan/major/classes.ts";
import { type HelpText, hooks } from "./text.ts";

const counts = (summary: string, more: string[], examples: string[]): HelpText => ({
  summary,
  more: [
    ...more,
    "Tags the commit at HEAD, pushes branch and tag in one atomic push, and proves that the module " +
    "proxy serves exactly that code. Until the push, gorel undo takes everything back; after it " +
    "nothing does.",
    "On a terminal the screens open at the checks; nothing happens before the version is typed. " +
    "With --yes nothing is asked, with --dry-run only the plan is printed.",
    "Several DIRs, folders or module paths, are one train: what they require of each other is " +
    "raised to the coming versions, and all their tags go out in one push; gorel help trains says " +
    "more.",
    hooks,
  ],
  examples,
});

export const release = {
  patch: counts("Release the next patch: v1.2.3 → v1.2.4", [], [
    "gorel patch",
    "gorel patch --dry-run             # only the plan",
    "gorel patch tools --yes           # the module in the folder tools, unasked",
    "gorel patch --pre rc              # v1.2.4-rc.1",
  ]),
  minor: counts("Release the next minor: v1.2.3 → v1.3.0", [], [
    "gorel minor",
    "gorel minor --dry-run --json      # the plan as JSON",
    "gorel minor --no-push             # commit and tag here; gorel resume pushes",
    "gorel minor codec .               # two modules of the repository, one train",
  ]),
  major: counts("Release the next major: v0.5.0 → v1.0.0, v1.2.3 → v2.0.0", [
    "Beyond v1 a new major is a new module path (/v2): go.mod, every import, and what else names " +
    "the path are rewritten in the release commit, modules of the repository that use it go along, " +
    "and what stays is listed with the reason. --rewrite and --leave take a class or a path: " +
    `${classNames.join(", ")}.`,
    "This branch becomes the new major; --keep-branch NAME makes a branch for the old one. With " +
    "--layout folder the new major is a copy in the folder v2, and the old one lives on beside it. " +
    "gorel help v2 says more.",
  ], [
    "gorel major",
    "gorel major --dry-run             # every byte that changes, and what is left",
    "gorel major --keep-branch release-v1",
    "gorel major --layout folder --leave README.md",
    "gorel major --pre rc              # v2.0.0-rc.1; gorel release ends it",
  ]),
  prerelease: counts("Release the next pre-release: v1.3.0-rc.1 → v1.3.0-rc.2", [
    "Continues the running series, or opens one for the version that gorel next advises.",
  ], [
    "gorel prerelease",
    "gorel prerelease --pre beta       # v1.3.0-beta.1",
    "gorel release                     # ends the series: v1.3.0",
  ]),
  release: counts("Finish the running pre-release: v1.3.0-rc.2 → v1.3.0", [], [
    "gorel release",
    "gorel release --dry-run           # only the plan",
    "gorel release --yes --wait 15m",
  ]),
  auto: counts("Release the version that gorel next advises", [
    "With nothing to release it says so and exits 0. At the root of a repository with several " +
    "modules it takes all that changed, and those that require one of them.",
  ], [
    "gorel auto",
    "gorel auto --dry-run              # which modules, which versions, and why",
    "gorel auto --yes --json           # in CI",
  ]),
  version: counts("Release exactly that version", [
    "A tag of that name that stands at HEAD and was never pushed is sent as it is.",
  ], [
    "gorel v1.3.0",
    "gorel v1.3.0-rc.1 --dry-run       # only the plan",
    "gorel v1.3.0 --remote upstream",
  ]),
} satisfies Record<string, HelpText>;
