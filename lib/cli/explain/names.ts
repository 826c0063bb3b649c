/** The names of the topics, apart from their texts: the parser and the help need no more. */

/** By theme, in the order in which they are listed. */
export const themes = {
  "To begin with": ["versions", "v2", "retract", "prerelease", "proxy", "trains"],
  "Versions": [
    "semver",
    "canonical-versions",
    "pre-releases",
    "pseudo-versions",
    "incompatible",
  ],
  "Promises": ["v0", "patch-minor-major", "upgrades", "commit-messages", "advice"],
  "Tags": ["tags", "annotated-tags", "moved-tags", "push-tags"],
  "Modules": [
    "module-path",
    "major-versions",
    "two-majors",
    "gopkg.in",
    "multi-module",
    "vanity-paths",
  ],
  "go.mod": [
    "go-line",
    "toolchain",
    "requirements",
    "replace-exclude",
    "tools",
    "workspaces",
  ],
  "Bad releases": ["retraction", "self-retraction", "patch-and-retract", "deprecation"],
  "Builds": ["mvs", "pruning", "queries", "latest", "listing"],
  "Publishing": [
    "too-early",
    "goproxy",
    "checksum-database",
    "go-sum",
    "private-modules",
  ],
  "The module zip": ["zip", "file-names", "attributes", "licence"],
  "gorel": ["plans", "point-of-no-return", "journal", "accept"],
} as const satisfies Record<string, readonly string[]>;

export type TopicName = (typeof themes)[keyof typeof themes][number];

/** Every topic, theme by theme. */
export const topicNames: readonly TopicName[] = Object.values(themes).flat();

/** Other words that people look under. */
const others: Readonly<Record<string, TopicName>> = {
  "accept-codes": "accept",
  "annotated": "annotated-tags",
  "build-list": "mvs",
  "canonical": "canonical-versions",
  "checksums": "checksum-database",
  "conventional-commits": "commit-messages",
  "deprecated": "deprecation",
  "exclude": "replace-exclude",
  "go.sum": "go-sum",
  "go.work": "workspaces",
  "gonosumdb": "private-modules",
  "gonoproxy": "private-modules",
  "goprivate": "private-modules",
  "gosumdb": "checksum-database",
  "indirect": "requirements",
  "license": "licence",
  "minimal-version-selection": "mvs",
  "module": "module-path",
  "negative-cache": "too-early",
  "prefix": "tags",
  "prereleases": "pre-releases",
  "private": "private-modules",
  "pseudo": "pseudo-versions",
  "replace": "replace-exclude",
  "require": "requirements",
  "retractions": "retraction",
  "sumdb": "checksum-database",
  "tag": "tags",
  "train": "trains",
  "upgrade": "latest",
  "vendor": "zip",
};

/** All words that a topic is found under. */
export const topicWords: readonly string[] = [...topicNames, ...Object.keys(others)];

/** The topic of that name, in whatever case; undefined when there is none. */
export function topicNamed(name: string): TopicName | undefined {
  const word = name.toLowerCase();
  return topicNames.find((topic) => topic === word) ??
    (Object.hasOwn(others, word) ? others[word] : undefined);
}
