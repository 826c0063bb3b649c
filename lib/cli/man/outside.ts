/** What of the manual page is not on the command line: settings, exit codes, files. */
import { fileKeys, flagKeys, type KeyRow, tables } from "../../config/keys.ts";
import { done, failed, interruptedExit, pending, refused, usage } from "../exit.ts";
import { flagNames, flags, variable, written } from "../flags.ts";
import { bold, escaped, italic, item, paragraphs, subsection } from "./roff.ts";

/** The keys of `.gorel.toml`. */
export function configuration(): string[] {
  const keys: Readonly<Record<string, KeyRow>> = { ...flagKeys, ...fileKeys };
  return [
    ...paragraphs([
      "A flag comes before its environment variable, that before .gorel.toml at the root of the " +
      "repository. gorel config shows every value and where it comes from; gorel config --schema " +
      "prints the JSON schema of the file. Commands in it are code from a repository: they run " +
      "only once you have agreed to exactly them.",
    ]).slice(1),
    ...subsection("Keys of .gorel.toml"),
    ...Object.entries(keys).flatMap(([key, { kind, help, of }]) =>
      item(`${bold(key)} = ${italic(kinds[kind])}`, [
        sentence(of ? `${help}: ${of.join(", ")}` : help),
      ])
    ),
    ...subsection("Tables of .gorel.toml"),
    ...Object.entries(tables).flatMap(([name, help]) => item(bold(`[${name}]`), [sentence(help)])),
  ];
}

/** What a key holds, in words of TOML. */
const kinds: Readonly<Record<KeyRow["kind"], string>> = {
  boolean: "boolean",
  text: "string",
  texts: "array of strings",
  duration: "string, or false",
  template: "string",
};

/** The variables that are read. */
export function environment(): string[] {
  const defaults = flagNames.filter((name) => flags[name].env);
  return [
    ...paragraphs([
      "The default of a flag; an empty variable says nothing. GOREL_PUSH=0 is GOREL_NO_PUSH=1, and " +
      "GOREL_NO_WAIT=1 is GOREL_WAIT=0.",
    ]).slice(1),
    ...defaults.flatMap((name) => item(bold(variable(name)), [`${written(name)}.`])),
    ...paragraphs(["Others:"]),
    ...Object.entries(variables).flatMap(([name, text]) => item(bold(name), [text])),
  ];
}

const variables: Readonly<Record<string, string>> = {
  GOREL_CACHE:
    "The folder in which what a proxy said for good is kept; default: gorel in XDG_CACHE_HOME, or " +
    "in ~/.cache.",
  GOREL_EXECUTABLE: "Set by the standalone executable: the file that was started.",
  GOREL_MOTION: "0: nothing on the screens moves.",
  NO_COLOR: "Not empty: no colours.",
  "VISUAL, EDITOR": "The editor for messages and reasons.",
  "GOPROXY, GOPRIVATE, GONOPROXY, GONOSUMDB, GOSUMDB, GOINSECURE, GOFLAGS":
    "As the go command has them: from go env where Go is installed, else from the environment.",
};

/** What an exit code means (DESIGN.md §4). */
export function exitStatus(): string[] {
  const codes: [code: number, meaning: string][] = [
    [done, "Done, or nothing is wrong."],
    [failed, "It failed. If a release had begun, the text names gorel resume."],
    [usage, "The command line is wrong."],
    [refused, "Refused: a problem stops it, and nothing was written."],
    [pending, "Pending: published and not yet visible everywhere, or waiting for a merge."],
    [interruptedExit("SIGHUP"), "Stopped by SIGHUP."],
    [interruptedExit("SIGINT"), "Stopped by the user."],
    [interruptedExit("SIGTERM"), "Stopped by SIGTERM."],
  ];
  return codes.flatMap(([code, meaning]) => item(bold(`${code}`), [meaning]));
}

/** Where gorel keeps something. */
export function files(): string[] {
  return [
    ...item(bold(".gorel.toml"), ["Settings, at the root of a repository."]),
    ...item(`${italic("GIT_COMMON_DIR")}${escaped("/gorel/")}`, [
      "The journals of releases that were begun and are not finished, what gorel undo needs, and " +
      "which commands of .gorel.toml were agreed to.",
    ]),
    ...item(escaped("~/.cache/gorel/"), ["What a proxy said for good. It can be removed."]),
  ];
}

/** A help text as a sentence; `false` is a word of TOML. */
export function sentence(text: string): string {
  const begun = text.startsWith("false") ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.…]$/.test(begun) ? begun : `${begun}.`;
}
