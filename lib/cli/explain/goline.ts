/** What the `go` line of a module means to its users, by version (go-rules §3.4, §10.2, §12). */
import { compareGoVersions } from "../../go/goversion.ts";
import { clean } from "../../text.ts";

/** What begins at a Go version, in the order of versions. */
const begins: readonly { From: string; Text: string; Before?: string }[] = [
  {
    From: "1.17",
    Text:
      "From 1.17 on go.mod lists every module that its packages and tests are built with, the " +
      "indirect ones too. In return the go command leaves out the rest of the graph for users " +
      "(pruning): they read fewer go.mod files, and get fewer surprises from far away.",
    Before: "Below 1.17 nothing is pruned: the go command reads the go.mod of everything that is " +
      "reachable, for every user of this module.",
  },
  {
    From: "1.18",
    Text: "From 1.18 on the packages may use generics.",
    Before: "Below 1.18 the compiler refuses generics in these packages.",
  },
  {
    From: "1.21",
    Text:
      "The line is a hard minimum: a Go older than it does not build this module, not even as " +
      "a dependency. With GOTOOLCHAIN=auto, the default, such a Go fetches a newer toolchain and " +
      "goes on with that; with GOTOOLCHAIN=local the build stops. And who requires this module " +
      "needs a go line at least as high: go get raises theirs. Go 1.20 and older do not know this: " +
      "they try, and speak of the version only when compiling fails.",
    Before: "A line below 1.21 is no hard minimum: a Go older than it tries, and says that the " +
      "version may be the reason only when compiling fails.",
  },
  {
    From: "1.22",
    Text:
      "From 1.22 on every iteration of a for loop has variables of its own, in these packages " +
      "alone: the line of the module that holds the code decides, not the user's.",
    Before: "Below 1.22 all iterations of a for loop share their variables, in these packages, " +
      "however new the user's Go is.",
  },
  {
    From: "1.24",
    Text:
      "From 1.24 on vendor/modules.txt is left out of the module zip, and files directly in a " +
      "vendor folder below the root stay in: raising the line from 1.23 can change which files " +
      "users get.",
  },
];

/** What a go line means; the first sentence is the short answer. `here` is the Go at hand. */
export function goLineText(version: string, here: string | undefined): string[] {
  const shown = clean(version);
  const reached = (from: string) => compareGoVersions(version, from) >= 0;
  const short = reached("1.21")
    ? `Users need Go ${shown} or newer to build this module, and it is written in the language of ` +
      `Go ${language(version)}.`
    : `The module is written in the language of Go ${language(version)}; older Go tries all the ` +
      "same.";
  const out = [short];
  for (const { From, Text, Before } of begins) {
    if (reached(From)) out.push(Text);
    else if (Before) out.push(Before);
  }
  out.push(...form(version));
  if (here !== undefined && compareGoVersions(version, here) > 0) {
    out.push(
      `The Go here is ${clean(here)}, which is older: it fetches another toolchain, or stops.`,
    );
  }
  out.push(
    "Raising the line is something that users notice: make it a minor release at least.",
  );
  return out;
}

/** `1.21` and `1.21.0` are not the same since Go 1.21. */
function form(version: string): string[] {
  if (/^\d+\.\d+$/.test(version) && compareGoVersions(version, "1.21") >= 0) {
    return [
      `Without a third number ${version} is the language version: its release candidates are ` +
      `new enough too. ${version}.0 is the first release.`,
    ];
  }
  if (/[a-z]/.test(version)) {
    return [`${clean(version)} is a pre-release of Go: hardly a user has it. Take a release.`];
  }
  return [];
}

/** The language version: `1.21.3` → `1.21`. */
function language(version: string): string {
  return /^\d+\.\d+/.exec(version)?.[0] ?? clean(version);
}

/** Said where there is no go line at all. */
export const noGoLine =
  "There is no go line: to users this module is one of Go 1.16. Its packages may not use generics, " +
  "and nothing of its graph is pruned. go mod tidy adds the line.";

/** The toolchain line, which users never see. */
export function toolchainText(name: string, go: string | undefined): string[] {
  const shown = clean(name);
  const short =
    `Only for work in this module: its users' go never looks at the toolchain line (${shown}).`;
  const what = name === "default"
    ? "default says that no newer toolchain than the go line asks for is wanted."
    : `Whoever works here with an older Go gets ${shown} fetched, unless GOTOOLCHAIN=local is set.`;
  const number = name.replace(/^go/, "");
  const low = go !== undefined && name !== "default" && compareGoVersions(number, go) < 0;
  return [
    short,
    low ? `It is below the go line (${clean(go)}), which wins: the line says nothing.` : what,
  ];
}

/** A `godebug` entry, which only the main module's go.mod gives effect. */
export function godebugText(key: string, value: string): string[] {
  return [
    `Sets ${clean(key)}=${clean(value)} for programs and tests that are built in this module only.`,
    "Users who import its packages do not get the setting: in their builds their own go.mod says " +
    "which old behaviour of Go's libraries they keep.",
    key === "default"
      ? "default=goV takes all settings at once as Go V had them."
      : "Without it a setting is what the go line's version of Go had.",
  ];
}

/** A `tool` line. */
export function toolText(path: string, provider: string | undefined): string[] {
  const name = clean(path.split("/").at(-1) ?? path);
  return [
    `go tool ${name} runs it here, at the version that go.mod requires; users of the module do not ` +
    "get the tool.",
    provider === undefined
      ? "The module that has it needs a require line like every other."
      : `It comes from ${clean(provider)}, which go.mod requires.`,
    "That requirement, and those of the tool's own go.mod, are ordinary ones: users have them in " +
    "their module graph, where they can raise a version they share. A tool that drags in much is " +
    "better kept in a module of its own. Go 1.24 and newer know the line; as a dependency older Go " +
    "passes over it.",
  ];
}

/** An `ignore` line. */
export function ignoreText(path: string): string[] {
  const rooted = path.startsWith("./");
  return [
    `./... and all leave out ${clean(path)}; its files stay in the module zip, so users still ` +
    "download them.",
    rooted
      ? "It begins with ./ and so means that one folder, from the module's root."
      : "Without ./ in front it means every folder of that name, anywhere in the module.",
    "To keep files out of the zip, put a go.mod into their folder: then it is another module. Go " +
    "1.25 and newer know the line.",
  ];
}
